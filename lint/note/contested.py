"""Another time for a citation that can be followed as it stands: how much speaks for it, all evidence together.

Two notes that say the same at two times are one of three things: a slip, one
matter told twice, or two ends of a passage. No single sign tells them apart.
How alike the claims are, whether anyone speaks of the matter at the time
cited, the digits (a minute changed and the seconds kept), the order of the
note's own times, and how its neighbours fare, each shift the odds.
"""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from .stamps import NEAR, SAME, Stamp, Support

ALIKE = 12
"""Seconds within which notes that cite one statement cite the same words of it."""

HEARD = 0.3
"""Cosine from which a claim may say where the statement belongs."""

LIKELY, SURE = -0.85, 0.0
"""Log-odds from which a time elsewhere is worth a look, and from which it is likelier than the one cited."""

ENOUGH, PROVEN = 0.4, 0.1
"""Cosine that the best claim at the other time needs, and how much less for each proof by digits or order."""

TEASER = 180
"""Seconds at the start in which a source may show what comes later."""

MOST = 5
"""Notes that are counted when a time is chosen among others; more add nothing."""

WITNESSES = 3
"""Notes that must agree against a time when either place is that of a teaser and the digits prove nothing."""

REPEATED = 3
"""Claims of one note that stand at 00:00:00, from which the time is a placeholder."""

# What each sign adds to the logarithm of the odds that a citation is wrong, rounded from a regression over the
# contested citations of sixteen videos that people had annotated. How many notes agree adds nothing to how alike the
# best of them is: notes that agree on a matter told twice are as many.
_NONE = -2.0
_ALIKE = 4.5
"""For the cosine with the most similar claim at the other time."""
_HERE = -3.25
"""For the cosine with the most similar claim of another note at the time cited."""
_BESIDE = -1.6
"""The same within NEAR."""
_SECONDS = 1.15
"""The seconds are the same, and the minutes are not; by chance once in sixty."""
_SECONDS_OFF = 0.4
_ORDER = 0.85
"""Each neighbour in the note with which the time cited is out of order and the other is not."""
_CLOSE = -0.85
"""Both lie within one passage, perhaps."""
_BALLOT = 0.5
"""For each note at one of several other times, when it is chosen among them."""
_LOCAL = -1.8
"""For the share of the neighbours with which other notes agree."""
_TWIN = 0.75
"""00:37:37: the seconds repeat the minutes."""
_ROUND = 0.8
"""00:37:00: no seconds."""
_PLACEHOLDER = 4.0
"""00:00:00, again and again."""


class Rival(msgspec.Struct, frozen=True):
    """A time elsewhere, in seconds, the log-odds that it is right rather than the time cited, the claims that stand
    there, and whether both may be right: doubtful.
    """

    time: int
    odds: float
    supports: list[Support]
    doubtful: bool


_TIME = operator.itemgetter(1)


def arguable(stamp: Stamp) -> bool:
    """Say whether a stamp's partners leave room for doubt, before all that is said of the matter is searched."""
    cited, here, away = stamp.literal or 0, 0.0, 0.0
    for item in stamp.partners:
        if -SAME <= item.time - cited <= SAME:
            here = max(here, item.score)
        else:
            away = max(away, item.score)
    if away < HEARD:
        return False
    return _NONE + _ALIKE * away + _HERE * here + _LOCAL * stamp.local + _shape(stamp) + _SECONDS + 2 * _ORDER > -1.0


def rival(stamp: Stamp, about: Iterable[tuple[float, Stamp]]) -> Rival | None:
    """Give the likeliest time elsewhere, by the stamp's partners and by the other claims `about` the matter."""
    cited = stamp.literal
    if cited is None:
        return None
    voices = sorted(_voices(stamp, about), key=_TIME)
    times = [time for _, time, _ in voices]

    def around(time: int) -> list[tuple[float, int, Stamp]]:
        return voices[bisect_right(times, time - ALIKE) : bisect_left(times, time + ALIKE)]

    here = max([score for score, _, _ in around(cited)], default=0.0)
    passage = voices[bisect_left(times, cited - NEAR) : bisect_right(times, cited + NEAR)]
    near = [(score, time) for score, time, _ in passage if abs(time - cited) >= ALIKE]
    siblings = [
        s.literal for s in stamp.note.stamps if s.fact is stamp.fact and s is not stamp and s.literal is not None
    ]
    neighbours = _neighbours(stamp)
    shape = _NONE + _HERE * here + _LOCAL * stamp.local + _shape(stamp)
    best: tuple[float, float, float, int, int] | None = None  # rank, log-odds, cosine, time, what proves it
    for time in sorted({time for score, time, _ in voices if score >= HEARD and abs(time - cited) > SAME}):
        if any(abs(time - sibling) <= NEAR for sibling in siblings):
            continue  # the claim cites both places
        there = around(time)
        alike = max([score for score, _, _ in there])
        beside = max([score for score, its in near if abs(its - time) >= ALIKE], default=0.0)
        off = (time - cited) % 60
        order = _disorder(neighbours, cited) - _disorder(neighbours, time)
        odds = shape + _ALIKE * alike + _BESIDE * beside + _ORDER * order
        if cited % 60 or time % 60:
            odds += _SECONDS if off == 0 else _SECONDS_OFF if off in (1, 59) else 0.0
        if abs(time - cited) <= NEAR:
            odds += _CLOSE
        said = len({other.path for score, _, other in there if score >= HEARD})
        rank = odds + _BALLOT * min(said, MOST)
        if best is None or rank > best[0]:
            best = rank, odds, alike, time, order + (off == 0 and cited % 60 > 0)
    if best is None:
        return None
    _, odds, alike, time, proof = best
    if odds < LIKELY or alike < ENOUGH - PROVEN * max(proof, 0):
        return None
    time, supports = _gathered(stamp, around(time), time)
    if proof <= 0 and all(_cites_too(support.stamp, stamp) for support in supports):
        return None
    if len(supports) < WITNESSES and proof <= 0 and 0 < min(cited, time) < TEASER:
        return None
    return Rival(time, odds, supports, odds < SURE or proof < 0 or (len(supports) == 1 and proof == 0))


def _cites_too(other: Stamp, stamp: Stamp) -> bool:
    """Say whether the note of `stamp` also makes the statement of `other` where that does: then it was made twice."""
    return any(
        item.stamp.path == stamp.path
        and item.stamp is not stamp
        and item.score >= HEARD
        and abs(item.time - (other.time or 0)) <= NEAR
        for item in other.partners
    )


def _voices(stamp: Stamp, about: Iterable[tuple[float, Stamp]]) -> Iterator[tuple[float, int, Stamp]]:
    """Give who speaks of the matter: how alike the claims are, when, and the stamp.

    A time that was read otherwise than it stands is but half a witness.
    """
    for score, other in chain(((item.score, item.stamp) for item in stamp.partners), about):
        mended = other.kind in ("shifted", "range") or (other.kind == "conflict" and not other.doubtful)
        time = other.meant if mended else other.time
        if time is not None:
            yield score if time == other.literal else score / 2, time, other


def _gathered(stamp: Stamp, voices: Sequence[tuple[float, int, Stamp]], time: int) -> tuple[int, list[Support]]:
    """Choose, of the times of one passage, the one that most notes cite, and give the claims of the passage.

    `voices` are those within ALIKE of `time`.
    """
    cited: dict[int, set[str]] = defaultdict(set)
    supports: dict[str, Support] = {}
    said = [voice for voice in voices if voice[0] >= HEARD]
    for _, its, other in said:
        cited[its].add(other.path)
    if (time - (stamp.literal or 0)) % 60:
        time = max(sorted(cited), key=lambda its: len(cited[its]))
    for score, its, other in sorted(said, key=lambda voice: (-voice[0], abs(voice[1] - time), voice[2].fact.span)):
        supports.setdefault(other.path, Support(other, score, score, its))
    return time, list(supports.values())


def _shape(stamp: Stamp) -> float:
    """Weigh what the time cited looks like."""
    if stamp.literal == 0:
        zeros = {id(other.fact) for other in stamp.note.stamps if other.literal == 0}
        return _PLACEHOLDER if len(zeros) >= REPEATED else 0.0
    if stamp.fields is None:
        return 0.0
    _, minutes, seconds = stamp.fields
    if seconds == minutes:
        return _TWIN
    # a note that gives whole minutes throughout has no reason to be doubted for it
    return _ROUND if seconds == 0 and stamp.note.reading == "plain" else 0.0


def _neighbours(stamp: Stamp) -> tuple[int | None, int | None]:
    """Give the times before and after a stamp in its note."""
    stamps = stamp.note.stamps
    at = operator.indexOf(stamps, stamp)
    return stamps[at - 1].literal if at else None, stamps[at + 1].literal if at + 1 < len(stamps) else None


def _disorder(around: tuple[int | None, int | None], time: int) -> int:
    """Count the neighbours with which a time is out of order."""
    before, after = around
    return (before is not None and time < before - 1) + (after is not None and time > after + 1)
