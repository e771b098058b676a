"""Markup does not work: its reader sees brackets and tags, or not what was meant.

A callout without its ">", a heading in the line of a sentence and Markdown in a
block of HTML show as plain text; a link around an anchor, an anchor that is
never closed, has no time or another class than all others, a link in a link, in
a word or with two pipes, a citation in a block of code, and the bar of a link in
a table, show their own markup or part what belongs together; an anchor without
text cannot be seen or clicked.

As information: a word whose ending stands behind its link, an edited word that
is none, and a sentence right below a list or a quotation, which readers of
Markdown show as part of it.

Example: a line that begins with `[!note]` and no `>`.

Known false alarms: none known.

To fix it, write the markup as it works elsewhere in the notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import texts
from ..lint.note.told import Said, alone

ID = "text-markup"
SEVERITY: Severity = "warning"
SCOPE: Scope = "note"

extract = texts.by_source

_SAID = {
    "callout": Said('callout "{}" outside of a block quote', "{n} callouts outside of block quotes"),
    "html": Said("Markdown in a block of HTML, where it does not work: {}", "{n} blocks of HTML with Markdown in them"),
    "doubled": Said("a citation inside the address of a link", "{n} citations inside the addresses of links"),
    "anchor": Said("an anchor that is not whole", "{n} anchors that are not whole"),
    "fenced": Said(
        "a citation inside a block of code, which shows its markup",
        "{n} citations inside blocks of code, which show their markup",
    ),
    "blank": Said("an anchor without text, which no reader sees", "{n} anchors without text, which no reader sees"),
    "pipes": Said("a wiki link with two pipes", "{n} wiki links with two pipes"),
    "nested": Said("a wiki link inside another", "{n} wiki links inside others"),
    "unclosed": Said("a wiki link that is not closed", "{n} wiki links that are not closed"),
    "glued": Said(
        'a heading that goes on in the line of a sentence: "{}"', "{n} headings that go on in the lines of sentences"
    ),
    "celled": Said(
        "a wiki link whose bar ends its cell of a table", "{n} wiki links whose bars end their cells of tables"
    ),
    "cut": Said("a wiki link in the middle of a word", "{n} wiki links in the middle of words"),
    "tail": Said("a word that goes on behind its link", "{n} words that go on behind their links", "info"),
    "edited": Said('an edited word that is none: "{}"', "{n} edited words that are none", "info"),
    "trailing": Said(
        "a sentence that is shown as part of the list or quotation above it",
        "{n} sentences that are shown as parts of the lists or quotations above them",
        "info",
    ),
}


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report, once a note and a kind, what is wrong with its markup."""
    return alone(ID, key, _SAID, facts)
