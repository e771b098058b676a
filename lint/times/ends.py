"""How long a source is, where neither a note nor a transcript says so, and what its length says of how notes write times.

Both from the times that the notes cite.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .garble import as_minutes
from .signs import habit_of
from .stamps import REACH, SLACK, Extent, NoteTimes

AGREEING = 4
"""Pairs of notes that must agree late in the source before its length is inferred from them."""

MANY = 20
"""Agreeing stamps from which the last of them is near the end of the source."""

HEALTHY = 10
"""Citations that a note must have for its last one to say how long the source is."""

FURTHER, COMPARABLE = 5, 3
"""Times as far as others a note must go for its MM:SS to be in doubt; read so, it ends no sooner than a third of theirs."""

SEVERAL = 3
"""Citations of one note that show the same before the note is said to be so, rather than each of them."""

TOGETHER = 0.95
"""Notes end together from this share of the later end."""

ORDERLY = 0.75
"""Share of a note's steps from one time to the next that go forward, from which it follows its source."""


def inferred_length(notes: Sequence[NoteTimes]) -> tuple[int | None, str]:
    """Infer the length (seconds) of the source of these notes, None where too little tells, and say from what."""
    agreed = _agreed(notes)
    last = _last_agreed(agreed)
    if last is None:
        return _end_of_sound(notes) or _end_below(notes), "the last time of several notes"
    half = _end_of_half(notes)
    if half >= last:
        end, evidence = half, "half of the notes end there"
    else:
        end, evidence = _end_near(notes, agreed, last), "the last time on which notes agree"
    # what only one note tells of, no other can confirm
    alone = _end_of_orderly(notes)
    return (alone, "a note whose times are in order reaches there") if alone > end else (end, evidence)


def _end_near(notes: Sequence[NoteTimes], agreed: list[tuple[int, str]], last: int) -> int:
    """Give the last time of a source whose notes agree up to `last`, by where its sound notes end."""
    tops = sorted(_ends(note for note in notes if note.trust >= 0.5 and note.reading == "plain"))
    middle = tops[len(tops) // 2] if tops else last
    # two notes may be garbled alike; that many statements are not
    if last > 1.6 * middle and sum(time > REACH * middle for time, _ in agreed) < 2 * AGREEING:
        return middle
    # where few pairs agree, they tell less of the end than the notes' own last times
    last = max(last, min(middle, last * 5 // 4) if len(agreed) > MANY else middle)
    trusted = [
        stamp.time
        for note in notes
        if note.trust >= 0.8 and note.compared >= 5 and note.reading == "plain"
        for stamp in note.stamps
        if stamp.time is not None and stamp.time <= 1.25 * last
    ]
    return max([last, *trusted])


def _agreed(notes: Sequence[NoteTimes]) -> list[tuple[int, str]]:
    """Give the times, with their notes, on which another note agrees; both stand as a player reads them."""
    agreed: list[tuple[int, str]] = []
    for note in notes:
        if note.trust < 0.5:
            continue
        for stamp in note.stamps:
            time = stamp.time
            if time is None or time != stamp.literal:
                continue
            for s in stamp.partners:
                if s.score >= 0.5 and -20 <= s.time - time <= 20 and s.time == s.stamp.literal:
                    agreed.append((time, note.path))
                    break
    agreed.sort()
    return agreed


def _last_agreed(agreed: list[tuple[int, str]]) -> int | None:
    """Give the end of the last stretch of ten minutes in which several pairs of notes agree."""
    starts = [time for time, _ in agreed]
    for index in range(len(agreed) - 1, -1, -1):
        first = bisect_left(starts, starts[index] - 600)
        if index - first + 1 >= 2 * AGREEING and len({path for _, path in agreed[first : index + 1]}) > 1:
            return starts[index]
    return None


def _ends(notes: Iterable[NoteTimes]) -> Iterator[int]:
    """Give the last time of each note, as it reads them."""
    for note in notes:
        times = [stamp.time for stamp in note.stamps if stamp.time is not None]
        if times:
            yield max(times)


def _end_of_half(notes: Sequence[NoteTimes]) -> int:
    """Give the last time at which half of the notes end together, and at least three; 0 where they do not."""
    ends = sorted(_ends(notes))
    enough = max(3, (len(ends) + 1) // 2)
    for at in range(len(ends) - 1, enough - 2, -1):
        if ends[at - enough + 1] >= TOGETHER * ends[at]:
            return ends[at]
    return 0


def _end_of_orderly(notes: Sequence[NoteTimes]) -> int:
    """Give the time up to which notes reach that go forward and that none contradicts, 0 without any.

    A note tells nothing here by its last times, which may be slips, nor by any where it cites an hour, which may be
    a minute.
    """
    end = 0
    for note in notes:
        times = [stamp.literal for stamp in note.stamps if stamp.literal is not None]
        if note.reading != "plain" or note.trust < 0.8 or len(times) < HEALTHY or max(times) >= 3600:
            continue
        if sum(a <= b for a, b in pairwise(times)) >= ORDERLY * (len(times) - 1):
            end = max(end, sorted(times)[-SEVERAL])
    return end


def _end_of_sound(notes: Sequence[NoteTimes]) -> int | None:
    """Give the last time of notes that look sound, where two of them end alike and only others go further."""
    ends: list[int] = []
    for note in notes:
        times = [stamp.literal for stamp in note.stamps if stamp.literal is not None]
        if note.reading == "plain" and len(times) >= HEALTHY:
            ends.append(max(times))
    ends.sort()
    return ends[-1] if len(ends) > 1 and ends[-2] >= 0.8 * ends[-1] else None


def _end_below(notes: Sequence[NoteTimes]) -> int | None:
    """Give the last time of several notes where all that go further go far, and as MM:SS would end with those."""
    ends: list[tuple[int, int, int]] = []
    for note in notes:
        for end in _ends([note]):
            shifted = max((as_minutes(stamp.fields) or 0 for stamp in note.stamps if stamp.fields), default=0)
            ends.append((end, len(note.stamps), shifted))
    ends.sort()
    for at in range(2, len(ends)):
        last = ends[at - 1][0]
        shifted = max(end for _, _, end in ends[at:])
        if (
            ends[at][0] > FURTHER * last
            and last <= COMPARABLE * shifted
            and shifted <= REACH * last + SLACK
            and sum(count for _, count, _ in ends[:at]) >= HEALTHY
        ):
            return last
    return None


def reread_note(note: NoteTimes, extent: Extent) -> None:
    """Read a note as MM:SS where nearly all its times with an hour are past the end, and within it when read so.

    It is left as it is where taking the hour away would bring most of them within it as well, and where other notes
    make most of its statements elsewhere.
    """
    hours = [s for s in note.stamps if s.fields is not None and s.fields[0] and s.citation.written.count(":") > 1]
    late = [stamp for stamp in hours if extent.late(stamp.literal, doubtful=True)]
    if len(late) < SEVERAL or len(late) < 0.9 * len(hours):
        return
    read = [(stamp, as_minutes(stamp.fields), stamp.fields[1] * 60 + stamp.fields[2]) for stamp in late if stamp.fields]
    inside = [(stamp, time) for stamp, time, _ in read if time is not None and not extent.late(time)]
    hourless = sum(not extent.late(time) for _, _, time in read)
    if len(inside) < 0.9 * len(late) or 2 * hourless > len(late):
        return
    habit = habit_of(note, extent)
    if len(habit.known) < SEVERAL or 2 * habit.minutes >= len(habit.known):
        note.reading = "minutes"
        for stamp, time in inside:
            stamp.time = time
