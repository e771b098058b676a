"""The difference of two utterances, word by word, with the place of each change in both.

Words are compared without case, accents, apostrophe styles and the brackets
of an editor ("interface[s]"); hyphens part words. The alignment is the longest
common subsequence of words (insertions and deletions only), so that two equal
words are never passed over to save a change.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec
from rapidfuzz.distance import Indel

from .words import stem, unmarked

Tag: TypeAlias = Literal["equal", "form", "punctuation", "replace", "insert", "delete"]

WORD = re.compile(r"\d+(?:[.,]\d+)+|\[?[^\W_]+(?:['’\[\]]+[^\W_]+)*\]?", re.UNICODE)
"""A word as an utterance is compared by: "don't", "3.5", "interface[s]"; "full-stack" is two."""

_DROPPED = str.maketrans({"’": "'", "[": None, "]": None})


class Op(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """One stretch of two texts: `a[a_start:a_end]` stands where the other has `b[b_start:b_end]`.

    `tag` is `equal`; `form` where one word is written in two ways (case,
    accent, brackets); `punctuation` for what stands between two equal words;
    `replace`, `insert` (only `b` has it) or `delete` (only `a` has it) for
    words. Ranges are code points; ops are in order and do not overlap.
    """

    tag: Tag
    a_start: int
    a_end: int
    b_start: int
    b_end: int


def words(text: str) -> tuple[str, ...]:
    """Give the words of an utterance as they are compared."""
    return tuple(map(folded, WORD.findall(text)))


@functools.lru_cache(maxsize=1 << 13)
def folded(word: str) -> str:
    """Give a word without case, accents, styles of apostrophe and an editor's brackets."""
    return unmarked(word).translate(_DROPPED).casefold()


def difference(a: str, b: str) -> tuple[Op, ...]:
    """Give what stays and what changes from `a` to `b`, in order; what stands before the first and after the last word is left out."""
    first, second = list(WORD.finditer(a)), list(WORD.finditer(b))
    left, right = [folded(word[0]) for word in first], [folded(word[0]) for word in second]
    ops: list[Op] = []
    at_a = at_b = 0
    for tag, a_from, a_to, b_from, b_to in runs(left, right):
        if tag == "equal":
            for i, j in zip(range(a_from, a_to), range(b_from, b_to), strict=True):
                one, other = first[i], second[j]
                if i > a_from:
                    gaps = a[at_a : one.start()], b[at_b : other.start()]
                    same = gaps[0].split() == gaps[1].split() and bool(gaps[0]) == bool(gaps[1])
                    _add(ops, "equal" if same else "punctuation", at_a, one.start(), at_b, other.start())
                _add(ops, "equal" if one[0] == other[0] else "form", one.start(), one.end(), other.start(), other.end())
                at_a, at_b = one.end(), other.end()
            continue
        start_a, start_b = at_a, at_b
        if a_to > a_from:
            start_a, at_a = first[a_from].start(), first[a_to - 1].end()
        if b_to > b_from:
            start_b, at_b = second[b_from].start(), second[b_to - 1].end()
        _add(ops, tag, start_a, at_a, start_b, at_b)
    return tuple(ops)


def runs(left: Sequence[str], right: Sequence[str]) -> list[tuple[Tag, int, int, int, int]]:
    """Align two sequences of words: (tag, left start, left end, right start, right end), by words.

    Inside what was replaced, forms of one word ("guess", "guessing") are put against each other.
    """
    found: list[tuple[Tag, int, int, int, int]] = []
    for tag, a_from, a_to, b_from, b_to in _blocks(left, right):
        if tag != "replace" or (a_to - a_from == 1 and b_to - b_from == 1):
            found.append((tag, a_from, a_to, b_from, b_to))
            continue
        inner = _blocks([stem(word) for word in left[a_from:a_to]], [stem(word) for word in right[b_from:b_to]])
        for kind, i, j, k, m in inner:
            if kind != "equal":
                found.append((kind, a_from + i, a_from + j, b_from + k, b_from + m))
                continue
            for one, other in zip(range(i, j), range(k, m), strict=True):
                found.append(("replace", a_from + one, a_from + one + 1, b_from + other, b_from + other + 1))
    return found


def _blocks(left: Sequence[str], right: Sequence[str]) -> list[tuple[Tag, int, int, int, int]]:
    """Align by the longest common subsequence; neighbouring insertions and deletions are one replacement."""
    found: list[tuple[Tag, int, int, int, int]] = []
    for code in Indel.opcodes(left, right):
        a_from, a_to, b_from, b_to = code.src_start, code.src_end, code.dest_start, code.dest_end
        kind: Tag = "equal" if code.tag == "equal" else "insert" if code.tag == "insert" else "delete"
        if found and kind != "equal" and found[-1][0] != "equal":
            before = found.pop()
            a_from, b_from = before[1], before[3]
            kind = "replace" if a_to > a_from and b_to > b_from else kind
        found.append((kind, a_from, a_to, b_from, b_to))
    return found


def _add(ops: list[Op], tag: Tag, a_start: int, a_end: int, b_start: int, b_end: int) -> None:
    """Add a stretch, joined to the one before where both are equal."""
    if tag == "equal" and ops and ops[-1].tag == "equal" and (ops[-1].a_end, ops[-1].b_end) == (a_start, b_start):
        a_start, b_start = ops[-1].a_start, ops[-1].b_start
        ops.pop()
    ops.append(Op(tag, a_start, a_end, b_start, b_end))
