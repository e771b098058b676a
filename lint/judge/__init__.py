"""From what was found to what is said: severity, baseline, rulings, focus, order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal, TypeAlias

import msgspec

from ..config import Config, matches
from ..engine import Findings, Head, Held, head
from ..model import SEVERITIES, Finding, Label, Severity

Status: TypeAlias = Literal["new", "baseline", "ruled"]

RIGHT = frozenset(["canonical", "evidence"])
"""Roles of places that nobody need change."""


class Judged:
    """A finding as it is said: how much it weighs here, and whether it was known.

    It is one of `findings`, and read when it is asked for.
    """

    __slots__ = ("_at", "_findings", "severity", "status")

    def __init__(self, findings: Findings, at: int, severity: Severity, status: Status = "new") -> None:
        self._findings = findings
        self._at = at
        self.severity = severity
        self.status = status

    @classmethod
    def of(cls, finding: Finding, severity: Severity, status: Status = "new") -> Judged:
        """Say a single finding."""
        return cls(Held((finding,)), 0, severity, status)

    @property
    def finding(self) -> Finding:
        """The whole finding."""
        return self._findings[self._at]

    @property
    def head(self) -> Head:
        """What is known of the finding without reading the rest."""
        return self._findings.heads[self._at]

    @property
    def fingerprint(self) -> str:
        """The finding's fingerprint."""
        return self.head.fingerprint


def judge(
    findings: Findings,
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
    takes part is kept and has that note first; it weighs what it weighs without.
    """
    heads = findings.heads
    if focus is not None:
        findings, heads = _focused(findings, focus)
    judged = []
    for at, found in enumerate(heads):
        if found.allowed:
            continue
        severity = severity_of(found, findings[at] if config.overrides else None, defaults, config)
        if severity == "off":
            continue
        status: Status = (
            "ruled" if found.fingerprint in settled else "baseline" if found.fingerprint in baseline else "new"
        )
        judged.append(Judged(findings, at, severity, status))
    return judged


def severity_of(found: Head, whole: Finding | None, defaults: Mapping[str, Severity], config: Config) -> Severity:
    """Give a finding's severity: that of an override, the rule's or family's setting, its own.

    Of a note the last override that matches counts. A finding weighs what it
    weighs in the heaviest of the notes in which something is to be changed,
    for which it is needed whole; of no use where there are no overrides.
    """
    usual = found.severity or defaults[found.rule]
    if config.severity:
        usual = config.severity.get(found.rule, config.severity.get(found.family, usual))
    if whole is None:
        return usual
    weights = [_overridden(path, found, config) or usual for path in _blamed(whole)]
    return min(weights, key=lambda severity: (severity == "off", severity != "off" and SEVERITIES.index(severity)))


def _overridden(path: str, found: Head, config: Config) -> Severity | None:
    """Give the severity that the last matching override sets for a finding in a note, None where none does."""
    for override in reversed(config.overrides):
        if matches(path, override.paths):
            for key in (found.rule, found.family):
                if key in override.severity:
                    return override.severity[key]
    return None


def _blamed(found: Finding) -> set[str]:
    """Give the notes in which a finding has something to change; all that it shows where it says of none that it is right."""
    changed = {label.span.path for label in found.labels if label.role not in RIGHT}
    return changed or {label.span.path for label in found.labels}


def at_least(severity: Severity, floor: Severity) -> bool:
    """Say whether a severity weighs as much as `floor`; nothing does when that is `off`."""
    return floor != "off" and SEVERITIES.index(severity) <= SEVERITIES.index(floor)


def _focused(findings: Iterable[Finding], focus: Collection[str]) -> tuple[Held, list[Head]]:
    """Give the findings in which a focused note takes part, that note first, in the order in which those notes are read.

    The heads given with them are those of the findings as they were.
    """

    def far(label: Label) -> bool:
        return label.span.path not in focus

    turned = [
        (
            msgspec.structs.replace(found, labels=tuple(sorted(found.labels, key=far)))
            if far(found.labels[0])
            else found,
            head(found),
        )
        for found in findings
        if found.concerns(focus)
    ]
    turned.sort(key=lambda both: both[0].labels[0].span)
    return Held(found for found, _ in turned), [before for _, before in turned]
