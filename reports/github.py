"""GitHub: workflow commands, which the runner turns into annotations on the changed lines.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the
rest without a word, so the worst come first and a last line says what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..lint.judge import Judged
from ..lint.model import SEVERITIES, Severity
from . import Address, Material

LIMIT = 10
"""Annotations of one level that GitHub keeps of a step."""

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render(material: Material) -> Iterator[str]:
    """Give one command for each finding, errors first, at most as many as GitHub keeps."""
    worst_first = sorted(material.judged, key=lambda item: SEVERITIES.index(item.severity))
    given: Counter[Severity] = Counter()
    for item in worst_first:
        if given[item.severity] < LIMIT:
            given[item.severity] += 1
            yield _command(item, material.address)
    left = len(worst_first) - given.total()
    if left:
        yield f"notelint: {left} more findings; GitHub shows {LIMIT} of a level. All: notelint check --format text\n"


def _command(item: Judged, address: Address) -> str:
    found = item.finding
    first = found.labels[0].span
    properties = {"file": address(first.path), "line": first.line, "endLine": first.end_line}
    # GitHub takes columns only within one line.
    if first.line == first.end_line:
        properties |= {"col": first.column, "endColumn": first.end_column}
    properties["title"] = f"notelint {found.rule}"
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_LEVELS[item.severity]} {written}::{_data(message(item, address))}\n"


def message(item: Judged, address: Address) -> str:
    """Give the message with the other places and the suggestion, as short lines."""
    found = item.finding
    lines = [found.message]
    first = found.labels[0].span
    others = list(
        dict.fromkeys(
            f"{address(label.span.path)}:{label.span.line}"
            for label in found.labels[1:]
            if (label.span.path, label.span.line) != (first.path, first.line)
        )
    )
    if others:
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        lines.append(f"also {', '.join(others[:5])}{more}")
    if found.suggestion:
        lines.append(f"suggestion: {found.suggestion}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
