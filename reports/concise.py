"""Concise: one line for each finding, the other places indented below it."""

from __future__ import annotations

from collections.abc import Iterator

from . import Material


def render(material: Material) -> Iterator[str]:
    """Give `path:line:column: severity[rule]: message`, and a line for each further place."""
    for item in material.judged:
        found = item.finding
        first = found.labels[0]
        known = "" if item.status == "new" else f" ({item.status})"
        yield f"{_place(first.span.path, first.span.line, first.span.column)}: {item.severity}[{found.rule}]: {found.message}{known}\n"
        for label in found.labels[1:]:
            text = " ".join(label.text.split())
            yield f"  {_place(label.span.path, label.span.line, label.span.column)}: {text}\n"


def _place(path: str, line: int, column: int) -> str:
    return f"{path}:{line}:{column}"
