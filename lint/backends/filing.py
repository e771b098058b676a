"""Findings as an index files them: heads that are put in order all at once, bodies that stay packed until they are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from zlib import crc32

from .. import engine
from ..model import Finding
from .records import BrokenError, Filed, unpack_finding

HELD = 50_000
"""Findings up to which all packed bodies (2 KB each) are held, which is faster; more would not leave room for the rest."""

BATCH = 256
"""Bodies that are read at a time beyond that, for a reader who goes through them in order."""

RECENT = 64
"""Findings that stay unpacked, for a reader who looks at one several times; with more, each new one is memory not in the cache."""

_HEADS = (
    "SELECT id, path, rule, key, severity, allowed, fingerprint FROM finding"
    " ORDER BY path, start, end, rule, message, fingerprint, id"
)


def put(database: sqlite3.Connection, place: int, findings: Iterable[Filed]) -> None:
    """File the findings of a place: a group's number, or a note's below zero."""
    for found in findings:
        number = database.execute(
            "INSERT INTO finding VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                place,
                found.path,
                found.start,
                found.end,
                found.message,
                found.rule,
                found.key,
                found.severity,
                found.allowed,
                found.fingerprint,
            ),
        ).lastrowid
        database.execute("INSERT INTO body VALUES (?, ?, ?)", (number, found.packed, crc32(found.packed)))


def drop(database: sqlite3.Connection, place: int, rules: Collection[str] | None = None) -> None:
    """Take out the findings of a place, or only those of some rules."""
    for number, rule in database.execute("SELECT id, rule FROM finding WHERE place = ?", (place,)).fetchall():
        if rules is None or rule in rules:
            database.execute("DELETE FROM body WHERE id = ?", (number,))
            database.execute("DELETE FROM finding WHERE id = ?", (number,))


def read(database: sqlite3.Connection, focus: Collection[str] | None) -> engine.Findings:
    """Give findings in reading order; with a `focus`, those in which such a note takes part."""
    if focus is not None:
        return _focused(database, frozenset(focus))
    database.execute("BEGIN")  # what another process changes meanwhile is not seen
    numbers: list[int] = []
    heads: list[engine.Head] = []
    shared: dict[str, str] = {}
    share = shared.setdefault
    for number, path, rule, key, severity, allowed, fingerprint in database.execute(_HEADS):
        numbers.append(number)
        heads.append(
            engine.Head(share(path, path), share(rule, rule), share(key, key), severity, allowed == 1, fingerprint)
        )
    bodies: dict[int, bytes] = {}
    if len(numbers) <= HELD:
        bodies = dict(_whole(database.execute("SELECT id, packed, sum FROM body")))
        if not bodies.keys() >= set(numbers):
            raise BrokenError("a finding has lost its body")
        database.execute("COMMIT")
    return _Packed(database, numbers, heads, bodies)


def _focused(database: sqlite3.Connection, wanted: frozenset[str]) -> engine.Held:
    kept: list[Finding] = []
    seen: set[int] = set()
    for path in sorted(wanted):
        note = database.execute("SELECT id FROM note WHERE path = ?", (path,)).fetchone()
        if note is None:
            continue
        places = [-note[0], *(grp for (grp,) in database.execute("SELECT DISTINCT grp FROM fact WHERE note = ?", note))]
        for place in places:
            if place in seen:
                continue
            seen.add(place)
            rows = database.execute(
                "SELECT id, packed, sum FROM finding JOIN body USING (id) WHERE place = ?", (place,)
            )
            kept += (
                found for found in (unpack_finding(packed) for _, packed in _whole(rows)) if found.concerns(wanted)
            )
    return engine.Held(engine.ordered(kept))


class _Packed(engine.Findings):
    """Findings whose bodies stay packed, here or in the index, until they are asked for."""

    def __init__(
        self,
        database: sqlite3.Connection,
        numbers: Sequence[int],
        heads: Sequence[engine.Head],
        bodies: dict[int, bytes],
    ) -> None:
        self.database = database
        self.numbers = numbers
        self.heads = heads
        self._bodies = bodies
        self._next = 0
        self._recent: dict[int, Finding] = {}

    def only(self, keep: Callable[[engine.Head], bool]) -> _Packed:
        """Give those whose heads are wanted."""
        wanted = [at for at, head in enumerate(self.heads) if keep(head)]
        if len(wanted) == len(self.heads):
            return self
        numbers, heads = [self.numbers[at] for at in wanted], [self.heads[at] for at in wanted]
        return _Packed(self.database, numbers, heads, self._bodies)

    def at(self, index: int) -> Finding:
        """Give one of them, read when it is asked for; raises IndexError past the last."""
        found = self._recent.get(index)
        if found is None:
            number = self.numbers[index]
            if number not in self._bodies:
                self._read(index)
            found = unpack_finding(self._bodies[number])
            if len(self._recent) >= RECENT:
                self._recent.clear()
            self._recent[index] = found
        self._next = index + 1
        return found

    def _read(self, index: int) -> None:
        """Read a body, and those behind it where a reader goes through them in order; raises BrokenError."""
        numbers = self.numbers[index : index + (BATCH if index == self._next else 1)]
        marks = ",".join("?" * len(numbers))
        rows = self.database.execute(f"SELECT id, packed, sum FROM body WHERE id IN ({marks})", numbers)
        try:
            self._bodies = dict(_whole(rows))
            if len(self._bodies) < len(numbers):
                raise BrokenError("a finding has lost its body")
        except BrokenError as error:  # too late to begin anew: a report is being written
            raise BrokenError(f"{error}; `notelint cache clear` lets the index be made anew") from error


def _whole(rows: Iterable[tuple[int, bytes, int]]) -> Iterator[tuple[int, bytes]]:
    """Give packed bodies with their numbers; raises BrokenError for one that is not as it was filed."""
    for number, packed, checksum in rows:
        if crc32(packed) != checksum:
            raise BrokenError("a finding is damaged")
        yield number, packed
