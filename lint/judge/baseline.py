"""The baseline: conflicts that are known and stand, by fingerprint, without lines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from ..config import ConfigError
from . import Judged

VERSION = 1


class Entry(msgspec.Struct, frozen=True):
    """One known conflict; all but the fingerprint is for people who read the file."""

    fingerprint: str
    rule: str
    message: str


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file's content."""

    version: int
    conflicts: tuple[Entry, ...]


def load(file: Path) -> frozenset[str]:
    """Give the fingerprints in a baseline file; raises ConfigError when there is none or it cannot be read."""
    try:
        known = msgspec.json.decode(file.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=Baseline)
    except OSError as error:
        raise ConfigError(f"{file}: no baseline: {error.strerror or error}") from error
    except msgspec.DecodeError as error:
        raise ConfigError(f"{file}: not a baseline: {error}") from error
    if known.version != VERSION:
        raise ConfigError(f"{file}: a baseline of version {known.version}; this notelint reads version {VERSION}")
    return frozenset(entry.fingerprint for entry in known.conflicts)


def dump(judged: Iterable[Judged]) -> bytes:
    """Give the file for these findings, sorted, so that two runs differ only where conflicts do."""
    entries = {item.fingerprint: Entry(item.fingerprint, item.head.rule, item.finding.message) for item in judged}
    ordered = sorted(entries.values(), key=lambda entry: (entry.rule, entry.message, entry.fingerprint))
    return msgspec.json.format(msgspec.json.encode(Baseline(VERSION, tuple(ordered))), indent=1) + b"\n"
