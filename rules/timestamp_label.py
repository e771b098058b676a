"""A citation's `data-t` says another time than its label.

The reader sees the label, the player goes to `data-t`. Where the two differ,
one of them was miscopied. In a sample checked against transcripts the data was
right six times as often as the label, so it is suggested, unless it lies past
the end of the source or another note cites the statement at the label's time.

Example: `<a data-t="00:13:37">[00:13:57]</a>`.

Known false alarms: none; two spellings of one time ("1:05" and "00:01:05")
are not reported.

To fix it, listen at both places and write the right time in both.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity, Vote
from ..lint.note import claims
from ..lint.note.clock import read_time, write_time
from ..lint.times.places import label_of_citation, speaks_for
from ..lint.times.stamps import Stamp
from ..lint.times.timeline import Timeline, timeline

ID = "timestamp-label"
SEVERITY: Severity = "error"
SCOPE: Scope = "note"

extract = claims.by_source

# A note in which label and data differ so often was made so as a whole.
SEVERAL = 4


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report citations whose data and label are different seconds."""
    times = timeline(facts)
    for _, blamed in sorted(times.blamed.items()):
        stamps = blamed.get("label", [])
        if len(stamps) >= SEVERAL:
            yield _finding(key, times, stamps)
        else:
            for stamp in stamps:
                yield _finding(key, times, [stamp])


def _finding(key: str, times: Timeline, stamps: list[Stamp]) -> Finding:
    first = stamps[0].citation
    meant = [times.meant_by(stamp) for stamp in stamps]
    labels = tuple(
        label_of_citation(stamp.fact, stamp.citation, suggestion=None if time is None else write_time(time))
        for stamp, time in zip(stamps, meant, strict=True)
    )
    more = f", and {len(stamps) - 1} more labels of this note differ from their data" if len(stamps) > 1 else ""
    why = "agrees with other notes or the source's length"
    label = read_time(first.time)
    return Finding(
        rule=ID,
        key=key,
        message=f'label "{first.time}" plays from "{first.data}"{more}',
        labels=labels,
        values=tuple(f"{stamp.citation.time} {stamp.citation.data}" for stamp in stamps),
        ballot=(
            Vote(first.data or "", 1, ("data-t",) if meant[0] != label else ()),
            Vote(first.time, 1, ("label", why) if meant[0] == label else ("label",)),
        ),
        suggestion=labels[0].suggestion if len(labels) == 1 else None,
        evidence=tuple(text for stamp in stamps if (text := speaks_for(stamp)) is not None)[:3],
        confidence=0.85,
    )
