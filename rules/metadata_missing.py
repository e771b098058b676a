"""A note has no front matter, although the notes beside it have.

Without it the note has no title, no date and no source: nothing says which
other notes it should agree with. Reported where most notes of the same folder
have front matter; READMEs, index notes and transcripts need none.

Example: a note that begins with its first heading, in a folder of notes that
begin with `---`.

Known false alarms: a plain text that was put beside notes on purpose.

To fix it, add front matter like that of the other notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Label, Scope, Severity
from ..lint.note import metadata
from ..lint.note.metadata import Sibling

ID = "metadata-missing"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = metadata.by_folder

# Two notes may have front matter by chance.
MIN_WITH = 3
# At most two notes without for three with: a folder that is half and half has no habit.
MOST = 2 / 3


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report the notes without front matter in a folder of notes with it."""
    bare = [fact for fact in facts if isinstance(fact.value, Sibling) and fact.value.header]
    having = len(facts) - len(bare)
    if having < MIN_WITH or len(bare) > MOST * having:
        return
    for fact in bare:
        yield Finding(
            rule=ID,
            key=key,
            message=f"no front matter, unlike {having} of the {len(facts)} notes in the folder",
            labels=(Label(fact.span, fact.value.header),),
            values=(fact.span.path.rpartition("/")[2],),
            evidence=(f"{having} notes of the folder have front matter",),
        )
