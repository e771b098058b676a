"""A citation lies past the end of its source.

The player stops at the end, or starts again from the beginning. The length is
what a note or a transcript states; where none does, it is the last time on
which several notes agree, or with which they end, or to which a note goes in
order that no other contradicts, and a citation must be well past it. All
places of a note are one finding. The time that is suggested for each is the one
for which most speaks: another note's for the same statement, what the digits
still show, how the note garbles its other times, their order.

Example: [01:37:37] on a talk of 45 minutes, where another note has the same
statement at [00:13:37].

Known false alarms: a source that was cut after the notes were made.

To fix it, take the suggested time, or listen for the passage.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims
from ..lint.note.clock import write_time
from ..lint.times.places import label_of_stamp, speaks_for
from ..lint.times.stamps import Stamp
from ..lint.times.timeline import Timeline, timeline

ID = "timestamp-range"
SEVERITY: Severity = "error"
SCOPE: Scope = "note"

extract = claims.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report citations past the end of the source, those of a note together."""
    times = timeline(facts)
    for _, blamed in sorted(times.blamed.items()):
        stamps = blamed.get("range")
        if stamps:
            yield _finding(key, times, stamps)


def _finding(key: str, times: Timeline, stamps: list[Stamp]) -> Finding:
    first = stamps[0].citation.written
    end = write_time(times.length or 0)
    others = len(stamps) - 1
    more = f"; so {'is' if others == 1 else 'are'} {others} more of this note" if others else ""
    labels = tuple(label_of_stamp(stamp) for stamp in stamps)
    return Finding(
        rule=ID,
        key=key,
        message=f'"{first}" is past the end of the source, which lasts about {end}{more}',
        labels=labels,
        values=tuple(sorted({stamp.citation.written for stamp in stamps})),
        suggestion=labels[0].suggestion if len(labels) == 1 else None,
        evidence=(
            f"the source ends about {end}: {times.evidence}",
            *[text for stamp in stamps if (text := speaks_for(stamp)) is not None][:5],
        ),
        confidence=0.97,
    )
