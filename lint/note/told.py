"""How a rule tells of the places of `texts`: one finding a note and a kind, however many the places are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ..model import Edit, Fact, Finding, Fix, Label, Severity
from .texts import MAX_SPOTS, Habits, Spot

MIN_OTHERS = 2
"""Two other notes are a habit; one is the other half of a difference."""


class Said(NamedTuple):
    """What one place of a kind says, what several say, and how much it weighs where that is less than the rule's own."""

    one: str
    many: str
    severity: Severity | None = None

    def of(self, found: list[Fact]) -> str:
        """Give the message about these places, of which no more than MAX_SPOTS are known."""
        if len(found) == 1:
            return self.one.format(found[0].value.text)
        return self.many.format(n=len(found) if len(found) < MAX_SPOTS else f"{MAX_SPOTS} or more")


def spots(facts: Iterable[Fact], kinds: Collection[str]) -> Iterator[tuple[str, str, list[Fact]]]:
    """Give the places of some kinds: path, kind and facts, in order."""
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.value, Spot) and fact.value.kind in kinds:
            found[fact.span.path, fact.value.kind].append(fact)
    yield from ((path, kind, places) for (path, kind), places in sorted(found.items()))


def habits(facts: Iterable[Fact]) -> dict[str, Habits]:
    """Give how each note writes, by its path."""
    return {fact.span.path: fact.value for fact in facts if isinstance(fact.value, Habits)}


def alone(
    rule: str, key: str, said: Mapping[str, Said], facts: Iterable[Fact], safe: Collection[str] = ()
) -> Iterator[Finding]:
    """Report what a note shows by itself; `safe` are the kinds whose edits no reader could want otherwise."""
    for _, kind, found in spots(facts, said):
        edits = tuple(
            Edit(fact.span.path, fact.span.start, fact.span.end, fact.value.text, fact.value.better)
            for fact in found
            if fact.value.better is not None
        )
        yield Finding(
            rule=rule,
            key=key,
            message=said[kind].of(found),
            labels=_labels(found),
            values=(kind, *sorted({fact.value.text for fact in found})),
            severity=said[kind].severity,
            fix=Fix(kind in safe, edits) if edits else None,
        )


def unlike(rule: str, key: str, kind: str, found: list[Fact], message: str) -> Finding:
    """Report what only the other notes on the source make odd."""
    return Finding(
        rule=rule,
        key=key,
        message=message,
        labels=_labels(found),
        values=(kind, found[0].span.path.rpartition("/")[2]),
    )


def _labels(found: list[Fact]) -> tuple[Label, ...]:
    return tuple(Label(fact.span, fact.value.text) for fact in found)
