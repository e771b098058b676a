"""The text of one block, joined of the pieces of a note between markup, without the citations among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..model import Note, Passage
from .citations import Citation

Piece: TypeAlias = tuple[int, int, str | None]
"""Start and end in the note, and what stands for it in the text where that is something else (an entity, a line break)."""

BULLETS = "•◦▪‣●○–"
"""What begins an item of a list that Markdown takes for text."""

_BEFORE = " \t\r\n" + BULLETS


@dataclass(slots=True)
class Joined:
    """A block's text; `first` is where it begins in the note, -1 where there is no text.

    `shifts` are as a passage has them, `lead` is the length of a bold lead.
    `marks` are the citations, `cited` for each how much of the text stood
    before it, which may be a space more than there is.
    """

    text: str
    first: int
    shifts: list[int]
    lead: int
    marks: list[Citation]
    cited: list[int]

    def passage(self, note: Note) -> Passage:
        """Give the text as a passage of the note; one that has only citations stands where the first of them does."""
        text, first, shifts = self.text, self.first, tuple(self.shifts)
        if first < 0:
            first = self.marks[0].start
        place = note.place(first)
        passage = Passage(text, "", first, *place, shifts)
        raw = note.text[first : passage.offset(len(text) - 1) + 1] if text else ""
        return passage if raw == text else Passage(text, raw, first, *place, shifts)


def join(source: str, pieces: Iterable[Piece], citations: Sequence[Citation], strong_end: int) -> Joined:
    """Join pieces of `source`, in order; what is before `strong_end`, where that is above zero, is bold."""
    built: list[str] = []
    shifts: list[int] = []
    marks: list[Citation] = []
    cited: list[int] = []
    length = lead = 0
    first = following = -1
    for piece in _without(pieces, citations):
        if isinstance(piece, Citation):
            marks.append(piece)
            cited.append(length)
            continue
        start, end, other = piece
        whole = source[start:end] if other is None else other
        if not whole:
            continue  # an entity may stand for nothing, such as &#1;
        if not built:
            chunk = whole.lstrip(_BEFORE)
        elif whole[0] in " \t" and built[-1][-1] in " \t":
            chunk = whole.lstrip(" \t")
        else:
            chunk = whole
        if not chunk:
            continue
        if other is None:
            start += len(whole) - len(chunk)
        if not built:
            first = start
        elif start != following:
            # a full stop behind a citation ends the words before it
            if marks and chunk[0] in ".,;:!?)" and built[-1][-1] == " ":
                length -= len(built[-1])
                built[-1] = built[-1].rstrip()
                length += len(built[-1])
            shifts += (length, start)
        built.append(chunk)
        length += len(chunk)
        following = start + len(chunk)
        if end <= strong_end:
            lead = length
    text = "".join(built).rstrip()
    return Joined(text, first, shifts, lead if _leads(text, lead) else 0, marks, cited)


def _without(pieces: Iterable[Piece], citations: Sequence[Citation]) -> Iterator[Piece | Citation]:
    """Give pieces less what citations take of them, and the citations where they stand among them."""
    rest = iter(citations)
    citation = next(rest, None)
    for start, end, other in pieces:
        while start < end:
            while citation is not None and citation.end <= start:
                yield citation
                citation = next(rest, None)
            if citation is None or citation.start >= end:
                yield start, end, other
                break
            if citation.start > start:
                yield start, citation.start, other
                if other is not None:
                    break
            start = citation.end
    if citation is not None:
        yield citation
    yield from rest


def _leads(text: str, end: int) -> bool:
    """Say whether bold words at the beginning are a lead: a colon or a dash sets them off, or they are all there is."""
    return (
        end >= len(text)
        or text[:end].rstrip().endswith(":")
        or text[end : end + 2].lstrip().startswith((":", "–", "—", "-"))
    )
