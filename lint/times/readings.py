"""Which time a citation means: every time that it may stand for, and what speaks for each, in one unit.

Two notes that say the same at two times are one of three things: a slip, one
matter told twice, or two ends of a passage. No single sign tells them apart,
and none tells which of several times was meant. What `signs` finds is added
up: the sum is the logarithm of the odds, and the difference of two sums tells
how much likelier one time is than the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import mul

import msgspec

from .signs import ALIKE, Case, Habit, Voice, habit_of
from .stamps import SAME, Extent, NoteTimes, Stamp

WEIGHTS = {
    # a claim of another note that says the same, by its cosine: within ALIKE, within EXACT, elsewhere in the passage
    "alike": 2.9,
    "exact": 3.5,
    "near": 2.3,
    # the logarithm of the number of notes that say so, and one more
    "notes": 1.0,
    # the time as it is written: by itself, by the share of its neighbours with which others agree, by its note
    "as written": 1.2,
    "sound stretch": 2.8,
    "sound note": 2.8,
    "garbled note": -0.8,
    "fault": -2.5,
    "twin": -0.7,  # 00:37:37
    "placeholder": -4.0,  # 00:00:00 again and again: too few were annotated to measure
    # what the written digits show of a time, and the cosine of a claim that stands where they lead
    "minutes": 1.8,
    "empty": 1.6,
    "over": 0.9,
    "hour": 1.0,
    "lost": -0.2,
    "digit": 0.6,
    "field": 0.5,
    "tens": 3.1,
    "all": 1.8,
    "most": 1.0,
    "mended": 0.9,
    "shaped": 2.7,
    "minutes note": 1.3,
    "minutes habit": 0.55,
    "tens habit": 0.6,
    # what makes a time elsewhere unlikely
    "opening": -1.2,
    "sibling": -0.9,
    "twice": -1.8,
    # the order of the note's own times
    "between": 1.1,
    "next": 1.1,
}
"""What each sign adds to the logarithm of the odds, rounded from a regression over the citations of 26 videos that
people had annotated; what it is worth was measured on videos that were left out.
"""


_MOST = max(WEIGHTS["all"], WEIGHTS["most"])
"""What the signs that cost more can add at most."""

UNHEARD = 0.35
"""Cosine of claims that are not among a stamp's partners, at most: they would be."""


class Reading(msgspec.Struct, frozen=True):
    """A time that a citation may mean (seconds), the log-odds for it, and the signs."""

    time: int
    odds: float
    signs: dict[str, float]


class Readings:
    """Weighs what the citations of one source may mean."""

    def __init__(self, extent: Extent, about: Callable[[Stamp], Iterable[tuple[float, Stamp]]]) -> None:
        self.extent = extent
        self._about = about
        self._habits: dict[str, Habit] = {}

    def case(self, stamp: Stamp) -> Case:
        """Gather what bears on a stamp: who speaks of the matter, each once, as its note reads times."""
        found: dict[int, Voice] = {}
        for score, other in (*((item.score, item.stamp) for item in stamp.partners), *self._about(stamp)):
            known = found.get(id(other))
            if other.time is not None and (known is None or known.score < score):
                found[id(other)] = Voice(score, other.time, self._faith(other), other)
        return Case(stamp, found.values(), self.extent, self._habit(stamp.note))

    def _faith(self, stamp: Stamp) -> float:
        if stamp.time == stamp.literal:
            return 0.4 + 0.6 * stamp.local
        habit = self._habit(stamp.note)
        return (habit.minutes + 1) / (habit.known + 4)

    def _habit(self, note: NoteTimes) -> Habit:
        habit = self._habits.get(note.path)
        if habit is None:
            habit = self._habits[note.path] = habit_of(note, self.extent)
        return habit


def weigh(case: Case) -> tuple[Reading | None, float]:
    """Give the likeliest time other than the one that is written, and the log-odds for that one."""
    own = 0.0
    others: list[Reading] = []
    for time in case.times():
        signs = case.signs(time)
        odds = _sum(signs)
        if time == case.stamp.literal:
            own = odds
        else:
            others.append(Reading(time, odds, signs))
    best: Reading | None = None
    for reading in sorted(others, key=lambda reading: -reading.odds):
        if best is not None and reading.odds + _MOST < best.odds:
            break
        more = case.more(reading.time)
        odds = reading.odds + _sum(more)
        if best is None or (odds, -reading.time) > (best.odds, -best.time):
            best = Reading(reading.time, odds, reading.signs | more)
    return best, own


def _sum(signs: dict[str, float]) -> float:
    return float(sum(map(mul, map(WEIGHTS.__getitem__, signs), signs.values())))


def doubtless(stamp: Stamp) -> bool:
    """Say whether a stamp's own time is likelier than any other could be, by its partners alone, which cost nothing."""
    cited, here, away = stamp.literal or 0, 0.0, UNHEARD
    for item in stamp.partners:
        off = item.time - cited
        if -ALIKE < off < ALIKE:
            here = max(here, item.score)
        elif off < -SAME or off > SAME:
            away = max(away, item.score)
    own = WEIGHTS["as written"] + WEIGHTS["sound stretch"] * stamp.local + here * WEIGHTS["alike"]
    if stamp.note.reading == "plain":
        own += WEIGHTS["sound note"]
    other = away * (WEIGHTS["alike"] + WEIGHTS["exact"]) + WEIGHTS["between"] + WEIGHTS["next"]
    fields = stamp.fields
    if fields is not None and (fields[0] or fields[2] in (0, fields[1])):
        other += WEIGHTS["tens"] + WEIGHTS["hour"] + WEIGHTS["shaped"] * away
    return other < own
