"""One link target is spelled in two ways.

A link leads to a note by its name. "AI in schools" and "ai_in_schools" look
alike to a reader, but they are two names: one of the links leads nowhere, or a
new, empty note is made when somebody follows it. Reported are targets that
differ only by case, spaces, hyphens, underscores and apostrophes. Where a note
of the name is in the vault, `link-unresolved` says so instead.

Example: `[[AI in schools | schools]]` in one note, `[[ai_in_schools]]` in another.

Known false alarms: none known.

To fix it, write the target in one way. `notelint fix` does so where one of the
spellings has underscores throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.links import Name, Use, bare, respelled, style

ID = "link-form"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = links.by_target


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report a target in several spellings."""
    if any(isinstance(fact.value, Name) for fact in facts):
        return
    uses = [fact for fact in facts if isinstance(fact.value, Use)]
    forms = Counter(fact.value.target for fact in uses)
    if len(forms) > 1:
        yield _two(key, uses, forms)


def _two(key: str, uses: list[Fact], forms: Counter[str]) -> Finding:
    ranked = sorted(forms, key=lambda form: (style(form) != "snake", -forms[form], form))
    best, other = ranked[0], ranked[1]
    variants = [fact for fact in uses if fact.value.target != best]
    held = {form: {fact.span.path for fact in uses if fact.value.target == form} for form in ranked}
    return Finding(
        rule=ID,
        key=key,
        message=f'one link target in {_number(len(forms))} spellings: "{other}" and "{best}"',
        labels=(
            *(Label(fact.span, fact.value.target, "variant", best) for fact in variants),
            *(Label(fact.span, best, "evidence") for fact in uses if fact.value.target == best),
        ),
        values=(bare(best),),
        ballot=tuple(Vote(form, len(held[form]), (), tuple(sorted(held[form]))) for form in ranked),
        suggestion=best,
        confidence=0.95,
        # most readers of notes pass over case
        severity="info" if len({form.casefold() for form in forms}) == 1 else None,
        fix=respelled(variants, dict.fromkeys(forms, best), safe=style(best) == "snake"),
    )


def _number(count: int) -> str:
    return {2: "two", 3: "three"}.get(count, str(count))
