"""The places where two notes give a value for the same thing: quantities of aligned claims, matched by what stands around them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import msgspec

from ..model import Group
from .align import Alignment, align
from .claims import Claim
from .forms import listed
from .numbers import quantities
from .quantity import Quantity, compatible
from .times import timeline
from .words import STOP, TOKEN, rarity, stem

WINDOW = 8
"""Words on either side of a quantity that tell what it is of."""

MIN_CONTEXT = 0.5
"""Share of the weight around a quantity that the other's surroundings must have."""

MAX_QUANTITIES = 12
"""A claim with more of them is a table or a list of figures; which belongs to which is not told by words."""

MIN_UNIT_CONTEXT = 0.3
"""The same for one number of bits and of bytes: that the numbers are the same is evidence enough for the rest."""

CLOSE = 5
"""Seconds within which two notes cite one moment."""

CLOSE_WEIGHT = 1.0
"""Sum of the likeness of the claims and of the surroundings from which values said at one moment contradict each other."""

FAR_WEIGHT = 1.5
"""The same for what was not seen to be said at one moment: in a reading, two things said alike filled the band below."""

STRONG_WEIGHT = 1.3
"""The sum from which a contrast of two exact values is a warning."""

_EXAMPLE = re.compile(
    r"(?:\be\.g\.,?|\bfor example,?|\bfor instance,?|\bsuch as|\blike|\bsay)\W*(?:\w+\W+){0,2}\Z", re.IGNORECASE
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

NEIGHBOUR = 60
"""Seconds within which claims that are worded differently may still tell the same."""

MAX_NEIGHBOURS = 40
"""Of them so many that are compared with each; a moment that more claims cite is a stamp by default."""

NEIGHBOUR_WEIGHT = 1.1
"""The sum for such claims, which hold by the words around the values alone."""

NEIGHBOUR_SCORE = 0.3
"""What their wording counts for: a little less than what alignment asks for."""

_DIGIT = re.compile(r"\d")
_SCALE_WORDS = re.compile(r"(?:hundred|thousand|million|billion|trillion|lakh|crore)s?", re.IGNORECASE)
_SCALES = frozenset(
    map(
        stem,
        listed(
            "hundred hundreds thousand thousands million millions billion billions trillion trillions lakh lakhs crore crores"
        ),
    )
)
_DATA = frozenset(
    map(
        stem,
        listed(
            "bit bits byte bytes gigabit gigabits gigabyte gigabytes terabit terabits terabyte terabytes megabit megabits megabyte megabytes gbps tbps mbps tb gb mb tb/s gb/s mb/s"
        ),
    )
)
_NUMERALS = _SCALES | frozenset(
    map(
        stem,
        listed(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
            "twenty thirty forty fifty sixty seventy eighty ninety half third quarter fifth tenth tenfold twofold fivefold dozen couple several "
            "january february march april june july august september october november december"
        ),
    )
)
"""Stems that may begin a quantity; only claims with them or with digits are read."""

_WORDS = _NUMERALS | _DATA

UNSURE = frozenset({"ordinal"})


class Slot(msgspec.Struct, frozen=True, order=True, gc=False):
    """A quantity of a claim: indices into `Alignment.claims` and `quantities` of its text."""

    claim: int
    index: int


class Contrast(msgspec.Struct, frozen=True, gc=False):
    """Two slots of one thing whose values cannot both be right.

    `context` (0 to 1) says how much their surroundings agree, `score` how
    much their claims do, `close` whether both were said within seconds.
    """

    one: Slot
    other: Slot
    context: float
    score: float
    close: bool
    unit: bool = False


class Slots:
    """The quantities of a group, which of them agree and which contrast."""

    def __init__(self, alignment: Alignment) -> None:
        self.claims = alignment.claims
        self.same: list[tuple[Slot, Slot]] = []
        self.contrasts: list[Contrast] = []
        self._contexts: dict[Slot, dict[str, int]] = {}

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

    def likeness(self, one: Slot, other: Slot, least: int = 2) -> float:
        """Say how much the surroundings of two slots agree, 0 to 1; 0 where fewer than `least` words do."""
        first, second = self.context(one), self.context(other)
        shared = first.keys() & second.keys()
        if len(shared) < least:
            return 0.0
        weight = sum(first[word] for word in shared)
        return weight / max(1, min(sum(first.values()), sum(second.values())))


@functools.lru_cache(maxsize=2)
def slots(group: Group) -> Slots:
    """Match the quantities of the aligned claims of a group; kept for the rules that ask again."""
    alignment = align(group)
    found = Slots(alignment)
    times = timeline(group)
    figures = _figures(alignment)
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
        mine, theirs = figures[pair.first], figures[pair.second]
        if mine is None or theirs is None:
            continue
        scores[pair.first, pair.second] = pair.score
        # below, whatever is around the figures, their weight would not do
        if mine == theirs or (pair.score < FAR_WEIGHT - 1 and not close(pair.first, pair.second)):
            continue
        first, second = quantities(found.text(pair.first)), quantities(found.text(pair.second))
        if not first or not second or len(first) > MAX_QUANTITIES or len(second) > MAX_QUANTITIES:
            continue
        for index, other in _match(first, second)[1]:
            one, two = Slot(pair.first, index), Slot(pair.second, other)
            context = found.likeness(one, two)
            if context >= MIN_CONTEXT:
                found.contrasts.append(Contrast(one, two, context, pair.score, close(pair.first, pair.second)))
    for first_claim, second_claim in _neighbours(figures, alignment, time, scores):
        for index, other in _match(quantities(found.text(first_claim)), quantities(found.text(second_claim)))[1]:
            one, two = Slot(first_claim, index), Slot(second_claim, other)
            context = found.likeness(one, two, 4)
            if context >= MIN_CONTEXT:
                found.contrasts.append(Contrast(one, two, context, NEIGHBOUR_SCORE, True))
    for one, two in _other_units(figures, found):
        context = found.likeness(one, two)
        if context >= MIN_UNIT_CONTEXT:
            score = scores.get((min(one.claim, two.claim), max(one.claim, two.claim)), 0.0)
            found.contrasts.append(Contrast(one, two, context, score, close(one.claim, two.claim), True))
    return found


Figures: TypeAlias = tuple[frozenset[str], tuple[str, ...]]
"""The stems of a claim that may be numbers, and its words of scale as written: "million", "millions"."""


def _figures(alignment: Alignment) -> list[Figures | None]:
    """Give the figures of each claim, None where it has none; claims with the same figures say the same in numbers."""
    telling = {word for word in alignment.words if not word.isalpha() and _DIGIT.search(word)}
    telling |= alignment.words & _WORDS
    found: list[Figures | None] = []
    for bag, fact in zip(alignment.bags, alignment.claims, strict=True):
        if telling.isdisjoint(bag):
            found.append(None)
            continue
        numbers = frozenset(telling.intersection(bag))
        scales: list[str] = []
        if not numbers.isdisjoint(_SCALES):
            scales = sorted(word.lower() for word in _SCALE_WORDS.findall(fact.value.text))
        found.append((numbers, tuple(scales)))
    return found


def _second(found: Slots, alignment: Alignment, contrasts: Iterable[Contrast]) -> None:
    """Note which claims agree with those that contrast: they hold the same value."""
    for claim in sorted({slot.claim for contrast in contrasts for slot in (contrast.one, contrast.other)}):
        mine = quantities(found.text(claim))
        for _, partner in alignment.partners.get(claim, ())[:MAX_NEIGHBOURS]:
            theirs = quantities(found.text(partner))
            if len(theirs) > MAX_QUANTITIES:
                continue
            for index, other in _match(mine, theirs)[0]:
                one, two = Slot(claim, index), Slot(partner, other)
                if found.likeness(one, two) >= MIN_CONTEXT:
                    found.same.append((one, two))


def _neighbours(
    figures: list[Figures | None],
    alignment: Alignment,
    time: Callable[[int], int | None],
    scores: dict[tuple[int, int], float],
) -> Iterator[tuple[int, int]]:
    """Give claims of two notes that cite much the same moment and give orders of magnitude, though they are worded too differently to be aligned."""
    timed = sorted(
        (at, claim)
        for claim, mine in enumerate(figures)
        if mine is not None and mine[1] and (at := time(claim)) is not None
    )
    for index, (at, claim) in enumerate(timed):
        for later, other in timed[index + 1 : index + 1 + MAX_NEIGHBOURS]:
            if later - at > NEIGHBOUR:
                break
            pair = (min(claim, other), max(claim, other))
            if (
                pair not in scores
                and figures[claim] != figures[other]
                and alignment.claims[claim].span.path != alignment.claims[other].span.path
            ):
                yield pair


def _match(
    first: Iterable[Quantity], second: Iterable[Quantity]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Give the index pairs of quantities that agree, and those that stand alone for their thing on either side and do not."""
    a, b = list(enumerate(first)), list(enumerate(second))
    same = [
        (i, j)
        for i, one in a
        for j, other in b
        if one.dimension == other.dimension and _comparable(one, other) and compatible(one, other)
    ]
    agreeing_a, agreeing_b = {i for i, _ in same}, {j for _, j in same}
    loose_a = [(i, one) for i, one in a if i not in agreeing_a]
    loose_b = [(j, other) for j, other in b if j not in agreeing_b]
    left = []
    for i, one in loose_a:
        rivals = [(j, other) for j, other in loose_b if _comparable(one, other)]
        if len(rivals) == 1 and sum(_comparable(mine, rivals[0][1]) for _, mine in loose_a) == 1:
            left.append((i, rivals[0][0]))
    return same, left


def _comparable(one: Quantity, other: Quantity) -> bool:
    if one.dimension != other.dimension:
        return {one.unit, other.unit} == {"by fraction", "x"}
    if one.dimension in UNSURE or (one.per and other.per and one.per != other.per):
        return False
    if one.dimension == "count" or one.dimension == "version":
        return bool(set(one.heads) & set(other.heads))
    return True


def _other_units(figures: list[Figures | None], found: Slots) -> Iterator[tuple[Slot, Slot]]:
    """Give the slots that have the same number of bits in one and of bytes in the other: 400 gigabits and 400 gigabytes."""
    told = [claim for claim, mine in enumerate(figures) if mine is not None and mine[0] & _DATA]
    bits: dict[float, list[Slot]] = {}
    bytes_: list[tuple[float, Slot]] = []
    for claim in told:
        for index, quantity in enumerate(quantities(found.text(claim))):
            if quantity.dimension == "bit":
                bits.setdefault(quantity.low, []).append(Slot(claim, index))
            elif quantity.dimension == "byte":
                bytes_.append((quantity.low, Slot(claim, index)))
    for value, slot in bytes_:
        for other in bits.get(value, ())[:MAX_QUANTITIES]:
            yield other, slot


class Conflict(msgspec.Struct, frozen=True, gc=False):
    """One thing with values that cannot all be right.

    `slots` are the places by value, the value with most notes first.
    `best` is the contrast that shows it best. `strong` says whether it is
    precise enough to warn.
    """

    values: tuple[tuple[str, tuple[Slot, ...]], ...]
    best: Contrast
    strong: bool


@functools.lru_cache(maxsize=2)
def conflicts(group: Group) -> tuple[Conflict, ...]:
    """Give what the quantities of a group contradict each other in; kept for the rules that ask again."""
    found = slots(group)
    if not found.contrasts:
        return ()
    known = _Known(found)
    accepted = [contrast for contrast in found.contrasts if _accepted(found, contrast) and not known.both(contrast)]
    _second(found, align(group), accepted)
    return tuple(_conflict(found, members, contrasts) for members, contrasts in _components(found, accepted))


def _accepted(found: Slots, contrast: Contrast) -> bool:
    if contrast.unit:
        return True
    one, other = found.quantity(contrast.one), found.quantity(contrast.other)
    if one.dimension == "percent" and _complements(one, other):
        return False
    if _given(found, contrast.one, other) or _given(found, contrast.other, one):
        return False
    if one.unit != other.unit and one.number != other.number and not 0.03 < one.low / max(other.low, 1e-12) < 30:
        return False
    weight = contrast.score + contrast.context
    if found.example(contrast.one) or found.example(contrast.other):
        weight -= 0.2
    if one.dimension in ("date", "day") and found.relation(contrast.one) != found.relation(contrast.other):
        weight -= 0.2
    if contrast.score == NEIGHBOUR_SCORE and not (one.loose and other.loose):
        return weight >= NEIGHBOUR_WEIGHT
    if contrast.score == NEIGHBOUR_SCORE:
        return weight >= 0.8
    return weight >= (CLOSE_WEIGHT if contrast.close else FAR_WEIGHT)


def _given(found: Slots, slot: Slot, quantity: Quantity) -> bool:
    """Say whether the claim of `slot` gives the other value too, of whatever it may be there."""
    return any(
        known.low == quantity.low and known.high == quantity.high
        for index, known in enumerate(quantities(found.text(slot.claim)))
        if index != slot.index
    )


def _complements(one: Quantity, other: Quantity) -> bool:
    """Say whether two shares make up the whole: 95 % did not, 5 % did."""
    return (one.low + other.high >= 99 and one.low + other.low <= 101) or (
        one.low + other.low >= 99 and one.high + other.low <= 101
    )


class _Known:
    """Which values each note has, to tell two things from one: who gives both values does not mix them up."""

    def __init__(self, found: Slots) -> None:
        self.found = found
        self.by_path: dict[str, list[int]] = {}
        for index, fact in enumerate(found.claims):
            self.by_path.setdefault(fact.span.path, []).append(index)

    def both(self, contrast: Contrast) -> bool:
        if contrast.unit:
            return False
        return self._has(contrast.one, contrast.other) or self._has(contrast.other, contrast.one)

    def _has(self, mine: Slot, theirs: Slot) -> bool:
        """Say whether the note of `mine` elsewhere gives the value of `theirs` in such words."""
        wanted = self.found.quantity(theirs)
        for claim in self.by_path[self.found.claims[mine.claim].span.path]:
            for index, quantity in enumerate(quantities(self.found.text(claim))):
                if (
                    (claim, index) != (mine.claim, mine.index)
                    and quantity.low == wanted.low
                    and quantity.high == wanted.high
                    and _comparable(quantity, wanted)
                    and self.found.likeness(Slot(claim, index), theirs) >= MIN_KNOWN
                ):
                    return True
        return False


MIN_KNOWN = 0.25
"""Share of the surroundings from which a value is taken to be of the same kind of thing."""


def _conflict(found: Slots, members: list[Slot], contrasts: list[Contrast]) -> Conflict:
    best = max(
        contrasts,
        key=lambda contrast: (contrast.close, contrast.score + contrast.context, contrast.one, contrast.other),
    )
    by_value: dict[str, list[Slot]] = {}
    for slot in members:
        by_value.setdefault(write(found, slot), []).append(slot)
    strong = best.unit or (
        best.close
        and best.score + best.context >= STRONG_WEIGHT
        and not found.example(best.one)
        and not found.example(best.other)
        and found.quantity(best.one).dimension != "version"
        and not found.quantity(best.one).loose
        and not found.quantity(best.other).loose
    )
    ranked = sorted(
        by_value.items(), key=lambda item: (-len({found.claims[slot.claim].span.path for slot in item[1]}), item[0])
    )
    return Conflict(tuple((value, tuple(places)) for value, places in ranked), best, strong)


def write(found: Slots, slot: Slot) -> str:
    """Give a quantity as it stands in its note, on one line, with what it counts where the number alone says little."""
    quantity, text = found.quantity(slot), found.text(slot.claim)
    return " ".join(text[quantity.start : quantity.end].split())


def _components(found: Slots, contrasts: Iterable[Contrast]) -> Iterator[tuple[list[Slot], list[Contrast]]]:
    """Give the slots that contrast, joined where they share one, with what agrees with them."""
    parent: dict[Slot, Slot] = {}

    def root(slot: Slot) -> Slot:
        while parent.setdefault(slot, slot) != slot:
            parent[slot] = parent[parent[slot]]
            slot = parent[slot]
        return slot

    contrasts = list(contrasts)
    units: dict[float, Slot] = {}
    for contrast in contrasts:
        parent[root(contrast.one)] = root(contrast.other)
        if contrast.unit:
            anchor = units.setdefault(found.quantity(contrast.one).low, contrast.one)
            parent[root(contrast.one)] = root(anchor)
    touched = set(parent)
    for one, other in found.same:
        if one in touched and other in touched:
            parent[root(one)] = root(other)
    extra: dict[Slot, Slot] = {}
    for one, other in found.same:
        if one in touched and other not in touched:
            extra.setdefault(other, one)
        elif other in touched and one not in touched:
            extra.setdefault(one, other)
    for slot, anchor in extra.items():
        parent[slot] = root(anchor)
    members: dict[Slot, list[Slot]] = {}
    for slot in sorted(parent):
        members.setdefault(root(slot), []).append(slot)
    by_root: dict[Slot, list[Contrast]] = {}
    for contrast in contrasts:
        by_root.setdefault(root(contrast.one), []).append(contrast)
    for key in sorted(by_root):
        yield members[key], by_root[key]
