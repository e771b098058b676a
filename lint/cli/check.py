"""`notelint check`: the linter."""

from __future__ import annotations

import sys
from typing import IO

import click

from ... import reports
from ..focus import listed
from ..model import Scope, Severity
from . import options
from .run import Run

FULL = ("json", "html", "sarif")
"""Formats for machines and readers who filter: known and ruled conflicts are in them, marked."""


@click.command()
@click.option("--format", "format_", type=click.Choice(reports.FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, not to standard output.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "off"]), help="Exit with 1 from here on.")
@click.option("--scope", type=click.Choice(["note", "vault"]), help="note: only rules that need no other note.")
@click.option("--focus", type=click.Choice(["staged"]), help="Only findings in which a staged note takes part.")
@click.option("--since", metavar="REF", help="Only findings in which a note takes part that changed since REF.")
@click.option(
    "--files-from",
    type=click.File("rb"),
    metavar="FILE",
    help="Only findings with these notes: a list, NUL between; - reads standard input.",
)
@click.option("--known", is_flag=True, help="Show conflicts of the baseline and of rulings too.")
@options.baseline_file
@options.where
@options.loudness
def check(
    where: options.Where,
    format_: str,
    output: str | None,
    fail_on: Severity | None,
    scope: Scope | None,
    focus: str | None,
    since: str | None,
    files_from: IO[bytes] | None,
    known: bool,
    baseline_file: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check notes against each other.

    PATHS are folders whose notes are checked; without them, what the
    configuration calls the vault; without one, the git repository that this
    folder is in, or this folder. Every note is compared with every other that
    tells of the same source. A note of the configured vault that is named,
    staged or changed is a focus: the whole vault is compared, and findings are
    shown in which such a note takes part, that note first. With --scope note
    such notes alone are read, each by itself.
    """
    run = Run(where, focus=True)
    run.output = output
    run.aim_by_git(focus == "staged", since)
    if files_from is not None:
        named = listed(run.folder, files_from.read())
        lost = sorted(path for path in named if not (run.folder / path).exists())
        if lost and not quiet:
            more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
            options.notice(f"--files-from: no such file: {lost[0]}{more}")
        run.aim(named)
    if scope is not None:
        run.scope = scope
    fingerprints = run.known(baseline_file)
    run.check()
    judged = run.judged(fingerprints)
    shown = judged if known or format_ in FULL else [item for item in judged if item.status == "new"]
    address = run.from_top() if format_ in reports.FROM_TOP else str
    material = run.material(shown, address=address, colour=options.coloured(output), width=options.width())
    options.stream(reports.renderer(format_).render(material), output)
    run.tell(quiet=quiet)
    if verbose:
        from ...reports.words import counted  # of no use to a run that says nothing

        options.notice(f"configuration: {run.project.file or 'none (the defaults)'}")
        options.notice(f"{run.extent()} in {material.seconds:.2f} s")
        if len(shown) < len(judged):
            options.notice(
                f"{counted(len(judged) - len(shown), 'known or ruled conflict')} not shown (--known shows them)"
            )
    sys.exit(run.status(judged, fail_on))
