"""Findings on facts: two values, the sentences that hold them, and why they are taken for one thing."""

from __future__ import annotations

from ..model import Fact, Finding, Label, Severity, Vote
from .places import label_of_part
from .slots import Conflict, Slots

MAX_LABELS = 24
"""Places that a finding shows; more of the same tells nobody more."""


def finding(rule: str, key: str, found: Slots, conflict: Conflict) -> Finding:
    """Make a finding of quantities that contradict each other."""
    best = conflict.best
    first, second = found.quantity(best.one), found.quantity(best.other)
    texts = [found.text(slot.claim)[q.start : q.end] for slot, q in ((best.one, first), (best.other, second))]
    ballot = []
    for value, places in conflict.values:
        paths = sorted({found.claims[slot.claim].span.path for slot in places})
        ballot.append(Vote(value, len(paths), (), tuple(paths)))
    order = {slot: index for index, slot in enumerate((best.one, best.other))}
    places = sorted(
        (slot for _, slots in conflict.values for slot in slots), key=lambda slot: (order.get(slot, 2), slot)
    )
    held = {value: len({found.claims[slot.claim].span.path for slot in slots}) for value, slots in conflict.values}
    minority = min(held.values()) < max(held.values()) and min(held, key=lambda value: (held[value], value))
    labels = [whole(found.claims[slot.claim], "variant") for slot in places[:MAX_LABELS]]
    del minority
    evidence = [
        f"the claims agree by {best.score:.2f}, the words around the values by {best.context:.2f}",
    ]
    if best.close:
        evidence.append("both are cited at the same time")
    if best.unit:
        evidence.append("one number, two units")
    severity: Severity = "warning" if conflict.strong else "info"
    return Finding(
        rule=rule,
        key=key,
        message=f'the same statement with "{texts[0]}" and "{texts[1]}"',
        labels=tuple(labels),
        values=tuple(value.lower() for value, _ in conflict.values),
        ballot=tuple(ballot),
        evidence=tuple(evidence),
        confidence=round(min(0.95, (best.score + best.context) / 2 + (0.1 if best.close else 0)), 2),
        severity=severity,
    )


def whole(fact: Fact, role: str) -> Label:
    """Label a claim as a whole."""
    return label_of_part(fact, 0, len(fact.value.text), role)
