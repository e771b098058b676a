"""What the words of a group's claims tell, found once for all who compare claims.

It is kept by the stretch between two spaces in which a word stands, so that a
stretch met before costs one look-up: in the notes on one source nearly all are.
"""

from __future__ import annotations

import functools
from typing import TypeAlias

from ..language.words import STOP, rarity, stem, tokens
from ..model import Fact, Group
from ..note.claims import Claim

KEPT = 1 << 15
"""Stretches that are kept at most, some 8 MB; then keeping begins anew."""

HEAVIEST = 50
"""The most that a word weighs: that of one so rare that lists of words hardly have it."""


class Table:
    """The claims of a group in reading order, and the content words of each, found when first asked for."""

    def __init__(self, group: Group) -> None:
        self.claims: tuple[Fact, ...] = tuple([fact for fact in group.facts if fact.value.__class__ is Claim])
        self._bags: dict[int, dict[str, int]] = {}

    def bag(self, claim: Fact) -> dict[str, int]:
        """Give the content words of a claim of this group with their weights, as `content` does."""
        found = self._bags.get(id(claim))
        if found is None:
            found = self._bags[id(claim)] = content(claim.value.passage.text)
        return found


@functools.lru_cache(maxsize=1)
def table(group: Group) -> Table:
    """Give the table of a group, kept for the rules that ask again."""
    return Table(group)


def content(text: str) -> dict[str, int]:
    """Give the stems of the content words of a text, each with its weight: how much it tells that two claims share it."""
    stretches = text.lower().split()
    try:
        return dict(filter(None, map(_TELLING.__getitem__, stretches)))  # type: ignore[arg-type]  # _SEVERAL is refused
    except ValueError:  # a stretch has several words
        return dict(item for stretch in stretches for word in tokens(stretch) if (item := _telling(word)) is not None)


_Item: TypeAlias = tuple[str, int]

_SEVERAL = ("", 0, 0)
"""In the place of an item where a stretch has several words: no pair, so that `dict` refuses it."""


class _Telling(dict[str, _Item | tuple[str, int, int] | None]):
    """By a stretch of text without spaces, in lower case: stem and weight of the content word in it, None for none."""

    def __missing__(self, stretch: str) -> _Item | tuple[str, int, int] | None:
        if len(self) >= KEPT:
            self.clear()
        found: _Item | tuple[str, int, int] | None
        if stretch.isalpha():
            found = _telling(stretch)
        elif len(stretch) > 1 and stretch[-1] in ",.;:":
            found = self[stretch[:-1]]
        else:
            items = [item for word in tokens(stretch) if (item := _telling(word)) is not None]
            found = None if not items else items[0] if len(items) == 1 else _SEVERAL
        self[stretch] = found
        return found


def _telling(word: str) -> _Item | None:
    return None if word in STOP else (stem(word), max(1, min(HEAVIEST + 10, rarity(word)) - 10))


_TELLING = _Telling()
