"""Where a term stands in a claim, and what that place asks of its capitals: a title, a lead, the beginning of a sentence."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ..model import Passage
from .claims import Claim
from .lettering import ATOM, parts, titled

MAX_LEAD = 90
"""Characters of words that may be a lead."""

MIN_TITLE = 4
"""Words of a link's label that make it the title of the note that it leads to."""

_GAPS = frozenset([" ", "-", "‑", "/", ".", ";", '" ', "” ", '"-', "”-", '", ', " & "])
_CROSSES = re.compile(r"[\[\]<>|`*]")
_LABELLED = re.compile(r"\[\[([^\[\]|]+)\| ?[^\W_]\Z")
_OPENS = '.!?:;"“”„«•*|>–—'


class Place(NamedTuple):
    """One occurrence of a term: `text[start:end]` of a claim.

    `free` is the number of leading characters whose case says nothing: 1 where
    a sentence begins, all where every word is written large. `marked` says that
    it begins a link or stands out, `quoted` that it stands alone in quotation
    marks, `code` that it begins a piece of code.
    """

    claim: int
    start: int
    end: int
    form: str
    free: int
    marked: bool
    quoted: bool
    code: bool = False


def place(index: int, value: Claim, spans: Sequence[tuple[int, int]], due: int) -> Place | None:
    """Give the occurrence of a term, or None where the words are no term there; the first `due` letters may have to be large."""
    passage = value.passage
    text = passage.text
    start, end = spans[0][0], spans[-1][1]
    if not _together(text, spans) or _in_address(text, start, end):
        return None
    if text[end : end + 1] == "." and len(spans) > 1 and text[end - 2] == "." and text[end - 1].isalpha():
        end += 1  # U.S.
    elif text.startswith("++", end):
        end += 2  # C/C++
    shifts = passage.shifts[::2]
    if (
        shifts
        and bisect_right(shifts, start) < bisect_left(shifts, end)
        and _CROSSES.search(passage.verbatim(start, end))
    ):
        return None
    form = text[start:end]
    quoted = text[start - 1 : start] in ('"', "“") and text[end : end + 2].strip(",.")[:1] in ('"', "”")
    mark = _mark(passage, start, end) if shifts else ""
    if form.islower():
        return Place(
            index, start, end, form, 0, False, quoted, mark == "`"
        )  # small letters are never due to their place
    if start < due:
        free = end - start
    else:
        free = int((due > 0 and start == due + 1) or (not quoted and opening(text, start)))
    return Place(index, start, end, form, free, mark != "", quoted, mark == "`")


def due(value: Claim, words: Sequence[str]) -> int:
    """Give how many characters at the beginning of a claim of these words may be large for where they stand."""
    text = value.passage.text
    long = [word for word in words if len(word) > 3]
    if value.kind == "heading" or (long and sum(not word.islower() for word in long) >= 0.7 * len(long)):
        return len(text)
    if value.lead:
        return value.lead
    if text.startswith("[!"):
        return max(0, text.find("]", 0, MAX_LEAD))  # a callout's title
    raw = value.passage.raw
    stop = raw.find("**", 0, MAX_LEAD)
    if stop > 0 and not raw[stop - 1].isspace() and raw[:stop] == text[:stop]:
        return stop
    colon = text.find(": ", 0, MAX_LEAD)
    return colon if colon > 0 and ATOM.search(text, 0, colon) and titled(text[:colon]) else 0


def _together(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether what stands between words lets them be one term."""
    for (a, stop), (follow, b) in itertools.pairwise(spans):
        gap = text[stop:follow]
        if gap not in _GAPS:
            return False
        if (
            gap == "."
            and not (text[stop - 1].isdigit() and text[follow].isdigit())
            and (stop - a > 1 or b - follow > 1)
        ):
            return False  # an address; only "U.S." has its letters apart
    return True


def _in_address(text: str, start: int, end: int) -> bool:
    """Say whether words are part of an address, a path, a tag, a longer compound, or the kind of a callout."""
    if start and text[start - 1] in "_@#/-.’'":
        return True
    after = text[end : end + 1]
    if after and after in "_@/-." and text[end + 1 : end + 2].isalnum():
        return True
    return text.startswith("[!") and text.find("]", 0, MAX_LEAD) > start


def _mark(passage: Passage, start: int, end: int) -> str:
    """Give the character of markup right before a place, or "" where none is or a link's label is its writer's own words."""
    if start == 0:
        return (
            passage.raw[end] if passage.raw[end : end + 2] in ("]]", "**") or passage.raw[end : end + 1] == "`" else ""
        )
    if start not in passage.shifts[::2]:
        return ""
    before = passage.verbatim(0, start + 1)
    target = _LABELLED.search(before)
    if target is not None and (parts(target[1]) != (label := parts(passage.text[start:end])) or len(label) < MIN_TITLE):
        return ""
    return before[-2]


def opening(text: str, start: int) -> bool:
    """Say whether a sentence, a quote or an item begins at a place."""
    at = start - 1
    while at >= 0 and text[at] in " ([\t\n":
        at -= 1
    return at < 0 or text[at] in _OPENS
