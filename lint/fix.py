"""Fixes: the edits of findings, applied to notes without changing a byte beside them.

A fix is applied whole or not at all: one that needs a note that cannot be
written is left. Where fixes meet in a note, safe ones go
before unsafe ones and then earlier findings before later ones; a fix that
overlaps one that was taken is left for the next run. A note is edited only when
its bytes can be written again exactly as they are, every edit finds the text
that it expects, and the file has not changed since it was read. Files are
replaced atomically: whoever reads one sees the old note or the new one.
"""

from __future__ import annotations

import os
import string
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import atomic
from .model import Edit, Failure, Finding, Fix, Note
from .note.read import encoded, read
from .vault import fetch

CONTEXT = 3
"""Lines of a diff around what changes, as in every diff."""

_PLAIN = frozenset(string.printable) - frozenset(string.whitespace) - {'"', "\\"} | {" "}

UNSAFE = "not safe"
BEYOND = "it changes notes that were not named"
"""Why a fix is left that could be applied if it were asked for."""


@dataclass(frozen=True)
class Mended:
    """A note and what becomes of it; `edits` are in order and do not overlap."""

    note: Note
    before: bytes
    after: bytes
    edits: tuple[Edit, ...]


@dataclass
class Plan:
    """What a set of fixes comes to: notes to write, findings that are settled by it, and those that are not, with why."""

    mended: list[Mended] = field(default_factory=list)
    applied: list[Finding] = field(default_factory=list)
    skipped: list[tuple[Finding, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


class ConflictError(ValueError):
    """An edit does not fit the text that it is for, or another edit."""


def plan(
    folder: Path, findings: Iterable[Finding], *, unsafe: bool = False, within: Collection[str] | None = None
) -> Plan:
    """Read the notes that fixes are for and work out what they become; nothing is written.

    Without `unsafe` only fixes that no reader could want otherwise are taken; with `within`, only those that change
    no note but these.
    """
    made = Plan()
    wanted: list[tuple[Finding, Fix]] = []
    for finding in findings:
        if finding.fix is None or not finding.fix.edits:
            continue
        if not finding.fix.safe and not unsafe:
            made.skipped.append((finding, UNSAFE))
        elif within is not None and any(edit.path not in within for edit in finding.fix.edits):
            made.skipped.append((finding, BEYOND))
        else:
            wanted.append((finding, finding.fix))
    wanted.sort(key=lambda pair: not pair[1].safe)  # stable: reading order within
    data: dict[str, bytes] = {}
    notes: dict[str, Note] = {}
    for path in sorted({edit.path for _, fix in wanted for edit in fix.edits}):
        found = fetch(folder / path, path, made.failures)
        if found is None:
            continue
        if not _writable(folder / path):
            made.failures.append(Failure(path, "cannot be written: Permission denied"))
            continue
        note = read(path, found)
        if _written_again(note) != found:
            made.failures.append(Failure(path, f"not edited: its {note.encoding} bytes would not stay as they are"))
            continue
        data[path], notes[path] = found, note
    taken = _choose(wanted, notes, made)
    for path in sorted(taken):
        edits = tuple(taken[path])
        after = encoded(notes[path], applied(notes[path].text, edits))
        made.mended.append(Mended(notes[path], data[path], after, edits))
    return made


def write(folder: Path, mended: Iterable[Mended], failures: list[Failure]) -> frozenset[str]:
    """Write the notes of a plan, and say which; what cannot be written becomes a failure, and the next one follows.

    A file that has two names, one of them a link, is written once.
    """
    written: set[str] = set()
    files: set[Path] = set()
    for item in mended:
        path = item.note.path
        try:
            file = (folder / path).resolve()
            if file not in files:
                replace(file, item.before, item.after)
            files.add(file)
            written.add(path)
        except OSError as error:
            failures.append(Failure(path, f"cannot be written: {error.strerror or error}"))
        except ConflictError as error:
            failures.append(Failure(path, f"not edited: {error}"))
    return frozenset(written)


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits that are in order; raises ConflictError when one does not find its text or meets another."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.start < at or edit.end < edit.start:
            raise ConflictError("two edits overlap")
        if text[edit.start : edit.end] != edit.old:
            raise ConflictError(f"expected {edit.old!r} at offset {edit.start}")
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def replace(file: Path, before: bytes, after: bytes) -> None:
    """Replace a file's bytes atomically, if they still are `before`; its mode stays, a link to it stays a link.

    Raises ConflictError when the file has changed, OSError when it cannot be written.
    """
    if file.read_bytes() != before:
        raise ConflictError("the file has changed since it was read")
    if not _writable(file):
        raise PermissionError(13, "Permission denied")
    atomic.write(file, after)


def _writable(file: Path) -> bool:
    """Say whether a file may be replaced: its folder is written to, and to go by that alone would go behind the owner's back."""
    target = file.resolve()
    return os.access(target, os.W_OK) and os.access(target.parent, os.W_OK)


def diff(mended: Mended) -> Iterator[str]:
    """Give a unified diff, line by line without line ends, of the lines that the edits touch, as `git apply` reads it."""
    old = mended.note.text.split("\n")
    old[0] = _mark(mended.note) + old[0]
    yield f"--- {_quoted(f'a/{mended.note.path}')}"
    yield f"+++ {_quoted(f'b/{mended.note.path}')}"
    count = len(old) - (not old[-1])  # what follows the last line end is no line
    shift = 0
    for hunk in _hunks(mended):
        top = max(0, hunk[0].first - CONTEXT)
        bottom = max(hunk[-1].last + 1, min(count, hunk[-1].last + 1 + CONTEXT))
        before = bottom - top
        after = before + sum(len(change.lines) - (change.last + 1 - change.first) for change in hunk)
        yield f"@@ -{top + 1},{before} +{top + 1 + shift},{after} @@"
        shift += after - before
        at = top
        for change in hunk:
            yield from (f" {line}" for line in old[at : change.first])
            at = change.last + 1
            yield from _marked("-", old[change.first : at], at == len(old))
            yield from _marked("+", change.lines, at == len(old))
        yield from _marked(" ", old[at:bottom], bottom == len(old))


@dataclass(frozen=True)
class _Change:
    """Lines `first` to `last`, from 0, and what stands there afterwards."""

    first: int
    last: int
    lines: list[str]


def _marked(mark: str, lines: list[str], ends: bool) -> Iterator[str]:
    yield from (mark + line for line in lines)
    if lines and ends:
        yield "\\ No newline at end of file"


def _hunks(mended: Mended) -> Iterator[list[_Change]]:
    """Give the changes that are near enough to be shown together."""
    hunk: list[_Change] = []
    for change in _changes(mended):
        if hunk and change.first - hunk[-1].last > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _changes(mended: Mended) -> Iterator[_Change]:
    """Give the lines that the edits touch, edits of one line together."""
    note = mended.note
    first, last, edits = -1, -1, []  # type: int, int, list[Edit]
    for edit in mended.edits:
        begin, end = note.place(edit.start)[0] - 1, note.place(edit.end)[0] - 1
        if edits and begin > last:
            yield _changed(note, first, last, edits)
            edits = []
        if not edits:
            first = begin
        last = end
        edits.append(edit)
    if edits:
        yield _changed(note, first, last, edits)


def _changed(note: Note, first: int, last: int, edits: list[Edit]) -> _Change:
    start = note.lines[first]
    stop = note.lines[last + 1] - 1 if last + 1 < len(note.lines) else len(note.text)
    local = [Edit(edit.path, edit.start - start, edit.end - start, edit.old, edit.text) for edit in edits]
    lines = applied(note.text[start:stop], local).split("\n")
    if not first:
        lines[0] = _mark(note) + lines[0]
    return _Change(first, last, lines)


def _mark(note: Note) -> str:
    """Give the byte order mark of a note, which to a diff is the beginning of its first line."""
    return "\ufeff" if note.bom else ""


def _quoted(name: str) -> str:
    """Give a name as git writes it in a diff: between quotation marks where it could be taken for anything else."""
    if name.isprintable() and not {'"', "\\"} & set(name):
        return name
    return '"' + "".join(chr(byte) if chr(byte) in _PLAIN else f"\\{byte:03o}" for byte in name.encode()) + '"'


def _written_again(note: Note) -> bytes | None:
    try:
        return encoded(note, note.text)
    except (UnicodeError, LookupError):
        return None


def _choose(wanted: list[tuple[Finding, Fix]], notes: Mapping[str, Note], made: Plan) -> dict[str, list[Edit]]:
    """Take fixes one by one, whole, while they find their text and meet no other."""
    taken: dict[str, list[Edit]] = {}
    for finding, fix in wanted:
        edits = sorted(set(fix.edits), key=_place)
        reason = _hindrance(edits, notes, taken)
        if reason is not None:
            made.skipped.append((finding, reason))
            continue
        made.applied.append(finding)
        for edit in edits:
            mine = taken.setdefault(edit.path, [])
            if edit not in mine:
                insort(mine, edit, key=_place)
    return taken


def _hindrance(edits: list[Edit], notes: Mapping[str, Note], taken: Mapping[str, list[Edit]]) -> str | None:
    for index, edit in enumerate(edits):
        note = notes.get(edit.path)
        if note is None:
            return f"{edit.path} cannot be edited"
        if not 0 <= edit.start <= edit.end <= len(note.text) or note.text[edit.start : edit.end] != edit.old:
            return f"{edit.path} has changed"
        try:
            edit.text.encode(note.encoding)
        except UnicodeError:
            return f"{note.encoding} has no way to write {edit.text!r}"
        if index and edits[index - 1].path == edit.path and _meet(edits[index - 1], edit):
            return "its edits overlap"
        mine = taken.get(edit.path, ())
        at = bisect_left(mine, _place(edit), key=_place)
        if any(other != edit and _meet(*sorted((other, edit), key=_place)) for other in mine[max(0, at - 1) : at + 2]):
            return "it overlaps another fix; run again"
    return None


def _meet(one: Edit, other: Edit) -> bool:
    """Say whether two edits, in order, overlap; two insertions at one place do, edits that touch do not."""
    return other.start < one.end or (one.start == other.start and (one.end == one.start or other.end == other.start))


def _place(edit: Edit) -> tuple[str, int, int, str]:
    return edit.path, edit.start, edit.end, edit.text
