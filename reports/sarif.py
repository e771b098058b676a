"""SARIF 2.1.0: for GitHub code scanning and other collectors of findings.

The further places of a conflict are related locations, and the message links
them. The conflict's fingerprint goes under a key of our own: GitHub computes
`primaryLocationLineHash` itself and warns about any other.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from ..lint.judge import Judged
from ..lint.model import SEVERITIES, Failure, Label, Rule, Severity, family_of
from . import Address, Material
from .words import counted

MAX_RESULTS = 5_000
"""Results of a run that GitHub keeps; it does not choose the worst, so we do."""

MAX_PLACES = 100
"""Related locations of a result that GitHub shows; more than a thousand make it refuse the file."""

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note", "off": "none"}


def render(material: Material) -> Iterator[str]:
    """Give one SARIF log with one run."""
    kept = sorted(material.judged, key=lambda item: SEVERITIES.index(item.severity))[:MAX_RESULTS]
    left = len(material.judged) - len(kept)
    rules = list(material.rules.values())
    index = {rule.ID: at for at, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "notelint",
                "version": material.version,
                "semanticVersion": material.version,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not material.outcome.failures,
                "toolExecutionNotifications": [
                    *(_failure(failure, material.address) for failure in material.outcome.failures),
                    *_left_out(left),
                ],
            }
        ],
        "results": [_result(item, index, material.address) for item in kept],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    page = inspect.cleandoc(rule.__doc__ or "")
    first, _, rest = page.partition("\n\n")
    return {
        "id": rule.ID,
        "name": "".join(word.capitalize() for word in rule.ID.split("-")),
        "shortDescription": {"text": first.replace("\n", " ")},
        "fullDescription": {"text": (rest.partition("\n\n")[0] or first).replace("\n", " ")},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.SEVERITY], "enabled": rule.SEVERITY != "off"},
        "properties": {"tags": [family_of(rule.ID), rule.SCOPE]},
    }


def _result(item: Judged, index: dict[str, int], address: Address) -> dict[str, Any]:
    found = item.finding
    others = found.labels[1 : MAX_PLACES + 1]
    text = _escape(found.message)
    if others:
        text += "; see " + ", ".join(
            f"[{_escape(f'{address(label.span.path)}:{label.span.line}')}]({at})" for at, label in enumerate(others, 1)
        )
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": index[found.rule],
        "level": _LEVELS[item.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _place(found.labels[0], address)}],
        "partialFingerprints": {"notelintConflict/v1": found.fingerprint},
        "rank": round(100 * found.confidence, 1),
        "properties": {
            "key": found.key,
            "evidence": list(found.evidence),
            "ballot": [{"value": vote.value, "notes": vote.notes} for vote in found.ballot],
        },
    }
    if others:
        result["relatedLocations"] = _related(others, address)
    if found.suggestion is not None:
        result["properties"]["suggestion"] = found.suggestion
    if item.status != "new":
        result["baselineState"] = "unchanged"
        why = "in the baseline" if item.status == "baseline" else "ruled: both are right"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return result


def _related(labels: Sequence[Label], address: Address) -> list[dict[str, Any]]:
    return [
        {
            "id": at,
            "message": {"text": _escape(label.text) or label.role},
            "physicalLocation": _place(label, address),
        }
        for at, label in enumerate(labels, 1)
    ]


def _place(label: Label, address: Address) -> dict[str, Any]:
    span = label.span
    return {
        "artifactLocation": {"uri": quote(address(span.path))},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
            "charOffset": span.start,
            "charLength": span.end - span.start,
            "snippet": {"text": label.text},
        },
    }


def _failure(failure: Failure, address: Address) -> dict[str, Any]:
    notification: dict[str, Any] = {"level": "error", "message": {"text": failure.message}}
    if failure.path:
        notification["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": quote(address(failure.path))}}}]
    return notification


def _left_out(count: int) -> list[dict[str, Any]]:
    if not count:
        return []
    text = (
        f"{counted(count, 'finding')} of the lowest severity left out: collectors keep {MAX_RESULTS} results of a run"
    )
    return [{"level": "warning", "message": {"text": text}}]


def _escape(text: str) -> str:
    """Keep what notes say from being read as SARIF's links and placeholders."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("{", "{{").replace("}", "}}")
