"""How a written time comes to stand for another, and what of the other its digits still show.

A time is three fields as written, hours, minutes and seconds. Each way was
met in hundreds of notes whose other citations, or whose fellow notes, say
what was meant. Alone none of them proves anything.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TypeAlias

Fields: TypeAlias = tuple[int, int, int]

FURTHER = 20
"""Seconds that a claim may be cited beside another of its passage."""


def as_minutes(fields: Fields) -> int | None:
    """Read HH:MM as MM:SS: "41:50:00" is 41 min 50 s."""
    return fields[0] * 60 + fields[1] if fields[1] < 60 else None


def mended(fields: Fields) -> Iterator[int]:
    """Give the times (seconds) to which the digits alone lead: fields that are one place too far left, another hour."""
    a, b, c = fields
    if a > 59 or b > 59:
        return
    yield a * 60 + b
    if a and c in (0, b):
        yield 3600 + a * 60 + b  # 08:55:00 for 01:08:55
    if c < 60:
        for hour in range(a):
            yield hour * 3600 + b * 60 + c


def beside(fields: Fields, times: Iterable[int]) -> Iterator[int]:
    """Give the times close to those that other notes cite which have the seconds that are written, or the second field."""
    for seconds in fields[1:] if fields[2] else fields[1:2]:  # 00 stands where nothing was known
        if seconds < 60:
            for time in times:
                off = (seconds - time + 30) % 60 - 30  # the nearest such moment, be it of the minute before or after
                if off and -FURTHER <= off <= FURTHER and time + off >= 0:
                    yield time + off


def traces(fields: Fields, time: int) -> tuple[str, ...]:
    """Say what the fields of a written time still show of the time that was meant.

    minutes: MM:SS as HH:MM:xx (41:50:00 for 00:41:50), empty where nothing stands in the place of the seconds.
    over: the same without its hour (08:55:00 for 01:08:55). hour: an hour too many (01:13:37 for 00:13:37). lost: one too few.
    digit: other tens of the minutes (00:59:35 for 00:09:35). second: other minutes (00:38:38 for 00:05:38).
    field: the seconds stand among the minutes.
    tens: the tens of the minutes as hour (01:37:37 for 00:13:37, 02:44:00 for 00:24:45).
    """
    a, b, c = fields
    minutes, seconds = divmod(time, 60)
    shifted, empty = a * 60 + b - time, c in (0, b)
    found: list[str] = []
    if shifted == 0:
        found += ["minutes", "empty"] if empty else ["minutes"]
    elif shifted == -3600:
        found.append("over")
    else:
        if b < 60 and time % 3600 == b * 60 + c:
            found.append("hour" if a > time // 3600 else "lost")
        elif c == seconds and a == time // 3600 and (b - minutes) % 10 == 0:
            found.append("digit")
        elif c == seconds and c not in (0, b):
            found.append("second")
        if b == seconds and empty:
            found.append("field")
    if 0 < a == minutes // 10:
        found.append("tens")
    return tuple(found)


def digits_kept(fields: Fields, time: int) -> str:
    """Say whether `all` digits of a time stand in the written one in their order, or `most`, all but one; "" if fewer."""
    wanted = f"{time // 3600}{time // 60 % 60:02d}{time % 60:02d}".lstrip("0")
    written = f"{fields[0]}{fields[1]:02d}{fields[2]:02d}"
    if _in_order(written, wanted):
        return "all"
    if len(wanted) > 3 and any(_in_order(written, wanted[:at] + wanted[at + 1 :]) for at in range(len(wanted))):
        return "most"
    return ""


def _in_order(written: str, wanted: str) -> bool:
    rest = iter(written)
    return all(char in rest for char in wanted)


def way(signs: Container[str]) -> str:
    """Name the way that the signs for a time show; "" where none does.

    An hour too few is none: of two notes it is mostly the other that has one too many.
    """
    if "minutes" in signs or "over" in signs:
        return "minutes"
    if "hour" in signs:
        return "hour"
    if "digit" in signs:
        return "digit"
    return "squeezed" if "tens" in signs and ("field" in signs or "all" in signs or "most" in signs) else ""
