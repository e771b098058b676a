"""`notelint watch`: check again whenever a note changes."""

from __future__ import annotations

from pathlib import Path

import click

from ... import reports
from ...reports.words import counted
from ..config import FILE_NAME
from ..discover import TRANSCRIPTS
from . import options
from .run import Run

LOOK = 1000
"""Milliseconds after which configuration, baseline, rulings and vocabulary are looked at again."""


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
    roots: list[Path] = []
    while roots != run.roots:  # which the configuration may change
        roots, state = run.roots, _state(run, baseline_file)
        for changed in changes(*roots, debounce=400, rust_timeout=LOOK, yield_on_timeout=True):
            before, state = state, _state(run, baseline_file)
            if state != before or any(name.endswith((*run.config.extensions, *TRANSCRIPTS)) for _, name in changed):
                run.close()
                try:
                    run = Run(where)
                    shown = once(run, format_, baseline_file, quiet=quiet, before=shown)
                except options.Refused as refusal:
                    refusal.show()  # who writes a configuration saves it half written
                if run.roots != roots:
                    break


def _state(run: Run, baseline_file: str | None) -> list[tuple[int, int] | None]:
    """Give what changes with the files that decide what is said of notes; they may lie anywhere, or be made any time."""
    config = run.config
    names = (FILE_NAME, "pyproject.toml", config.rulings, config.baseline, *config.vocabulary_files)
    files = [run.folder / name for name in names if name is not None]
    named = [Path(file) for file in (run.project.file, baseline_file) if file is not None]
    return [_stamp(file) for file in (*files, *named)]


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


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
