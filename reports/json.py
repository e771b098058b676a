"""JSON: the contract that scores, editors and other tools build on; see docs/json.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from ..lint.judge import Judged
from ..lint.model import SEVERITIES
from . import Material

SCHEMA = 1

BATCH = 16
"""Findings that are written at a time: so few stay in the processor's cache (21,000 in 0.63 s; 0.66 s in larger batches)."""


def render(material: Material) -> Iterator[str]:
    """Give one JSON document, findings in reading order, each on a line of its own."""
    counted = Counter(item.severity for item in material.judged)
    before = {
        "schema": SCHEMA,
        "tool": {"name": "notelint", "version": material.version},
        "summary": {
            "notes": material.outcome.notes,
            "sources": material.outcome.sources,
            "findings": {severity: counted[severity] for severity in SEVERITIES},
            "new": sum(item.status == "new" for item in material.judged),
            "failures": len(material.outcome.failures),
            "seconds": round(material.seconds, 3),
        },
    }
    after = {
        "failures": [{"path": failure.path, "message": failure.message} for failure in material.outcome.failures],
        "inferred": [
            {"path": sharing.path, "source": sharing.source, "evidence": list(sharing.evidence)}
            for sharing in material.outcome.sharings
        ],
        "notices": list(material.outcome.notices),
    }
    yield "{\n" + _members(before) + ',\n  "findings": ['
    separator = "\n    "
    for first in range(0, len(material.judged), BATCH):
        some = material.judged[first : first + BATCH]
        yield separator + b",\n    ".join([_encode(_finding(item)) for item in some]).decode()
        separator = ",\n    "
    yield ("\n  ],\n" if material.judged else "],\n") + _members(after) + "\n}\n"


_encode = msgspec.json.Encoder().encode


def _members(members: dict[str, Any]) -> str:
    return msgspec.json.format(_encode(members), indent=2).decode()[2:-2]


class _Location(msgspec.Struct, gc=False):
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    role: str
    suggestion: str | None


class _Vote(msgspec.Struct, gc=False):
    value: str
    notes: int
    why: tuple[str, ...]


class _Edit(msgspec.Struct, gc=False):
    path: str
    start: int
    end: int
    text: str


class _Fix(msgspec.Struct, gc=False):
    safe: bool
    edits: list[_Edit]


class _Finding(msgspec.Struct, gc=False):
    rule: str
    family: str
    severity: str
    status: str
    message: str
    key: str
    fingerprint: str
    suggestion: str | None
    confidence: float
    evidence: tuple[str, ...]
    ballot: list[_Vote]
    locations: list[_Location]
    fix: _Fix | None


def _finding(item: Judged) -> _Finding:
    found = item.finding
    locations = []
    for label in found.labels:
        span = label.span
        locations.append(
            _Location(
                span.path,
                span.line,
                span.column,
                span.end_line,
                span.end_column,
                label.text,
                label.role,
                label.suggestion,
            )
        )
    return _Finding(
        found.rule,
        found.family,
        item.severity,
        item.status,
        found.message,
        found.key,
        item.fingerprint,
        found.suggestion,
        found.confidence,
        found.evidence,
        [_Vote(vote.value, vote.notes, vote.why) for vote in found.ballot],
        locations,
        None
        if found.fix is None
        else _Fix(found.fix.safe, [_Edit(edit.path, edit.start, edit.end, edit.text) for edit in found.fix.edits]),
    )
