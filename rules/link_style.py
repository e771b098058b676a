"""A note writes link targets unlike the other notes on its source.

Nearly all targets in the notes on one source have underscores; one is written
with spaces, capitals or hyphens. Such a link leads nowhere once the note it
means is named like all others. Where a note bears the name, or another link
has it in another spelling, these say how it is written, and `link-unresolved`
or `link-form` compares. Where the source has no such habit, a note may have it:
its name has underscores, and some of its targets. Likewise reported is a note
that puts no spaces around the pipe before a label where most others do, or the
other way round; and one whose links have no labels, so that its sentences show
slugs ("this leads to hiring_in_small_teams"), where most others label theirs.

Example: `[[Budgets in small teams]]`, where every other target is written like
`hiring_in_small_teams`.

Known false alarms: a vault that keeps two kinds of notes apart by the way
their names are written.

To fix it, write the target as the others are written, and check that it leads
where it should.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Counts, Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.links import Caption, Slug, Targets, Use, by_note, respelled, snake, style, target_key

ID = "link-style"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = links.by_source
asks = (links.by_target,)

# Fewer targets are no convention, whatever their share.
MIN_SNAKE = 6
# Sources in which two habits compete have none; the share is over targets, each once a note.
SNAKE_SHARE = 0.5
# So many notes with one habit, and so many times the notes without it, make the others odd.
MIN_NOTES = 3
MORE = 2

_PIPE = "pipe"
_SLUG = "slug"


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report the targets that are written unlike the source's convention, and once a note its pipes and bare slugs."""
    yield from _pipes(key, facts)
    yield from _slugs(key, facts)
    notes = {
        fact.span.path: [style(target) for target in fact.value.targets]
        for fact in facts
        if isinstance(fact.value, Targets)
    }
    styles = [one for note in notes.values() for one in note]
    snakes = styles.count("snake")
    habit = snakes >= MIN_SNAKE and snakes >= SNAKE_SHARE * (len(styles) - styles.count("word"))
    bound = {path for path, (*targets, own) in notes.items() if habit or (own == "snake" and "snake" in targets)}
    odd: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.value, Use) and fact.span.path in bound and _stands_out(fact.value.target):
            odd[fact.value.target].append(fact)
    for target, uses in sorted(odd.items()):
        yield _finding(key, target, uses, snakes)


def weigh(finding: Finding, counts: Counts) -> Finding | None:
    """Drop a target of which the vault says elsewhere how it is written."""
    target = finding.values[0]
    return None if target not in (_PIPE, _SLUG) and counts(target_key(target)) else finding


def _pipes(key: str, facts: Group) -> Iterator[Finding]:
    """Report the notes whose pipes are written unlike those of most notes on the source."""
    notes = by_note(facts, Caption)
    habits = {path: {fact.value.tight for fact in found} for path, found in notes.items()}
    tight = sum(habit == {True} for habit in habits.values())
    spaced = sum(habit == {False} for habit in habits.values())
    rare = tight < spaced
    most = max(tight, spaced)
    odd = [path for path, habit in habits.items() if rare in habit]
    if most < MIN_NOTES or most < MORE * len(odd):
        return
    for path in odd:
        found = [fact for fact in notes[path] if fact.value.tight == rare]
        links = "a link" if len(found) == 1 else f"{len(found)} links"
        how = f"{links} with{'out' if rare else ''} spaces around the pipe"
        yield _habit(key, _PIPE, found, f"{how}, unlike {most} other notes on the source")


def _slugs(key: str, facts: Group) -> Iterator[Finding]:
    """Report the notes that show slugs where more notes on the source label all their links."""
    bare = by_note(facts, Slug)
    others = len(by_note(facts, Caption).keys() - bare.keys())
    if others < MIN_NOTES or others <= len(bare):
        return
    for found in bare.values():
        shown = f'"{found[0].value.target}"'
        said = f"a link shows {shown}" if len(found) == 1 else f"{len(found)} links show slugs, the first {shown}"
        yield _habit(key, _SLUG, found, f"{said}, where {others} other notes on the source have labels")


def _habit(key: str, kind: str, found: list[Fact], message: str) -> Finding:
    """Report what a note does with its links and most others do not, with all places."""
    return Finding(
        rule=ID,
        key=key,
        message=message,
        labels=tuple(Label(fact.span, fact.value.target) for fact in found),
        values=(kind, found[0].span.path.rpartition("/")[2]),
        confidence=0.9,
    )


def _stands_out(target: str) -> bool:
    how = style(target)
    # "gpt-4", "well-being": a hyphen belongs to many a single word
    return how in ("spaced", "mixed") or (how == "kebab" and target.count("-") > 1)


def _finding(key: str, target: str, uses: list[Fact], snakes: int) -> Finding:
    better = snake(target)
    how = "spaces" if " " in target else "capitals" if "_" in target else "hyphens"
    return Finding(
        rule=ID,
        key=key,
        message=f'link target "{target}" with {how}, unlike {snakes} others on the source ("{better}")',
        labels=tuple(Label(fact.span, target, "variant", better) for fact in uses),
        values=(target,),
        ballot=(Vote(target, len({fact.span.path for fact in uses})),),
        suggestion=better,
        confidence=0.8,
        fix=respelled(uses, {target: better}, safe=False),
    )
