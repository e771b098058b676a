"""The index file: one SQLite database under the cache folder, which any process may open and any may be killed in.

A new index is built under a name of its own, without a journal, and linked
into place when it is whole; from then on it is changed by transactions over a
write-ahead log. An index that cannot be used is moved aside and built anew.

The folder may be one that holds other things: no file is moved or removed
but those that are ours by name and by what is in them (`ours`).
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

SCHEMA = 2
"""The layout of the tables; an index with a higher one was made by a newer notelint."""

APPLICATION = 0x6E6F7465
NAME = "index.db"
"""The index of the configured vault; one of other folders has a digest of them in its name."""

_NAME = re.compile(r"(?:building-(?P<process>\d{1,10})-)?index(?:-[0-9a-f]{16})?\.(?:db|unusable)")
"""What our files are called; SQLite's own beside them have the name and a suffix."""

USED = 86_400.0
"""Seconds in which the use of an index is noted down once: pruning counts days, and a run should write nothing."""

PATIENCE = 30.0
"""Seconds to wait for another process that writes: a cold run over 20,000 notes fits."""

TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder holds what notelint can work out again; backup programs leave it out (https://bford.info/cachedir/).\n"
)

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE note (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, digest TEXT NOT NULL,
    source TEXT, loose INTEGER NOT NULL, shares TEXT, evidence BLOB, allows BLOB NOT NULL
);
CREATE TABLE grp (id INTEGER PRIMARY KEY, stream TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (stream, key));
CREATE TABLE fact (
    id INTEGER PRIMARY KEY, note INTEGER NOT NULL, grp INTEGER NOT NULL, moved INTEGER NOT NULL,
    sketch BLOB, facts BLOB NOT NULL
);
CREATE TABLE solo (
    note INTEGER PRIMARY KEY, candidates BLOB NOT NULL, trouble BLOB NOT NULL, facts BLOB NOT NULL
);
CREATE TABLE verdict (
    grp INTEGER PRIMARY KEY, candidates BLOB NOT NULL, trouble BLOB NOT NULL, forms BLOB NOT NULL
);
CREATE TABLE finding (
    id INTEGER PRIMARY KEY, place INTEGER NOT NULL, path TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    message TEXT NOT NULL, rule TEXT NOT NULL, key TEXT NOT NULL, severity TEXT, allowed INTEGER NOT NULL,
    fingerprint TEXT NOT NULL
);
CREATE TABLE body (id INTEGER PRIMARY KEY, packed BLOB NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE failed (place INTEGER PRIMARY KEY, trouble BLOB NOT NULL);
CREATE TABLE form (form TEXT PRIMARY KEY, grps INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE asked (form TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (form, place)) WITHOUT ROWID;
"""
# A sketch is worked out when a note without a source asks for it, and kept until its facts change.
# `solo` is for groups that no other note can join; a `place` is a group's number, or a note's below zero. `candidates`
# are findings before they are weighed, `failed` tells where that failed; a finding is kept without its body, so that
# 300,000 are put in order at once.
_INDEXES = """
CREATE INDEX fact_note ON fact (note);
CREATE INDEX fact_grp ON fact (grp);
CREATE INDEX finding_place ON finding (place);
CREATE INDEX asked_place ON asked (place);
CREATE INDEX note_shares ON note (path) WHERE shares IS NOT NULL;
CREATE INDEX note_allows ON note (path) WHERE allows <> x'';
CREATE INDEX note_source ON note (source);
CREATE INDEX note_loose ON note (id) WHERE loose = 1;
CREATE INDEX verdict_trouble ON verdict (grp) WHERE trouble <> x'';
CREATE INDEX solo_trouble ON solo (note) WHERE trouble <> x'';
"""


class Store:
    """An open index; `fresh` when it is being built and not yet in its place, `file` its place or None when it is not kept."""

    def __init__(self, database: sqlite3.Connection, file: Path | None, building: Path | None) -> None:
        self.database = database
        self.file = file
        self.building = building

    @property
    def fresh(self) -> bool:
        """Whether this index is new and private to this process."""
        return self.building is not None or self.file is None

    def keep(self, notices: list[str]) -> None:
        """Put a new index, now whole, in its place, unless another process was first; tell where that is not possible."""
        if self.building is None or self.file is None:
            return
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.close()
        try:
            if not self.file.exists():
                for left in beside(self.file):
                    left.unlink(missing_ok=True)
            _put(self.building, self.file)
        except OSError as error:
            if not isinstance(error, FileExistsError):
                notices.append(_unkeepable(self.file.parent, error))
            # Somebody else's index is as good as ours; ours serves this process and then goes.
            weakref.finalize(self, _remove, self.building)
            self.database = sqlite3.connect(self.building, isolation_level=None)
            return
        self.building = None
        self.database = _connected(self.file)

    def close(self) -> None:
        """Let go of the index; a new one that was not kept disappears."""
        self.database.close()
        if self.building is not None:
            _remove(self.building)
            self.building = None


def _put(building: Path, file: Path) -> None:
    """Put a whole index in its place; raises FileExistsError where another process was first, or another OSError."""
    try:
        os.link(building, file)
    except FileExistsError:
        raise
    except (
        OSError
    ):  # a file system without hard links: an empty file, which one process alone can make, keeps the place
        file.touch(exist_ok=False)
        try:
            building.replace(file)
        except OSError:
            file.unlink()
            raise
    else:
        building.unlink()


def _unkeepable(folder: Path, error: OSError) -> str:
    why = error.strerror or error
    return f"{folder}: no cache can be kept here ({why}); everything is worked out anew"


def _remove(building: Path) -> None:
    for name in (building, *beside(building)):
        with contextlib.suppress(OSError):
            name.unlink(missing_ok=True)


def open_index(file: Path | None, notices: list[str]) -> Store:
    """Open the index at `file`, a name in a cache folder, or begin a new one; None keeps nothing.

    What stands in the way of keeping an index is told in one notice and costs
    nothing but time.
    """
    if file is None:
        return _unkept()
    try:
        prepare(file.parent)
    except OSError as error:
        notices.append(_unkeepable(file.parent, error))
        return _unkept()
    if file.exists():
        if not ours(file):
            notices.append(f"{file}: not an index of notelint; it is left as it is, and everything is worked out anew")
            return _unkept()
        try:
            found = Store(_opened(file), file, None)
            _used(file)
            return found
        except UnusableError as error:
            notices.append(f"{file}: {error}; it is set aside and built anew")
            if not set_aside(file):
                return _unkept()
    return begin(file)


def begin(file: Path) -> Store:
    """Begin a new index beside its place."""
    sweep(file.parent)
    building = file.parent / f"building-{os.getpid()}-{file.name}"
    try:
        for name in (building, *beside(building)):
            name.unlink(missing_ok=True)
        return Store(_new(os.fspath(building)), file, building)
    except (OSError, sqlite3.Error):
        return _unkept()


class UnusableError(Exception):
    """An index that cannot be worked with; the message says why."""


def prepare(folder: Path) -> None:
    """Make a cache folder that backup programs and git leave alone; raises OSError.

    A folder that is there for something else is not marked: it may be the
    vault, and git would no longer see a new note in it.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
    if (folder / "CACHEDIR.TAG").exists() or not any(folder.iterdir()):
        for name, text in (("CACHEDIR.TAG", TAG), (".gitignore", "*\n")):
            if not (folder / name).exists():
                (folder / name).write_text(text, encoding="utf-8")
    if not os.access(folder, os.W_OK):
        raise PermissionError(13, "the folder is read-only")


def ours(file: Path) -> bool:
    """Say whether a file is an index or a part of one: by its name and its mark; a damaged one by the folder's."""
    if _NAME.fullmatch(file.name) is None:
        return False
    try:
        with file.open("rb") as opened:
            head = opened.read(72)
        tag = file.with_name("CACHEDIR.TAG")
        marked = head.startswith(b"SQLite format 3\0") and head[68:] == APPLICATION.to_bytes(4, "big")
        return marked or not head or (tag.is_file() and tag.read_bytes() == TAG.encode())
    except OSError:
        return False


def indexes(folder: Path) -> list[Path]:
    """Give the indexes in a folder."""
    return [file for file in sorted(folder.glob("index*.db")) if ours(file)]


def unusable(folder: Path) -> list[Path]:
    """Give the indexes that were set aside in a folder."""
    return [file for file in sorted(folder.glob("index*.unusable")) if ours(file)]


def set_aside(file: Path) -> bool:
    """Move an index out of the way, for whoever wants to look at it; say whether that was possible."""
    try:
        for name in beside(file):
            name.unlink(missing_ok=True)
        file.replace(file.with_suffix(".unusable"))
    except OSError:
        return False
    return True


def discard(store: Store) -> Store:
    """Drop an index that was made by other code, and begin anew."""
    file = store.file
    store.close()
    if file is None:
        return _unkept()
    try:
        for name in (file, *beside(file)):
            name.unlink(missing_ok=True)
    except OSError:
        return _unkept()
    return begin(file)


def sweep(folder: Path) -> None:
    """Remove what processes that are no more left half built."""
    for left in folder.glob("building-*.db"):
        name = _NAME.fullmatch(left.name)
        if name is not None and not _alive(int(name["process"])) and ours(left):
            _remove(left)


@contextlib.contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """Hold the one write transaction of an index; what it did is kept whole or not at all."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _opened(file: Path) -> sqlite3.Connection:
    if not os.access(file, os.W_OK):
        raise UnusableError("the index is read-only")
    database = None
    try:
        database = _connected(file)
        if database.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise UnusableError("not an index of notelint")
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA:
            raise UnusableError("made by a newer notelint")
        if version < SCHEMA:
            raise UnusableError("made by an older notelint")
        if database.execute("SELECT count(*) FROM meta WHERE name = 'whole'").fetchone()[0] != 1:
            raise UnusableError("the index is not whole")
        return database
    except sqlite3.Error as error:
        if database is not None:
            database.close()
        raise UnusableError(f"the index cannot be read ({error})") from error
    except UnusableError:
        if database is not None:
            database.close()
        raise


def _used(file: Path) -> None:
    """Note down that an index was used, which no run does that finds nothing changed."""
    with contextlib.suppress(OSError):
        if time.time() - file.stat().st_mtime > USED:
            os.utime(file)


def _connected(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, cached_statements=64)
    # Safe against the death of any process; a power cut may cost the last run, never the index.
    database.execute("PRAGMA synchronous = NORMAL")
    return database


def _new(name: str) -> sqlite3.Connection:
    database = sqlite3.connect(name, isolation_level=None, cached_statements=64)
    # Nobody else sees a file under construction, and one that is left half built is thrown away.
    database.execute("PRAGMA page_size = 8192")
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA locking_mode = EXCLUSIVE")
    database.execute(f"PRAGMA application_id = {APPLICATION}")
    database.execute(f"PRAGMA user_version = {SCHEMA}")
    database.executescript(_TABLES)
    return database


def finish(database: sqlite3.Connection) -> None:
    """Make the indexes of a new database, all rows being there."""
    for statement in _INDEXES.strip().splitlines():
        database.execute(statement)


def _unkept() -> Store:
    """Begin an index that ends with the process: SQLite gives it a file without a name, however the process ends."""
    return Store(_new(""), None, None)


def counted(file: Path) -> int | None:
    """Give how many notes an index holds; None when it cannot be used."""
    try:
        database = _opened(file)
    except UnusableError:
        return None
    try:
        return int(database.execute("SELECT value FROM meta WHERE name = 'notes'").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return None
    finally:
        database.close()


def beside(file: Path) -> tuple[Path, ...]:
    """Give the files that SQLite keeps beside a database."""
    return tuple(file.with_name(file.name + suffix) for suffix in ("-wal", "-shm", "-journal"))


def _alive(number: int) -> bool:
    if os.name == "nt":
        return True  # there signal 0 is no question but Ctrl-C; `cache clear` removes what is left
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
