"""`notelint fix`: apply the edits that findings offer."""

from __future__ import annotations

import sys
from collections import Counter

import click

from ...reports.words import counted, visible
from .. import fix as fixes
from ..model import family_of
from . import EXIT_FAILURE, EXIT_FINDINGS, options
from .run import Run


@click.command()
@click.option("--diff", is_flag=True, help="Print what would change and write nothing; exit with 1 if anything would.")
@click.option("--unsafe", is_flag=True, help="Apply fixes too that a reader could want otherwise.")
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="RULE",
    shell_complete=options.rule_ids,
    help="Only fixes of this rule or family; repeatable.",
)
@options.where
@options.loudness
def fix(
    where: options.Where,
    diff: bool,
    unsafe: bool,
    rules: tuple[str, ...],
    quiet: bool,
    verbose: bool,
) -> None:
    """Apply the fixes of findings.

    Only fixes that no reader could want otherwise are applied, unless --unsafe
    is given, and where PATHS are notes of the configured vault, only those that
    change no other note. A fix is applied whole or not at all; where two meet,
    safe ones go first, then those of earlier findings, and the other waits for
    the next run. Notes are replaced atomically, and nothing in them changes
    beside the edits.
    """
    run = Run(where, focus=True)
    for rule in rules:
        if rule not in run.catalogue and rule not in map(family_of, run.catalogue):
            raise options.Refused(f"unknown rule {rule!r}")
    run.check()
    wanted = [
        item.finding
        for item in run.judged()
        if item.status != "ruled" and (not rules or item.head.rule in rules or item.head.family in rules)
    ]
    made = fixes.plan(run.folder, wanted, unsafe=unsafe, within=run.focus)
    run.tell(quiet=quiet)
    if diff:
        for mended in made.mended:
            _show(mended)
    else:
        written = fixes.write(run.folder, made.mended, made.failures)
        if not quiet:
            done = sum(written.issuperset(edit.path for edit in found.fix.edits) for found in made.applied if found.fix)
            options.notice(f"{counted(done, 'finding')} fixed in {counted(len(written), 'note')}")
    _tell(made, quiet=quiet, verbose=verbose)
    if run.outcome.failures or made.failures:
        sys.exit(EXIT_FAILURE)
    if diff and made.mended:
        sys.exit(EXIT_FINDINGS)


def _show(mended: fixes.Mended) -> None:
    """Print a diff: to a terminal as text, to a file or a program as the bytes of the note."""
    # no diff has UTF-16 in it
    encoding = "cp1252" if mended.note.encoding == "cp1252" else "utf-8"
    for line in fixes.diff(mended):
        if sys.stdout.isatty():
            options.write(visible(line.removesuffix("\r")) + "\n", None)
        else:
            sys.stdout.buffer.write(line.encode(encoding) + b"\n")
    sys.stdout.buffer.flush()


def _tell(made: fixes.Plan, *, quiet: bool, verbose: bool) -> None:
    """Say what was not fixed, and why."""
    for failure in made.failures:
        options.notice(f"failure: {failure.path}: {failure.message}")
    why_not = Counter(why for _, why in made.skipped)
    if (held := why_not[fixes.UNSAFE]) and not quiet:
        options.notice(f"{counted(held, 'fix', 'fixes')} not safe; --unsafe applies them, --unsafe --diff shows them")
    if (held := why_not[fixes.BEYOND]) and not quiet:
        options.notice(f"{counted(held, 'fix', 'fixes')} left, for other notes would change; name them too, or none")
    if verbose:
        for finding, why in made.skipped:
            if why not in (fixes.UNSAFE, fixes.BEYOND):
                options.notice(f"not fixed: {finding.rule}: {finding.message}: {why}")
