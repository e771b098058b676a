"""`notelint stats`: what is found, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import click
import msgspec

from ...reports.words import counted, visible
from ..judge import Judged
from ..model import SEVERITIES
from . import options
from .run import Run

WORST = 10
"""Sources and notes that the text lists; JSON has them all."""


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.baseline_file
@options.where
@options.loudness
def stats(
    where: options.Where,
    format_: str,
    baseline_file: str | None,
    quiet: bool,
    verbose: bool,  # noqa: ARG001 - every command takes it
) -> None:
    """Count findings by rule, severity and source."""
    run = Run(where)
    known = run.known(baseline_file)
    run.check()
    judged = run.judged(known)
    run.tell(quiet=quiet)
    by_source = Counter(item.head.key for item in judged)
    by_note = Counter(path for item in judged for path in {label.span.path for label in item.finding.labels})
    rules, sources, notes = _by_rule(judged, run.catalogue), _ranked(by_source), _ranked(by_note)
    if format_ == "json":
        table = {
            "notes": run.outcome.notes,
            "sources": run.outcome.sources,
            "status": dict(sorted(Counter(item.status for item in judged).items())),
            "rules": rules,
            "by_source": dict(sources),
            "by_note": dict(notes),
        }
        options.write(msgspec.json.format(msgspec.json.encode(table), indent=2).decode() + "\n", None)
    else:
        lines = [f"{run.extent()}, {counted(len(judged), 'finding')}", ""]
        lines.append(f"{'rule':<24}" + "".join(f"{severity:>9}" for severity in SEVERITIES))
        for rule, counts in rules.items():
            if any(counts.values()):
                lines.append(f"{rule:<24}" + "".join(f"{counts[severity]:>9}" for severity in SEVERITIES))
        for title, ranked in (("source", sources), ("note", notes)):
            if ranked:
                lines += ["", f"{'findings':>8}  {title}"]
                lines += [f"{count:>8}  {name}" for name, count in ranked[:WORST]]
        options.write("".join(f"{visible(line)}\n" for line in lines), None)
    raise SystemExit(run.status(()))


def _by_rule(judged: list[Judged], rules: Iterable[str]) -> dict[str, dict[str, int]]:
    tally = Counter((item.head.rule, item.severity) for item in judged)
    return {rule: {severity: tally[rule, severity] for severity in SEVERITIES} for rule in rules}


def _ranked(tally: Counter[str]) -> list[tuple[str, int]]:
    return sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
