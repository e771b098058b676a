"""The command line: the one module that knows rules and renderers."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from .. import reports
from ..rules import RULES
from . import config as configuration
from .backends.memory import Memory
from .discover import discover
from .judge import Judged, at_least, baseline, judge
from .model import Failure, Rule, Severity
from .vault import load

EXIT_FINDINGS, EXIT_USAGE, EXIT_FAILURE = 1, 2, 3


class Run:
    """One run over a vault: what the options ask for, carried out."""

    def __init__(self, paths: Sequence[str], config_file: str | None) -> None:
        self.project = configuration.load(Path(config_file)) if config_file else configuration.find(Path.cwd())
        self.config = self.project.config
        self.folder = self.project.folder
        configuration.check_rules(self.config, {rule.ID for rule in RULES})
        roots = [Path(path) for path in paths] or [self.folder / root for root in self.config.roots] or [self.folder]
        for root in roots:
            if not root.exists():
                raise configuration.ConfigError(f"{root}: no such file or folder")
        self.roots = roots
        self.rules = rules_in_use(self.config)
        self.started = time.perf_counter()

    def check(self) -> Memory:
        failures: list[Failure] = []
        paths = discover(self.folder, self.roots, self.config.extensions, self.config.exclude, failures)
        self.memory = Memory(self.rules, frozenset(self.config.vocabulary))
        outcome = self.memory.run(load(self.folder, paths, self.config.source_keys, failures))
        self.outcome = type(outcome)(
            outcome.findings,
            tuple(sorted([*outcome.failures, *failures])),
            outcome.notes,
            outcome.sources,
            outcome.sharings,
            outcome.notices,
        )
        return self.memory

    def judged(self, known: frozenset[str], focus: set[str] | None) -> list[Judged]:
        defaults = {rule.ID: rule.SEVERITY for rule in RULES}
        return judge(self.outcome.findings, defaults, self.config, baseline=known, focus=focus)

    def material(self, judged: list[Judged], **more: Any) -> reports.Material:
        return reports.Material(
            judged=judged,
            outcome=self.outcome,
            rules={rule.ID: rule for rule in RULES},
            groups=self.memory.group,
            lines=self.line,
            version=version(),
            seconds=time.perf_counter() - self.started,
            **more,
        )

    def line(self, path: str, line: int) -> str | None:
        try:
            lines = (self.folder / path).read_text(encoding="utf-8-sig", errors="replace").split("\n")
        except OSError:
            return None
        return lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else None


def rules_in_use(config: configuration.Config) -> list[Rule]:
    """Give the rules that can say anything under this configuration."""

    def off(rule: Rule) -> bool:
        family = rule.ID.partition("-")[0]
        setting: Severity = config.severity.get(rule.ID, config.severity.get(family, rule.SEVERITY))
        overridden = any({rule.ID, family} & override.severity.keys() for override in config.overrides)
        return setting == "off" and not overridden

    return [rule for rule in RULES if not off(rule)]


def version() -> str:
    """Give the version of the installed package, or "0" in a bare checkout."""
    try:
        return metadata.version("notelint")
    except metadata.PackageNotFoundError:
        return "0"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(), prog_name="notelint")
def main() -> None:
    """Check notes against each other: names, times, quotes, numbers and terms that contradict."""


@main.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "format_", type=click.Choice(reports.FORMATS), default="text", show_default=True)
@click.option("--config", "config_file", type=click.Path(dir_okay=False), help="Use this configuration file.")
@click.option("--baseline", "baseline_file", type=click.Path(dir_okay=False), help="Known conflicts do not count.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "off"]), help="Exit with 1 from here on.")
@click.option("-o", "--output", type=click.Path(), help="Write to this file instead of standard output.")
def check(
    paths: tuple[str, ...],
    format_: str,
    config_file: str | None,
    baseline_file: str | None,
    fail_on: Severity | None,
    output: str | None,
) -> None:
    """Check the notes under PATHS against each other."""
    try:
        run = Run(paths, config_file)
        chosen = baseline_file or (str(run.folder / run.config.baseline) if run.config.baseline else None)
        known = baseline.load(Path(chosen)) if chosen else frozenset()
    except configuration.ConfigError as error:
        raise click.UsageError(str(error)) from error
    run.check()
    judged = run.judged(known, None)
    text = "".join(reports.renderer(format_).render(run.material(judged)))
    if output:
        Path(output).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    for failure in run.outcome.failures:
        click.echo(f"failure: {failure.path}: {failure.message}", err=True)
    floor = fail_on or run.config.fail_on
    if run.outcome.failures:
        sys.exit(EXIT_FAILURE)
    if any(item.status == "new" and at_least(item.severity, floor) for item in judged):
        sys.exit(EXIT_FINDINGS)


if __name__ == "__main__":
    main(prog_name="notelint")
    os._exit(0)
