"""The index file: whatever happens to it, the next run finds what it should, and says once what was wrong."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import weakref
from pathlib import Path

import msgspec
import pytest
from program import WRONG, Notelint
from test_backends import RULES_AND_MORE, generated, in_memory, index, shown
from texts import Texts

from notelint.lint.backends import stamps, store, update
from notelint.lint.model import Note
from notelint.lint.vault import Disk

VAULT = generated(40)
EXPECTED = in_memory(VAULT)


def run(folder: Path, vault: dict[str, bytes] | None = None, **more: object) -> tuple[bytes, list[str]]:
    """Give what is found, and what was said of the index."""
    made = index(folder, **more)
    try:
        outcome = made.run(Texts(VAULT if vault is None else vault))
        return shown(outcome), list(made.notices)
    finally:
        made.close()


def damaged(folder: Path, how: str) -> None:
    file = folder / store.NAME
    data = bytearray(file.read_bytes())
    if how == "empty":
        data = bytearray()
    elif how == "text":
        data = bytearray(b"this is no database\n" * 100)
    elif how == "half":
        del data[len(data) // 2 :]
    elif how == "header":
        data[:16] = b"x" * 16
    elif how == "pages":
        for at in range(8192, len(data), 8192):
            data[at : at + 64] = b"\xff" * 64
    elif how == "newer":
        data[60:64] = (store.SCHEMA + 1).to_bytes(4, "big")
    file.write_bytes(data)


@pytest.mark.parametrize("how", ["empty", "text", "half", "header", "pages", "newer"])
def test_an_index_that_cannot_be_used_is_set_aside_with_one_notice(how: str, tmp_path: Path) -> None:
    assert run(tmp_path) == (EXPECTED, [])
    damaged(tmp_path, how)
    found, notices = run(tmp_path)
    assert found == EXPECTED
    assert len(notices) == 1, notices
    assert "set aside" in notices[0]
    assert run(tmp_path) == (EXPECTED, []), "the next run has a new one"


def test_damage_anywhere_never_changes_what_is_found(tmp_path: Path) -> None:
    run(tmp_path)
    file = tmp_path / store.NAME
    whole = file.read_bytes()
    chance = random.Random(5)
    changed = VAULT | {"0003.md": b"---\nvideoId: source00000\n---\n\nNothing.\n"}
    expected = in_memory(changed)
    for _ in range(12):
        data = bytearray(whole)
        at = chance.randrange(0, len(data) // 8192) * 8192
        data[at : at + 8192] = bytes(8192)
        file.write_bytes(data)
        for beside in store.beside(file):
            beside.unlink(missing_ok=True)
        found, _ = run(tmp_path, changed)
        assert found == expected


def test_a_finding_of_which_a_letter_was_lost_is_found_anew(tmp_path: Path) -> None:
    run(tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / store.NAME)) as database:
        number, packed = database.execute("SELECT id, packed FROM body ORDER BY id").fetchone()
        database.execute("UPDATE body SET packed = ? WHERE id = ?", (packed.replace(b"e", b"i", 1), number))
        database.commit()
    found, notices = run(tmp_path)
    assert found == EXPECTED
    assert len(notices) == 1
    assert "a finding is damaged" in notices[0]


def test_a_folder_that_cannot_be_written_costs_one_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    found, notices = run(tmp_path)
    assert found == EXPECTED
    assert len(notices) == 1
    assert "read-only" in notices[0]


def test_a_file_in_the_place_of_the_folder_costs_one_notice(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    found, notices = run(tmp_path / "cache")
    assert (found, len(notices)) == (EXPECTED, 1)


def test_an_index_that_is_read_only_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path)
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith(".db") and real(path, mode))
    found, notices = run(tmp_path)
    assert found == EXPECTED
    assert len(notices) == 1
    assert "read-only" in notices[0]


def test_other_code_builds_anew_without_a_word(tmp_path: Path) -> None:
    run(tmp_path, stamp="one")
    assert run(tmp_path, stamp="two") == (EXPECTED, [])
    made = index(tmp_path, stamp="two")
    assert made.peek("stamp") == "two"
    made.close()


def test_the_folder_is_marked_as_a_cache(tmp_path: Path) -> None:
    run(tmp_path / "cache")
    tag = (tmp_path / "cache" / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"


def test_a_folder_that_holds_something_else_is_not_hidden_from_git(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Words.\n", encoding="utf-8")
    run(tmp_path)
    assert not (tmp_path / ".gitignore").exists()
    assert not (tmp_path / "CACHEDIR.TAG").exists()


def test_what_the_slower_of_two_processes_built_is_gone_with_it(tmp_path: Path) -> None:
    built = store.begin(tmp_path / "index.db")
    (tmp_path / "index.db").touch()
    notices: list[str] = []
    built.keep(notices)
    assert notices == []
    assert [*tmp_path.glob("building-*")]
    del built
    assert not [*tmp_path.glob("building-*")]


@pytest.mark.parametrize("taken", [False, True])
def test_where_there_are_no_hard_links_an_index_is_kept_and_no_other_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    def link(old: Path, new: Path) -> None:
        if taken:
            new.write_bytes(b"another's")
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    assert run(tmp_path) == (EXPECTED, [])
    if taken:
        assert (tmp_path / store.NAME).read_bytes() == b"another's"
    else:
        assert store.counted(tmp_path / store.NAME) == len(VAULT)


def test_an_index_that_cannot_be_put_in_its_place_costs_one_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(Path, "replace", refused)
    said = f"{tmp_path}: no cache can be kept here (Operation not permitted); everything is worked out anew"
    assert run(tmp_path) == (EXPECTED, [said])
    assert not [file for file in tmp_path.iterdir() if file.suffix == ".db"]


def test_what_another_process_wrote_meanwhile_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path)
    changed = {path: data for path, data in VAULT.items() if path != "0007.md"} | {"0003.md": b"Nothing.\n"}
    since = changed | {"9999.md": VAULT["0007.md"]}
    writing = store.writing

    def later(database: sqlite3.Connection) -> contextlib.AbstractContextManager[None]:
        monkeypatch.setattr(store, "writing", writing)
        # a second process, between the first one's look at the index and its turn to write, sees a note more
        assert run(tmp_path, since) == (in_memory(since), [])
        return writing(database)

    monkeypatch.setattr(store, "writing", later)
    assert run(tmp_path, changed) == (in_memory(changed), [])
    assert store.writing is writing, "the first one had something to write"
    assert run(tmp_path) == (EXPECTED, [])


def test_an_index_that_another_process_holds_is_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path)
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    less = {path: data for path, data in VAULT.items() if path != "0007.md"}
    with contextlib.closing(sqlite3.connect(tmp_path / store.NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = f"{tmp_path / store.NAME}: another process is at work on it; everything is worked out anew"
        assert run(tmp_path, less) == (in_memory(less), [said])
        other.execute("ROLLBACK")
    assert run(tmp_path) == (EXPECTED, []), "it is still in its place"


def test_what_a_dead_process_left_half_built_is_swept_away(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f"building-{int(dead.stdout)}-index.db"
    left.write_bytes(b"")
    run(tmp_path)
    assert not left.exists()


def test_files_of_others_in_the_folder_stay_as_they_are(tmp_path: Path, notelint: Notelint) -> None:
    (tmp_path / "notelint.toml").write_text('cache-dir = "."\n')
    names = ("index.db", "index-photos.db", "index.unusable", "building-plans.db", "building-1-plans.db")
    for name in names:
        with contextlib.closing(sqlite3.connect(tmp_path / name)) as database:
            database.execute("CREATE TABLE plan (room)")
    theirs = {name: (tmp_path / name).read_bytes() for name in names}
    for path, data in VAULT.items():
        (tmp_path / path).write_bytes(data)
    configured = ("--config", tmp_path / "notelint.toml")
    ran = notelint("check", *configured, "--fail-on", "off")
    assert ran.status == 0
    assert "not an index of notelint; it is left as it is" in ran.err
    for command in ("prune", "clear"):
        assert notelint("cache", *configured, command).out == "0 removed\n"
    assert {name: (tmp_path / name).read_bytes() for name in names} == theirs


def test_an_index_that_is_used_without_being_written_is_not_pruned(tmp_path: Path, notelint: Notelint) -> None:
    run(tmp_path)
    os.utime(tmp_path / store.NAME, (0, 0))
    run(tmp_path)
    assert notelint("cache", "--cache-dir", tmp_path, "prune").out == "0 removed\n"
    os.utime(tmp_path / store.NAME, (0, 0))
    assert notelint("cache", "--cache-dir", tmp_path, "prune").out == "1 removed\n"


def test_a_note_that_changes_without_its_size_is_seen(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    for path, data in VAULT.items():
        (vault / path).write_bytes(data)
    old = time.time() - 3600
    for path in VAULT:
        os.utime(vault / path, (old, old))
    disk = Disk(vault, sorted(VAULT))
    made = index(tmp_path / "cache")
    assert shown(made.run(disk)) == EXPECTED
    text = VAULT["0001.md"].replace(b"Ada", b"Eva")
    (vault / "0001.md").write_bytes(text)
    assert shown(made.run(disk)) == in_memory(VAULT | {"0001.md": text})
    (vault / "0001.md").write_bytes(VAULT["0001.md"])
    assert shown(made.run(disk)) == EXPECTED, "twice within one tick of the clock"
    made.close()


def test_a_note_that_changes_under_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    disk = Disk(tmp_path, ["a.md"])
    note.write_bytes(b"one")
    os.utime(note, ns=(10**18, 10**18))
    time.sleep(0.1)  # until the clock of the file system has moved on
    before = disk.stamps()
    assert before["a.md"]
    note.write_bytes(b"two")
    os.utime(note, ns=(10**18, 10**18))
    assert disk.stamps() != before


def test_a_pipeline_that_is_trained_anew_in_its_place_is_another(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "meta.json").write_text("{}")
    before = stamps.pipeline(str(folder))
    assert stamps.pipeline(str(folder)) == before
    os.utime(folder / "meta.json", (1, 1))
    assert stamps.pipeline(str(folder)) != before
    assert stamps.pipeline(None) == ""


def test_every_library_that_reads_notes_is_in_the_stamp() -> None:
    found = [name.lower().partition("-")[0] for name in stamps._versions()]
    assert sorted(set(found)) == list(stamps.LIBRARIES)


def test_a_note_that_cannot_be_taken_apart_is_a_failure_and_no_other_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = update.read

    def broken(path: str, *more: object) -> Note:
        if path == "0007.md":
            raise IndexError(path)
        return whole(path, *more)  # type: ignore[arg-type]

    run(tmp_path)
    monkeypatch.setattr(update, "read", broken)
    changed = VAULT | {"0007.md": b"Nothing.\n"}
    left = {path: data for path, data in VAULT.items() if path != "0007.md"}
    for folder in (tmp_path, tmp_path / "new"):
        for _ in range(2):
            made = index(folder)
            outcome = made.run(Texts(changed))
            made.close()
            (failure,) = outcome.failures
            assert failure.path == "0007.md"
            assert failure.message.startswith("cannot be taken apart: IndexError('0007.md') in test_index.py, line ")
            assert shown(msgspec.structs.replace(outcome, failures=())) == in_memory(left)


def test_a_note_that_vanishes_after_it_was_listed_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A note.\n")
    made = index(tmp_path / "cache")
    outcome = made.run(Disk(tmp_path, ["a.md", "b.md"]))
    assert [failure.path for failure in outcome.failures] == ["b.md"]
    assert outcome.notes == 1
    (tmp_path / "b.md").write_text("Another.\n")
    assert made.run(Disk(tmp_path, ["a.md", "b.md"])).notes == 2
    (tmp_path / "b.md").unlink()
    outcome = made.run(Disk(tmp_path, ["a.md", "b.md"]))
    assert (outcome.notes, [failure.path for failure in outcome.failures]) == (1, ["b.md"])
    made.close()


def test_the_code_stamp_changes_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamps.code()
    stamps.code.cache_clear()
    assert stamps.code() == before
    stamps.code.cache_clear()
    monkeypatch.setattr(stamps, "_versions", lambda: ["pyromark-99.dist-info"])
    assert stamps.code() != before
    stamps.code.cache_clear()


def test_a_run_that_is_over_leaves_memory_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from notelint.lint.cli.run import Run

    (tmp_path / "notelint.toml").write_text("")
    (tmp_path / "a.md").write_text(WRONG)
    monkeypatch.chdir(tmp_path)

    def checked() -> weakref.ref[Run]:
        run = Run()
        run.check()
        run.material(run.judged())
        return weakref.ref(run)

    gc.disable()  # an editor's server makes a run for every pause in typing: none may wait to be searched for
    try:
        assert checked()() is None
    finally:
        gc.enable()


PROGRAM = """
import sys
from pathlib import Path
from test_backends import generated, in_memory, index, shown
from texts import Texts
vault = generated(int(sys.argv[2]))
if sys.argv[3] != "0":
    vault["0001.md"] = f"---\\nvideoId: source00000\\n---\\n\\nAlan Turring said {sys.argv[3]} [00:01:10].\\n".encode()
made = index(Path(sys.argv[1]))
print("ready", flush=True)
found = shown(made.run(Texts(vault)))
made.close()
sys.exit(0 if found == in_memory(vault) else 9)
"""


def started(folder: Path, notes: int, edit: int) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(place for place in sys.path if place)
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), str(notes), str(edit)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
    )


def test_processes_share_an_index(tmp_path: Path) -> None:
    for _ in range(2):
        processes = [started(tmp_path, 60, edit) for edit in range(4)]
        assert [(process.communicate()[0], process.returncode) for process in processes] == [(b"ready\n", 0)] * 4
    assert not list(tmp_path.glob("building-*"))


def test_a_process_killed_at_any_moment_leaves_an_index_that_works(tmp_path: Path) -> None:
    chance = random.Random(11)
    for attempt in range(10):
        if attempt == 5:  # until here it was killed while it built, from here on while it changes
            assert run(tmp_path) == (EXPECTED, [])
        with started(tmp_path, 60, attempt) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"  # what comes before is Python's start alone
            time.sleep(chance.uniform(0.0, 0.4))  # until somewhere in the run, for it to be killed there
            process.send_signal(signal.SIGKILL)
    assert run(tmp_path) == (EXPECTED, [])
    database = sqlite3.connect(tmp_path / store.NAME)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_a_write_that_is_cut_off_leaves_nothing_behind(tmp_path: Path) -> None:
    made = index(tmp_path, rules=RULES_AND_MORE)
    expected = in_memory(VAULT, rules=RULES_AND_MORE)
    assert shown(made.run(Texts(VAULT))) == expected

    class Stop(BaseException):
        pass

    class Cut(Texts):
        def fetch(self, path: str, failures: object) -> bytes:
            self.left -= 1  # type: ignore[attr-defined]
            if self.left < 0:  # type: ignore[attr-defined]
                raise Stop
            return super().fetch(path, [])  # type: ignore[return-value]

    changed = {path: text + b"\nGrace Hopper said it.\n" for path, text in VAULT.items()}
    for left in (41, 60, 79):
        vault = Cut(changed)
        vault.left = left  # type: ignore[attr-defined]
        with pytest.raises(Stop):
            made.run(vault)
        assert shown(made.run(Texts(VAULT))) == expected
    made.close()
