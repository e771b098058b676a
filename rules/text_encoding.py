"""A note's bytes are not the text that they should be.

Notes are UTF-8. Bytes that are not were written by a program that meant
another encoding, and every reader guesses anew; U+FFFD marks a character that
is already lost; a control character was never meant to be there. A line of
more than a million characters and a file with NUL bytes are not read at all. A note
without a single character is reported for information.

Example: a "café" whose last letter is the single byte 0xE9.

Known false alarms: a note that quotes U+FFFD to speak of it.

To fix it, open the note in the encoding that it was written in and save it as
UTF-8; restore lost characters from an older copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity
from ..lint.note import texts
from ..lint.note.texts import Spot

ID = "text-encoding"
SEVERITY: Severity = "error"
SCOPE: Scope = "note"

extract = texts.by_source

_WHOLE = {"encoding", "binary", "long-line", "empty"}
_LOST = {"replacement", "control"}


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report unreadable bytes, and once a note each kind of lost character."""
    lost: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if not isinstance(fact.value, Spot):
            continue
        kind = fact.value.kind
        if kind in _WHOLE:
            yield Finding(
                rule=ID,
                key=key,
                message=fact.value.detail,
                labels=(Label(fact.span, fact.value.text),),
                values=(kind, fact.value.detail),
                severity="info" if kind == "empty" else None,
            )
        elif kind in _LOST:
            lost[fact.span.path, kind].append(fact)
    for (_, kind), spots in sorted(lost.items()):
        names = sorted({fact.value.detail for fact in spots})
        what = "character lost to U+FFFD" if kind == "replacement" else f"control character {names[0]}"
        count = sum(len(fact.value.text) for fact in spots)
        yield Finding(
            rule=ID,
            key=key,
            message=what if count == 1 else f"{count} places with a {what}",
            labels=tuple(Label(fact.span, fact.value.text) for fact in spots),
            values=(kind, *names),
            severity="warning",
        )
