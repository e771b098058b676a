"""The edge to the file system: documents read one by one, whatever state they are in."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from .model import Failure

MAX_BYTES = 100_000_000
"""A larger file is no note; it is reported and left out."""

SETTLED = 50_000_000
"""Nanoseconds after which a file system's clock has moved on: a write after a look shows in the modification time."""

COARSE = 2_000_000_000
"""The same for file systems that keep whole seconds."""


class Vault(Protocol):
    """Documents by path: what a backend that keeps things between runs needs to know of them."""

    def stamps(self) -> Mapping[str, str]:
        """Give, for each document, what changes whenever its bytes do; "" where only a look at the bytes tells."""

    def fetch(self, path: str, failures: list[Failure]) -> bytes | None:
        """Give the bytes of a document, or None and a failure that says why not."""


@dataclass
class Disk:
    """The documents at `paths`, relative to `folder`; `staged` has the bytes of those that are not read from the disk."""

    folder: Path
    paths: Sequence[str]
    staged: Mapping[str, bytes] = field(default_factory=dict)

    def stamps(self) -> dict[str, str]:
        """Give the times of the last change of each document and of its state, size and inode; "" where the clock stood still since.

        The state's time tells of bytes that changed under a modification time that was put back.
        """
        found: dict[str, str] = {}
        now = time.time_ns()
        base = os.path.join(self.folder, "")  # noqa: PTH118 - for each of 100,000 notes
        for path in self.paths:
            if path in self.staged:
                found[path] = ""
                continue
            try:
                state = os.stat(path if os.path.isabs(path) else base + path)  # noqa: PTH116, PTH117 - as above
            except (OSError, ValueError):
                found[path] = ""
                continue
            changed, touched = state.st_mtime_ns, state.st_ctime_ns
            settled = _settled(changed, now) and _settled(touched, now)
            found[path] = f"{changed:x}.{touched:x}.{state.st_size:x}.{state.st_ino:x}" if settled else ""
        return found

    def fetch(self, path: str, failures: list[Failure]) -> bytes | None:
        """Give the bytes of a document."""
        kept = self.staged.get(path)
        return kept if kept is not None else fetch(self.folder / path, path, failures)


def _settled(changed: int, now: int) -> bool:
    quiet = COARSE if changed % 1_000_000_000 == 0 else SETTLED
    return now - changed > quiet or changed > now + COARSE


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
