"""A link is labelled with the name of another note than it leads to.

Two links were mixed up: the reader is promised one note and lands in another.
Reported when the label is, word for word, a target that the notes on the same
source link to, or the name of one of them.

Example: `[[budgets_in_small_teams | hiring in small teams]]`, where
`[[hiring_in_small_teams]]` is linked to as well.

Known false alarms: a label that was chosen on purpose, because the two notes
are parts of one topic.

To fix it, decide which of the two is meant, and let label and target say it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.links import Caption, Targets, bare

ID = "link-label"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = links.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report labels that are another target of the group."""
    targets = {
        bare(target): target for fact in facts if isinstance(fact.value, Targets) for target in fact.value.targets
    }
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        value = fact.value
        if not isinstance(value, Caption):
            continue
        said, meant = bare(value.label), bare(value.target)
        # "impact of AI on software" for the note "the impact of AI on software" is no other note
        if said not in targets or (said, meant) in seen or said in meant or meant in said:
            continue
        seen.add((said, meant))
        yield Finding(
            rule=ID,
            key=key,
            message=f'a link to "{value.target}" is labelled "{value.label}", which is another target',
            labels=(Label(fact.span, value.target),),
            values=(meant, said),
            ballot=(Vote(value.target, 1, ("target",)), Vote(targets[said], 1, ("label",))),
            confidence=0.7,
        )
