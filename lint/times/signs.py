"""What speaks for a time that a citation may mean, and against it: each sign by its name, with its strength.

Who else makes the statement then, what the written digits still show of the
time, the order of the note's own times, and how the note fares otherwise.
`readings` says what each is worth.
"""

from __future__ import annotations

import functools
import math
import operator
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import msgspec

from ..note.citations import fault
from ..note.clock import STRAY, mended_time, numbers, read_time
from .garble import Fields, beside, digits_kept, mended, traces
from .stamps import NEAR, SAME, Extent, NoteTimes, Stamp

ALIKE = 12
"""Seconds within which notes that cite one statement cite the same words of it."""

EXACT, MOMENT = 3, 1
"""Seconds within which they cite the same moment; to which digits lead that are not there by chance."""

HEARD = 0.3
"""Cosine from which a claim is counted among those who say so."""

MURMURED = 0.2
"""Cosine from which claims that are cited at one moment bear one another out, in whatever words."""

TELLING = 0.35
"""Cosine from which a claim tells how another note garbles its times."""

NEXT = 300
"""Seconds from a neighbour in the note within which a time is near it."""

OPENING = 60
"""Seconds at the start of a source, where all is touched upon, and may be shown that comes later."""

OVERTURE = 10
"""Seconds at the start, each of which some note cites."""

REPEATED = 3
"""Claims of one note that stand at 00:00:00, from which the time is a placeholder."""

BESIDE, LENT = 8, 2
"""Stamps of a note, the nearest, that tell its habit at a place: sections are garbled as a whole; for how many the note
as a whole stands beside them."""

_SHAPES = frozenset(["minutes", "over", "hour", "lost", "digit", "field"])
"""Traces that lead to a given time by chance but once in sixty."""


class Voice(msgspec.Struct, frozen=True, gc=False):
    """A claim of another note on the same matter: how alike (cosine), when (seconds), the cosine as far as that time is
    to be believed (`weight`), and its stamp.

    A time that stands as it is read is believed as far as others agree with
    its neighbours; one that had to be read otherwise, as far as that reading
    holds in its note: such times agree with one another all too easily.
    """

    score: float
    time: int
    weight: float
    stamp: Stamp


class Habit:
    """How a note's times lead to where others make its statements.

    `known` are the stamps whose statements others make, in order: for each its
    place in the note, and whether the time leads there as MM:SS, and by the
    tens of the minutes; `minutes` and `tens` say how many do.
    """

    def __init__(self, known: list[tuple[int, bool, bool]]) -> None:
        self.known = known
        self.minutes = sum(minutes for _, minutes, _ in known)
        self.tens = sum(tens for _, _, tens in known)

    def shares(self, at: int) -> tuple[float, float]:
        """Give the logarithms of the shares of either way at the `at`-th stamp, which does not speak for itself."""
        first = bisect_left(self.known, (at,))
        around = self.known[max(0, first - BESIDE) : first + BESIDE + 1]
        beside = sorted([(abs(place - at), minutes, tens) for place, minutes, tens in around if place != at])[:BESIDE]
        shares: list[float] = []
        for way, held in ((1, self.minutes), (2, self.tens)):
            whole = (held + 1) / (len(self.known) + 4)
            shares.append(math.log((sum([row[way] for row in beside]) + LENT * whole) / (len(beside) + LENT)))
        return shares[0], shares[1]


def habit_of(note: NoteTimes, extent: Extent) -> Habit:
    """Find how a note garbles its times, by the claims of sound notes that are like its own."""
    known: list[tuple[int, bool, bool]] = []
    for place, stamp in enumerate(note.stamps):
        fields = written_fields(stamp)
        if fields is None or not fields[0] or fields[1] > 59:
            continue
        said = [
            (item.score, item.time)
            for item in stamp.partners
            if item.score >= TELLING and item.time == item.stamp.literal and item.stamp.note.reading == "plain"
            if not extent.late(item.time)
        ]
        if said:
            time = fields[0] * 60 + fields[1]
            minutes = any(-NEAR <= other - time <= NEAR for _, other in said)
            known.append((place, minutes, max(said)[1] // 600 == fields[0]))
    return Habit(known)


_SLOT = 2 * NEAR
"""Seconds of a stretch of the source; what is near its times lies in it or reaches into it with one end."""

_TIME = operator.attrgetter("time")


class Case:
    """One citation, and all that bears on what it means."""

    def __init__(self, stamp: Stamp, voices: Iterable[Voice], extent: Extent, habit: Habit) -> None:
        self.stamp = stamp
        self.fields = written_fields(stamp)
        self.voices = sorted(voices, key=_TIME)
        self._said_at = [voice.time for voice in self.voices]
        self._loudest: dict[int, float] = {}
        for voice in self.voices:
            for edge in (voice.time - NEAR, voice.time + NEAR):
                if voice.weight > self._loudest.get(edge // _SLOT, 0.0):
                    self._loudest[edge // _SLOT] = voice.weight
        self.choir = math.log1p(len({voice.stamp.path for voice in self.voices if voice.score >= MURMURED}))
        self._extent = extent
        citation = stamp.citation
        self._label = read_time(citation.time)
        # 01:06:02 stands as it is in a note that writes MM:SS as HH:MM:00, unless the source is shorter
        self._licensed = stamp.time != stamp.literal or (stamp.late and stamp.note.reading != "plain")
        # a time of four fields has one too many
        written = [written for written in (citation.data, citation.time) if written and written.count(":") > 2]
        self._mended = {mended_time(time) for time in written}
        self._at = operator.indexOf(stamp.note.stamps, stamp)
        self._habit = habit
        self._before, self._after = self._neighbours(self._at)
        self._siblings: list[int] = []
        if len(stamp.fact.value.citations) > 1:
            others = [other for other in stamp.note.stamps if other.fact is stamp.fact and other is not stamp]
            self._siblings = [other.literal for other in others if other.literal is not None]

    @functools.cached_property
    def _habits(self) -> tuple[float, float]:
        # few times lead where a habit would, and it takes a walk over the note
        return self._habit.shares(self._at)

    def times(self) -> set[int]:
        """Give the times elsewhere to think of: as written, as the digits lead, as others say.

        None is past the end, and none is so near the time as it stands that both are one moment.
        """
        fields, literal = self.fields, self.stamp.literal
        times = {self._label, *self._mended, *self._said_at}
        if fields is not None:
            times.update(mended(fields))
            times.update(beside(fields, set(self._said_at)))
        late, reach = self._extent.late, 0 if self.stamp.late else SAME
        moment = range(0) if literal is None else range(literal - reach, literal + reach + 1)
        return {time for time in times if time is not None and time not in moment and not late(time)}

    def loudest(self, time: int) -> float:
        """Give the weight that no voice which cites about a time exceeds."""
        return self._loudest.get(time // _SLOT, 0.0)

    def marks(self, time: int) -> tuple[str, ...]:
        """Give the signs for a time elsewhere that are there or not."""
        marks: tuple[str, ...] = ()
        if self.fields is not None:
            marks = traces(self.fields, time)
            if marks[:1] == ("minutes",) and "empty" not in marks and not self._licensed and not self._heard_at(time):
                marks = marks[1:]  # by chance, many times with seconds of their own lead somewhere
        if time < OPENING:
            marks += ("opening",)
        if time in self._mended:
            marks += ("mended",)
        if self._siblings and any(-NEAR <= other - time <= NEAR for other in self._siblings):
            marks += ("sibling",)  # the claim cites both places
        return marks + self.order(time)

    def signs(self, time: int, marks: Iterable[str]) -> dict[str, float]:
        """Give the signs for a time that cost little to find, its marks among them."""
        signs = self._said(time)
        signs |= dict.fromkeys(marks, 1.0)
        if time == self.stamp.literal:
            _as_it_stands(self.stamp, signs)
            return signs
        if "minutes" in signs:
            signs["minutes habit"] = self._habits[0]
            signs["minutes note"] = float(self.stamp.note.reading == "minutes")
        if "tens" in signs:
            signs["tens habit"] = self._habits[1]
        if not _SHAPES.isdisjoint(signs):
            signs["shaped"] = signs["alike"]
        elif "second" in signs:
            # among many moments the same seconds are a chance, but for those that another note has
            signs["shaped"] = max([voice.weight for voice in self.within(time, 0)], default=0.0)
            signs["second"] = float(signs["shaped"] > 0)
        return signs

    def order(self, time: int) -> tuple[str, ...]:
        """Say whether a time keeps the order of the note's own."""
        before, after = self._before, self._after
        order: tuple[str, ...] = ()
        if before is not None and after is not None and before - 1 <= time <= after + 1:
            order = ("between",)
        if (before is not None and -NEXT <= before - time <= NEXT) or (
            after is not None and -NEXT <= after - time <= NEXT
        ):
            order += ("next",)
        return order

    def more(self, time: int) -> dict[str, float]:
        """Give the signs for a time elsewhere that cost more."""
        signs: dict[str, float] = {}
        if self.fields is not None and (kept := digits_kept(self.fields, time)):
            signs[kept] = 1.0
        said = [voice for voice in self.within(time, ALIKE) if voice.score >= HEARD]
        if said and (twice := sum(_makes_too(self.stamp, voice.stamp) for voice in said)):
            signs["twice"] = twice / len(said)
        return signs

    def within(self, time: int, reach: int) -> list[Voice]:
        """Give the voices that cite about a time."""
        return self.voices[bisect_left(self._said_at, time - reach) : bisect_right(self._said_at, time + reach)]

    def _said(self, time: int) -> dict[str, float]:
        """Give what the voices say for a time."""
        alike = exact = near = 0.0
        paths: set[str] = set()
        agreed: set[str] = set()
        for voice in self.within(time, NEAR):
            off, score = voice.time - time, voice.weight
            if not -ALIKE < off < ALIKE:
                if score > near:
                    near = score
                continue
            if score > alike:
                alike = score
            if -EXACT <= off <= EXACT:
                if score > exact:
                    exact = score
                if voice.score >= MURMURED:
                    agreed.add(voice.stamp.path)
            if score >= HEARD:
                paths.add(voice.stamp.path)
        return {
            "alike": alike,
            "exact": exact,
            "near": max(near - alike, 0.0),
            "notes": math.log1p(len(paths)),
            "agreed": math.log1p(len(agreed)),
        }

    def _heard_at(self, time: int) -> bool:
        """Say whether another note makes the statement at that very moment, not one of the first."""
        return time >= OVERTURE and any(voice.weight >= HEARD for voice in self.within(time, MOMENT))

    def _neighbours(self, at: int) -> tuple[int | None, int | None]:
        """Give the times before and after the citation in its note, where they can be followed as they stand."""
        stamps = self.stamp.note.stamps
        return self._sound(stamps[at - 1] if at else None), self._sound(
            stamps[at + 1] if at + 1 < len(stamps) else None
        )

    def _sound(self, stamp: Stamp | None) -> int | None:
        if stamp is None or stamp.time != stamp.literal or self._extent.late(stamp.time):
            return None
        return stamp.time


def written_fields(stamp: Stamp) -> Fields | None:
    """Give the fields of a time that is written with three of them or more; of two, none can be out of place."""
    for written in (stamp.citation.data, stamp.citation.time):
        if written and (values := numbers(written.strip(STRAY))):
            return stamp.fields if len(values) > 2 else None
    return None


def _as_it_stands(stamp: Stamp, signs: dict[str, float]) -> None:
    """Add what speaks for and against the time as it is written."""
    reading = stamp.note.reading
    signs["as written"] = 1.0
    signs["sound stretch"] = stamp.local
    if reading == "plain":
        signs["sound note"] = 1.0
    elif stamp.time != stamp.literal:
        signs["garbled note"] = 1.0
    if fault(stamp.citation) is not None and stamp.fields is not None:
        signs["fault"] = 1.0
    if stamp.literal == 0:
        zeros = {id(other.fact) for other in stamp.note.stamps if other.literal == 0}
        signs["placeholder"] = float(len(zeros) >= REPEATED)
    elif stamp.fields is not None:
        signs["twin"] = float(stamp.fields[1] == stamp.fields[2])


def _makes_too(stamp: Stamp, other: Stamp) -> bool:
    """Say whether the note of `stamp` also makes the statement of `other` where that does: then it was made twice."""
    time, path = other.time, stamp.path
    if time is None:
        return False
    for item in other.partners:
        its = item.stamp
        if its.path == path and its is not stamp and item.score >= HEARD and -NEAR <= item.time - time <= NEAR:
            return True
    return False
