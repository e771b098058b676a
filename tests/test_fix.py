"""Fixes: whole or not at all, exact to the byte, written atomically."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.lint import fix
from notelint.lint.backends.memory import Memory
from notelint.lint.model import Edit, Finding, Fix, Label, Note
from notelint.lint.note.markdown import parts
from notelint.lint.note.read import encoded, read
from notelint.rules import RULES

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200)


def finding(*edits: Edit, safe: bool = True, message: str = "m") -> Finding:
    note = Note(edits[0].path, " " * 10_000)
    return Finding(
        "link-form", "k", message, (Label(note.span(edits[0].start, edits[0].end), ""),), fix=Fix(safe, edits)
    )


def edit(text: str, old: str, new: str, path: str = "a.md", nth: int = 0) -> Edit:
    start = -1
    for _ in range(nth + 1):
        start = text.index(old, start + 1)
    return Edit(path, start, start + len(old), old, new)


def carry_out(folder: Path, *findings: Finding, unsafe: bool = False) -> fix.Plan:
    made = fix.plan(folder, findings, unsafe=unsafe)
    fix.write(folder, made.mended, made.failures)
    return made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Naps at wörk.\n".encode(), b"Naps at home.\n"),
        (b"\xef\xbb\xbfNaps at w\xc3\xb6rk.\r\nThen\r\n", b"\xef\xbb\xbfNaps at home.\r\nThen\r\n"),
        ("Naps at wörk.".encode("cp1252"), b"Naps at home."),
        (b"\xff\xfe" + "Naps at wörk.".encode("utf-16-le"), b"\xff\xfe" + "Naps at home.".encode("utf-16-le")),
        (b"\xfe\xff" + "Naps at wörk.".encode("utf-16-be"), b"\xfe\xff" + "Naps at home.".encode("utf-16-be")),
        ("a\rb\u2028c\x0bNaps at wörk.\n\n\n".encode(), "a\rb\u2028c\x0bNaps at home.\n\n\n".encode()),
    ],
    ids=["utf-8", "mark and CRLF", "Windows-1252", "UTF-16", "big-endian", "odd line ends"],
)
def test_encoding_mark_and_line_ends_stay_byte_for_byte(tmp_path: Path, before: bytes, after: bytes) -> None:
    (tmp_path / "a.md").write_bytes(before)
    text = read("a.md", before).text
    made = carry_out(tmp_path, finding(edit(text, "wörk", "home")))
    assert (made.failures, len(made.applied)) == ([], 1)
    assert (tmp_path / "a.md").read_bytes() == after


@pytest.mark.parametrize("data", [b"caf\xe9 \x81 wark", "naïve ünïcödé wark ".encode() + b"\xff"], ids=["1252", "cut"])
def test_a_note_whose_bytes_would_not_stay_is_not_edited(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)
    made = carry_out(tmp_path, finding(edit(read("a.md", data).text, "wark", "work")))
    assert (tmp_path / "a.md").read_bytes() == data
    assert made.applied == []
    assert "would not stay as they are" in made.failures[0].message


def test_a_character_that_the_encoding_lacks_is_not_written(tmp_path: Path) -> None:
    data = b"caf\xe9"
    (tmp_path / "a.md").write_bytes(data)
    made = carry_out(tmp_path, finding(Edit("a.md", 0, 4, "café", "東京")))
    assert made.skipped[0][1] == "cp1252 has no way to write '東京'"
    assert (tmp_path / "a.md").read_bytes() == data


def test_unsafe_fixes_wait_to_be_asked_for_and_go_last(tmp_path: Path) -> None:
    text = "one two three"
    (tmp_path / "a.md").write_text(text)
    unsafe = finding(edit(text, "two", "TWO"), safe=False, message="unsafe")
    safe = finding(edit(text, "two three", "2 3"), message="safe")
    made = fix.plan(tmp_path, [unsafe, safe])
    assert [(item.message, why) for item, why in made.skipped] == [("unsafe", "not safe")]
    made = fix.plan(tmp_path, [unsafe, safe], unsafe=True)
    assert [item.message for item in made.applied] == ["safe"]
    assert made.skipped[0][1] == "it overlaps another fix; run again"
    assert made.mended[0].after == b"one 2 3"


def test_a_soft_hyphen_may_be_meant_and_a_zero_width_space_may_not(tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("An under\u00adestimate of the Open\u200bLab.\n", encoding="utf-8")
    found = Memory(list(RULES)).run([read("a.md", note.read_bytes())]).findings
    made = fix.plan(tmp_path, found)
    assert [mended.after.decode() for mended in made.mended] == ["An under\u00adestimate of the OpenLab.\n"]
    assert [reason for _, reason in made.skipped] == ["not safe"]


def test_a_fix_is_applied_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one two")
    (tmp_path / "b.md").write_text("one two")
    both = finding(Edit("a.md", 0, 3, "one", "1"), Edit("b.md", 0, 3, "ONE", "1"))
    made = carry_out(tmp_path, both)
    assert (made.mended, made.skipped[0][1]) == ([], "b.md has changed")
    assert (tmp_path / "a.md").read_text() == "one two"


def test_of_a_fix_with_a_note_that_cannot_be_written_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    for name in ("a.md", "b.md", "shut/c.md", "d.md"):
        (tmp_path / name).write_text("one two")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name not in ("b.md", "shut"))
    first = Edit("a.md", 0, 3, "one", "1")
    made = carry_out(
        tmp_path,
        finding(first, Edit("b.md", 0, 3, "one", "1")),
        finding(first, Edit("shut/c.md", 0, 3, "one", "1")),
        finding(Edit("d.md", 0, 3, "one", "1")),
    )
    assert [why for _, why in made.skipped] == ["b.md cannot be edited", "shut/c.md cannot be edited"]
    assert [failure.path for failure in made.failures] == ["b.md", "shut/c.md"]
    assert {file.name: file.read_text() for file in tmp_path.glob("*.md")} == {
        "a.md": "one two", "b.md": "one two", "d.md": "1 two",
    }  # fmt: skip


def test_edits_that_touch_are_both_made_and_the_same_edit_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("abcd")
    one, two = Edit("a.md", 0, 2, "ab", "AB"), Edit("a.md", 2, 4, "cd", "CD")
    made = carry_out(tmp_path, finding(one), finding(two), finding(one, message="again"))
    assert len(made.applied) == 3
    assert (tmp_path / "a.md").read_text() == "ABCD"


def test_two_insertions_at_one_place_have_no_order(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("abcd")
    made = carry_out(tmp_path, finding(Edit("a.md", 2, 2, "", "x")), finding(Edit("a.md", 2, 2, "", "y")))
    assert (tmp_path / "a.md").read_text() == "abxcd"
    assert len(made.skipped) == 1


def test_mode_and_link_stay(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("one")
    (tmp_path / "real.md").chmod(0o640)
    (tmp_path / "a.md").symlink_to("real.md")
    carry_out(tmp_path, finding(Edit("a.md", 0, 3, "one", "1")))
    assert (tmp_path / "a.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "1"
    assert stat.S_IMODE((tmp_path / "real.md").stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["a.md", "real.md"]  # noqa: PTH208 - no leftover either


def test_a_note_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    (tmp_path / "b.md").write_text("one")
    made = fix.plan(
        tmp_path,
        [
            finding(
                Edit(
                    path,
                    0,
                    3,
                    "one",
                    "1",
                )
            )
            for path in ("a.md", "b.md")
        ],
    )
    (tmp_path / "a.md").write_text("one, edited")
    assert fix.write(tmp_path, made.mended, made.failures) == {"b.md"}
    assert (tmp_path / "a.md").read_text() == "one, edited"
    assert (tmp_path / "b.md").read_text() == "1"
    assert made.failures[0].message == "not edited: the file has changed since it was read"


def test_a_crash_while_writing_leaves_the_old_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("one")
    made = fix.plan(tmp_path, [finding(Edit("a.md", 0, 3, "one", "1"))])
    monkeypatch.setattr(fix.os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        fix.write(tmp_path, made.mended, made.failures)
    assert (tmp_path / "a.md").read_text() == "one"
    assert os.listdir(tmp_path) == ["a.md"]  # noqa: PTH208


def test_a_note_that_is_gone_is_a_failure_and_the_others_are_edited(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("one")
    made = carry_out(tmp_path, *(finding(Edit(path, 0, 3, "one", "1")) for path in ("a.md", "b.md")))
    assert [failure.path for failure in made.failures] == ["a.md"]
    assert (tmp_path / "b.md").read_text() == "1"


def test_a_diff_shows_the_lines_around_and_can_be_applied(tmp_path: Path) -> None:
    text = "".join(f"line {number}\n" for number in range(1, 31)) + "the end"
    (tmp_path / "a.md").write_text(text)
    edits = [
        edit(text, "line 3", "LINE 3\nand more"),
        edit(text, "line 5", "LINE 5"),
        edit(text, "line 20\nline 21\n", ""),
        edit(text, "the end", "The end."),
    ]
    made = fix.plan(tmp_path, [finding(*edits)])
    shown = "\n".join(fix.diff(made.mended[0])) + "\n"
    assert shown.startswith(
        "--- a/a.md\n+++ b/a.md\n@@ -1,8 +1,9 @@\n line 1\n line 2\n-line 3\n+LINE 3\n+and more\n line 4\n-line 5\n"
    )
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=tmp_path, input=shown.encode(), check=True)
    assert (tmp_path / "a.md").read_bytes() == made.mended[0].after


@st.composite
def notes_and_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    edits = [
        Edit("a.md", start, end, text[start:end], draw(TEXT)) for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return text, draw(st.permutations(edits))


@given(notes_and_edits(), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_fix_never_changes_a_byte_beside_its_edits(
    tmp_path_factory: pytest.TempPathFactory, given_: tuple[str, list[Edit]], encoding: str, mark: bool
) -> None:
    text, edits = given_
    folder = tmp_path_factory.getbasetemp()
    bom = mark or encoding != "utf-8"
    data = encoded(Note("a.md", "", encoding=encoding, bom=bom), text)
    if read("a.md", data).text != text:
        return  # a mark at the beginning of the text itself
    (folder / "a.md").write_bytes(data)
    made = fix.plan(folder, [finding(item) for item in edits])
    taken = sorted((item.fix.edits[0] for item in made.applied if item.fix), key=lambda item: (item.start, item.end))
    expected, at = "", 0
    for item in dict.fromkeys(taken):
        expected += text[at : item.start] + item.text
        at = item.end
    expected += text[at:]
    after = made.mended[0].after if made.mended else data
    assert after == encoded(Note("a.md", "", encoding=encoding, bom=bom), expected)
    assert len(made.applied) + len(made.skipped) == len(edits)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8), st.randoms())
@settings(max_examples=200, deadline=None)
def test_no_two_edits_that_are_taken_overlap(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int]], random: object
) -> None:
    folder, text = tmp_path_factory.getbasetemp(), "abcdefghijklmnopqrstuvwxyz0123"
    (folder / "a.md").write_text(text)
    edits = [Edit("a.md", min(a, b), max(a, b), text[min(a, b) : max(a, b)], "-") for a, b in spans]
    made = fix.plan(folder, [finding(item) for item in edits])
    for mended in made.mended:
        for one, other in zip(mended.edits, mended.edits[1:], strict=False):
            assert one.end <= other.start
    for item, why in made.skipped:
        assert why == "it overlaps another fix; run again", item


OFFERED = [case for case in cases.CASES if any(found.fix for found in cases.outcome(case).findings)]


def seen(path: str, data: bytes) -> list[str]:
    """What a reader of a note sees of its links and its words, without what fixes are for."""
    found = parts(read(path, data))
    return ["".join(char for char in link.label if char.isalnum()) for link in found.links]


@pytest.mark.parametrize("case", OFFERED, ids=str)
def test_what_is_fixed_is_not_found_again_and_nothing_new_is(case: cases.Case, tmp_path: Path) -> None:
    for path, text in case.notes.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    before = cases.outcome(case)
    labels = {path: seen(path, (tmp_path / path).read_bytes()) for path in case.notes}
    made = fix.plan(tmp_path, before.findings, unsafe=True)
    fix.write(tmp_path, made.mended, made.failures)
    assert made.failures == []
    assert made.applied
    notes = [read(path, (tmp_path / path).read_bytes()) for path in case.notes]
    after = Memory(list(RULES)).run(notes)
    fixed = {found.fingerprint for found in made.applied}
    assert not fixed & {found.fingerprint for found in after.findings}
    assert len(after.findings) < len(before.findings)
    # link-self leaves the words without their link
    if all(found.family in ("link", "metadata") and found.rule != "link-self" for found in made.applied):
        assert labels == {path: seen(path, (tmp_path / path).read_bytes()) for path in case.notes}


def test_a_note_with_the_longest_name_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / ("箱" * 84 + ".md")
    file.write_bytes(b"old")
    file.chmod(0o640)
    fix.replace(file, b"old", b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert list(tmp_path.iterdir()) == [file]
