"""What is wrong with a note's brackets: those of wiki links that do not meet, links in links, in words and in quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .blocks import Link
from .layout import Place

_CUT = re.compile(r"\[\[(?<=[^\W\d_]..)[^\[\]\n]*\]\]\w*")
_NESTED = re.compile(r"\[\[(?=[^\[\]\n]*\|)[^\[\]\n]*+\[\[[^\[\]\n]*+\]\][^\[\]\n]*+\]\]")
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
        edited = list(_EDITED.finditer(text, body))
        quoted = set(_quoted(rest, [match.span() for match in edited]))
        # elsewhere it may be a piece of code
        yield from (_with_word(text, match, "edited") for match in edited if match.span() in quoted)
    if "[[" not in text:
        return
    if text.count("[[") != text.count("]]"):
        yield from ((*match.span(), "unclosed") for match in _UNCLOSED.finditer(text, body))
    yield from (_with_word(text, match, "cut") for match in _CUT.finditer(text, body))
    if "]]]]" in text:
        yield from ((*match.span(), "nested") for match in _NESTED.finditer(text, body))
    wiki = [link for link in links if link.kind == "wiki"]
    for link in wiki:
        if link.label and "|" in link.label.replace("\\|", ""):
            yield link.start, link.end, "pipes"
        # without a label the letters behind could stand nowhere else
        if (tail := _LETTERS.match(text, link.end)) and "|" in text[link.start : link.end]:
            yield link.start, tail.end(), "tail"
    yield from ((*place, "quoting") for place in _quoted(rest, [(link.start, link.end) for link in wiki]))


def _with_word(text: str, found: re.Match[str], kind: str) -> Place:
    """Give the place of what was found, with the letters before it."""
    start = found.start()
    while start and text[start - 1].isalpha():
        start -= 1
    return start, found.end(), kind


def _quoted(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give those of the places, in order, that are between other words of a quotation which begins and ends on their line."""
    found: list[tuple[int, int]] = []
    last, closing = -1, (-1, -1)  # where the line ends, and where the last marks that close stand on it
    seen = straight = curly = 0  # how far it is read, and how many marks were opened there
    for start, end in places:
        if start > last:
            seen, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            last = last if last >= 0 else len(text)
            closing = text.rfind('"', seen, last), text.rfind("”", seen, last)
            straight = curly = 0
        straight += text.count('"', seen, start)
        curly += text.count("“", seen, start) - text.count("”", seen, start)
        seen = start
        # what is quoted as a whole may be a link
        if straight % 2 and closing[0] >= end:
            whole = text[start - 1] == text[end : end + 1] == '"'
        elif curly > 0 and closing[1] >= end:
            whole = text[start - 1] == "“" and text[end : end + 1] == "”"
        else:
            continue
        if not whole:
            found.append((start, end))
    return found
