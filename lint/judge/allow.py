"""Allow comments that allow nothing: what they were written for is gone, or their rule is misspelt."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..engine import Allow, Outcome
from ..model import Finding, family_of


def unused(
    outcome: Outcome, in_use: Collection[str], known: Collection[str], focus: Collection[str] | None = None
) -> list[str]:
    """Give a notice for each allow comment without which the findings would be the same.

    `in_use` are the ids of the rules that ran, `known` of all; a comment for a
    rule that did not run is left alone. With a `focus` only its notes' are told.
    """
    if not outcome.comments:
        return []
    quiet = list(outcome.findings.only(lambda head: head.allowed))
    return [
        notice
        for path, comments in outcome.comments
        if focus is None or path in focus
        for comment in comments
        for notice in _notices(path, comment, quiet, in_use, known)
    ]


def _notices(
    path: str, comment: Allow, quiet: Collection[Finding], in_use: Collection[str], known: Collection[str]
) -> Iterator[str]:
    for name in comment.rules:
        meant = [rule for rule in known if name in (rule, family_of(rule), "all")]
        if not meant:
            yield f'{path}:{comment.line}: the comment allows "{name}", which is no rule'
        elif all(rule in in_use for rule in meant) and not any(_keeps(path, comment, name, found) for found in quiet):
            yield f'{path}:{comment.line}: the comment allows "{name}", and nothing there needs it'


def _keeps(path: str, comment: Allow, name: str, found: Finding) -> bool:
    """Say whether a finding was kept quiet by this comment, under this name."""
    return name in (found.rule, found.family, "all") and any(
        label.span.path == path and comment.first <= label.span.line <= comment.last for label in found.labels
    )
