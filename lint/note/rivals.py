"""The slots in which two notes give one thing two values: quantities of aligned claims, matched by what stands around them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from ..model import Group
from .align import Alignment, align
from .figures import DATA, Figures, figures
from .numbers import quantities
from .slots import Contrast, Slot, Slots, match
from .times import timeline

MIN_CONTEXT = 0.5
"""Share of the weight around a quantity that the other's surroundings must have."""

MAX_QUANTITIES = 12
"""A claim with more of them is a table or a list of figures; which belongs to which is not told by words."""

MIN_UNIT_CONTEXT = 0.3
"""The same for one number of bits and of bytes: that the numbers are the same is evidence enough for the rest."""

CLOSE = 5
"""Seconds within which two notes cite one moment."""

FAR_WEIGHT = 1.5
"""The same for what was not seen to be said at one moment: in a reading, two things said alike filled the band below."""

NEIGHBOUR = 60
"""Seconds within which claims that are worded differently may still tell the same."""

MAX_NEIGHBOURS = 40
"""Of them so many that are compared with each; a moment that more claims cite is a stamp by default."""

NEIGHBOUR_SCORE = 0.3
"""What their wording counts for: a little less than what alignment asks for."""


@functools.lru_cache(maxsize=2)
def rivals(group: Group) -> Slots:
    """Match the quantities of the aligned claims of a group; kept for the rules that ask again."""
    alignment = align(group)
    found = Slots(alignment)
    times = timeline(group)
    told = figures(alignment)
    seconds: dict[int, int | None] = {}

    def time(claim: int) -> int | None:
        if claim not in seconds:
            seconds[claim] = times.seconds(alignment.claims[claim])
        return seconds[claim]

    def close(one: int, other: int) -> bool:
        a, b = time(one), time(other)
        return a is not None and b is not None and abs(a - b) <= CLOSE

    scores: dict[tuple[int, int], float] = {}
    for pair in alignment.pairs:
        mine, theirs = told[pair.first], told[pair.second]
        if mine is None or theirs is None:
            continue
        scores[pair.first, pair.second] = pair.score
        # below, whatever is around the figures, their weight would not do
        if mine == theirs or (pair.score < FAR_WEIGHT - 1 and not close(pair.first, pair.second)):
            continue
        first, second = quantities(found.text(pair.first)), quantities(found.text(pair.second))
        if not first or not second or len(first) > MAX_QUANTITIES or len(second) > MAX_QUANTITIES:
            continue
        for index, other in match(first, second)[1]:
            one, two = Slot(pair.first, index), Slot(pair.second, other)
            context = found.likeness(one, two)
            if context >= MIN_CONTEXT:
                found.contrasts.append(Contrast(one, two, context, pair.score, close(pair.first, pair.second)))
    for first_claim, second_claim in _neighbours(told, alignment, time, scores):
        for index, other in match(quantities(found.text(first_claim)), quantities(found.text(second_claim)))[1]:
            one, two = Slot(first_claim, index), Slot(second_claim, other)
            context = found.likeness(one, two, 4)
            if context >= MIN_CONTEXT:
                found.contrasts.append(Contrast(one, two, context, NEIGHBOUR_SCORE, True))
    for one, two in _other_units(told, found):
        context = found.likeness(one, two)
        if context >= MIN_UNIT_CONTEXT:
            score = scores.get((min(one.claim, two.claim), max(one.claim, two.claim)), 0.0)
            found.contrasts.append(Contrast(one, two, context, score, close(one.claim, two.claim), True))
    return found


def _neighbours(
    told: list[Figures | None],
    alignment: Alignment,
    time: Callable[[int], int | None],
    scores: dict[tuple[int, int], float],
) -> Iterator[tuple[int, int]]:
    """Give claims of two notes that cite much the same moment and give orders of magnitude, though they are worded too differently to be aligned."""
    timed = sorted(
        (at, claim)
        for claim, mine in enumerate(told)
        if mine is not None and mine[1] and (at := time(claim)) is not None
    )
    for index, (at, claim) in enumerate(timed):
        for later, other in timed[index + 1 : index + 1 + MAX_NEIGHBOURS]:
            if later - at > NEIGHBOUR:
                break
            pair = (min(claim, other), max(claim, other))
            if (
                pair not in scores
                and told[claim] != told[other]
                and alignment.claims[claim].span.path != alignment.claims[other].span.path
            ):
                yield pair


def _other_units(told: list[Figures | None], found: Slots) -> Iterator[tuple[Slot, Slot]]:
    """Give the slots that have the same number of bits in one and of bytes in the other: 400 gigabits and 400 gigabytes."""
    bits: dict[float, list[Slot]] = {}
    bytes_: list[tuple[float, Slot]] = []
    for claim, mine in enumerate(told):
        if mine is None or mine[0].isdisjoint(DATA):
            continue
        for index, quantity in enumerate(quantities(found.text(claim))):
            if quantity.dimension == "bit":
                bits.setdefault(quantity.low, []).append(Slot(claim, index))
            elif quantity.dimension == "byte":
                bytes_.append((quantity.low, Slot(claim, index)))
    for value, slot in bytes_:
        for other in bits.get(value, ())[:MAX_QUANTITIES]:
            yield other, slot
