"""Front matter: what it says, what is wrong with it, and titles that lost a letter against the body.

Two streams. `by_source` gives each note's title and body under the key of its
source, and what is wrong with its front matter. `by_folder` says of each note
whether it has front matter, under the key of its folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

import msgspec

from ..model import Fact, Note, digest
from .source import SHAPES
from .transcript import is_transcript
from .words import STOP, lexicon, rarity

_APOSTROPHE = "'’ʼ"


class Front(msgspec.Struct, frozen=True, array_like=True, tag=0, gc=False):
    """A note's title and a digest of its body, "" where there is none; the fact's span is the title's line."""

    title: str
    body: str


class Wrong(msgspec.Struct, frozen=True, array_like=True, tag=1, gc=False):
    """Something wrong in the front matter: `kind` is `yaml`, `twice`, `id`, `empty`, `date` or `type`."""

    kind: str
    message: str
    text: str


class Lost(msgspec.Struct, frozen=True, array_like=True, tag=2, gc=False):
    """A word of the title, and how the body has it.

    `exact` says that the body has the very word but for the mark, `quoted` that
    the title stands in single quotes, in which an apostrophe would end it.
    """

    word: str
    body: str
    exact: bool
    quoted: bool = False


class Sibling(msgspec.Struct, frozen=True, array_like=True, tag=3, gc=False):
    """One note of a folder: what stands where its front matter should be, "" where it has some."""

    header: str


VALUES: TypeAlias = Front | Wrong | Lost | Sibling
"""What the facts of both streams hold."""

_ORDINARY = re.compile(r"(?:readme|changelog|license|contributing|index|_index|agents|claude)\Z", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DATE_KEYS = {"date", "created", "modified", "updated", "published", "lastmod", "last-modified", "publishdate"}
_NOT_WORD = re.compile(r"[\W_]+")
_TITLE_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]*\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]*")
_WORD_CHAR = re.compile(r"\w")
_GOES_ON = re.compile(rf"\w|[{_APOSTROPHE}-]\w")
_LINE = re.compile(r"^([A-Za-z_][\w.-]*)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)

_AFTER_PLURAL = STOP.union(
    ["across", "after", "against", "along", "among", "around", "before", "behind", "between", "beyond", "during"],
    ["inside", "near", "off", "onto", "per", "since", "through", "toward", "towards", "under", "until", "upon"],
    ["versus", "via", "vs", "within", "without"],
)
"""Words that follow a plural in a title, and never what somebody has."""

_COMPOUND = re.compile(r"\w{2,}?(?:driven|based|powered|oriented|enabled|generated|assisted|centric)", re.IGNORECASE)
"""Compounds that English writes with a hyphen, whatever comes before."""
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][a-z]+(?:ed|ing|en)|[A-Z]{2,}[a-z]{3,}(?:ed|ing|en)")
"""Two words run together of which the second is a participle: no product is called so."""
_ACRONYM = re.compile(r"([^\W\d_]{3,})\s+([A-Z]{2,}s?)(?![\w-])")

_SHORT = 80
"""A line no longer than this may belong to a header; code points."""

ORDINARY = 32
"""Words up to this rarity are words, whatever the body says: "challenges" is 20, "decisionmaking" 43."""

MIN_BODY = 200
"""Shorter bodies are stubs, which may well be alike."""


def by_source(note: Note) -> Iterator[Fact]:
    """Give title and body, what is wrong in the front matter, and the marks that the title lost."""
    key = note.key
    lines = _lines(note)
    title = note.metadata.get("title", "").strip()
    body = note.text[note.body :].strip()
    said = digest(body) if len(body) >= MIN_BODY else ""
    place = lines.get("title")
    span = note.span(*place) if place else note.span(0, 0)
    if title or (said and note.source):
        yield Fact(key, Front(title, said), span)
    if said and note.source is None:
        yield Fact(f"body:{said}", Front(title, said), span)
    for fault in note.faults:
        if fault.kind == "front-matter":
            kind = "twice" if "stands twice" in fault.message else "yaml"
            yield Fact(
                key, Wrong(kind, fault.message, note.text[fault.start : fault.end]), note.span(fault.start, fault.end)
            )
    for name, (start, end) in lines.items():
        found = _wrong(name, note.metadata.get(name), note.text[start:end])
        if found is not None:
            yield Fact(key, found, note.span(start, end))
    if title and place:
        told: dict[str, int] = {}
        for word, better, exact in _lost(title, note.text[note.body :]):
            at = note.text.find(word, told.get(word, place[0]), place[1])
            if at >= 0:
                told[word] = at + 1
                quoted = note.text[: place[1]].rstrip().endswith("'")
                yield Fact(key, Lost(word, better, exact, quoted), note.span(at, at + len(word)))


def by_folder(note: Note) -> Iterator[Fact]:
    """Say whether the note has front matter, under the key of its folder."""
    folder, _, name = note.path.rpartition("/")
    stem, _, _ = name.rpartition(".")
    if not note.text or _ORDINARY.match(stem) or stem == folder.rpartition("/")[2]:
        return
    if note.encoding == "binary" or is_transcript(note):
        return
    front = note.text.startswith("---")
    if front:
        yield Fact(f"folder:{folder}", Sibling(""), note.span(0, 0))
        return
    start, end = _header(note.text)
    yield Fact(f"folder:{folder}", Sibling(note.text[start:end]), note.span(start, end))


def _header(text: str) -> tuple[int, int]:
    """Give the place of a note's opening: its first short lines, up to three, or the beginning of its first line."""
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\s][^\n]*", text[:2000]):
        if len(found) == 3 or len(line[0]) > _SHORT:
            break
        found.append((line.start(), line.start() + len(line[0].rstrip())))
    if found:
        return found[0][0], found[-1][1]
    start = len(text) - len(text.lstrip())
    return start, min(len(text), start + _SHORT)


def _lines(note: Note) -> dict[str, tuple[int, int]]:
    """Give the place of each top level key's line in the front matter."""
    if not note.body:
        return {}
    return {found[1]: (found.start(), found.end(2)) for found in _LINE.finditer(note.text, 4, note.body)}


def _wrong(name: str, value: str | None, line: str) -> Wrong | None:
    if value is None:
        return None
    value = value.strip()
    shape = SHAPES.get(name.lower())
    if shape is not None and "://" not in value and not shape[0].fullmatch(value):
        if not value:
            return Wrong("empty", f"{name} has no value", line)
        return Wrong("id", f'{name} "{value[:60]}" is not {shape[1]}', line)
    if name.lower() == "title":
        if not value and line.partition(":")[2].strip() in ("", "''", '""', "null", "~"):
            return Wrong("empty", "title has no value", line)
        if line.partition(":")[2].strip()[:1] in ("[", "{"):
            return Wrong("type", "title is a list, not a text", line)
    if (
        name.lower() in _DATE_KEYS
        and (date := _DATE.match(value))
        and not _is_date(int(date[1]), int(date[2]), int(date[3]))
    ):
        return Wrong("date", f'{name} "{date[0]}" is no day of any calendar', line)
    return None


def _is_date(year: int, month: int, day: int) -> bool:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= days[month - 1]


def _lost(title: str, body: str) -> Iterator[tuple[str, str, bool]]:
    """Give the title's words that the body writes with an apostrophe or a hyphen, and never without.

    The body has the very word with its mark ("context-awareness", "(LLMs)"); or
    the word is a name of the body, or a given name, with an "s" to it ("Percys")
    that stands before another word of the title, as a possessor does; or it is
    a compound that has no other form ("AIpowered").
    """
    small = body.lower()
    if len(small) != len(body):
        body = small  # a letter whose small form is two: offsets must agree
    joined: dict[str, str] | None = None
    for word in _TITLE_WORD.findall(title):
        lowered = word.lower()
        possessive = lowered.endswith("s") and len(word) >= 3 and word[0].isupper() and not lowered.endswith("ss")
        # a compound that lost its hyphen is long, or keeps a capital inside
        compound = (
            rarity(lowered) > ORDINARY
            if len(word) >= 9
            else not (word.islower() or word[1:].islower() or word.isupper())
        )
        if not (possessive or compound) or _stands(lowered, small):
            continue
        if possessive and (at := max(small.find(f"{lowered[:-1]}{mark}s") for mark in _APOSTROPHE)) >= 0:
            yield word, body[at : at + len(word) + 1], True
            continue
        if any(f"{lowered[:at]}-{lowered[at]}" in small for at in range(1, len(lowered))):
            joined = joined or _hyphenated(body)
        if joined and lowered in joined:
            yield word, joined[lowered], True
        elif possessive and _possessor(title, word) and (_named(word[:-1], body) or _given(word)):
            yield word, f"{word[:-1]}'s", False
        elif _CAMEL.fullmatch(word) or (_COMPOUND.fullmatch(word) and lowered not in lexicon()):
            yield word, _hyphened(word), False
    for found in _ACRONYM.finditer(title):
        # "large language models LLMs" where the body has "large language models (LLMs)"
        if re.search(rf"{re.escape(found[1])} \({found[2]}\)", body, re.IGNORECASE):
            yield found[2], f"({found[2]})", True


def _stands(word: str, body: str) -> bool:
    """Say whether the body has the word itself; both in lower case."""
    at = body.find(word)
    while at >= 0:
        before, after = body[at - 1 : at], body[at + len(word) : at + len(word) + 2]
        if not _WORD_CHAR.match(before) and not _GOES_ON.match(after) and not _in_target(body, at):
            return True
        at = body.find(word, at + 1)
    return False


def _in_target(body: str, at: int) -> bool:
    """Say whether a place is in the target of a wiki link, which is a title again and no testimony."""
    opened = body.rfind("[[", max(0, at - 200), at)
    return opened >= 0 and "|" not in body[opened:at] and "]]" not in body[opened:at]


def _hyphenated(body: str) -> dict[str, str]:
    """Give the body's words with hyphens, by their letters in lower case."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    word = ""
    for left, right in pairwise(body.split("-")):
        joint = left[-20:], right[:20]
        chained = word and left.isalpha()
        if joint in seen and not chained:
            word = ""  # the attributes of anchors, again and again
            continue
        seen.add(joint)
        before = word if chained else _LAST_WORD.search(joint[0])[0]  # type: ignore[index]  # it matches nothing at least
        after = _FIRST_WORD.match(joint[1])[0]  # type: ignore[index]  # and so does this
        word = f"{before}-{after}" if before and after else ""
        if word:
            found.setdefault(word.replace("-", "").lower(), word)
    return found


def _possessor(title: str, word: str) -> bool:
    """Say whether a word of the title is followed by one that a possessor may have: no stop word, no verb in -ing."""
    rest = title[title.index(word) + len(word) :]
    following = re.match(r"\s+([^\W\d_]+)", rest)
    return following is not None and following[1].lower() not in _AFTER_PLURAL


def _given(word: str) -> bool:
    """Say whether a word is a given name with an "s" that is no name itself."""
    entry = lexicon().get(word[:-1].lower())
    return entry is not None and entry.given and word.lower() not in lexicon()


def _hyphened(word: str) -> str:
    if word[1:].islower() or word.islower():
        for end in ("driven", "based", "powered", "oriented", "enabled", "generated", "assisted", "centric"):
            if word.lower().endswith(end):
                return f"{word[: -len(end)]}-{word[-len(end) :]}"
    # "CommunityDriven", else "AIpowered"
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word, count=1)
    return parted if parted != word else re.sub(r"(?<=[A-Z])(?=[a-z]{4})", "-", word, count=1)


def _named(base: str, body: str) -> bool:
    """Say whether a word is a name of the body: there at least twice, and never in lower case."""
    found = re.findall(rf"(?<!\w){re.escape(base)}(?!\w)", body, re.IGNORECASE)
    return len(found) >= 2 and all(form == base for form in found)
