"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


def write(file: Path, data: bytes) -> None:
    """Write a file that holds its old bytes or the new ones at any time; raises OSError when it cannot be written."""
    with writing(file) as stream:
        stream.write(data)


@contextmanager
def writing(file: Path) -> Iterator[IO[bytes]]:
    """Give a stream whose bytes a file holds from when it is left without an error, and its old ones until then.

    Its mode stays, a link to it stays a link. Raises OSError when it cannot be written.
    """
    target = file.resolve()
    # not named after the file: its name may be as long as one can be
    beside = target.with_name(f".notelint-{os.urandom(6).hex()}.tmp")
    try:
        with beside.open("xb") as stream:
            yield stream  # no fsync: file systems order a rename after the writes, and it costs 0.1 s a note
        with suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
