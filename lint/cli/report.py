"""`notelint report`: the page that people send to each other."""

from __future__ import annotations

import os
import time
from urllib.parse import quote

import click

from ...reports import html
from ...reports.words import counted
from ..publish import Target, publish, target
from . import options
from .run import Run


@click.command()
@click.option(
    "-o",
    "--output",
    default="report.html",
    show_default=True,
    metavar="FILE|DIR",
    help="Where to write it. What is too much for one page goes into a folder beside FILE, or all of it into DIR.",
)
@click.option("--title", default="", help="The page's heading.")
@click.option(
    "--link",
    default="",
    envvar="NOTELINT_LINK",
    metavar="TEMPLATE",
    help="How to link a place: an address with {path}, {line} and {column}; by default the note's file.",
)
@click.option("--open", "open_", is_flag=True, help="Open it in a browser when it is written.")
@options.baseline_file
@options.where
@options.loudness
def report(
    where: options.Where,
    output: str,
    title: str,
    link: str,
    open_: bool,
    baseline_file: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write the HTML report.

    One page that holds all, or a folder of pages where that would be too
    much. They need no server and no network. Findings do not change the exit
    status: a report is there to be read.
    """
    if output == "-":
        raise options.Refused("a report is a file or a folder; `notelint check --format html` prints one page")
    run = Run(where)
    known = run.known(baseline_file)
    run.check()
    to = target(output)
    given = {"link": link or _beside(run, to), "baseline": "yes" if known else ""}
    material = run.material(run.judged(known), title=title, options=given)
    started = time.perf_counter()
    try:
        done = publish(html.pages(material, to.index, to.folder), to)
    except OSError as error:
        raise options.Refused(f"{output}: cannot be written: {error.strerror or error}") from error
    run.tell(quiet=quiet)
    if not quiet:
        several = f" and {counted(done.pages - 1, 'more page')}" if done.pages > 1 else ""
        found = f"{counted(len(material.judged), 'finding')} in {counted(run.outcome.notes, 'note')}"
        options.notice(f"{found}: {done.index}{several}")
    if verbose:
        options.notice(f"{material.seconds:.2f} s to check, {time.perf_counter() - started:.2f} s to write")
        options.notice(f"{done.size:,} bytes, the largest page {done.largest:,}")
    if open_:
        click.launch(done.index.resolve().as_uri())
    raise SystemExit(run.status(()))


def _beside(run: Run, to: Target) -> str:
    """Give the template that leads from the report to the notes on this disk; "" where there is no way between the two."""
    try:
        way = os.path.relpath(run.folder, to.base)
    except ValueError:  # another drive
        return ""
    # a folder's name may have what means something in an address, or in a template
    return "./" + quote(os.fsencode(way.replace(os.sep, "/").rstrip("/"))) + "/{path}#L{line}"
