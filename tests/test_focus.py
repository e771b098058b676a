"""Focus: the whole vault is compared, and what is shown is what the notes in focus take part in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from program import Notelint
from repository import BAD, NOTE, Git, labelled, three_notes, under_git

from notelint.lint import focus


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return three_notes(tmp_path, monkeypatch)


@pytest.fixture
def git(vault: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    return under_git(vault, monkeypatch)


def test_a_note_of_the_vault_that_is_named_is_a_focus(vault: Path, notelint: Notelint) -> None:
    assert labelled(notelint) == ["notes/a.md", "notes/b.md", "notes/c.md"]
    assert labelled(notelint, "notes/b.md") == ["notes/b.md"]
    assert labelled(notelint, "notes/c.md", str(vault / "notes/a.md")) == ["notes/a.md", "notes/c.md"]
    summary = json.loads(notelint("check", "--format", "json", "notes/b.md").out)["summary"]
    assert summary["notes"] == 3, "the vault is the whole vault"


def test_a_folder_is_a_vault_of_its_own(vault: Path, notelint: Notelint) -> None:
    (vault / "other").mkdir()
    (vault / "other" / "d.md").write_text(BAD)
    assert labelled(notelint, "other") == ["other/d.md"]
    assert labelled(notelint, "notes") == ["notes/a.md", "notes/b.md", "notes/c.md"]
    assert labelled(notelint, "other/d.md") == ["other/d.md"], "a note outside of the vault is one itself"


def test_only_what_a_note_shows_by_itself(vault: Path, notelint: Notelint) -> None:
    lasting = NOTE.replace("videoId", "duration: 45min\nvideoId")
    for name, text in (("a", NOTE), ("b", lasting), ("c", NOTE.replace("00:13:37", "01:37:37")), ("d", BAD)):
        (vault / "notes" / f"{name}.md").write_text(text)

    def rules(*arguments: str) -> set[tuple[str, str]]:
        found = json.loads(notelint("check", "--format", "json", *arguments).out)["findings"]
        return {(item["rule"], item["locations"][0]["path"]) for item in found}

    every = ("notes/a.md", "notes/b.md", "notes/c.md", "notes/d.md")
    assert ("timestamp-range", "notes/c.md") in rules("notes/c.md"), "the other notes are read"
    for named in (every, ("notes/c.md", "notes/d.md"), ("notes/d.md",)):
        assert rules("--scope", "note", *named) == {("timestamp-label", "notes/d.md")}
    assert not (vault / "other").exists()
    ran = notelint("check", "--scope", "note", "--cache-dir", "other", "--format", "json", "notes/d.md")
    assert json.loads(ran.out)["summary"]["notes"] == 1
    assert not (vault / "other").exists(), "no index that others wait for"
    (vault / "notelint.toml").unlink()
    assert rules("--scope", "note", *every) == {("timestamp-label", "notes/d.md")}, "nor without a configuration"
    assert notelint("check", "--scope", "note", "--format", "html", "notes/d.md").status == 1


def test_what_is_named_in_a_list(vault: Path, notelint: Notelint, tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"notes/a.md\0notes/c.md\0")
    assert labelled(notelint, "--files-from", "list") == ["notes/a.md", "notes/c.md"]
    (tmp_path / "wrong").write_bytes(b"notes/aa.md\0notes/cc.md\0")
    assert "no such file: notes/aa.md and 1 more" in notelint("check", "--files-from", "wrong").err
    assert focus.listed(vault, b"notes/a.md\0notes/with\nline.md") == {"notes/a.md", "notes/with\nline.md"}
    assert focus.listed(vault, b"") == frozenset()


def test_the_note_in_focus_comes_first_though_another_is_the_first_place(notelint: Notelint, vault: Path) -> None:
    text = NOTE + "\nShe says [[Deep Learning Basics]] and [[Deep_Learning_Basics]] and [[Deep_Learning Basics]].\n"
    for name in ("a", "b", "c"):
        (vault / "notes" / f"{name}.md").write_text(text)
    found = json.loads(notelint("check", "--format", "json", "notes/c.md").out)["findings"]
    for item in found:
        assert item["locations"][0]["path"] == "notes/c.md", item


def test_staged_notes_are_read_as_they_are_staged(git: Git, vault: Path, notelint: Notelint) -> None:
    (vault / "notes" / "a.md").write_text(NOTE)
    git("add", "notes/a.md")
    assert labelled(notelint, "--focus", "staged") == []
    (vault / "notes" / "a.md").write_text(BAD)
    assert labelled(notelint, "--focus", "staged") == [], "the disk is not what is committed"
    git("add", "notes/a.md")
    (vault / "notes" / "b.md").write_text(BAD + "\nMore.\n")
    git("add", "notes/b.md")
    (vault / "notes" / "b.md").write_text(NOTE)
    assert labelled(notelint, "--focus", "staged") == ["notes/b.md"], "a.md is as it was committed"
    assert labelled(notelint) == ["notes/a.md", "notes/c.md"], "without a focus the disk counts"


def test_the_line_that_is_shown_is_the_staged_one(git: Git, vault: Path, notelint: Notelint) -> None:
    (vault / "notes" / "a.md").write_text(BAD.replace("The lab", "The orchard"))
    git("add", ".")
    (vault / "notes" / "a.md").write_text("written since\n")
    shown = notelint("check", "--focus", "staged").out
    assert "The orchard was founded" in shown
    assert "written since" not in shown


def test_under_pre_commit_the_disk_is_what_is_staged(
    git: Git, vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "notes" / "a.md").write_text(BAD + "\nMore.\n")
    git("add", "notes/a.md")
    (vault / "notes" / "a.md").write_text(NOTE)
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert labelled(notelint, "--focus", "staged") == []


def test_a_staged_note_that_the_disk_lost_is_checked_and_an_untracked_one_is_not(
    git: Git, vault: Path, notelint: Notelint
) -> None:
    (vault / "notes" / "new.md").write_text(BAD)
    git("add", "notes/new.md")
    (vault / "notes" / "new.md").unlink()
    (vault / "notes" / "untracked.md").write_text(BAD)
    assert labelled(notelint, "--focus", "staged") == ["notes/new.md"]
    summary = json.loads(notelint("check", "--format", "json", "--focus", "staged").out)["summary"]
    assert (summary["notes"], summary["failures"]) == (4, 0)


def test_a_vault_that_is_reached_by_a_link(
    git: Git, vault: Path, notelint: Notelint, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(vault)
    assert labelled(notelint, str(link / "notes" / "a.md")) == ["notes/a.md"]
    (vault / "list").write_text(f"{link}/notes/b.md\n")
    assert labelled(notelint, "--files-from", "list") == ["notes/b.md"]
    assert labelled(notelint, "--config", str(link / "notelint.toml"), str(link / "notes" / "c.md")) == ["notes/c.md"]


def test_a_note_that_gets_another_name_takes_part_in_what_becomes_of_its_links(
    git: Git, vault: Path, notelint: Notelint
) -> None:
    (vault / "notes" / "new-kiln.md").write_text(NOTE)
    (vault / "notes" / "c.md").write_text(NOTE + "\nSee [[new-kiln]].\n")
    git("add", ".")
    git("commit", "-q", "-m", "a kiln")
    git("mv", "notes/new-kiln.md", "notes/New Kiln.md")
    for focus_ in (("--focus", "staged"), ("--since", "main"), ("--no-cache", "--focus", "staged")):
        ran = notelint("check", "--format", "concise", *focus_)
        assert "notes/c.md:7:7: warning[link-unresolved]" in ran.out


def test_a_root_that_the_commit_knows_nothing_of_is_compared_as_it_is(
    git: Git, vault: Path, notelint: Notelint, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (vault / "sub").mkdir()
    git("init", "-q", cwd=vault / "sub")
    said = NOTE + "\nThe kiln was lit by three potters in March <a data-t='{0}'>[{0}]</a>.\n"
    for folder, time in ((outside, "00:40:00"), (vault / "sub", "00:50:00")):
        (folder / "d.md").write_text(said.format(time))
    git("add", ".", cwd=vault / "sub")
    git("commit", "-q", "-m", "d", cwd=vault / "sub")
    (vault / "notelint.toml").write_text(f'roots = ["notes", "sub", "{outside.as_posix()}"]\n')
    (vault / "notes" / "a.md").write_text(said.format("00:20:00"))
    (vault / "notes" / "untracked.md").write_text(said.format("00:30:00"))
    git("add", "notes/a.md")
    ran = notelint("check", "--format", "json", "--focus", "staged")
    assert json.loads(ran.out)["summary"]["notes"] == 5
    places = {place["path"] for found in json.loads(ran.out)["findings"] for place in found["locations"]}
    assert {"notes/a.md", "sub/d.md", f"{outside.as_posix()}/d.md"} <= places


def test_a_note_outside_of_the_vault_is_not_drawn_into_it(git: Git, vault: Path, notelint: Notelint) -> None:
    (vault / "notelint.toml").write_text('roots = ["notes"]\nexclude = ["notes/ex"]\n')
    for folder in ("docs", "notes/ex", "notes/.hidden"):
        (vault / folder).mkdir()
        for name in ("partly.md", "gone.md"):
            (vault / folder / name).write_text(BAD)
    (vault / "docs" / "draft.md").write_text(BAD)
    git("add", ".")
    git("commit", "-q", "-m", "more", "docs/draft.md")
    for folder in ("docs", "notes/ex", "notes/.hidden"):
        (vault / folder / "partly.md").write_text(NOTE)
        (vault / folder / "gone.md").unlink()
    (vault / "docs" / "draft.md").write_text(NOTE)
    assert labelled(notelint, "--focus", "staged") == []
    assert json.loads(notelint("check", "--format", "json", "--focus", "staged").out)["summary"]["notes"] == 3


def test_since_a_branch_was_left(git: Git, vault: Path, notelint: Notelint) -> None:
    git("checkout", "-q", "-b", "work")
    (vault / "notes" / "b.md").write_text(BAD + "\nMore.\n")
    git("commit", "-q", "-a", "-m", "b")
    git("checkout", "-q", "main")
    (vault / "notes" / "a.md").write_text(BAD + "\nMore.\n")
    git("commit", "-q", "-a", "-m", "a")
    git("checkout", "-q", "work")
    assert labelled(notelint, "--since", "main") == ["notes/b.md"], "what main did meanwhile is not ours"
    (vault / "notes" / "new.md").write_text(BAD)
    assert labelled(notelint, "--since", "main") == ["notes/b.md", "notes/new.md"]


def test_the_cache_is_told_of_pruned_and_cleared(vault: Path, notelint: Notelint) -> None:
    assert "no index" in notelint("cache", "info").out
    (vault / "other").mkdir()
    notelint("check")
    notelint("check", "other")
    assert "3 notes" in notelint("cache", "info").out
    (vault / ".notelint_cache" / "index.unusable").write_text("")
    assert notelint("cache", "prune").out == "1 removed\n"
    assert notelint("cache", "clear").out == "2 removed\n"
    assert "no index" in notelint("cache", "info").out


def test_the_vaults_folders_when_they_are_named_have_the_vaults_index(vault: Path, notelint: Notelint) -> None:
    for arguments in ((), ("notes",), ("./notes/", str(vault / "notes"))):
        notelint("check", *arguments)
    assert [file.name for file in (vault / ".notelint_cache").glob("*.db")] == ["index.db"]


def test_no_cache_keeps_nothing_and_another_folder_is_used(
    vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(vault / "temporary"))
    notelint("check", "--no-cache")
    assert not (vault / ".notelint_cache").exists()
    assert not list((vault / "temporary").iterdir())
    notelint("check", "--cache-dir", "elsewhere")
    assert (vault / "elsewhere" / "index.db").is_file()
    assert "3 notes" in notelint("cache", "--cache-dir", "elsewhere", "info").out


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("report",),
        ("fix",),
        ("stats",),
        ("explain", "beef"),
        ("baseline", "write"),
        ("decide", "beef", "--both-right", "--reason", "it is"),
        ("export", "glossary"),
    ],
)
def test_every_command_that_checks_takes_the_folder_of_the_index(
    vault: Path, notelint: Notelint, command: tuple[str, ...]
) -> None:
    notelint(*command, "--no-cache")
    assert not (vault / ".notelint_cache").exists()
    (vault / "notelint.baseline.json").unlink(missing_ok=True)
    notelint(*command, "--cache-dir", "elsewhere")
    assert (vault / "elsewhere" / "index.db").is_file()


def test_a_warm_run_imports_nothing_that_judging_needs(vault: Path, notelint: Notelint) -> None:
    notelint("check")
    os.utime(vault / "notes" / "a.md", (1, 1))
    program = """
import sys
from notelint.lint.cli import main
try:
    main(["check", "--format", "json"])
finally:
    heavy = {"spacy", "jinja2", "rapidfuzz", "numpy", "pyromark", "yaml", "ftfy", "frontmatter", "notelint.rules"}
    print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, cwd=vault,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent / ".src")}, check=False,
        )  # fmt: skip
    assert ran.stderr.strip().splitlines()[-1] == "[]"
    assert len(json.loads(ran.stdout)["findings"]) >= 3
