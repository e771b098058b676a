"""One citation and what is known of it: how its note writes times, and who else makes the statement.

What the times of a source are read from; `times` gathers it, `meant` decides.
"""

from __future__ import annotations

import functools
from itertools import accumulate
from typing import Literal, TypeAlias

import msgspec

from ..model import Fact
from ..note.citations import Citation
from ..note.clock import STRAY, mended_time, numbers, read_time
from .garble import Fields, as_minutes

Reading: TypeAlias = Literal["plain", "minutes", "mixed"]

SAME = 30
"""Two notes that cite one statement this many seconds apart cite one moment: 95 % of true pairs lie within."""

NEAR = 75
"""Up to here two notes may cite two ends of one passage."""

SLACK = 60
"""A source ends within its last minute, and lengths are given in whole minutes."""

REACH = 1.15
"""Past this multiple of a length that was only inferred, 99 % of citations are wrong (95 % past 1.0)."""

BEYOND = 6
"""Hours that hardly any source lasts; most times of a note at or past them are minutes."""

AGREED = 0.3
"""What partners that cite the same must weigh together to be heard."""

AROUND = 4
"""Compared stamps on either side that make the neighbourhood of one."""


class Support(msgspec.Struct, eq=False):
    """Another citation of the same statement: how sure it is that it is the same, and when it says it was."""

    stamp: Stamp
    score: float
    weight: float
    time: int


class Stamp(msgspec.Struct, eq=False):
    """One citation and what became of it; times are seconds; `path` and `note` say where it stands.

    `literal` is what a player reads, `time` what the note's reading makes of
    it, `meant` the time to be trusted, None where there is none. `kind` says
    what is wrong with it: "" nothing, `shifted` (it stands for the time to
    which `way` leads), `range` (past the end), `conflict` (other notes put
    the statement elsewhere). `supports` are the citations that speak for
    `meant`. `local` is how far other notes agree with its neighbours, `doubtful`
    that a conflict may as well be one matter told twice, `there` a third
    note's citation that says so, `odds` the log-odds that it is none, 9
    where the digits prove it.
    """

    fact: Fact
    path: str
    note: NoteTimes
    citation: Citation
    fields: Fields | None
    literal: int | None
    time: int | None = None
    meant: int | None = None
    kind: str = ""
    way: str = ""
    local: float = 1.0
    late: bool = False
    doubtful: bool = False
    there: Support | None = None
    odds: float = 9.0
    supports: list[Support] = []
    partners: list[Support] = []


class NoteTimes(msgspec.Struct, eq=False):
    """The citations of one note, in order; how it writes times; how often other notes agree (0 to 1)."""

    path: str
    stamps: list[Stamp]
    reading: Reading = "plain"
    trust: float = 1.0
    compared: int = 0
    junk: bool = False


class Extent(msgspec.Struct):
    """How long a source is, in seconds, and how that is known.

    `limit` is the time past which a citation is surely past the end; both are
    None where nothing tells.
    """

    length: int | None = None
    limit: int | None = None
    evidence: str = ""

    def late(self, time: int | None, doubtful: bool = False) -> bool:
        """Say whether a time is past the end, as far as that is known; sooner in a doubtful note."""
        if time is None or self.limit is None or self.length is None:
            return False
        return time > (self.length + self.length // 30 + SLACK if doubtful else self.limit)


@functools.lru_cache(maxsize=1 << 12)
def read_both(data: str | None, time: str) -> tuple[Fields | None, int | None]:
    """Give hours, minutes and seconds as a citation has them, and the seconds that a player reads.

    Each is taken from the data where it can be read, else from the label, and is None when in neither.
    """
    fields: Fields | None = None
    literal: int | None = None
    for written in (data, time):
        if not written:
            continue
        seconds = read_time(written)
        literal = seconds if literal is None else literal
        if fields is not None:
            continue
        values = numbers(written.strip(STRAY))
        if len(values) == 3:
            fields = values[0], values[1], values[2]
        elif len(values) == 2:
            fields = 0, values[0], values[1]
        else:
            meant = mended_time(written) if len(values) > 3 else seconds
            if meant is not None:
                fields = meant // 3600, meant // 60 % 60, meant % 60
    return fields, literal


def join(ones: list[Stamp], others: list[Stamp], score: float, factor: float) -> None:
    """Make the stamps that close one claim and those that close another partners of one another."""
    weight = factor * min(1.0, (score - 0.2) * 2)
    score *= factor
    for one in ones:
        time = one.time if one.time is not None else -1
        for other in others:
            one.partners.append(Support(other, score, weight, other.time if other.time is not None else -1))
            other.partners.append(Support(one, score, weight, time))


def near(partners: list[Support], time: int, reach: int = SAME) -> list[Support]:
    """Give the partners that cite about this time, the surest first."""
    found = [item for item in partners if item.time >= 0 and abs(item.time - time) <= reach]
    found.sort(key=lambda item: (-item.weight, item.stamp.fact.span))
    return found


def look_around(note: NoteTimes, marks: list[tuple[int, bool]]) -> None:
    """Give each stamp how far others agree with its neighbours in the note: sections are garbled as a whole."""
    good = list(accumulate([good for _, good in marks], initial=0))
    trust = 2 * note.trust
    at, end = 0, len(marks)
    for index, stamp in enumerate(note.stamps):
        while at < end and marks[at][0] < index:
            at += 1
        first, last = max(0, at - AROUND), min(at + AROUND, end)
        stamp.local = (good[last] - good[first] + trust) / (last - first + 2)


def faith(item: Support) -> float:
    """Say how far a partner's time is to be believed: less where its note had to be read otherwise."""
    stamp = item.stamp
    if item.time == stamp.literal:
        return 0.25 + 0.75 * stamp.note.trust
    return 0.8 * stamp.local


def weight_near(partners: list[Support], time: int) -> float:
    """Add up what the other notes weigh that cite about this time, each once."""
    if not partners:
        return 0.0
    held: dict[str, float] = {}
    for item in partners:
        its = item.time
        if its < 0:
            continue
        if -NEAR <= its - time <= NEAR:
            weight = item.weight * (1.0 if -SAME <= its - time <= SAME else 0.5)
            weight *= faith(item)
        else:
            other = item.stamp.literal
            if other == its or other is None or abs(other - time) > SAME:
                continue
            # read literally, which its note does not, it would agree
            weight = 0.4 * item.weight
        path = item.stamp.path
        if weight > held.get(path, -1.0):
            held[path] = weight
    return sum(held.values())


def read_note(note: NoteTimes, declared: int | None) -> None:
    """Say how a note writes times, from its own times alone, and read them so."""
    three = [s.fields for s in note.stamps if s.fields is not None and s.fields[0] + s.fields[1] + s.fields[2] > 0]
    highest = max((s.literal for s in note.stamps if s.literal is not None), default=0)
    if three and (declared is None or highest > declared + SLACK):
        beyond = sum(a >= BEYOND for a, _, _ in three) / len(three)
        round_ = sum(c == 0 or c == b for _, b, c in three) / len(three)
        hours = len({a for a, _, _ in three})
        if len(three) >= 3 and (beyond > 0.5 or (round_ >= 0.9 and hours >= 3)):
            note.reading, note.junk = "minutes", round_ < 0.6
        elif (beyond > 0.05 and round_ > 0.2) or (round_ > 0.9 and hours >= 2) or (round_ > 0.4 and hours >= 4):
            note.reading = "mixed"
    for stamp in note.stamps:
        stamp.time = stamp.literal
        fields = stamp.fields
        if fields is None or note.reading == "plain" or stamp.citation.written.count(":") < 2:
            continue
        a, b, c = fields
        minutes = as_minutes(fields)
        if note.reading == "mixed":
            licensed = a >= BEYOND or (c in (0, b) and a >= 2)
        else:
            licensed = note.junk or a >= 2 or c in (0, b)
        if minutes is not None and licensed:
            stamp.time = minutes
