"""Rulings: what people decided about conflicts, kept in a file beside the configuration.

"Both right" settles a finding: it no longer counts. A canonical value leaves
the finding standing until the notes agree, but says what they should agree
on; it is also a canonical spelling for every rule that reads the vocabulary.
A ruling names a conflict by its fingerprint, which holds the competing values:
a new value in the conflict is a new conflict, and the ruling does not cover it.
"""

from __future__ import annotations

import contextlib
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from ..config import ConfigError, quoted
from ..engine import Findings, Head
from ..model import Finding

VERSION = 1


class Ruling(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One decision: a canonical value or, without one, "both are right"; the reason is for the next person."""

    fingerprint: str
    rule: str
    reason: str
    canonical: str | None = None
    both_right: bool = False
    key: str = ""
    message: str = ""
    by: str = ""
    date: str = ""


class Rulings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file's content."""

    version: int = VERSION
    ruling: tuple[Ruling, ...] = ()


def load(file: Path) -> tuple[Ruling, ...]:
    """Give the rulings of a file, none where there is no file; raises ConfigError when it cannot be used."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    try:
        found = msgspec.convert(table, Rulings)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{file}: {error}") from error
    if found.version != VERSION:
        raise ConfigError(f"{file}: rulings of version {found.version}; this notelint reads version {VERSION}")
    for ruling in found.ruling:
        if (ruling.canonical is None) != ruling.both_right:
            raise ConfigError(
                f"{file}: {ruling.fingerprint}: a ruling has either a canonical value or both-right = true"
            )
    return found.ruling


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Wait until no other process changes a file of rulings, and keep them waiting, where the system has such locks.

    The folder is locked: the file is replaced whenever it is written, and a file beside it would be left behind.
    """
    try:
        import fcntl

        folder = os.open(file.resolve().parent, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with contextlib.suppress(OSError):  # not every file system has locks
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def dump(rulings: Iterable[Ruling]) -> str:
    """Give the file for these rulings, sorted, so that two people's rulings merge."""
    lines = [
        "# What people decided about conflicts; written by `notelint decide`, read by every run.",
        f"version = {VERSION}",
    ]
    for ruling in sorted(rulings, key=lambda ruling: (ruling.rule, ruling.key, ruling.fingerprint)):
        lines += ["", "[[ruling]]"]
        for field in msgspec.structs.fields(Ruling):
            value = getattr(ruling, field.name)
            if isinstance(value, bool):
                if value:
                    lines.append(f"{field.encode_name} = true")
            elif value:
                lines.append(f"{field.encode_name} = {quoted(value)}")
    return "\n".join(lines) + "\n"


def settled(rulings: Iterable[Ruling]) -> frozenset[str]:
    """Give the fingerprints of conflicts in which both sides are right."""
    return frozenset(ruling.fingerprint for ruling in rulings if ruling.both_right)


def vocabulary(rulings: Iterable[Ruling]) -> frozenset[str]:
    """Give the canonical spellings of names that were ruled."""
    return frozenset(
        ruling.canonical for ruling in rulings if ruling.canonical is not None and ruling.rule.startswith("name-")
    )


def applied(findings: Findings, rulings: Iterable[Ruling]) -> Findings:
    """Give the findings, those with a canonical ruling with its value as their suggestion."""
    canonical = {ruling.fingerprint: ruling for ruling in rulings if ruling.canonical is not None}
    return _Ruled(findings, canonical) if canonical else findings


class _Ruled(Findings):
    """Findings that are read as late as those beneath, and said as they were ruled; no head changes."""

    def __init__(self, findings: Findings, canonical: Mapping[str, Ruling]) -> None:
        self.findings = findings
        self.canonical = canonical
        self.heads = findings.heads

    def only(self, keep: Callable[[Head], bool]) -> _Ruled:
        """Give those whose heads are wanted."""
        return _Ruled(self.findings.only(keep), self.canonical)

    def at(self, index: int) -> Finding:
        """Give one of them as it was ruled; raises IndexError past the last."""
        found, ruling = self.findings[index], self.canonical.get(self.heads[index].fingerprint)
        return found if ruling is None else _with(found, ruling)


def _with(found: Finding, ruling: Ruling) -> Finding:
    said = f'ruled: "{ruling.canonical}"' + (f" ({ruling.reason})" if ruling.reason else "")
    # A fix was made for the rule's own suggestion; it stands only when the ruling agrees.
    fix = found.fix if found.suggestion == ruling.canonical else None
    return msgspec.structs.replace(
        found, suggestion=ruling.canonical, evidence=(said, *found.evidence), confidence=1.0, fix=fix
    )
