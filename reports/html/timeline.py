"""When each note says that things were said: one lane for each note, its citations as dots on the source's time."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
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

_Place: TypeAlias = Callable[[int], float]


@dataclass(slots=True, frozen=True)
class Mark:
    """A citation that a finding names: the finding's address, its severity, and where the citation belongs (seconds)."""

    href: str
    severity: str
    belongs: int | None


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
    notes: dict[str, list[tuple[int, Mark | None, str]]] = {}
    declared: list[int] = []
    last = 0
    count = 0
    for fact in group:
        value = fact.value
        if isinstance(value, Header):
            declared += value.durations
            continue
        if not isinstance(value, Claim):
            continue
        for citation in value.citations:
            mark = marks.get((fact.span.path, citation.at))
            seconds = citation.seconds
            if seconds is None:
                seconds = mark.belongs if mark else None
            if seconds is None:
                continue
            count += 1
            meant = seconds if mark is None else mark.belongs
            last = max(last, meant or 0)
            notes.setdefault(fact.span.path, []).append((seconds, mark, value.text))
    if count < 2:
        return None
    end = length or max(declared, default=0)
    known = bool(end)
    end = end or last or max(seconds for found in notes.values() for seconds, _, _ in found)
    end = max(end, 1)
    farthest = max(seconds for found in notes.values() for seconds, _, _ in found)
    outside = farthest > end * 1.01
    edge = _OUTSIDE if outside else 98.0

    def place(seconds: int) -> float:
        if seconds <= end:
            return round(edge * seconds / end + 1, 2)
        # beyond the end only the order counts: two hours and forty are both "past it"
        share = math.log(seconds / end) / math.log(max(farthest / end, 1.02))
        return round(edge + 3.5 + (98.5 - edge - 3.5) * min(1.0, share), 2)

    stride = math.ceil(count / MAX_DOTS)
    lanes = []
    order = sorted(notes, key=lambda path: (not any(mark for _, mark, _ in notes[path]), path))
    for path in sorted(order[:MAX_LANES]):
        lanes.append(_lane(path, notes[path], place, stride))
    notices = []
    if stride > 1:
        notices.append(f"{count:,} citations; one in {stride} of those without a finding is drawn")
    if len(order) > MAX_LANES:
        notices.append(f"{counted(len(order) - MAX_LANES, 'note')} without a finding not drawn")
    beyond = sum(seconds > end * 1.01 for found in notes.values() for seconds, _, _ in found)
    told = f"{counted(count, 'citation')} in {counted(len(notes), 'note')}"
    if known:
        told += f"; the source ends at {write_time(end)}"
    if beyond:
        told += f"; {beyond} past the end"
    return Timeline(
        tuple(lanes),
        tuple((place(seconds), _tick(seconds)) for seconds in _ticks(end)),
        round(edge + 1, 2),
        write_time(end).removeprefix("00:"),
        known,
        told,
        "; ".join(notices),
    )


def _lane(path: str, found: list[tuple[int, Mark | None, str]], place: _Place, stride: int) -> Lane:
    dots = []
    wrong = 0
    for index, (seconds, mark, text) in enumerate(sorted(found, key=lambda item: (item[0], item[2]))):
        if mark is not None:
            wrong += 1
            dots.append(_marked(seconds, mark, text, place))
        elif index % stride == 0:
            said = escape(visible(clip(text, _TEXT)))
            dots.append(
                f'<circle class="dot" cx="{place(seconds)}%"><title>{write_time(seconds)} · {said}</title></circle>'
            )
    told = counted(len(found), "citation") + (f", {wrong} in a finding" if wrong else "")
    return Lane(visible(path), visible(path.rpartition("/")[2]), told, Markup("".join(dots)))


def _marked(seconds: int, mark: Mark, text: str, place: _Place) -> str:
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
    said = escape(visible(clip(text, _TEXT)))
    return (
        f'{arc}<a class="dot {mark.severity}" href="{escape(mark.href)}"><title>{write_time(seconds)}{change} · {said}</title>'
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
