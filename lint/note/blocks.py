"""What a note is made of: blocks of plain text, links, citations and code, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Passage
from .citations import Citation


@dataclass(slots=True)
class Link:
    """A link of a note: where it leads, as written, and its place in code points.

    `kind` is `wiki`, `inline`, `image` or `auto`; `heading` says whether it stands in one.
    """

    kind: str
    target: str
    start: int
    end: int
    label: str = ""
    heading: bool = False


@dataclass(slots=True)
class Block:
    """One paragraph, list item, heading, table cell or block quote, with the citations in it.

    `kind` is `text`, `item`, `heading`, `quote`, `callout` or `cell`; `level`
    the heading's level or the item's depth. `lead` is the length of a bold
    lead ("**Foo:** ...") in the passage. `cited` holds, for each citation, how
    much of the passage stands before it.
    """

    kind: str
    level: int
    passage: Passage
    lead: int = 0
    citations: tuple[Citation, ...] = ()
    cited: tuple[int, ...] = ()


@dataclass(slots=True)
class Parts:
    """All of a note's parts, in reading order.

    `code` and `hidden` are the ranges of code and of comments, `rest` is the
    text with plain citations masked, of the same length, and `english` says
    whether the note is in English.
    """

    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    rest: str = ""
    english: bool = True
