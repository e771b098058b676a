"""`notelint fix` on a small vault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from program import Notelint

BAD = "---\ntitle: Percys naps\nvideoId: aaaaaaaaaaa\n---\n\nPercy\u200b's naps are short \u00e2\u20ac\u201c and good. Percy's are.\n"


@pytest.fixture(autouse=True)
def note(vault: Path) -> Path:
    (vault / "a.md").write_text(BAD, encoding="utf-8")
    return vault / "a.md"


def test_safe_fixes_are_applied_and_the_others_counted(vault: Path, notelint: Notelint) -> None:
    ran = notelint("fix", "a.md")
    assert ran.status == 0, ran.err
    assert "Percy's naps are short – and good" in (vault / "a.md").read_text(encoding="utf-8")
    assert "title: Percys naps" in (vault / "a.md").read_text(encoding="utf-8")
    assert "2 findings fixed in 1 note" in ran.err
    assert "1 fix not safe" in ran.err


def test_unsafe_fixes_are_applied_when_asked_for(vault: Path, notelint: Notelint) -> None:
    notelint("fix", "a.md", "--unsafe", "--rule", "metadata-title")
    assert (vault / "a.md").read_text(encoding="utf-8") == BAD.replace("Percys", "Percy's")


def test_a_diff_writes_nothing_and_says_that_there_is_something_to_do(vault: Path, notelint: Notelint) -> None:
    ran = notelint("fix", "a.md", "--diff")
    assert ran.status == 1
    assert "+Percy's naps are short – and good." in ran.out
    assert (vault / "a.md").read_text(encoding="utf-8") == BAD
    notelint("fix", "a.md")
    assert notelint("fix", "a.md", "--diff").status == 0


def test_an_unknown_rule_is_refused(vault: Path, notelint: Notelint) -> None:
    assert notelint("fix", "a.md", "--rule", "nmae").status == 2


def test_a_note_with_two_names_is_written_once(vault: Path, notelint: Notelint) -> None:
    (vault / "b.md").symlink_to("a.md")
    ran = notelint("fix")
    assert ran.status == 0, ran.err
    assert "naps are short – and good" in (vault / "a.md").read_text(encoding="utf-8")
    assert (vault / "b.md").is_symlink()


def test_what_could_not_be_written_is_not_fixed(
    vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    ran = notelint("fix", "--no-cache")
    assert ran.status == 3
    assert "0 findings fixed in 0 notes" in ran.err
    assert (vault / "a.md").read_text(encoding="utf-8") == BAD


def test_a_note_that_is_not_named_is_not_written(vault: Path, notelint: Notelint) -> None:
    front = "---\nvideo_id: abcdefghijk\n---\n\n"
    texts = {f"{name}.md": f"{front}Links to [[the_path_to_power]] and to more.\n" for name in "bcd"}
    texts["a.md"] = texts["b.md"]
    texts["d.md"] = texts["b.md"].replace("the_path_to_power", "The Path to Power")
    for name, text in texts.items():
        (vault / name).write_text(text)
    asked = ("fix", "--unsafe", "--rule", "link-form")
    ran = notelint(*asked, "a.md")
    assert "0 findings fixed in 0 notes" in ran.err
    assert "1 fix left, for other notes would change" in ran.err
    assert {name: (vault / name).read_text() for name in texts} == texts
    assert "1 finding fixed in 1 note" in notelint(*asked, "a.md", "d.md").err
    assert (vault / "d.md").read_text() == texts["d.md"].replace("[[", "[[the_path_to_power|")


def test_a_diff_has_the_bytes_of_the_note(vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch) -> None:
    name = 'an "odd" \x1b[31m name.md'
    before = b"\xef\xbb\xbfN\x1b[32maps.\r\n\r\nPercy\xe2\x80\x8bs.\r\n"
    (vault / "a.md").rename(vault / name)
    (vault / name).write_bytes(before)
    patch = notelint("fix", "--diff").out.encode()
    assert b"\xe2\x80\x8b" in patch
    subprocess.run(["git", "apply", "-"], input=patch, check=True)
    assert (vault / name).read_bytes() == before.replace(b"\xe2\x80\x8b", b"")
    (vault / name).write_bytes(before)
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    assert "\x1b" not in notelint("fix", "--diff").out
    assert "\x1b" not in notelint("stats").out
