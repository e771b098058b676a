"""How a written time comes to stand for another: the ways in which notes garble times.

A time is three fields as written, hours, minutes and seconds. Each way was
met in hundreds of notes whose other citations, or whose fellow notes, say
what was meant. Alone none of them proves anything; `kin` asks whether one of
them leads from what is written to a time for which there is other evidence.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Fields: TypeAlias = tuple[int, int, int]
Way: TypeAlias = Literal["minutes", "hour", "digit", "squeezed", "seconds"]

STRONG: frozenset[Way] = frozenset(["minutes", "hour", "digit"])
"""Ways that keep every digit but one; by chance they lead to a given time once in a hundred."""


class Kin(msgspec.Struct, frozen=True, gc=False):
    """A way from a written time to the meant one, and the exact time (seconds) to which it leads; loose where seconds were lost."""

    way: Way
    seconds: int
    loose: bool = False


def literal(fields: Fields) -> int | None:
    """Give the seconds that a player reads, or None when it reads none."""
    hours, minutes, seconds = fields
    return hours * 3600 + minutes * 60 + seconds if minutes < 60 and seconds < 60 else None


def as_minutes(fields: Fields) -> int | None:
    """Read HH:MM as MM:SS: "41:50:00" is 41 min 50 s."""
    return fields[0] * 60 + fields[1] if fields[1] < 60 else None


def kin(fields: Fields, meant: int, tolerance: int = 20, slip: int = 2) -> Kin | None:
    """Give the way in which a written time may stand for `meant`, to within `tolerance` seconds, or `slip`
    where but a digit differs; None when none does.

    minutes: MM:SS as HH:MM:xx (41:50:00 for 00:41:50), perhaps without its hour (08:55:00 for 01:08:55).
    hour: another hour (01:13:37 for 00:13:37). digit: another digit for the tens of the minutes (00:59:35 for 00:09:35).
    squeezed: the tens of the minutes as hour (01:37:37 for 00:13:37, 02:44:00 for 00:24:45).
    """
    a, b, c = fields
    if b < 60:
        for hours in (0, 3600) if a and c in (0, b) else (0,):
            value = a * 60 + b + hours
            if abs(value - meant) <= tolerance and a < 60:
                return Kin("minutes", value)
    plain = literal(fields)
    if plain is not None and plain != meant:
        off = round((plain - meant) / 3600)
        if off > 0 and c == 0 and 3 < meant - (plain - off * 3600) < 60:
            return Kin("hour", meant, loose=True)  # and the seconds were left out
        if off > 0 and abs(plain - off * 3600 - meant) <= tolerance:
            return Kin("hour", plain - off * 3600)
        if off < 0 and abs(plain - off * 3600 - meant) <= min(tolerance, 3):
            return Kin("hour", plain - off * 3600)
        tens = round((plain - meant) / 600) * 600
        if tens and plain // 3600 == (plain - tens) // 3600 and abs(plain - tens - meant) <= min(tolerance, slip):
            return Kin("digit", plain - tens)
    squeezed = _squeezed(fields, meant)
    if squeezed is not None:
        return squeezed
    if c and plain is not None and c == meant % 60:
        return Kin("seconds", meant)
    return None


def _squeezed(fields: Fields, meant: int) -> Kin | None:
    a, b, c = fields
    minutes, seconds = meant // 60, meant % 60
    if not 0 < a < 6 or minutes // 10 != a:
        return None
    ones, tens = minutes % 10, seconds // 10
    # 13:37 as 01:37:37, 19:26 as 01:59:26, 23:08 as 02:32:08: the other digit lies among the minutes
    if c and c < 60 and abs(c - seconds) <= 2 and ones in (b // 10, b % 10):
        return Kin("squeezed", minutes * 60 + c)
    # 32:23 as 03:23:36, 41:10 as 04:10:00: the second digit of the minutes is lost, the seconds stand in their place
    if b < 60 and abs(b - seconds) <= 2:
        return Kin("squeezed", minutes * 60 + b)
    # 24:45 as 02:44:00, 40:53 as 04:05:30: all digits in a row, one field to the right
    if b // 10 == ones and b % 10 == tens and (c == 0 or c // 10 in (b % 10, seconds % 10) or c == b):
        return Kin("squeezed", meant)
    return None
