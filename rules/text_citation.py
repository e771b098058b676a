"""Citations are in the reader's way, or written unlike the others of the note or of the source.

The same citation twice in a row, or behind a bold lead and at the end of its
line again; citations that run into one another, and more of them after one
statement than anybody looks up; citations in headings, which end up in tables of
contents and link targets, or in paragraphs of their own; a few bare brackets
among anchors, a few anchors among bare brackets, a label without the hour where
the others of the note have it. And, where the other notes on the source have it
otherwise, citations that are bare brackets, lack the brackets, or follow the
full stop.

Example: `[00:01:47]` in one note, and anchors in all others.

Known false alarms: a vault whose reader turns bare brackets into links itself.

To fix it, write the citations as the other notes have them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import texts
from ..lint.note.citing import MIN_STAMPS, Stamps
from ..lint.note.told import MIN_OTHERS, Said, alone, habits, spots, unlike

ID = "text-citation"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = texts.by_source

_SAID = {
    "twice": Said("the same citation twice in a row", "the same citation twice in a row, in {n} places"),
    "led": Said(
        "the same citation behind a bold lead and at the end of its line",
        "the same citation behind a bold lead and at the end of its line, in {n} places",
    ),
    "joined": Said("two citations without a space between them", "{n} citations without a space before them"),
    "run": Said(
        "more citations in a row than anybody looks up", "more citations in a row than anybody looks up, in {n} places"
    ),
    "lone": Said("a citation in a paragraph of its own", "{n} citations in paragraphs of their own"),
    "heading": Said("a citation in a heading", "{n} citations in headings"),
    "short": Said(
        "a citation without the hour, unlike the others of the note",
        "{n} citations without the hour, unlike the others of the note",
    ),
    "anchored": Said(
        "a citation that is an anchor, where the others of the note are bare",
        "{n} citations that are anchors, where the others of the note are bare",
    ),
    "mixed": Said(
        "a citation in bare brackets, where the others of the note are anchors",
        "{n} citations in bare brackets, where the others of the note are anchors",
    ),
}

# What a note may have unlike the others on its source, and what those have.
_UNLIKE = {
    "bare": ("citations in bare brackets", "anchors"),
    "plain": ("citations without brackets in their anchors", "them"),
    "behind": ("citations behind the full stop", "them before it"),
}

# Edits that no reader could want otherwise.
_SAFE = {"twice"}


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report, once a note and a kind, the citations that stand out."""
    customs = _customs([note.stamps for note in habits(facts).values()])
    bare: set[str] = set()
    for path, kind, found in spots(facts, _UNLIKE):
        others, few = customs[kind]
        if others >= MIN_OTHERS and others > few and len(found) >= MIN_STAMPS:
            what, have = _UNLIKE[kind]
            message = f"{len(found)} {what}; {others} other notes on the source have {have}"
            yield unlike(ID, key, kind, found, message)
            if kind == "bare":
                bare.add(path)
    for finding in alone(ID, key, _SAID, facts, _SAFE):
        # where the other notes have anchors, it is not the few anchors of a note that are odd
        if finding.values[0] != "anchored" or finding.labels[0].span.path not in bare:
            yield finding


def _customs(notes: list[Stamps]) -> dict[str, tuple[int, int]]:
    """Give, for each custom that a note may depart from, how many notes have it and how many have the other."""
    stamped = [note for note in notes if note.anchors >= MIN_STAMPS]
    return {
        "bare": (
            sum(note.bare * 4 < note.anchors for note in stamped),
            sum(note.bare > note.anchors and note.bare >= MIN_STAMPS for note in notes),
        ),
        "plain": (
            sum(note.plain == 0 for note in stamped),
            sum(note.plain * 2 > note.anchors for note in stamped),
        ),
        "behind": (
            sum(note.behind == 0 and note.before >= MIN_STAMPS for note in stamped),
            sum(note.behind > note.before for note in stamped),
        ),
    }
