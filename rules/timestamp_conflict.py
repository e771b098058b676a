"""Notes cite the same statement at different times.

One of the times is wrong, or the statement was made twice. It is reported as a
warning where the digits show how one time became the other (01:13:37 for
00:13:37), or where at least two other notes agree with one another against it
and none speaks of the matter at the time it gives; as information where two
notes stand against each other.

Example: "the lab was founded in 2013 [01:13:37]" in one note, "the lab, founded
in 2013 [00:13:37]" in two others.

Known false alarms: a point made in passing and again at length, when no note
cites both places. What an opening teaser shows and comes again later is left
alone, as are a few seconds' difference within one passage.

To fix it, listen at both places. If the statement is made at both, cite both.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity, Vote
from ..lint.note import claims
from ..lint.note.citations import write_time
from ..lint.note.places import label_of_stamp, speaks_for
from ..lint.note.stamps import Stamp
from ..lint.note.times import timeline

ID = "timestamp-conflict"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source

# What the notes that contradict must weigh together, in sure pairs of claims, where the digits prove nothing: of those
# below, read over many videos, two in three were wrong times; the others were points made twice.
WARNED = 1.9

# Places that stand for all that agree.
SHOWN = 5


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report citations that other notes contradict; all of one claim together."""
    seen: set[frozenset[tuple[str, int]]] = set()
    for _, blamed in sorted(timeline(facts).blamed.items()):
        claimed: dict[tuple[int, int | None], list[Stamp]] = {}
        for stamp in blamed.get("conflict", ()):
            if stamp.kind == "conflict?":
                pair = frozenset((item.path, item.citation.at) for item in (stamp, stamp.supports[0].stamp))
                if pair in seen:
                    continue
                seen.add(pair)
            claimed.setdefault((stamp.fact.span.start, stamp.meant), []).append(stamp)
        for stamps in claimed.values():
            yield _finding(key, stamps)


def _finding(key: str, stamps: list[Stamp]) -> Finding:
    first = stamps[0]
    others: list[Stamp] = []
    for support in first.supports:
        if all(support.stamp.path != other.path for other in others):
            others.append(support.stamp)
    written = ", ".join(f'"{stamp.citation.written}"' for stamp in stamps)
    rival = others[0].citation.written
    notes = len(others)
    said = f'{notes} other notes cite it at "{rival}"' if notes > 1 else f'another note cites it at "{rival}"'
    doubtful = first.sure < WARNED
    suggestion = None if first.meant is None else write_time(first.meant)
    return Finding(
        rule=ID,
        key=key,
        message=f"the same statement is cited at {written} here; {said}",
        labels=(*map(label_of_stamp, stamps), *(label_of_stamp(other, "evidence") for other in others[:SHOWN])),
        values=tuple(sorted({*(stamp.citation.written for stamp in stamps), rival})),
        ballot=(
            Vote(
                rival,
                notes,
                (f"the digits lead there: {first.way}",) if first.way else (),
                tuple(o.path for o in others),
            ),
            Vote(first.citation.written, 1, (), (first.path,)),
        ),
        suggestion=suggestion,
        evidence=tuple(text for text in (speaks_for(first),) if text is not None),
        confidence=0.7 if doubtful else 0.85 if first.sure < 9 else 0.95,
        severity="info" if doubtful else None,
    )
