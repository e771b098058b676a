"""Full names of the whole vault by one of their words, so that one name's spellings in different sources meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from ..language.named import capital
from ..model import Fact, Note, Passage
from ..note.claims import Claim, by_source
from ..note.markdown import parts
from .mentions import parts_of
from .scan import mentions


class Spelling(msgspec.Struct, frozen=True, array_like=True, tag=0, gc=False):
    """A full name as a note writes it: the claim that it stands in, its place there, and the source."""

    passage: Passage
    start: int
    end: int
    source: str

    @property
    def form(self) -> str:
        """The name as written."""
        return self.passage.text[self.start : self.end]


VALUES: TypeAlias = Spelling
"""What the facts of `by_word` hold."""


def by_word(note: Note) -> Iterator[Fact]:
    """Give each full name's first place in a note, under its first and under its last word."""
    if not parts(note).english:
        return
    seen: set[str] = set()
    for fact in by_source(note):
        value = fact.value
        if not isinstance(value, Claim) or value.kind == "heading":
            continue
        text = value.passage.text
        for start, end, _ in mentions(text, value.lead, value.passage.shifts):
            form = text[start:end]
            if " " not in form or form in seen:
                continue
            seen.add(form)
            words = parts_of(form)
            if not 2 <= len(words) <= 3 or any(len(word) < 3 or not word.isalpha() for word in words):
                continue
            if any(capital(word) < 90 for word in words):
                continue
            spelling = Spelling(value.passage, start, end, note.key)
            span = value.passage.span(note.path, start, end)
            yield Fact(f"name:{words[0]} …", spelling, span)
            yield Fact(f"name:… {words[-1]}", spelling, span)
