"""Findings on facts: two values, the sentences that hold them, and why they are taken for one thing."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Fact, Finding, Label, Severity, Vote, digest
from ..times.places import label_of_part
from .conflicts import Conflict
from .decisive import Turn
from .slots import Slots
from .swaps import Swap

SURE_CONTEXT = 0.75
"""Agreement of the words around two terms from which like sound is a warning."""

SURE_SHAPES = ("author",)
"""What a thing has one of; the others turn on how a sentence is read."""

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
    ranked = sorted(
        (slot for _, slots in conflict.values for slot in slots), key=lambda slot: (order.get(slot, 2), slot)
    )
    labels = [whole(found.claims[slot.claim], "variant") for slot in ranked[:MAX_LABELS]]
    evidence = [
        f"the claims agree by {best.score:.2f}, the words around the values by {best.context:.2f}",
    ]
    if best.close:
        evidence.append("both are cited at the same time")
    if best.unit:
        evidence.append("one number, two units")
    if conflict.both:
        evidence.append("one of the sentences has both")
    severity: Severity = "warning" if conflict.strong else "info"
    return Finding(
        rule=rule,
        key=key,
        message=f'the same statement with "{texts[0]}" and "{texts[1]}"',
        labels=tuple(labels),
        values=conflict.key,
        ballot=tuple(ballot),
        evidence=tuple(evidence),
        confidence=round(min(0.95, (best.score + best.context) / 2 + (0.1 if best.close else 0)), 2),
        severity=severity,
    )


def term_finding(rule: str, key: str, found: Sequence[tuple[Turn, Fact, Fact]]) -> Finding:
    """Make a finding of claims that differ in the same two words, or of a denial and what affirms it."""
    best, first, _ = found[0]
    facts: dict[int, Fact] = {}
    held: dict[str, set[str]] = {}
    for turn, one, other in found:
        for term, fact in ((turn.one, one), (turn.other, other)):
            facts.setdefault(term.claim, fact)
            held.setdefault(term.word, set()).add(fact.span.path)
    order = {best.one.claim: 0, best.other.claim: 1}
    places = sorted(facts, key=lambda claim: (order.get(claim, 2), claim))[:MAX_LABELS]
    evidence = [f"the claims agree by {best.score:.2f}, the words around the terms by {best.context:.2f}"]
    if best.close:
        evidence.append("both are cited at the same time")
    # "coding assistants" and "coding assistance" are as often a choice of wording as a slip
    plural = best.one.word[-3:] in ("nts", "nce") and best.other.word[-3:] in ("nts", "nce")
    sure = (best.kind == "sound" and best.strict and not plural and best.context >= SURE_CONTEXT) or (
        best.kind == "negation" and best.strict
    )
    if best.kind == "negation":
        message = f'one note denies with "{best.one.word}" what another affirms'
        # the words of the denied statement tell one denial of a source from another
        values: tuple[str, ...] = (best.one.word, digest(first.value.text.lower()))
        ballot: tuple[Vote, ...] = ()
    else:
        message = f'the same statement with "{best.one.word}" and "{best.other.word}"'
        values = tuple(sorted(held))
        ballot = tuple(
            Vote(word, len(paths), (), tuple(sorted(paths)))
            for word, paths in sorted(held.items(), key=lambda item: (-len(item[1]), item[0]))
        )
    return Finding(
        rule=rule,
        key=key,
        message=message,
        labels=tuple(whole(facts[claim], "variant") for claim in places),
        values=values,
        ballot=ballot,
        evidence=tuple(evidence),
        confidence=round(min(0.9, (best.score + best.context) / 2), 2),
        severity="warning" if sure else "info",
    )


_SAID = {
    "author": 'one work, said to be by "{}" and by "{}"',
    "superlative": 'the {} is "{}" in one note and "{}" in another',
    "planned": 'one note says "{}" of what another says is there with "{}"',
    "denial": 'one note says "{}" where another says "{}"',
    "agent": 'the same statement with "{}" and "{}"',
    "name": 'the same statement of "{}" and of "{}"',
    "office": 'the same statement of "{}" and of "{}"',
    "degree": 'the same statement with "{}" and "{}"',
    "code": 'the same statement with the code "{}" and "{}"',
}


def swap_finding(rule: str, key: str, found: Sequence[Swap], claims: Sequence[Fact]) -> Finding:
    """Make a finding of one thing that notes say in two ways."""
    best = found[0]
    places = list(dict.fromkeys(claim for swap in found for claim in (swap.one, swap.other)))[:MAX_LABELS]
    held: dict[str, set[str]] = {}
    for swap in found:
        held.setdefault(swap.mine, set()).add(claims[swap.one].span.path)
        held.setdefault(swap.theirs, set()).add(claims[swap.other].span.path)
    about = (best.about,) if best.shape == "superlative" else ()
    evidence = ["both are cited at the same time"] if best.close else []
    if best.score:
        evidence.insert(0, f"the claims agree by {best.score:.2f}")
    return Finding(
        rule=rule,
        key=key,
        message=_SAID[best.shape].format(*about, best.mine, best.theirs),
        labels=tuple(whole(claims[claim], "variant") for claim in places),
        values=(
            best.shape,
            *([best.about] if best.shape == "degree" else ()),
            *sorted({value.lower() for value in held}),
        ),
        ballot=tuple(
            Vote(value, len(paths), (), tuple(sorted(paths)))
            for value, paths in sorted(held.items(), key=lambda item: (-len(item[1]), item[0]))
        ),
        evidence=tuple(evidence),
        confidence=0.8 if best.shape in SURE_SHAPES else 0.6,
        severity="warning" if best.shape in SURE_SHAPES else "info",
    )


def whole(fact: Fact, role: str) -> Label:
    """Label a claim as a whole."""
    return label_of_part(fact, 0, len(fact.value.text), role)
