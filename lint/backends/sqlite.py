"""A vault over an index: only what changed is read again, only what it touches is judged again.

The findings are those that the memory backend gives, whatever the index held
before. All changes to an index are made by the one process that holds its
write lock, and are whole or not there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from .. import engine
from ..model import Failure, Group, Rule, Sharing
from ..vault import Vault
from . import filing
from . import store as files
from .records import CLAIMS, BrokenError, Progress, unpack_allows, unpack_texts, unpack_trouble
from .store import Store

if TYPE_CHECKING:
    from .job import Job


def _silent(done: int, total: int) -> None:
    pass


class Index:
    """The index of one vault.

    `rules` gives the rules to run; it is only called when something has to be
    judged. `stamp` says what made the facts and findings (code, libraries,
    configuration): an index with another one is built anew; `settings` what
    the findings alone depend on. `file` is where the index is kept, None to
    keep nothing.
    """

    def __init__(
        self,
        rules: Callable[[], Sequence[Rule]],
        file: Path | None,
        *,
        stamp: str = "",
        settings: str = "",
        vocabulary: frozenset[str] = frozenset(),
        source_keys: tuple[str, ...] = (),
        pipeline: str | None = None,
        workers: int | None = None,
    ) -> None:
        self.rules = rules
        self.file = file
        self.stamp = stamp
        self.settings = settings
        self.vocabulary = vocabulary
        self.source_keys = source_keys
        self.pipeline = pipeline
        self.workers = workers
        self.notices: list[str] = []
        """What a user should know of the index itself; no part of an outcome, which is the same with any index."""
        self.remarks: dict[str, str] = {}
        """What else to note down in the index, for `peek`."""
        self._job: Job | None = None
        self._store: Store | None = None

    @property
    def job(self) -> Job:
        """What it takes to extract and judge; loads the rules."""
        if self._job is None:
            from .job import Job

            self._job = Job(self.rules(), self.vocabulary, self.source_keys, self.pipeline)
        return self._job

    def run(self, vault: Vault, focus: Collection[str] | None = None, progress: Progress = _silent) -> engine.Outcome:
        """Bring the index up to date and give what it finds; with a `focus`, only findings in which such a note takes part."""
        try:
            return self._run(vault, focus, progress)
        except (sqlite3.DatabaseError, msgspec.MsgspecError, BrokenError) as error:
            store, self._store = self._store, None
            if store is None or store.fresh:
                raise
            store.close()
            # the lower byte is the kind; those above tell more of it
            busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            place = self.file
            if busy or place is None or not files.set_aside(place):
                why = "another process is at work on it" if busy else str(error)
                self.notices.append(f"{place}: {why}; everything is worked out anew")
                self.file = None
            else:
                self.notices.append(f"{place}: the index cannot be read ({error}); it is set aside and built anew")
            return self._run(vault, focus, progress)

    def group(self, key: str) -> Group:
        """Give the facts on one source, for a renderer."""
        rows = self._database.execute(
            "SELECT note.path, fact.facts FROM grp JOIN fact ON fact.grp = grp.id JOIN note ON note.id = fact.note"
            " WHERE grp.stream = ? AND grp.key = ? ORDER BY note.path",
            (CLAIMS, key),
        )
        return self.job.group(CLAIMS, key, rows)

    def peek(self, name: str) -> str | None:
        """Give what was noted down under a name in an index that still stands; None where there is none."""
        if self.file is None or not self.file.is_file():
            return None
        try:
            if self._store is None:
                self._store = files.open_index(self.file, self.notices)
            meta = {} if self._store.fresh else self._meta()
        except sqlite3.DatabaseError:
            return None  # run() will say so and build anew
        return str(meta[name]) if meta.get("stamp") == self.stamp and name in meta else None

    def close(self) -> None:
        """Let go of the index."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def _database(self) -> sqlite3.Connection:
        assert self._store is not None
        return self._store.database

    def _run(self, vault: Vault, focus: Collection[str] | None, progress: Progress) -> engine.Outcome:
        if self._store is None:
            self._store = files.open_index(self.file, self.notices)
        if self._database.in_transaction:
            self._database.execute("COMMIT")  # in which the last run's findings are read
        if not self._store.fresh and self._meta().get("stamp") != self.stamp:
            self._store = files.discard(self._store)
        failures: list[Failure] = []
        stamps = vault.stamps()
        if self._store.fresh:
            self._build(vault, stamps, failures, progress)
        else:
            self._refresh(vault, stamps, failures, progress)
        return self._outcome(focus, failures)

    def _build(self, vault: Vault, stamps: Mapping[str, str], failures: list[Failure], progress: Progress) -> None:
        from . import update

        assert self._store is not None
        database = self._database
        if not database.execute("SELECT 1 FROM meta WHERE name = 'whole'").fetchone():
            database.execute("BEGIN")
            change = update.Change(database, self.job, vault, self.workers, failures, progress, building=True)
            with closing(change):
                change.build(stamps)
            self._remember()
            database.execute("COMMIT")
            self._store.keep(self.notices)

    def _refresh(self, vault: Vault, stamps: Mapping[str, str], failures: list[Failure], progress: Progress) -> None:
        database = self._database
        meta = self._meta()
        settled = meta.get("settings") == self.settings
        if not settled and meta.get("streams") != " ".join(sorted(self.job.streams)):
            assert self._store is not None
            self._store = files.discard(self._store)
            self._build(vault, stamps, failures, progress)
            return
        version = database.execute("PRAGMA data_version").fetchone()
        known = dict(database.execute("SELECT path, stamp FROM note"))
        if settled and known == stamps and "" not in stamps.values():
            return
        from . import update

        with files.writing(database):
            if database.execute("PRAGMA data_version").fetchone() != version:  # another process was faster
                known = dict(database.execute("SELECT path, stamp FROM note"))
            looked = [path for path, stamp in stamps.items() if not stamp or known.get(path) != stamp]
            gone = sorted(known.keys() - stamps.keys())
            stamped, changed = update.looked(database, vault, stamps, looked, gone, failures)
            if stamped:
                database.executemany("UPDATE note SET stamp = ? WHERE path = ?", stamped)
            if settled and not changed and not gone:
                return
            with closing(update.Change(database, self.job, vault, self.workers, failures, progress)) as change:
                if not settled:
                    change.all_touched()
                change.apply(stamps, changed, gone)
            self._remember()

    def _remember(self) -> None:
        notes, sources = self._database.execute("SELECT count(*), count(DISTINCT source) FROM note").fetchone()
        values = {
            "whole": 1,
            "stamp": self.stamp,
            "settings": self.settings,
            "streams": " ".join(sorted(self.job.streams)),
            **self.remarks,
            "notes": notes,
            "sources": sources,
        }
        self._database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def _meta(self) -> dict[str, Any]:
        return dict(self._database.execute("SELECT name, value FROM meta"))

    def _outcome(self, focus: Collection[str] | None, failures: list[Failure]) -> engine.Outcome:
        database, meta = self._database, self._meta()
        notices: set[str] = set()
        for (trouble,) in database.execute(
            "SELECT trouble FROM verdict WHERE trouble <> x'' UNION ALL SELECT trouble FROM solo WHERE trouble <> x''"
            " UNION ALL SELECT trouble FROM failed"
        ):
            failed, noticed = unpack_trouble(trouble)
            failures.extend(failed)
            notices.update(noticed)
        sharings = tuple(
            Sharing(path, shares, tuple(unpack_texts(evidence)))
            for path, shares, evidence in database.execute(
                "SELECT path, shares, evidence FROM note WHERE shares IS NOT NULL ORDER BY path"
            )
        )
        return engine.Outcome(
            filing.read(database, focus),
            tuple(sorted(failures)),
            meta["notes"],
            meta["sources"],
            sharings,
            tuple(sorted(notices)),
            tuple(
                (path, unpack_allows(packed))
                for path, packed in database.execute("SELECT path, allows FROM note WHERE allows <> x'' ORDER BY path")
            ),
        )
