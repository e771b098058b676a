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
    for item in material.judged:
        yield separator + _encode(_finding(item)).decode()
        separator = ",\n    "
    yield ("\n  ],\n" if material.judged else "],\n") + _members(after) + "\n}\n"


_encode = msgspec.json.Encoder().encode


def _members(members: dict[str, Any]) -> str:
    return msgspec.json.format(_encode(members), indent=2).decode()[2:-2]


def _finding(item: Judged) -> dict[str, Any]:
    found = item.finding
    return {
        "rule": found.rule,
        "family": found.family,
        "severity": item.severity,
        "status": item.status,
        "message": found.message,
        "key": found.key,
        "fingerprint": found.fingerprint,
        "suggestion": found.suggestion,
        "confidence": found.confidence,
        "evidence": list(found.evidence),
        "ballot": [{"value": vote.value, "notes": vote.notes, "why": list(vote.why)} for vote in found.ballot],
        "locations": [
            {
                "path": label.span.path,
                "line": label.span.line,
                "column": label.span.column,
                "end_line": label.span.end_line,
                "end_column": label.span.end_column,
                "text": label.text,
                "role": label.role,
                "suggestion": label.suggestion,
            }
            for label in found.labels
        ],
        "fix": None
        if found.fix is None
        else {
            "safe": found.fix.safe,
            "edits": [
                {"path": edit.path, "start": edit.start, "end": edit.end, "text": edit.text} for edit in found.fix.edits
            ],
        },
    }
