"""Which contrasts of values are conflicts, and which slots share in one."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator

import msgspec

from ..model import Group, digest
from ..statements.align import Alignment, align
from .numbers import quantities
from .quantity import Quantity, comparable, compatible, slip
from .rivals import MAX_NEIGHBOURS, MAX_QUANTITIES, MIN_CONTEXT, reach, rivals
from .slots import Contrast, Slot, Slots, match

STRONG_WEIGHT = 1.35
"""The weight from which a contrast of two exact values is a warning."""

NEIGHBOUR_WEIGHT = 1.2
"""The weight from which claims that are not aligned contrast, by the words around and beside the values alone."""

LOOSE_WEIGHT = 0.8
"""The same where both values are orders of magnitude: few words stand around them by chance."""

ASIDE = 0.2
"""What it weighs that one value is but an example, or that two dates are related to their event in two ways; twice as
much, that the claims tell of two times; and, for it, that the values are one slip of the pen apart."""

ENDS = ({"by", "since"}, {"by", "to"})
"""How the two ends of one change are related to it: grown by 2022, compared to 2011."""

MIN_KNOWN = 0.25
"""Share of the surroundings from which a value is taken to be of the same kind of thing."""


class Conflict(msgspec.Struct, frozen=True, gc=False):
    """One thing with values that cannot all be right.

    `slots` are the places by value, the value with most notes first.
    `best` is the contrast that shows it best. `strong` says whether it is
    precise enough to warn; `both` whether one of the claims has both
    values of that contrast, and may be what tells them apart. `about` is a
    digest of its statement, or "".
    """

    values: tuple[tuple[str, tuple[Slot, ...]], ...]
    best: Contrast
    strong: bool
    both: bool
    about: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What a baseline knows it by: its values, and `about` where another of the source has the same."""
        values = (value.lower() for value, _ in self.values)
        return (*values, self.about) if self.about else (*values,)


@functools.lru_cache(maxsize=1)
def conflicts(group: Group) -> tuple[Conflict, ...]:
    """Give what the quantities of a group contradict each other in; kept for the rules that ask again."""
    found = rivals(group)
    if not found.contrasts:
        return ()
    known = _Known(found)
    accepted = [contrast for contrast in found.contrasts if _accepted(found, contrast) and not known.both(contrast)]
    _second(found, align(group), accepted)
    told: set[frozenset[str]] = set()
    every = []
    for members, contrasts in _components(found, accepted):
        conflict = _conflict(found, members, contrasts)
        # of two conflicts of the same values the second is told by its statement, so that who knows one does not know both
        if frozenset(conflict.key) in told:
            conflict = msgspec.structs.replace(conflict, about=digest(found.text(conflict.best.one.claim).lower()))
        told.add(frozenset(conflict.key))
        every.append(conflict)
    return tuple(every)


def _accepted(found: Slots, contrast: Contrast) -> bool:
    if contrast.unit:
        return True
    one, other = found.quantity(contrast.one), found.quantity(contrast.other)
    if one.dimension == "percent" and _complements(one, other):
        return False
    if _given(found, contrast.one, other) or _given(found, contrast.other, one):
        return False
    if one.number != other.number and not one.dated and not 0.03 < one.low / max(other.low, 1e-12) < 30:
        return False
    if one.dated and {found.relation(contrast.one), found.relation(contrast.other)} in ENDS:
        return False
    weight = contrast.weight - ASIDE * _related(found, contrast) + ASIDE * slip(one, other)
    if found.example(contrast.one) or found.example(contrast.other):
        if one.bare:
            return False
        weight -= ASIDE
    if _elsewhere(found, contrast):
        weight -= 2 * ASIDE
    if not contrast.aligned:
        return weight >= (LOOSE_WEIGHT if one.loose and other.loose else NEIGHBOUR_WEIGHT)
    return weight >= reach(contrast.gap, one.loose or other.loose)


def _related(found: Slots, contrast: Contrast) -> bool:
    """Say whether two dates are related to their event in two ways: in 2017, after 2019."""
    return found.quantity(contrast.one).dated and found.relation(contrast.one) != found.relation(contrast.other)


def _elsewhere(found: Slots, contrast: Contrast) -> bool:
    """Say whether the claims tell of two times: each has dates besides the values, and none of them agree."""
    mine, theirs = (
        [known for index, known in enumerate(quantities(found.text(slot.claim))) if known.dated and index != slot.index]
        for slot in (contrast.one, contrast.other)
    )
    return bool(mine and theirs) and not any(
        comparable(one, other) and compatible(one, other) for one in mine for other in theirs
    )


def _given(found: Slots, slot: Slot, quantity: Quantity) -> bool:
    """Say whether the claim of `slot` gives the other value too, of whatever it may be there, if not of another whole."""
    return any(
        _is(known, quantity) for index, known in enumerate(quantities(found.text(slot.claim))) if index != slot.index
    )


def _is(known: Quantity, quantity: Quantity) -> bool:
    """Say whether a quantity is another one, of whatever it may be, if not of another whole."""
    same = known.low == quantity.low and known.high == quantity.high
    return same and (comparable(known, quantity) or not (known.of or quantity.of))


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
                    and comparable(quantity, wanted)
                    and self.found.likeness(Slot(claim, index), theirs) >= MIN_KNOWN
                ):
                    return True
        return False


def _together(found: Slots, slots: Iterable[Slot], contrast: Contrast) -> bool:
    """Say whether a claim of one of the slots has both values of a contrast."""
    one, other = found.quantity(contrast.one), found.quantity(contrast.other)
    claims = {slot.claim for slot in slots}
    return any(
        _is(first, one) and _is(second, other)
        for claim in claims
        for first, second in itertools.permutations(quantities(found.text(claim)), 2)
    )


def _conflict(found: Slots, members: list[Slot], contrasts: list[Contrast]) -> Conflict:
    best = max(
        contrasts,
        key=lambda contrast: (contrast.close, contrast.weight, contrast.one, contrast.other),
    )
    by_value: dict[str, list[Slot]] = {}
    for slot in members:
        by_value.setdefault(write(found, slot), []).append(slot)
    both = not best.unit and _together(found, members, best)
    strong = best.unit or (
        best.close
        and not both
        and best.aligned
        and best.weight >= STRONG_WEIGHT
        and not found.example(best.one)
        and not found.example(best.other)
        and not _related(found, best)
        and found.quantity(best.one).dimension != "version"
        and not found.quantity(best.one).loose
        and not found.quantity(best.other).loose
    )
    ranked = sorted(
        by_value.items(), key=lambda item: (-len({found.claims[slot.claim].span.path for slot in item[1]}), item[0])
    )
    return Conflict(tuple((value, tuple(places)) for value, places in ranked), best, strong, both)


def write(found: Slots, slot: Slot) -> str:
    """Give a quantity as it stands in its note, on one line."""
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


def _second(found: Slots, alignment: Alignment, contrasts: Iterable[Contrast]) -> None:
    """Note which claims agree with those that contrast: they hold the same value."""
    for claim in sorted({slot.claim for contrast in contrasts for slot in (contrast.one, contrast.other)}):
        mine = quantities(found.text(claim))
        for _, partner in alignment.partners.get(claim, ())[:MAX_NEIGHBOURS]:
            theirs = quantities(found.text(partner))
            if len(theirs) > MAX_QUANTITIES:
                continue
            for index, other in match(mine, theirs)[0]:
                one, two = Slot(claim, index), Slot(partner, other)
                if found.likeness(one, two) >= MIN_CONTEXT:
                    found.same.append((one, two))
