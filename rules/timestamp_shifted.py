"""Times of a note stand one field too far left, or under an hour that was never there.

41 min 50 s written as 41:50:00 sends the player to 41 h 50 min. Notes made
from transcripts do this for whole sections: MM:SS into HH:MM:00, frames behind
it (02:57:46 in a talk of eight minutes), an hour invented (01:13:37 for
00:13:37), a digit lost on the way (01:37:37 for 00:13:37). The note itself
tells, or its fellow notes on the same source, which cite the same statements at
the right times. The note is one finding, with all its places.

Example: a note on a talk of one hour cites [04:13:00], [15:55:00], [24:08:00].

Known false alarms: a recording of half a day or more whose length no note
states, cited at full minutes only.

To fix it, rewrite the places with the suggested times; where there is no
second note to confirm them, listen first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims
from ..lint.note.clock import spoken, write_time
from ..lint.times.places import label_of_stamp, speaks_for
from ..lint.times.stamps import Stamp
from ..lint.times.timeline import Timeline, timeline

ID = "timestamp-shifted"
SEVERITY: Severity = "error"
SCOPE: Scope = "note"

extract = claims.by_source

# So many shifted citations, each confirmed by its digits, are no accident.
SURE = 5


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report notes that shift their times, each once."""
    times = timeline(facts)
    for path, blamed in sorted(times.blamed.items()):
        stamps = blamed.get("shifted")
        if stamps:
            yield _finding(key, times, path, stamps)


def _finding(key: str, times: Timeline, path: str, stamps: list[Stamp]) -> Finding:
    note = times.notes[path]
    shown = min(stamps, key=lambda stamp: (not stamp.late, _distance(stamp)))
    written = shown.citation.written
    more = f"; {len(stamps) - 1} more of this note's times are shifted" if len(stamps) > 1 else ""
    meant = write_time(shown.meant or 0)
    said = f'"{written}" seeks to {spoken(shown.literal or 0)} where "{meant}" is meant{more}'
    confirmed = [text for stamp in stamps if (text := speaks_for(stamp)) is not None]
    evidence = []
    if note.reading == "minutes":
        evidence.append(
            f"the note writes MM:SS as HH:MM in {Counter(s.way for s in stamps)['minutes']} of {len(note.stamps)} citations"
        )
    if times.length is not None and any(stamp.late for stamp in stamps):
        evidence.append(f"the source ends about {write_time(times.length)}: {times.evidence}")
    if confirmed:
        evidence.append(f"other notes confirm {len(confirmed)} of the {len(stamps)} suggested times")
    return Finding(
        rule=ID,
        key=key,
        message=said,
        labels=tuple(label_of_stamp(stamp) for stamp in [shown, *(stamp for stamp in stamps if stamp is not shown)]),
        values=tuple(sorted({stamp.citation.written for stamp in stamps})),
        evidence=(*evidence, *confirmed[:4]),
        confidence=0.95,
        severity=None if note.reading != "plain" or len(stamps) >= SURE else "warning",
    )


def _distance(stamp: Stamp) -> int:
    """Give how far the best support is from the suggested time, seconds: the place to show first is the plainest."""
    meant = stamp.meant or 0
    return min((abs(support.time - meant) for support in stamp.supports), default=60)
