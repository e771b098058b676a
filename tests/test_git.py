"""What git is asked is right in hooks, in clones, and whatever its settings; what it refuses is said."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from program import Notelint
from repository import BAD, NOTE, Git, labelled, three_notes, under_git


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return three_notes(tmp_path, monkeypatch)


@pytest.fixture
def git(vault: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    return under_git(vault, monkeypatch)


def test_a_changed_file_whose_name_cannot_be_written_is_no_note(git: Git, vault: Path, notelint: Notelint) -> None:
    name = os.fsdecode(b"caf\xe9.png")
    (vault / name).write_bytes(b"\x89PNG")
    (vault / "notes" / "a.md").write_text(BAD + "\nMore.\n")
    git("add", ".")
    assert labelled(notelint, "--focus", "staged") == ["notes/a.md"]
    assert labelled(notelint, "--since", "main") == ["notes/a.md"]
    (vault / "list").write_bytes(b"notes/a.md\0" + os.fsencode(name) + b"\0")
    assert labelled(notelint, "--files-from", "list") == ["notes/a.md"]


@pytest.mark.parametrize(
    "setting",
    ["diff.relative=true", "diff.orderFile=nowhere", "color.ui=always", "core.quotePath=true", "diff.renames=copies"],
)
def test_no_setting_of_git_changes_what_is_in_focus(
    git: Git, vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    git("config", *setting.split("="))
    (vault / "notes" / "notelint.toml").write_text("")
    (vault / "notes" / "ä b.md").write_text(BAD)
    git("add", ".")
    monkeypatch.chdir(vault / "notes")
    assert labelled(notelint, "--focus", "staged") == ["ä b.md"]
    assert labelled(notelint, "--since", "main") == ["ä b.md"]


def test_a_hook_reads_the_index_of_its_commit(
    git: Git, vault: Path, notelint: Notelint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = tmp_path / "tree"
    git("worktree", "add", "-q", str(tree))
    (vault / ".git" / "info").mkdir(exist_ok=True)
    (vault / ".git" / "info" / "exclude").write_text("tree\n")
    for place, directory in ((vault, vault / ".git"), (tree, vault / ".git" / "worktrees" / "tree")):
        (place / "notes" / "a.md").write_text(BAD + "\nMore.\n")
        (place / "notes" / "b.md").write_text(BAD + "\nMore.\n")
        git("add", "notes/a.md", cwd=place)
        (directory / "index").rename(directory / "next-index")
        git("read-tree", "HEAD", cwd=place)
        git("add", "notes/b.md", cwd=place)
        for index in (directory / "next-index", ".git/next-index"):
            if place is vault or isinstance(index, Path):
                with monkeypatch.context() as hook:
                    hook.chdir(place)
                    hook.setenv("GIT_INDEX_FILE", str(index))
                    hook.setenv("GIT_PREFIX", "notes/")
                    if place is tree:
                        hook.setenv("GIT_DIR", str(directory))
                    assert labelled(notelint, "--focus", "staged") == ["notes/a.md"]
        with monkeypatch.context() as terminal:
            terminal.chdir(place)
            assert labelled(notelint, "--focus", "staged") == ["notes/b.md"]


def test_what_is_staged_is_read_as_git_would_check_it_out(git: Git, vault: Path, notelint: Notelint) -> None:
    git("config", "filter.turned.clean", "rev")
    git("config", "filter.turned.smudge", "rev")
    (vault / ".gitattributes").write_text("with* filter=turned\n")
    name = "with a\nline.md"
    (vault / "notes" / name).write_text(BAD)
    git("add", ".")
    (vault / "notes" / name).write_text(NOTE)
    assert labelled(notelint, "--focus", "staged") == [f"notes/{name}"]


def test_what_git_says_is_said(
    git: Git, vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    ran = notelint("check", "--focus", "staged")
    assert ran.status == 2
    assert "dubious ownership" in ran.err
    assert "safe.directory" in ran.err
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = notelint("check", "--focus", "staged")
    assert ran.status == 2
    assert "git cannot be run" in ran.err


def test_a_clone_of_one_branch_is_told_how_to_fetch_another(
    git: Git, vault: Path, notelint: Notelint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("branch", "work")
    for name, *depth in (("whole",), ("shallow", "--depth", "1")):
        clone = tmp_path / name
        git("clone", "-q", "--single-branch", "--branch", "work", *depth, f"file://{vault}", str(clone))
        monkeypatch.chdir(clone)
        ran = notelint("check", "--since", "origin/main")
        remedy = ran.err.strip().partition("fetch it first: ")[2].partition(" (in CI")[0]
        assert remedy.startswith("git fetch")
        git(*remedy.split()[1:], cwd=clone)
        assert labelled(notelint, "--since", "origin/main") == []


def test_what_reads_the_repository_gets_paths_from_its_top(
    git: Git, vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "more").mkdir()
    (vault / "more" / "d.md").write_text(NOTE.replace("[00", "[01"))
    (vault / "notes" / "notelint.toml").write_text('roots = [".", "../more"]\n')
    (vault / "notes" / "folder.md").mkdir()
    (vault / "notes" / "folder.md" / os.fsdecode(b"\xff.md")).write_text("")
    config = ("--config", "notes/notelint.toml", "--format")
    assert "file=notes/a.md," in notelint("check", *config, "github").out
    paths = [entry["location"]["path"] for entry in json.loads(notelint("check", *config, "gitlab").out)]
    assert paths == ["more/d.md", "notes/a.md"]
    (run,) = json.loads(notelint("check", *config, "sarif").out)["runs"]
    uris = {
        place["physicalLocation"]["artifactLocation"]["uri"]
        for holder in (*run["results"], *run["invocations"][0]["toolExecutionNotifications"])
        for place in (*holder["locations"], *holder.get("relatedLocations", ()))
    }
    assert uris == {"more/d.md", "notes/a.md", "notes/b.md", "notes/c.md", "notes/folder.md/%5Cxff.md"}
    assert "\na.md:5:" in notelint("check", *config, "concise").out, "else from the configuration"


def test_a_ref_that_is_missing_is_wrong_usage_with_the_remedy(git: Git, notelint: Notelint) -> None:
    ran = notelint("check", "--since", "origin/nowhere")
    assert ran.status == 2
    assert "git fetch origin nowhere:refs/remotes/origin/nowhere" in ran.err
    assert notelint("check", "--since", "--output=x").status == 2, "a ref is never an option of git"


def test_a_branch_that_only_the_remote_has_is_fetched_under_its_name(
    git: Git, vault: Path, notelint: Notelint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("branch", "work")
    git("clone", "-q", "--branch", "work", f"file://{vault}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    ran = notelint("check", "--since", "main")
    git(*ran.err.strip().partition("fetch it first: git ")[2].split(), cwd=tmp_path / "clone")
    assert labelled(notelint, "--since", "main") == []


def test_a_shallow_clone_is_told_to_fetch(
    git: Git, vault: Path, notelint: Notelint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "notes" / "a.md").write_text(NOTE)
    git("commit", "-q", "-a", "-m", "second")
    first = git("rev-parse", "HEAD~").strip()
    git("clone", "-q", "--depth", "1", f"file://{vault}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    ran = notelint("check", "--since", first)
    assert ran.status == 2
    assert "fetch-depth: 0" in ran.err


def test_without_git_there_is_no_git_focus(vault: Path, notelint: Notelint) -> None:
    for arguments in (("--focus", "staged"), ("--since", "main")):
        ran = notelint("check", *arguments)
        assert ran.status == 2
        assert "no git repository" in ran.err
