"""What a project sets: `[tool.notelint]` in pyproject.toml, or notelint.toml.

Unknown keys are errors that name the nearest known key.
"""

from __future__ import annotations

import fnmatch
import functools
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from .model import SEVERITIES, Severity, family_of
from .note.read import SOURCE_KEYS

FILE_NAME = "notelint.toml"

_COMMENT = re.compile(r"(?:^|\s)#.*")
"""What a line of a vocabulary file has besides; C# and F# are words."""


class ConfigError(Exception):
    """The configuration cannot be used; the message says where and why."""


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Severities for the notes that `paths` match."""

    paths: Annotated[
        tuple[str, ...], Meta(description="Globs, relative to the configuration; `*` goes through folders.")
    ]
    severity: Annotated[dict[str, Severity], Meta(description="The weight of a rule or family in these notes.")]


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """All settings of a vault; `docs/configuration.md` and the JSON schema are made from this."""

    roots: Annotated[
        tuple[str, ...],
        Meta(description="Folders whose notes are checked against each other; by default the folder of this file."),
    ] = ()
    exclude: Annotated[tuple[str, ...], Meta(description="Paths to leave out: globs, or folders.")] = ()
    extensions: Annotated[tuple[str, ...], Meta(description="How the names of notes end.")] = (
        ".md",
        ".markdown",
        ".txt",
    )
    source_keys: Annotated[
        tuple[str, ...],
        Meta(description="Front matter keys that say what a note is about (a video, an episode), strongest first."),
    ] = SOURCE_KEYS
    severity: Annotated[
        dict[str, Severity],
        Meta(description="The weight of a rule (`name-spelling`) or of a family of rules (`name`)."),
    ] = {}
    overrides: Annotated[
        tuple[Override, ...],
        Meta(description="Other weights for some notes; the last that matches counts, of several notes the heaviest."),
    ] = ()
    vocabulary: Annotated[
        tuple[str, ...], Meta(description="Spellings of names and terms that are right; findings suggest them.")
    ] = ()
    vocabulary_files: Annotated[
        tuple[str, ...],
        Meta(description="Files with more of them, one a line; `#` after a space, or first, begins a comment."),
    ] = ()
    baseline: Annotated[
        str | None, Meta(description="File of known conflicts, which do not count; `notelint baseline` writes it.")
    ] = None
    rulings: Annotated[
        str, Meta(description="File of what people decided about conflicts; `notelint decide` writes it.")
    ] = "notelint.rulings.toml"
    fail_on: Annotated[
        Severity, Meta(description="From which severity on `notelint check` exits with 1; `off`: never.")
    ] = "error"
    plugins: Annotated[
        tuple[str, ...], Meta(description="Installed Python modules that are rules too, such as `our_rules.shouting`.")
    ] = ()
    spacy_model: Annotated[
        str | None,
        Meta(description="An installed spaCy pipeline that tells names from other capitals, such as `en_core_web_sm`."),
    ] = None
    cache_dir: Annotated[
        str, Meta(description="Folder of the index that makes the next run fast; git need not see it.")
    ] = ".notelint_cache"


class Project(msgspec.Struct, frozen=True):
    """A configuration and the folder that it stands in; paths in it are relative to that folder."""

    folder: Path
    config: Config
    file: Path | None = None


def find(start: Path) -> Project:
    """Find the nearest configuration at or above `start`; without one, the defaults apply there.

    Raises ConfigError when the nearest one cannot be used.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        own = folder / FILE_NAME
        if own.is_file():
            return Project(folder, parse(_toml(own), own), own)
        shared = folder / "pyproject.toml"
        if shared.is_file():
            table = _ours(_toml(shared))
            if table is not None:
                return Project(folder, parse(table, shared), shared)
        if (folder / ".git").exists():
            return Project(folder, Config())
    return Project(start, Config())


def configured(folder: Path) -> bool:
    """Say whether pyproject.toml in a folder has settings of ours, be they right or not."""
    try:
        return _ours(_toml(folder / "pyproject.toml")) is not None
    except ConfigError:
        return False


def quoted(text: str) -> str:
    """Give a text as TOML writes it: as JSON does, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def load(file: Path) -> Project:
    """Load one file that was named; raises ConfigError."""
    table = _toml(file)
    if file.name == "pyproject.toml":
        table = _ours(table) or {}
    return Project(file.parent.resolve(), parse(table, file), file)  # a link's own folder, as `find` has it


def parse(table: Any, where: Path) -> Config:
    """Make a configuration of a TOML table; raises ConfigError."""
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: notelint's settings are a table, not {table!r}")
    _refuse_unknown(table, Config, where)
    for key, value in table.items():
        if _has_nul(value):
            raise ConfigError(f"{where}: {key}: no path or name has a NUL character")
    for override in table["overrides"] if isinstance(table.get("overrides"), list) else ():
        if isinstance(override, dict):
            _refuse_unknown(override, Override, where)
    try:
        return msgspec.convert(table, Config)
    except msgspec.ValidationError as error:
        # only severities are chosen from a few
        known = f"; known are {', '.join([*SEVERITIES, 'off'])}" if str(error).startswith("Invalid enum") else ""
        raise ConfigError(f"{where}: {error}{known}") from error


def vocabulary(project: Project) -> frozenset[str]:
    """Give the canonical spellings of a project: its list, and its files with one a line.

    Raises ConfigError when a file cannot be read.
    """
    words = set(project.config.vocabulary)
    for name in project.config.vocabulary_files:
        file = project.folder / name
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file}: cannot be read: {error}") from error
        words.update(_COMMENT.sub("", line).strip() for line in lines)
    return frozenset(words - {""})


def matches(path: str, globs: Iterable[str]) -> bool:
    """Say whether one of the configuration's globs means a path: `*` goes through folders, `**/` through none as well."""
    return any(fnmatch.fnmatchcase(path, plain) for glob in globs for plain in _plain(glob))


@functools.cache
def _plain(glob: str) -> tuple[str, ...]:
    """Give globs in which each `**/` is there or not, as it may be for no folder at all."""
    before, mark, behind = glob.partition("**/")
    if not mark:
        return (glob,)
    ways = (mark, "") if not before or before.endswith("/") else (mark,)
    return tuple(before + way + rest for rest in _plain(behind) for way in ways)


def check_pipeline(config: Config) -> None:
    """Refuse a spaCy pipeline that is not installed; raises ConfigError with the remedy."""
    if config.spacy_model is None:
        return
    folder: Path | None = Path(config.spacy_model)
    if not Path(config.spacy_model).is_dir():
        from importlib.util import find_spec

        try:
            spec = find_spec(config.spacy_model)
        except (ImportError, ValueError):
            spec = None
        folder = None if spec is None or spec.origin is None else Path(spec.origin).parent
    # as a folder or as a module, what is a pipeline says so in this file
    known = folder is not None and (folder / "meta.json").is_file()
    if not known:
        raise ConfigError(
            f"spacy-model: no pipeline {config.spacy_model!r} is installed; "
            f"`python -m spacy download {config.spacy_model}` would install it"
        )


def check_rules(config: Config, ids: set[str]) -> None:
    """Refuse severities for rules that do not exist; raises ConfigError."""
    families = set(map(family_of, ids))
    for key in [*config.severity, *(key for override in config.overrides for key in override.severity)]:
        if key not in ids and key not in families:
            raise ConfigError(f"unknown rule {key!r}{_nearest(key, ids | families)}")


def _refuse_unknown(table: dict[str, Any], struct: type[msgspec.Struct], where: Path) -> None:
    known = {field.encode_name for field in msgspec.structs.fields(struct)}
    for key in table:
        if key not in known:
            raise ConfigError(f"{where}: unknown key {key!r}{_nearest(key, known)}")


def _has_nul(value: Any) -> bool:
    """Say whether a text in a value of TOML has a character that no file system takes."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return isinstance(value, str) and "\0" in value


def _ours(pyproject: dict[str, Any]) -> Any:
    tool = pyproject.get("tool")
    return tool.get("notelint") if isinstance(tool, dict) else None


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {error}") from error


def _nearest(key: str, known: set[str]) -> str:
    import difflib

    close = difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(sorted(known))}"


__all__ = [
    "SEVERITIES",
    "Config",
    "ConfigError",
    "Override",
    "Project",
    "check_rules",
    "find",
    "load",
    "matches",
    "parse",
    "vocabulary",
]
