"""Changing an index: read what changed, find which groups that touches, judge those and no others."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..engine import raised
from ..model import Failure
from ..note.read import read
from ..sources import sketch
from ..vault import Vault
from . import store
from .job import Job
from .judging import MANY, Judgement
from .records import (
    CLAIMS,
    BrokenError,
    Progress,
    Record,
    pack,
    read_records,
    read_sketches,
    read_stamps,
    unpack_texts,
)
from .spread import Crew, processes

CHUNK = 12
"""Notes that a process takes at a time: few enough that two processes end together."""


def looked(
    database: sqlite3.Connection,
    vault: Vault,
    stamps: Mapping[str, str],
    paths: Iterable[str],
    gone: list[str],
    failures: list[Failure],
) -> tuple[list[tuple[str, str]], list[str]]:
    """Look at the bytes of notes whose stamps do not vouch for them.

    Gives stamps to note down, and the paths of notes that are new or have
    changed; those that cannot be read are gone.
    """
    stamped: list[tuple[str, str]] = []
    changed: list[str] = []
    for path in paths:
        known = database.execute("SELECT digest FROM note WHERE path = ?", (path,)).fetchone()
        if known is None:
            changed.append(path)
            continue
        data = vault.fetch(path, failures)
        if data is None:
            gone.append(path)
        elif hashlib.blake2b(data, digest_size=16).hexdigest() == known[0]:
            stamped.append((stamps[path], path))
        else:
            changed.append(path)
    return stamped, changed


class Change:
    """One change of an index, inside one transaction; to be closed."""

    def __init__(
        self,
        database: sqlite3.Connection,
        job: Job,
        vault: Vault,
        workers: int | None,
        failures: list[Failure],
        progress: Progress,
        *,
        building: bool = False,
    ) -> None:
        self.database = database
        self.job = job
        self.vault = vault
        self.crew = Crew(processes(workers), self._extracted, job.sketches, job.verdicts)
        self.failures = failures
        self.progress = progress
        self.judgement = Judgement(database, job, self.crew, building=building)
        self.touched: set[int] = set()
        self.resketched = False
        self.groups: dict[tuple[str, str], int] = {}

    def close(self) -> None:
        """Let the processes end that have worked on it."""
        self.crew.dismiss()

    def build(self, stamps: Mapping[str, str]) -> None:
        """Fill an empty index."""
        for note, record in enumerate(self._records(sorted(stamps), stamps), 1):
            self._add(note, record)
        store.finish(self.database)
        self._judge()

    def all_touched(self) -> None:
        """Judge every group again: what the findings depend on has changed."""
        self.touched.update(number for (number,) in self.database.execute("SELECT id FROM grp"))
        for (note,) in self.database.execute("SELECT note FROM solo ORDER BY note").fetchall():
            kept = "SELECT path, facts, allows FROM solo JOIN note ON note.id = solo.note WHERE note = ?"
            self.judgement.note(note, self.job.again(*self.database.execute(kept, (note,)).fetchone()))

    def apply(self, stamps: Mapping[str, str], changed: Sequence[str], gone: Iterable[str]) -> None:
        """Take out notes that are gone, and put in those that are new or changed."""
        for path in gone:
            self._remove(path)
        fetched: set[str] = set()
        for record in self._records(changed, stamps):
            fetched.add(record.path)
            row = self.database.execute("SELECT id FROM note WHERE path = ?", (record.path,)).fetchone()
            if row is None:
                last = self.database.execute("SELECT coalesce(max(id), 0) FROM note").fetchone()[0]
                self._add(last + 1, record)
            else:
                self._replace(row[0], record)
        for path in changed:
            if path not in fetched:
                self._remove(path)
        self._judge()

    def _judge(self) -> None:
        self._share()
        self.judgement.groups(self.touched)

    # notes ------------------------------------------------------------------

    def _records(self, paths: Sequence[str], stamps: Mapping[str, str]) -> Iterator[Record]:
        tasks = (pack([(path, stamps[path]) for path in paths[at : at + CHUNK]]) for at in range(0, len(paths), CHUNK))
        done = 0
        for result in self.crew.do(self._extracted, tasks, pays=len(paths) >= MANY):
            records, failures = read_records(result)
            self.failures += failures
            done += len(records)
            self.progress(done, len(paths))
            yield from records

    def _extracted(self, task: bytes) -> bytes:
        """Read notes, and give their records and what could not be read."""
        failures: list[Failure] = []
        records = []
        for path, stamp in read_stamps(task):
            data = self.vault.fetch(path, failures)
            if data is None:
                continue
            try:
                records.append(self.job.record(read(path, data, self.job.source_keys), stamp))
            except Exception as error:  # noqa: BLE001 - one note's trouble must not hide the others
                failures.append(Failure(path, f"cannot be taken apart: {raised(error)}"))
        return pack((records, failures))

    def _add(self, note: int, record: Record) -> None:
        self.database.execute(
            "INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?)",
            (note, record.path, record.stamp, record.digest, record.source, record.loose, record.allows),
        )
        if record.alone or record.said.trouble:
            self.database.execute("INSERT INTO solo VALUES (?, x'', x'', ?)", (note, record.alone))
            self.judgement.note(note, record.said)
        rows = []
        for row in record.rows:
            grp = self._group(row.stream, row.key)
            self.touched.add(grp)
            self.resketched = self.resketched or row.stream == CLAIMS
            rows.append((note, grp, row.facts))
        self.database.executemany("INSERT INTO fact VALUES (NULL, ?, ?, 0, NULL, ?)", rows)

    def _remove(self, path: str) -> None:
        row = self.database.execute("SELECT id FROM note WHERE path = ?", (path,)).fetchone()
        if row is None:
            return
        grps = self.database.execute("SELECT grp FROM fact WHERE note = ?", row).fetchall()
        self.touched.update(grp for (grp,) in grps)
        self.resketched = True
        for table, column in (("fact", "note"), ("solo", "note"), ("note", "id")):
            self.database.execute(f"DELETE FROM {table} WHERE {column} = ?", row)
        self.judgement.forget(-row[0])

    def _replace(self, note: int, record: Record) -> None:
        """Put a changed note in place of what it was; groups in which it says the same are left alone."""
        loose, shares, allows = self.database.execute(
            "SELECT loose, shares, allows FROM note WHERE id = ?", (note,)
        ).fetchone()
        before = {
            (grp, moved): (number, facts)
            for number, grp, moved, facts in self.database.execute(
                "SELECT id, grp, moved, facts FROM fact WHERE note = ?", (note,)
            )
        }
        own = f"note:{record.path}"
        for row in record.rows:
            moved = int(bool(loose and shares and record.loose and row.stream == CLAIMS and row.key == own))
            grp = self._group(row.stream, shares if moved else row.key)
            number, facts = before.pop((grp, moved), (None, b""))
            if number is None:
                self.database.execute("INSERT INTO fact VALUES (NULL, ?, ?, ?, NULL, ?)", (note, grp, moved, row.facts))
            elif facts != row.facts:
                self.database.execute("UPDATE fact SET facts = ?, sketch = NULL WHERE id = ?", (row.facts, number))
            if number is None or facts != row.facts:
                self.resketched = self.resketched or row.stream == CLAIMS
                self.touched.add(grp)
            elif allows != record.allows:
                self.touched.add(grp)
        for (grp, _), (number, _) in before.items():
            self.resketched = True
            self.touched.add(grp)
            self.database.execute("DELETE FROM fact WHERE id = ?", (number,))
        if bool(loose) != record.loose:
            self.resketched = True
        self.database.execute(
            "UPDATE note SET stamp = ?, digest = ?, source = ?, loose = ?, shares = ?, allows = ? WHERE id = ?",
            (
                record.stamp,
                record.digest,
                record.source,
                record.loose,
                shares if record.loose else None,
                record.allows,
                note,
            ),
        )
        self.database.execute("INSERT OR REPLACE INTO solo VALUES (?, x'', x'', ?)", (note, record.alone))
        self.judgement.note(note, record.said)

    def _group(self, stream: str, key: str) -> int:
        at = (stream, key)
        number = self.groups.get(at)
        if number is not None:
            return number
        if self.judgement.building:
            number = len(self.groups) + 1
            self.database.execute("INSERT INTO grp VALUES (?, ?, ?)", (number, stream, key))
        else:
            row = self.database.execute("SELECT id FROM grp WHERE stream = ? AND key = ?", at).fetchone()
            if row is None:
                row = (self.database.execute("INSERT INTO grp VALUES (NULL, ?, ?)", at).lastrowid,)
            number = int(row[0])
        self.groups[at] = number
        return number

    # sources ----------------------------------------------------------------

    def _share(self) -> None:
        """Find again which source each loose note shares, where that can have changed, and move its facts there."""
        if not self.resketched:
            return
        loose = self.database.execute("SELECT id, path, shares FROM note WHERE loose = 1 ORDER BY path").fetchall()
        if not loose:
            return
        self._sketch()
        undeclared: dict[str, frozenset[str]] = {}
        for note, path, _ in loose:
            row = self.database.execute(
                "SELECT sketch FROM fact JOIN grp ON grp.id = fact.grp WHERE note = ? AND stream = ? AND (moved OR key = ?)",
                (note, CLAIMS, f"note:{path}"),
            ).fetchone()
            if row is None:
                raise BrokenError(f"{path} has lost its claims")
            undeclared[path] = frozenset(unpack_texts(row[0]))
        wanted = sketch.wanted(undeclared)
        declared: dict[str, set[str]] = {}
        rows = self.database.execute(
            "SELECT key, sketch FROM grp JOIN fact ON fact.grp = grp.id WHERE stream = ? AND NOT moved"
            " AND substr(key, 1, 5) <> 'note:'",
            (CLAIMS,),
        )
        for key, packed in rows:
            declared.setdefault(key, set()).update(wanted.intersection(unpack_texts(packed)))
        inferred = sketch.infer(undeclared, {key: frozenset(forms) for key, forms in declared.items()})
        found = {sharing.path: sharing for sharing in inferred}
        for note, path, shares in loose:
            sharing = found.get(path)
            now = sharing.source if sharing is not None else None
            if now != shares:
                home = self._group(CLAIMS, shares or f"note:{path}")
                goal = self._group(CLAIMS, now or f"note:{path}")
                self.database.execute(
                    "UPDATE fact SET grp = ?, moved = ? WHERE note = ? AND grp = ? AND moved = ?",
                    (goal, int(now is not None), note, home, int(shares is not None)),
                )
                self.touched |= {home, goal}
            evidence = pack(sharing.evidence) if sharing is not None else None
            self.database.execute("UPDATE note SET shares = ?, evidence = ? WHERE id = ?", (now, evidence, note))

    def _sketch(self) -> None:
        """Work out the sketches that are not known: most vaults never need them."""
        rows = self.database.execute(
            "SELECT fact.id, grp.key, note.path, fact.facts FROM fact JOIN grp ON grp.id = fact.grp"
            " JOIN note ON note.id = fact.note WHERE grp.stream = ? AND fact.sketch IS NULL ORDER BY fact.id",
            (CLAIMS,),
        )
        while wave := rows.fetchmany(4_000):
            tasks = [pack(wave[at : at + CHUNK]) for at in range(0, len(wave), CHUNK)]
            for result in self.crew.do(self.job.sketches, tasks, pays=len(wave) >= MANY):
                self.database.executemany("UPDATE fact SET sketch = ?2 WHERE id = ?1", read_sketches(result))
