"""A citation's `data-t` says another time than its label.

The reader sees the label, the player goes to `data-t`. Where the two differ,
one of them was miscopied, and nobody can tell from the note alone which. In a
sample checked against transcripts the data was right six times as often as the
label.

Example: `<a data-t="00:13:37">[00:13:57]</a>`.

Known false alarms: none; two spellings of one time ("1:05" and "00:01:05")
are not reported.

To fix it, listen at both places and write the right time in both.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import claims
from ..lint.note.citations import read_time, write_time
from ..lint.note.claims import Claim
from ..lint.note.places import label_of_citation

ID = "timestamp-label"
SEVERITY: Severity = "error"
SCOPE: Scope = "note"

extract = claims.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report citations whose data and label are different seconds."""
    for fact in facts:
        if not isinstance(fact.value, Claim):
            continue
        for citation in fact.value.citations:
            if not citation.data or not citation.time:
                continue
            data, label = read_time(citation.data), read_time(citation.time)
            if data is None or label is None or data == label:
                continue
            place: Label = label_of_citation(fact, citation, suggestion=write_time(data))
            yield Finding(
                rule=ID,
                key=key,
                message=f'label "{citation.time}" plays from "{citation.data}"',
                labels=(place,),
                values=(citation.time, citation.data),
                ballot=(Vote(citation.data, 1, ("data-t",)), Vote(citation.time, 1, ("label",))),
                suggestion=write_time(data),
                confidence=0.85,
            )
