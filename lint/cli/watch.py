"""`notelint watch`: check again whenever a note changes."""

from __future__ import annotations

import click

from ... import reports
from ...reports.words import counted
from ..discover import TRANSCRIPTS
from . import options
from .run import Run


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "concise"]), default="text", show_default=True)
@options.baseline_file
@options.where
@options.loudness
def watch(
    where: options.Where,
    format_: str,
    baseline_file: str | None,
    quiet: bool,
    verbose: bool,  # noqa: ARG001 - every command takes it
) -> None:
    """Check again whenever a note changes.

    Needs the package watchfiles: pip install 'notelint[watch]'. Ctrl-C ends it.
    """
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise options.Refused("watch needs watchfiles: pip install 'notelint[watch]'") from None
    run = Run(where)
    shown = once(run, format_, baseline_file, quiet=quiet)
    for changed in changes(*run.roots, debounce=400):
        if any(name.endswith((*run.config.extensions, *TRANSCRIPTS, ".toml", ".json")) for _, name in changed):
            run.close()
            try:
                run = Run(where)
                shown = once(run, format_, baseline_file, quiet=quiet, before=shown)
            except options.Refused as refusal:
                refusal.show()  # who writes a configuration saves it half written


def once(run: Run, format_: str, baseline_file: str | None, *, quiet: bool, before: str | None = None) -> str:
    """Check once, and show the report if it is another than `before`: one that goes to a file in the vault is a change too."""
    run.check()
    judged = [item for item in run.judged(run.known(baseline_file)) if item.status == "new"]
    material = run.material(judged, colour=options.coloured(), width=options.width())
    text = "".join(reports.renderer(format_).render(material))
    if text != before:
        if options.coloured():
            click.clear()
        options.write(text, None)
        run.tell(quiet=quiet)
        if not quiet:
            found = f"{counted(len(judged), 'finding')} in {counted(run.outcome.notes, 'note')}"
            options.notice(f"{found}, {material.seconds:.2f} s; watching")
    return text
