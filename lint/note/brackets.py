"""What is wrong with the markup of a note's wiki links: brackets that do not meet, links in links, in words and in quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .layout import Place
from .markdown import Link

_CUT = re.compile(r"\[\[(?<=[^\W\d_]..)[^\[\]\n]*\]\]\w*")
_NESTED = re.compile(r"\[\[[^\[\]\n]*\|[^\[\]\n]*\[\[[^\[\]\n]*\]\][^\[\]\n]*\]\]")
_UNCLOSED = re.compile(r"\[\[(?=[^\[\]\n]*[_|])[^\[\]\n]*(?=\n|\Z|\](?!\]))")
_LETTERS = re.compile(r"[^\W\d_]+")


def brackets(text: str, rest: str, body: int, links: Sequence[Link]) -> Iterator[Place]:
    """Give the wiki links that do not work or part what belongs together.

    `rest` is the text with its citations masked, of the same length, `body`
    where the front matter ends. Kinds: `unclosed`, `cut`, `nested`, `pipes`,
    `tail` (a word goes on behind the link), `quoting` (a link within a quotation).
    """
    if "[[" not in text:
        return
    if text.count("[[") != text.count("]]"):
        yield from ((*match.span(), "unclosed") for match in _UNCLOSED.finditer(text, body))
    yield from _cut(text, body)
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
        if _within_quotation(rest, link):
            yield link.start, link.end, "quoting"


def _cut(text: str, body: int) -> Iterator[Place]:
    """Give the words of which a part is a link: searched for by the brackets, from which a look back is fast."""
    done = body
    for match in _CUT.finditer(text, body):
        start = match.start()
        while start > done and text[start - 1].isalpha():
            start -= 1
        if start < match.start():
            done = match.end()
            yield start, done, "cut"


def _within_quotation(text: str, link: Link) -> bool:
    """Say whether a link stands between other words of a quotation that begins and ends on its line."""
    start, end = text.rfind("\n", 0, link.start) + 1, text.find("\n", link.end)
    before, after = text[start : link.start], text[link.end : end if end >= 0 else len(text)]
    if before.count('"') % 2 and '"' in after:
        return not (before.endswith('"') and after.startswith('"'))  # what is quoted as a whole may be a link
    if before.count("“") > before.count("”") and "”" in after:
        return not (before.endswith("“") and after.startswith("”"))
    return False
