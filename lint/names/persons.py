"""What tells two surnames of one person from two persons, or from two products."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..language.named import capital, given_name, strange
from .mentions import Name

NAMESAKES = 6
"""People of one source with one given name who are compared whatever their surnames."""

_INNER_CAPITAL = re.compile(r"(?<!^Mc)(?<!^Mac)(?<!^De)(?<!^Di)(?<!^La)(?<!^Le)(?<=[a-z])[A-Z]|[A-Z]{2}")


def namesakes(names: Iterable[Name]) -> Iterator[tuple[str, str]]:
    """Give the pairs of keys of two words that begin with one given name, in the order of `names`."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if len(name.words) == 2 and given_name(name.words[0]):
            found[name.words[0]].append(name.key)
    for keys in found.values():
        yield from itertools.combinations(keys[:NAMESAKES], 2)


def surname(name: Name) -> bool:
    """Say whether a name's last word may be a surname: no ordinary word, and no product's ("Claude Code", "Claude GitHub")."""
    last = re.split(r"[ -]", name.written)[-1]
    return capital(name.words[-1]) >= 50 and not _INNER_CAPITAL.search(last)


def last_vowel(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Say whether two names of two words or more differ in a vowel at the end, which inflects no name: Kishor, Kishore."""
    p, q = sorted((x[-1], y[-1]), key=len)
    return (
        len(x) > 1
        and x[:-1] == y[:-1]
        and len(p) > 3
        and len(q) == len(p) + 1
        and q.startswith(p)
        and q[-1] in "aeouy"
        and all(map(strange, (x[0], p, q)))
    )
