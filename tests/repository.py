"""What tests of focus and of git share: a vault of three notes, the same under git, and what is found in it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from program import Notelint

NOTE = """---
videoId: aaaaaaaaaaa
---

The lab was founded in 2013 <a class="yt-timestamp" data-t="00:13:37">[00:13:37]</a>.
"""
BAD = NOTE.replace("[00:13:37]", "[00:13:57]")
"""A note with a finding of its own: the label says another second than the data."""

Git: TypeAlias = Callable[..., str]


def three_notes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a vault that is the working directory."""
    (folder / "notelint.toml").write_text('roots = ["notes"]\n')
    (folder / "notes").mkdir()
    for name in ("a", "b", "c"):
        (folder / "notes" / f"{name}.md").write_text(BAD)
    (folder / ".gitignore").write_text(".notelint_cache\n")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("PRE_COMMIT", raising=False)
    return folder


def under_git(vault: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Commit a vault, and give what runs git in it."""
    for name, value in {
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)

    def run(*arguments: str, cwd: Path = vault) -> str:
        return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True, cwd=cwd).stdout

    run("init", "-q", "-b", "main")
    run("add", ".")
    run("commit", "-q", "-m", "notes")
    return run


def labelled(notelint: Notelint, *arguments: str) -> list[str]:
    """Give the first places of the label findings."""
    ran = notelint("check", "--format", "json", *arguments)
    assert ran.status in (0, 1), ran.err
    found = json.loads(ran.out)["findings"]
    return [item["locations"][0]["path"] for item in found if item["rule"] == "timestamp-label"]
