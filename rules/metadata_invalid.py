"""The front matter cannot be read, or says something impossible.

Front matter that is not YAML is ignored by every reader of notes: the note
loses its title, its date and its source, and this linter does not know what to
compare it with. Reported are front matter that is broken or never closed, a
key that stands twice, an id that has not the shape of one, an empty title or
id, a title that is a list, a date that no calendar has.

Example: `title: Notes: part two`, whose second colon ends the YAML.

Known false alarms: a note that opens with a rule (`---`) and a line that looks
like a key.

To fix it, put the value in quotation marks, close the block by `---`, or
correct the value.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Label, Scope, Severity
from ..lint.note import metadata
from ..lint.note.metadata import Wrong

ID = "metadata-invalid"
SEVERITY: Severity = "warning"
SCOPE: Scope = "note"

extract = metadata.by_source

# Broken front matter is lost as a whole; the rest is one value.
_BROKEN = {"yaml"}


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report what is wrong in the front matter of each note."""
    for fact in facts:
        value = fact.value
        if isinstance(value, Wrong):
            yield Finding(
                rule=ID,
                key=key,
                message=value.message,
                labels=(Label(fact.span, value.text),),
                values=(value.kind, value.text or value.message),
                severity="error" if value.kind in _BROKEN else None,
            )
