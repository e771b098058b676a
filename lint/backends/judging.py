"""Judging the groups that a change of an index has touched, and weighing what asks for counts of the whole vault."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from .. import engine
from . import filing
from .job import Job
from .records import (
    SILENT,
    Filed,
    Members,
    Verdict,
    filed,
    pack,
    read_verdicts,
    unpack_candidates,
    unpack_finding,
    unpack_texts,
)
from .spread import Crew

MANY = 150
"""Changed notes, or touched groups, from which other processes pay: a fork costs as much as a few notes."""

TASK = 250_000
"""Bytes of facts that a process judges at a time."""


class Judgement:
    """One change of what an index holds of findings.

    `building` says that the index is new and holds nothing to take out.
    """

    def __init__(self, database: sqlite3.Connection, job: Job, crew: Crew, *, building: bool = False) -> None:
        self.database = database
        self.job = job
        self.crew = crew
        self.building = building
        self.unweighed: set[int] = set()

    def note(self, note: int, verdict: Verdict) -> None:
        """Keep what the rules find in a note alone."""
        self.forget(-note)
        self.database.execute(
            "UPDATE solo SET candidates = ?, trouble = ? WHERE note = ?",
            (self._put(-note, verdict), verdict.trouble, note),
        )

    def forget(self, place: int) -> None:
        """Take out what was found at a place: a group's number, or a note's below zero."""
        if not self.building:
            for table in ("asked", "failed"):
                self.database.execute(f"DELETE FROM {table} WHERE place = ?", (place,))
            filing.drop(self.database, place)
            self.unweighed.discard(place)

    def groups(self, touched: Iterable[int]) -> None:
        """Judge the touched groups; note the forms that are now in more or fewer of them; weigh what asked for them."""
        counted: Counter[str] = Counter()
        empty = set(touched)
        for number, verdict in self._verdicts(empty):
            self._count(number, verdict.forms, counted)
            if not self.building:
                self.database.execute("DELETE FROM verdict WHERE grp = ?", (number,))
                self.forget(number)
            if verdict != SILENT:
                self.database.execute(
                    "INSERT INTO verdict VALUES (?, ?, ?, ?)",
                    (number, self._put(number, verdict), verdict.trouble, verdict.forms),
                )
        for number in sorted(empty):  # groups that have lost their last fact
            self._count(number, b"", counted)
            self.database.execute("DELETE FROM verdict WHERE grp = ?", (number,))
            self.forget(number)
            self.database.execute("DELETE FROM grp WHERE id = ?", (number,))
        self._weigh({form: more for form, more in counted.items() if more})

    def _put(self, place: int, verdict: Verdict) -> bytes:
        """File findings; give candidates packed, to be kept and weighed whenever a count that they ask for changes."""
        filing.put(self.database, place, verdict.findings)
        if not verdict.candidates:
            return b""
        self.unweighed.add(place)
        return pack(verdict.candidates)

    def _verdicts(self, empty: set[int]) -> Iterator[tuple[int, Verdict]]:
        """Judge the touched groups that have facts, and take them out of `empty`."""
        tasks = self._tasks(empty)
        for result in self.crew.do(self.job.verdicts, tasks, pays=len(empty) >= MANY):
            yield from read_verdicts(result)

    def _tasks(self, empty: set[int]) -> Iterator[bytes]:
        """Give the touched groups with their facts, as packed tasks of about the same size."""
        task: list[Members] = []
        size = 0
        for group in self._facts(sorted(empty)):
            empty.discard(group[0])
            task.append(group)
            size += sum(len(member[1]) for member in group[3])
            if size >= TASK:
                yield pack(task)
                task, size = [], 0
        if task:
            yield pack(task)

    def _facts(self, groups: Iterable[int]) -> Iterator[Members]:
        """Give the groups that have facts, each with them."""
        for number in groups:
            members = self.database.execute(
                "SELECT note.path, fact.facts, note.allows FROM fact JOIN note ON note.id = fact.note"
                " WHERE fact.grp = ? ORDER BY note.path, fact.moved",
                (number,),
            ).fetchall()
            if members:
                stream, key = self.database.execute("SELECT stream, key FROM grp WHERE id = ?", (number,)).fetchone()
                yield number, stream, key, members

    def _count(self, number: int, forms: bytes, counted: Counter[str]) -> None:
        """Add to `counted` in how many groups more a form is, or fewer, now that a group has these packed forms."""
        before: set[str] = set()
        if not self.building:
            row = self.database.execute("SELECT forms FROM verdict WHERE grp = ?", (number,)).fetchone()
            if row is not None:
                if row[0] == forms:
                    return
                before = set(unpack_texts(row[0]))
        now = set(unpack_texts(forms))
        counted.update(now - before)
        counted.subtract(before - now)

    def _weigh(self, counted: Mapping[str, int]) -> None:
        """Weigh candidates that are new, or that once asked for a form whose count has changed."""
        database = self.database
        database.executemany(
            "INSERT INTO form VALUES (?, ?) ON CONFLICT (form) DO UPDATE SET grps = grps + excluded.grps",
            sorted(counted.items()),
        )
        if not self.building:
            database.execute("DELETE FROM form WHERE grps < 1")
            for form in counted:
                for (place,) in database.execute("SELECT place FROM asked WHERE form = ?", (form,)).fetchall():
                    if place not in self.unweighed:
                        self.unweighed.add(place)
                        filing.drop(database, place, self.job.weighing)
                        database.execute("DELETE FROM failed WHERE place = ?", (place,))
        by_id = {rule.ID: rule for rule in self.job.rules}
        known: dict[str, int] = {}
        for place in sorted(self.unweighed):
            asked: set[str] = set()

            def counts(form: str, asked: set[str] = asked) -> int:
                asked.add(form)
                if form not in known:
                    row = database.execute("SELECT grps FROM form WHERE form = ?", (form,)).fetchone()
                    known[form] = int(row[0]) if row is not None else 0
                return known[form]

            said = engine.weigh(by_id, (unpack_finding(found.packed) for found in self._candidates(place)), counts)
            filing.put(database, place, filed(said.findings))
            if said.failures:
                database.execute("INSERT INTO failed VALUES (?, ?)", (place, pack((said.failures, ()))))
            database.executemany("INSERT OR IGNORE INTO asked VALUES (?, ?)", [(form, place) for form in sorted(asked)])

    def _candidates(self, place: int) -> tuple[Filed, ...]:
        """Give what was kept to be weighed at a place."""
        table, column = ("verdict", "grp") if place > 0 else ("solo", "note")
        row = self.database.execute(f"SELECT candidates FROM {table} WHERE {column} = ?", (abs(place),)).fetchone()
        return unpack_candidates(row[0]) if row is not None else ()
