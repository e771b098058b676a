"""Whether two forms of a term stand in one place of the same statement, or both beside the acronym of the term."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

from ..model import Fact, Group
from .align import align
from .expansions import spells
from .formats import ATOM, Place

SAME = 0.75
"""Cosine from which two claims make one statement, so that what is large in the one has no reason to be small in the other."""

_LARGE_BEFORE = re.compile(r"(?<![^\W_])(?:[A-Z]|\d)[\w'’-]*(?: (?:of|the|and|in|for))* ?[\"“]?\Z")
_LARGE_BEHIND = re.compile(r"[ -](?:(?:of|the|and|in|for) )*[A-Z]")
_BEHIND = re.compile(r" \(([A-Z]{3,6})s?\)")
_BEFORE = re.compile(r"(?<![^\W_])([A-Z]{3,6})s? \(\Z")


class Twins:
    """Which claims of a group make the same statement; `claims` are numbered as the places of terms number them."""

    def __init__(self, group: Group, claims: Sequence[Fact]) -> None:
        self.group = group
        self.claims = claims

    @functools.cached_property
    def pairs(self) -> frozenset[tuple[int, int]]:
        """The pairs of claims, by number, the lower first."""
        alignment = align(self.group)
        number = {id(fact): index for index, fact in enumerate(self.claims)}
        found = set()
        for pair in alignment.pairs:
            if pair.score >= SAME:
                a, b = (number[id(alignment.claims[side])] for side in (pair.first, pair.second))
                found.add((min(a, b), max(a, b)))
        return frozenset(found)

    def same(self, forms: Mapping[str, Iterable[Place]]) -> bool:
        """Say whether two forms stand in the same statement, in running text."""
        running = [sorted({place.claim for place in forms[form] if self._alone(place)}) for form in sorted(forms)]
        for some, others in itertools.combinations(running, 2):
            if any((min(a, b), max(a, b)) in self.pairs for a in some for b in others):
                return True
        return False

    def defined(self, forms: Mapping[str, Iterable[Place]]) -> bool:
        """Say whether two forms stand beside the same acronym, in running text."""
        seen: dict[str, str] = {}
        for form in sorted(forms):
            for place in forms[form]:
                letters = self._acronym(place) if _running(place) else None
                if letters is not None and seen.setdefault(letters, form) != form:
                    return True
        return False

    def _alone(self, place: Place) -> bool:
        """Say whether a term stands in running text and is no part of a longer name or title."""
        text = self.claims[place.claim].value.passage.text
        return (
            _running(place)
            and not _LARGE_BEFORE.search(text, max(0, place.start - 40), place.start)
            and not _LARGE_BEHIND.match(text, place.end)
        )

    def _acronym(self, place: Place) -> str | None:
        text = self.claims[place.claim].value.passage.text
        beside = _BEHIND.match(text, place.end) or _BEFORE.search(text, max(0, place.start - 10), place.start)
        if beside is None or not spells(ATOM.findall(place.form), beside[1]):
            return None
        return beside[1]


def _running(place: Place) -> bool:
    return place.free == 0 and not place.marked
