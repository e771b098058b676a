"""From what was found to what is said: severity, baseline, rulings, focus, order."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Iterable, Mapping
from typing import Literal, TypeAlias

import msgspec

from ..config import Config
from ..model import SEVERITIES, Finding, Label, Severity

Status: TypeAlias = Literal["new", "baseline", "ruled"]


class Judged(msgspec.Struct, frozen=True):
    """A finding as it is said: how much it weighs here, and whether it was known."""

    finding: Finding
    severity: Severity
    status: Status = "new"


def judge(
    findings: Iterable[Finding],
    defaults: Mapping[str, Severity],
    config: Config,
    *,
    baseline: Collection[str] = frozenset(),
    settled: Collection[str] = frozenset(),
    focus: Collection[str] | None = None,
) -> list[Judged]:
    """Judge findings in order.

    `defaults` are the rules' own severities by id; `baseline` and `settled`
    fingerprints of known and of ruled conflicts; `focus` the paths of the
    notes that are asked about, None for all. A finding in which a focused note
    takes part is kept and has that note first.
    """
    judged = []
    for found in findings:
        if found.allowed:
            continue
        if focus is not None:
            if not any(label.span.path in focus for label in found.labels):
                continue
            found = _focused(found, focus)
        severity = severity_of(found, defaults, config)
        if severity == "off":
            continue
        fingerprint = found.fingerprint if settled or baseline else ""
        status: Status = "ruled" if fingerprint in settled else "baseline" if fingerprint in baseline else "new"
        judged.append(Judged(found, severity, status))
    judged.sort(key=lambda item: item.finding.labels[0].span)
    return judged


def severity_of(found: Finding, defaults: Mapping[str, Severity], config: Config) -> Severity:
    """Give a finding's severity: the last override that matches its first place, the rule's or family's setting, its own."""
    path = found.labels[0].span.path
    for override in reversed(config.overrides):
        if any(fnmatch.fnmatchcase(path, pattern) for pattern in override.paths):
            for key in (found.rule, found.family):
                if key in override.severity:
                    return override.severity[key]
    for key in (found.rule, found.family):
        if key in config.severity:
            return config.severity[key]
    return found.severity or defaults[found.rule]


def at_least(severity: Severity, floor: Severity) -> bool:
    """Say whether a severity weighs as much as `floor`; nothing does when that is `off`."""
    return floor != "off" and SEVERITIES.index(severity) <= SEVERITIES.index(floor)


def _focused(found: Finding, focus: Collection[str]) -> Finding:
    if found.labels[0].span.path in focus:
        return found

    def far(label: Label) -> bool:
        return label.span.path not in focus

    return msgspec.structs.replace(found, labels=tuple(sorted(found.labels, key=far)))
