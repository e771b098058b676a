"""Two wordings side by side: what of each is not in the other."""

from __future__ import annotations

from typing import TypeAlias

from rapidfuzz.distance import Indel

from ...lint.note.differ import difference

Piece: TypeAlias = tuple[bool, str]
"""Whether the words differ, and the words."""


def pieces(first: str, second: str) -> tuple[list[Piece], list[Piece]]:
    """Give both texts cut into stretches that are the same in both and stretches that are not."""
    changed = [op for op in difference(first, second) if op.tag != "equal"]
    return (
        _cut(first, [(op.a_start, op.a_end) for op in changed]),
        _cut(second, [(op.b_start, op.b_end) for op in changed]),
    )


def letters(value: str, other: str) -> list[Piece]:
    """Give a short value cut into letters that it shares with another and letters that it does not."""
    return [
        (op.tag != "equal", value[op.src_start : op.src_end])
        for op in Indel.opcodes(value, other)
        if op.src_start < op.src_end
    ]


def _cut(text: str, ranges: list[tuple[int, int]]) -> list[Piece]:
    cut: list[Piece] = []
    at = 0
    for start, end in ranges:
        if start == end:
            continue
        if cut and cut[-1][0] and not text[at:start].strip():
            cut[-1] = (True, cut[-1][1] + text[at:end])
        else:
            if start > at:
                cut.append((False, text[at:start]))
            cut.append((True, text[start:end]))
        at = end
    if at < len(text):
        cut.append((False, text[at:]))
    return cut
