"""Findings as an index files them: heads that are put in order all at once, bodies that are read as they are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence

from .. import engine
from ..model import Finding
from .records import BrokenError, Filed, unpack_finding

HELD = 50_000
"""Findings up to which all are read at once, which is faster; more would not leave room for the rest."""

BATCH = 256
"""Bodies that are read at a time, for a reader who goes through them in order."""

_HEADS = (
    "SELECT id, path, rule, severity, allowed, fingerprint FROM finding"
    " ORDER BY path, start, end, rule, message, fingerprint, id"
)


def put(database: sqlite3.Connection, place: int, findings: Iterable[Filed]) -> None:
    """File the findings of a place: a group's number, or a note's below zero."""
    for found in findings:
        number = database.execute(
            "INSERT INTO finding VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                place,
                found.path,
                found.start,
                found.end,
                found.message,
                found.rule,
                found.severity,
                found.allowed,
                found.fingerprint,
            ),
        ).lastrowid
        database.execute("INSERT INTO body VALUES (?, ?)", (number, found.packed))


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
    for number, path, rule, severity, allowed, fingerprint in database.execute(_HEADS):
        numbers.append(number)
        heads.append(engine.Head(share(path, path), share(rule, rule), severity, allowed == 1, fingerprint))
    if len(numbers) > HELD:
        return _Lying(database, numbers, heads)
    findings = _bodies(database.execute("SELECT id, packed FROM body"), numbers)
    database.execute("COMMIT")
    return engine.Held(findings, heads)


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
            rows = database.execute("SELECT packed FROM finding JOIN body USING (id) WHERE place = ?", (place,))
            kept += (
                found
                for found in (unpack_finding(packed) for (packed,) in rows)
                if any(label.span.path in wanted for label in found.labels)
            )
    return engine.Held(engine.ordered(kept))


class _Lying(engine.Findings):
    """Findings whose bodies lie in the index until they are asked for."""

    def __init__(self, database: sqlite3.Connection, numbers: Sequence[int], heads: Sequence[engine.Head]) -> None:
        self.database = database
        self.numbers = numbers
        self.heads = heads
        self._batch: tuple[int, list[Finding]] = (0, [])

    def only(self, keep: Callable[[engine.Head], bool]) -> _Lying:
        """Give those whose heads are wanted."""
        wanted = [at for at, head in enumerate(self.heads) if keep(head)]
        if len(wanted) == len(self.heads):
            return self
        return _Lying(self.database, [self.numbers[at] for at in wanted], [self.heads[at] for at in wanted])

    def __getitem__(self, index: int) -> Finding:  # type: ignore[override]  # nobody slices findings
        first, batch = self._batch
        if not first <= index < first + len(batch):
            numbers = self.numbers[index : index + BATCH]
            if not numbers:
                raise IndexError(index)
            marks = ",".join("?" * len(numbers))
            rows = self.database.execute(f"SELECT id, packed FROM body WHERE id IN ({marks})", numbers)
            batch = _bodies(rows, numbers)
            first = index
            self._batch = first, batch
        return batch[index - first]


def _bodies(rows: Iterable[tuple[int, bytes]], numbers: Iterable[int]) -> list[Finding]:
    """Give the findings with these numbers; raises BrokenError."""
    bodies = {number: unpack_finding(packed) for number, packed in rows}
    try:
        return [bodies[number] for number in numbers]
    except KeyError as error:
        raise BrokenError("a finding has lost its body; `notelint cache clear` lets the index be made anew") from error
