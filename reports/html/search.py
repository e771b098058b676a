"""The search over a report of many pages: pages from a disk cannot read one another, so each carries what it can find."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...lint.model import SEVERITIES
from ..words import clip, visible
from . import page
from .parting import Entry, chunks, numbered, pager
from .view import STATUS, short

if TYPE_CHECKING:
    from .site import Site

SEARCH_BYTES = 850_000
"""Weight of what one search page can find."""

WORDS_BYTES = 450_000
"""Weight of the words by which a search page knows what is on the others."""

MOST_PARTS = 30
"""Search pages that such a word can tell apart."""

_WORD = re.compile(r"[^\s\"“”'’.,;:()\[\]/_-]{2,40}")
"""What a reader might look for: words without the marks around them."""


def search(site: Site, rows: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """Give the search pages for these findings."""
    path = f"{site.folder}search.html"
    rules = sorted({row.entry.item.head.rule for row in rows})
    choices = site.choices(site.judged)
    parts = chunks(rows, lambda row: row.weight, SEARCH_BYTES)
    words = _words(parts) if len(parts) > 1 else {}
    for number, part in enumerate(parts, 1):
        at = numbered(path, number)
        keys, pages, notes = _Numbers(), _Numbers(), _Numbers()
        found = [
            (
                row.message,
                rules.index(row.entry.item.head.rule),
                SEVERITIES.index(row.entry.item.severity),
                list(STATUS).index(row.entry.item.status),
                keys[row.entry.key],
                pages[row.entry.page],
                row.entry.card,
                [notes[name] for name in row.notes],
                row.more,
            )
            for row in part
        ]
        data = {
            "rules": rules,
            "severities": SEVERITIES,
            "statuses": list(STATUS),
            "sources": [(site.sections.names[key], visible(key)) for key in keys],
            "pages": [site.to(at, target) for target in pages],
            "notes": list(notes),
            "words": words,
            "part": number,
            "rows": found,
        }
        text = page.render(
            "search.html.j2",
            **site.shell(at, "Search"),
            told="Looks in messages, values, sources and the names of notes.",
            data=page.data(data),
            pager=pager(path, number, len(parts)),
            choices=choices,
        )
        yield at, text


class Found:
    """A finding as the search sees it: its message, and the notes and values that are looked through besides."""

    __slots__ = ("entry", "message", "more", "notes", "source")

    def __init__(self, entry: Entry, source: str) -> None:
        found = entry.item.finding
        self.entry, self.source = entry, source
        self.message = clip(visible(found.message), 160)
        self.notes = [visible(name) for name in dict.fromkeys(short(label.span.path) for label in found.labels[:4])]
        values = dict.fromkeys([*(vote.value for vote in found.ballot[:4]), found.suggestion or ""])
        self.more = clip(visible(" ".join(value for value in values if value not in found.message)), 120)

    @property
    def weight(self) -> int:
        """The bytes of its row, about."""
        return len(self.message.encode()) + len(self.more.encode()) + 60

    @property
    def text(self) -> str:
        """All that is looked through."""
        head = self.entry.item.head
        return " ".join((self.message, head.rule, self.source, visible(self.entry.key), *self.notes, self.more))


class _Numbers(dict[str, int]):
    """Numbers for what recurs, given out as it comes."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


def _words(parts: Sequence[Sequence[Found]]) -> dict[str, int]:
    """Give for each word in which search pages it occurs: page n by the bit of value 2**(n - 1).

    Nothing where there are more pages than a script's number has bits, or more words than a page can carry.
    """
    found: dict[str, int] = {}
    if len(parts) > MOST_PARTS:
        return found
    for number, part in enumerate(parts):
        bit = 1 << number
        for word in {word for row in part for word in _WORD.findall(bare(row.text))}:
            found[word] = found.get(word, 0) | bit
    return dict(sorted(found.items())) if sum(len(word.encode()) + 8 for word in found) <= WORDS_BYTES else {}


def bare(text: str) -> str:
    """Give text as the page's script compares it: without accents (all that Unicode calls marks) and case."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        for char in set(text):
            if unicodedata.category(char).startswith("M"):
                text = text.replace(char, "")
    return text.lower()
