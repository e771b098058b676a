"""A note does not link to itself.

The reader follows the link and lands where it stands. Most often a writer, or a
program that puts links on words, did not look which note it was writing; the
words mean the note's own subject, or another note that is not linked any more.
Reported once a note, with all places; a link to one of the note's own headings
or blocks is none.

Example: `[[hiring_in_small_teams | hiring]]` in `hiring_in_small_teams.md`.

Known false alarms: a list of all notes on a topic, which is in each of them.

To fix it, leave the words without the link, which `notelint fix --unsafe` does,
or link the note that is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Edit, Fact, Finding, Fix, Group, Label, Scope, Severity
from ..lint.note import links
from ..lint.note.links import Own, by_note

ID = "link-self"
SEVERITY: Severity = "info"
SCOPE: Scope = "note"

extract = links.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report, once a note, the links that lead to it."""
    for path, found in by_note(facts, Own).items():
        yield Finding(
            rule=ID,
            key=key,
            message="a link to the note itself" if len(found) == 1 else f"{len(found)} links to the note itself",
            labels=tuple(Label(fact.span, fact.value.text) for fact in found),
            values=(path.rpartition("/")[2],),
            confidence=0.9,
            fix=_without(found),
        )


def _without(found: list[Fact]) -> Fix | None:
    """Give the fix that leaves the labels without their links; None where a link has none."""
    if not all(fact.value.label for fact in found):
        return None
    return Fix(
        False,
        tuple(
            Edit(fact.span.path, fact.span.start, fact.span.end, fact.value.text, fact.value.label) for fact in found
        ),
    )
