"""The places where notes give a value: quantities of claims, with what stands around them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

import msgspec

from ..language.words import STOP, TOKEN, rarity, stem
from ..note.claims import Claim
from ..statements.align import Alignment
from .numbers import quantities
from .quantity import Quantity, comparable, compatible

WINDOW = 8
"""Words on either side of a quantity that tell what it is of."""

MIN_SHARED = 2
"""Words that two slots have around them both, at the least; of claims that are worded differently, one more."""

CLOSE = 5
"""Seconds within which two notes cite one moment."""

SIDE = 3
"""Words on either side that stand right beside a value."""

BESIDE = 0.1
"""What each word weighs that stands right beside both values: nearer words tell more of what a value is of."""

MOST_BESIDE = 4
"""More of them add nothing."""

MOST = 1 + BESIDE * MOST_BESIDE
"""What all that is around two values can weigh."""

TELLING_BESIDE = 3
"""So many of them tell which of several values is the other's."""

MOST_LOOSE = 6
"""Pairs of values of which one may be told by them; more are a list."""

_EXAMPLE = re.compile(
    r"(?:\(e\.g\.[^()]*|(?:\be\.g\.,?|\bfor example,?|\bfor instance,?|\bsuch as|\blike|\bsay)\W*(?:\w+\W+){0,2})\Z",
    re.IGNORECASE,
)
_RELATIONS = {
    "by": "by",
    "before": "by",
    "until": "by",
    "till": "by",
    "since": "since",
    "after": "since",
    "following": "since",
    "from": "since",
    "to": "to",
    "than": "to",
}


class Slot(msgspec.Struct, frozen=True, order=True, gc=False):
    """A quantity of a claim: indices into `Alignment.claims` and `quantities` of its text."""

    claim: int
    index: int


class Contrast(msgspec.Struct, frozen=True, gc=False):
    """Two slots of one thing whose values cannot both be right.

    `context` (0 to 1) says how much their surroundings agree, `score` how
    much their claims do, `gap` how many seconds lie between what they cite,
    None where that is not known. `aligned` is false for claims that are worded
    too differently to be one statement by their words, `unit` true for one
    number of bits and of bytes. `beside` counts the words that stand right
    beside both values.
    """

    one: Slot
    other: Slot
    context: float
    score: float
    gap: int | None
    aligned: bool = True
    unit: bool = False
    beside: int = 0

    @property
    def close(self) -> bool:
        """Whether both cite one moment."""
        return self.gap is not None and self.gap <= CLOSE

    @property
    def weight(self) -> float:
        """How much says that both tell of one thing."""
        return self.score + self.context + (BESIDE * min(self.beside, MOST_BESIDE) if self.close else 0)


class Slots:
    """The quantities of a group, which of them agree and which contrast."""

    def __init__(self, alignment: Alignment) -> None:
        self.claims = alignment.claims
        self.same: list[tuple[Slot, Slot]] = []
        self.contrasts: list[Contrast] = []
        self._contexts: dict[Slot, dict[str, int]] = {}
        self._sides: dict[Slot, tuple[list[str], list[str]]] = {}

    def quantity(self, slot: Slot) -> Quantity:
        """Give the quantity in a slot."""
        return quantities(self.text(slot.claim))[slot.index]

    def text(self, claim: int) -> str:
        """Give the words of a claim."""
        value: Claim = self.claims[claim].value
        return value.text

    def context(self, slot: Slot) -> dict[str, int]:
        """Give the stems around a slot with their weights; numbers are left out."""
        known = self._contexts.get(slot)
        if known is None:
            text, quantity = self.text(slot.claim), self.quantity(slot)
            before = TOKEN.findall(text[max(0, quantity.start - 90) : quantity.start])[-WINDOW:]
            after = TOKEN.findall(text[quantity.end : quantity.end + 90])[:WINDOW]
            known = {
                stem(word): max(1, min(60, rarity(word)) - 8)
                for word in (raw.lower().replace("’", "'") for raw in before + after)
                if word not in STOP and not word[0].isdigit()
            }
            self._contexts[slot] = known
        return known

    def beside(self, one: Slot, other: Slot) -> int:
        """Count the words right beside two slots that are the same: in the same place, or telling words on the same side."""
        count = 0
        for mine, theirs in zip(self._beside(one), self._beside(other), strict=True):
            run = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(mine, theirs, strict=False))
            count += min(len(list(run)), 2) + len({word for word in mine if word in theirs and word not in STOP})
        return count

    def _beside(self, slot: Slot) -> tuple[list[str], list[str]]:
        """Give the stems of the words right before a slot, nearest first, and right behind it."""
        known = self._sides.get(slot)
        if known is None:
            text, quantity = self.text(slot.claim), self.quantity(slot)
            before = TOKEN.findall(text[max(0, quantity.start - 60) : quantity.start].lower())[: -SIDE - 1 : -1]
            after = TOKEN.findall(text[quantity.end : quantity.end + 60].lower())[:SIDE]
            known = self._sides[slot] = ([stem(word) for word in before], [stem(word) for word in after])
        return known

    def example(self, slot: Slot) -> bool:
        """Say whether a slot only gives an example, which another note may choose otherwise."""
        return _EXAMPLE.search(self.text(slot.claim), 0, self.quantity(slot).start) is not None

    def relation(self, slot: Slot) -> str:
        """Give how a date is related to its event: `in`, `by`, `since`, `to`."""
        words = TOKEN.findall(self.text(slot.claim)[max(0, self.quantity(slot).start - 30) : self.quantity(slot).start])
        for word in reversed(words[-3:]):
            if (known := _RELATIONS.get(word.lower())) is not None:
                return known
        return "in"

    def likeness(self, one: Slot, other: Slot, least: int = MIN_SHARED) -> float:
        """Say how much the surroundings of two slots agree, 0 to 1; 0 where fewer than `least` words do."""
        first, second = self.context(one), self.context(other)
        shared = first.keys() & second.keys()
        if len(shared) < least:
            return 0.0
        weight = sum(first[word] for word in shared)
        return weight / max(1, min(sum(first.values()), sum(second.values())))


def match(
    first: Sequence[Quantity], second: Sequence[Quantity], beside: Callable[[int, int], int] | None = None
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Give the index pairs of quantities that agree, and those that are of one thing by what they count and do not.

    Of several that may be of one thing, those are that have most words beside them in common (`beside`), and enough.
    """
    same = [
        (i, j)
        for i, one in enumerate(first)
        for j, other in enumerate(second)
        if comparable(one, other) and compatible(one, other)
    ]
    agreeing_a, agreeing_b = {i for i, _ in same}, {j for _, j in same}
    loose = [
        (i, j)
        for i, one in enumerate(first)
        if i not in agreeing_a
        for j, other in enumerate(second)
        if j not in agreeing_b and comparable(one, other)
    ]
    left = []
    for pair in loose:
        rivals = [other for other in loose if other != pair and (other[0] == pair[0] or other[1] == pair[1])]
        if not rivals:
            left.append(pair)
        elif beside is not None and len(loose) <= MOST_LOOSE:
            shared = beside(*pair)
            if shared >= TELLING_BESIDE and all(beside(*other) < shared - 1 for other in rivals):
                left.append(pair)
    return same, left
