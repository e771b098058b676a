"""`notelint export`: what others can use: canonical names for who writes the next note, the settings' schema."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from typing import Literal

import click
import msgspec

from ..judge import Judged
from ..judge.rulings import Ruling
from . import options
from .run import Run


class Entry(msgspec.Struct, frozen=True, order=True):
    """How a name is written, the ways in which it should not be, and why."""

    canonical: str
    instead_of: tuple[str, ...] = ()
    why: str = ""


class Glossary(msgspec.Struct, frozen=True):
    """Canonical spellings: those for the whole vault, and those of each source."""

    everywhere: tuple[str, ...]
    sources: dict[str, tuple[Entry, ...]]


@click.command()
@click.argument("what", type=click.Choice(["glossary", "schema"]))
@click.option("--format", "format_", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True)
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, not to standard output.")
@options.where
@options.loudness
def export(
    what: Literal["glossary", "schema"],
    where: options.Where,
    format_: str,
    output: str | None,
    quiet: bool,
    verbose: bool,  # noqa: ARG001 - every command takes it
) -> None:
    """Write canonical names for those who write the next note.

    glossary gives, for each source, the spellings that its notes should use,
    as far as evidence, vocabulary or a ruling decides; put it into the prompt
    or the brief of the next note. schema gives the JSON schema of notelint's
    configuration, for editors.
    """
    if what == "schema":
        options.write(resources.files("notelint.lint.data").joinpath("config.schema.json").read_text("utf-8"), output)
        return
    run = Run(where)
    run.output = output
    run.check()
    found = glossary(run.judged(), run.rulings, run.vocabulary)
    if format_ == "json":
        options.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n", output)
    else:
        options.write(markdown(found), output)
    run.tell(quiet=quiet)
    raise SystemExit(run.status(()))


def glossary(judged: Iterable[Judged], rulings: Iterable[Ruling], vocabulary: Iterable[str]) -> Glossary:
    """Draw canonical spellings from findings on names that suggest one, from rulings and from the vocabulary."""
    reasons = {ruling.fingerprint: ruling.reason for ruling in rulings if ruling.canonical is not None}
    sources: dict[str, dict[str, Entry]] = {}
    for item in judged:
        found = item.finding
        if found.family != "name" or not found.suggestion or item.status == "ruled":
            continue
        others = {vote.value for vote in found.ballot} - {found.suggestion}
        entries = sources.setdefault(found.key, {})
        before = entries.get(found.suggestion, Entry(found.suggestion))
        why = reasons.get(found.fingerprint) or before.why or next(iter(found.evidence), "")
        entries[found.suggestion] = Entry(found.suggestion, tuple(sorted({*before.instead_of, *others})), why)
    return Glossary(
        tuple(sorted(vocabulary)),
        {key: tuple(sorted(entries.values())) for key, entries in sorted(sources.items())},
    )


def markdown(found: Glossary) -> str:
    """Give a glossary as a page."""
    lines = ["# Glossary", ""]
    if found.everywhere:
        lines += ["Everywhere: " + ", ".join(found.everywhere), ""]
    for source, entries in found.sources.items():
        lines += [f"## {source}", ""]
        for entry in entries:
            instead = ", ".join(f'"{value}"' for value in entry.instead_of)
            lines.append(f"- **{entry.canonical}**" + (f", not {instead}" if instead else ""))
        lines.append("")
    if len(lines) == 2:
        lines.append("Nothing is decided yet.\n")
    return "\n".join(lines)
