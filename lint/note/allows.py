"""Allow comments: lines of a note that a writer takes out of what some rules see, and what that hides of a group."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

import msgspec

from ..model import Fact, Finding, Note, family_of

_RULE = "[a-z]++(?:-[a-z]++)*+"
_ALLOW = re.compile(
    rf"<!--\s*+notelint:\s*+(?P<verb>allow-file|allow)\s++(?P<rules>{_RULE}(?:\s*+,\s*+{_RULE})*+)\s*+"
    r"(?:-->|--(?:(?!-->|<!--).)*+-->)"
)
"""Nothing is gone back on, and a reason ends where another comment begins: a text of comments left open is read once."""

_OURS = re.compile(r"<!--\s*+notelint:")
"""A comment that is for us, be it written as one is or not."""


class Allow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A comment in a note that takes lines out of what some rules see: `<!-- notelint: allow RULE -->`.

    `rules` are rule ids, families or `all`, and none where it is not written so; `first` and `last` lines, 1-based, both included.
    """

    rules: tuple[str, ...]
    first: int
    last: int
    line: int


def allows(note: Note) -> tuple[Allow, ...]:
    """Read the allow comments of a note.

    One at the end of a line is for that line, one on a line of its own for the
    paragraph that follows, `allow-file` for the whole note. One in code is an
    example of one, and allows nothing. One that is not written so names no rule.
    """
    if "notelint:" not in note.text:
        return ()
    from .citations import inside  # a warm run reads no note, and needs no parser
    from .markdown import parts

    code = parts(note).code
    found = []
    lines = [line.strip() for line in note.text.split("\n")]
    ends = _ends(lines)
    for opening in _OURS.finditer(note.text):
        if inside(opening.start(), code):
            continue
        match = _ALLOW.match(note.text, opening.start())
        if match is None:
            line, _ = note.place(opening.start())
            found.append(Allow((), line, line, line))
            continue
        rules = tuple(part.strip() for part in match["rules"].split(","))
        line, _ = note.place(match.start())
        if match["verb"] == "allow-file":
            found.append(Allow(rules, 1, len(lines), line))
            continue
        alone = lines[line - 1] == match[0]
        found.append(Allow(rules, line, ends[line] if alone else line, line))
    return tuple(found)


def _ends(lines: Sequence[str]) -> list[int]:
    """Give, for each number of lines from 0, which line ends the paragraph that stands or begins after them, or the last."""
    ends = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        more = not lines[at] or (at + 1 < len(lines) and lines[at + 1])
        ends[at] = ends[at + 1] if more else at + 1
    return ends


class Hidden:
    """What allow comments take out of what one rule sees: lines by path."""

    def __init__(self, rule: str, allowed: Mapping[str, Iterable[Allow]]) -> None:
        wanted = {rule, family_of(rule), "all"}
        self._lines: dict[str, list[tuple[int, int]]] = {}
        for path, allows in allowed.items():
            stretches: list[tuple[int, int]] = []  # in order and apart
            for first, last in sorted(
                (allow.first, allow.last) for allow in allows if wanted.intersection(allow.rules)
            ):
                if stretches and first <= stretches[-1][1] + 1:
                    stretches[-1] = (stretches[-1][0], max(last, stretches[-1][1]))
                else:
                    stretches.append((first, last))
            if stretches:
                self._lines[path] = stretches

    def __bool__(self) -> bool:
        return bool(self._lines)

    def meets(self, path: str, first: int, last: int) -> bool:
        """Say whether one of the lines from `first` to `last` of a note is hidden."""
        stretches = self._lines.get(path)
        if not stretches:
            return False
        at = bisect_right(stretches, last, key=itemgetter(0)) - 1
        return at >= 0 and stretches[at][1] >= first

    def beside(self, found: Finding, facts: Iterable[Fact]) -> bool:
        """Say whether a finding has no place on a hidden line, but one on another line of a statement that is hidden."""
        if any(self.meets(label.span.path, label.span.line, label.span.line) for label in found.labels):
            return False
        return any(
            fact.span.path == label.span.path
            and fact.span.line <= label.span.line <= fact.span.end_line
            and self.meets(fact.span.path, fact.span.line, fact.span.end_line)
            for label in found.labels
            for fact in facts
        )
