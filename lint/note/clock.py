"""Times as notes write them: read to seconds, mended where one reading alone is left, and written again.

Nothing here raises, whatever the text.
"""

from __future__ import annotations

import functools
import re

HMS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s)?")
"""A time as players write it in addresses: 1h2m3s, each part of which may be missing."""

MAX_WRITTEN = 24
"""No written time is longer; what is longer is not read."""

MAX_DIGITS = 9
"""No field of a time has more: that many seconds are thirty years, and what others keep a time in holds it."""

STRAY = " []()/.,;'"
"""Characters that stand around a time by mistake."""


@functools.lru_cache(maxsize=1 << 13)
def numbers(written: str) -> tuple[int, ...]:
    """Give the numbers between the colons of a written time; () when there is anything else."""
    if len(written) > MAX_WRITTEN or not written.replace(":", "").isdecimal():
        return ()
    fields = written.split(":")
    return tuple(map(int, fields)) if all(0 < len(field) <= MAX_DIGITS for field in fields) else ()


@functools.lru_cache(maxsize=1 << 13)
def read_time(written: str) -> int | None:
    """Read MM:SS, HH:MM:SS, plain seconds or 1h2m3s to seconds; None when no player would.

    Minutes after hours and seconds must be below 60; four-part times are not read.
    """
    written = written.strip(STRAY)
    values = numbers(written)
    if len(values) == 3 and values[1] < 60 and values[2] < 60:
        return values[0] * 3600 + values[1] * 60 + values[2]
    if len(values) == 2 and values[1] < 60:
        return values[0] * 60 + values[1]
    if len(values) == 1:
        return values[0]
    if values or not written or len(written) > MAX_WRITTEN:
        return None
    match = HMS.fullmatch(written)
    if match is None:
        return None
    return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0)


def mended_time(written: str) -> int | None:
    """Read a written time that no player reads, where one reading alone is left; None otherwise.

    Of four fields the first or the last is one too many when it is zero; six
    are two times run together.
    """
    values = numbers(written.strip(STRAY))
    if len(values) == 6:
        values = values[:3]
    if len(values) == 4:
        if values[0] == 0 and values[3] != 0:
            values = values[1:]
        elif values[3] == 0 or values[0] != 0:
            values = values[:3]
    if 2 <= len(values) <= 3:
        return read_time(":".join(map(str, values)))
    return None


def write_time(seconds: int) -> str:
    """Write seconds as HH:MM:SS."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def spoken(seconds: int) -> str:
    """Write seconds as they are said: "41 h 50 min", "1 min 5 s"."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    said = [f"{value} {unit}" for value, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if value]
    return " ".join(said) or "0 s"
