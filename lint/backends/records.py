"""What a note or a group comes to, as bytes that a store keeps and a process sends.

The paths and keys of facts are left out: a row knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

import msgspec

from ..model import Fact, Failure, Finding, Severity
from ..note.allows import Allow

CLAIMS = "lint.note.claims.by_source"
"""The stream that tells which source a note shares; always extracted."""

Members: TypeAlias = tuple[int, str, str, list[tuple[str, bytes, bytes]]]
"""A group: number, stream, key, and for each row of facts its path, the packed facts and the note's packed allow comments."""

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of notes done, and of all."""

pack = msgspec.msgpack.Encoder().encode


class BrokenError(Exception):
    """An index contradicts itself."""


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All facts of one note in one stream under one key."""

    stream: str
    key: str
    facts: bytes


class Stretch(NamedTuple):
    """A row with its facts unpacked."""

    row: Row
    facts: list[Fact]


class Filed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A finding as an index keeps it: what it is found and put in order by, and all of it, packed."""

    path: str
    start: int
    end: int
    message: str
    rule: str
    key: str
    severity: Severity | None
    allowed: bool
    fingerprint: str
    packed: bytes


class Verdict(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the rules found in one group: findings, and packed failures with notices; "" is none.

    `candidates` are findings at which their rules want a last look, with
    counts of the whole vault; `forms` the forms in the group that are counted.
    """

    findings: tuple[Filed, ...] = ()
    candidates: tuple[Filed, ...] = ()
    trouble: bytes = b""
    forms: bytes = b""


class Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that is kept of one note.

    `alone` are the packed rows of groups that no other note can join, with the
    failures to extract facts; `said` what the rules found in those rows, these
    failures included. `loose` says that the note has claims and
    declares no source.
    """

    path: str
    stamp: str
    digest: str
    source: str | None
    loose: bool
    allows: bytes
    rows: tuple[Row, ...]
    alone: bytes
    said: Verdict


def pack_facts(facts: Iterable[Fact]) -> bytes:
    """Pack facts without their key and path."""
    packed = []
    for fact in facts:
        span = fact.span
        packed.append((fact.value, span.line, span.column, span.end_line, span.end_column, span.start, span.end))
    return pack(packed)


def filed(findings: Iterable[Finding]) -> tuple[Filed, ...]:
    """Give findings as an index keeps them."""
    return tuple(
        Filed(
            found.labels[0].span.path,
            found.labels[0].span.start,
            found.labels[0].span.end,
            found.message,
            found.rule,
            found.key,
            found.severity,
            found.allowed,
            found.fingerprint,
            pack(found),
        )
        for found in findings
    )


def unpack_texts(packed: bytes) -> list[str]:
    """Give texts, such as a sketch."""
    return _texts.decode(packed) if packed else []


def unpack_trouble(packed: bytes) -> tuple[tuple[Failure, ...], tuple[str, ...]]:
    """Give failures and notices."""
    return _trouble.decode(packed) if packed else ((), ())


def unpack_allows(packed: bytes) -> tuple[Allow, ...]:
    """Give a note's allow comments."""
    return _allows.decode(packed)


SILENT = Verdict()
_trouble = msgspec.msgpack.Decoder(tuple[tuple[Failure, ...], tuple[str, ...]])
_allows = msgspec.msgpack.Decoder(tuple[Allow, ...])
_texts = msgspec.msgpack.Decoder(list[str])

unpack_finding = msgspec.msgpack.Decoder(Finding).decode
unpack_candidates = msgspec.msgpack.Decoder(tuple[Filed, ...]).decode
unpack_alone = msgspec.msgpack.Decoder(tuple[list[Row], list[Failure]]).decode
read_records = msgspec.msgpack.Decoder(tuple[list[Record], list[Failure]]).decode
read_stamps = msgspec.msgpack.Decoder(list[tuple[str, str]]).decode
read_groups = msgspec.msgpack.Decoder(list[Members]).decode
read_claims = msgspec.msgpack.Decoder(list[tuple[int, str, str, bytes]]).decode
read_sketches = msgspec.msgpack.Decoder(list[tuple[int, bytes]]).decode
read_verdicts = msgspec.msgpack.Decoder(list[tuple[int, Verdict]]).decode
