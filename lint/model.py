"""The nouns of notelint: what the engine, the rules and the renderers exchange.

Imports nothing of ours. All lines and columns are 1-based and count code
points; ends are excluded. All times are whole seconds from the start of a
source. Every value that reaches a rule can be written to text and read back.
"""

from __future__ import annotations

import functools
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias, overload, runtime_checkable

import msgspec

Severity: TypeAlias = Literal["error", "warning", "info", "off"]
Scope: TypeAlias = Literal["note", "vault"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""What a finding can weigh, worst first; `off` is a setting, never a finding's."""

FAMILIES = {
    "name": "Names",
    "timestamp": "Timestamps",
    "quote": "Quotes",
    "fact": "Facts",
    "link": "Links",
    "metadata": "Front matter",
    "text": "Text",
}
"""The first word of every rule id, in the order in which reports list them, and the title under which they do."""


LONG = 1_000
"""A passage of so many characters, or half as many shifts, is not gone through again for each place in it."""


class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """A place in a note: path, lines and columns, and the same as code point offsets."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class Passage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A stretch of a note as its reader sees it, with the way back to what was written.

    `text` has no markup. `raw` is what stands in the note between the first
    and the last character of it, or "" where that is the same. `start`,
    `line` and `column` say where `text[0]` stands. `shifts` holds pairs
    (offset in `text`, offset in the note), one for each place after which the
    two run on together again.
    """

    text: str
    raw: str
    start: int
    line: int
    column: int
    shifts: tuple[int, ...] = ()

    def offset(self, at: int) -> int:
        """Give the offset in the note of `text[at]`."""
        shifts = self.shifts
        if not shifts or at < shifts[0]:
            return self.start + at
        index = _begun(shifts, at) * 2 - 2
        return shifts[index + 1] + at - shifts[index]

    def span(self, path: str, start: int = 0, end: int | None = None) -> Span:
        """Give the place of `text[start:end]` in the note at `path`."""
        first, last = self._range(start, end)
        line, column = self._place(first)
        end_line, end_column = self._place(last)
        return Span(path, line, column, end_line, end_column, first, last)

    def verbatim(self, start: int = 0, end: int | None = None) -> str:
        """Give what the note has for `text[start:end]`, markup and all."""
        if not self.raw:
            return self.text[start:end]
        first, last = self._range(start, end)
        return self.raw[first - self.start : last - self.start]

    def part(self, start: int, end: int) -> Passage:
        """Give `text[start:end]` as a passage of its own."""
        first = self.offset(start)
        line, column = self._place(first)
        text, raw = self.text[start:end], self.verbatim(start, end)
        shifts: list[int] = []
        for at, source in zip(self.shifts[::2], self.shifts[1::2], strict=True):
            if start < at < end:
                shifts += (at - start, source)
        return Passage(text, "" if raw == text else raw, first, line, column, tuple(shifts))

    def piece(self, path: str, start: int, end: int) -> tuple[Passage, Span]:
        """Give `part(start, end)` and its span in the note at `path`, for less than both."""
        if end <= start:
            part = self.part(start, end)
            return part, part.span(path)
        shifts = self.shifts
        text = self.text[start:end]
        if shifts and shifts[0] < end:
            first, last = self.offset(start), self.offset(end - 1) + 1
            inside = range(2 * _begun(shifts, start), 2 * _begun(shifts, end - 1), 2)
            inner = tuple([value for at in inside for value in (shifts[at] - start, shifts[at + 1])])
        else:
            first, last = self.start + start, self.start + end
            inner = ()
        whole = self.raw or self.text
        base = self.start
        raw = whole[first - base : last - base]
        line, column = self._place(first)
        if "\n" in raw:
            end_line, end_column = self._place(last)
        else:
            end_line, end_column = line, column + last - first
        span = Span(path, line, column, end_line, end_column, first, last)
        return Passage(text, "" if raw == text else raw, first, line, column, inner), span

    def _range(self, start: int, end: int | None) -> tuple[int, int]:
        """Give where `text[start:end]` begins and ends in the note; markup after its last character is outside."""
        first = self.offset(start)
        stop = len(self.text) if end is None else end
        return first, self.offset(stop - 1) + 1 if stop > start else first

    def _place(self, offset: int) -> tuple[int, int]:
        relative = offset - self.start
        text = self.raw or self.text
        if len(text) < LONG:
            row = text.count("\n", 0, relative)
            start = text.rfind("\n", 0, relative)
        else:
            breaks = _breaks(text)
            row = bisect_left(breaks, relative)
            start = breaks[row - 1] if row else -1
        return (self.line + row, relative - start) if row else (self.line, self.column + relative)


def _begun(shifts: tuple[int, ...], at: int) -> int:
    """Say how many of a passage's pairs begin at or before an offset in its text."""
    if len(shifts) < LONG:
        return bisect_right(shifts[::2], at)
    return bisect_right(range(0, len(shifts), 2), at, key=shifts.__getitem__)


@functools.lru_cache(maxsize=4)
def _breaks(text: str) -> list[int]:
    """Give the offsets of the line breaks; kept for the many places of one long passage."""
    return [found.start() for found in re.finditer("\n", text)]


class Fault(msgspec.Struct, frozen=True, array_like=True):
    """Something that reading met in the bytes or the front matter of a note.

    `kind` is `encoding`, `binary`, `empty`, `front-matter`, `repeated-key` (there) or `long-line`;
    `start` and `end` are code point offsets into the text as it was read.
    """

    kind: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Note:
    """One document as it was read.

    `text` is decoded, without a byte order mark and with its line ends as
    they stand. `source` is the normalised id of what the note declares itself
    to be about, or None. `metadata` holds the front matter's top level values
    as the text that was written; `keys` the span of each key's line.
    """

    path: str
    text: str
    digest: str = ""
    source: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    body: int = 0
    encoding: str = "utf-8"
    bom: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def key(self) -> str:
        """The key of facts on this note's source: the declared source, or the note itself."""
        return self.source or f"note:{self.path}"

    @functools.cached_property
    def lines(self) -> list[int]:
        """Offsets at which the lines begin."""
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """Give line and column of a code point offset."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Give the place of `text[start:end]`."""
        line, column = self.place(start)
        end_line, end_column = self.place(end)
        return Span(self.path, line, column, end_line, end_column, start, end)

    def passage(self, start: int, end: int) -> Passage:
        """Give `text[start:end]` as a passage without markup to hide."""
        line, column = self.place(start)
        return Passage(self.text[start:end], "", start, line, column)


class Fact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Of `key` a note says `value`, here; `value` is text or a struct of `lint.note`."""

    key: str
    value: Any
    span: Span


class Group(Sequence[Fact]):
    """All facts with one key, in reading order; compared by identity, so that helpers can keep what they work out.

    `vocabulary` holds canonical spellings that people gave (configuration and rulings),
    `pipeline` the spaCy pipeline that the configuration names, if any.
    """

    def __init__(
        self, key: str, facts: Iterable[Fact], vocabulary: frozenset[str] = frozenset(), pipeline: str | None = None
    ) -> None:
        self.key = key
        self.facts = tuple(facts)
        self.vocabulary = vocabulary
        self.pipeline = pipeline

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Fact]: ...
    def __getitem__(self, index: int | slice) -> Fact | Sequence[Fact]:
        return self.facts[index]

    def __len__(self) -> int:
        return len(self.facts)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)


class Label(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place that takes part in a finding.

    `text` is the verbatim text of the place. `role` says what the place is in
    the conflict (`variant`, `evidence`, `place` …), `suggestion` what should
    stand there, where that differs from place to place. `context` is the
    claim around it as a reader sees it, `at` the offset of the place in it.
    """

    span: Span
    text: str
    role: str = "place"
    suggestion: str | None = None
    context: str = ""
    at: int = 0
    seconds: int | None = None


class Vote(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One of the competing values of a ballot: how many notes hold it, and what else speaks for it."""

    value: str
    notes: int
    why: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


class Edit(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Replace the code points [start, end) of a note, which now read `old`, by `text`."""

    path: str
    start: int
    end: int
    old: str
    text: str


class Fix(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Edits that settle a finding; safe when no reader could want it otherwise."""

    safe: bool
    edits: tuple[Edit, ...]


class Finding(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One conflict, with every place that takes part; the first label is where to go.

    `values` are the normalised competing values: with rule and key they make
    the fingerprint, which knows no line, and no path but that of a note on no
    source, whose key it is. `severity` lowers or raises the rule's own for this
    finding, None keeps it. `evidence` are sentences that say why this is
    reported. `confidence` runs from 0 to 1. `allowed` ones are what allow
    comments keep quiet: never said, they tell which comments are of use.
    """

    rule: str
    key: str
    message: str
    labels: tuple[Label, ...]
    values: tuple[str, ...] = ()
    ballot: tuple[Vote, ...] = ()
    suggestion: str | None = None
    evidence: tuple[str, ...] = ()
    confidence: float = 1.0
    severity: Severity | None = None
    fix: Fix | None = None
    allowed: bool = False

    @property
    def family(self) -> str:
        """The first word of the rule's id."""
        return family_of(self.rule)

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that stay when the places move, in one note or to another.

        A finding that gives no values is told by the texts of its places.
        """
        values = sorted(set(self.values or (label.text for label in self.labels)))
        return digest("\x1f".join((self.rule, self.key, *values)))

    def concerns(self, paths: Collection[str]) -> bool:
        """Say whether one of these notes takes part: a place is in it, or it holds one of the values that compete."""
        return any(label.span.path in paths for label in self.labels) or any(
            path in paths for vote in self.ballot for path in vote.paths
        )


class Failure(msgspec.Struct, frozen=True, order=True):
    """Something that notelint could not do; never a finding. `path` is "" when no note is to blame."""

    path: str
    message: str


class Sharing(msgspec.Struct, frozen=True, array_like=True):
    """A note that declares no source, the source it was found to share, and what they share."""

    path: str
    source: str
    evidence: tuple[str, ...]


Counts: TypeAlias = Callable[[str], int]
"""In how many groups of the vault a form occurs: of a name, in how many sources."""


class Rule(Protocol):
    """The shape of every module in `rules/`: read facts of one key, report conflicts."""

    __doc__: str | None

    @property
    def __name__(self) -> str: ...
    @property
    def ID(self) -> str: ...
    @property
    def SEVERITY(self) -> Severity: ...
    @property
    def SCOPE(self) -> Scope: ...
    def extract(self, note: Note, /) -> Iterable[Fact]: ...
    def check(self, key: str, facts: Group, /) -> Iterable[Finding]: ...


@runtime_checkable
class Weighing(Protocol):
    """What a rule may have besides: a last look at a candidate with counts of the whole vault.

    A rule that asks for other forms than names gives the streams that have them in `asks`.
    """

    def weigh(self, finding: Finding, counts: Counts, /) -> Finding | None: ...


@runtime_checkable
class Noticing(Protocol):
    """What a rule may have besides: a word on what it did not compare, for the people who wait for its findings."""

    def notices(self, key: str, facts: Group, /) -> Iterable[str]: ...


def family_of(rule_id: str) -> str:
    """Give the first word of a rule's id."""
    return rule_id.partition("-")[0]


def digest(text: str | bytes) -> str:
    """Give sixteen hexadecimal digits of blake2b, the same in every process."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return hashlib.blake2b(data, digest_size=8).hexdigest()
