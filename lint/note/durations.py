"""How long the source of a note lasts, as its front matter or the lines at its head say."""

from __future__ import annotations

import re

from ..model import Note
from .blocks import Block
from .clock import numbers

_HOURS, _MINUTES = r"(?:h|hr|hrs|hours?)", r"(?:m|min|mins|minutes?)"
_NUMBER = r"(?<!\d)(?<!\d[.,:])\d{1,3}(?:[.,]\d{1,2})?"
_DURATION = re.compile(
    rf"(?<!\w)(?:({_NUMBER})\s*{_HOURS}(?:[\s,]*(?:and\b|&)?\s*))?({_NUMBER})\s*{_MINUTES}\b|(?<!\w)({_NUMBER})\s*{_HOURS}\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_DURATION_KEYS = ("duration", "length", "runtime", "video_length", "videoLength")
_HEADER_LINES = 8
"""A length stands in a header: among the first lines, in a short one."""


def durations(note: Note, blocks: list[Block]) -> tuple[int, ...]:
    """Read lengths of the source from the front matter and from header lines such as "45min"."""
    found = []
    for key in _DURATION_KEYS:
        value = note.metadata.get(key, "").strip()
        if value and (seconds := _length(value)) is not None:
            found.append(seconds)
    if not found and note.body == 0:
        for block in blocks[:_HEADER_LINES]:
            text = block.passage.text
            if (
                len(text) < 80
                and block.kind == "text"
                and not text.endswith((".", "?", "!"))
                and _DURATION.search(text)
            ):
                lengths = [length for match in _DURATION.finditer(text) if (length := _length(match[0])) is not None]
                # next to a reading time, the source's own length is the longer one
                found.append(max(lengths, default=0))
    return tuple(length for length in found if length >= 60)


def _length(value: str) -> int | None:
    clock = _CLOCK.fullmatch(value)
    if clock is not None:
        first, second, third = int(clock[1]), int(clock[2]), clock[3]
        return first * 60 + second if third is None else first * 3600 + second * 60 + int(third)
    if seconds := numbers(value):
        return seconds[0] if len(seconds) == 1 else None
    match = _DURATION.search(value)
    if match is None:
        return None
    hours, minutes, alone = (float((part or "0").replace(",", ".")) for part in match.groups())
    return round((hours + alone) * 3600 + minutes * 60)
