"""A name is spelled as its source's official title, transcript or your vocabulary spells it.

Notes that agree with one another can all be wrong: whoever heard "Paul Gil"
wrote it in every note, and only the title of the talk says Paul Gilbert. What
stands above the notes is, in this order, the vocabulary in the configuration,
the official title (from an index note that lists the source), and the
transcript.

Notes in other languages than English are left out.

Example: "Paul Gil" in eight notes; the title of the talk has "Paul Gilbert".

Known false alarms: a title that names one person and notes that name a
relative or namesake with nearly the same name.

To fix it, write the name as the title has it, or, where the title is wrong,
add the right spelling to the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Counts, Finding, Group, Scope, Severity, Vote
from ..lint.names.mentions import cast
from ..lint.names.official import contradicted
from ..lint.names.spelled import labels, notes_of
from ..lint.note import claims
from ..lint.times.places import label_of_part

ID = "name-vocabulary"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source

ESTABLISHED = 4
"""A spelling that this many sources have is a name of its own."""


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report names of the notes that a title, the vocabulary or a transcript spells otherwise."""
    facts = claims.in_english(facts)
    for found in contradicted(facts):
        names = cast(facts)
        forms = {form: mentions for name in (found.name, *found.short) for form, mentions in name.forms.items()}
        places = list(labels(names, forms, found.right))
        if found.fact is not None:
            places.append(label_of_part(found.fact, found.start, found.end, "canonical"))
        paths = notes_of(names, [mention for mentions in forms.values() for mention in mentions])
        count = f"{len(paths)} note{'s' if len(paths) > 1 else ''}"
        yield Finding(
            rule=ID,
            key=key,
            message=f'"{found.name.written}" in {count}, "{found.right}" in the {found.authority}',
            labels=tuple(places),
            values=(found.name.key, found.right),
            ballot=(
                Vote(found.right, 0, (found.authority,)),
                Vote(found.name.written, len(paths), (), tuple(paths)),
            ),
            suggestion=found.right,
            evidence=(f"the {found.authority} has {found.right}",),
            confidence=0.85,
        )


def weigh(finding: Finding, counts: Counts) -> Finding | None:
    """Drop a name that other sources have as well: it is somebody else's."""
    return None if counts(finding.ballot[1].value) >= ESTABLISHED else finding
