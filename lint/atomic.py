"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def write(file: Path, data: bytes) -> None:
    """Write a file that holds its old bytes or the new ones at any time; its mode stays, a link to it stays a link.

    Raises OSError when it cannot be written.
    """
    target = file.resolve()
    # not named after the file: its name may be as long as one can be
    beside = target.with_name(f".notelint-{os.urandom(6).hex()}.tmp")
    try:
        with beside.open("xb") as stream:
            stream.write(data)  # no fsync: file systems order a rename after the writes, and it costs 0.1 s a note
        with suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
