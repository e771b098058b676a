"""Which documents make up a vault: what git tracks where there is git, else what a walk finds."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from . import git
from .config import matches
from .model import Failure

_SKIPPED = {"node_modules", "__pycache__", "venv", ".venv", "site-packages"}
TRANSCRIPTS = (".vtt", ".srt")


def discover(
    folder: Path, roots: Sequence[Path], extensions: Sequence[str], exclude: Sequence[str], failures: list[Failure]
) -> list[str]:
    """Give the paths of all documents under `roots`, relative to `folder` with forward slashes, sorted.

    A root may be a file. Paths outside of `folder` are given as they are.
    Hidden folders and those of tools are passed over; symbolic links to
    folders are not followed, so that no loop is possible; one that leads
    nowhere is no document. A name that is not UTF-8 could not be written into
    any report: such a document is a failure.
    """
    wanted = tuple(extensions) + TRANSCRIPTS
    found: set[str] = set()
    for root in roots:
        at = relative(folder, root)
        if root.is_file():
            found.add(at)
            continue
        under = "" if at == "." else at.rstrip("/") + "/"
        tracked = _tracked(root, wanted)
        # text all the way, and no call for each: a vault may have 100,000 paths
        names = _walk(root, wanted, failures, folder, tuple(extensions)) if tracked is None else tracked
        found.update([under + name for name in names] if under else names)
    if exclude:
        found = {path for path in found if not _excluded(path, exclude)}
    wrong = {path for path in found if not writable(path)}
    failures += [Failure(_shown(path), "its name is not UTF-8") for path in wrong]
    return sorted(found - wrong)


def others(folder: Path, paths: Iterable[str], file: os.stat_result) -> list[str]:
    """Give the documents that are another file: the one that a report is written to is none."""
    base = os.path.join(folder, "")  # noqa: PTH118 - text all the way

    def same(path: str) -> bool:
        try:
            return os.path.samestat(os.stat(path if os.path.isabs(path) else base + path), file)  # noqa: PTH116, PTH117
        except OSError:
            return False

    return [path for path in paths if not same(path)]


def lost(
    folder: Path, roots: Sequence[Path], extensions: Sequence[str], exclude: Sequence[str], paths: Iterable[str]
) -> list[str]:
    """Give those of some paths that the disk lacks, and that `discover` would give if it had them."""
    wanted = tuple(extensions) + TRANSCRIPTS
    base = os.path.join(folder, "")  # noqa: PTH118 - as above
    inside = [relative(folder, root) for root in roots if not root.is_file()]
    return [
        path
        for path in paths
        if path.endswith(wanted)
        and any(_below(path, root) for root in inside)
        and not _excluded(path, exclude)
        and not _is_file(path if os.path.isabs(path) else base + path)  # noqa: PTH117 - as above
    ]


def _below(path: str, root: str) -> bool:
    """Say whether a walk from a root comes to a path."""
    if root == ".":
        return not os.path.isabs(path) and not _skipped(path)  # noqa: PTH117 - as above
    under = root.rstrip("/") + "/"
    return path.startswith(under) and not _skipped(path.removeprefix(under))


def relative(folder: Path, path: Path) -> str:
    """Give a path as findings show it: from `folder`, or whole where it lies outside.

    `folder` is known without links. A link that leads into it from without is
    taken for the place where it leads; one inside is a document of its own.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    if absolute.is_relative_to(folder):
        return absolute.relative_to(folder).as_posix()
    for above in reversed((absolute, *absolute.parents)):
        real = Path(os.path.realpath(above))  # a loop of links raises nothing
        if real.is_relative_to(folder):
            return (real / absolute.relative_to(above)).relative_to(folder).as_posix()
    return absolute.as_posix()


def writable(path: str) -> bool:
    """Say whether a path can stand in a report; bytes of a name that are no UTF-8 cannot."""
    return path.isascii() or _shown(path) == path


def _shown(path: str) -> str:
    """Give a path as it can be written, with the bytes of its name that are no UTF-8 written out in hexadecimal."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def _excluded(path: str, exclude: Sequence[str]) -> bool:
    return matches(path, exclude) or path.startswith(tuple(pattern.rstrip("/") + "/" for pattern in exclude))


def _tracked(root: Path, wanted: tuple[str, ...]) -> list[str] | None:
    """Ask git for tracked files and untracked ones that it does not ignore, below `root`; None where there is no git."""
    try:
        names = git.names(git.ask(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"))
    except git.GitError:
        return None
    if not names:
        return None
    base = os.path.join(root, "")  # noqa: PTH118 - text all the way
    # first what is quickly said
    return [name for name in names if name.endswith(wanted) and not _skipped(name) and _is_file(base + name)]


def _skipped(name: str) -> bool:
    """Say whether a path lies in a folder that is passed over."""
    if "/" not in name:
        return False
    return any(part.startswith(".") or part in _SKIPPED for part in name.split("/")[:-1])


def _is_file(path: str) -> bool:
    """Say whether something that is no folder is there; a pipe, or what may not be read, is told when it is read."""
    try:
        return not stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116 - a call for each of 100,000 notes
    except ValueError:
        return False
    except OSError as error:
        return error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


def _walk(
    root: Path, wanted: tuple[str, ...], failures: list[Failure], folder: Path, extensions: tuple[str, ...]
) -> list[str]:
    def report(error: OSError) -> None:
        where = _shown(relative(folder, Path(error.filename or root)))
        failures.append(Failure(where, f"the folder cannot be read: {error.strerror or error}"))

    found: list[str] = []
    waiting = [(os.fspath(root), "")]
    while waiting:
        at, under = waiting.pop()
        try:
            with os.scandir(at) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            report(error)
            continue
        for entry in entries:
            name, link = entry.name, entry.is_symlink()
            if not _is_folder(entry):
                # what is no link is there, and is not asked for again: a vault may have 100,000 notes
                if name.endswith(wanted) and not (link and not _is_file(entry.path)):
                    found.append(under + name)
                continue
            if name.endswith(extensions):
                failures.append(Failure(_shown(relative(folder, Path(entry.path))), "a folder with the name of a note"))
            if not (link or name.startswith(".") or name in _SKIPPED):
                waiting.append((entry.path, f"{under}{name}/"))
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a loop of links
        return False
