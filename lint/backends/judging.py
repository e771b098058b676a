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

WAVE = 24_000_000
"""Bytes of facts that are held at a time while groups are judged."""

TASK = 250_000
"""Bytes of facts that a process judges at a time."""


def judge(
    database: sqlite3.Connection,
    job: Job,
    touched: Iterable[int],
    solos: Mapping[int, Verdict],
    crew: Crew,
    *,
    building: bool = False,
) -> None:
    """Judge the touched groups and keep what the rules find, there and in notes alone (`solos`, by note).

    `building` says that the index is new and holds nothing to take out.
    """
    _Judgement(database, job, set(touched), crew, building).run(solos)


class _Judgement:
    def __init__(self, database: sqlite3.Connection, job: Job, touched: set[int], crew: Crew, building: bool) -> None:
        self.database = database
        self.job = job
        self.touched = touched
        self.crew = crew
        self.building = building

    def run(self, solos: Mapping[int, Verdict]) -> None:
        """Judge the touched groups; note the forms that are now in more or fewer sources; weigh what asked for them."""
        counted: Counter[str] = Counter()
        weighed: dict[int, tuple[Filed, ...]] = {}
        empty = set(self.touched)
        for number, verdict in self._verdicts(empty):
            self._count(number, verdict.forms, counted)
            if not self.building:
                self.database.execute("DELETE FROM asked WHERE place = ?", (number,))
                self.database.execute("DELETE FROM verdict WHERE grp = ?", (number,))
                filing.drop(self.database, number)
            if verdict == SILENT:
                continue
            self.database.execute(
                "INSERT INTO verdict VALUES (?, ?, ?, ?)",
                (number, self._put(number, verdict, weighed), verdict.trouble, verdict.forms),
            )
        for number in sorted(empty):  # groups that have lost their last fact
            self._count(number, b"", counted)
            self.database.execute("DELETE FROM verdict WHERE grp = ?", (number,))
            filing.drop(self.database, number)
            self.database.execute("DELETE FROM asked WHERE place = ?", (number,))
            self.database.execute("DELETE FROM grp WHERE id = ?", (number,))
        for note, verdict in solos.items():
            if not self.building:
                self.database.execute("DELETE FROM asked WHERE place = ?", (-note,))
                filing.drop(self.database, -note)
            self.database.execute(
                "UPDATE solo SET candidates = ?, trouble = ? WHERE note = ?",
                (self._put(-note, verdict, weighed), verdict.trouble, note),
            )
        self._weigh(weighed, {form: more for form, more in counted.items() if more})

    def _put(self, place: int, verdict: Verdict, weighed: dict[int, tuple[Filed, ...]]) -> bytes:
        """File what was found, or put it among what is to be weighed and give it packed, to be weighed again later."""
        if not verdict.weighs:
            filing.put(self.database, place, verdict.findings)
            return b""
        weighed[place] = verdict.findings
        return pack(verdict.findings)

    def _verdicts(self, empty: set[int]) -> Iterator[tuple[int, Verdict]]:
        """Judge the touched groups that have facts, and take them out of `empty`."""
        for tasks, groups in self._waves(empty):
            for result in self.crew.do(self.job.verdicts, tasks, pays=groups >= MANY):
                yield from read_verdicts(result)

    def _waves(self, empty: set[int]) -> Iterator[tuple[list[bytes], int]]:
        """Give the touched groups with their facts, some at a time, as packed tasks of about the same size, and how many they are."""
        tasks: list[bytes] = []
        task: list[Members] = []
        held = size = groups = 0
        for group in self._touched_groups():
            empty.discard(group[0])
            weight = sum(len(member[1]) for member in group[3])
            task.append(group)
            groups += 1
            size += weight
            held += weight
            if size >= TASK or held >= WAVE:
                tasks.append(pack(task))
                task, size = [], 0
            if held >= WAVE:
                yield tasks, groups
                tasks, held, groups = [], 0, 0
        if task:
            tasks.append(pack(task))
        if tasks:
            yield tasks, groups

    def _touched_groups(self) -> Iterator[Members]:
        for number in sorted(self.touched):
            members = self.database.execute(
                "SELECT note.path, fact.facts, note.allows FROM fact JOIN note ON note.id = fact.note"
                " WHERE fact.grp = ? ORDER BY note.path, fact.moved",
                (number,),
            ).fetchall()
            if members:
                stream, key = self.database.execute("SELECT stream, key FROM grp WHERE id = ?", (number,)).fetchone()
                yield number, stream, key, members

    def _count(self, number: int, forms: bytes, counted: Counter[str]) -> None:
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

    def _weigh(self, weighed: dict[int, tuple[Filed, ...]], counted: Mapping[str, int]) -> None:
        """Weigh candidates that are new, or that once asked for a form whose count has changed."""
        database = self.database
        database.executemany(
            "INSERT INTO form VALUES (?, ?) ON CONFLICT (form) DO UPDATE SET sources = sources + excluded.sources",
            sorted(counted.items()),
        )
        if not self.building:
            database.execute("DELETE FROM form WHERE sources < 1")
            for form in counted:
                for (place,) in database.execute("SELECT place FROM asked WHERE form = ?", (form,)).fetchall():
                    if place not in weighed:
                        table, column = ("verdict", "grp") if place > 0 else ("solo", "note")
                        row = database.execute(
                            f"SELECT candidates FROM {table} WHERE {column} = ?",
                            (abs(place),),
                        ).fetchone()
                        if row is not None:
                            weighed[place] = unpack_candidates(row[0])
                            filing.drop(database, place)
        by_id = {rule.ID: rule for rule in self.job.rules}
        known: dict[str, int] = {}
        for place, candidates in weighed.items():
            asked: set[str] = set()

            def counts(form: str, asked: set[str] = asked) -> int:
                asked.add(form)
                if form not in known:
                    row = database.execute("SELECT sources FROM form WHERE form = ?", (form,)).fetchone()
                    known[form] = int(row[0]) if row is not None else 0
                return known[form]

            kept = [
                said
                for found in candidates
                if (said := engine.weigh(by_id[found.rule], unpack_finding(found.packed), counts)) is not None
            ]
            filing.put(database, place, filed(kept))
            database.executemany("INSERT OR IGNORE INTO asked VALUES (?, ?)", [(form, place) for form in sorted(asked)])
