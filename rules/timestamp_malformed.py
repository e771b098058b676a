"""A citation cannot be followed: a placeholder, a field too many, an anchor without a label.

A player that is given `01:02:23:00`, `00:75:10` or `HH:MM:SS` starts at the
beginning or not at all, and a reader sees no time where the label is empty.
An anchor whose attributes run into one another (`class="yt="yt-timestamp"`) is
no timestamp to the player. All places of a note with the same fault are one
finding. A few `01:06` among times of three fields are information: they can be
followed, but a reader cannot tell minutes from hours; so are a note of such
times where the other notes on its source have three fields, and a few `0:10:57`
among times of two digits each.

Example: `<a class="yt-timestamp" data-t="01:02:23:00">[01:02:23:00]</a>`.

Known false alarms: a note that explains how times are written.

To fix it, write HH:MM:SS in data and label. A suggestion is made where only
one reading is left, or where another note cites the same statement.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims
from ..lint.note.citations import Trouble, fault
from ..lint.note.clock import mended_time, write_time
from ..lint.times.places import label_of_citation, speaks_for
from ..lint.times.stamps import NoteTimes, Stamp
from ..lint.times.timeline import timeline

ID = "timestamp-malformed"
SEVERITY: Severity = "error"
SCOPE: Scope = "note"

extract = claims.by_source

# Nine of ten times of a note with three fields make one of two the odd one out.
USUAL = 9

# Fewer times of a note, or notes on a source, have no habit.
MIN_TIMES, MIN_NOTES = 3, 2


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report citations that no player follows or no reader sees, one finding for each note and fault."""
    times = timeline(facts)
    for _, blamed in sorted(times.blamed.items()):
        faults: dict[str, list[tuple[Stamp, Trouble]]] = {}
        for stamp in blamed.get("malformed", ()):
            trouble = fault(stamp.citation)
            if trouble is not None:
                faults.setdefault(trouble.said.replace(stamp.citation.written, "…"), []).append((stamp, trouble))
        for alike in faults.values():
            yield _finding(key, [stamp for stamp, _ in alike], alike[0][1])
    written = [_Written(note) for _, note in sorted(times.notes.items())]
    full = sum(note.has(note.full) for note in written)
    short = sum(note.has(note.short) for note in written)
    for note in written:
        if note.has(note.short) and full >= MIN_NOTES and full > short:
            yield _information(key, note.short, f"has two fields; those of {full} other notes on the source have three")
        else:
            yield from _unlike(key, note)


class _Written:
    """The times of a note by how they are written: with three fields or two, with one digit for the hour."""

    def __init__(self, note: NoteTimes) -> None:
        stamps = [stamp for stamp in note.stamps if stamp.citation.form in ("anchor", "bracket")]
        self.full = [stamp for stamp in stamps if stamp.citation.written.count(":") == 2]
        sound = [(stamp.citation.written, stamp) for stamp in stamps if fault(stamp.citation) is None]
        self.short = [stamp for written, stamp in sound if written.count(":") == 1]
        self.narrow = [stamp for written, stamp in sound if written.count(":") == 2 and written[1] == ":"]

    def has(self, stamps: list[Stamp]) -> bool:
        """Say whether the note nearly always writes times as these."""
        return len(stamps) >= MIN_TIMES and len(stamps) >= USUAL * (len(self.full) + len(self.short) - len(stamps))


def _unlike(key: str, note: _Written) -> Iterator[Finding]:
    """Report the few times that a note writes unlike its others: with two fields, or with one digit for the hour."""
    full, short, narrow = note.full, note.short, note.narrow
    if len(full) < USUAL * len(short):
        # labels that leave out what their own data have are odd wherever they are fewer
        short = [stamp for stamp in short if (stamp.citation.data or "").count(":") == 2]
    if short and len(full) > len(short):
        yield _information(key, short, f"has two fields; {len(full)} other times of the note have three")
    padded = len(full) - len(narrow)
    if narrow and padded >= USUAL * len(narrow):
        yield _information(key, narrow, f"has one digit for the hour; {padded} other times of the note have two")


def _information(key: str, stamps: list[Stamp], said: str) -> Finding:
    labels = tuple(
        label_of_citation(
            stamp.fact,
            stamp.citation,
            suggestion=None if stamp.literal is None else write_time(stamp.literal),
        )
        for stamp in stamps
    )
    return Finding(
        rule=ID,
        key=key,
        message=f"{stamps[0].citation.written} {said}",
        labels=labels,
        suggestion=labels[0].suggestion if len(labels) == 1 else None,
        confidence=0.9,
        severity="info",
    )


def _finding(key: str, stamps: list[Stamp], trouble: Trouble) -> Finding:
    labels = tuple(
        label_of_citation(stamp.fact, stamp.citation, suggestion=None if time is None else write_time(time))
        for stamp, time in ((stamp, _meant(stamp)) for stamp in stamps)
    )
    others = len(stamps) - 1
    more = f"; likewise {others} more of this note" if others else ""
    return Finding(
        rule=ID,
        key=key,
        message=trouble.said + more,
        labels=labels,
        suggestion=labels[0].suggestion if len(labels) == 1 else None,
        evidence=tuple(text for stamp in stamps if (text := speaks_for(stamp)) is not None)[:3],
        confidence=0.99,
        # a time that a player still reads, however odd it looks, misleads nobody
        severity="warning" if trouble.readable else None,
    )


def _meant(stamp: Stamp) -> int | None:
    if stamp.meant is not None:
        return stamp.meant
    return mended_time(stamp.citation.data or "") or mended_time(stamp.citation.time)
