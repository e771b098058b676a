"""A link leads to no note, although one is there under nearly the same name.

The target differs from the name of a note by spaces, hyphens, underscores or
apostrophes, so following it finds nothing. A link whose target is simply not
in the vault is not reported: many vaults are parts of greater ones, and in
some a fifth of all links wait for notes that are yet to be written.

Example: `[[Well-being at work]]` where the note is `wellbeing_at_work.md`.

Known false alarms: a publisher that turns names into slugs before it looks for
them. Case alone is reported as information, and of slugs only, since many
readers of notes pass over it. Aliases in the front matter are names.

To fix it, write the target as the note's file is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.links import Name, Use, respelled

ID = "link-unresolved"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = links.by_target

# Links that are right, as evidence; a name that all notes link to needs no more.
SHOWN = 5


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report the links of a group that match no name in it exactly, but one up to spelling."""
    names = {fact.value.text: fact.span.path for fact in facts if isinstance(fact.value, Name)}
    if not names:
        return
    known = {name.casefold() for name in names}
    uses = [fact for fact in facts if isinstance(fact.value, Use)]
    right = [fact for fact in uses if fact.value.target in names][:SHOWN]
    loose = [fact for fact in uses if fact.value.target.casefold() not in known]
    if loose:
        yield _finding(key, loose, right, names, None)
    cased = [
        fact
        for fact in uses
        if fact.value.target not in names and fact.value.target.casefold() in known and _slug(fact.value.target)
    ]
    if cased:
        yield _finding(key, cased, right, names, "info")


def _slug(target: str) -> bool:
    """Say whether a target is written as files and addresses are, where case matters."""
    return "_" in target and " " not in target


def _finding(
    key: str, loose: list[Fact], right: list[Fact], names: dict[str, str], severity: Severity | None
) -> Finding:
    target = loose[0].value.target
    name = min(names, key=lambda name: (name.casefold() != target.casefold(), name))
    return Finding(
        rule=ID,
        key=key,
        message=f'no note is named "{target}"; one is named "{name}"',
        labels=(
            *(Label(fact.span, fact.value.target, "variant", name) for fact in loose),
            *(Label(fact.span, fact.value.target, "evidence") for fact in right),
        ),
        values=(target, name),
        ballot=(
            Vote(name, 1, ("name of a note",), (names[name],)),
            Vote(target, len({fact.span.path for fact in loose})),
        ),
        suggestion=name,
        severity=severity,
        confidence=0.95,
        fix=respelled(loose, {fact.value.target: name for fact in loose}, safe=len(names) == 1),
    )
