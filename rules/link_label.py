"""A link is labelled with the subject of another note than it leads to.

Two links were mixed up, or a link was put on words that it has nothing to do
with: the reader is promised one note and lands in another. Reported are labels
that are, word for word, the name of another note or target on the same source;
labels that share nothing with their target, where another target on the source
names them; labels with another model's number ("Pixel 6" for "pixel_7_camera");
and labels that lead to three or more notes, none of which has a word of them.

Example: `[[budgets_in_small_teams | hiring in small teams]]`, where
`[[hiring_in_small_teams]]` is linked to as well.

Known false alarms: a label that was chosen on purpose, because the two notes
are parts of one topic.

To fix it, decide which of the two is meant, and let label and target say it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.fits import common, names, renumbered, sense, strange
from ..lint.note.links import Caption, Targets, bare
from ..lint.note.words import rarity, tokens

ID = "link-label"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = links.by_source

# A label of so many words can be the name of a note; "AI agents" stands in any sentence.
TITLE_WORDS = 3
# A single common word ("growth") stands in many a target by chance.
RARE = 32
# Two targets may be two sides of what their label says; with three, the label was put anywhere.
SCATTERED = 3


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report labels that another target of the group names."""
    targets: dict[str, str] = {}
    places: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.value, Targets):
            targets.update((bare(target), target) for target in fact.value.targets)
        elif isinstance(fact.value, Caption):
            places[bare(fact.value.label), bare(fact.value.target)].append(fact)
    group = _Targets(targets, places)
    loose: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for (said, meant), found in places.items():
        first: Caption = found[0].value
        if said == meant:
            continue
        other = group.named(said, meant, first)
        if other is not None:
            yield _mixed(key, found, other, places.get((said, bare(other)), []))
        elif (models := renumbered(first.label, first.target)) is not None:
            yield _finding(key, found, f'is labelled "{first.label}", another model', models)
        elif len(sense(first.label)) > 1 and strange(first.label, first.target, ()):
            loose[sense(first.label)] += found
    for _, found in sorted(loose.items()):
        if len({bare(fact.value.target) for fact in found}) >= SCATTERED:
            yield _scattered(key, found)


class _Targets:
    """What the notes on one source link to, by what their names have in common."""

    def __init__(self, targets: dict[str, str], places: dict[tuple[str, str], list[Fact]]) -> None:
        self.targets = targets
        self.common = common(targets.values())
        self.having: dict[str, set[str]] = defaultdict(set)
        for core, target in targets.items():
            for stem in sense(target):
                self.having[stem].add(core)
        self.led: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for (_, meant), found in places.items():
            for fact in found:
                self.led[sense(fact.value.label)].add(meant)

    def named(self, said: str, meant: str, caption: Caption) -> str | None:
        """Give another target that a caption's label names: its very name, or a name that has the label in it."""
        words = caption.label.split()
        # "impact of AI on software" for the note "the impact of AI on software" is no other note
        if said in self.targets and len(words) >= TITLE_WORDS:
            return None if said in meant or meant in said else self.targets[said]
        stems = sense(caption.label)
        telling = [stem for stem in stems if stem not in self.common]
        if not telling or any(stem not in self.having for stem in stems):
            return None
        having = set[str].intersection(*(self.having[stem] for stem in stems)) - {meant}
        if not having or not strange(caption.label, caption.target, self.common):
            return None
        having = {core for core in having if names(self.targets[core], caption.label)}
        if len(telling) == 1:
            # the same words lead to where they are named elsewhere
            having &= self.led[stems] | {said}
            if len(stems) == 1 and max(map(rarity, tokens(caption.label))) <= RARE:
                return None
        return self.targets[min(having, key=lambda core: (len(core), core))] if having else None


def _mixed(key: str, found: list[Fact], other: str, right: list[Fact]) -> Finding:
    label = found[0].value.label
    said = "which is another target" if bare(other) == bare(label) else f'which "{other}" names'
    return _finding(key, found, f'is labelled "{label}", {said}', (bare(label),), other, right)


def _finding(
    key: str,
    found: list[Fact],
    message: str,
    values: tuple[str, ...],
    other: str | None = None,
    right: Sequence[Fact] = (),
) -> Finding:
    target = found[0].value.target
    return Finding(
        rule=ID,
        key=key,
        message=f'a link to "{target}" {message}',
        labels=(
            *(Label(fact.span, fact.value.target) for fact in found),
            *(Label(fact.span, fact.value.target, "evidence") for fact in right),
        ),
        values=(bare(target), *values),
        ballot=(Vote(target, 1, ("target",)), *([Vote(other, 1, ("label",))] if other else [])),
        confidence=0.7,
    )


def _scattered(key: str, found: list[Fact]) -> Finding:
    targets = sorted({fact.value.target for fact in found})
    label = found[0].value.label
    return Finding(
        rule=ID,
        key=key,
        message=f'"{label}" leads to {len(targets)} notes of other names: {", ".join(targets[:3])}',
        labels=tuple(Label(fact.span, fact.value.target) for fact in found),
        values=(bare(label), *map(bare, targets)),
        ballot=tuple(Vote(target, 1, ("target",)) for target in targets),
        confidence=0.6,
    )
