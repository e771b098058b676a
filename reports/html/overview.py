"""What a reader wants to know first: how much there is, of what, where, what is new, who needs a person most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...lint.judge import Judged
from ...lint.model import FAMILIES, SEVERITIES
from ..words import counted

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
    """The first view."""

    headline: str
    sentences: tuple[str, ...]
    severities: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
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
    most = max((tally.total for tally in counted_by.values()), default=1) or 1
    found = []
    for name, tally in counted_by.items():
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

    def place(pair: tuple[str, Tally]) -> tuple[int, int, str]:
        family = pair[0].partition("-")[0]
        index = FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)
        return (index, -pair[1].total, pair[0])

    return dict(sorted(groups.items(), key=place))


def group_by_key(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    """Group findings by source, worst severity first within each, otherwise in reading order."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        groups[item.finding.key].append(item)
    for items in groups.values():
        items.sort(key=lambda item: (item.status == "ruled", SEVERITIES.index(item.severity)))
    return groups


def group_by_note(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    """Group findings by the note that each leads to first."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        groups[item.finding.labels[0].span.path].append(item)
    return groups


def headline(judged: Sequence[Judged], notes: int, sources: int, baseline: bool) -> tuple[str, tuple[str, ...]]:
    """Say in plain words how much there is and what is new."""
    checked = f"{counted(notes, 'note')} on {counted(sources, 'source')}" if sources else counted(notes, "note")
    if not judged:
        return "No conflicts found", (f"{checked} {'was' if notes == 1 else 'were'} checked.",)
    tally = Tally(judged)
    keys = len({item.finding.key for item in judged})
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
