"""Front matter: what it says, what is wrong with it, and titles that lost a letter against the body.

Two streams. `by_source` gives each note's title and body under the key of its
source, and what is wrong with its front matter. `by_folder` says of each note
whether it has front matter, under the key of its folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from ..model import Fact, Note, digest
from .capitals import recased
from .source import SHAPES
from .titles import lost
from .transcript import is_transcript


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

_FAULTS = {"front-matter": "yaml", "repeated-key": "twice"}
"""What is wrong in the front matter, by the kind of fault that reading met there."""

_ORDINARY = re.compile(r"(?:readme|changelog|license|contributing|index|_index|agents|claude)\Z", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DATE_KEYS = {"date", "created", "modified", "updated", "published", "lastmod", "last-modified", "publishdate"}
_LINE = re.compile(r"^([A-Za-z_][\w.-]*)[ \t]*:[ \t]*(.*)$", re.MULTILINE)

_SHORT = 80
"""A line no longer than this may belong to a header; code points."""

MAX_TITLE = 300
"""Nobody reads a longer title, nor a longer file name, so that none lost its marks; code points."""

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
        kind = _FAULTS.get(fault.kind)
        if kind is not None:
            wrong = Wrong(kind, fault.message, note.text[fault.start : fault.end])
            yield Fact(key, wrong, note.span(fault.start, fault.end))
    for name, (start, end) in lines.items():
        found = _wrong(name, note.metadata.get(name), note.text[start:end])
        if found is not None:
            yield Fact(key, found, note.span(start, end))
    if title and place and len(title) <= MAX_TITLE:
        left = note.text[place[0] : place[1]]
        large = ((word, better, True) for word, better in recased(title, body))
        for word, better, exact in (*lost(title, body), *large):
            at = left.find(word)
            if at >= 0:
                left = left.replace(word, "\0" * len(word), 1)  # one place is told of once
                quoted = note.text[: place[1]].rstrip().endswith("'")
                start = place[0] + at
                yield Fact(key, Lost(word, better, exact, quoted), note.span(start, start + len(word)))


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
    return {
        found[1]: (found.start(), found.start(2) + len(found[2].rstrip(" \t\r")))
        for found in _LINE.finditer(note.text, 4, note.body)
    }


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
