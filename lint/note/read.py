"""From bytes to a note: encoding, front matter, and which source the note declares.

Whatever the bytes are, a note comes out; what was wrong with them stands in
its faults.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..model import Fault, Note
from .source import normalised_source
from .transcript import is_transcript, named_source

SOURCE_KEYS = ("videoId", "video_id", "video", "youtube", "episode", "podcast", "doi", "arxiv", "isbn", "source", "url")
"""Front matter keys that may name a note's source, strongest first; the configuration can replace them."""

MAX_LINE = 1_000_000
"""A longer line is no prose; it is reported and read as blank, since every reader of notes would choke on it."""

MAX_FRONT_MATTER = 65_536
"""Front matter that is not closed by then is not read: nothing that people or models write comes near."""

MAX_DEPTH = 20
"""Deeper front matter is an attack on its reader."""

_MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
}
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)(?:(?<=\n)|\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PLAIN = re.compile(r"([A-Za-z_][\w.-]*):[ \t]+((?:-(?=\S))?[A-Za-z0-9_][^\n:#\[\]{}&*!|>'\"%@`]*)")
_KEY = re.compile(r"^([^\s#:-][^:\n]*?)[ \t]*:(?=\s|$)", re.MULTILINE)


def read(path: str, data: bytes, source_keys: Sequence[str] = SOURCE_KEYS) -> Note:
    """Read the bytes of the document at `path` (vault-relative, forward slashes)."""
    text, encoding, bom, faults = _decode(data)
    if encoding != "binary" and not text.strip():
        faults.append(Fault("empty", "the note is empty", 0, 0))
    text = _without_monsters(text, faults)
    metadata, body = _front_matter(text, faults)
    source = next(
        (found for key in source_keys if (found := normalised_source(key, metadata.get(key, ""))) is not None), None
    )
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    note = Note(path, text, digest, source, metadata, body, encoding, bom, tuple(faults))
    if source is None and is_transcript(note):
        note = replace(note, source=named_source(path))
    return note


def text_of(data: bytes) -> str:
    """Give the text of a document alone, in which the places of its note count."""
    return _without_monsters(_decode(data)[0], [])


def encoded(note: Note, text: str) -> bytes:
    """Give the bytes of a text as the note's own were written: encoding and byte order mark; raises UnicodeError."""
    return (_MARKS.get(note.encoding, b"") if note.bom else b"") + text.encode(note.encoding)


def _decode(data: bytes) -> tuple[str, str, bool, list[Fault]]:
    bom = data.startswith(b"\xef\xbb\xbf")
    try:
        text = data[3:].decode() if bom else data.decode()
    except UnicodeDecodeError as error:
        return _decode_other(data, bom, error)
    if "\0" in text:
        return _decode_wide(data) or _binary(data, bom)
    return text, "utf-8", bom, []


def _decode_other(data: bytes, bom: bool, error: UnicodeDecodeError) -> tuple[str, str, bool, list[Fault]]:
    wide = _decode_wide(data)
    if wide is not None:
        return wide
    if b"\0" in data:
        return _binary(data, bom)
    byte = data[error.start + 3 * bom]
    where = f"byte 0x{byte:02x} at offset {error.start + 3 * bom} is not UTF-8"
    mended = data[3 * bom :].decode("utf-8", "replace")
    lost = mended.count("\ufffd")
    if len(mended) - len(mended.encode("ascii", "ignore")) > 2 * lost:
        # most characters beyond ASCII are whole: UTF-8 that was cut or patched, not another encoding
        at = mended.index("\ufffd")
        return (
            mended,
            "utf-8",
            bom,
            [Fault("encoding", f"{where}; {lost} character{'s' if lost > 1 else ''} lost", at, at + 1)],
        )
    # cp1252 leaves five bytes undefined; replacement keeps the length, so spans stay true
    text = data.decode("cp1252", "replace")
    return text, "cp1252", False, [Fault("encoding", f"{where}; read as Windows-1252", error.start, error.start + 1)]


def _decode_wide(data: bytes) -> tuple[str, str, bool, list[Fault]] | None:
    """Read UTF-16 and UTF-32, told by their marks or by every other byte of the beginning being 0."""
    encoding = next((name for name, mark in _MARKS.items() if name != "utf-8" and data.startswith(mark)), None)
    bom = encoding is not None
    if encoding is None:
        head = data[:1000]
        if len(head) >= 8 and len(data) % 2 == 0:
            if head[1::2].count(0) * 10 > len(head) * 4 and not head[::2].count(0):
                encoding = "utf-16-le"
            elif head[::2].count(0) * 10 > len(head) * 4 and not head[1::2].count(0):
                encoding = "utf-16-be"
    if encoding is None:
        return None
    try:
        text = data[len(_MARKS[encoding]) if bom else 0 :].decode(encoding)
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    return text, encoding, bom, [Fault("encoding", f"the note is {encoding[:6].upper()}, not UTF-8", 0, 0)]


def _binary(data: bytes, bom: bool) -> tuple[str, str, bool, list[Fault]]:
    return "", "binary", bom, [Fault("binary", f"a NUL byte at offset {data.index(0)}: this is no text", 0, 0)]


def _without_monsters(text: str, faults: list[Fault]) -> str:
    """Blank out lines that no prose has, so that nothing after this meets them."""
    if len(text) <= MAX_LINE or max(map(len, text.split("\n"))) <= MAX_LINE:
        return text
    lines, at = text.split("\n"), 0
    for index, line in enumerate(lines):
        if len(line) > MAX_LINE:
            faults.append(Fault("long-line", f"a line of {len(line):,} characters; it is not checked", at, at))
            lines[index] = ""
        at += len(lines[index]) + 1
    return "\n".join(lines)


def _front_matter(text: str, faults: list[Fault]) -> tuple[dict[str, str], int]:
    if not text.startswith("---"):
        return {}, 0
    match = _FRONT.match(text, 0, MAX_FRONT_MATTER)
    if match is None:
        if re.match(r"---[ \t]*\r?\n[A-Za-z_][\w-]*:", text):
            within = f" within {MAX_FRONT_MATTER:,} characters" if len(text) > MAX_FRONT_MATTER else ""
            message = f"the front matter is not closed by a line of ---{within}"
            faults.append(Fault("front-matter", message, 0, 3))
        return {}, 0
    block = match[1]
    plain: dict[str, str] = {}
    for line in block.split("\n"):
        found = _PLAIN.fullmatch(line.rstrip(" \t\r"))
        if found is None or found[1] in plain:
            break
        plain[found[1]] = found[2]
    else:
        return plain, match.end()
    return _yaml(text[: match.end()], block, match.start(1), faults), match.end()


@functools.cache
def _verbatim() -> type[Any]:
    """Give what loads front matter as text: one class for all notes, made when the first asks, as few need YAML."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

    class Verbatim(YAMLHandler):
        loaded: object = None

        def load(self, fm: str, **_: Any) -> Any:
            fm = fm.removeprefix("\n")  # so that places count from the first key
            depth = 0
            for event in yaml.parse(fm, Loader=loader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > MAX_DEPTH:
                    raise yaml.YAMLError(f"it is nested more than {MAX_DEPTH} deep")
            self.loaded = yaml.load(fm, Loader=loader)
            return self.loaded

    return Verbatim


def _yaml(front: str, block: str, start: int, faults: list[Fault]) -> dict[str, str]:
    """Load by python-frontmatter, every scalar as the text that was written.

    The base loader makes no object of any tag and shares what an alias refers
    to, so that nothing explodes; depth is bounded before the loader recurses.
    """
    import frontmatter
    import yaml

    handler = _verbatim()()
    try:
        frontmatter.parse(front.replace("\r\n", "\n"), handler=handler)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = start + (0 if mark is None else _offset(block, mark.line, mark.column))
        faults.append(Fault("front-matter", f"the front matter is not YAML: {error.problem or error.context}", at, at))
        return {}
    except (yaml.YAMLError, RecursionError, ValueError, UnicodeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        faults.append(Fault("front-matter", f"the front matter cannot be used: {reason}", start, start))
        return {}
    values = handler.loaded
    if values is None or values == "":
        return {}
    if not isinstance(values, dict):
        faults.append(Fault("front-matter", "the front matter is not a mapping of keys to values", start, start))
        return {}
    seen: set[str] = set()
    for found in _KEY.finditer(block):
        if found[1] in seen:
            at = start + found.start(1)
            message = f"the key {found[1]!r} stands twice in the front matter"
            faults.append(Fault("repeated-key", message, at, at + len(found[1])))
            break
        seen.add(found[1])
    return {key: _written(value) for key, value in values.items() if isinstance(key, str)}


def _offset(block: str, line: int, column: int) -> int:
    """Give the offset of a place in a block, lines and columns from 0, as YAML marks them."""
    lines = block.split("\n")
    return min(len(block), sum(len(before) + 1 for before in lines[:line]) + column)


def _written(value: object) -> str:
    """Give a value as text; a list of scalars one a line, anything deeper as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(item for item in value[:100] if isinstance(item, str))
    return ""
