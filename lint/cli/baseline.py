"""`notelint baseline`: the file of conflicts that are known and stand."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from ...reports.words import counted
from ..judge import baseline as known_conflicts
from . import options
from .run import Run

DEFAULT_FILE = "notelint.baseline.json"


@click.command()
@click.argument("action", type=click.Choice(["write", "update", "prune"]), default="write")
@options.baseline_file
@options.where
@options.loudness
def baseline(
    action: Literal["write", "update", "prune"],
    where: options.Where,
    baseline_file: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write, update or prune the file of known conflicts.

    write makes a new file of all that is found now; update makes an old one
    say what is found now; prune only takes out what is no longer found, so
    that a settled conflict that comes back is new. A baseline holds
    fingerprints without lines, and without paths but for notes on no source:
    notes may be moved and edited.
    """
    run = Run(where)
    file = Path(baseline_file) if baseline_file else run.folder / (run.config.baseline or DEFAULT_FILE)
    if action == "write" and file.exists():
        raise options.Refused(f"{file}: there is one already; `notelint baseline update` brings it up to date")
    before = frozenset() if action == "write" else run.known(str(file))
    run.check()
    found = [item for item in run.judged() if item.status != "ruled"]
    now = {item.fingerprint for item in found}
    if action == "prune":
        found = [item for item in found if item.fingerprint in before]
    run.tell(quiet=quiet)
    if run.outcome.failures:
        raise options.Refused("no baseline is made of a run with failures")
    options.write(known_conflicts.dump(found).decode(), str(file))
    if not quiet:
        added = len(now - before) if action != "prune" else 0
        options.notice(f"{file}: {counted(len({item.fingerprint for item in found}), 'known conflict')}")
        if action != "write":
            options.notice(f"{added} added, {len(before - now)} gone")
        if run.config.baseline is None and baseline_file is None:
            options.notice(f'put `baseline = "{file.name}"` into the configuration to use it in every run')
    if verbose:
        for item in sorted(found, key=lambda item: item.finding.message):
            options.notice(f"{item.fingerprint} {item.head.rule}: {item.finding.message}")
