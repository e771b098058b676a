"""Which time a citation means: every time that it may stand for, and what speaks for each, in one unit.

Two notes that say the same at two times are one of three things: a slip, one
matter told twice, or two ends of a passage. No single sign tells them apart,
and none tells which of several times was meant. What `signs` finds is added
up: the sum is the logarithm of the odds, and the difference of two sums tells
how much likelier one time is than the other.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable
from operator import mul

import msgspec

from .kindred import QUOTED, quotes
from .signs import ALIKE, Case, Habit, Voice, habit_of
from .stamps import SAME, Extent, NoteTimes, Stamp

WEIGHTS = {
    # a claim of another note that says the same, by its cosine: within ALIKE, within EXACT, elsewhere in the passage
    "alike": 2.9,
    "exact": 3.5,
    "near": 2.3,
    # the logarithm of the number of notes that say so, and one more
    "notes": 1.0,
    # the same of the notes that cite the very moment
    "agreed": 0.7,
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
    "second": 0.7,
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
    "sibling": -2.5,  # of seven such conflicts that no digits bore out, people had annotated one
    "twice": -1.8,
    # the order of the note's own times
    "between": 1.1,
    "next": 1.1,
}
"""What each sign adds to the logarithm of the odds, rounded from a regression over the citations of 26 videos that
people had annotated; what it is worth was measured on videos that were left out.
"""


_MOST = max(WEIGHTS["all"], WEIGHTS["most"]) + 1e-6
"""What the signs that cost more can add at most, and what sums in another order may differ by."""

_CHOIR = WEIGHTS["notes"] + WEIGHTS["agreed"]
_SAID = WEIGHTS["alike"] + WEIGHTS["exact"]
_SHAPED = _SAID + WEIGHTS["shaped"]
"""What all notes that speak of the matter can add at most, for each unit of the logarithm of their number; what a claim
of another note can, for each unit of its weight; and where digits lead to it."""

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
        self._faiths: dict[Stamp, float] = {}
        self._habits: dict[str, Habit] = {}

    def case(self, stamp: Stamp) -> Case:
        """Gather what bears on a stamp: who speaks of the matter, each once, as its note reads times."""
        scores = {other: score for score, other in self._about(stamp)}
        for item in stamp.partners:
            if item.score > scores.get(item.stamp, 0.0):
                scores[item.stamp] = item.score
        faiths, voices = self._faiths, []
        for other, score in scores.items():
            time = other.time
            if time is not None:
                if other not in faiths:
                    faiths[other] = self._faith(other)
                voices.append(Voice(score, time, score * faiths[other], other))
        return Case(stamp, voices, self.extent, self._habit(stamp.note))

    def _faith(self, stamp: Stamp) -> float:
        if stamp.time == stamp.literal:
            return 0.4 + 0.6 * stamp.local
        habit = self._habit(stamp.note)
        return (habit.minutes + 1) / (len(habit.known) + 4)

    def _habit(self, note: NoteTimes) -> Habit:
        habit = self._habits.get(note.path)
        if habit is None:
            habit = self._habits[note.path] = habit_of(note, self.extent)
        return habit


def weigh(case: Case, least: float) -> tuple[Reading | None, float]:
    """Give the likeliest time other than the one that is written, and the log-odds for that one (0 past the end).

    There is none where the one that is written is not past the end, and no other likelier by `least`. Times are
    weighed in the order of what may speak for them at most, until none that is left can be the likeliest.
    """
    stamp = case.stamp
    literal = stamp.literal
    own = 0.0 if literal is None or stamp.late else _sum(case.signs(literal, case.order(literal)))
    needed = -math.inf if stamp.late else own + least
    best: Reading | None = None
    for most, time, marks in sorted([_most(case, time) for time in case.times()], reverse=True):
        if most < needed:
            break
        signs = case.signs(time, marks)
        if _sum(signs) + _MOST < needed:
            continue
        signs |= case.more(time)
        odds = _sum(signs)
        if odds >= needed and (best is None or (odds, -time) > (best.odds, -best.time)):
            best, needed = Reading(time, odds, signs), odds
    return best, own


def _most(case: Case, time: int) -> tuple[float, int, tuple[str, ...]]:
    """Give what the signs for a time elsewhere may add up to at most, for a fraction of the work, and its marks."""
    marks = case.marks(time)
    most = _MOST + _worth(marks) if marks else _MOST
    loudest = case.loudest(time)
    if loudest:
        most += case.choir * _CHOIR + loudest * (_SHAPED if marks else _SAID)
    return most, time, marks


@functools.lru_cache(maxsize=256)
def _worth(marks: tuple[str, ...]) -> float:
    return sum(WEIGHTS[name] for name in marks) + (WEIGHTS["minutes note"] if "minutes" in marks else 0.0)


def _sum(signs: dict[str, float]) -> float:
    return float(sum(map(mul, map(WEIGHTS.__getitem__, signs), signs.values())))


def doubtless(stamp: Stamp, least: float) -> bool:
    """Say whether no other time could be likelier by `least` than a stamp's own, by its partners alone, which cost nothing."""
    cited, here, away, kept = stamp.literal or 0, 0.0, UNHEARD, 0.0
    paths: set[str] = set()
    for item in stamp.partners:
        off = item.time - cited
        if -ALIKE < off < ALIKE:
            here = max(here, item.score)
        elif off < -SAME or off > SAME:
            away = max(away, item.score)
            paths.add(item.stamp.path)
            if off % 60 == 0:
                kept = max(kept, item.score)
    if quotes(stamp):
        away += QUOTED
    own = WEIGHTS["as written"] + WEIGHTS["sound stretch"] * stamp.local + here * WEIGHTS["alike"]
    if stamp.note.reading == "plain":
        own += WEIGHTS["sound note"]
    other = away * _SAID + WEIGHTS["between"] + WEIGHTS["next"]
    if kept:
        other += kept * WEIGHTS["shaped"] + WEIGHTS["second"] + WEIGHTS["most"] + math.log1p(len(paths)) * _CHOIR
    fields = stamp.fields
    if fields is not None and (fields[0] or fields[2] in (0, fields[1])):
        other += WEIGHTS["tens"] + WEIGHTS["hour"] + WEIGHTS["shaped"] * away
    return other < own + least
