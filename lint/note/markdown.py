"""The one adapter to the Markdown parser: a note as blocks of plain text that know where they stand.

pyromark (pulldown-cmark) gives byte ranges. The text is made ASCII, character
for character, before it is parsed, so that its ranges are code points.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from bisect import bisect_left
from typing import Any

import pyromark

from ..language.english import english
from ..model import Note
from .blocks import Block, Link, Parts
from .citations import Citation, citations, masked
from .comments import comments, filled
from .joining import BULLETS, Piece, join

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_FOOTNOTES
)

_CALLOUT = re.compile(r"\[!\s*([\w-]+)\s*(?:\|[^\]\n]*)?\][+-]?")
_TAG = re.compile(r"<[^<>]*>")
_INLINE = {"Emphasis", "Strikethrough", "Subscript", "Superscript"}
_QUOTE_CALLOUTS = {"quote", "cite"}
_TERMINAL = re.compile(r"[.!?:;…][\"'”’)\]]*\s*\Z")
_HARD_WRAP = 60
"""A line of plain text at least this long that ends in mid-sentence was wrapped, not ended."""


class _Ascii(dict[int, str]):
    """Translate to ASCII one for one, so that the parser sees what it would have seen.

    It asks of a character only whether it is punctuation, space or neither.
    """

    def __missing__(self, point: int) -> str:
        if point < 128:
            char = chr(point)
        else:
            category = unicodedata.category(chr(point))
            char = "'" if category[0] in "PS" else " " if category == "Zs" and point != 0xA0 else "x"
        self[point] = char
        return char


_ASCII = _Ascii()
_OTHER = re.compile(r"[^\x00-\x7f]+")

_CODE = ("`", "~~~", "    ", "\t")
"""Without one of these there is no code in a note."""


def _to_ascii(match: re.Match[str]) -> str:
    return match[0].translate(_ASCII)


def parts(note: Note) -> Parts:
    """Take a note apart, keeping the result with the note."""
    kept: Parts | None = note.__dict__.get("_parts")
    if kept is None:
        kept = _Reader(note).read()
        note.__dict__["_parts"] = kept
    return kept


def _events(source: str) -> list[tuple[Any, Any]]:
    return list(pyromark.events_with_range(source, options=_OPTIONS))


def _code(source: str, events: list[tuple[Any, Any]]) -> list[tuple[int, int]]:
    """Give the ranges of blocks and spans of code."""
    if not any(mark in source for mark in _CODE):
        return []
    return [
        (place["start"], place["end"])
        for event, place in events
        if event.__class__ is dict and ("Code" in event or "CodeBlock" in event.get("Start", ()))
    ]


class _Reader:
    """One pass over the parser's events; collects the pieces of source that make each block's text."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.text = note.text
        self.plain = note.path.endswith(".txt")
        self.found = Parts()
        self.pieces: list[Piece] = []
        self.quotes: list[str] = []
        self.items = 0
        self.heading = 0
        self.cell = False
        self.cell_end = 0
        self.loose: list[Citation] = []  # of a cell that has no words, for the words of its row
        self.strong_end = -1
        self.links: list[Link] = []  # not yet ended
        self.wiki = 0  # of these, wiki links
        self.code = False
        self.next_citation = 0

    def read(self) -> Parts:
        text, base = self.text, self.note.body
        rest = self.found.rest = masked(text)
        body = rest[base:]
        source = body if body.isascii() else _OTHER.sub(_to_ascii, body)
        events = _events(source)
        self.found.code = [(start + base, end + base) for start, end in _code(source, events)]
        if ("<!--" in source or "%%" in source) and (hidden := comments(text, base, self.found.code)):
            self.found.hidden = hidden
            source = filled(source, [(start - base, end - base) for start, end in hidden])
            events = _events(source)
            self.found.code = [(start + base, end + base) for start, end in _code(source, events)]
        unseen = sorted(self.found.code + self.found.hidden)
        self.found.citations = citations(text, base, unseen, self.note.source, rest)
        for event, place in events:
            start, end = place["start"] + base, place["end"] + base
            if event.__class__ is str:
                self.sign(event, start, end)
                continue
            name, value = event.popitem()
            if name == "Text":
                self.words(value, start, end)
            elif name == "Start":
                self.enter(value, start, end)
            elif name == "End":
                self.leave(value if value.__class__ is str else next(iter(value)), end)
            elif name == "Code":
                ticks = 1
                while text.startswith("`", start + ticks):
                    ticks += 1
                self.pieces.append((start + ticks, end - ticks, None))
            elif name == "Html":
                self.html(start, end)
            elif name == "InlineHtml" and value[:3].lower() == "<br":
                self.line_break(start, end, hard=True)
        self.flush()
        self.found.links.sort(key=lambda link: link.start)
        self.found.english = english(block.passage.text for block in self.found.blocks)
        return self.found

    def sign(self, event: str, start: int, end: int) -> None:
        if event == "Rule":
            self.flush()
        elif event in ("SoftBreak", "HardBreak") and not self.code:
            self.line_break(start, end, hard=event == "HardBreak")

    def words(self, value: str, start: int, end: int) -> None:
        if self.code:
            return
        text = self.text
        if self.found.hidden and (shown := self._shown(start, end)) != [(start, end)]:
            self.pieces += [(a, b, None) for a, b in shown]
            return
        if self.wiki:
            while start < end and text[start] in " \t":
                start += 1
            while start < end and text[end - 1] in " \t":
                end -= 1
            self.pieces.append((start, end, None))
        else:
            entity = len(value) != end - start
            self.pieces.append((start, end, html.unescape(text[start:end]) if entity else None))

    def enter(self, value: Any, start: int, end: int) -> None:
        tag = value if value.__class__ is str else next(iter(value))
        if tag == "Link" or tag == "Image":
            self.link(tag, value[tag], start, end)
        elif tag == "Strong" or tag in _INLINE:
            return
        else:
            self.flush()
            self.code = tag == "CodeBlock"
            if not self.code:
                self.open(tag, value)
                self.cell_end = end

    def link(self, tag: str, value: dict[str, Any], start: int, end: int) -> None:
        how = value["link_type"]
        if how.__class__ is dict and "WikiLink" in how:
            self.wiki += 1
            self.links.append(Link("wiki", self.wiki_target(start, end), start, end, "", bool(self.heading)))
        else:
            kind = "image" if tag == "Image" else "auto" if how in ("Autolink", "Email") else "inline"
            self.links.append(Link(kind, value["dest_url"], start, end, "", bool(self.heading)))

    def leave(self, tag: str, end: int) -> None:
        if tag == "Link" or tag == "Image":
            link = self.links.pop()
            self.wiki -= link.kind == "wiki"
            text = self.text
            # what a link holds came last: a line of ten thousand links is not read ten thousand times
            inside = list(itertools.takewhile(lambda piece: piece[0] >= link.start, reversed(self.pieces)))
            link.label = "".join(text[a:b] if c is None else c for a, b, c in reversed(inside)).strip()
            self.found.links.append(link)
        elif tag == "Strong":
            self.strong_end = end
        elif tag == "CodeBlock":
            self.code = False
        elif tag not in _INLINE:
            self.close(tag)

    def wiki_target(self, start: int, end: int) -> str:
        inner = self.text[start:end].lstrip("!")[2:-2]
        return inner.replace("\\|", "|").split("|", 1)[0]

    def open(self, tag: str, value: Any) -> None:
        if tag == "BlockQuote":
            self.quotes.append("quote?")
        elif tag == "Item":
            self.items += 1
        elif tag == "Heading":
            self.heading = int(value["Heading"]["level"][1])
        elif tag == "TableCell":
            self.cell = True

    def close(self, tag: str) -> None:
        self.flush()
        if tag == "BlockQuote":
            self.quotes.pop()
        elif tag == "Item":
            self.items -= 1
        elif tag == "Heading":
            self.heading = 0
        elif tag == "TableCell":
            self.cell = False

    def html(self, start: int, end: int) -> None:
        for at, stop in self._shown(start, end) if self.found.hidden else ((start, end),):
            for tag in _TAG.finditer(self.text, at, stop):
                if tag.start() > at:
                    self.pieces.append((at, tag.start(), None))
                at = tag.end()
            if at < stop:
                self.pieces.append((at, stop, None))

    def _shown(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give what comments leave of a range."""
        hidden, shown = self.found.hidden, []
        at = bisect_left(hidden, (start, start))
        for a, b in hidden[max(0, at - 1) : bisect_left(hidden, (end, end))]:
            if b > start:
                shown.append((start, a))
                start = b
        return [(a, b) for a, b in (*shown, (start, end)) if a < b]

    def line_break(self, start: int, end: int, *, hard: bool) -> None:
        """Go on to the next line: in the same block, unless plain text began a new one there."""
        follows = self.text[end : end + 80].lstrip(" \t>")[:1]
        if follows and follows in BULLETS:
            self.flush()
            return
        before = self.pieces[-1] if self.pieces else None
        if before is None:
            return
        if hard and not self.quotes:
            self.flush()
            return
        if self.plain and not self.quotes:
            line_start = self.text.rfind("\n", 0, start) + 1
            line = self.text[line_start:start]
            if len(line) < _HARD_WRAP or _TERMINAL.search(line):
                self.flush()
                return
        if self.quotes and self.quotes[-1] == "quote?" and _CALLOUT.match(self.text, self.pieces[0][0]):
            self.flush()
            return
        self.pieces.append((start, start + 1, " "))

    def flush(self) -> None:
        """End the current block, if there is any text in it."""
        pieces, strong_end = self.pieces, self.strong_end
        self.strong_end = -1
        if not pieces:
            return
        start = pieces[0][0]
        if not self.text.startswith(("**", "__"), start - 2):
            strong_end = -1
        joined = join(self.text, pieces, self._citations_until(pieces[-1][1]), strong_end)
        kind = self._kind(start)
        pieces.clear()
        marks, cited = joined.marks, joined.cited
        if not joined.text and not marks:
            return
        if kind == "cell":
            if not joined.text:
                self._lend(marks)
                return
            if self.loose:
                line = self.note.place(joined.first)[0]
                near = [citation for citation in self.loose if citation.line == line]
                marks += near
                cited += [len(joined.text)] * len(near)
                self.loose.clear()
        self.found.blocks.append(
            Block(
                kind,
                self.heading or self.items,
                joined.passage(self.note),
                joined.lead,
                tuple(marks),
                tuple([min(len(joined.text), at) for at in cited]),
            )
        )

    def _citations_until(self, end: int) -> list[Citation]:
        """Take the citations that stand before the end of the block's line, or of its cell."""
        stop = self.cell_end if self.cell else self.text.find("\n", end)
        if stop < 0:
            stop = len(self.text)
        every, at = self.found.citations, self.next_citation
        while self.next_citation < len(every) and every[self.next_citation].start < stop:
            self.next_citation += 1
        return every[at : self.next_citation]

    def _lend(self, marks: list[Citation]) -> None:
        """Give the citations of a table cell without words to the words before it in the row, or keep them for those after."""
        before = self.found.blocks[-1] if self.found.blocks else None
        if before is not None and before.kind == "cell" and before.passage.line == marks[0].line:
            before.citations += tuple(marks)
            before.cited += (len(before.passage.text),) * len(marks)
        else:
            self.loose += marks

    def _kind(self, start: int) -> str:
        if self.heading:
            return "heading"
        if self.cell:
            return "cell"
        if self.quotes:
            if self.quotes[-1] == "quote?":
                callout = _CALLOUT.match(self.text, start) or _CALLOUT.match(self.text, start - 2)
                if callout is not None:
                    self.quotes[-1] = "quote" if callout[1].lower() in _QUOTE_CALLOUTS else "callout"
                    return "callout"
                self.quotes[-1] = "quote"
            return self.quotes[-1]
        return "item" if self.items or (self.plain and self._bulleted(start)) else "text"

    def _bulleted(self, start: int) -> bool:
        line = self.text[self.text.rfind("\n", 0, start) + 1 : start + 1].strip()
        return bool(line) and line[0] in BULLETS
