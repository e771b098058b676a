"""Places of a note whose characters or markup look wrong; what is made of them is the rules' business.

`by_source` gives few facts, and none for most notes, under the key of the
note's source, so that a habit of one note can be told from that of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

import msgspec

from ..model import Fact, Note
from . import layout
from .brackets import brackets
from .markdown import parts
from .works import works


class Spot(msgspec.Struct, frozen=True, array_like=True, tag=0, gc=False):
    """A suspicious place; `kind` says of what, `text` is what stands there, `better` what might.

    Kinds, by the rule that reads them. Encoding: `encoding`, `binary`,
    `empty`, `long-line`, `replacement`, `control`. Mojibake: `mojibake`. Invisible:
    `zero-width`, `soft-hyphen`, `bidi`, `separator`, `no-break`. Markup:
    `callout`, `doubled`, `heading`, `twice`, `joined`, `anchor`, `blank`, `bare`,
    `mixed`, `anchored`, `plain`, `behind`, and those of `brackets`, `layout` and
    `works`. Repeated: `again` and `first` for lines, `preamble`, `closing`, `fence`,
    `doubled-word`. `detail` is what there is to say of it, or for `again` how
    many lines the note has.
    """

    kind: str
    text: str
    better: str | None = None
    detail: str = ""


class Stamps(msgspec.Struct, frozen=True, array_like=True, tag=1, gc=False):
    """How a note writes: its citations as anchors and as bare brackets, its bold leads with a colon and without.

    `plain` counts the anchors whose label has no brackets, `behind` those that
    follow a full stop, `before` those that one follows.
    """

    anchors: int
    bare: int
    plain: int = 0
    colons: int = 0
    leads: int = 0
    behind: int = 0
    before: int = 0


VALUES: TypeAlias = Spot | Stamps
"""What the facts of `by_source` hold."""

MIN_STAMPS = 3
"""Fewer citations are no habit of a note."""

MAX_SPOTS = 100
"""Places of one kind that are given of one note; what is wrong a hundred times is known by then."""

MIN_REPEATED = 120
"""A line at least this long does not come twice by chance; code points."""

_HIGH = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(rf"(?:[\xc2-\xdf][{_HIGH}]|[\xe0-\xef][{_HIGH}]{{2}}|[\xf0-\xf4][{_HIGH}]{{3}})+")
_STRANGE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd\xc2-\xf4]"
)
_JOINED = re.compile("[\u200c\u200d\u200e\u200f\u061c]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CALLOUT = re.compile(r"\[![A-Za-z][\w-]*(?:\|[^\]\n]*)?\][+-]?(?=[ \t\r\n]|\Z)")
_DOUBLED = re.compile(r"\[\d[\d:]*\]\(<a\b[^<>\n]*>[^<\n]{0,80}</a>\)?")
_OPENING = re.compile(r"<a\b[^<>\n]*(?:data-t|timestamp)[^<>\n]*(?:>(?![^<\n]{0,200}</a>)|(?=\n|\Z|<))")
_TAGLESS = re.compile(r"(?<!<a )(?<![<\w])class=[\"']?[\w-]*timestamp[^<>\n]*>")
_ATTRIBUTE = re.compile(r"<a\b[^<>\n]*=\"[^\"<>\n]*=\"[^<>\n]*>")
_TIMELESS = re.compile(r"<a\b(?![^<>\n]*data-t=)[^<>\n]*timestamp[^<>\n]*>[^<\n]*</a>")
_PREAMBLE = re.compile(
    r"(?:(?:sure|certainly|of course|okay|absolutely|great)\b[,!. ]+)?"
    r"(?:(?:below|here)(?: is|'s|’s| are) (?:the|a|an|your|my)\b[^.\n]{0,80}?"
    r"\b(?:article|summary|notes?|markdown|transcript|version|draft|document|outline|rewrite|translation)\b"
    r"[^\n]{0,120}[:.]|as an ai (?:language )?model\b[^\n]*|(?:sure|certainly|of course)[,!][^\n]{0,160}:)\s*\Z",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:please )?let me know if\b|i hope (?:this|that) helps|would you like me to\b|feel free to (?:ask|reach out|let me)\b)"
    r"[^\n]{0,200}\Z",
    re.IGNORECASE,
)
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*(?:markdown|md|text|txt)?[ \t]*\r?\n(.*)\n\1[ \t]*\Z", re.DOTALL)


def by_source(note: Note) -> Iterator[Fact]:
    """Give the suspicious places of a note, under the key of its source."""
    key, text = note.key, note.text
    for fault in note.faults:
        if fault.kind != "front-matter":
            yield Fact(
                key,
                Spot(fault.kind, text[fault.start : fault.end], None, fault.message),
                note.span(fault.start, fault.end),
            )
    if not text.strip():
        return
    for start, end, spot in (*_characters(note), *_markup(note), *_repeated(note)):
        yield Fact(key, spot, note.span(start, end))
    rows = list(layout.lines(text, note.body))
    leads, colons = layout.leads(rows)
    yield from _stamps(note, sum(kind == "lead" for _, _, kind in leads), colons)
    odd = (
        *leads,
        *layout.headings(rows),
        *layout.bolds(rows),
        *layout.singles(rows),
        *layout.trailing(rows),
        *layout.callouts(rows),
        *layout.lone(rows),
        *layout.labels([cited for cited in parts(note).citations if cited.form == "anchor"]),
        *layout.apostrophes(rows),
        *layout.doubled(rows),
        *works(parts(note).rest),
    )
    for start, end, kind in odd[:MAX_SPOTS]:
        yield Fact(key, Spot(kind, text[start:end]), note.span(start, end))


def _characters(note: Note) -> Iterator[tuple[int, int, Spot]]:
    """Give the characters that cannot be seen or are none, and runs of letters that were decoded in a wrong way."""
    text = note.text
    done = 0
    for found in _STRANGE.finditer(text):
        at, char = found.start(), found[0]
        if at < done:
            continue
        name = f"U+{ord(char):04X}"
        if char < " " or char == "\x7f":
            yield at, at + 1, Spot("control", char, None, name)
            continue
        if char == "\ufffd":
            if note.encoding != "utf-8" or any(fault.kind == "encoding" for fault in note.faults):
                continue  # the encoding is told as a whole
            done = at + 1
            while text.startswith("\ufffd", done):
                done += 1
            yield at, done, Spot("replacement", text[at:done], None, name)
        elif char in "\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u180e":
            yield at, at + 1, Spot("zero-width", char, "", name)
        elif char == "\u00ad":
            yield at, at + 1, Spot("soft-hyphen", char, "", name)
        elif char in "\u2028\u2029":
            yield at, at + 1, Spot("separator", char, "\n", name)
        elif _BIDI.match(char):
            yield at, at + 1, Spot("bidi", char, None, name)
        elif _JOINED.match(char):
            # joiners and marks belong to Indic and Arabic writing and to emoji; between Latin letters nothing needs them
            around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
            if around and around.isascii():
                yield at, at + 1, Spot("zero-width", char, "", name)
        elif char == "\xa0":
            if _harmful(text, at, note.body):
                yield at, at + 1, Spot("no-break", char, " ", name)
        else:
            run = _MOJIBAKE.match(text, at)
            if run is not None:
                done = run.end()
                yield at, done, Spot("mojibake", run[0])
            elif "\x80" <= char <= "\x9f" and char != "\x85":
                yield at, at + 1, Spot("control", char, None, name)


def _harmful(text: str, at: int, body: int) -> bool:
    """Say whether a no-break space stands where Markdown, YAML or a link wants a space."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if re.fullmatch(r"[ \t]*(?:#{1,6}|[-*+]|\d{1,3}[.)]|>)", line):
        return True
    if at < body and re.fullmatch(r"[\w.-]+:[ \t]*|[ \t]*", line):
        return True
    opened = line.rfind("[[")
    return opened >= 0 and not re.search(r"[|\]]", line[opened:])


def _markup(note: Note) -> Iterator[tuple[int, int, Spot]]:
    """Give the callouts, anchors and wiki links that do not work, code left out."""
    text, body, whole = note.text, note.body, parts(note)
    found: list[tuple[int, int, Spot]] = []
    if "[!" in text:
        at = text.find("[!", body)
        while at >= 0:
            before = text[text.rfind("\n", 0, at) + 1 : at]
            if (not before or (before.isspace() and len(before) < 4)) and (match := _CALLOUT.match(text, at)):
                found.append((at, match.end(), Spot("callout", match[0])))
            at = text.find("[!", at + 2)
    if "](<a" in text:
        for match in _DOUBLED.finditer(text, body):
            inner = match[0][match[0].index("(") + 1 :].removesuffix(")")
            found.append((*match.span(), Spot("doubled", match[0], inner)))
    if "<a " in text:
        rest = whole.rest  # without the anchors that are as they should be
        opened = rest.count("<a ")
        if opened != rest.count("</a>") or opened != rest.count("data-t="):
            for pattern in (_OPENING, _TAGLESS, _TIMELESS):
                found += [
                    (match.start(), match.start() + len(match[0].rstrip()), Spot("anchor", match[0].rstrip()))
                    for match in pattern.finditer(text, body)
                ]
        found += [(*match.span(), Spot("anchor", match[0])) for match in _ATTRIBUTE.finditer(rest, body)]
    found += [
        (start, end, Spot(kind, text[start:end])) for start, end, kind in brackets(text, whole.rest, body, whole.links)
    ]
    code = whole.code
    for start, end, spot in found[:MAX_SPOTS]:
        if not any(a <= start < b for a, b in code):
            yield start, end, spot


def _stamps(note: Note, leads: int, colons: int) -> Iterator[Fact]:
    """Give how the note writes its citations and leads, and the places of citations that are unusual."""
    every = parts(note).citations
    anchors = [cited for cited in every if cited.form in ("anchor", "broken")]
    bare = [cited for cited in every if cited.form == "bracket"]
    key, text = note.key, note.text
    plain = [cited for cited in anchors if cited.time and text[cited.at - 1] == ">"]
    behind, before = layout.stops(text, anchors)
    if every or leads or colons:
        yield Fact(
            key, Stamps(len(anchors), len(bare), len(plain), colons, leads, len(behind), before), note.span(0, 0)
        )
    if not every:
        return
    empty = [cited for cited in anchors if text.startswith("></a>", text.find(">", cited.start))]
    for one, other in pairwise(anchors):
        first, between = text[one.start : one.end], text[one.end : other.start]
        if not between.strip(" \t,;") and first == text[other.start : other.end]:
            pair = Spot("twice", f"{first}{between}{first}", first)
        elif not between:
            pair = Spot("joined", text[one.start : other.end])
        else:
            continue
        yield Fact(key, pair, note.span(one.start, other.end))
    few = anchors if len(anchors) < len(bare) else bare
    spots = [("blank", cited) for cited in empty] + [("plain", cited) for cited in plain]
    if len(behind) > before:
        spots += [("behind", cited) for cited in behind]
    if not anchors and len(bare) >= MIN_STAMPS:
        spots += [("bare", cited) for cited in bare]
    elif anchors and bare and len(every) >= MIN_STAMPS:
        spots += [("anchored" if few is anchors else "mixed", cited) for cited in few]
    if "#" in text:
        headings = [block.passage.line for block in parts(note).blocks if block.kind == "heading" and block.citations]
        if headings:
            lines = set(headings)
            spots += [("heading", cited) for cited in anchors if cited.line in lines]
    seen: set[tuple[str, int]] = set()
    for kind, cited in spots[:MAX_SPOTS]:
        if (kind, cited.start) not in seen:
            seen.add((kind, cited.start))
            yield Fact(key, Spot(kind, text[cited.start : cited.end]), note.span(cited.start, cited.end))


def _repeated(note: Note) -> Iterator[tuple[int, int, Spot]]:
    """Give the long lines that stand twice, and what a program that wrote the note said around it."""
    text, body = note.text, note.body
    seen: dict[str, int] = {}
    again: list[tuple[int, int, str]] = []
    at, long = body, 0
    for line in text[body:].split("\n"):
        if len(line) >= MIN_REPEATED:
            long += 1
            first = seen.setdefault(line, at)
            if first != at:
                again.append((first, at, line))
        at += len(line) + 1
    if again:
        code = parts(note).code
        for first, second, line in again[:MAX_SPOTS]:
            if not any(a <= second < b for a, b in code):
                yield second, second + len(line), Spot("again", line, None, str(long))
                yield first, first + len(line), Spot("first", line)
    start = body
    while start < len(text) and text[start].isspace():
        start += 1
    if text.startswith("From:", start):
        start = text.find("\n", start)
        while 0 <= start < len(text) and text[start].isspace():
            start += 1
    if not 0 <= start < len(text):
        return
    stop = text.find("\n", start)
    first_line = text[start : stop if stop >= 0 else len(text)].rstrip()
    if len(first_line) < 300 and _PREAMBLE.match(first_line):
        yield start, start + len(first_line), Spot("preamble", first_line)
    if first_line.startswith(("```", "~~~")):
        whole = _FENCE.fullmatch(text[start:].rstrip())
        if whole is not None and whole[1] not in whole[2]:
            yield start, start + len(first_line), Spot("fence", first_line)
    tail = text[max(start, len(text) - 400) :].rstrip()
    last_line = tail[tail.rfind("\n") + 1 :]
    if last_line and _CLOSING.match(last_line):
        end = len(text.rstrip())
        yield end - len(last_line), end, Spot("closing", last_line)
