"""Where a term stands in a claim, and what that place asks of its capitals: a title, a lead, the beginning of a sentence."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..language.lettering import ATOM, parts, sentence, titled
from ..language.words import STOP
from ..model import Passage
from ..note.claims import Claim, Header

MAX_LEAD = 90
"""Characters of words that may be a lead."""

MIN_TITLE = 4
"""Words of a link's label that make it the title of the note that it leads to."""

MAX_SMALL = {"heading": 0.4, "sentence": 0.0, "other": 0.3}
"""The share of small words, of those longer than a small word mostly is, with which all others may be large in a title."""

_GAPS = frozenset([" ", "-", "‑", "/", ".", ";", '" ', "” ", '!" ', "!” ", '"-', "”-", '", ', " & ", "+", " + "])
_CROSSES = re.compile(r"[\[\]<>|`*]")
_LABELLED = re.compile(r"\[\[([^\[\]|]+)\| ?[^\W_]\Z")
_ARTICLES = frozenset(["", "a", "an", "the"])
_INTRODUCED = re.compile(
    r"\b(?:an?|the|its|their|his|her|our|your|my|this|that|these|those|as|of|in|for|with|like) [\"“]\Z", re.IGNORECASE
)
"""Words after which what is quoted begins no sentence."""
_ADDRESSED = re.compile(r"\b(?:visit|see|at|to|on|via|from) \Z", re.IGNORECASE)
"""Words after which a name with a point is an address."""
_OPENS = '.!?:;"“”„«•*|>–—'


class Place(NamedTuple):
    """One occurrence of a term: `text[start:end]` of a claim.

    `free` is the number of leading characters whose case says nothing: 1 where
    a sentence begins, all where every word is written large. `marked` says that
    it begins a link or stands out, `quoted` that it stands alone in quotation
    marks, `code` that it is code or a part of it, `coined` that it is several
    words in quotation marks where every word is written large, `alone` that there
    are no others.
    """

    claim: int
    start: int
    end: int
    form: str
    free: int
    marked: bool
    quoted: bool
    code: bool = False
    coined: bool = False
    alone: bool = False


def place(
    index: int, value: Claim | Header, spans: Sequence[tuple[int, int]], due: Callable[[int], int]
) -> Place | None:
    """Give the occurrence of a term, or None where the words are no term; `due` says how far a claim may have to be large."""
    passage = value.passage
    text = passage.text
    start, end = spans[0][0], spans[-1][1]
    quoted = text[start - 1 : start] in ('"', "“") and text[end : end + 2].strip(",.")[:1] in ('"', "”")
    if not _together(text, spans, quoted) or _in_address(text, start, end):
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
    mark = _mark(passage, start, end) if shifts and (start == 0 or start in shifts) else ""
    code = mark == "`" or ("`" in passage.raw and _in_code(passage, start))
    if form.islower():  # small letters are never due to their place
        return Place(index, start, end, form, 0, False, quoted, code)
    large = due(index)
    like_sentence = sentence(form)
    if quoted:
        begins = like_sentence and not _INTRODUCED.search(text, max(0, start - 8), start)
    else:
        begins = (large > 0 and start == large + 1) or (mark == "|" and like_sentence) or opening(text, start)
    free = end - start if start < large else int(begins)
    # in the middle of a sentence, the capitals of a title are not due to its being bold
    marked = mark not in ("", "|", "`") and (mark != "**" or free > 0 or like_sentence)
    coined = quoted and start < large and len(spans) > 1 and not like_sentence
    alone = coined and _alone(text[:start], text[end:large])
    return Place(index, start, end, form, free, marked, quoted, code, coined, alone)


def _alone(before: str, after: str) -> bool:
    """Say whether nothing stands around a term in quotation marks, but an article or an addition in parentheses."""
    return before.rstrip('"“ ').lower() in _ARTICLES and after.lstrip('"”,.: ')[:1] in ("", "(")


def due(value: Claim | Header, words: Sequence[str]) -> int:
    """Give how many characters at the beginning of a claim of these words may be large for where they stand."""
    text = value.passage.text
    long = [word for word in words if len(word) > 3 and word not in STOP]
    heading = isinstance(value, Header) or value.kind == "heading"
    most = MAX_SMALL["heading" if heading else "sentence" if text.endswith(".") else "other"]
    if (long or heading) and sum(map(str.islower, long)) <= most * len(long):
        return len(text)
    if isinstance(value, Header):
        return 0
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


def _together(text: str, spans: Sequence[tuple[int, int]], quoted: bool) -> bool:
    """Say whether what stands between words lets them be one term; a comma does in quotation marks."""
    for (a, stop), (follow, b) in itertools.pairwise(spans):
        gap = text[stop:follow]
        if gap not in _GAPS and not (quoted and gap == ", "):
            return False
        if gap == "." and not _pointed(text, a, stop, b):
            return False
    return True


def _pointed(text: str, start: int, point: int, end: int) -> bool:
    """Say whether the words around a point are one: "3.5", "U.S", "Ph.D", "Node.js", "Pier.AI", "H.264"."""
    before, after = text[start:point], text[point + 1 : end]
    if before[-1].isdigit() and after[0].isdigit():
        return True
    if len(after) == 1:
        return len(before) == 1 or (before[0].isupper() and len(before) == 2)
    if before.islower() and _ADDRESSED.search(text, max(0, start - 8), start):
        return False
    if len(after) > 3 or (len(before) < 2 and before.islower()):
        return False
    return after.islower() or after.isupper() or after.isdigit()


def _in_address(text: str, start: int, end: int) -> bool:
    """Say whether words are part of an address, a path, a tag, a longer compound or number, or the kind of a callout."""
    if start and text[start - 1] in "_@#/-.’'":
        return True
    if text[start].isdigit() and text[start - 1 : start] == "," and text[start - 2 : start - 1].isdigit():
        return True  # the thousands of "4,000-token"
    after = text[end : end + 1]
    if after and after in "_@/-." and text[end + 1 : end + 2].isalnum():
        return True
    return text.startswith("[!") and text.find("]", 0, MAX_LEAD) > start


def _mark(passage: Passage, start: int, end: int) -> str:
    """Give the markup right before a place: "" where none is, "|" where a link's label is its writer's own words."""
    if start == 0:
        after = passage.raw[end : end + 2]
        return after[0] if after in ("]]", "**") or after[:1] == "`" else ""
    before = passage.verbatim(start - 1, start + 1)
    target = _LABELLED.search(before)
    if target is not None:
        label = parts(passage.text[start:end])
        if len(label) < MIN_TITLE or parts(target[1]) != label:
            return "|"
    return before[-3:-1] if before[-3:-1] == "**" else before[-2]


def _in_code(passage: Passage, start: int) -> bool:
    """Say whether the last backquote before a place opens a piece of code."""
    before = passage.verbatim(0, start + 1)
    at = before.rfind("`")
    return at >= 0 and before[at + 1].isalnum() and not before[at - 1 : at].isalnum()


def opening(text: str, start: int) -> bool:
    """Say whether a sentence, a quote or an item begins at a place."""
    at = start - 1
    while at >= 0 and text[at] in " ([\t\n":
        at -= 1
    return at < 0 or text[at] in _OPENS
