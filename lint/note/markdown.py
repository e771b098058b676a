"""The one adapter to the Markdown parser: a note as blocks of plain text that know where they stand.

pyromark (pulldown-cmark) gives byte ranges. The text is made ASCII, character
for character, before it is parsed, so that its ranges are code points.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pyromark

from ..model import Note, Passage
from .citations import Citation, citations, masked

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_FOOTNOTES
)

_CALLOUT = re.compile(r"\[!\s*([\w-]+)\s*(?:\|[^\]\n]*)?\][+-]?")
_BULLET = "•◦▪‣●○–"
_TAG = re.compile(r"<[^<>]*>")
_QUOTE_CALLOUTS = {"quote", "cite"}
_TERMINAL = re.compile(r"[.!?:;…][\"'”’)\]]*\s*\Z")
_HARD_WRAP = 60
"""A line of plain text at least this long that ends in mid-sentence was wrapped, not ended."""


@dataclass(slots=True)
class Link:
    """A link of a note: where it leads, as written, and its place in code points.

    `kind` is `wiki`, `inline`, `image` or `auto`; `anchor` what follows `#`.
    """

    kind: str
    target: str
    start: int
    end: int
    label: str = ""
    heading: bool = False


@dataclass(slots=True)
class Block:
    """One paragraph, list item, heading, table cell or block quote, with the citations in it.

    `kind` is `text`, `item`, `heading`, `quote`, `callout` or `cell`; `level`
    the heading's level or the item's depth. `lead` is the length of a bold
    lead ("**Foo:** ...") in the passage. `cited` holds, for each citation, how
    much of the passage stands before it.
    """

    kind: str
    level: int
    passage: Passage
    lead: int = 0
    citations: tuple[Citation, ...] = ()
    cited: tuple[int, ...] = ()


@dataclass(slots=True)
class Parts:
    """All of a note's parts, in reading order; `rest` is its text with plain citations masked, of the same length."""

    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    rest: str = ""


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


class _Reader:
    """One pass over the parser's events; collects the pieces of source that make each block's text."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.text = note.text
        self.plain = note.path.endswith(".txt")
        self.found = Parts()
        self.pieces: list[tuple[int, int, str | None]] = []  # source start, end, replacement
        self.kind = "text"
        self.quotes: list[str] = []
        self.items = 0
        self.heading = 0
        self.cell = False
        self.cell_end = 0
        self.loose: list[Citation] = []  # of a cell that has no words, for the words of its row
        self.strong = 0
        self.strong_end = -1
        self.links: list[Link] = []
        self.next_citation = 0

    def read(self) -> Parts:
        note, text = self.note, self.text
        rest = self.found.rest = masked(text)
        body = rest[note.body :]
        source = body if body.isascii() else _OTHER.sub(_to_ascii, body)
        base = note.body
        pieces = self.pieces
        code_at = -1
        wiki = 0
        events: list[tuple[Any, Any]] = list(pyromark.events_with_range(source, options=_OPTIONS))
        if any(mark in source for mark in _CODE):
            for event, place in events:
                if event.__class__ is dict and ("Code" in event or "CodeBlock" in event.get("Start", ())):
                    self.found.code.append((place["start"] + base, place["end"] + base))
        self.found.citations = citations(text, base, self.found.code, note.source, rest)
        for event, place in events:
            start, end = place["start"] + base, place["end"] + base
            if event.__class__ is str:
                if event in ("SoftBreak", "HardBreak"):
                    if code_at < 0:
                        self.line_break(start, end, hard=event == "HardBreak")
                elif event == "Rule":
                    self.flush()
                continue
            name, value = event.popitem()
            if name == "Text":
                if code_at >= 0:
                    continue
                if wiki:
                    while start < end and text[start] in " \t":
                        start += 1
                    while start < end and text[end - 1] in " \t":
                        end -= 1
                pieces.append(
                    (start, end, html.unescape(text[start:end]) if len(value) != end - start and not wiki else None)
                )
            elif name == "Start":
                tag = value if isinstance(value, str) else next(iter(value))
                if tag == "Link" or tag == "Image":
                    info = value[tag]
                    kind = info["link_type"]
                    is_wiki = isinstance(kind, dict) and "WikiLink" in kind
                    wiki += is_wiki
                    link_kind = (
                        "wiki"
                        if is_wiki
                        else "image"
                        if tag == "Image"
                        else "auto"
                        if kind in ("Autolink", "Email")
                        else "inline"
                    )
                    target = self.wiki_target(start, end) if is_wiki else info["dest_url"]
                    self.links.append(Link(link_kind, target, start, end, "", bool(self.heading)))
                elif tag == "Strong":
                    self.strong += 1
                elif tag in ("Emphasis", "Strikethrough", "Subscript", "Superscript"):
                    pass
                else:
                    if tag == "CodeBlock":
                        self.flush()
                        code_at = start
                    else:
                        self.open(tag, value)
                        self.cell_end = end
            elif name == "End":
                tag = value if isinstance(value, str) else next(iter(value))
                if tag == "Link" or tag == "Image":
                    link = self.links.pop()
                    wiki -= link.kind == "wiki"
                    link.label = "".join(
                        text[a:b] if c is None else c for a, b, c in pieces if link.start <= a < link.end
                    ).strip()
                    self.found.links.append(link)
                elif tag == "Strong":
                    self.strong -= 1
                    self.strong_end = end
                elif tag in ("Emphasis", "Strikethrough", "Subscript", "Superscript"):
                    pass
                elif tag == "CodeBlock":
                    code_at = -1
                else:
                    self.close(tag)
            elif name == "Code":
                ticks = 1
                while text.startswith("`", start + ticks):
                    ticks += 1
                pieces.append((start + ticks, end - ticks, None))
            elif name == "Html":
                self.html(start, end)
            elif name == "InlineHtml" and value[:3].lower() == "<br":
                self.line_break(start, end, hard=True)
        self.flush()
        self.found.links.sort(key=lambda link: link.start)
        return self.found

    def wiki_target(self, start: int, end: int) -> str:
        inner = self.text[start:end].lstrip("!")[2:-2]
        return inner.replace("\\|", "|").split("|", 1)[0]

    def open(self, tag: str, value: object) -> None:
        self.flush()
        if tag == "BlockQuote":
            self.quotes.append("quote?")
        elif tag == "Item":
            self.items += 1
        elif tag == "Heading" and isinstance(value, dict):
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
        at = start
        for tag in _TAG.finditer(self.text, start, end):
            if tag.start() > at:
                self.pieces.append((at, tag.start(), None))
            at = tag.end()
        if at < end:
            self.pieces.append((at, end, None))

    def line_break(self, start: int, end: int, *, hard: bool) -> None:
        """Go on to the next line: in the same block, unless plain text began a new one there."""
        follows = self.text[end : end + 80].lstrip(" \t>")[:1]
        if follows and follows in _BULLET:
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
        pieces = self.pieces
        if not pieces:
            self.strong_end = -1
            return
        strong_end, self.strong_end = self.strong_end, -1
        text = self.text
        first_strong = strong_end if strong_end > 0 and text.startswith(("**", "__"), pieces[0][0] - 2) else -1
        cites = self._citations_until(pieces[-1][1])
        built: list[str] = []
        shifts: list[int] = []
        marks: list[Citation] = []
        cited: list[int] = []
        length, source_next, lead, index = 0, -1, 0, 0
        first = -1
        for a, b, replacement in pieces:
            while a < b:
                while index < len(cites) and cites[index].end <= a:
                    marks.append(cites[index])
                    cited.append(length)
                    index += 1
                stop = b
                if index < len(cites) and cites[index].start < b:
                    if cites[index].start <= a:
                        a = min(b, cites[index].end)
                        continue
                    stop = cites[index].start
                chunk = text[a:stop] if replacement is None else replacement
                if not built:
                    stripped = chunk.lstrip(" \t\r\n" + _BULLET)
                    if not stripped:
                        if replacement is not None:
                            break
                        a = stop
                        continue
                    if replacement is None:
                        a += len(chunk) - len(stripped)
                    chunk = stripped
                    first = source_next = a
                elif chunk[0] in " \t" and built[-1][-1] in " \t":
                    if replacement is not None:
                        break
                    stripped = chunk.lstrip(" \t")
                    if not stripped:
                        a = stop
                        continue
                    a += len(chunk) - len(stripped)
                    chunk = stripped
                if a != source_next:
                    if chunk[0] in ".,;:!?)" and marks and built[-1][-1] == " ":
                        built[-1] = built[-1].rstrip()
                        length = sum(map(len, built))
                    shifts += (length, a)
                built.append(chunk)
                length += len(chunk)
                source_next = a + len(chunk)
                if first_strong > 0 and stop <= first_strong:
                    lead = length
                a = stop
                if replacement is not None:
                    break
        for citation in cites[index:]:
            marks.append(citation)
            cited.append(length)
        whole = "".join(built).rstrip()
        kind = self._kind(pieces[0][0])
        pieces.clear()
        if not whole and not marks:
            return
        if kind == "cell" and self._lent(whole, marks):
            return
        if kind == "cell" and self.loose:
            near = [citation for citation in self.loose if citation.line == self.note.place(first)[0]]
            marks += near
            cited += [len(whole)] * len(near)
            self.loose.clear()
        if first < 0:
            first = marks[0].start
        if lead and not (
            whole[:lead].rstrip().endswith(":")
            or whole[lead : lead + 2].lstrip().startswith((":", "–", "—", "-"))
            or lead >= len(whole)
        ):
            lead = 0
        passage = Passage(whole, "", first, *self.note.place(first), tuple(shifts))
        if shifts and whole:
            last = passage.offset(len(whole) - 1) + 1
            raw = text[first:last]
            if raw != whole:
                passage = Passage(whole, raw, first, passage.line, passage.column, tuple(shifts))
        elif whole and text[first : first + len(whole)] != whole:
            passage = Passage(whole, text[first : first + len(whole)], first, passage.line, passage.column, ())
        level = self.heading or self.items
        end = len(whole)
        self.found.blocks.append(Block(kind, level, passage, lead, tuple(marks), tuple([min(end, at) for at in cited])))

    def _citations_until(self, end: int) -> list[Citation]:
        """Take the citations that stand before the end of the block's line, or of its cell."""
        stop = self.cell_end if self.cell else self.text.find("\n", end)
        if stop < 0:
            stop = len(self.text)
        every, at = self.found.citations, self.next_citation
        while self.next_citation < len(every) and every[self.next_citation].start < stop:
            self.next_citation += 1
        return every[at : self.next_citation]

    def _lent(self, whole: str, marks: list[Citation]) -> bool:
        """Give the citations of a table cell without words to the words before it in the row, or keep them for those after."""
        if whole:
            return False
        before = self.found.blocks[-1] if self.found.blocks else None
        if before is not None and before.kind == "cell" and before.passage.line == marks[0].line:
            before.citations += tuple(marks)
            before.cited += (len(before.passage.text),) * len(marks)
        else:
            self.loose += marks
        return True

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
        return bool(line) and line[0] in _BULLET
