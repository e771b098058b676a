"""`notelint decide`: a person's decision on a conflict, written where every run reads it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from ..config import ConfigError
from ..judge import rulings
from . import options
from .explain import FINGERPRINT, the_one
from .run import Run


@click.command()
@click.argument("fingerprint")
@click.option("--canonical", metavar="VALUE", help="This value is right; the notes that differ stay findings.")
@click.option("--both-right", is_flag=True, help="No conflict: the finding is settled.")
@click.option("--undo", is_flag=True, help="Take the ruling back.")
@click.option("--reason", default="", help="Why; the next person reads it.")
@click.option("--by", default="", help="Who decided.")
@options.where
def decide(
    fingerprint: str,
    where: options.Where,
    canonical: str | None,
    both_right: bool,
    undo: bool,
    reason: str,
    by: str,
) -> None:
    """Rule on a conflict: one value is canonical, or both are right.

    The ruling goes to notelint.rulings.toml, to be committed with the notes.
    It covers the values that compete now: when a note brings a new one, the
    conflict is new again.
    """
    fingerprint = fingerprint.lower()
    if not FINGERPRINT.fullmatch(fingerprint):
        raise click.UsageError("a fingerprint is 4 to 16 hexadecimal digits, as `notelint check` shows them")
    if [canonical is not None, both_right, undo].count(True) != 1:
        raise click.UsageError("give one of --canonical VALUE, --both-right and --undo")
    if not undo and not reason.strip():
        raise click.UsageError("a ruling needs a --reason: the next person will ask")
    if canonical is not None and not canonical.strip():
        raise click.UsageError("a canonical value is not empty")
    run = Run(where)
    file = run.folder / run.config.rulings
    if undo:
        with rulings.locked(file):
            held = _held(file)
            kept = [ruling for ruling in held if not ruling.fingerprint.startswith(fingerprint)]
            if len(held) - len(kept) != 1:
                raise options.Refused(f"{file}: {len(held) - len(kept)} rulings begin with {fingerprint}")
            options.write(rulings.dump(kept), str(file))
        options.notice(f"{file}: the ruling on {fingerprint} is taken back")
        return
    run.check()
    run.tell(quiet=True)
    found = the_one(run.judged(), fingerprint).finding
    if canonical is not None and found.ballot and canonical not in {vote.value for vote in found.ballot}:
        values = ", ".join(f'"{vote.value}"' for vote in found.ballot)
        options.notice(f'"{canonical}" is none of the values that compete ({values}); it is taken as you give it')
    ruling = rulings.Ruling(
        fingerprint=found.fingerprint,
        rule=found.rule,
        reason=reason.strip(),
        canonical=canonical,
        both_right=both_right,
        key=found.key,
        message=found.message,
        by=by,
        date=dt.date.today().isoformat(),  # noqa: DTZ011 - the day on the calendar of who decides
    )
    with rulings.locked(file):
        others = [old for old in _held(file) if old.fingerprint != found.fingerprint]
        options.write(rulings.dump([*others, ruling]), str(file))
    options.notice(f"{file}: {'both are right' if both_right else canonical}: {found.message}")


def _held(file: Path) -> tuple[rulings.Ruling, ...]:
    """Read the rulings again: while the vault was checked another may have been made."""
    try:
        return rulings.load(file)
    except ConfigError as error:
        raise options.Refused(str(error)) from error
