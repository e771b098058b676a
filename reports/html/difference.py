"""Two wordings side by side: what of each is not in the other."""

from __future__ import annotations

from typing import TypeAlias

from rapidfuzz.distance import Indel

from ...lint.language.differ import difference

Piece: TypeAlias = tuple[int, str]
"""How much the words matter (0 the same on both sides, 1 different, 2 what the conflict is about), and the words."""

MOSTLY = 0.4
"""Where a larger share of a statement than this differs, its words are a paraphrase, and only the value is marked."""


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
        (0 if op.tag == "equal" else 2, value[op.src_start : op.src_end])
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
            cut[-1] = (2, cut[-1][1] + text[at:end])
        else:
            if start > at:
                cut.append((0, text[at:start]))
            cut.append((2, text[start:end]))
        at = end
    if at < len(text):
        cut.append((0, text[at:]))
    return cut


def about(cut: list[Piece], start: int, end: int) -> list[Piece]:
    """Give a cut statement with [start, end), the value that the conflict is about, marked above the rest."""
    whole = sum(len(words) for _, words in cut)
    differs = sum(len(words) for kind, words in cut if kind)
    light = int(differs <= MOSTLY * whole)
    found: list[Piece] = []
    at = 0
    for kind, words in cut:
        kind = light if kind else 0
        for low, high, level in ((at, start, kind), (max(at, start), end, 2), (max(at, end), at + len(words), kind)):
            part = words[max(0, low - at) : max(0, min(high, at + len(words)) - at)]
            if part:
                found.append((level, part))
        at += len(words)
    return found
