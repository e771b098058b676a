"""Places of a term with the word that belongs to it: "council" is "council house", "trellis" is "Alpine trellis"."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from ..language.words import rarity
from .mentions import Cast

REACH = 32
"""Characters in which the word before a place is looked for."""

Places: TypeAlias = dict[str, list[tuple[int, int]]]
"""By a word, where it stands: the claim, and the character with which it begins."""

_NEXT = re.compile(r" (?![^\W\d_]+ly\b)([^\W\d_]{3,})(?![\w'’-])")
"""The word behind; one that says how, "frequently", belongs to what follows."""
_LAST = re.compile(r"(?<![\w'’-])([^\W\d_]{3,}|[^\W\d_]+(?:-[^\W\d_]+)+) \Z")


class Stretch(NamedTuple):
    """A place `start:end` of a word in a claim, with the word behind it that ends at `last` and the one before it from `first`.

    The two are "" where they are too common to belong to a term, or where no other word of those compared has them.
    """

    claim: int
    start: int
    end: int
    behind: str
    last: int
    before: str
    first: int

    @property
    def longer(self) -> bool:
        """Say whether a word beside it belongs to it."""
        return bool(self.behind or self.before)

    @property
    def widest(self) -> tuple[int, int, int]:
        """The claim, start and end of the place with the word behind it, or else the word before it."""
        if self.behind:
            return self.claim, self.start, self.last
        return self.claim, self.first if self.before else self.start, self.end


def extended(names: Cast, places: Places, least: int) -> Iterator[Stretch]:
    """Give each place with the words beside it that have this rarity and stand beside several of the words."""
    found = {word: [_stretch(names, index, at, at + len(word), least) for index, at in places[word]] for word in places}
    behind = Counter(word for stretches in found.values() for word in {stretch.behind for stretch in stretches})
    before = Counter(word for stretches in found.values() for word in {stretch.before for stretch in stretches})
    for stretch in itertools.chain(*found.values()):
        yield stretch._replace(
            behind=stretch.behind if behind[stretch.behind] > 1 else "",
            before=stretch.before if before[stretch.before] > 1 else "",
        )


def _stretch(names: Cast, index: int, start: int, end: int, least: int) -> Stretch:
    text: str = names.claims[index].value.passage.text
    after, ahead = _NEXT.match(text, end), _LAST.search(text, max(0, start - REACH), start)
    behind, before = ("" if match is None else match[1].lower() for match in (after, ahead))
    return Stretch(
        index,
        start,
        end,
        behind if rarity(behind) >= least else "",
        end if after is None else after.end(),
        before if rarity(before) >= least else "",
        start if ahead is None else ahead.start(),
    )
