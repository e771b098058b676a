"""Focus: which notes a run is asked about. The vault is always the whole; a focus only says whose findings are wanted.

What git knows is read here: what is staged, what a branch changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from . import git
from .discover import relative, writable


class FocusError(Exception):
    """The focus that was asked for cannot be had; the message says why and what to do."""


class Staged(msgspec.Struct, frozen=True):
    """What a commit would hold, paths relative to the project's folder.

    `paths` are the staged files, `tracked` all in the git index, `blobs` the
    bytes of the notes among them that the disk has otherwise. `elsewhere` are
    the roots of which this commit knows nothing: submodules, other
    repositories.
    """

    paths: frozenset[str]
    tracked: frozenset[str]
    blobs: dict[str, bytes]
    elsewhere: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        """Say whether a note is there when the commit is made."""
        return path in self.tracked or any(path == root or path.startswith(root + "/") for root in self.elsewhere)


def since(folder: Path, ref: str) -> frozenset[str]:
    """Give the notes that changed since this branch left `ref`, uncommitted ones and new ones too; raises FocusError."""
    top, under = _place(folder)
    if not _answers(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"):
        remedy = _fetching(folder, ref)
        if _shallow(folder):
            raise FocusError(f"{ref} is not in this shallow clone; fetch it first: {remedy} (in CI: fetch-depth: 0)")
        raise FocusError(f"no commit {ref!r} here; fetch it first: {remedy}")
    try:
        base = git.ask(folder, "merge-base", ref, "HEAD").decode().strip()
    except git.GitError as error:
        if _shallow(folder):
            raise FocusError(
                f"this shallow clone does not reach back to where it left {ref}; deepen it first:"
                " git fetch --unshallow (in CI: fetch-depth: 0)"
            ) from error
        raise FocusError(f"{ref} and HEAD have no commit in common; name another one") from error
    changed = _needed(top, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", base)
    new = _needed(top, "ls-files", "-z", "--others", "--exclude-standard")
    return frozenset(_notes(top, under, [*git.names(changed), *git.names(new)]).values())


def staged(folder: Path, roots: Iterable[Path], endings: tuple[str, ...]) -> Staged:
    """Read what is staged, and from the git index what the disk has otherwise; raises FocusError.

    `endings` are those of the names whose bytes can matter. pre-commit puts
    unstaged changes away before it runs a hook: there the disk is what would
    be committed.
    """
    top, under = _place(folder)
    names = git.names(_needed(top, "diff", "--cached", "--name-only", "-z", "--no-renames", "--diff-filter=d"))
    entries = _notes(top, under, _entries(_needed(top, "ls-files", "-z", "--stage")))
    otherwise: list[str] = []
    if os.environ.get("PRE_COMMIT") != "1":
        differing = git.names(_needed(top, "diff-files", "--name-only", "-z"))
        otherwise = [name for name in differing if name in entries and name.endswith(endings)]
    return Staged(
        frozenset(_notes(top, under, names).values()),
        frozenset(entries.values()),
        {entries[name]: data for name, data in _blobs(top, otherwise).items()},
        tuple(relative(folder, root) for root in roots if _foreign(root, top)),
    )


def listed(folder: Path, data: bytes) -> frozenset[str]:
    """Give the notes of a list separated by NUL, or by line ends where there is no NUL; relative to where we are."""
    names = data.split(b"\0") if b"\0" in data else data.splitlines()
    return named(folder, [os.fsdecode(name) for name in names if name])


def named(folder: Path, paths: Iterable[str]) -> frozenset[str]:
    """Give paths as findings show them."""
    return frozenset(relative(folder, Path(path)) for path in paths)


def _notes(top: Path, under: str, names: Iterable[str]) -> dict[str, str]:
    """Give by names from the top of a repository the paths as findings show them, of those that one can show.

    `under` leads from the top to the vault. Text alone: a repository around the vault may have 100,000 names.
    """
    return {
        name: name.removeprefix(under) if name.startswith(under) else f"{top.as_posix()}/{name}"
        for name in names
        if writable(name)
    }


def _place(folder: Path) -> tuple[Path, str]:
    """Give the top of the repository, and the way from there to a folder: "", or with a slash at its end."""
    try:
        return git.top(folder), os.fsdecode(git.ask(folder, "rev-parse", "--show-prefix").removesuffix(b"\n"))
    except git.GitError as error:
        if "not a git repository" in str(error):
            raise FocusError(f"{folder} is in no git repository; name the notes, or use --files-from") from error
        raise FocusError(f"{folder}: {error}") from error


def _foreign(root: Path, top: Path) -> bool:
    """Say whether a root is in no repository, or in another than the one with this top."""
    try:
        return git.top(root if root.is_dir() else root.parent) != top
    except git.GitError:
        return True


def _fetching(folder: Path, ref: str) -> str:
    """Give the command that brings a commit that is not there: under its name, which a plain fetch of a branch does not."""
    shallow = _shallow(folder)
    remote, _, branch = ref.partition("/")
    if branch and remote in ("origin", *os.fsdecode(_needed(folder, "remote")).split()):
        return f"git fetch {'--unshallow ' if shallow else ''}{remote} {branch}:refs/remotes/{ref}"
    return "git fetch --unshallow" if shallow else f"git fetch origin {ref}:{ref}"


def _shallow(folder: Path) -> bool:
    return _needed(folder, "rev-parse", "--is-shallow-repository") == b"true\n"


def _entries(listing: bytes) -> Iterator[str]:
    """Give the files in the git index; not those in a merge conflict, of which there are several."""
    for line in git.names(listing):
        head, _, name = line.partition("\t")
        mode, _, stage = head.split()
        if stage == "0" and mode.startswith("100"):
            yield name


def _blobs(top: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Give the bytes of files in the git index as a checkout would write them: line ends and filters of git's own."""
    if not names:
        return {}
    import tempfile  # no run without a focus on what is staged needs it

    with tempfile.TemporaryDirectory() as place:
        listing = b"".join(os.fsencode(name) + b"\0" for name in names)
        _needed(top, "checkout-index", "-z", "--stdin", f"--prefix={place}/", stdin=listing)
        return {name: (Path(place) / name).read_bytes() for name in names}


def _answers(folder: Path, *arguments: str) -> bool:
    try:
        git.ask(folder, *arguments)
    except git.GitError:
        return False
    return True


def _needed(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    try:
        return git.ask(folder, *arguments, stdin=stdin)
    except git.GitError as error:
        raise FocusError(f"git {arguments[0]} failed in {folder}: {error}") from error
