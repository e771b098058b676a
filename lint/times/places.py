"""Labels for findings: places in claims, quotes and citations, with the words around them."""

from __future__ import annotations

from ..model import Fact, Label, Span
from ..note.citations import Citation
from ..note.clock import read_time, write_time
from .stamps import Stamp, Support


def label_of_citation(fact: Fact, citation: Citation, role: str = "place", suggestion: str | None = None) -> Label:
    """Label the time of a citation that closes the claim in `fact`."""
    written, text = citation.written, fact.value.passage.text
    end = citation.at + len(written)
    span = Span(
        fact.span.path, citation.line, citation.column, citation.line, citation.column + len(written), citation.at, end
    )
    return Label(span, written, role, suggestion, text, len(text), citation.seconds)


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


def label_of_stamp(stamp: Stamp, role: str = "place") -> Label:
    """Label a citation, with the time that was meant where there is evidence for one."""
    suggestion = None if stamp.meant is None or role != "place" else write_time(stamp.meant)
    return label_of_citation(stamp.fact, stamp.citation, role, suggestion)


def speaks_for(stamp: Stamp) -> str | None:
    """Say which other note supports the time that was meant, and how; None when none does."""
    for support in stamp.supports:
        if support.stamp.citation.written:
            return f'"{stamp.citation.written}": {support.stamp.path} cites the same statement at {when(support)}'
    return None


def when(support: Support) -> str:
    """Say at which time another note cites a statement: as it is written, and as it is read where that is another."""
    written = support.stamp.citation.written
    return f'"{written}"' if read_time(written) == support.time else f'"{written}", read as {write_time(support.time)}'
