"""Quick fixes: what an editor is offered to do about a finding, of the text as it stands there now.

A diagnostic carries what that takes (`details`); nothing is offered any more
where the text has changed since.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from lsprotocol import types as lsp

from ...reports.words import clip, counted, flat
from ..model import Finding, Label
from ..note.allows import allows
from ..note.citations import citations
from ..note.clock import read_time
from ..note.read import read

Place = Callable[[str, int], lsp.Position]
"""Gives the editor's position of path and code point offset."""

Texts = Callable[[str], str]
"""Gives the text of the document at an address."""

_CODECS = {"utf-8": ("utf-8", 1), "utf-32": ("utf-32-le", 4)}
"""Where a position does not count UTF-16 units: the codec of what it counts, and the bytes of one."""


class Change(NamedTuple):
    """Replace a range of the document at `uri`, which reads `old`; `at` are its lines and units, as in a position."""

    uri: str
    at: tuple[int, int, int, int]
    old: str
    new: str

    @property
    def range(self) -> lsp.Range:
        """The range as the protocol has it."""
        line, unit, end_line, end_unit = self.at
        return lsp.Range(lsp.Position(line, unit), lsp.Position(end_line, end_unit))


def units(text: str, encoding: str) -> int:
    """Count what a position counts in an encoding: UTF-16 units, bytes of UTF-8, or code points."""
    codec, size = _CODECS.get(encoding, ("utf-16-le", 2))
    return len(text.encode(codec, "surrogatepass")) // size


def details(found: Finding, here: Label, written: str, place: Place, address: Callable[[str], str]) -> dict[str, Any]:
    """Give what a diagnostic at the label `here`, where `written` stands, carries with it for `offered`."""
    edits = list(dict.fromkeys(found.fix.edits)) if found.fix else []
    changes = [
        Change(address(edit.path), _at(place(edit.path, edit.start), place(edit.path, edit.end)), edit.old, edit.text)
        for edit in edits
    ]
    return {
        "fingerprint": found.fingerprint,
        "text": written,
        "changes": changes,
        "write": None if changes or written != here.text else _better(found, here),
    }


def offered(uri: str, shown: lsp.Diagnostic, texts: Texts, encoding: str) -> Iterator[lsp.CodeAction]:
    """Give what can be done about a diagnostic of ours: fix it, write what is suggested, or allow the place."""
    texts = functools.cache(texts)  # the edits of one fix are many, and mostly in few notes
    carried: Any = shown.data if isinstance(shown.data, dict) else {}
    text, written = texts(uri), carried.get("text")
    here = Change(uri, _at(shown.range.start, shown.range.end), written, "")
    if shown.source != "notelint" or not _stands(here, text, encoding):
        return
    changes = [Change(uri, tuple(at), old, new) for uri, at, old, new in carried.get("changes", ())]
    if not changes and carried.get("write"):
        changes = [*_written(here, carried["write"], text, encoding)]
    if changes and all(_stands(change, texts(change.uri), encoding) for change in changes):
        yield _action(_title(changes, carried.get("write")), changes, shown)
    rule = str(shown.code)
    comment = _comment(uri, rule, text, shown.range.end.line, encoding)
    if comment is not None:
        yield _action(f"Allow {rule} in this line", [comment], shown)


def _better(found: Finding, here: Label) -> str | None:
    """Give what should stand at a place in place of its text alone; None where nobody knows, or it does already.

    The suggestion of a finding is one of the values that compete: it takes the place of another, not of any text.
    """
    better = here.suggestion
    if better is None and here.text in {vote.value for vote in found.ballot}:
        better = found.suggestion
    return None if better == here.text else better


def _written(here: Change, better: str, text: str, encoding: str) -> Iterator[Change]:
    """Give the change that writes a suggestion; none where other text would have to change with it, and is not known.

    A player goes by the data of an anchor and the address of a link: a label alone would belie them.
    """
    row = here.at[0]
    line = text.split("\n")[row]
    at = _column(line, here.at[1], encoding)
    around = next((one for one in citations(line, 0, ()) if one.start <= at < one.end and one.data is not None), None)
    if around is None or read_time(around.data or "") == read_time(better):
        yield here._replace(new=better)
    elif around.data == around.time == here.old:
        whole = line[around.start : around.end]
        start, end = (units(line[:edge], encoding) for edge in (around.start, around.end))
        yield Change(here.uri, (row, start, row, end), whole, whole.replace(here.old, better))


def _title(changes: list[Change], better: str | None) -> str:
    new = better or (changes[0].new if len(changes) == 1 else "")
    if new.strip():
        return f'Write "{clip(flat(new), 60)}"'
    notes = len({change.uri for change in changes})
    return f"Fix {counted(len(changes), 'place')}" + (f" in {counted(notes, 'note')}" if notes > 1 else "")


def _comment(uri: str, rule: str, text: str, row: int, encoding: str) -> Change | None:
    """Give the change that allows a rule in a line; None where the comment would be none: in code, in front matter."""
    lines = text.split("\n")
    line = lines[row].removesuffix("\r")
    comment = f" <!-- notelint: allow {rule} -->"
    lines[row] = line + comment
    note = read("", "\n".join(lines).encode("utf-8", "surrogatepass"))
    if note.lines[row] < note.body or not any(one.line == row + 1 and rule in one.rules for one in allows(note)):
        return None
    end = units(line, encoding)
    return Change(uri, (row, end, row, end), "", comment)


def _stands(change: Change, text: str, encoding: str) -> bool:
    """Say whether a document still has at a place what is to be replaced."""
    row, unit, end_row, end_unit = change.at
    lines = text.split("\n")[row : end_row + 1]
    if len(lines) <= end_row - row:
        return False
    end = _column(lines[-1], end_unit, encoding)
    lines[-1] = lines[-1][:end]
    return "\n".join(lines)[_column(lines[0], unit, encoding) :] == change.old


def _column(line: str, count: int, encoding: str) -> int:
    """Give how many code points of a line a position is from its beginning, from 0."""
    codec, size = _CODECS.get(encoding, ("utf-16-le", 2))
    return len(line.encode(codec, "surrogatepass")[: count * size].decode(codec, "ignore"))


def _at(start: lsp.Position, end: lsp.Position) -> tuple[int, int, int, int]:
    return start.line, start.character, end.line, end.character


def _action(title: str, changes: list[Change], shown: lsp.Diagnostic) -> lsp.CodeAction:
    edits: Mapping[str, list[lsp.TextEdit]] = {change.uri: [] for change in changes}
    for change in changes:
        edits[change.uri].append(lsp.TextEdit(change.range, change.new))
    return lsp.CodeAction(
        title, kind=lsp.CodeActionKind.QuickFix, diagnostics=[shown], edit=lsp.WorkspaceEdit(changes=edits)
    )
