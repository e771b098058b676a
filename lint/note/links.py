"""Wiki links of a note: their targets as written, what those are up to spelling, and the notes that bear the names.

Two streams. `by_target` gives, for each name up to its spelling, the notes that
bear it and the links that mean it, wherever in the vault. `by_source` gives, for
the notes on one source, what they link to and which long labels they give links.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from ..model import Edit, Fact, Note
from .markdown import Link, parts


class Name(msgspec.Struct, frozen=True, array_like=True, tag=0, gc=False):
    """What a note is called: its file's name without the extension, or an alias that its front matter gives."""

    text: str
    alias: bool = False


class Use(msgspec.Struct, frozen=True, array_like=True, tag=1, gc=False):
    """A wiki link's target as written, without anchor and outer spaces; the fact's span is the target's.

    Of targets that are written as slugs only the first place in the note is
    given, of all others every place. `labelled` says whether the reader sees
    other words than the target.
    """

    target: str
    labelled: bool


class Caption(msgspec.Struct, frozen=True, array_like=True, tag=2, gc=False):
    """A long label of a link, and the target of it; the fact's span is the target's."""

    label: str
    target: str


class Targets(msgspec.Struct, frozen=True, array_like=True, tag=3, gc=False):
    """What a note links to, each target once, and its own name at the end."""

    targets: tuple[str, ...]


VALUES: TypeAlias = Name | Use | Caption | Targets
"""What the facts of both streams hold."""

MIN_LABEL = 4
"""A label of so many words can be the name of a note; "AI agents" is a phrase of any sentence."""

_NOT_WORD = re.compile(r"[\W_]+")
_EXTENSION = re.compile(r"\.(?:md|markdown|txt)\Z", re.IGNORECASE)
_ATTACHMENT = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|bmp|pdf|mp[34]|m4a|wav|ogg|webm|mov|canvas|base|csv)\Z", re.IGNORECASE
)


@functools.lru_cache(maxsize=1 << 15)
def bare(target: str) -> str:
    """Give a target's letters and digits in lower case: what two spellings of one target share."""
    if not target.isascii():
        target = unicodedata.normalize("NFKC", target).casefold()
    return _NOT_WORD.sub("", target.lower())


@functools.lru_cache(maxsize=1 << 15)
def style(target: str) -> str:
    """Say how the words of a target are held together: `snake`, `kebab`, `spaced`, `mixed`, or `word` where there is one."""
    spaced, snake, kebab = " " in target, "_" in target, "-" in target
    if snake:
        return "mixed" if spaced or target != target.lower() else "snake"
    if spaced:
        return "spaced"
    return "kebab" if kebab else "word"


def snake(target: str) -> str:
    """Write a target the way that slugs with underscores are written."""
    words = re.sub(r"['’]", "", target).replace("-", " ").split()
    joined = "_".join(re.sub(r"[^\w]+", "", word) for word in words)
    return re.sub(r"_{2,}", "_", joined).strip("_").lower()


def by_target(note: Note) -> Iterator[Fact]:
    """Give the note's names, and its links, each under what it is up to spelling."""
    for name in _names(note):
        if style(name.text) != "word":
            yield Fact(f"link:{bare(name.text)}", name, note.span(0, 0))
    uses = _uses(note)
    if not uses:
        return
    seen: set[str] = set()
    for target, link, at in uses:
        if style(target) == "snake":
            if target in seen:
                continue
            seen.add(target)
        yield Fact(f"link:{bare(target)}", Use(target, link.label != target), note.span(at, at + len(target)))


def by_source(note: Note) -> Iterator[Fact]:
    """Give the note's targets, the places of those without underscores, and its long labels, under the key of its source."""
    key = note.key
    uses = _uses(note)
    targets = sorted({target for target, _, _ in uses})
    yield Fact(key, Targets((*targets, _names(note)[0].text)), note.span(0, 0))
    for target, link, at in uses:
        if style(target) != "snake":
            yield Fact(key, Use(target, link.label != target), note.span(at, at + len(target)))
        if link.label.count(" ") >= MIN_LABEL - 1 and bare(link.label) != bare(target):
            yield Fact(key, Caption(link.label, target), note.span(at, at + len(target)))


def respelled(note_path: str, start: int, target: str, labelled: bool, better: str) -> Edit:
    """Give the edit that writes `better` for a target, without changing what the reader sees."""
    text = better if labelled else f"{better}|{target}"
    return Edit(note_path, start, start + len(target), target, text)


def _names(note: Note) -> list[Name]:
    names = [Name(_EXTENSION.sub("", note.path.rpartition("/")[2]))]
    for key in ("aliases", "alias"):
        if key in note.metadata:
            names += [Name(alias.strip(), True) for alias in re.split(r"[\n,]", note.metadata[key]) if alias.strip()]
    return names


def _uses(note: Note) -> list[tuple[str, Link, int]]:
    """Give the links to notes whose names have several words, with their place; kept with the note."""
    kept: list[tuple[str, Link, int]] | None = note.__dict__.get("_uses")
    if kept is not None:
        return kept
    found: list[tuple[str, Link, int]] = []
    for link in parts(note).links if "[[" in note.text else ():
        if link.kind != "wiki":
            continue
        target = link.target.partition("#")[0].strip().rstrip("\\")
        if "[[" in target or "://" in target or "\n" in target or len(target) > 300:
            continue
        target = _EXTENSION.sub("", target.rpartition("/")[2])
        if style(target) == "word" or _ATTACHMENT.search(target) or not bare(target):
            continue
        at = note.text.find(target, link.start, link.end)
        if at >= 0:
            found.append((target, link, at))
    note.__dict__["_uses"] = found
    return found
