"""How a note writes its citations, and those of them that stand out; what is made of it is the rules' business."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..model import Note
from .citations import BROKEN, Citation
from .layout import Place
from .markdown import parts

MIN_STAMPS = 3
"""Fewer citations are no habit of a note."""

MAX_RUN = 5
"""Nobody looks up more citations of one statement than these."""

_ANCHORS = ("anchor", *BROKEN)
_FORMS = (*_ANCHORS, "bracket")

_STAMP = re.compile(r"(?:\[[\d:, ]{4,40}\]|<a\b[^<>\n]*>[^<\n]*</a>)[ \t]*")
_LED = re.compile(r"\*\*:? \Z")
_NEXT = re.compile(r"[).,;]*[ \t]*[^\s).,;]")
_STOPPED = re.compile(r"[.!?][)*]{0,2} \Z")


class Stamps(NamedTuple):
    """How many citations of a note are written in which way.

    `plain` counts the anchors whose label has no brackets, `behind` those that
    follow a full stop, `before` those that one follows.
    """

    anchors: int
    bare: int
    plain: int
    behind: int
    before: int


def citing(note: Note, rows: Sequence[tuple[int, str]]) -> tuple[list[Place], Stamps]:
    """Give the citations that stand out, and how many there are of each kind; `rows` are the lines of the body.

    Kinds: `blank` (no reader sees it), `twice`, `led` (the same again at the end of what a bold lead leads), `joined`,
    `run`, `lone`, `heading`, `short` (without the hour); of anchors among bare brackets `anchored`, the other way round
    `mixed`; and those that only the other notes on the source make odd: `bare`, `plain`, `behind`.
    """
    text, every = note.text, parts(note).citations
    anchors = [cited for cited in every if cited.form in _ANCHORS]
    bare = [cited for cited in every if cited.form == "bracket"]
    plain = [cited for cited in anchors if cited.time and text[cited.at - 1] == ">"]
    behind, before = _stops(text, anchors)
    stamps = Stamps(len(anchors), len(bare), len(plain), len(behind), before)
    if not every:
        return [], stamps
    odd = {
        "blank": [cited for cited in anchors if text.startswith("></a>", text.find(">", cited.start))],
        "plain": plain,
        "behind": behind if len(behind) > before else [],
        "short": _short([cited for cited in every if cited.form == "anchor"]),
        "heading": _headings(note, anchors),
    }
    if len(bare) >= MIN_STAMPS and len(bare) > len(anchors):
        odd["bare"] = bare
    if anchors and bare and len(every) >= MIN_STAMPS:
        few, kind = (anchors, "anchored") if len(anchors) < len(bare) else (bare, "mixed")
        odd[kind] = few
    places = [(cited.start, cited.end, kind) for kind, found in odd.items() for cited in found]
    written = [cited for cited in every if cited.form in _FORMS]
    return [*places, *_neighbours(text, written), *_led(text, written), *_lone(rows)], stamps


def _stops(text: str, anchors: Sequence[Citation]) -> tuple[list[Citation], int]:
    """Give the citations right behind a full stop, and how many have one right behind them."""
    behind: list[Citation] = []
    before = 0
    for one in anchors:
        if text[one.end : one.end + 1] == ".":
            before += 1
        elif _STOPPED.search(text, max(0, one.start - 4), one.start):
            behind.append(one)
    return behind, before


def _short(anchors: Sequence[Citation]) -> list[Citation]:
    """Give the labels of minutes and seconds in a note that most often writes the hour, too."""
    short = [one for one in anchors if one.time.count(":") == 1]
    return short if len(short) < sum(one.time.count(":") == 2 for one in anchors) else []


def _headings(note: Note, anchors: Sequence[Citation]) -> list[Citation]:
    if "#" not in note.text:
        return []
    lines = {block.passage.line for block in parts(note).blocks if block.kind == "heading" and block.citations}
    return [cited for cited in anchors if cited.line in lines]


def _neighbours(text: str, cited: Sequence[Citation]) -> Iterator[Place]:
    """Give the citations that stand twice in a row or run into one another, and the runs that are too long."""
    for run in _runs(text, cited):
        if len(run) > MAX_RUN:
            yield run[0].start, run[-1].end, "run"
        for one, other in pairwise(run):
            if one.start == other.start:
                continue  # two times in one label
            if text[one.start : one.end] == text[other.start : other.end]:
                yield one.start, other.end, "twice"
            elif one.end == other.start:
                yield one.start, other.end, "joined"


def _led(text: str, cited: Sequence[Citation]) -> Iterator[Place]:
    """Give the citations behind a bold lead that stand, the same, at the end of what it leads."""
    for one, other in pairwise(cited):
        if (
            one.line == other.line
            and text[one.start : one.end] == text[other.start : other.end]
            and _LED.search(text, max(0, one.start - 4), one.start)
            and not _NEXT.match(text, other.end)
        ):
            yield one.start, one.end, "led"


def _runs(text: str, cited: Sequence[Citation]) -> Iterator[list[Citation]]:
    """Give the citations side by side, nothing but spaces and commas between them."""
    run: list[Citation] = []
    for one in cited:
        if run and text[run[-1].end : one.start].strip(" \t,;"):
            yield run
            run = []
        run.append(one)
    yield run


def _lone(rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the citations that stand alone after an empty line: nothing says what they cite."""
    before = above = ""
    for at, line in rows:
        stripped = line.strip()
        if (
            stripped
            and not above
            and stripped[0] in "[<"
            and stripped[-1] in "]>"
            and before[:1] not in ("", ">", "|", "`", "~", "!", "#")
            and not _STAMP.sub("", stripped)
        ):
            yield at, at + len(line.rstrip()), "lone"
        above = stripped
        before = stripped or before
