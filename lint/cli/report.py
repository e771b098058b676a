"""`notelint report`: the page that people send to each other."""

from __future__ import annotations

import click

from ... import reports
from . import options
from .run import Run


@click.command()
@options.paths
@click.option("-o", "--output", default="report.html", show_default=True, metavar="FILE", help="Where to write it.")
@click.option("--title", default="", help="The page's heading.")
@click.option("--open", "open_", is_flag=True, help="Open it in a browser when it is written.")
@options.baseline_file
@options.config_file
@options.loudness
def report(
    paths: tuple[str, ...],
    output: str,
    title: str,
    open_: bool,
    baseline_file: str | None,
    config_file: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write the HTML report.

    Findings do not change the exit status: a report is there to be read.
    """
    run = Run(paths, config_file)
    known = run.known(baseline_file)
    run.check()
    material = run.material(run.judged(known), title=title)
    options.write("".join(reports.renderer("html").render(material)), output)
    run.tell(quiet=quiet)
    if not quiet:
        options.notice(f"{len(material.judged)} findings in {run.outcome.notes} notes: {output}")
    if verbose:
        options.notice(f"{material.seconds:.2f} s")
    if open_:
        click.launch(output)
    raise SystemExit(run.status(()))
