"""What is wrong with the callouts, anchors and other HTML of a note: none of it is shown as it was meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .layout import RARE, Place

# That a tag has something is asked ahead, so that it is read once and not again from each place that has it.
_CALLOUT = re.compile(r"\[![A-Za-z][\w-]*(?:\|[^\]\n]*)?\][+-]?(?=[ \t\r\n]|\Z)")
_DOUBLED = re.compile(r"\[\d[\d:]*\]\(<a\b[^<>\n]*>[^<\n]{0,80}</a>\)?")
_OPENING = re.compile(
    r"<a\b(?=[^<>\n]*data-t|(?![^<>\n]*\s(?:href|id|name)=)[^<>\n]*timestamp)[^<>\n]*+(?:>(?![^<\n]{0,200}</a>)|(?=\n|\Z|<))"
)
_TAGLESS = re.compile(r"(?<!<a )(?<![<\w])class=[\"']?[\w-]*timestamp[^<>\n]*>")
_TIMELESS = re.compile(
    r"<a\b(?![^<>\n]*(?:data-t|\s(?:href|id|name))=)(?:(?=[^<>\n]*timestamp)[^<>\n]*+>[^<\n]*+|[^<>\n]*+>\[?\d+(?::\d+)+\]?)</a>"
)
_ATTRIBUTE = re.compile(r"<a\b(?=[^<>\n]*=\"[^\"<>\n]*=\")[^<>\n]*+>")
_CLASSED = '<a class="'
_CLASS = re.compile(r"<a class=\"([^\"\n]*)\"(?=[^<>\n]*data-t)[^<>\n]*+>")
_CITED = re.compile(r"<a\b(?=[^<>\n]*data-t=)[^<>\n]*+>\[?\d[\d:]*\]?</a>")
_ADMONITION = re.compile(r"[`~]{3,}[ \t]*ad-")
_BLOCK = re.compile(
    r"^<(?:div|p|section|article|aside|details|summary|center|h[1-6]|[uo]l|li|table)\b[^<>\n]*>[^\n]*(?:\n[^\n]*\S[^\n]*)*",
    re.MULTILINE | re.IGNORECASE,
)
_MARKED = re.compile(r"\*\*\w|\w\*\*|\[\[|^[ \t]*(?:> ?\[!|#{1,6} |[*+-] )", re.MULTILINE)


def callouts(text: str, body: int) -> Iterator[Place]:
    """Give the callouts outside of a block quote."""
    at = text.find("[!", body)
    while at >= 0:
        before = text[text.rfind("\n", 0, at) + 1 : at]
        if (not before or (before.isspace() and len(before) < 4)) and (found := _CALLOUT.match(text, at)):
            yield at, found.end(), "callout"
        at = text.find("[!", at + 2)


def doubled(text: str, body: int) -> Iterator[Place]:
    """Give the links whose address is an anchor."""
    if "](<a" in text:
        yield from ((*found.span(), "doubled") for found in _DOUBLED.finditer(text, body))


def anchors(text: str, rest: str, body: int) -> Iterator[Place]:
    """Give the anchors that are not whole; `rest` is the text with plain citations masked, of the same length."""
    if "<a " not in text:
        return
    found: dict[int, str] = {}
    opened = rest.count("<a ")
    if opened != rest.count("</a>") or opened != rest.count("data-t="):
        for pattern in (_OPENING, _TAGLESS, _TIMELESS):
            found |= {match.start(): match[0].rstrip() for match in pattern.finditer(text, body)}
    found |= {match.start(): match[0] for match in _ATTRIBUTE.finditer(rest, body)}
    found = _misnamed(text, body) | found
    yield from ((at, at + len(tag), "anchor") for at, tag in sorted(found.items()))


def _misnamed(text: str, body: int) -> dict[int, str]:
    """Give the few citations whose anchor has another class than the others of the note: a slip, and no style applies."""
    first = text.find(_CLASSED, body)
    if first < 0:
        return {}
    usual = text[first : text.find('"', first + len(_CLASSED)) + 1]
    if text.count(usual) == text.count(_CLASSED):
        return {}
    tags = list(_CLASS.finditer(text, body))
    classes = Counter(tag[1] for tag in tags)
    most = max(classes.values(), default=0)
    return {tag.start(): tag[0] for tag in tags if RARE * classes[tag[1]] <= most}


def fenced(text: str, code: Iterable[tuple[int, int]]) -> Iterator[Place]:
    """Give the citations inside blocks of code, which show them as they are written.

    Of those whose language begins with "ad-" the Admonition plugin of Obsidian makes callouts, markup and all.
    """
    if "data-t=" in text:
        for start, end in code:
            if "\n" in text[start:end] and not _ADMONITION.match(text, start):
                yield from ((*found.span(), "fenced") for found in _CITED.finditer(text, start, end))


def blocks(text: str, body: int) -> Iterator[Place]:
    """Give the tags that begin a block of HTML in which Markdown stands: up to an empty line it is shown as it is written."""
    if "\n<" in text:
        for found in _BLOCK.finditer(text, body):
            if _MARKED.search(found[0]):
                yield found.start(), text.index(">", found.start()) + 1, "html"
