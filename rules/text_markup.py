"""Markup that does not work, or unlike that of the other notes on the source.

A callout without its ">" shows as plain text; a link around an anchor, an
anchor that is never closed, a link in a link or with two pipes show their own
markup; an anchor without text cannot be seen or clicked; the same citation
stands twice in a row. As information: citations in headings, which end up in
tables of contents and link targets, and notes whose citations are bare brackets
where the other notes on the source have anchors that a player understands.

Example: a line that begins with `[!note]` and no `>`.

Known false alarms: a vault whose reader turns bare brackets into links itself.

To fix it, write the markup as the other notes have it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Edit, Fact, Finding, Fix, Group, Label, Scope, Severity
from ..lint.note import texts
from ..lint.note.texts import MIN_STAMPS, Spot, Stamps

ID = "text-markup"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = texts.by_source

# What one place says, what several say, and how much it weighs where that is less than the rule's own.
_SAID: dict[str, tuple[str, str, Severity | None]] = {
    "callout": ('callout "{}" outside of a block quote', "{n} callouts outside of block quotes", None),
    "doubled": ("a citation inside the address of a link", "{n} citations inside the addresses of links", None),
    "anchor": ("an anchor that is not whole", "{n} anchors that are not whole", None),
    "pipes": ("a wiki link with two pipes", "{n} wiki links with two pipes", None),
    "nested": ("a wiki link inside another", "{n} wiki links inside others", None),
    "unclosed": ("a wiki link that is not closed", "{n} wiki links that are not closed", None),
    "blank": ("an anchor without text, which no reader sees", "{n} anchors without text, which no reader sees", None),
    "twice": ("the same citation twice in a row", "{n} times the same citation twice in a row", "info"),
    "heading": ("a citation in a heading", "{n} citations in headings", "info"),
    "anchored": ("one citation is an anchor, {other} are bare", "{n} citations are anchors, {other} are bare", "info"),
    "mixed": ("one citation is bare, {other} are anchors", "{n} citations are bare, {other} are anchors", "info"),
}

# Edits that no reader could want otherwise.
_SAFE = {"twice"}


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report, once a note and a kind, what is wrong with its markup."""
    spots: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    stamps: dict[str, Stamps] = {}
    for fact in facts:
        if isinstance(fact.value, Stamps):
            stamps[fact.span.path] = fact.value
        elif isinstance(fact.value, Spot):
            spots[fact.span.path, fact.value.kind].append(fact)
    # other notes whose citations are nearly all anchors: the habit that a bare note departs from
    anchored = sum(note.anchors >= MIN_STAMPS and note.bare * 4 < note.anchors for note in stamps.values())
    bare = sum(note.anchors == 0 and note.bare >= MIN_STAMPS for note in stamps.values())
    for (path, kind), found in sorted(spots.items()):
        if kind in _SAID:
            yield _finding(key, kind, found, stamps.get(path))
        elif kind == "bare" and anchored >= 2 and anchored > bare:
            message = f"{len(found)} citations in bare brackets; {anchored} other notes on the source have anchors"
            yield Finding(
                rule=ID,
                key=key,
                message=message,
                labels=tuple(Label(fact.span, fact.value.text) for fact in found),
                values=(kind, path.rpartition("/")[2]),
                severity="info",
            )


def _finding(key: str, kind: str, found: list[Fact], stamps: Stamps | None) -> Finding:
    one, many, severity = _SAID[kind]
    other = 0 if stamps is None else stamps.bare if kind == "anchored" else stamps.anchors
    first = found[0].value.text
    message = one.format(first, other=other) if len(found) == 1 else many.format(n=len(found), other=other)
    edits = tuple(
        Edit(fact.span.path, fact.span.start, fact.span.end, fact.value.text, fact.value.better)
        for fact in found
        if fact.value.better is not None
    )
    return Finding(
        rule=ID,
        key=key,
        message=message,
        labels=tuple(Label(fact.span, fact.value.text) for fact in found),
        values=(kind, *sorted({fact.value.text for fact in found})),
        severity=severity,
        fix=Fix(kind in _SAFE, edits) if edits else None,
    )
