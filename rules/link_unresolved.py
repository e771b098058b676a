"""A link leads to no note, although one is there under nearly the same name.

The target differs from the name of a note by spaces, hyphens, underscores or
apostrophes, so following it finds nothing. A link whose target is simply not
in the vault is not reported: many vaults are parts of greater ones, and in
some a fifth of all links wait for notes that are yet to be written. A link that
would lead to the note in which it stands is left to `link-self`.

Example: `[[Well-being at work]]` where the note is `wellbeing_at_work.md`.

Known false alarms: a publisher that turns names into slugs before it looks for
them. Case alone is reported as information, and of slugs only, since many
readers of notes pass over it. Aliases in the front matter are names.

To fix it, write the target as the note's file is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.links import Name, Use, respelled, snake

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
    bearers = {(fact.value.text, fact.span.path) for fact in facts if isinstance(fact.value, Name)}
    uses = [fact for fact in facts if isinstance(fact.value, Use)]
    right = [fact for fact in uses if fact.value.target in names][:SHOWN]
    wrong: dict[tuple[bool, str], list[Fact]] = defaultdict(list)
    for fact in uses:
        target = fact.value.target
        if target in names:
            continue
        name = min(names, key=lambda name: (name.casefold() != target.casefold(), snake(name) != snake(target), name))
        cased = name.casefold() == target.casefold()
        # what would lead to the note itself is link-self's to tell
        if (cased and not _slug(target)) or (fact.value.own and (name, fact.span.path) in bearers):
            continue
        wrong[cased, name].append(fact)
    for (cased, name), found in sorted(wrong.items()):
        yield _finding(key, found, right, name, names[name], severity="info" if cased else None, safe=len(names) == 1)


def _slug(target: str) -> bool:
    """Say whether a target is written as files and addresses are, where case matters."""
    return "_" in target and " " not in target


def _finding(
    key: str, found: list[Fact], right: list[Fact], name: str, path: str, *, severity: Severity | None, safe: bool
) -> Finding:
    target = found[0].value.target
    return Finding(
        rule=ID,
        key=key,
        message=f'no note is named "{target}"; one is named "{name}"',
        labels=(
            *(Label(fact.span, fact.value.target, "variant", name) for fact in found),
            *(Label(fact.span, fact.value.target, "evidence") for fact in right),
        ),
        values=(target, name),
        ballot=(
            Vote(name, 1, ("name of a note",), (path,)),
            Vote(target, len({fact.span.path for fact in found})),
        ),
        suggestion=name,
        severity=severity,
        confidence=0.95,
        fix=respelled(found, {fact.value.target: name for fact in found}, safe=safe),
    )
