"""Comments: what stands in a note and no reader sees, in HTML and in Obsidian."""

from __future__ import annotations

import re

from .citations import inside

_OPENING = re.compile("<!--|%%")
_CLOSING = {"<!--": "-->", "%%": "%%"}


def comments(text: str, start: int, code: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the ranges of comments from `start` on; what opens one within code is code."""
    found: list[tuple[int, int]] = []
    endless: set[str] = set()  # one that is never closed: nor is any after it
    while (opening := _OPENING.search(text, start)) is not None:
        at, mark, start = opening.start(), opening[0], opening.end()
        if mark not in endless and not inside(at, code):
            end = text.find(_CLOSING[mark], start)
            if end < 0:
                endless.add(mark)
            else:
                start = end + len(_CLOSING[mark])
                found.append((at, start))
    return found


def filled(source: str, ranges: list[tuple[int, int]]) -> str:
    """Give a text with one long word in the place of each range: what stands around it stays what it was."""
    pieces, at = [], 0
    for start, end in ranges:
        pieces += [source[at:start], "x" * (end - start)]
        at = end
    return "".join([*pieces, source[at:]])
