"""Which documents make up a vault, and what is said of those that cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notelint.lint.discover import discover, relative
from notelint.lint.model import Failure
from notelint.lint.vault import Disk

EXTENSIONS = (".md", ".markdown", ".txt")


def found(folder: Path, *roots: Path, exclude: tuple[str, ...] = ()) -> tuple[list[str], list[Failure]]:
    failures: list[Failure] = []
    return discover(folder, roots or (folder,), EXTENSIONS, exclude, failures), failures


def readable(folder: Path, paths: list[str], failures: list[Failure]) -> list[str]:
    """Give the paths whose documents can be read, as a backend reads them."""
    disk = Disk(folder, paths)
    return [path for path in paths if disk.fetch(path, failures) is not None]


def write(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("Words.\n", encoding="utf-8")


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A folder that no git repository is above."""
    return tmp_path


def git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@example.org", *words], check=True
    )


def test_a_walk_gives_documents_sorted_and_passes_over_tools_and_hidden_folders(plain: Path) -> None:
    write(plain, "b.md", "a.txt", "c.markdown", "d.vtt", "e.pdf", "f.MD", "deep/er/g.md")
    write(plain, ".obsidian/h.md", "node_modules/i.md", "x/.venv/j.md")
    assert found(plain) == (["a.txt", "b.md", "c.markdown", "d.vtt", "deep/er/g.md"], [])


def test_names_with_anything_in_them(plain: Path) -> None:
    names = ["a b.md", "ü.md", "né\u0301.md", "'q\".md", "-x.md", "#h.md", "a\nb.md", "\u2068i\u2069.md"]
    write(plain, *names)
    assert found(plain)[0] == sorted(names)
    git(plain, "init", "-q")
    assert found(plain)[0] == sorted(names)


def test_a_root_may_be_a_file_and_roots_may_overlap(plain: Path) -> None:
    write(plain, "a/b.md", "a/c.md", "d.md", "e.rst")
    assert found(plain, plain / "a", plain / "a" / "b.md", plain / "e.rst")[0] == ["a/b.md", "a/c.md", "e.rst"]


def test_git_says_what_is_ignored_and_what_is_new(plain: Path) -> None:
    write(plain, "kept.md", "new.md", "ignored/a.md", "deleted.md")
    (plain / ".gitignore").write_text("ignored/\n")
    git(plain, "init", "-q")
    git(plain, "add", "kept.md", "deleted.md")
    (plain / "deleted.md").unlink()
    assert found(plain) == (["kept.md", "new.md"], [])


def test_git_lists_no_hidden_folder_nor_one_of_tools_unless_it_is_named(plain: Path) -> None:
    write(plain, "a.md", ".hidden.md", ".trash/b.md", "x/.trash/c.md", "x/node_modules/d.md", "x/e.md")
    walked = found(plain)
    git(plain, "init", "-q")
    git(plain, "add", ".")
    assert found(plain) == walked == ([".hidden.md", "a.md", "x/e.md"], [])
    assert found(plain, plain / ".trash")[0] == [".trash/b.md"]


def test_a_hook_in_a_linked_work_tree_ignores_what_git_ignores(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main, tree = plain / "main", plain / "tree"
    write(plain, "main/notes/a.md")
    (main / ".gitignore").write_text("drafts/\n")
    git(plain, "init", "-q", "main")
    git(main, "add", ".")
    git(main, "commit", "-q", "-m", "notes")
    git(main, "worktree", "add", "-q", str(tree))
    write(tree, "notes/new.md", "notes/drafts/b.md")
    monkeypatch.chdir(tree)
    monkeypatch.setenv("GIT_DIR", str(main / ".git" / "worktrees" / "tree"))
    monkeypatch.setenv("GIT_PREFIX", "")
    assert found(tree, tree / "notes")[0] == ["notes/a.md", "notes/new.md"]
    assert found(main, main / "notes")[0] == ["notes/a.md"], "another one than the hook's"


def test_a_repository_that_only_the_environment_names(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = plain / "home"
    write(home, "notes/a.md", "notes/b.md", ".trash/c.md")
    (home / ".gitignore").write_text("b.md\n")
    git(plain, "init", "-q", "--bare", "dots")
    monkeypatch.chdir(home)
    monkeypatch.setenv("GIT_DIR", "../dots")
    monkeypatch.setenv("GIT_WORK_TREE", ".")
    assert found(home, home / "notes")[0] == ["notes/a.md"]


def test_a_link_that_leads_into_the_vault_is_the_vault(plain: Path) -> None:
    write(plain, "vault/notes/a.md", "other/b.md")
    vault = plain / "vault"
    (plain / "link").symlink_to(vault)
    (plain / "deep").symlink_to(vault / "notes")
    (plain / "loop").symlink_to("loop")
    (vault / "c.md").symlink_to(plain / "other" / "b.md")
    for path, shown in (
        ("link/notes/a.md", "notes/a.md"),
        ("deep/a.md", "notes/a.md"),
        ("deep/gone.md", "notes/gone.md"),
        ("link", "."),
        ("link/c.md", "c.md"),
        ("vault/c.md", "c.md"),
        ("loop/b.md", f"{plain.as_posix()}/loop/b.md"),
        ("other/b.md", f"{plain.as_posix()}/other/b.md"),
    ):
        assert relative(vault, plain / path) == shown
    assert found(vault, plain / "link" / "notes")[0] == ["notes/a.md"]


def test_excluded_folders_and_patterns(plain: Path) -> None:
    write(plain, "a.md", "drafts/b.md", "drafts/deep/c.md", "d.draft.md")
    assert found(plain, exclude=("drafts", "*.draft.md"))[0] == ["a.md"]


def test_loops_of_links_end_and_folders_named_like_notes_are_told(plain: Path) -> None:
    write(plain, "a.md", "x.md/inner.md")
    (plain / "loop").symlink_to(plain)
    (plain / "self.md").symlink_to("self.md")
    (plain / "gone.md").symlink_to("nowhere.md")
    paths, failures = found(plain)
    assert [(failure.path, failure.message) for failure in failures] == [("x.md", "a folder with the name of a note")]
    assert paths == ["a.md", "x.md/inner.md"], "an editor's lock is a link that leads nowhere"
    git(plain, "init", "-q")
    assert found(plain)[0] == paths


def test_a_note_that_vanishes_between_listing_and_reading_is_a_failure(plain: Path) -> None:
    write(plain, "a.md", "b.md")
    paths, failures = found(plain)
    (plain / "a.md").unlink()
    assert readable(plain, paths, failures) == ["b.md"]
    assert failures == [Failure("a.md", "cannot be read: No such file or directory")]


def test_a_name_that_is_not_utf_8_is_a_failure_and_the_other_notes_are_listed(plain: Path) -> None:
    write(plain, "a.md", "é.md")
    write(plain, os.fsdecode(b"b\xff.md"), os.fsdecode(b"c\xfe.md/d.md"), os.fsdecode(b"drafts/\xff.md"))
    paths, failures = found(plain, exclude=("drafts",))
    assert paths == ["a.md", "é.md"]
    assert sorted((failure.path, failure.message) for failure in failures) == [
        ("b\\xff.md", "its name is not UTF-8"),
        ("c\\xfe.md", "a folder with the name of a note"),
        ("c\\xfe.md/d.md", "its name is not UTF-8"),
    ]


def test_names_are_utf_8_whatever_the_locale(plain: Path) -> None:
    write(plain, "é.md")
    ran = subprocess.run(
        [sys.executable, "-m", "notelint.lint.cli", "check", "-v", "é.md"],
        cwd=plain,
        env={
            **{name: value for name, value in os.environ.items() if name != "LANG"},
            "PYTHONPATH": str(Path(__file__).parent / ".src"),
            "PYTHONUTF8": "0",
            "LC_ALL": "C",
        },
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert b"1 note on" in ran.stderr


def test_a_pipe_is_not_waited_for(plain: Path) -> None:
    os.mkfifo(plain / "a.md")
    write(plain, "b.md")
    failures: list[Failure] = []
    assert readable(plain, ["a.md", "b.md"], failures) == ["b.md"]
    assert failures == [Failure("a.md", "not a file")]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_what_may_not_be_read_is_a_failure(plain: Path) -> None:
    write(plain, "a.md", "closed/b.md", "c.md")
    (plain / "a.md").chmod(0)
    (plain / "closed").chmod(0)
    try:
        paths, failures = found(plain)
        assert readable(plain, paths, failures) == ["c.md"]
        assert sorted(failure.path for failure in failures) == ["a.md", "closed"]
    finally:
        (plain / "closed").chmod(0o700)
