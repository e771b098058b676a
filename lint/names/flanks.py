"""The words right beside two names, where two notes have the same ones: what stands between them is meant to be one thing.

"Every avatar created on Haehn, a video consent" and "every avatar created on
HeyGen, a video consent" say that the names are one as no measure of letters
can. Words are compared by their stems, up to SIDE on either side.
"""

from __future__ import annotations

from typing import NamedTuple

from ..language.words import STOP, TOKEN, stem
from .mentions import Cast, Mention, Name

SIDE = 4
"""Words on either side that are compared."""

REACH = 48
"""Characters in which they stand."""

SAMPLE = 8
"""Mentions of a name that are compared."""


class Flank(NamedTuple):
    """The equal words beside two mentions: how many before, how many behind, how many different ones that tell anything."""

    before: int
    behind: int
    telling: int
    one: Mention
    other: Mention

    @property
    def exact(self) -> bool:
        """Say whether so many words agree that chance does not account for it."""
        return self.telling > 1 and self.before + self.behind > 2

    @property
    def enclosing(self) -> bool:
        """Say whether they stand on both sides, or go far on one."""
        return bool(self.before and self.behind) or self.before + self.behind > 3


class Flanks:
    """The words beside the mentions of names, found when first asked for."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._sides: dict[tuple[int, int, int], tuple[list[str], list[str]]] = {}

    def shared(self, a: Name, b: Name) -> Flank | None:
        """Give the longest run of equal words beside a mention of each, in different notes."""
        best: Flank | None = None
        others = [(mention, self._cast.path(mention.claim)) for mention in b.mentions[:SAMPLE]]
        for one in a.mentions[:SAMPLE]:
            path = self._cast.path(one.claim)
            for other, its_path in others:
                if path == its_path:
                    continue
                left, right = (_run(x, y) for x, y in zip(self._beside(one), self._beside(other), strict=True))
                if len(left) + len(right) > (0 if best is None else best.before + best.behind):
                    telling = len({word for word in (*left, *right) if word not in STOP})
                    best = Flank(len(left), len(right), telling, one, other)
        return best

    def _beside(self, mention: Mention) -> tuple[list[str], list[str]]:
        place = mention.claim, mention.start, mention.end
        found = self._sides.get(place)
        if found is None:
            text = self._cast.claims[mention.claim].value.passage.text
            start = max(0, mention.start - REACH)
            # a word that the cut goes through is none
            before = TOKEN.findall(text[start : mention.start].lower())[0 if start == 0 else 1 :]
            after = TOKEN.findall(text[mention.end : mention.end + REACH].lower())
            left, right = before[: -SIDE - 1 : -1], after[:SIDE]
            found = self._sides[place] = ([stem(word) for word in left], [stem(word) for word in right])
        return found


def _run(x: list[str], y: list[str]) -> list[str]:
    found = []
    for word, other in zip(x, y, strict=False):
        if word != other:
            break
        found.append(word)
    return found
