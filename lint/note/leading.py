"""Times that lines begin with, as chapters are listed: when they are citations (docs/decisions/0021)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .clock import read_time

_CLOCK = r"\d{1,2}:[0-5]\d(?::[0-5]\d)?"  # in the digits of any script
_LED = re.compile(
    rf"^[ \t]*(?:>[ \t]*)?(?:[-*+•][ \t]+(?:\[[ xX]\][ \t]+)?|\d{{1,3}}[.)][ \t]+|#{{1,6}}[ \t]+|\|[ \t]*)?(?:\*\*|__)?"
    rf"(?P<time>{_CLOCK})(?![^\W_]|:\d)(?:[ \t]*[-–—][ \t]*(?P<until>{_CLOCK})(?![^\W_]|:\d))?"
    r"(?:\*\*|__)?+[ \t]*+(?:[-–—:|][ \t]*+)?(?:\*\*|__)?+[ \t]*+(?![ap]\.?m\b)(?=\S)",
    re.MULTILINE | re.IGNORECASE,
)
"""A time without brackets that a line begins with, as chapters are listed."""

LED = 3
"""Lines of a note that begin with such a time, in order, from which on they are its citations."""

SLIPS = 0.2
"""Share of them that may be earlier than the one before: they are what is looked for."""

EARLY = 300
"""Seconds into the source at which such a list begins at the latest; what begins later is the log of a day."""


def leading(text: str, start: int) -> Iterator[tuple[int, int, int, str, None, str]]:
    """Find the times that lines begin with, where they run through the source, as `citations` finds all others."""
    lines = list(_LED.finditer(text, start))
    times = [read_time(line["time"]) or 0 for line in lines]
    back = sum(later < time for time, later in pairwise(times))
    if len(lines) < LED or times[0] > EARLY or back > SLIPS * len(lines):
        return
    for line in lines:
        for name in ("time", "until"):
            if line[name]:
                yield line.start("time"), line.end(), line.start(name), line[name], None, "line"
