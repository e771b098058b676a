"""Notes cite the same statement at different times.

One of the times is wrong, or the statement was made twice. How alike the claims
are, whether they quote the same words, who speaks of the matter at either time,
the digits (00:13:37 for 00:12:37), the order of the note's other times and how
far other notes agree with those are weighed together. It is a warning where
another time is likelier and the digits, the order or a second note bear that
out; information where both may be right, as when a third note makes much the
same statement where this one is cited.

Example: "the lab was founded in 2013 [01:13:37]" in one note, "the lab, founded
in 2013 [00:13:37]" in two others.

Known false alarms: a point made in passing and again at length, when no note
cites both places. What an opening teaser shows and comes again later is left
alone, or is information where several notes cite it there; half a minute's
difference within one passage is left alone, too.

To fix it, listen at both places. If the statement is made at both, cite both.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity, Vote
from ..lint.note import claims
from ..lint.note.clock import write_time
from ..lint.times.places import label_of_stamp, speaks_for, when
from ..lint.times.stamps import Stamp
from ..lint.times.timeline import timeline

ID = "timestamp-conflict"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source

# Places that stand for all that agree.
SHOWN = 5


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report citations that other notes contradict; all of one claim together."""
    claimed: dict[tuple[str, int, int | None], list[Stamp]] = {}
    for _, blamed in sorted(timeline(facts).blamed.items()):
        for stamp in blamed.get("conflict", ()):
            claimed.setdefault((stamp.path, stamp.fact.span.start, stamp.meant), []).append(stamp)
    seen: set[frozenset[Stamp]] = set()
    for stamps in sorted(claimed.values(), key=lambda stamps: -stamps[0].odds):
        # of two that contradict one another, the likelier slip is told
        pairs = {frozenset((stamp, support.stamp)) for stamp in stamps for support in stamp.supports}
        if pairs & seen:
            continue
        seen |= pairs
        yield _finding(key, stamps)


def _finding(key: str, stamps: list[Stamp]) -> Finding:
    first = stamps[0]
    others: list[Stamp] = []
    for support in first.supports:
        if all(support.stamp.path != other.path for other in others):
            others.append(support.stamp)
    written = ", ".join(f'"{stamp.citation.written}"' for stamp in stamps)
    # of the moments of one passage, the one that is suggested
    nearest = min(first.supports, key=lambda item: abs(item.time - (first.meant or 0)))
    rival = nearest.stamp.citation.written
    notes = len(others)
    said = (
        f"{notes} other notes cite it at {when(nearest)}" if notes > 1 else f"another note cites it at {when(nearest)}"
    )
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
        evidence=tuple(text for text in (speaks_for(first), _there(first)) if text is not None),
        confidence=0.7 if first.doubtful else 0.9,
        severity="info" if first.doubtful else None,
    )


def _there(stamp: Stamp) -> str | None:
    """Say which third note makes the statement where it is cited."""
    if stamp.there is None:
        return None
    return f'"{stamp.citation.written}": {stamp.there.stamp.path} has much the same there, at {when(stamp.there)}'
