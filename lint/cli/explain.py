"""`notelint explain`: a rule by its id, or one finding by its fingerprint."""

from __future__ import annotations

import re

import click

from ... import reports
from ...reports.words import visible
from ..judge import Judged
from . import options
from .pages import page, rule_named
from .plugins import Rules
from .run import Run

FINGERPRINT = re.compile(r"[0-9a-f]{4,16}", re.IGNORECASE)
"""A fingerprint, or enough of its beginning."""


@click.command()
@click.argument("what", metavar="RULE|FINGERPRINT", shell_complete=options.rule_ids)
@options.where
def explain(what: str, where: options.Where) -> None:
    """Explain a rule, or a finding by its fingerprint.

    A fingerprint may be shortened to its first four digits or more. The
    finding is shown with all its places, its evidence, who holds which value,
    how to accept it, and its rule's page.
    """
    if not FINGERPRINT.fullmatch(what):
        options.write(page(rule_named(what, Rules(options.project(where.config_file).config))), None)
        return
    run = Run(where)
    known = run.known(None)
    run.check()
    run.tell(quiet=True)
    item = the_one(run.judged(known), what)
    material = run.material([item], colour=options.coloured(), width=options.width())
    text = "".join(reports.renderer("text").render(material))
    options.write(text + "\n" + "".join(f"{visible(line)}\n" for line in details(item)), None)
    options.write("\n" + page(rule_named(item.head.rule, run.rules)), None)
    raise SystemExit(run.status(()))


def the_one(judged: list[Judged], fingerprint: str) -> Judged:
    """Give the finding whose fingerprint begins so; raises Refused when there is none or there are several."""
    fingerprint = fingerprint.lower()
    found = {item.fingerprint: item for item in judged if item.fingerprint.startswith(fingerprint)}
    if not found:
        raise options.Refused(f"no finding {fingerprint}; it may be settled, or in another vault")
    if len(found) > 1:
        several = ", ".join(sorted(found))
        raise options.Refused(f"{fingerprint} is the beginning of {len(found)} fingerprints: {several}")
    return next(iter(found.values()))


def details(item: Judged) -> list[str]:
    """Give what the text report leaves out of one finding, line by line."""
    found = item.finding
    lines = [
        f"fingerprint: {found.fingerprint} (rule, source or note, and competing values: no line)",
        f"source:      {found.key}",
        f"severity:    {item.severity}" + ("" if item.status == "new" else f" ({item.status})"),
        f"confidence:  {found.confidence:.2f}",
    ]
    for vote in found.ballot:
        why = f" ({', '.join(vote.why)})" if vote.why else ""
        lines.append(f'value:       "{vote.value}" in {vote.notes} {"note" if vote.notes == 1 else "notes"}{why}')
    lines += [f"evidence:    {text}" for text in found.evidence]
    lines += [
        f"to accept:   notelint decide {found.fingerprint[:8]} --both-right --reason WHY",
        f"or, in a note: <!-- notelint: allow {found.rule} -- WHY -->",
    ]
    return lines
