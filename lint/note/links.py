"""Wiki links of a note: their targets as written, what those are up to spelling, and the notes that bear the names.

Two streams. `by_target` gives, for each name up to its spelling, the notes that
bear it and the links that mean it or have it as their label, wherever in the
vault. `by_source` gives, for the notes on one source, what they link to and
which labels they give links.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from ..model import Edit, Fact, Fix, Note
from .blocks import Link
from .markdown import parts


class Name(msgspec.Struct, frozen=True, array_like=True, tag=0, gc=False):
    """What a note is called: its file's name without the extension, or an alias that its front matter gives."""

    text: str
    alias: bool = False


class Use(msgspec.Struct, frozen=True, array_like=True, tag=1, gc=False):
    """A wiki link's target as written, without anchor and outer spaces; the fact's span is the target's.

    Of targets that are written as slugs only the first place in the note is
    given, of all others every place. `joint` is what has to stand between
    another target and this one as its label, so that the reader sees the same
    as before: "" where the link has a label, None where no label would do. `own`
    says that it means a name of the note in which it stands, up to spelling.
    """

    target: str
    joint: str | None
    own: bool = False


class Caption(msgspec.Struct, frozen=True, array_like=True, tag=2, gc=False):
    """A label of a link and its target; the fact's span is the target's.

    Of one label for one target only the first place in the note is given.
    `tight` says that no space stands around the pipe between the two.
    """

    label: str
    target: str
    tight: bool


class Targets(msgspec.Struct, frozen=True, array_like=True, tag=3, gc=False):
    """What a note links to, each target once and its own name at the end, and its title, "" where it has none."""

    targets: tuple[str, ...]
    title: str = ""


class Own(msgspec.Struct, frozen=True, array_like=True, tag=4, gc=False):
    """A link of a note to itself, as a whole: what stands there, and the label as written, "" where it has none."""

    text: str
    label: str


class Slug(msgspec.Struct, frozen=True, array_like=True, tag=5, gc=False):
    """The target of a link without a label, written as a slug: that is what the reader sees."""

    target: str


VALUES: TypeAlias = Name | Use | Caption | Targets | Own | Slug
"""What the facts of both streams hold."""

TITLE_WORDS = 3
"""A label of so many words can be the name of a note; "AI agents" stands in any sentence."""

_NOT_WORD = re.compile(r"[\W_]+")
_ROW = re.compile(r"[ >]{0,40}\|")  # no table stands deeper in quotations
_EXTENSION = re.compile(r"\.(?:md|markdown|txt)\Z", re.IGNORECASE)
_ATTACHMENT = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|bmp|pdf|mp[34]|m4a|wav|ogg|webm|mov|canvas|base|csv)\Z", re.IGNORECASE
)


@functools.lru_cache(maxsize=1 << 12)
def bare(target: str) -> str:
    """Give a target's letters and digits in lower case: what two spellings of one target share."""
    if not target.isascii():
        target = unicodedata.normalize("NFKC", target).casefold()
    return _NOT_WORD.sub("", target.lower())


def target_key(target: str) -> str:
    """Give the key of `by_target` under which a name and all that means it meet."""
    return f"link:{bare(target)}"


@functools.lru_cache(maxsize=1 << 12)
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
    names = _names(note)
    own = {bare(name.text) for name in names}
    for name in names:
        if style(name.text) != "word":
            yield Fact(target_key(name.text), name, note.span(0, 0))
    uses = _uses(note)
    if not uses:
        return
    seen: set[str] = set()
    labels: set[tuple[str, str]] = set()
    for target, link, joint, at in uses:
        if link.label.count(" ") >= TITLE_WORDS - 1 and (link.label, target) not in labels:
            labels.add((link.label, target))
            said, meant = bare(link.label), bare(target)
            if said not in meant and meant not in said:
                yield Fact(target_key(link.label), Caption(link.label, target, False), note.span(at, at + len(target)))
        if style(target) == "snake":
            if target in seen:
                continue
            seen.add(target)
        use = Use(target, joint, "#" not in link.target and bare(target) in own)
        yield Fact(target_key(target), use, note.span(at, at + len(target)))


def by_source(note: Note) -> Iterator[Fact]:
    """Give the note's targets, the places of those without underscores, and its labels, under the key of its source.

    Also its links to itself, but for those to one of its headings, and those that show a slug.
    """
    key = note.key
    uses = _uses(note)
    targets = sorted({target for target, *_ in uses})
    names = _names(note)
    own = {bare(name.text) for name in names}
    seen: set[tuple[str, str]] = set()
    yield Fact(key, Targets((*targets, names[0].text), note.metadata.get("title", "")), note.span(0, 0))
    for target, link, joint, at in uses:
        if style(target) != "snake":
            yield Fact(key, Use(target, joint), note.span(at, at + len(target)))
        if bare(target) in own and "#" not in link.target:
            text = note.text[link.start : link.end]
            yield Fact(
                key, Own(text, text.partition("|")[2].removesuffix("]]").strip()), note.span(link.start, link.end)
            )
        if joint and "_" in target:
            yield Fact(key, Slug(target), note.span(at, at + len(target)))
        if joint == "" and link.label and (link.label, target) not in seen:
            seen.add((link.label, target))
            tight = " |" not in note.text[at : link.end] and "| " not in note.text[at : link.end]
            yield Fact(key, Caption(link.label, target, tight), note.span(at, at + len(target)))


def by_note(facts: Iterable[Fact], kind: type[Own | Slug | Caption]) -> dict[str, list[Fact]]:
    """Give the facts of a group of `by_source` whose values are of one kind, by note, in the order of the paths."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if isinstance(fact.value, kind):
            found.setdefault(fact.span.path, []).append(fact)
    return dict(sorted(found.items()))


def settled(facts: Iterable[Fact]) -> Iterator[str]:
    """Give the key of a group of `by_target` that says by itself how its target is written.

    A note bears the name, or links have it in several spellings.
    """
    spellings: set[str] = set()
    for fact in facts:
        if isinstance(fact.value, Use):
            spellings.add(fact.value.target)
        if isinstance(fact.value, Name) or len(spellings) > 1:
            yield fact.key
            return


def respelled(uses: Sequence[Fact], better: Mapping[str, str], *, safe: bool) -> Fix | None:
    """Give the fix that writes targets as `better` has them, without changing what the reader sees."""
    edits = []
    for fact in uses:
        use: Use = fact.value
        if use.joint is None:
            return None  # half of a finding settled is none
        new = better[use.target]
        text = f"{new}{use.joint}{use.target}" if use.joint else new
        edits.append(Edit(fact.span.path, fact.span.start, fact.span.end, use.target, text))
    return Fix(safe, tuple(edits))


def _joint(note: Note, target: str, named: str, link: Link) -> str | None:
    if "|" in note.text[link.start : link.end]:
        return ""
    if named.strip() != target or "#" in link.target:
        return None  # what the reader sees has folder or heading in it, too
    row = _ROW.match(note.text, note.lines[note.place(link.start)[0] - 1])
    return "|" if row is None else "\\|"  # in a table a bare pipe ends the cell


def _names(note: Note) -> list[Name]:
    names = [Name(_EXTENSION.sub("", note.path.rpartition("/")[2]))]
    for key in ("aliases", "alias"):
        if key in note.metadata:
            names += [Name(alias.strip(), True) for alias in re.split(r"[\n,]", note.metadata[key]) if alias.strip()]
    return names


def _uses(note: Note) -> list[tuple[str, Link, str | None, int]]:
    """Give the links to notes whose names have several words, with their place; kept with the note."""
    kept: list[tuple[str, Link, str | None, int]] | None = note.__dict__.get("_uses")
    if kept is not None:
        return kept
    found: list[tuple[str, Link, str | None, int]] = []
    for link in parts(note).links if "[[" in note.text else ():
        if link.kind != "wiki":
            continue
        named = link.target.partition("#")[0]
        target = named.strip().rstrip("\\")
        if "[[" in target or "://" in target or "\n" in target or len(target) > 300:
            continue
        target = _EXTENSION.sub("", target.rpartition("/")[2])
        if style(target) == "word" or _ATTACHMENT.search(target) or not bare(target):
            continue
        at = note.text.find(named, link.start, link.end)
        if at >= 0:
            found.append((target, link, _joint(note, target, named, link), at + named.rindex(target)))
    note.__dict__["_uses"] = found
    return found
