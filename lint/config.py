"""What a project sets: `[tool.notelint]` in pyproject.toml, or notelint.toml.

Unknown keys are errors that name the nearest known key.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from .model import SEVERITIES, Severity
from .note.read import SOURCE_KEYS

FILE_NAME = "notelint.toml"


class ConfigError(Exception):
    """The configuration cannot be used; the message says where and why."""


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Severities for the notes that `paths` (globs, relative to the configuration) match."""

    paths: tuple[str, ...]
    severity: dict[str, Severity]


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """All settings; see docs/configuration.md.

    `severity` maps rule ids or families to a severity. `vocabulary` holds
    canonical spellings, `vocabulary-files` files with one a line.
    """

    roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    extensions: tuple[str, ...] = (".md", ".markdown", ".txt")
    source_keys: tuple[str, ...] = SOURCE_KEYS
    severity: dict[str, Severity] = {}
    overrides: tuple[Override, ...] = ()
    vocabulary: tuple[str, ...] = ()
    vocabulary_files: tuple[str, ...] = ()
    baseline: str | None = None
    rulings: str = "notelint.rulings.toml"
    fail_on: Severity = "error"
    spacy_model: str | None = None
    cache_dir: str = ".notelint_cache"


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
            table = _toml(shared).get("tool", {}).get("notelint")
            if table is not None:
                return Project(folder, parse(table, shared), shared)
        if (folder / ".git").exists():
            return Project(folder, Config())
    return Project(start, Config())


def load(file: Path) -> Project:
    """Load one file that was named; raises ConfigError."""
    table = _toml(file)
    if file.name == "pyproject.toml":
        table = table.get("tool", {}).get("notelint", {})
    return Project(file.resolve().parent, parse(table, file), file)


def parse(table: dict[str, Any], where: Path) -> Config:
    """Make a configuration of a TOML table; raises ConfigError."""
    known = {field.encode_name for field in msgspec.structs.fields(Config)}
    for key in table:
        if key not in known:
            raise ConfigError(f"{where}: unknown key {key!r}{_nearest(key, known)}")
    try:
        return msgspec.convert(table, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}") from error


def vocabulary(project: Project) -> frozenset[str]:
    """Give the canonical spellings of a project: its list, and its files with one a line (# begins a comment).

    Raises ConfigError when a file cannot be read.
    """
    words = set(project.config.vocabulary)
    for name in project.config.vocabulary_files:
        file = project.folder / name
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file}: cannot be read: {error}") from error
        words.update(line.partition("#")[0].strip() for line in lines)
    return frozenset(words - {""})


def check_rules(config: Config, ids: set[str]) -> None:
    """Refuse severities for rules that do not exist; raises ConfigError."""
    families = {rule.partition("-")[0] for rule in ids}
    for key in [*config.severity, *(key for override in config.overrides for key in override.severity)]:
        if key not in ids and key not in families:
            raise ConfigError(f"unknown rule {key!r}{_nearest(key, ids | families)}")


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
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
    "parse",
    "vocabulary",
]
