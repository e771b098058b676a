"""A link is labelled with the subject of another note than it leads to.

Two links were mixed up, or a link was put on words that it has nothing to do
with: the reader is promised one note and lands in another. Reported are labels
that share nothing with their target, where another target on the source
names them; labels with another model's number ("Pixel 6" for "pixel_7_camera"
or "pixel_6a_camera"); and labels that lead to two notes from one, or to three
in all, none of which has a word of them.

Labels that are, word for word, the name of another note are left to
`link-title`.

Example: `[[paying_people_well | remote onboarding]]`, where
`[[remote_onboarding_in_small_teams]]` is linked to as well.

Known false alarms: a label that was chosen on purpose, because the two notes
are parts of one topic.

To fix it, decide which of the two is meant, and let label and target say it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.fits import (
    COMMON_SHARE,
    SUBJECT_SHARE,
    abbreviates,
    common,
    covered,
    has_all,
    names,
    rarest,
    renumbered,
    sense,
    strange,
)
from ..lint.note.links import TITLE_WORDS, Caption, Targets, bare

ID = "link-label"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = links.by_source

# A single common word ("strategy") stands in many a target by chance.
RARE = 24
# A label of so many words is as good as a name, in whatever order; this share of them says that its own target is another.
LONG = 3
FEW = 0.34
# So many words that tell targets apart do by themselves.
MANY = 2
# Two targets in two notes may be two sides of what their label says; with three, the label was put anywhere.
SCATTERED = 3


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report labels that another target of the group names."""
    group = _Targets(facts)
    loose: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for (said, meant), found in group.places.items():
        first: Caption = found[0].value
        if said == meant:
            continue
        other = group.named(said, meant, first)
        # a note links words of its own title to what else there is on them
        foreign = [fact for fact in found if other is None or bare(other) not in group.own[fact.span.path]]
        if other is not None and foreign:
            yield _mixed(key, foreign, other, group.led[sense(first.label)][bare(other)])
        elif (models := renumbered(first.label, first.target)) is not None:
            yield _finding(key, found, f'is labelled "{first.label}", another model', (bare(first.label), *models))
        elif other is None and _tells(first.label) and strange(first.label, first.target, ()):
            loose[sense(first.label)] += found
    for _, found in sorted(loose.items()):
        led = {(fact.span.path, bare(fact.value.target)) for fact in found}
        within = max(Counter(path for path, _ in led).values())
        if within > 1 or len({core for _, core in led}) >= SCATTERED:
            yield _scattered(key, found)


class _Targets:
    """What the notes on one source link to, by what their names have in common."""

    def __init__(self, facts: Group) -> None:
        self.targets: dict[str, str] = {}
        self.own: dict[str, set[str]] = {}
        self.places: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        self.led: dict[tuple[str, ...], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            value = fact.value
            if isinstance(value, Targets):
                self.targets.update((bare(target), target) for target in value.targets)
                self.own[fact.span.path] = {bare(value.targets[-1]), bare(value.title)}
            elif isinstance(value, Caption):
                self.places[bare(value.label), bare(value.target)].append(fact)
                self.led[sense(value.label)][bare(value.target)].append(fact)
        self.common = common(self.targets.values(), COMMON_SHARE)
        self.subject = common(self.targets.values(), SUBJECT_SHARE)
        self.having: dict[str, set[str]] = defaultdict(set)
        for core, target in self.targets.items():
            for one in sense(target):
                self.having[one].add(core)

    def named(self, said: str, meant: str, caption: Caption) -> str | None:
        """Give another target that a caption's label names, the shortest of several."""
        if said in self.targets and len(caption.label.split()) >= TITLE_WORDS:
            return None  # link-title asks for it in the whole vault
        stems = sense(caption.label)
        naming = self._naming(stems, said, meant, caption) or self._covering(stems, meant, caption)
        return self.targets[min(naming, key=lambda core: (len(core), core))] if naming else None

    def _naming(self, stems: tuple[str, ...], said: str, meant: str, caption: Caption) -> set[str]:
        """Give the other targets that have a label's words side by side, where its own has nothing in common with it."""
        if not stems or any(one not in self.having for one in stems):
            return set()
        having = set[str].intersection(*(self.having[one] for one in stems)) - {meant}
        if not having or not strange(caption.label, caption.target, self.subject):
            return set()
        having = {core for core in having if names(self.targets[core], caption.label)}
        telling = [one for one in stems if one not in self.common]
        if len(telling) >= MANY:
            return having
        # the same words lead to where they are named elsewhere
        having &= self.led[stems].keys() | {said}
        return having if telling and _tells(caption.label) else set()

    def _covering(self, stems: tuple[str, ...], meant: str, caption: Caption) -> set[str]:
        """Give the other targets that have all the words of a long label of which its own has few."""
        label, target = caption.label, caption.target
        if len(stems) < LONG or covered(target, label) > FEW or abbreviates(target, label):
            return set()
        near = set().union(*(self.having[one] for one in stems if one not in self.common and one in self.having))
        return {core for core in near - {meant} if has_all(self.targets[core], label)}


def _tells(label: str) -> bool:
    """Say whether a label has more than one common word."""
    stems = sense(label)
    return len(stems) > 1 or rarest(label, stems) > RARE


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
    targets = sorted({bare(fact.value.target): fact.value.target for fact in found}.values())
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
