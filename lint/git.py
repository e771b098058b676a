"""What git is asked: the repository that a folder is in, whatever a hook handed down, in a form that no setting changes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

_NAMING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What names a repository to git in place of the folder in which it is called; git sets it for hooks."""

_SETTINGS = ("-c", "diff.relative=false", "-c", f"diff.orderFile={os.devnull}", "-c", "diff.autoRefreshIndex=true")
"""What a user's settings would change in the lists of names that we ask for; `-z` and `--name-only` see to the rest."""


class GitError(Exception):
    """Git did not answer; the message says why, in its own words."""


def ask(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    """Give what git prints in a folder; raises GitError."""
    return _run(folder, (*_SETTINGS, *arguments), _environment(folder), stdin)


def top(folder: Path) -> Path:
    """Give the top folder of the work tree that a folder is in, without links on the way; raises GitError."""
    return _line(ask(folder, "rev-parse", "--show-toplevel"))


def names(listing: bytes) -> list[str]:
    """Give the names of a list with NUL behind each."""
    return os.fsdecode(listing).split("\0")[:-1]


def _environment(folder: Path) -> dict[str, str]:
    """Give the environment in which git finds the repository of `folder` by itself.

    A hook is handed down the repository of the commit, whose top git takes to
    be wherever it is called, and the index that is to be committed. That
    index is kept for this repository; the rest only where nothing else tells
    which repository a folder is in.
    """
    inherited = {**os.environ, "LC_ALL": "C"}
    own = {name: value for name, value in inherited.items() if name not in _NAMING}
    if len(own) == len(inherited):
        return own
    here = Path.cwd()
    try:
        repository = _line(_run(here, ("rev-parse", "--absolute-git-dir"), inherited))
        above = _line(_run(here, ("rev-parse", "--show-toplevel"), inherited))
    except GitError:
        return own
    index = os.environ.get("GIT_INDEX_FILE")
    # where it is no full path, it goes from the top
    kept = {"GIT_INDEX_FILE": os.fspath(above / index)} if index else {}
    try:
        found = _line(_run(folder, ("rev-parse", "--absolute-git-dir"), own))
    except GitError:
        if folder.resolve().is_relative_to(above):
            return {**own, **kept, "GIT_DIR": os.fspath(repository), "GIT_WORK_TREE": os.fspath(above)}
        return own
    return {**own, **kept} if found == repository else own


def _line(printed: bytes) -> Path:
    return Path(os.fsdecode(printed.removesuffix(b"\n")))


def _run(folder: Path, arguments: Iterable[str], environment: dict[str, str], stdin: bytes | None = None) -> bytes:
    try:
        done = subprocess.run(
            ["git", *arguments], capture_output=True, check=False, input=stdin, cwd=folder, env=environment
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror or error}") from error
    if done.returncode:
        raise GitError(" ".join(os.fsdecode(done.stderr).split()) or f"git ended with status {done.returncode}")
    return done.stdout
