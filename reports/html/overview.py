"""What a reader wants to know first: how much there is, of what, where, what is new, who needs a person most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ...lint.engine import Outcome
from ...lint.judge import Judged
from ...lint.model import FAMILIES, SEVERITIES, family_of
from ..words import clip, counted, visible
from .view import STATUS, short

OUTLIER = 5
"""So many times the next longest is a bar that others are no longer measured by, among more than as many."""

MAX_NOTICES = 50
"""Notes that could not be checked, and other notices, that are told one by one."""

MAX_FRESH = 8
"""New findings that the overview names."""

MAX_ROWS = 10
"""Sources and notes that the overview names; the rest are a page or a filter away."""


@dataclass(slots=True, frozen=True)
class Row:
    """One bar: a name, where it leads, and how many of each severity; `start` and `width` are in percent."""

    name: str
    href: str
    hint: str
    total: int
    new: int
    bars: tuple[tuple[str, int, float, float], ...]
    family: str = ""


@dataclass(slots=True, frozen=True)
class Fresh:
    """A finding that is new, in a line."""

    message: str
    href: str
    severity: str
    rule: str
    note: str


@dataclass(slots=True, frozen=True)
class Overview:
    """The first view; `severities` and `statuses` with their numbers, `statuses` with their words too."""

    headline: str
    sentences: tuple[str, ...]
    severities: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, str, int], ...]
    fresh: tuple[Fresh, ...]
    fresh_more: int
    rules: tuple[Row, ...]
    sources: tuple[Row, ...]
    notes: tuple[Row, ...]


class Tally:
    """Findings counted by severity and status under a name."""

    def __init__(self, items: Iterable[Judged]) -> None:
        self.severity: Counter[str] = Counter()
        self.status: Counter[str] = Counter()
        for item in items:
            self.severity[item.severity] += 1
            self.status[item.status] += 1

    @property
    def total(self) -> int:
        """All findings."""
        return sum(self.severity.values())

    @property
    def need(self) -> tuple[int, ...]:
        """What the order of need goes by: errors, then warnings, then the rest."""
        return tuple(-self.severity[severity] for severity in SEVERITIES)


def tallies(groups: Mapping[str, Sequence[Judged]]) -> dict[str, Tally]:
    """Count each group."""
    return {name: Tally(items) for name, items in groups.items()}


def rows(
    counted_by: Mapping[str, Tally], names: Mapping[str, str], hrefs: Mapping[str, str], hints: Mapping[str, str]
) -> list[Row]:
    """Give a bar for each name in the order given; the longest bar is full."""
    longest = sorted((tally.total for tally in counted_by.values()), reverse=True) or [1]
    # one that stands far above all others would leave these without a bar to see; its own is full, as the next one's
    outlier = len(longest) > OUTLIER and longest[0] > OUTLIER * longest[1]
    found = []
    for name, tally in counted_by.items():
        most = max(longest[1] if outlier else longest[0], tally.total, 1)
        bars, at = [], 0.0
        for severity in SEVERITIES:
            number = tally.severity[severity]
            if number:
                width = 100 * number / most
                bars.append((severity, number, round(at, 2), round(width, 2)))
                at += width
        found.append(
            Row(
                names.get(name, name),
                hrefs.get(name, ""),
                hints.get(name, ""),
                tally.total,
                tally.status["new"],
                tuple(bars),
            )
        )
    return found


def by_need(groups: Mapping[str, Tally]) -> dict[str, Tally]:
    """Order by need: most errors first, then warnings, then the rest, then name."""
    return dict(sorted(groups.items(), key=lambda pair: (pair[1].need, pair[0])))


def by_family(groups: Mapping[str, Tally]) -> dict[str, Tally]:
    """Order rules by family, then by how much they found."""
    order = {family: index for index, family in enumerate(FAMILIES)}

    def place(pair: tuple[str, Tally]) -> tuple[int, int, str]:
        return (order[family_of(pair[0])], -pair[1].total, pair[0])

    return dict(sorted(groups.items(), key=place))


def group_by(judged: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    """Group findings, in the order in which they come."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        groups[key(item)].append(item)
    return groups


@dataclass(slots=True, frozen=True)
class Links:
    """Where the overview leads: to a rule's findings, a source's, a note's, those in a state, and one of them."""

    rule: Callable[[str], str]
    source: Callable[[str], str]
    note: Callable[[str], str]
    state: Callable[[str, str], str]
    finding: Callable[[Judged], str]


def overview(
    judged: Sequence[Judged],
    outcome: Outcome,
    sources: Mapping[str, Tally],
    names: Mapping[str, str],
    hints: Mapping[str, str],
    links: Links,
    *,
    baseline: bool,
) -> Overview:
    """Work out the first view; `sources` in order of need, with their `names` and `hints`."""
    whole = Tally(judged)
    known = whole.status["new"] < whole.total
    said, sentences = headline(
        judged, outcome.notes, outcome.sources, baseline=baseline or whole.status["baseline"] > 0
    )
    rules = by_family(tallies(group_by(judged, lambda item: item.head.rule)))
    bars = rows(rules, {}, {rule: links.rule(rule) for rule in rules}, {})
    named: set[str] = set()
    for index, rule in enumerate(rules):
        family = FAMILIES[family_of(rule)]
        if family not in named:
            named.add(family)
            bars[index] = replace(bars[index], family=family)
    top = dict(list(sources.items())[:MAX_ROWS])
    by_note = tallies(group_by(judged, lambda item: item.head.path))
    notes = dict(list(by_need(by_note).items())[:MAX_ROWS])
    return Overview(
        headline=said,
        sentences=sentences,
        severities=tuple((name, whole.severity[name]) for name in SEVERITIES if whole.severity[name]),
        statuses=tuple(
            (name, told, whole.status[name]) for name, told in STATUS.items() if known and whole.status[name]
        ),
        fresh=_fresh(judged, links) if known else (),
        fresh_more=max(0, whole.status["new"] - MAX_FRESH),
        rules=tuple(bars),
        sources=tuple(
            rows(
                top, {key: names.get(key, visible(key)) for key in top}, {key: links.source(key) for key in top}, hints
            )
        ),
        notes=tuple(
            rows(
                notes,
                {path: visible(short(path)) for path in notes},
                {path: links.note(path) for path in notes},
                {path: visible(path.rpartition("/")[0]) for path in notes},
            )
        ),
    )


def notices(outcome: Outcome) -> list[str]:
    """Say what could not be checked, and what else a reader should know."""
    said = [
        f"Could not be checked: {visible(failure.path)}: {visible(clip(failure.message, 300))}"
        for failure in outcome.failures[:MAX_NOTICES]
    ]
    if len(outcome.failures) > MAX_NOTICES:
        said.append(f"and {len(outcome.failures) - MAX_NOTICES:,} more that could not be checked")
    return said + [visible(clip(notice, 300)) for notice in outcome.notices[:MAX_NOTICES]]


def _fresh(judged: Sequence[Judged], links: Links) -> tuple[Fresh, ...]:
    new = sorted((item for item in judged if item.status == "new"), key=lambda item: SEVERITIES.index(item.severity))
    return tuple(
        Fresh(
            clip(visible(item.finding.message), 200),
            links.finding(item),
            item.severity,
            item.head.rule,
            visible(short(item.head.path)),
        )
        for item in new[:MAX_FRESH]
    )


def headline(judged: Sequence[Judged], notes: int, sources: int, *, baseline: bool) -> tuple[str, tuple[str, ...]]:
    """Say in plain words how much there is and what is new."""
    checked = f"{counted(notes, 'note')} on {counted(sources, 'source')}" if sources else counted(notes, "note")
    if not judged:
        return "No conflicts found", (f"{checked} {'was' if notes == 1 else 'were'} checked.",)
    tally = Tally(judged)
    keys = len({item.head.key for item in judged})
    open_ = tally.total - tally.status["ruled"]
    sentences = [f"{checked} checked."]
    if keys < sources:
        sentences.append(f"{counted(keys, 'source')} {'has' if keys == 1 else 'have'} at least one conflict.")
    new = tally.status["new"]
    if baseline:
        sentences.append("Nothing is new since the baseline." if not new else f"{new:,} new since the baseline.")
    if tally.status["ruled"]:
        sentences.append(f"{counted(tally.status['ruled'], 'conflict')} settled by a ruling.")
    return counted(open_, "conflict"), tuple(sentences)
