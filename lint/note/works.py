"""Titles of books, films and other works in a note, by how it marks them: in italics, or in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language.words import STOP
from .layout import Place

# Each begins with the mark itself, which a search finds fast; what may not stand before it is asked after.
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("italic", re.compile(r"\*(?<![*\w\\]\*)(?=[\"“]?[^\W_a-z])([^*\n]{3,80})(?<=\S)\*(?![*\w])")),
    ("italic", re.compile(r"_(?<![\w\\]_)(?=[\"“]?[^\W_a-z])([^_\n]{3,80})(?<=\S)_(?!\w)")),
    ("quoted", re.compile(r"\"(?<![*_=]\")(?=[^\W_a-z])([^\"“”*_\n]{3,80})\"(?![*_])")),
    ("quoted", re.compile(r"“(?<![*_]“)(?=[^\W_a-z])([^\"“”*_\n]{3,80})”(?![*_])")),
)
_WORD = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")


def works(text: str) -> Iterator[Place]:
    """Give each title once a kind, `italic` or `quoted`; a title is two large words and more, small ones between them."""
    seen: set[tuple[str, str]] = set()
    for kind, pattern in _MARKS:
        for found in pattern.finditer(text):
            # a comma within quotation marks belongs to the sentence
            title = found[1].strip('"“”').rstrip(",")
            if (kind, title) not in seen and _is_title(title):
                seen.add((kind, title))
                start = found.start(1) + found[1].index(title)
                yield start, start + len(title), kind


def _is_title(text: str) -> bool:
    """Say whether all words but small ones between them are written large; what ends like a sentence is said, not named."""
    words = _WORD.findall(text)
    large = [word for word in words if not word[0].islower()]
    return (
        len(large) > 1
        and text[-1] not in ".!?"
        and words[0] is large[0]
        and words[-1] is large[-1]
        and all(word in STOP for word in words if word[0].islower())
        and any(word[0].isupper() for word in words)
    )
