"""The slots in which two notes give one thing two values: quantities of aligned claims, matched by what stands around them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence

from ..model import Group
from ..statements.align import Alignment, align
from ..times.timeline import timeline
from .figures import DATA, Figures, figures
from .numbers import quantities
from .quantity import Quantity, compatible, slip
from .slots import CLOSE, MIN_SHARED, MOST, Contrast, Slot, Slots, match

MIN_CONTEXT = 0.5
"""Share of the weight around a quantity that the other's surroundings must have."""

MIN_TELLING_CONTEXT = 0.35
"""The same where the values themselves say that they are of one thing: shares of one whole, or one figure written amiss."""

MIN_LONE_CONTEXT = 0.4
"""The same where each claim has but one such value; of versions, a source names many."""

MIN_BARE_CONTEXT = 0.75
"""The same for numbers without a word that says what they count, of which a claim may have any."""

MAX_QUANTITIES = 12
"""A claim with more of them is a table or a list of figures; which belongs to which is not told by words."""

MIN_UNIT_CONTEXT = 0.3
"""The same for one number of bits and of bytes: that the numbers are the same is evidence enough for the rest."""

CLOSE_REACH = 1.05
"""What two values said at one moment must weigh to be of one thing: likeness of the claims, of the surroundings, and
the words right beside."""

LOOSE_REACH = (30, 1.1)
"""Seconds, and the same weight, for a value of which one note gives no more than the order of magnitude: few things of a
source are counted in so rough a way, and notes cite what they summarise by its beginning or by its end."""

FAR_REACH = 1.5
"""The same for what was not seen to be said at one moment: in a reading, two things said alike filled the band below."""

LONE = 0.25
"""By how much less than the claims themselves the surroundings agree, where each claim has but one such value: the
words of the claim are then all around it, however far."""

NEIGHBOUR = 60
"""Seconds within which claims that are worded differently may still tell the same."""

MAX_NEIGHBOURS = 40
"""Of them so many that are compared with each; a moment that more claims cite is a stamp by default."""

NEIGHBOUR_SCORE = 0.3
"""What their wording counts for: a little less than what alignment asks for."""


@functools.lru_cache(maxsize=1)
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

    def gap(one: int, other: int) -> int | None:
        a, b = time(one), time(other)
        return None if a is None or b is None else abs(a - b)

    scores: dict[tuple[int, int], float] = {}
    for pair in alignment.pairs:
        mine, theirs = told[pair.first], told[pair.second]
        if mine is None or theirs is None:
            continue
        scores[pair.first, pair.second] = pair.score
        if mine == theirs:
            continue
        apart = gap(pair.first, pair.second)
        # below, whatever is around the figures, their weight would not do
        if pair.score < reach(apart, loose=True) - MOST:
            continue
        found.contrasts += _contrasts(found, pair.first, pair.second, pair.score, apart)
    for first, second in _neighbours(told, alignment, time, scores):
        found.contrasts += _contrasts(found, first, second, None, gap(first, second))
    for one, two in _other_units(told, found):
        context = found.likeness(one, two)
        if context >= MIN_UNIT_CONTEXT:
            score = scores.get((min(one.claim, two.claim), max(one.claim, two.claim)), 0.0)
            found.contrasts.append(Contrast(one, two, context, score, gap(one.claim, two.claim), unit=True))
    return found


def _contrasts(found: Slots, claim: int, other: int, score: float | None, gap: int | None) -> Iterator[Contrast]:
    """Give what two claims give two values of; `score` is None where they are not aligned."""
    first, second = quantities(found.text(claim)), quantities(found.text(other))
    if not first or not second or len(first) > MAX_QUANTITIES or len(second) > MAX_QUANTITIES:
        return
    for i, j in match(first, second, lambda i, j: found.beside(Slot(claim, i), Slot(other, j)))[1]:
        one, two = Slot(claim, i), Slot(other, j)
        context = found.likeness(one, two, MIN_SHARED + (score is None))
        lone = _lone(first, i, second) and _lone(second, j, first)
        if lone and score is not None:
            context = max(context, score - LONE)
        if context >= _least_context(first[i], second[j], lone):
            beside = found.beside(one, two)
            weighs = NEIGHBOUR_SCORE if score is None else score
            yield Contrast(one, two, context, weighs, gap, score is not None, beside=beside)


def reach(gap: int | None, loose: bool) -> float:
    """Give the weight from which two values that are said `gap` seconds apart are of one thing."""
    if gap is None:
        return FAR_REACH
    if gap <= CLOSE:
        return CLOSE_REACH
    return LOOSE_REACH[1] if loose and gap <= LOOSE_REACH[0] else FAR_REACH


def _least_context(one: Quantity, other: Quantity, lone: bool) -> float:
    if one.bare and other.bare:
        return MIN_BARE_CONTEXT
    if (one.of and other.of) or slip(one, other):
        return MIN_TELLING_CONTEXT
    return MIN_LONE_CONTEXT if lone and one.dimension != "version" else MIN_CONTEXT


def _lone(values: Sequence[Quantity], index: int, others: Sequence[Quantity]) -> bool:
    """Say whether a claim has no other value of the dimension of the one at `index`, but for what the other claim gives too."""
    return all(
        at == index
        or value.dimension != values[index].dimension
        or any(other.dimension == value.dimension and compatible(value, other) for other in others)
        for at, value in enumerate(values)
    )


def _neighbours(
    told: list[Figures | None],
    alignment: Alignment,
    time: Callable[[int], int | None],
    scores: dict[tuple[int, int], float],
) -> Iterator[tuple[int, int]]:
    """Give claims of two notes that are worded too differently to be aligned: of one moment, or near and both with orders of magnitude."""
    timed = sorted(
        (at, claim) for claim, mine in enumerate(told) if mine is not None and (at := time(claim)) is not None
    )
    for index, (at, claim) in enumerate(timed):
        mine = told[claim]
        for later, other in timed[index + 1 : index + 1 + MAX_NEIGHBOURS]:
            if later - at > NEIGHBOUR:
                break
            theirs = told[other]
            if mine is None or theirs is None or mine == theirs or (later - at > CLOSE and not (mine[1] and theirs[1])):
                continue
            pair = (min(claim, other), max(claim, other))
            if pair not in scores and alignment.claims[claim].span.path != alignment.claims[other].span.path:
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
