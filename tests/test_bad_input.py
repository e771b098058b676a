"""Hostile and broken documents: one clear message each, every other note checked, no traceback, no hang."""

from __future__ import annotations

import json
import os
import time
from itertools import product
from pathlib import Path

import pytest
from program import WRONG, Notelint

# Where a run takes longer, something grew faster than the note did: all of these take under a second
# on two slow cores, start-up aside.
SECONDS = 4.0

HARMLESS = {
    "script.md": "<script>alert(1)</script> <img src=x onerror=alert(1)> " * 2000,
    "template.md": "{{ 7 * 7 }} {% raw %} ${x} </textarea></script>" * 1000,
    "brackets.md": "[" * 100_000,
    "closing.md": "]" * 100_000,
    "links.md": "[[a|" * 25_000,
    "addresses.md": "[00:00:01](" * 20_000,
    "quotes.md": "> " * 50_000 + "x",
    "lists.md": "- " * 50_000 + "x",
    "stars.md": "*a _b " * 30_000,
    "ticks.md": "`" * 50_000 + " " + "`a" * 50_000,
    "marks.md": '"a ' * 50_000,
    "times.md": "[0:" * 50_000,
    "clocks.md": "1:2:3:4:5:6 " * 20_000,
    "numbers.md": "1" * 200_000 + "\n" + "1," * 100_000,
    "names.md": "Aa Bb " * 30_000,
    "tags.md": "<a " * 50_000,
    "entities.md": "&amp" * 50_000,
    "tables.md": "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n" + "|b" * 20_000,
    "lines.md": "\n" * 300_000,
    "comments.md": "<!-- " * 50_000 + "%% <!-- " * 50_000,
    "hidden.md": "%% a %% b <!-- c -->\n" * 20_000,
    "callouts.md": "> [!note] " * 10_000,
    "marked.md": "e" + "\u0301" * 100_000,
    "front.md": "---\n" + "a: b\n" * 10_000,
    "dashes.md": "---\n" * 50_000,
    "gaps.md": f"---\ntitle: a{' ' * 32_000}b\nkey{' ' * 16_000}x: {' ' * 16_000}y z\n---\nWords.",
    "title.md": f"---\ntitle: {'ab' * 16_000} Ab\n---\n{'Some words-and-hyphens here. ' * 3_000}",
    "twice.md": "".join(f"{''.join(word)} " * 2 + "\n" for word in product("bcdfghklmnp", repeat=4)),
    "stutter.md": "ab ab " * 40_000,
    "said.md": 'He said "one two." Then "Three four." ' * 4_000,
    "single.md": "It 'ab' is. " * 8_000 + '"a b" ' * 32_000,
    "cited.md": "Words said here and there [00:00:01] more. " * 8_000,
    "separated.md": "a\u2028" * 120_000,
    "guesses.md": '`a` (likely "b") ' * 16_000,
    "attributes.md": f"<a class='yt-timestamp' {'data-t ' * 8_000}>x</a> <a {'timestamp ' * 8_000}>x <a "
    + '="a' * 8_000,
    "pipes.md": f"[[{'|' * 30_000}\n]]]]",
    "targets.md": "[[some note]] " * 32_000,
    "index.md": "".join(f"- [[interview_with_{number * 7919 % 99991:x}b | the talk]]\n" for number in range(4_000)),
    "acronym.md": f"We saw AAAAAAB (Aa {'a ' * 36}z) there.",
    "safe.md": "---\ntitle: !!python/object/apply:os.system ['exit 1']\n---\nWords.",
}

SHARED = {
    "quotes": '"Aa bb cc dd" ' * 4_000,
    "entities": "a&#1;b &#1; " * 1_000,
    "links": "[[a]]" * 12_000,
    "spaces": "\u00a0" * 120_000,
    "word": "a" * 300_000,
    "clocks": ("0:45" + " " * 50_000 + "\n") * 4 + "0:50 - " * 20_000,
    "chapters": "".join(f"{second // 60}:{second % 60:02} a\n" for second in range(15_000)),
    "hyphens": "A-b " * 15_000 + "Ab",
    "citations": "Ten millers carry barley past the old kiln in winter " + "[01:02] [03:04] " * 3_000 + ".",
}
"""What takes no longer where two notes on one source have it, who are compared."""

TOLD = {
    "empty.md": (b"", "text-encoding", "the note is empty"),
    "binary.md": (bytes(range(256)) * 10, "text-encoding", "a NUL byte at offset 0: this is no text"),
    "latin.md": (b"caf\xe9", "text-encoding", "byte 0xe9 at offset 3 is not UTF-8; read as Windows-1252"),
    "wide.md": ("Words.".encode("utf-16"), "text-encoding", "the note is UTF-16, not UTF-8"),
    "yaml.md": (
        b"---\ntitle: a: b\n---\nWords.",
        "metadata-invalid",
        "the front matter is not YAML: mapping values are not allowed in this context",
    ),
    "deep.md": (
        b"---\na: " + b"[" * 20_000 + b"]" * 20_000 + b"\n---\nWords.",
        "metadata-invalid",
        "the front matter cannot be used: it is nested more than 20 deep",
    ),
    "long.md": (
        b"word " * 10_000_000,
        "text-encoding",
        "a line of 50,000,000 characters; it is not checked",
    ),
}


COMMENTS = {
    "dashes": "text <!-- notelint: allow a" + "-" * 100_000,
    "left open": "<!-- notelint: allow a -- " * 20_000,
    "spaces": "<!-- notelint: allow a --" + " " * 100_000,
    "lines": "<!-- notelint: allow name -->\n" * 16_000,
    "one line": "<!-- notelint: allow name --> " * 16_000,
    "blank lines": "<!-- notelint: allow name -->\n" + "\n" * 16_000,
    "ranges": WRONG.rstrip() + (" words <!-- notelint: allow all -->\n" + WRONG.rstrip()) * 2_000,
}


def findings(notelint: Notelint, *paths: str) -> tuple[int, list[dict[str, str]], str]:
    started = time.process_time()  # others may be at work on the machine
    ran = notelint("check", *paths, "--format", "json", "--no-cache")
    taken = time.process_time() - started
    assert taken < SECONDS, f"{paths}: {taken:.1f} s"
    assert "Traceback" not in ran.err
    report = json.loads(ran.out)
    assert report["failures"] == []
    return ran.status, [{**found, "path": found["locations"][0]["path"]} for found in report["findings"]], ran.err


@pytest.mark.parametrize("name", HARMLESS)
def test_a_hostile_note_is_checked_like_any_other(name: str, vault: Path, notelint: Notelint) -> None:
    (vault / name).write_text(HARMLESS[name] + "\n", encoding="utf-8")
    (vault / "wrong.md").write_text(WRONG, encoding="utf-8")
    status, found, _ = findings(notelint, ".")
    assert status == 1
    assert [item["rule"] for item in found if item["path"] == "wrong.md"] == ["timestamp-label"]


@pytest.mark.parametrize("name", SHARED)
def test_two_hostile_notes_are_compared_like_any_others(name: str, vault: Path, notelint: Notelint) -> None:
    for path in ("one.md", "two.md"):
        (vault / path).write_text(f"---\nvideoId: abcdefghijk\n---\n\n{SHARED[name]}\n", encoding="utf-8")
    findings(notelint, ".")


@pytest.mark.parametrize("name", COMMENTS)
def test_comments_take_as_long_as_they_are(name: str, vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(COMMENTS[name] + "\n", encoding="utf-8")
    findings(notelint, ".")


@pytest.mark.parametrize("name", TOLD)
def test_a_broken_note_has_one_message_with_its_path(name: str, vault: Path, notelint: Notelint) -> None:
    data, rule, message = TOLD[name]
    (vault / name).write_bytes(data)
    (vault / "wrong.md").write_text(WRONG, encoding="utf-8")
    _, found, _ = findings(notelint, ".")
    assert [(item["rule"], item["message"]) for item in found if item["path"] == name] == [(rule, message)]
    assert [item["rule"] for item in found if item["path"] == "wrong.md"] == ["timestamp-label"]


@pytest.mark.parametrize(
    "text",
    [
        f"---\nduration: {'9' * 23}\n---\n\n",
        f"---\nduration: {'9' * 5000}\n---\n\n",
        "---\nduration: ²\n---\n\n",
        f"Words [{'9' * 21}:00].\n\n",
        f'Words <a data-t="1{"0" * 23}">[00:13:57]</a>.\n\n',
    ],
    ids=["length", "long length", "no number", "label", "data"],
)
def test_a_number_beyond_all_times_is_none(text: str, vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(text + WRONG, encoding="utf-8")
    (vault / "wrong.md").write_text(WRONG, encoding="utf-8")
    status, found, _ = findings(notelint, ".")
    assert status == 1
    assert [item["path"] for item in found if item["rule"] == "timestamp-label"] == ["a.md", "wrong.md"]
    malformed = [item["path"] for item in found if item["rule"] == "timestamp-malformed"]
    assert malformed == (["a.md"] if "data-t" in text else [])


def test_what_cannot_be_read_is_a_failure_and_the_status_says_so(vault: Path, notelint: Notelint) -> None:
    os.mkfifo(vault / "pipe.md")
    (vault / "folder.md").mkdir()
    (vault / "wrong.md").write_text(WRONG, encoding="utf-8")
    ran = notelint("check", ".", "--format", "json")
    report = json.loads(ran.out)
    assert ran.status == 3
    assert [item["path"] for item in report["failures"]] == ["folder.md", "pipe.md"]
    assert [item["rule"] for item in report["findings"]] == ["timestamp-label"]
    for name in ("pipe.md", "folder.md"):
        assert ran.err.count(f"{name}: ") == 1


def test_a_root_that_is_not_there_is_refused(vault: Path, notelint: Notelint) -> None:
    ran = notelint("check", "nowhere")
    assert ran.status == 2
    assert "nowhere" in ran.err
