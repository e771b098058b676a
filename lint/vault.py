"""The edge to the file system: documents read one by one, whatever state they are in."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from .model import Failure, Note
from .note.read import read

MAX_BYTES = 100_000_000
"""A larger file is no note; it is reported and left out."""


def load(folder: Path, paths: Sequence[str], source_keys: Sequence[str], failures: list[Failure]) -> Iterator[Note]:
    """Read the documents at `paths`; what cannot be read becomes a failure, and the next one follows."""
    for path in paths:
        data = fetch(folder / path, path, failures)
        if data is not None:
            yield read(path, data, source_keys)


def fetch(file: Path, path: str, failures: list[Failure]) -> bytes | None:
    """Give the bytes of a document, or None and a failure that says why not."""
    try:
        state = file.stat()
        if not stat.S_ISREG(state.st_mode):
            failures.append(Failure(path, "not a file"))
            return None
        if state.st_size > MAX_BYTES:
            failures.append(Failure(path, f"{state.st_size:,} bytes are too many for a note"))
            return None
        return file.read_bytes()
    except OSError as error:
        failures.append(Failure(path, f"cannot be read: {error.strerror or error}"))
        return None
