"""A link is labelled with the name of another note than it leads to.

The reader is promised one note and lands in another: two links were mixed up,
or the note was renamed or merged and the label was not. Reported are labels of
three words or more that are, but for case and marks, the name of a note or of
another target in the vault, where the link's own target has not all of their
words; that other note may be the one in which the link stands.

Example: `[[budgets_in_small_teams | hiring in small teams]]`, where there is a
note `hiring_in_small_teams`.

Known false alarms: a label that was chosen on purpose, because the two notes
are parts of one topic.

To fix it, decide which of the two is meant, and let label and target say it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.fits import covered
from ..lint.note.links import Caption, Name, Use, bare

ID = "link-title"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = links.by_target


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report, once a target, the links that are labelled with the name that the group has in common."""
    names = {fact.span.path: fact.value.text for fact in facts if isinstance(fact.value, Name)}
    uses = [fact for fact in facts if isinstance(fact.value, Use)]
    if not names and not uses:
        return
    mixed: dict[tuple[str, bool], list[Fact]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.value, Caption):
            label, target = fact.value.label, fact.value.target
            # "small teams hiring" for "hiring of small teams" is no other note
            if covered(target, label) < 1:
                mixed[bare(target), fact.span.path in names].append(fact)
    for (_, own), found in sorted(mixed.items()):
        yield _finding(key, found, names, min(names.values() or (fact.value.target for fact in uses)), own=own)


def _finding(key: str, found: list[Fact], names: dict[str, str], other: str, *, own: bool) -> Finding:
    first: Caption = found[0].value
    whose = "the note itself" if own else "another note" if names else "another target"
    return Finding(
        rule=ID,
        key=key,
        message=f'a link to "{first.target}" is labelled "{first.label}", which is {whose}',
        labels=tuple(Label(fact.span, fact.value.target) for fact in found),
        values=(bare(first.target), bare(other), *(["own"] if own else [])),
        ballot=(Vote(first.target, 1, ("target",)), Vote(other, 1, ("label",))),
        confidence=0.8,
    )
