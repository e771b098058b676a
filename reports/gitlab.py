"""GitLab: a Code Quality report, whose findings show in the merge request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ..lint.judge import Judged
from ..lint.model import Severity
from . import Address, Material
from .github import message

_LEVELS: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def render(material: Material) -> Iterator[str]:
    """Give one JSON array.

    GitLab drops a second entry with the same fingerprint; ours are the
    conflict's, so a conflict that two branches both have is one.
    """
    entries: dict[str, Judged] = {}
    for item in material.judged:
        entries.setdefault(item.fingerprint, item)
    document = [_entry(item, material.address) for item in entries.values()]
    yield msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _entry(item: Judged, address: Address) -> dict[str, Any]:
    first = item.finding.labels[0].span
    return {
        "description": message(item, address),
        "check_name": item.head.rule,
        "fingerprint": item.fingerprint,
        "severity": _LEVELS[item.severity],
        "location": {"path": address(first.path), "lines": {"begin": first.line, "end": first.end_line}},
    }
