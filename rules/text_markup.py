"""Markup that does not work, or unlike that of the other notes on the source.

A callout without its ">" shows as plain text; a link around an anchor, an
anchor that is never closed or has no time, a link in a link, in a word or with
two pipes show their own markup or part what belongs together; an anchor
without text cannot be seen or clicked.

As information: the same citation twice in a row, and citations that run into
one another; citations in headings, which end up in tables of contents and link
targets, or in paragraphs of their own; a link within a quotation, as what is
quoted had none; a word whose ending stands behind its link; a sentence right
below a list, which readers of Markdown show as part of its last item; headings
that skip a level, and bold lines in their place; callouts that say in their
title what belongs below it; and where the rest of the note has it otherwise, a
colon after a heading or on the other side of a bold lead's asterisks, a
citation without the hour, a curly apostrophe or single quotation marks.

And what a note has otherwise than those beside it on the source: titles of
books and films in italics here and in quotation marks there; citations that are
bare brackets, lack them, or follow the full stop where the others have anchors,
brackets, and the full stop last; bold leads without a colon.

Example: a line that begins with `[!note]` and no `>`.

Known false alarms: a vault whose reader turns bare brackets into links itself.

To fix it, write the markup as the other notes have it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Edit, Fact, Finding, Fix, Group, Label, Scope, Severity, Vote
from ..lint.note import texts
from ..lint.note.layout import MIN_LEADS
from ..lint.note.links import bare
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
    "cut": ("a wiki link in the middle of a word", "{n} wiki links in the middle of words", None),
    "tail": ("a word that goes on behind its link", "{n} words that go on behind their links", "info"),
    "blank": ("an anchor without text, which no reader sees", "{n} anchors without text, which no reader sees", None),
    "quoting": ("a wiki link within a quotation", "{n} wiki links within quotations", "info"),
    "joined": ("two citations without a space between them", "{n} citations without a space before them", "info"),
    "twice": ("the same citation twice in a row", "{n} times the same citation twice in a row", "info"),
    "titled": ("a callout with its text in its title", "{n} callouts with their text in their titles", "info"),
    "lone": ("a citation in a paragraph of its own", "{n} citations in paragraphs of their own", "info"),
    "short": (
        "a citation without the hour, {other} have it",
        "{n} citations without the hour, {other} have it",
        "info",
    ),
    "colon": (
        "a heading with a colon at its end, unlike the others",
        "{n} headings with a colon at their ends, unlike the others",
        "info",
    ),
    "level": (
        "a heading of the first level among lower ones",
        "{n} headings of the first level among lower ones",
        "info",
    ),
    "skipped": ("a heading two levels below the one before it", "{n} headings two levels below the one before", "info"),
    "bold": ("a bold line in place of a heading", "{n} bold lines in place of headings", "info"),
    "side": (
        'a bold lead whose colon is not where the others of the note have theirs: "{}"',
        "{n} bold leads whose colons are not where the others of the note have theirs",
        "info",
    ),
    "trailing": (
        "a sentence that is shown as part of the list above it",
        "{n} sentences that are shown as parts of the lists above them",
        "info",
    ),
    "apostrophe": (
        'an apostrophe unlike the others of the note: "{}"',
        "{n} apostrophes unlike the others of the note",
        "info",
    ),
    "single": (
        "single quotation marks, unlike the others of the note: {}",
        "{n} times single quotation marks, unlike the others of the note",
        "info",
    ),
    "heading": ("a citation in a heading", "{n} citations in headings", "info"),
    "anchored": ("one citation is an anchor, {other} are bare", "{n} citations are anchors, {other} are bare", "info"),
    "mixed": ("one citation is bare, {other} are anchors", "{n} citations are bare, {other} are anchors", "info"),
}

# What a note may have unlike the others on its source, and what those have.
_UNLIKE = {
    "bare": ("a citation in bare brackets", "{n} citations in bare brackets", "anchors"),
    "plain": ("a citation without brackets in its anchor", "{n} citations without brackets in their anchors", "them"),
    "lead": ("a bold lead without a colon", "{n} bold leads without a colon", "one"),
    "behind": ("a citation behind the full stop", "{n} citations behind the full stop", "them before it"),
}

# Without a mark a lead runs into its sentence, however many do.
_WRONG = {"lead"}

# How notes mark the title of a work.
_WORKS = {"italic": "in italics", "quoted": "in quotation marks"}

# Two other notes are a habit; one is the other half of a difference.
MIN_OTHERS = 2

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
    yield from _works(key, [fact for (_, kind), found in spots.items() if kind in _WORKS for fact in found])
    habits = _habits(list(stamps.values()))
    for (path, kind), found in sorted(spots.items()):
        if kind in _SAID:
            yield _finding(key, kind, found, stamps.get(path))
        elif kind in _UNLIKE:
            own = stamps[path]
            others, few = habits[kind]
            if kind == "lead" and own.colons >= MIN_LEADS and own.colons > own.leads:
                yield _unlike(key, kind, found, f"{own.colons} others of the note have one")
            elif others >= MIN_OTHERS and (others > few or kind in _WRONG) and len(found) >= MIN_STAMPS:
                yield _unlike(key, kind, found, f"{others} other notes on the source have {_UNLIKE[kind][2]}")


def _works(key: str, spots: list[Fact]) -> Iterator[Finding]:
    """Report the titles of works that notes on the source mark in two ways."""
    titles: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in spots:
        titles[bare(fact.value.text)][fact.value.kind].append(fact)
    for core, found in sorted(titles.items()):
        if len(found) < len(_WORKS):
            continue
        (many, usual), (few, rare) = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        yield Finding(
            rule=ID,
            key=key,
            message=f'the title "{rare[0].value.text}" is {_WORKS[few]} here, {_WORKS[many]} elsewhere',
            labels=(
                *(Label(fact.span, fact.value.text, "variant") for fact in rare),
                *(Label(fact.span, fact.value.text, "evidence") for fact in usual),
            ),
            values=("title", core),
            ballot=tuple(
                Vote(_WORKS[kind], len(facts), (), tuple(fact.span.path for fact in facts))
                for kind, facts in ((many, usual), (few, rare))
            ),
            severity="info",
        )


def _habits(notes: list[Stamps]) -> dict[str, tuple[int, int]]:
    """Give, for each habit that a note may depart from, how many notes have it and how many have the other."""
    stamped = [note for note in notes if note.anchors >= MIN_STAMPS]
    return {
        "bare": (
            sum(note.bare * 4 < note.anchors for note in stamped),
            sum(note.anchors == 0 and note.bare >= MIN_STAMPS for note in notes),
        ),
        "plain": (
            sum(note.plain == 0 for note in stamped),
            sum(note.plain * 2 > note.anchors for note in stamped),
        ),
        "lead": (
            sum(note.colons >= MIN_LEADS and not note.leads for note in notes),
            sum(note.leads >= MIN_LEADS and note.leads > note.colons for note in notes),
        ),
        "behind": (
            sum(note.behind == 0 and note.before >= MIN_STAMPS for note in stamped),
            sum(note.behind > note.before for note in stamped),
        ),
    }


def _unlike(key: str, kind: str, found: list[Fact], others: str) -> Finding:
    one, many, _ = _UNLIKE[kind]
    return Finding(
        rule=ID,
        key=key,
        message=f"{one if len(found) == 1 else many.format(n=len(found))}; {others}",
        labels=tuple(Label(fact.span, fact.value.text) for fact in found),
        values=(kind, found[0].span.path.rpartition("/")[2]),
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
