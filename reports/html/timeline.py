"""When each note says that things were said: one lane for each note, its citations as dots on the source's time."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup, escape

from ...lint.model import Group
from ...lint.note.claims import Claim, Header
from ...lint.note.clock import read_time, write_time
from ..words import clip, counted, visible

MAX_DOTS = 1_200
"""Dots of one timeline; past this, unremarkable ones are thinned out, which the page says."""

MAX_LANES = 60
"""Lanes of one timeline; notes without remarkable citations are left out first."""

_TEXT = 120
"""Code points of the sentence that a dot shows."""

_STEPS = (60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10800, 18000, 36000)
_OUTSIDE = 82.0
"""Where the source ends, in percent of the width, when there are citations beyond."""

_BETWEEN = "\x01"
"""Stands between texts that are escaped together; `visible` has taken it out of what notes bring."""

_Place: TypeAlias = Callable[[int], float]

_time = functools.lru_cache(maxsize=1 << 13)(write_time)


@dataclass(slots=True, frozen=True)
class Mark:
    """A citation that a finding names: the finding's address, its severity, and where the citation belongs (seconds)."""

    href: str
    severity: str
    belongs: int | None


_Cited: TypeAlias = tuple[int, Mark | None, str]
"""A citation: the second at which it is drawn, what a finding says of it, and its sentence."""


@dataclass(slots=True, frozen=True)
class Lane:
    """One note."""

    path: str
    name: str
    told: str
    dots: Markup


@dataclass(slots=True, frozen=True)
class Timeline:
    """One source: `end` in percent, and what to say of the whole."""

    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    end: float
    end_time: str
    known: bool
    told: str
    notice: str


def draw(group: Group, marks: Mapping[tuple[str, int], Mark], length: int | None = None) -> Timeline | None:
    """Draw the citations of a source; None when fewer than two can be placed.

    `marks` are by path and offset of the citation's label. `length` is how
    long the source is, in seconds, where that is known.
    """
    notes = _cited(group, marks)
    times = [seconds for found in notes.values() for seconds, _, _ in found]
    if len(times) < 2:
        return None
    farthest = max(times)
    stated = length or max(
        (time for fact in group if isinstance(fact.value, Header) for time in fact.value.durations), default=0
    )
    end = max(1, stated or _last(notes) or farthest)
    outside = farthest > end * 1.01
    edge = _OUTSIDE if outside else 98.0

    @functools.cache
    def place(seconds: int) -> float:
        if seconds <= end:
            return round(edge * seconds / end + 1, 2)
        # beyond the end only the order counts: two hours and forty are both "past it"
        share = math.log(seconds / end) / math.log(max(farthest / end, 1.02))
        return round(edge + 3.5 + (98.5 - edge - 3.5) * min(1.0, share), 2)

    stride = math.ceil(len(times) / MAX_DOTS)
    order = sorted(notes, key=lambda path: (not any(mark for _, mark, _ in notes[path]), path))
    notices = []
    if stride > 1:
        notices.append(f"{len(times):,} citations; one in {stride} of those without a finding is drawn")
    if len(order) > MAX_LANES:
        notices.append(f"{counted(len(order) - MAX_LANES, 'note')} without a finding not drawn")
    told = f"{counted(len(times), 'citation')} in {counted(len(notes), 'note')}"
    if stated:
        told += f"; the source ends at {write_time(end)}"
    if outside:
        told += f"; {sum(seconds > end * 1.01 for seconds in times)} past the end"
    return Timeline(
        tuple(_lane(path, notes[path], place, stride) for path in sorted(order[:MAX_LANES])),
        tuple((place(seconds), _tick(seconds)) for seconds in _ticks(end)),
        round(edge + 1, 2),
        write_time(end).removeprefix("00:"),
        bool(stated),
        told,
        "; ".join(notices),
    )


def _cited(group: Group, marks: Mapping[tuple[str, int], Mark]) -> dict[str, list[_Cited]]:
    """Give the citations that can be placed, by note: at their own time, or at the one that a finding gives them."""
    notes: dict[str, list[_Cited]] = {}
    for fact in group:
        value = fact.value
        if not isinstance(value, Claim):
            continue
        path = fact.span.path
        for citation in value.citations:
            mark = marks.get((path, citation.at))
            seconds = citation.seconds
            if seconds is None and mark is not None:
                seconds = mark.belongs
            if seconds is not None:
                notes.setdefault(path, []).append((seconds, mark, value.text))
    return notes


def _last(notes: Mapping[str, Sequence[_Cited]]) -> int:
    """Give the last second that a citation means; 0 where none is known."""
    return max(
        (seconds if mark is None else mark.belongs or 0 for found in notes.values() for seconds, mark, _ in found),
        default=0,
    )


def _lane(path: str, found: list[_Cited], place: _Place, stride: int) -> Lane:
    ordered = sorted(found, key=lambda cited: (cited[0], cited[2]))
    drawn = [cited for index, cited in enumerate(ordered) if cited[1] is not None or index % stride == 0]
    said = _said(dict.fromkeys(text for _, _, text in drawn))
    dots = [
        f'<circle class="dot" cx="{place(seconds)}%"><title>{_time(seconds)} · {said[text]}</title></circle>'
        if mark is None
        else _marked(seconds, mark, said[text], place)
        for seconds, mark, text in drawn
    ]
    wrong = sum(mark is not None for _, mark, _ in found)
    told = counted(len(found), "citation") + (f", {wrong} in a finding" if wrong else "")
    return Lane(visible(path), visible(path.rpartition("/")[2]), told, Markup("".join(dots)))


def _said(texts: Collection[str]) -> dict[str, str]:
    """Give, for each text, its beginning as markup; escaped in one go, for there are hundreds of thousands."""
    whole = _BETWEEN.join(visible(clip(text, _TEXT)) for text in texts)
    return dict(zip(texts, str(escape(whole)).split(_BETWEEN), strict=True))


def _marked(seconds: int, mark: Mark, said: str, place: _Place) -> str:
    """Give the dot of a citation that a finding names; an arc leads to where it belongs, when that is elsewhere."""
    x = place(seconds)
    arc = change = end = ""
    if mark.belongs is not None and abs(mark.belongs - seconds) > 1:
        to = place(mark.belongs)
        change = f" → {write_time(mark.belongs)}"
        arc = (
            f'<g class="move"><svg class="arc" x="{min(x, to)}%" y="3" width="{abs(x - to):.2f}%" height="16" '
            'viewBox="0 0 100 16" preserveAspectRatio="none">'
            '<path class="curve" d="M0 16C0 -5 100 -5 100 16" vector-effect="non-scaling-stroke"/></svg>'
            f'<svg class="arc" x="{to}%" y="14"><path class="tip" d="M-3 0L3 0L0 6Z"/></svg>'
        )
        end = "</g>"
    return (
        f'{arc}<a class="dot {mark.severity}" href="{escape(mark.href)}"><title>{_time(seconds)}{change} · {said}</title>'
        f'<circle cx="{x}%"/></a>{end}'
    )


def _ticks(end: int) -> list[int]:
    step = next((step for step in _STEPS if end / step <= 4.5), _STEPS[-1] * max(1, end // (_STEPS[-1] * 5)))
    return [seconds for seconds in range(0, end + 1, step) if end - seconds > end * 0.28 or seconds == 0]


def _tick(seconds: int) -> str:
    if seconds < 3600:
        return f"{seconds // 60} min" if seconds else "0"
    return f"{seconds // 3600} h" + (f" {seconds // 60 % 60:02d}" if seconds // 60 % 60 else "")


def belongs(suggestion: str | None) -> int | None:
    """Read the time that a finding proposes for a place."""
    return read_time(suggestion) if suggestion else None
