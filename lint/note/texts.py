"""Places of a note whose characters or markup look wrong; what is made of them is the rules' business.

`by_source` gives few facts, and none for most notes, under the key of the
note's source, so that a habit of one note can be told from that of the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from ..model import Fact, Note
from . import asides, layout, tags
from .brackets import brackets
from .citations import inside
from .citing import Stamps, citing
from .layout import Place
from .markdown import parts
from .works import works


class Spot(msgspec.Struct, frozen=True, array_like=True, tag=0, gc=False):
    """A suspicious place; `kind` says of what, `text` is what stands there, `better` what might.

    Kinds, by the rule that reads them. Encoding: `encoding`, `binary`,
    `empty`, `long-line`, `replacement`, `control`. Mojibake: `mojibake`. Invisible:
    `zero-width`, `soft-hyphen`, `bidi`, `separator`, `no-break`. Repeated: `again`
    and `first` for lines, `doubled-word`. And those of `asides`, `tags`, `brackets`,
    `citing`, `layout` and `works`. `detail` is what there is
    to say of it, or for `again` how many lines the note has.
    """

    kind: str
    text: str
    better: str | None = None
    detail: str = ""


class Habits(msgspec.Struct, frozen=True, array_like=True, tag=1, gc=False):
    """How a note writes: its citations, its bold leads with a colon and without, and the line that opens it."""

    stamps: Stamps
    colons: int = 0
    leads: int = 0
    opening: str = ""


VALUES: TypeAlias = Spot | Habits
"""What the facts of `by_source` hold."""

MAX_SPOTS = 100
"""Places of one kind that are given of one note, characters aside, which are mended all at once.

What is wrong a hundred times is known by then.
"""

MAX_TARGET = 300
"""Characters of a line before a no-break space that are looked at; no link target or mark of a list is so long."""

MIN_REPEATED = 120
"""A line at least this long does not come twice by chance; code points."""

MIN_SEEN = 60
"""How much of it readers see at least: the rest are addresses and tags."""

_HIGH = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(rf"(?:[\xc2-\xdf][{_HIGH}]|[\xe0-\xef][{_HIGH}]{{2}}|[\xf0-\xf4][{_HIGH}]{{3}})+")
_STRANGE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd\xc2-\xf4]"
)
_UNSEEN = re.compile(r"\]\([^()\s]*\)|<[^<>]*>|https?://\S+")
_JOINED = re.compile("[\u200c\u200d\u200e\u200f\u061c]")
_OTHER = re.compile("[^\x00-\u052f\u1e00-\u2bff\U0001f000-\U0001faff]")
"""What is neither Latin, Greek or Cyrillic nor a sign of any text: a script that writes no spaces may part words unseen."""
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def by_source(note: Note) -> Iterator[Fact]:
    """Give the suspicious places of a note, under the key of its source."""
    key, text = note.key, note.text
    for fault in note.faults:
        if fault.kind not in ("front-matter", "repeated-key"):
            yield Fact(
                key,
                Spot(fault.kind, text[fault.start : fault.end], None, fault.message),
                note.span(fault.start, fault.end),
            )
    if not text.strip():
        return
    code = sorted(parts(note).code)
    for start, end, spot in (*_characters(note, code), *_repeated(note, code)):
        yield Fact(key, spot, note.span(start, end))
    rows = list(layout.lines(text, note.body, code))
    cited, stamps = citing(note, rows)
    leads, colons = layout.leads(rows)
    bare = sum(kind == "lead" for _, _, kind in leads)
    opening, close = layout.opening(rows)
    if stamps.anchors or stamps.bare or bare or colons or opening:
        yield Fact(key, Habits(stamps, colons, bare, opening), note.span(0, 0))
    told: Counter[str] = Counter()
    odd = (
        *_markup(note),
        *asides.asides(note),
        *cited,
        *close,
        *leads,
        *layout.headings(rows),
        *layout.glued(rows),
        *layout.celled(rows),
        *layout.bolds(rows),
        *layout.singles(rows),
        *layout.trailing(rows),
        *layout.callouts(rows),
        *layout.apostrophes(rows),
        *(layout.doubled(text, rows) if parts(note).english else ()),
        *works(parts(note).rest),
    )
    shown = (place for place in odd if not inside(place[0], code))
    fenced = (*asides.around(text, note.body), *tags.fenced(text, code))
    for start, end, kind in dict.fromkeys((*shown, *fenced)):  # one label may hold several citations
        told[kind] += 1
        if told[kind] <= MAX_SPOTS:
            place = text[start:end]
            yield Fact(key, Spot(kind, place, _better(kind, place)), note.span(start, end))


def _characters(note: Note, code: list[tuple[int, int]]) -> Iterator[tuple[int, int, Spot]]:
    """Give the characters that cannot be seen or are none, and runs of letters that were decoded in a wrong way.

    In code, where every character may be meant, only what is lost and what turns the order around.
    """
    text = note.text
    # what the bytes of another encoding look like when they are read so says nothing of the note
    guessed = note.encoding == "cp1252"
    ending = "\r\n" if "\r\n" in text else "\n"
    done = 0
    for found in _STRANGE.finditer(text):
        at, char = found.start(), found[0]
        if at < done:
            continue
        name = f"U+{ord(char):04X}"
        if char < " " or char == "\x7f":
            yield at, at + 1, Spot("control", char, None, name)
            continue
        if guessed and char >= "\x80":
            continue
        if char == "\ufffd":
            if note.encoding != "utf-8" or any(fault.kind == "encoding" for fault in note.faults):
                continue  # the encoding is told as a whole
            done = at + 1
            while text.startswith("\ufffd", done):
                done += 1
            yield at, done, Spot("replacement", text[at:done], None, name)
        elif _BIDI.match(char):
            yield at, at + 1, Spot("bidi", char, None, name)
        elif inside(at, code):
            continue
        elif char in "\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u180e":
            if char == "\ufeff" or not _OTHER.search(text[max(0, at - 1) : at + 2].replace(char, "")):
                yield at, at + 1, Spot("zero-width", char, "", name)
        elif char == "\u00ad":
            yield at, at + 1, Spot("soft-hyphen", char, "", name)
        elif char in "\u2028\u2029":
            yield at, at + 1, Spot("separator", char, ending, name)
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
    near = max(0, at - MAX_TARGET)
    line = text[max(near, text.rfind("\n", near, at) + 1) : at]
    if re.fullmatch(r"[ \t]*(?:#{1,6}|[-*+]|\d{1,3}[.)]|>)", line):
        return True
    if at < body and re.fullmatch(r"[\w.-]+:[ \t]*|[ \t]*", line):
        return True
    opened = line.rfind("[[")
    return opened >= 0 and not re.search(r"[|\]]", line[opened:])


def _markup(note: Note) -> Iterator[Place]:
    """Give the callouts, anchors and wiki links that do not work."""
    text, body, whole = note.text, note.body, parts(note)
    yield from tags.callouts(text, body)
    yield from tags.doubled(text, body)
    yield from tags.anchors(text, whole.rest, body)
    yield from tags.blocks(text, body)
    yield from brackets(text, whole.rest, body, whole.links)


def _better(kind: str, text: str) -> str | None:
    """Give what should stand in a place, where its kind alone says it: one anchor."""
    if kind == "doubled":
        return text[text.index("(") + 1 :].removesuffix(")")
    return text[: len(text) // 2].rstrip(" \t,;") if kind == "twice" else None


def _repeated(note: Note, code: list[tuple[int, int]]) -> Iterator[tuple[int, int, Spot]]:
    """Give the long lines that stand twice."""
    text, body = note.text, note.body
    seen: dict[str, int] = {}
    again: list[tuple[int, int, str]] = []
    at, long = body, 0
    for line in text[body:].split("\n"):
        if len(line) >= MIN_REPEATED:
            long += 1
            first = seen.setdefault(line, at)
            if first != at and len(_UNSEEN.sub("", line)) >= MIN_SEEN:
                again.append((first, at, line))
        at += len(line) + 1
    if again:
        unseen = sorted(code + parts(note).hidden)
        for first, second, line in again[:MAX_SPOTS]:
            if not inside(second, unseen):
                yield second, second + len(line), Spot("again", line, None, str(long))
                yield first, first + len(line), Spot("first", line)
