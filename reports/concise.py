"""Concise: one line for each finding, the other places indented below it."""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Label
from . import Material
from .words import flat, visible


def render(material: Material) -> Iterator[str]:
    """Give `path:line:column: severity[rule]: message`, and a line for each further place."""
    for item in material.judged:
        found = item.finding
        first = found.labels[0]
        known = "" if item.status == "new" else f" ({item.status})"
        yield f"{_place(first)}: {item.severity}[{found.rule}]: {visible(found.message)}{known}\n"
        for label in found.labels[1:]:
            yield f"  {_place(label)}: {flat(label.text)}\n"


def _place(label: Label) -> str:
    return f"{flat(label.span.path)}:{label.span.line}:{label.span.column}"
