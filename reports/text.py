"""Text: each finding as the best compilers show theirs, the place first, then the other places, then why."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from ..lint.judge import Judged
from ..lint.model import SEVERITIES, Finding, Label, Sharing
from . import Material
from .words import clip, counted, flat, of_severity, reasons, visible

SNIPPETS = 4
"""Wordings of a finding that are shown with their lines; a screen holds no more at a glance."""

SAME = 2
"""Further places that have the very same words and are named."""

MIN_WIDTH = 40
"""Columns that a snippet needs; a narrower terminal wraps it."""

_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36", "dim": "2", "blue": "34", "green": "32", "bold": "1"}


def render(material: Material) -> Iterator[str]:
    """Give the findings in reading order, and how many there are of each severity."""
    paint = Paint(on=material.colour)
    shared: dict[str, list[Sharing]] = {}
    for sharing in material.outcome.sharings:
        shared.setdefault(sharing.source, []).append(sharing)
    for item in material.judged:
        yield "\n".join(_lines(item, material, paint, shared.get(item.head.key, ()))) + "\n\n"
    if len(material.judged) > 1:
        yield _sum(material, paint) + "\n"


class Paint:
    """Colours, where they are wanted."""

    def __init__(self, *, on: bool) -> None:
        self.on = on

    def __call__(self, colour: str, text: str) -> str:
        """Give text in a colour."""
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.on and text else text


def _lines(item: Judged, material: Material, paint: Paint, sharings: Sequence[Sharing]) -> Iterator[str]:
    found = item.finding
    known = "" if item.status == "new" else f" ({item.status})"
    head = paint(item.severity, f"{item.severity}[{found.rule}]")
    yield f"{head}{paint('bold', ': ' + _flat(found.message))}{known}"
    groups = _grouped(found.labels)
    shown = groups[:SNIPPETS]
    gutter = max(len(str(labels[0].span.line)) for labels in shown) + 2
    for index, labels in enumerate(shown):
        yield from _snippet(labels, material, paint, gutter, item.severity if index == 0 else "")
    rest = sum(len(labels) for labels in groups[SNIPPETS:])
    margin = " " * (gutter - 1)
    if rest:
        paths = {label.span.path for labels in groups[SNIPPETS:] for label in labels}
        yield f"{margin}{paint('blue', '...')} {counted(rest, 'more place')} in {counted(len(paths), 'note')}"
    yield from _notes(found, paint, margin, sharings)


def _notes(found: Finding, paint: Paint, margin: str, sharings: Sequence[Sharing]) -> Iterator[str]:
    """Give the lines that begin with "=": source, who holds what, why, what is suggested."""
    mark = f"{margin}{paint('blue', '=')} "
    if not found.key.startswith("note:") and len({label.span.path for label in found.labels}) > 1:
        inferred = [sharing for sharing in sharings if any(label.span.path == sharing.path for label in found.labels)]
        why = "".join(
            f" ({_flat(sharing.path.rpartition('/')[2])} inferred: {_flat('; '.join(sharing.evidence), 160)})"
            for sharing in inferred[:1]
        )
        yield f"{mark}source: {_flat(found.key)}{why}"
    for text in found.evidence[:4]:
        yield f"{mark}evidence: {_flat(text, 300)}"
    explain = paint("dim", f"notelint explain {found.fingerprint[:8]}")
    if found.suggestion is None:
        yield mark + explain
        return
    why = _flat(", ".join(reasons(found)), 160)
    because = f" ({why})" if why else ""
    yield f"{mark}suggestion: {paint('green', _flat(found.suggestion, 200))}{because}     {explain}"


def _snippet(labels: list[Label], material: Material, paint: Paint, gutter: int, severity: str) -> Iterator[str]:
    """Show a place with its line, what is marked in it, and where else the same words stand."""
    label = labels[0]
    span = label.span
    arrow = "-->" if severity else ":::"
    yield f"{' ' * (gutter - 1)}{paint('blue', arrow)} {_flat(span.path)}:{span.line}:{span.column}"
    line = material.lines(span.path, span.line)
    if line is None:
        line, start, end = label.text, 0, len(label.text)
    else:
        start = min(span.column - 1, len(line))
        end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    before, mark, after = _fit(line, start, max(start, end), max(MIN_WIDTH, material.width - gutter - 3))
    bar = paint("blue", "|")
    yield f"{paint('blue', str(span.line).rjust(gutter))} {bar} {before}{mark}{after}".rstrip()
    under = ("^" if severity else "-") * max(1, _cells(mark))
    tail = ""
    if label.suggestion is not None and label.suggestion != label.text:
        tail = "  " + paint("green", "→ " + _flat(label.suggestion, 80))
    others = [f"{_flat(other.span.path)}:{other.span.line}:{other.span.column}" for other in labels[1 : SAME + 1]]
    if others:
        more = len(labels) - 1 - len(others)
        tail += (
            "  also " + (", ".join(others) if more else " and ".join(others)) + (f" and {more} more" if more else "")
        )
    yield f"{' ' * gutter} {bar} {' ' * _cells(before)}{paint(severity or 'blue', under)}{tail}"


def _grouped(labels: Sequence[Label]) -> list[list[Label]]:
    """Put places with the same words and suggestion together, in order."""
    groups: dict[tuple[str, str | None], list[Label]] = {}
    for label in labels:
        groups.setdefault((label.text, label.suggestion), []).append(label)
    return list(groups.values())


def _fit(line: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """Cut a line to `room` columns so that the marked part stays in sight."""
    before, mark, after = (_shown(part) for part in (line[:start], line[start:end], line[end:]))
    if _cells(before) + _cells(mark) + _cells(after) <= room:
        return before, mark, after
    if _cells(mark) > room * 3 // 4:
        mark = _head(mark, room * 3 // 4 - 1) + "…"
    left = max(room // 3, room - _cells(mark) - _cells(after) - 2)
    if _cells(before) > left:
        before = "… " + _head(before[::-1], left - 2)[::-1].lstrip()
    right = room - _cells(before) - _cells(mark)
    if _cells(after) > right:
        after = _head(after, max(0, right - 2)).rstrip() + " …"
    return before, mark, after


def _shown(text: str) -> str:
    return visible(text.replace("\t", " ").replace("\n", " "))


def _head(text: str, cells: int) -> str:
    """Give the beginning of a text that fills so many columns at most."""
    width = 0
    for index, char in enumerate(text):
        width += _cell(char)
        if width > cells:
            return text[:index]
    return text


def _cells(text: str) -> int:
    """Give how many columns a text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _flat(text: str, length: int = 1_000) -> str:
    return clip(flat(text), length)


def _sum(material: Material, paint: Paint) -> str:
    tally = Counter(item.severity for item in material.judged)
    parts = [paint(severity, of_severity(tally[severity], severity)) for severity in SEVERITIES if tally[severity]]
    return f"{', '.join(parts)} in {counted(material.outcome.notes, 'note')}"
