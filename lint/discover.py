"""Which documents make up a vault: what git tracks where there is git, else what a walk finds."""

from __future__ import annotations

import fnmatch
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .model import Failure

_SKIPPED = {"node_modules", "__pycache__", "venv", ".venv", "site-packages"}
TRANSCRIPTS = (".vtt", ".srt")


def discover(
    folder: Path, roots: Sequence[Path], extensions: Sequence[str], exclude: Sequence[str], failures: list[Failure]
) -> list[str]:
    """Give the paths of all documents under `roots`, relative to `folder` with forward slashes, sorted.

    A root may be a file. Paths outside of `folder` are given as they are.
    Hidden folders and those of tools are passed over; symbolic links to
    folders are not followed, so that no loop is possible.
    """
    wanted = tuple(extensions) + TRANSCRIPTS
    found: set[str] = set()
    for root in roots:
        if root.is_file():
            found.add(relative(folder, root))
            continue
        tracked = _tracked(root)
        names: Iterable[Path] = _walk(root, failures, folder, tuple(extensions)) if tracked is None else tracked
        for path in names:
            if path.name.endswith(wanted):
                found.add(relative(folder, path))
    return sorted(path for path in found if not _excluded(path, exclude))


def relative(folder: Path, path: Path) -> str:
    """Give a path as findings show it."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    try:
        return absolute.relative_to(folder).as_posix()
    except ValueError:
        return absolute.as_posix()


def _excluded(path: str, exclude: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) or path.startswith(pattern.rstrip("/") + "/") for pattern in exclude)


def _tracked(root: Path) -> list[Path] | None:
    """Ask git for tracked files and untracked ones that it does not ignore; None where there is no git."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    if done.returncode != 0:
        return None
    names = [Path(os.fsdecode(name)) for name in done.stdout.split(b"\0") if name]
    if not names:
        return None
    return [root / name for name in names if (root / name).exists() and not (root / name).is_dir()]


def _walk(root: Path, failures: list[Failure], folder: Path, extensions: tuple[str, ...]) -> Iterator[Path]:
    def report(error: OSError) -> None:
        where = relative(folder, Path(error.filename or root))
        failures.append(Failure(where, f"the folder cannot be read: {error.strerror or error}"))

    for at, folders, files in os.walk(root, onerror=report):
        for name in sorted(folders):
            if name.endswith(extensions):
                failures.append(Failure(relative(folder, Path(at) / name), "a folder with the name of a note"))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        for name in sorted(files):
            yield Path(at) / name
