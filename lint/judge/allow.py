"""Allow comments that allow nothing: what they were written for is gone, or their rule is misspelt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..engine import Outcome
from ..model import family_of
from ..note.allows import Allow


def unused(
    outcome: Outcome, in_use: Collection[str], known: Collection[str], focus: Collection[str] | None = None
) -> list[str]:
    """Give a notice for each allow comment without which the findings would be the same.

    `in_use` are the ids of the rules that ran, `known` of all; a comment for a
    rule that did not run is left alone. With a `focus` only its notes' are told.
    """
    if not outcome.comments:
        return []
    quiet: dict[tuple[str, str], list[int]] = {}
    for found in outcome.findings.only(lambda head: head.allowed):
        for label in found.labels:
            for name in (found.rule, found.family, "all"):
                quiet.setdefault((label.span.path, name), []).append(label.span.line)
    for lines in quiet.values():
        lines.sort()
    used = frozenset(in_use)
    return [
        notice
        for path, comments in outcome.comments
        if focus is None or path in focus
        for comment in comments
        for notice in _notices(path, comment, quiet, used, known)
    ]


def _notices(
    path: str,
    comment: Allow,
    quiet: Mapping[tuple[str, str], Sequence[int]],
    in_use: Collection[str],
    known: Collection[str],
) -> Iterator[str]:
    """Give the notices of one comment; `quiet` has the lines in order that are kept quiet, by path and what is allowed."""
    if not comment.rules:
        yield f"{path}:{comment.line}: the comment allows nothing: it is written `<!-- notelint: allow RULE -- WHY -->`"
    for name in comment.rules:
        meant = [rule for rule in known if name in (rule, family_of(rule), "all")]
        if not meant:
            yield f'{path}:{comment.line}: the comment allows "{name}", which is no rule'
        elif all(rule in in_use for rule in meant):
            lines = quiet.get((path, name), ())
            if bisect_left(lines, comment.first) == bisect_right(lines, comment.last):
                yield f'{path}:{comment.line}: the comment allows "{name}", and nothing there needs it'
