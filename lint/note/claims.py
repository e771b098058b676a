"""Claims: what a note says of its source, sentence by sentence, with the citations that close each.

`by_source` is the stream of facts that all rules on names, timestamps, quotes
and facts read. A group of it holds, for one source, the header of every note,
its claims and quotes, official titles from index notes, and transcript cues.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from ..model import Fact, Group, Note, Passage
from . import transcript
from .blocks import Block
from .citations import Citation
from .durations import durations
from .leading import LED
from .markdown import parts
from .quotes import quote_spans
from .source import video_id


class Header(msgspec.Struct, frozen=True, array_like=True, tag=0, gc=False):
    """One for each note on a source: its title and what it says of the source's length.

    `passage` is the title of a note as it stands in the front matter, empty
    where it stands there in no one piece. `declared` is false where the source
    was inferred. `durations` are seconds. `kind` is `note`, `transcript` or
    `index`. `transcript` is the file that the note's front matter names as its
    source's transcript, or "". `english` says whether the note is in English.
    """

    title: str
    passage: Passage
    declared: bool
    kind: str = "note"
    durations: tuple[int, ...] = ()
    stem: str = ""
    transcript: str = ""
    english: bool = True


class Title(msgspec.Struct, frozen=True, array_like=True, tag=1, gc=False):
    """The official title of a source, as an index note or another note's link gives it."""

    passage: Passage


class Claim(msgspec.Struct, frozen=True, array_like=True, tag=2, gc=False):
    """A sentence or list item, or the piece of one that a citation closes.

    `kind` is the block's: text, item, heading, quote, callout, cell. `block`
    numbers the blocks of the note, so that neighbours can be told. `lead` is
    the length of a bold lead in the passage. `citations` close this claim;
    where there are none, `covered` is the time in seconds of the citation that
    closes a later claim of the same block, or None. In a note that cites before
    its statements those of a block are its first claim's, and cover the others.
    """

    passage: Passage
    kind: str
    block: int
    lead: int = 0
    citations: tuple[Citation, ...] = ()
    covered: int | None = None

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.text

    @property
    def seconds(self) -> int | None:
        """The literal time of the first citation that can be read, else of the covering one."""
        for citation in self.citations:
            value = citation.seconds
            if value is not None:
                return value
        return self.covered


class Quote(msgspec.Struct, frozen=True, array_like=True, tag=3, gc=False):
    """Words in quotation marks or in a block quote.

    `passage` is what stands between the marks. `kind` is `inline` or `block`.
    `citations` are those that close the claim the quote ends in. `before` and
    `after` are up to 80 characters of the block around it.
    """

    passage: Passage
    kind: str
    block: int
    citations: tuple[Citation, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.text


class Cue(msgspec.Struct, frozen=True, array_like=True, tag=4, gc=False):
    """One cue of a transcript: words said from `start` to `end`, seconds, by `speaker` where it says so."""

    passage: Passage
    start: int
    end: int
    speaker: str = ""


VALUES: TypeAlias = Header | Title | Claim | Quote | Cue
"""What the facts of `by_source` hold; a store decodes them as this."""

_ENDED = re.compile(r"[.!?…。！？](?:(?<=[。！？])|[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9\u00C0-\u024F\u0400-\u04FF]))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Jr|Sr|vs|etc|e\.g|i\.e|cf|approx|No|Inc|Ltd|Co|Corp|al|Fig|U\.S|U\.K|a\.m|p\.m)|\b[A-Z])\.\s+\Z"
)
_SHORT = frozenset(
    [
        "Dr",
        "Mr",
        "rs",
        "Ms",
        "of",
        "St",
        "Jr",
        "Sr",
        "vs",
        "tc",
        ".g",
        ".e",
        "cf",
        "ox",
        "No",
        "nc",
        "td",
        "Co",
        "rp",
        "al",
        "ig",
        ".m",
    ]
)
"""How an abbreviation ends; after anything else there is no need to look closer."""
_TITLED = re.compile(r"^[\"']?title[\"']?[ \t]*:(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_FROM = re.compile(r"From: ?\S{0,60}\s*\Z")


def by_source(note: Note) -> Iterator[Fact]:
    """Give header, claims and quotes of a note, and the titles that it lists, under the key of their source."""
    if transcript.is_transcript(note):
        yield from _of_transcript(note)
        return
    found = parts(note)
    key, path = note.key, note.path
    titles = [
        (source, link)
        for link in found.links
        if link.kind == "inline" and link.heading and (source := video_id(link.target)) is not None
    ]
    index = note.source is None and len(titles) > 1
    title = note.metadata.get("title", "").strip()
    stem = path.rpartition("/")[2].rpartition(".")[0]
    if not index:
        named = note.metadata.get("transcript", "").strip()
        header = Header(
            title,
            _passage(note, title),
            note.source is not None,
            "note",
            durations(note, found.blocks),
            stem,
            named,
            found.english,
        )
        yield Fact(key, header, note.span(0, 0))
    for source, link in titles if index else ():
        start = note.text.find(link.label, link.start, link.end) if link.label else -1
        if start >= 0:
            yield Fact(
                source, Title(note.passage(start, start + len(link.label))), note.span(start, start + len(link.label))
            )
    if index:
        return
    led = _cites_before(found.blocks)
    for number, block in enumerate(found.blocks):
        text = block.passage.text
        if text.startswith("From:") and _FROM.match(text):
            continue
        yield from _of_block(key, path, number, block, led=led and _leads(block))


@functools.lru_cache(maxsize=1)
def in_english(group: Group) -> Group:
    """Give what English notes say in a group, for whoever judges words; kept for the rules that ask again."""
    others = {fact.span.path for fact in group.facts if fact.value.__class__ is Header and not fact.value.english}
    if not others:
        return group
    facts = (fact for fact in group.facts if fact.span.path not in others)
    return Group(group.key, facts, group.vocabulary, group.pipeline)


def several(group: Group) -> bool:
    """Say whether a group has claims of more than one note; one alone has none to differ from."""
    claims = (fact.span.path for fact in group.facts if fact.value.__class__ is Claim)
    first = next(claims, None)
    return any(path != first for path in claims)


def _of_transcript(note: Note) -> Iterator[Fact]:
    """Give header and cues of a transcript under the key of its source."""
    key, path = note.key, note.path
    stem = path.rpartition("/")[2].rpartition(".")[0]
    header = Header(note.metadata.get("title", ""), note.passage(0, 0), False, "transcript", (), stem)
    yield Fact(key, header, note.span(0, 0))
    for passage, start, end, speaker in transcript.cues(note):
        yield Fact(key, Cue(passage, start, end, speaker), passage.span(path))


def _passage(note: Note, title: str) -> Passage:
    """Give the title where the front matter has it in one piece, under its own key, else nothing."""
    value = _TITLED.search(note.text, 0, note.body) if title else None
    start = note.text.find(title, *value.span(1)) if value else -1
    return note.passage(start, start + len(title)) if start >= 0 else note.passage(0, 0)


def _leads(block: Block) -> bool:
    """Say whether all citations of a block stand before its words."""
    return bool(block.cited) and block.cited[-1] == 0 and block.passage.text != ""


def _cites_before(blocks: list[Block]) -> bool:
    """Say whether a note cites the time of a statement before it, as most that follow their source do, and not behind it."""
    cited = sum(bool(block.cited) for block in blocks)
    return cited >= LED and sum(map(_leads, blocks)) > cited / 2


def _of_block(key: str, path: str, number: int, block: Block, *, led: bool) -> list[Fact]:
    facts: list[Fact] = []
    passage, text, cited = block.passage, block.passage.text, () if led else block.cited
    kind, length = block.kind, len(text)
    quotes = quote_spans(text, kind)
    closings = _closings(block) if quotes and not led else {}
    places = sorted(closings)
    claims: list[tuple[int, int, tuple[Citation, ...]]] = []
    index, start = 0, 0
    for cut in _cuts(text, cited, quotes):
        before = index
        while index < len(cited) and (cited[index] <= cut or cut == length):
            index += 1
        closing = block.citations[before:index]
        a, b = start, cut
        if a < b:
            while a < b and text[a] in " \t\n.,;:)–—":
                a += 1
            while b > a and text[b - 1] in " \t\n":
                b -= 1
        start = cut
        if b - a >= 2:
            claims.append((a, b, closing))
        elif closing and claims:
            claims[-1] = (*claims[-1][:2], claims[-1][2] + closing)
        elif closing:
            claims.append((a, max(a, b), closing))
    times: list[int | None] = []
    covering: int | None = None
    for _, _, closing in reversed(claims):
        own: int | None = None
        for citation in closing:
            own = citation.seconds
            if own is not None:
                break
        times.append(covering if own is None else None)
        covering = own if own is not None else covering
    times.reverse()
    if led and claims:
        claims[0] = (*claims[0][:2], block.citations)
        covering = next((own for citation in block.citations if (own := citation.seconds) is not None), None)
        times = [None, *[covering] * (len(claims) - 1)]
    for (a, b, closing), covered in zip(claims, times, strict=True):
        if a == 0 and b == length:
            part, span = passage, passage.span(path)
        else:
            part, span = passage.piece(path, a, b)
        lead = max(0, min(block.lead, b) - a) if block.lead and b - a >= 2 else 0
        facts.append(Fact(key, Claim(part, kind, number, lead, closing, covered), span))
    for a, b, form in quotes:
        quoted, span = passage.piece(path, a, b)
        at = bisect_left(places, b)
        closing = block.citations if led else closings[places[at]] if at < len(places) else ()
        quote = Quote(quoted, form, number, closing, text[max(0, a - 80) : a], text[b : b + 80])
        facts.append(Fact(key, quote, span))
    return facts


def _cuts(text: str, cited: tuple[int, ...], quotes: list[tuple[int, int, str]]) -> list[int]:
    """Give the offsets at which claims end: sentence ends outside of quotes, and citations."""
    ends = set(cited)
    opened = [a for a, _, _ in quotes]
    for match in _ENDED.finditer(text):
        at = match.end()
        stop = match.start()
        before = bisect_right(opened, stop)
        if before and at <= quotes[before - 1][1]:
            continue
        if (
            text[stop] == "."
            and (text[stop - 1 : stop].isupper() or text[max(0, stop - 2) : stop] in _SHORT)
            and _ABBREVIATION.search(text, max(0, at - 8), at)
        ):
            continue
        # a citation just after the sentence's end still belongs to it
        ends.add(at)
    ends.discard(0)
    ends.add(len(text))
    if len(ends) == 1:
        return [len(text)]
    ordered = sorted(ends)
    closed = set(cited)
    merged: list[int] = []
    for at in ordered:
        # "... end. [00:01:02] Next": the citation after the stop closes the sentence before it
        if merged and at in closed and not text[merged[-1] : at].strip(" .,;:)"):
            merged[-1] = at
            continue
        merged.append(at)
    return merged


def _closings(block: Block) -> dict[int, tuple[Citation, ...]]:
    """Give the citations of a block by how much of it stands before them."""
    found: dict[int, list[Citation]] = {}
    for citation, at in zip(block.citations, block.cited, strict=True):
        found.setdefault(at, []).append(citation)
    return {at: tuple(closing) for at, closing in found.items()}
