"""From bytes to a note: encoding, front matter, and which source the note declares.

Whatever the bytes are, a note comes out; what was wrong with them stands in
its faults.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from ..model import Fault, Note
from .source import normalised_source

SOURCE_KEYS = ("videoId", "video_id", "video", "youtube", "episode", "podcast", "doi", "arxiv", "isbn", "source", "url")
"""Front matter keys that may name a note's source, strongest first; the configuration can replace them."""

MAX_LINE = 1_000_000
"""A longer line is no prose; it is reported and read as blank, since every reader of notes would choke on it."""

MAX_FRONT_MATTER = 65_536
"""Longer front matter is not parsed: nothing that people or models write comes near."""

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PLAIN = re.compile(r"([A-Za-z_][\w.-]*):[ \t]+((?:-(?=\S))?[A-Za-z0-9_][^\n:#\[\]{}&*!|>'\"%@`]*?)[ \t]*\r?")
_KEY = re.compile(r"^([^\s#:-][^:\n]*?)[ \t]*:(?=\s|$)", re.MULTILINE)


def read(path: str, data: bytes, source_keys: Sequence[str] = SOURCE_KEYS) -> Note:
    """Read the bytes of the document at `path` (vault-relative, forward slashes)."""
    text, encoding, bom, faults = _decode(data)
    text = _without_monsters(text, faults)
    metadata, body = _front_matter(text, faults)
    source = next(
        (found for key in source_keys if (found := normalised_source(key, metadata.get(key, ""))) is not None), None
    )
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    return Note(path, text, digest, source, metadata, body, encoding, bom, tuple(faults))


def _decode(data: bytes) -> tuple[str, str, bool, list[Fault]]:
    bom = data.startswith(b"\xef\xbb\xbf")
    try:
        text = data[3:].decode() if bom else data.decode()
    except UnicodeDecodeError as error:
        return _decode_other(data, error)
    if "\0" in text:
        at = text.index("\0")
        return "", "binary", bom, [Fault("binary", f"a NUL byte at offset {at}: this is no text", 0, 0)]
    return text, "utf-8", bom, []


def _decode_other(data: bytes, error: UnicodeDecodeError) -> tuple[str, str, bool, list[Fault]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            pass
        else:
            return text, "utf-16", True, [Fault("encoding", "the note is UTF-16, not UTF-8", 0, 0)]
    if b"\0" in data:
        return "", "binary", False, [Fault("binary", f"a NUL byte at offset {data.index(0)}: this is no text", 0, 0)]
    # cp1252 leaves five bytes undefined; surrogateescape-like replacement keeps the length, so spans stay true.
    text = data.decode("cp1252", "replace")
    byte = data[error.start]
    message = f"byte 0x{byte:02x} at offset {error.start} is not UTF-8; read as cp1252"
    return text, "cp1252", False, [Fault("encoding", message, error.start, error.start + 1)]


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
    match = _FRONT.match(text)
    if match is None:
        if re.match(r"---[ \t]*\r?\n[A-Za-z_][\w-]*:", text):
            faults.append(Fault("front-matter", "the front matter is not closed by a line of ---", 0, 3))
        return {}, 0
    block = match[1]
    plain: dict[str, str] = {}
    for line in block.split("\n"):
        found = _PLAIN.fullmatch(line)
        if found is None or found[1] in plain:
            break
        plain[found[1]] = found[2]
    else:
        return plain, match.end()
    if len(block) > MAX_FRONT_MATTER:
        faults.append(Fault("front-matter", f"front matter of {len(block):,} characters is not read", 0, 3))
        return {}, match.end()
    return _yaml(text[: match.end()], block, match.start(1), faults), match.end()


def _yaml(front: str, block: str, start: int, faults: list[Fault]) -> dict[str, str]:
    """Load by python-frontmatter, every scalar as the text that was written."""
    import frontmatter
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    class Verbatim(YAMLHandler):
        def load(self, fm: str, **kwargs: Any) -> Any:
            kwargs["Loader"] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
            return yaml.load(fm, **kwargs)

    try:
        values, _ = frontmatter.parse(front.replace("\r\n", "\n"), handler=Verbatim())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        index = mark.index if mark is not None and mark.index else 0
        at = min(start + index, start + len(block))
        faults.append(Fault("front-matter", f"the front matter is not YAML: {error.problem or error}", at, at))
        return {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        faults.append(
            Fault("front-matter", f"the front matter is not YAML: {str(error).splitlines()[0]}", start, start)
        )
        return {}
    if not isinstance(values, dict):
        faults.append(Fault("front-matter", "the front matter is not a mapping of keys to values", start, start))
        return {}
    keys = [found[1] for found in _KEY.finditer(block)]
    for key in keys:
        if keys.count(key) > 1:
            at = start + block.rindex(f"\n{key}") + 1 if f"\n{key}" in block else start
            faults.append(Fault("front-matter", f"the key {key!r} stands twice in the front matter", at, at + len(key)))
            break
    return {str(key): _written(value) for key, value in values.items()}


def _written(value: object) -> str:
    """Give a value as text; a list of scalars one a line, anything deeper as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(item for item in value[:100] if isinstance(item, str))
    return ""
