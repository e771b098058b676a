"""The edge to the file system for reports of several pages: written, and what an earlier run left taken away."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MANIFEST = ".notelint-report"
"""Lists the pages of a report, so that the next one can take away those that it no longer has, and nothing else."""


@dataclass(frozen=True)
class Target:
    """Where a report goes: the folder on disk, its first page, and the folder below for the others ("" or "name/")."""

    base: Path
    index: str
    folder: str


@dataclass(frozen=True)
class Published:
    """What was written: the first page, how many pages, and their bytes."""

    index: Path
    pages: int
    size: int
    largest: int


def target(output: str) -> Target:
    """Tell a file (`report.html`, with further pages in `report/`) from a folder (`report/index.html`)."""
    path = Path(output)
    if path.suffix.lower() in (".html", ".htm") and not path.is_dir():
        return Target(path.parent, path.name, path.stem + "/")
    return Target(path, "index.html", "")


def publish(pages: Iterable[tuple[str, str]], to: Target) -> Published:
    """Write pages below a folder; raises OSError."""
    manifest = to.base / to.folder / MANIFEST
    old = _listed(manifest)
    written: list[str] = []
    size = largest = 0
    made: set[Path] = set()
    for path, text in pages:
        file = to.base / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        data = text.encode("utf-8", "replace")
        file.write_bytes(data)
        written.append(path)
        size += len(data)
        largest = max(largest, len(data))
    for path in sorted(old - set(written)):
        (to.base / path).unlink(missing_ok=True)
    if len(written) > 1:
        manifest.write_text("\n".join(sorted(written)) + "\n", encoding="utf-8")
    elif old:
        manifest.unlink(missing_ok=True)
    return Published(to.base / to.index, len(written), size, largest)


def _listed(manifest: Path) -> set[str]:
    """Give the pages of an earlier report that lie where a report puts them."""
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set()
    return {
        line
        for line in lines
        if line.endswith(".html") and not os.path.isabs(line) and ".." not in line.split("/") and "\\" not in line  # noqa: PTH117 - text from a file, not a path of ours
    }
