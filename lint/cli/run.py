"""One run over a vault: what configuration and options ask for, carried out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from ... import reports
from ...rules import RULES
from .. import __version__
from .. import config as configuration
from ..backends.memory import Memory
from ..config import ConfigError
from ..discover import discover
from ..judge import Judged, at_least, baseline, judge, rulings
from ..model import Failure, Note, Rule, Severity
from ..vault import load
from . import EXIT_CLEAN, EXIT_FAILURE, EXIT_FINDINGS
from .options import Refused, notice


class Run:
    """A vault with its configuration; `check` fills in `outcome`, from which the rest is told.

    Raises Refused, which ends the program with status 2, when configuration,
    baseline, rulings or a root cannot be used.
    """

    def __init__(self, paths: Sequence[str] = (), config_file: str | None = None) -> None:
        self.started = time.perf_counter()
        try:
            self.project = configuration.load(Path(config_file)) if config_file else configuration.find(Path.cwd())
            self.config = self.project.config
            self.folder = self.project.folder
            configuration.check_rules(self.config, {rule.ID for rule in RULES})
            self.rulings = rulings.load(self.folder / self.config.rulings)
            self.vocabulary = configuration.vocabulary(self.project) | rulings.vocabulary(self.rulings)
        except ConfigError as error:
            raise Refused(str(error)) from error
        roots = [Path(path) for path in paths] or [self.folder / root for root in self.config.roots] or [self.folder]
        for root in roots:
            if not root.exists():
                raise Refused(f"{root}: no such file or folder")
        self.roots = roots
        self.rules = rules_in_use(self.config)

    def check(self) -> Memory:
        """Read the vault and find what there is to find."""
        failures: list[Failure] = []
        paths = discover(self.folder, self.roots, self.config.extensions, self.config.exclude, failures)
        notes = load(self.folder, paths, self.config.source_keys, failures)
        self.memory = Memory(self.rules, self.vocabulary)
        outcome = self.memory.run(progress(notes, len(paths)))
        self.outcome = msgspec.structs.replace(
            outcome,
            findings=rulings.applied(outcome.findings, self.rulings),
            failures=tuple(sorted([*outcome.failures, *failures])),
        )
        return self.memory

    def known(self, file: str | None) -> frozenset[str]:
        """Give the fingerprints of the baseline that an option or the configuration names."""
        chosen = Path(file) if file else self.folder / self.config.baseline if self.config.baseline else None
        try:
            return baseline.load(chosen) if chosen else frozenset()
        except ConfigError as error:
            raise Refused(str(error)) from error

    def judged(self, known: frozenset[str] = frozenset(), focus: set[str] | None = None) -> list[Judged]:
        """Judge what was found."""
        defaults = {rule.ID: rule.SEVERITY for rule in RULES}
        settled = rulings.settled(self.rulings)
        return judge(self.outcome.findings, defaults, self.config, baseline=known, settled=settled, focus=focus)

    def material(self, judged: list[Judged], **more: Any) -> reports.Material:
        """Give what a renderer reads."""
        return reports.Material(
            judged=judged,
            outcome=self.outcome,
            rules={rule.ID: rule for rule in RULES},
            groups=self.memory.group,
            lines=self.line,
            version=__version__,
            seconds=time.perf_counter() - self.started,
            **more,
        )

    def line(self, path: str, line: int) -> str | None:
        """Give one line of a note, or None when it cannot be read."""
        try:
            lines = (self.folder / path).read_text(encoding="utf-8-sig", errors="replace").split("\n")
        except OSError:
            return None
        return lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else None

    def tell(self, *, quiet: bool = False) -> None:
        """Say on standard error what went wrong and, unless quiet, what the reader should know."""
        for failure in self.outcome.failures:
            notice(f"failure: {failure.path}: {failure.message}" if failure.path else f"failure: {failure.message}")
        if quiet:
            return
        for text in self.outcome.notices:
            notice(text)
        if not self.outcome.notes and not self.outcome.failures:
            under = ", ".join(str(root) for root in self.roots)
            notice(f"nothing was checked: no {' '.join(self.config.extensions)} under {under}")

    def status(self, judged: Sequence[Judged], fail_on: Severity | None = None) -> int:
        """Give the exit status for these findings."""
        if self.outcome.failures:
            return EXIT_FAILURE
        floor = fail_on or self.config.fail_on
        new = any(item.status == "new" and at_least(item.severity, floor) for item in judged)
        return EXIT_FINDINGS if new else EXIT_CLEAN


def rules_in_use(config: configuration.Config) -> list[Rule]:
    """Give the rules that can say anything under this configuration."""

    def off(rule: Rule) -> bool:
        family = rule.ID.partition("-")[0]
        setting: Severity = config.severity.get(rule.ID, config.severity.get(family, rule.SEVERITY))
        overridden = any({rule.ID, family} & override.severity.keys() for override in config.overrides)
        return setting == "off" and not overridden

    return [rule for rule in RULES if not off(rule)]


PATIENCE = 1.0
"""Seconds without a sign of life that nobody minds; only what takes longer gets a progress bar."""


def progress(notes: Iterator[Note], total: int, clock: Callable[[], float] = time.perf_counter) -> Iterator[Note]:
    """Pass notes on, and draw a bar on a terminal's standard error once it takes long."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" or click.get_current_context(silent=True) is None:
        yield from notes
        return
    next_sign, drawn = clock() + PATIENCE, False
    for done, note in enumerate(notes, 1):
        yield note
        if clock() >= next_sign:
            filled = 30 * done // max(total, 1)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done} of {total} notes ")
            sys.stderr.flush()
            next_sign, drawn = clock() + 0.1, True
    if drawn:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
