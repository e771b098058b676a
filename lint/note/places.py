"""Labels for findings: places in claims, quotes and citations, with the words around them."""

from __future__ import annotations

from ..model import Fact, Label, Span
from .citations import Citation


def label_of_citation(fact: Fact, citation: Citation, role: str = "place", suggestion: str | None = None) -> Label:
    """Label the time of a citation that closes the claim in `fact`."""
    written = citation.time or citation.data or ""
    end = citation.at + len(written)
    span = Span(
        fact.span.path, citation.line, citation.column, citation.line, citation.column + len(written), citation.at, end
    )
    return Label(
        span, written, role, suggestion, fact.value.passage.text, len(fact.value.passage.text), citation.seconds
    )


def label_of_part(
    fact: Fact, start: int, end: int, role: str = "place", suggestion: str | None = None, seconds: int | None = None
) -> Label:
    """Label `text[start:end]` of the passage in `fact`."""
    passage = fact.value.passage
    return Label(
        passage.span(fact.span.path, start, end),
        passage.verbatim(start, end),
        role,
        suggestion,
        passage.text,
        start,
        seconds,
    )
