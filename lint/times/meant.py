"""What each citation means: its own time, another for which more speaks, or none to be trusted.

A time past the source's end means another, the likeliest. One that a player
can follow is left alone unless another is likelier by far.
"""

from __future__ import annotations

from collections.abc import Callable

from ..model import Fact
from .garble import way
from .kindred import Kindred, quotes
from .readings import Reading, Readings, doubtless, weigh
from .signs import ALIKE, HEARD, OPENING, Case
from .stamps import NEAR, Extent, NoteTimes, Stamp, Support, near, weight_near

SOUND = 0.93
"""Agreement with other notes from which a stretch of a note is taken to be in order, and not searched."""

LED, LIKELY, WITHIN, SURE = -1.6, -1.3, -0.8, 0.0
"""Log-odds from which another time is worth a look, where the digits lead there, elsewhere, and within the passage; from
which it is the likelier one.

Of eleven conflicts that no digits bore out and that were read, somewhat below the second, four were true.
"""

AGREED = 0.3
"""What partners that cite the same must weigh together for a time to be trusted in a note that is not."""

WITNESSES = 3
"""Notes that must agree against a time when either place is that of a teaser and the digits prove nothing."""

LONE = 0.43
"""Cosine from which a lone note is heard against another: of ten conflicts below that were read, one was true."""

ALONE = 0.6
"""Cosine with which a lone note stands against another, and is believed."""

THERE, HALF = 35, 0.5
"""Seconds around a cited time within which a third note speaks for it; the share of the best likeness elsewhere that its
own needs: of 26 warnings that were read and false, 16 had such a note, of 38 true ones 8."""


class Meanings:
    """Decides what the stamps of one source mean, when all that is known of them has been gathered."""

    def __init__(self, notes: dict[str, NoteTimes], extent: Extent, bag: Callable[[Fact], dict[str, int]]) -> None:
        self.notes = notes
        self.extent = extent
        self.readings = Readings(extent, Kindred(notes, bag).about)

    def resolve(self, stamp: Stamp, note: NoteTimes) -> None:
        """Decide what a stamp means, by its note's reading, the source's length and what others say."""
        literal = stamp.literal
        late = stamp.late = literal is None or self.extent.late(literal, note.reading != "plain" or stamp.local < 0.6)
        if literal is not None and not late and self._stands(stamp, literal):
            stamp.meant = literal
            return
        case = self.readings.case(stamp)
        best, own = weigh(case, LED)
        if late:
            stamp.kind = "range"
            if best is not None:
                _take(stamp, best, _supports(case, best.time))
            return
        if best is not None and best.odds - own >= _least(best, literal or 0):
            supports = _supports(case, best.time)
            if not _told_twice(best, literal or 0, supports):
                stamp.kind, stamp.odds = "conflict", best.odds - own
                _take(stamp, best, supports)
                stamp.there = None if stamp.way else _there(case, literal or 0, supports)
                stamp.doubtful = stamp.doubtful or stamp.there is not None
                return
        if literal is not None and (
            note.trust >= 0.5 or note.compared < 5 or weight_near(stamp.partners, literal) >= AGREED
        ):
            stamp.meant = literal
            stamp.supports = near(stamp.partners, literal)

    def _stands(self, stamp: Stamp, literal: int) -> bool:
        """Say whether nothing that there is could speak against a time, before all is searched."""
        if stamp.time != literal:
            return False
        if not stamp.partners:
            return len(self.notes) < 2 or (stamp.local > SOUND and not quotes(stamp))
        return doubtless(stamp, LED)


def _least(reading: Reading, cited: int) -> float:
    """Say from which log-odds a time other than the one cited is worth a look."""
    if abs(reading.time - cited) <= NEAR:
        return WITHIN
    return LED if way(reading.signs) else LIKELY


def _take(stamp: Stamp, reading: Reading, supports: list[Support]) -> None:
    """Let a stamp mean a time that is not the one cited."""
    stamp.meant, stamp.way, stamp.supports = reading.time, way(reading.signs), supports
    if stamp.way:
        stamp.kind = "shifted"
    opening = _opens(stamp.literal or 0, reading.time)
    alone = len(supports) == 1 and (not stamp.way or supports[0].score < ALONE or opening)
    # a time may have been given to the minute on purpose: 01:21:00 for what is said at 01:21:56
    to_the_minute = stamp.literal is not None and not stamp.literal % 60 and 0 < reading.time - stamp.literal <= 60
    teaser = opening and not stamp.way and not reading.signs.get("second")
    stamp.doubtful = not stamp.late and (stamp.odds < SURE or alone or to_the_minute or teaser)


def _supports(case: Case, time: int) -> list[Support]:
    """Give who makes the statement at a time, the surest first, one of each note; the same digits are no support."""
    fields = case.stamp.fields
    said = [voice for voice in case.within(time, ALIKE) if voice.score >= HEARD and voice.stamp.fields != fields]
    said.sort(key=lambda voice: (-voice.score, abs(voice.time - time), voice.stamp.fact.span))
    supports: dict[str, Support] = {}
    for voice in said:
        supports.setdefault(voice.stamp.path, Support(voice.stamp, voice.score, voice.score, voice.time))
    return list(supports.values())


def _there(case: Case, cited: int, supports: list[Support]) -> Support | None:
    """Give the surest note that makes the statement where it is cited, besides those that make it elsewhere, None if none does."""
    elsewhere = {support.stamp.path for support in supports}
    least = max([HEARD, *(HALF * support.score for support in supports)])
    own = [
        Support(voice.stamp, voice.score, voice.weight, voice.time)
        for voice in case.within(cited, THERE)
        if voice.score >= least and voice.stamp.path not in elsewhere and voice.time == voice.stamp.literal
    ]
    return max(own, key=lambda item: (item.score, -abs(item.time - cited), item.stamp.path), default=None)


def _told_twice(reading: Reading, cited: int, supports: list[Support]) -> bool:
    """Say whether a statement may well stand at both times.

    Its own note cites both, one is that of a teaser, or a lone note says much the same, not just that; unless the digits
    lead from one to the other.
    """
    if way(reading.signs):
        return False
    teaser = len(supports) < WITNESSES and _opens(cited, reading.time)
    weak = not supports or (len(supports) == 1 and supports[0].score < LONE)
    return weak or teaser or reading.signs.get("twice") == 1.0


def _opens(cited: int, time: int) -> bool:
    """Say whether one of two times is in the opening, where a teaser may be; 00:00:00 is cited for what is anywhere."""
    return time < OPENING or 0 < cited < OPENING
