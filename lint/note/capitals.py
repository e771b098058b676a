"""Words of a note's title that its body always writes with other capitals: "Github" for GitHub, "deep research" for Deep Research."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..language.words import STOP
from .titles import in_target

_WORD = re.compile(r"[^\W_]+")
_AMID = re.compile(r"[^\W\d_A-Z],? [\"“*]?\Z")

MIN_TIMES = 3
"""Places of the body that show how a name is written; it may be quoted once, and stand in a list of titles."""


def recased(title: str, body: str) -> Iterator[tuple[str, str]]:
    """Give the words of the title, and how the body has them.

    Of a single word the capitals must be inside it, as the first letter's may
    be due to its place; two words are a name where both are large amid sentences.
    """
    small = body.lower()
    if len(small) != len(body):
        return  # a letter whose small form is two: no capital can be told
    words = [found for found in _WORD.finditer(title) if len(found[0]) > 1]
    for found in words:
        word, low = found[0], found[0].lower()
        if word.isupper() or low in STOP:
            continue
        # the title may stand in a heading again, or be the label of a link
        if small.count(low) - sum(map(body.count, {low, low.capitalize(), word})) >= MIN_TIMES:
            form = _only(low, body, small)
            if form is not None and form[1:] not in (low[1:], word[1:]):
                yield word, form
    for one, other in pairwise(words):
        pair = title[one.start() : other.end()]
        if other[0].islower() and " " in pair and pair not in body and STOP.isdisjoint(pair.lower().split()):
            form = _only(pair.lower(), body, small)
            if form is not None and all(word[0].isupper() for word in form.split()):
                yield pair, form


def _only(text: str, body: str, small: str) -> str | None:
    """Give the one form that whole words have amid the sentences of a body, however they stand in headings and link targets."""
    forms: list[str] = []
    at = small.find(text)
    while at >= 0:
        end = at + len(text)
        if not small[end : end + 1].isalnum() and _AMID.search(body, max(0, at - 3), at) and not in_target(body, at):
            line = body[body.rfind("\n", 0, at) + 1 : at]
            if line[:1] != "#":
                forms.append(body[at:end])
        at = small.find(text, end)
    return forms[0] if len(forms) >= MIN_TIMES and len(set(forms)) == 1 else None
