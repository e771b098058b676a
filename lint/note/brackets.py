"""What is wrong with a note's brackets: those of wiki links that do not meet, links in links, in words and in quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .blocks import Link
from .layout import Place

_CUT = re.compile(r"\[\[(?<=[^\W\d_]..)[^\[\]\n]*\]\]\w*")
_NESTED = re.compile(r"\[\[[^\[\]\n]*\|[^\[\]\n]*\[\[[^\[\]\n]*\]\][^\[\]\n]*\]\]")
_UNCLOSED = re.compile(r"\[\[(?=[^\[\]\n]*[_|])[^\[\]\n]*(?=\n|\Z|\](?!\]))")
_EDITED = re.compile(r"(?:(?<=[^\W\d_])\[\](?!\()|(?<=[^\W\d_eoy]e)\[(?:ing|ed)\])\w*")
_EDITS = ("[]", "e[ing]", "e[ed]")
_LETTERS = re.compile(r"[^\W\d_]+")


def brackets(text: str, rest: str, body: int, links: Sequence[Link]) -> Iterator[Place]:
    """Give the brackets that do not work or part what belongs together.

    `rest` is the text with its citations masked, of the same length, `body`
    where the front matter ends. Kinds: `unclosed`, `cut`, `nested`, `pipes`,
    `tail` (a word goes on behind the link), `quoting` (a link within a quotation),
    and `edited` (brackets within a quoted word that make none of it).
    """
    if any(mark in text for mark in _EDITS):
        for match in _EDITED.finditer(text, body):
            if _within_quotation(rest, *match.span()):  # elsewhere it may be a piece of code
                yield _with_word(text, match, "edited")
    if "[[" not in text:
        return
    if text.count("[[") != text.count("]]"):
        yield from ((*match.span(), "unclosed") for match in _UNCLOSED.finditer(text, body))
    yield from (_with_word(text, match, "cut") for match in _CUT.finditer(text, body))
    if "]]]]" in text:
        yield from ((*match.span(), "nested") for match in _NESTED.finditer(text, body))
    for link in links:
        if link.kind != "wiki":
            continue
        if link.label and "|" in link.label.replace("\\|", ""):
            yield link.start, link.end, "pipes"
        # without a label the letters behind could stand nowhere else
        if (tail := _LETTERS.match(text, link.end)) and "|" in text[link.start : link.end]:
            yield link.start, tail.end(), "tail"
        if _within_quotation(rest, link.start, link.end):
            yield link.start, link.end, "quoting"


def _with_word(text: str, found: re.Match[str], kind: str) -> Place:
    """Give the place of what was found, with the letters before it."""
    start = found.start()
    while start and text[start - 1].isalpha():
        start -= 1
    return start, found.end(), kind


def _within_quotation(text: str, start: int, end: int) -> bool:
    """Say whether a place is between other words of a quotation that begins and ends on its line."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before, after = text[first:start], text[end : last if last >= 0 else len(text)]
    if before.count('"') % 2 and '"' in after:
        return not (before.endswith('"') and after.startswith('"'))  # what is quoted as a whole may be a link
    if before.count("“") > before.count("”") and "”" in after:
        return not (before.endswith("“") and after.startswith("”"))
    return False
