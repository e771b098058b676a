"""Extracting notes and judging groups, in whatever process."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from .. import engine
from ..model import Fact, Failure, Group, Note, Rule, Span
from ..note import claims
from ..note.allows import Allow, allows
from ..sources import sketch
from . import counted
from .records import (
    CLAIMS,
    SILENT,
    Record,
    Row,
    Stretch,
    Verdict,
    filed,
    pack,
    pack_facts,
    read_claims,
    read_groups,
    unpack_allows,
    unpack_alone,
)


@dataclass(frozen=True)
class Job:
    """What it takes to work on notes and groups, the same in every process."""

    rules: Sequence[Rule]
    vocabulary: frozenset[str] = frozenset()
    source_keys: tuple[str, ...] = ()
    pipeline: str | None = None

    @functools.cached_property
    def streams(self) -> dict[str, engine.Extractor]:
        """The extractors by name."""
        return engine.extractors(self.rules) | {CLAIMS: claims.by_source}

    @functools.cached_property
    def readers(self) -> dict[str, list[Rule]]:
        """The rules by the name of the stream that they read."""
        return {
            name: [rule for rule in self.rules if engine.name_of(rule.extract) == name] for name in sorted(self.streams)
        }

    @functools.cached_property
    def weighing(self) -> frozenset[str]:
        """The ids of the rules that ask for counts of the whole vault."""
        return frozenset(rule.ID for rule in self.rules if hasattr(rule, "weigh"))

    def extracted(self, note: Note) -> tuple[list[Stretch], list[Failure]]:
        """Extract all streams of a note; of one whose facts cannot be had, packed and read again, none is given."""
        found: list[Stretch] = []
        failures: list[Failure] = []
        for name, extract in sorted(self.streams.items()):
            facts: dict[str, list[Fact]] = {}
            try:
                for fact in extract(note):
                    if fact.key in facts:
                        facts[fact.key].append(fact)
                    else:
                        facts[fact.key] = [fact]
                if not all(isinstance(key, str) for key in facts):
                    raise TypeError("a fact under a key that is no text")
                rows = [Row(name, key, pack_facts(facts[key])) for key in sorted(facts)]
                for row in rows:
                    _decoder(extract).decode(row.facts)
            except Exception as error:  # noqa: BLE001 - one note's trouble must not hide the others
                failures.append(Failure(note.path, f"{name} failed: {engine.raised(error)}"))
            else:
                found += [Stretch(row, facts[row.key]) for row in rows]
        return found, failures

    def record(self, note: Note, stamp: str) -> Record:
        """Extract all streams of a note, and judge what no other note can join."""
        found, failures = self.extracted(note)
        comments = allows(note)
        own = f"note:{note.path}"
        rows: list[Row] = []
        alone: list[Row] = []
        said: list[engine.Examined] = []
        for row, facts in found:
            if row.key == own and row.stream != CLAIMS:
                alone.append(row)
                said.append(self._examine(row.stream, own, facts, {note.path: comments} if comments else {}))
            else:
                rows.append(row)
        return Record(
            note.path,
            stamp,
            note.digest,
            note.source,
            note.source is None and any(row.stream == CLAIMS and row.key == own for row in rows),
            pack(comments) if comments else b"",
            tuple(rows),
            pack((alone, failures)) if alone or failures else b"",
            self._verdict(_joined(said, failures)),
        )

    def again(self, path: str, alone: bytes, comments: bytes) -> Verdict:
        """Judge again what stands in a note's `alone`."""
        allowed = {path: unpack_allows(comments)} if comments else {}
        rows, failures = unpack_alone(alone) if alone else ([], [])
        said = (
            self._examine(row.stream, row.key, self.facts(row.stream, row.key, path, row.facts), allowed)
            for row in rows
        )
        return self._verdict(_joined(said, failures))

    def facts(self, stream: str, key: str, path: str, packed: bytes) -> list[Fact]:
        """Give the facts of one row."""
        return [Fact(key, item[0], Span(path, *item[1:])) for item in _decoder(self.streams[stream]).decode(packed)]

    def sketches(self, task: bytes) -> bytes:
        """Give the packed sketch of each of some rows of claims, by its number."""
        return pack(
            [
                (number, pack(sorted(sketch.sketch(self.facts(CLAIMS, key, path, packed)))))
                for number, key, path, packed in read_claims(task)
            ]
        )

    def verdicts(self, task: bytes) -> bytes:
        """Judge some complete groups, and give each verdict by the number of its group."""
        return pack(
            [(number, self.verdict(stream, key, members)) for number, stream, key, members in read_groups(task)]
        )

    def verdict(self, stream: str, key: str, members: Iterable[tuple[str, bytes, bytes]]) -> Verdict:
        """Judge one complete group; `members` are path, packed facts and packed allow comments of its notes."""
        facts: list[Fact] = []
        allowed: dict[str, tuple[Allow, ...]] = {}
        for path, packed, comments in members:
            facts += self.facts(stream, key, path, packed)
            if comments:
                allowed[path] = unpack_allows(comments)
        said = self._examine(stream, key, facts, allowed)
        forms = b""
        if self.weighing and (found := counted.forms(stream, facts)):
            forms = pack(sorted(found))
        return self._verdict(said, forms)

    def group(self, stream: str, key: str, members: Iterable[tuple[str, bytes]]) -> Group:
        """Put the facts of one group together."""
        facts = [fact for path, packed in members for fact in self.facts(stream, key, path, packed)]
        return engine.group(key, facts, self.vocabulary, self.pipeline)

    def _verdict(self, said: engine.Examined, forms: bytes = b"") -> Verdict:
        if said is engine.NOTHING:
            return Verdict(forms=forms) if forms else SILENT
        return Verdict(
            filed(found for found in said.findings if found.rule not in self.weighing),
            filed(found for found in said.findings if found.rule in self.weighing),
            pack((said.failures, said.notices)) if said.failures or said.notices else b"",
            forms,
        )

    def _examine(
        self, stream: str, key: str, facts: list[Fact], allowed: Mapping[str, Sequence[Allow]]
    ) -> engine.Examined:
        rules = self.readers[stream]
        return (
            engine.examine(rules, engine.group(key, facts, self.vocabulary, self.pipeline), allowed)
            if rules
            else engine.NOTHING
        )


def _joined(said: Iterable[engine.Examined], failures: Sequence[Failure]) -> engine.Examined:
    kept = [one for one in said if one is not engine.NOTHING]
    if not kept and not failures:
        return engine.NOTHING
    return engine.Examined(
        tuple(found for one in kept for found in one.findings),
        (*failures, *(failure for one in kept for failure in one.failures)),
        tuple(notice for one in kept for notice in one.notices),
    )


@functools.lru_cache(maxsize=128)
def _decoder(extract: engine.Extractor) -> msgspec.msgpack.Decoder[Any]:
    """Give what reads the facts of an extractor, of which there are a few dozen; raises where its `VALUES` are no types."""
    module = sys.modules[extract.__module__]
    values = getattr(module, "VALUES", str)
    return msgspec.msgpack.Decoder(list[tuple[values, int, int, int, int, int, int]])  # type: ignore[valid-type]  # known to the extractor alone
