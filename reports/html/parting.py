"""What is too much for one page cut into several, and these named and linked."""

from __future__ import annotations

import itertools
import math
import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...lint.judge import Judged

Item = TypeVar("Item")


@dataclass(slots=True, frozen=True)
class Entry:
    """A finding as rule pages and the search list it: the page and card that show it in full."""

    item: Judged
    key: str
    page: str
    card: str


def chunks(items: Sequence[Item], weigh: Callable[[Item], int], limit: int) -> list[list[Item]]:
    """Cut a sequence into runs of about one weight, as few as weigh about `limit` at most; a heavier item is one by itself."""
    sizes = [weigh(item) for item in items]
    share = sum(sizes) / max(1, math.ceil(sum(sizes) / limit))
    middles = (end - size / 2 for end, size in zip(itertools.accumulate(sizes), sizes, strict=True))
    runs = itertools.groupby(zip(middles, items, strict=True), lambda pair: int(pair[0] / share))
    return [[item for _, item in run] for _, run in runs]


def numbered(path: str, number: int) -> str:
    """Give the path of a page's part."""
    return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"


def pager(path: str, number: int, parts: int) -> list[tuple[str, str, bool]]:
    """Give the links between parts: (text, address, whether it is this one)."""
    names = [posixpath.basename(numbered(path, other)) for other in range(1, parts + 1)]
    return [(f"Part {other}", "./" + name, other == number) for other, name in enumerate(names, 1)]
