"""Headings, leads or marks are unlike those of the rest of the note, or of the other notes on the source.

In one note: headings that skip a level, that end in a colon, or whose level is
not that of the others they are numbered with; bold lines in the place of
headings; callouts that say in their title what belongs below it; links within
a quotation, as what is quoted had none; the colon of a bold lead on the other
side of the asterisks; a few curly apostrophes among straight ones, or single
quotation marks among double ones.

Between the notes on a source: titles of books and films in italics here and in
quotation marks there; bold leads without a colon; no empty line below the line
that all notes begin with.

Example: `'deep sleep'` in a note that has double quotation marks elsewhere.

Known false alarms: a difference that means something in the vault.

To fix it, write what stands out as the rest is written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import texts
from ..lint.note.layout import MIN_LEADS
from ..lint.note.links import bare
from ..lint.note.texts import Habits
from ..lint.note.told import MIN_OTHERS, Said, alone, habits, spots, unlike

ID = "text-style"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = texts.by_source

_SAID = {
    "titled": Said("a callout with its text in its title", "{n} callouts with their text in their titles"),
    "colon": Said(
        "a heading with a colon at its end, unlike the others",
        "{n} headings with a colon at their ends, unlike the others",
    ),
    "level": Said("a heading of the first level among lower ones", "{n} headings of the first level among lower ones"),
    "skipped": Said("a heading two levels below the one before it", "{n} headings two levels below the one before"),
    "numbered": Said(
        'a heading of another level than the number before it: "{}"',
        "{n} headings of other levels than the numbers before them",
    ),
    "bold": Said("a bold line in place of a heading", "{n} bold lines in place of headings"),
    "quoting": Said("a wiki link within a quotation", "{n} wiki links within quotations"),
    "side": Said(
        'a bold lead whose colon is not where the others of the note have theirs: "{}"',
        "{n} bold leads whose colons are not where the others of the note have theirs",
    ),
    "apostrophe": Said(
        'an apostrophe unlike the others of the note: "{}"',
        "{n} apostrophes unlike the others of the note",
    ),
    "single": Said(
        "single quotation marks, unlike the others of the note: {}",
        "single quotation marks in {n} places, unlike the others of the note",
    ),
}

_LEAD = Said("a bold lead without a colon", "{n} bold leads without a colon")

# How notes mark the title of a work.
_WORKS = {"italic": "in italics", "quoted": "in quotation marks"}


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report, once a note and a kind, what stands out in its layout, and works whose titles are marked in two ways."""
    yield from alone(ID, key, _SAID, facts)
    yield from _works(key, facts)
    notes = habits(facts)
    for path, kind, found in spots(facts, {"lead"}):
        having = _leads(notes[path], [note for other, note in notes.items() if other != path], len(found))
        if having:
            yield unlike(ID, key, kind, found, f"{_LEAD.of(found)}, which {having}")
    yield from _openings(key, facts, Counter(note.opening for note in notes.values()))


def _leads(own: Habits, notes: list[Habits], found: int) -> str | None:
    """Say what has the colon that some leads of a note lack; without it they run into their sentences."""
    if own.colons >= MIN_LEADS and own.colons > own.leads:
        return f"{own.colons} others of the note have"
    others = sum(note.colons >= MIN_LEADS and not note.leads for note in notes)
    if others >= (MIN_OTHERS if found < MIN_LEADS else 1):
        return f"those of {others} other note{'s' if others > 1 else ''} on the source have"
    return None


def _openings(key: str, facts: Group, usual: Counter[str]) -> Iterator[Finding]:
    """Report the lines that open a note without an empty one below; `usual` counts the notes that open so with one."""
    close = [places for _, _, places in spots(facts, {"opening"})]
    rare = Counter(places[0].value.text for places in close)
    for places in close:
        line = places[0].value.text
        if usual[line] >= MIN_OTHERS and usual[line] > rare[line]:
            message = f'no empty line below "{line}"; {usual[line]} other notes on the source have one'
            yield unlike(ID, key, "opening", places, message)


def _works(key: str, facts: Group) -> Iterator[Finding]:
    """Report the titles of works that notes on the source mark in two ways."""
    titles: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for _, kind, found in spots(facts, _WORKS):
        for fact in found:
            titles[bare(fact.value.text)][kind].append(fact)
    for core, marked in sorted(titles.items()):
        if len(marked) < len(_WORKS):
            continue
        (many, usual), (few, rare) = sorted(marked.items(), key=lambda item: (-len(item[1]), item[0]))
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
                Vote(_WORKS[kind], len(found), (), tuple(fact.span.path for fact in found))
                for kind, found in ((many, usual), (few, rare))
            ),
        )
