"""A note writes link targets unlike the other notes on its source.

Nearly all targets in the notes on one source have underscores; one note writes
some with spaces, capitals or hyphens. Such a link leads nowhere once the notes
it means are named like all others. Targets that also occur in another spelling
are left to `link-form` and `link-unresolved`. Likewise reported is a note that
puts no spaces around the pipe before a label where most others do, or the
other way round.

Example: `[[Budgets in small teams]]`, where every other target is written like
`hiring_in_small_teams`.

Known false alarms: a vault that keeps two kinds of notes apart by the way
their names are written.

To fix it, write the targets as the others are written, and check that they
lead where they should.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.links import Caption, Targets, Use, bare, respelled, snake, style

ID = "link-style"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = links.by_source

# Fewer targets are no convention, whatever their share.
MIN_SNAKE = 6
# Sources in which two habits compete have none; the share is over targets, each once a note.
SNAKE_SHARE = 0.5
# So many notes with one habit, and so many times the notes without it, make the others odd.
MIN_NOTES = 3
MORE = 2


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report, once a note, the targets that are written unlike the source's convention."""
    yield from _pipes(key, facts)
    written = [
        (bare(target), target)
        for fact in facts
        if isinstance(fact.value, Targets)
        for target in fact.value.targets
        if style(target) != "word"
    ]
    snakes = sum(style(target) == "snake" for _, target in written)
    if snakes < MIN_SNAKE or snakes < SNAKE_SHARE * len(written):
        return
    spellings: dict[str, set[str]] = defaultdict(set)
    for core, target in written:
        spellings[core].add(target)
    odd: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if (
            isinstance(fact.value, Use)
            and len(spellings[bare(fact.value.target)]) == 1
            and _stands_out(fact.value.target)
        ):
            odd[fact.span.path].append(fact)
    for path, uses in sorted(odd.items()):
        yield _finding(key, path, uses, snakes)


def _pipes(key: str, facts: Group) -> Iterator[Finding]:
    """Report the notes whose pipes are written unlike those of most notes on the source."""
    notes: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.value, Caption):
            notes[fact.span.path].append(fact)
    habits = {path: {fact.value.tight for fact in found} for path, found in notes.items()}
    tight = sum(habit == {True} for habit in habits.values())
    spaced = sum(habit == {False} for habit in habits.values())
    rare = tight < spaced
    most = max(tight, spaced)
    odd = [path for path, habit in sorted(habits.items()) if rare in habit]
    if most < MIN_NOTES or most < MORE * len(odd):
        return
    for path in odd:
        found = [fact for fact in notes[path] if fact.value.tight == rare]
        links = "a link" if len(found) == 1 else f"{len(found)} links"
        yield Finding(
            rule=ID,
            key=key,
            message=f"{links} with{'out' if rare else ''} spaces around the pipe, unlike {most} other notes on the source",
            labels=tuple(Label(fact.span, fact.value.target) for fact in found),
            values=("pipe", path.rpartition("/")[2]),
            confidence=0.9,
        )


def _stands_out(target: str) -> bool:
    how = style(target)
    # "gpt-4", "well-being": a hyphen belongs to many a single word
    return how in ("spaced", "mixed") or (how == "kebab" and target.count("-") > 1)


def _finding(key: str, path: str, uses: list[Fact], snakes: int) -> Finding:
    targets = sorted({fact.value.target for fact in uses})
    first = uses[0].value.target
    better = {target: snake(target) for target in targets}
    how = "spaces" if " " in first else "capitals" if "_" in first else "hyphens"
    more = f" and {len(targets) - 1} more" if len(targets) > 1 else ""
    return Finding(
        rule=ID,
        key=key,
        message=f'link target "{first}"{more} with {how}, unlike {snakes} others on the source ("{better[first]}")',
        labels=tuple(Label(fact.span, fact.value.target, "variant", better[fact.value.target]) for fact in uses),
        values=tuple(targets),
        ballot=tuple(Vote(target, 1, (), (path,)) for target in targets),
        suggestion=better[first] if len(targets) == 1 else None,
        confidence=0.8,
        fix=respelled(uses, better, safe=False),
    )
