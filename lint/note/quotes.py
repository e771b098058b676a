"""Where the quotes of a passage are: straight, curly and block quotes, told from apostrophes and inches."""

from __future__ import annotations

import re

# A straight mark opens after space or an opening bracket and closes before space or punctuation;
# a curly one says itself which it is. Quotes do not nest here: the outermost counts.
_INLINE = re.compile(
    r"[\"“«„](?:(?:(?<=[\s(\[—–:/-]\")|(?<=\A\"))(?=\S)(?P<straight>[^\"]{1,2000}?)(?<=\S)\"(?![\w])"
    r"|(?<=“)(?P<curly>[^“”]{1,2000})”"
    r"|(?<=«)\s?(?P<guillemet>[^«»]{1,2000}?)\s?»"
    r"|(?<=„)(?P<low>[^„“”]{1,2000})[“”])"
)
_MARKS = '"“”„«»'


def quote_spans(text: str, kind: str) -> list[tuple[int, int, str]]:
    """Give (start, end, `inline` or `block`) of each quote in a block's text, without its marks."""
    if kind == "quote" and not text.startswith("[!"):
        start, end = 0, len(text)
        inner = text.strip()
        if len(inner) > 1 and inner[0] in '"“„«':
            close = max(inner.rfind(mark) for mark in '"”»“')
            if close > 1 and not any(mark in inner[1:close] for mark in '"“”'):
                start = text.index(inner[0]) + 1
                return [(start, start + close - 1, "block")]
        dash = re.search(r"\s[—–-]{1,2}\s?[A-Z][^.!?]{2,60}\Z", text)
        if dash is not None:
            end = dash.start()
        if not any(mark in inner for mark in '"“”'):
            return [(start, end, "block")] if end > start else []
    if '"' not in text and "“" not in text and "«" not in text and "„" not in text:
        return []
    found = []
    for match in _INLINE.finditer(text):
        group = match.lastgroup
        if group is not None:
            found.append(
                (
                    match.start(group),
                    match.end(group),
                    "block" if kind == "quote" and len(match[group]) > 0.6 * len(text) else "inline",
                )
            )
    return found
