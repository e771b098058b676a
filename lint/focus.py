"""Focus: which notes a run is asked about. The vault is always the whole; a focus only says whose findings are wanted.

What git knows is read here: what is staged, what a branch changed.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from .discover import relative


class FocusError(Exception):
    """The focus that was asked for cannot be had; the message says why and what to do."""


class Staged(msgspec.Struct, frozen=True):
    """What a commit would hold, paths relative to the project's folder.

    `paths` are the staged notes, `tracked` all in the git index, `blobs` the
    bytes of those that the disk has otherwise.
    """

    paths: frozenset[str]
    tracked: frozenset[str]
    blobs: dict[str, bytes]


def since(folder: Path, ref: str) -> frozenset[str]:
    """Give the notes that changed since this branch left `ref`, uncommitted ones and new ones too; raises FocusError."""
    top = _top(folder)
    if _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}") is None:
        if _shallow(folder):
            raise FocusError(
                f"{ref} is not in this shallow clone; fetch it first: git fetch --unshallow (in CI: fetch-depth: 0)"
            )
        raise FocusError(f"no commit {ref!r} here; fetch it first: git fetch origin {ref.removeprefix('origin/')}")
    base = _git(folder, "merge-base", ref, "HEAD")
    if base is None:
        if _shallow(folder):
            raise FocusError(
                f"this shallow clone does not reach back to where it left {ref}; deepen it first:"
                " git fetch --unshallow (in CI: fetch-depth: 0)"
            )
        raise FocusError(f"{ref} and HEAD have no commit in common; name another one")
    changed = _needed(folder, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", base.decode().strip())
    new = _needed(folder, "ls-files", "-z", "--others", "--exclude-standard", "--full-name", os.fspath(top))
    return frozenset(relative(folder, top / name) for name in [*_names(changed), *_names(new)])


def staged(folder: Path) -> Staged:
    """Read what is staged, and from the git index what the disk has otherwise; raises FocusError.

    pre-commit puts unstaged changes away before it runs a hook: there the
    disk is what would be committed.
    """
    top = _top(folder)
    names = _names(_needed(folder, "diff", "--cached", "--name-only", "-z", "--no-renames", "--diff-filter=d"))
    entries = _entries(_needed(folder, "ls-files", "-z", "--stage", "--full-name", os.fspath(top)))
    otherwise: list[str] = []
    if os.environ.get("PRE_COMMIT") != "1":
        differing = _names(_needed(folder, "diff-files", "--name-only", "-z"))
        otherwise = [name for name in differing if name in entries]
    blobs = _blobs(folder, [entries[name] for name in otherwise])
    return Staged(
        frozenset(relative(folder, top / name) for name in names),
        frozenset(relative(folder, top / name) for name in entries),
        {relative(folder, top / name): data for name, data in zip(otherwise, blobs, strict=True)},
    )


def listed(folder: Path, data: bytes) -> frozenset[str]:
    """Give the notes of a list separated by NUL, or by line ends where there is no NUL; relative to where we are."""
    names = data.split(b"\0") if b"\0" in data else data.splitlines()
    return named(folder, [os.fsdecode(name) for name in names if name])


def named(folder: Path, paths: Iterable[str]) -> frozenset[str]:
    """Give paths as findings show them."""
    return frozenset(relative(folder, Path(path)) for path in paths)


def _top(folder: Path) -> Path:
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found is None:
        raise FocusError(f"{folder} is in no git repository; name the notes, or use --files-from")
    return Path(os.fsdecode(found.rstrip(b"\n")))


def _shallow(folder: Path) -> bool:
    return _git(folder, "rev-parse", "--is-shallow-repository") == b"true\n"


def _entries(listing: bytes) -> dict[str, str]:
    """Give the object of each path in the git index; those in a merge conflict have none."""
    entries = {}
    for line in listing.split(b"\0"):
        head, _, name = line.partition(b"\t")
        parts = head.split()
        if len(parts) == 3 and parts[2] == b"0" and parts[0].startswith(b"100"):
            entries[os.fsdecode(name)] = parts[1].decode()
    return entries


def _blobs(folder: Path, objects: Sequence[str]) -> list[bytes]:
    if not objects:
        return []
    done = _needed(folder, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in objects).encode())
    blobs, at = [], 0
    for name in objects:
        end = done.index(b"\n", at)
        kind, _, size = done[at:end].partition(b" ")[2].partition(b" ")
        if kind != b"blob":
            raise FocusError(f"git has lost the staged object {name}; run git fsck")
        start = end + 1
        at = start + int(size)
        blobs.append(done[start:at])
        at += 1
    return blobs


def _names(listing: bytes) -> list[str]:
    return [os.fsdecode(name) for name in listing.split(b"\0") if name]


def _needed(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    found = _git(folder, *arguments, stdin=stdin)
    if found is None:
        raise FocusError(f"git {arguments[0]} failed in {folder}")
    return found


def _git(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes | None:
    # In a hook git may name repository and index by paths relative to where it started the hook.
    inherited = "GIT_DIR" in os.environ or "GIT_INDEX_FILE" in os.environ
    try:
        done = subprocess.run(
            ["git", *arguments], capture_output=True, check=False, input=stdin, cwd=None if inherited else folder
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
