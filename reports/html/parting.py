"""What is too much for one page cut into several, and these named and linked."""

from __future__ import annotations

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
    """Cut a sequence into runs that weigh no more than `limit`, or hold one item."""
    chunks: list[list[Item]] = [[]]
    room = limit
    for item in items:
        size = weigh(item)
        if size > room and chunks[-1]:
            chunks.append([])
            room = limit
        chunks[-1].append(item)
        room -= size
    return [chunk for chunk in chunks if chunk]


def numbered(path: str, number: int) -> str:
    """Give the path of a page's part."""
    return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"


def pager(path: str, number: int, parts: int) -> list[tuple[str, str, bool]]:
    """Give the links between parts: (text, address, whether it is this one)."""
    names = [posixpath.basename(numbered(path, other)) for other in range(1, parts + 1)]
    return [(f"Part {other}", "./" + name, other == number) for other, name in enumerate(names, 1)]
