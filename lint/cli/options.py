"""Options that commands share, and how the program speaks beside its report."""

from __future__ import annotations

import functools
import os
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar, cast

import click

from .. import atomic
from .. import config as configuration
from . import EXIT_USAGE, silence

Command = TypeVar("Command", bound=Callable[..., Any])


class Refused(click.ClickException):
    """What was asked for cannot be done as it was asked: exit status 2 and one line that says why."""

    exit_code = EXIT_USAGE

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - the signature is click's
        """Say why on standard error."""
        notice(self.format_message())


def notice(text: str) -> None:
    """Say something on standard error; a name with control characters in it must not steer the terminal."""
    from ...reports.words import visible

    try:
        click.echo(f"notelint: {visible(text)}", err=True)
    except OSError:  # nobody is told, and the exit status stays what it is
        silence(sys.stderr)


def project(config_file: str | None, start: Path | None = None) -> configuration.Project:
    """Give the configuration that an option names, else the nearest one; raises Refused when it cannot be used."""
    try:
        return configuration.load(Path(config_file)) if config_file else configuration.find(start or Path.cwd())
    except configuration.ConfigError as error:
        raise Refused(str(error)) from error


class Where(NamedTuple):
    """Where a command finds its notes (paths in place of the configured ones), its configuration and its index."""

    paths: Sequence[str] = ()
    config_file: str | None = None
    cache_dir: str | None = None
    no_cache: bool = False


def where(command: Command) -> Command:
    """Take what every command that checks notes takes, as one parameter `where`."""

    @functools.wraps(command)
    def checking(
        paths: tuple[str, ...], cache_dir: str | None, no_cache: bool, config_file: str | None, **its: Any
    ) -> Any:
        return command(where=Where(paths, config_file, cache_dir, no_cache), **its)

    checked = config_file(checking)
    checked = click.option(
        "--cache-dir",
        type=click.Path(file_okay=False),
        metavar="DIR",
        help="Keep the index here, not where configured.",
    )(checked)
    checked = click.option("--no-cache", is_flag=True, help="Work everything out anew, and keep nothing.")(checked)
    return cast(Command, click.argument("paths", nargs=-1, type=click.Path())(checked))


def config_file(command: Command) -> Command:
    return click.option(
        "--config", "config_file", type=click.Path(), metavar="FILE", help="Use this configuration file."
    )(command)


def baseline_file(command: Command) -> Command:
    return click.option(
        "--baseline", "baseline_file", type=click.Path(), metavar="FILE", help="Conflicts in this file are known."
    )(command)


def rule_ids(context: click.Context, parameter: click.Parameter, beginning: str) -> list[str]:  # noqa: ARG001 - click's
    """Give our rules whose ids begin so, for a shell to complete."""
    from ...rules import RULES

    return [rule.ID for rule in RULES if rule.ID.startswith(beginning)]


def loudness(command: Command) -> Command:
    command = click.option("-q", "--quiet", is_flag=True, help="Print nothing but the report and failures.")(command)
    return click.option("-v", "--verbose", is_flag=True, help="Say on standard error what was done.")(command)


def coloured(file: str | None = None) -> bool:
    """Say whether the report on standard output is to be coloured: NO_COLOR, FORCE_COLOR, else a terminal."""
    if file is not None or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Give the columns of the terminal; 100 where there is none."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def write(text: str, output: str | None) -> None:
    """Write a text to standard output, or to a file; raises Refused."""
    stream((text,), output)


def written_to(output: str | None) -> os.stat_result | None:
    """Give the state of the file that output goes to, be it by the shell; None where it goes elsewhere."""
    try:
        state = os.fstat(sys.stdout.fileno()) if output is None or output == "-" else Path(output).stat()
    except (OSError, ValueError):
        return None
    return state if stat.S_ISREG(state.st_mode) else None


def stream(pieces: Iterable[str], output: str | None) -> None:
    """Write a text piece by piece, so that it is never held whole; raises Refused.

    A file holds its old text until the new one is whole.
    """
    if output is None or output == "-":
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
        return
    file = Path(output)
    try:
        # a pipe or a device is no file that another could take the place of
        with file.open("wb") if file.exists() and not file.is_file() else atomic.writing(file) as target:
            target.writelines(piece.encode("utf-8", "surrogateescape") for piece in pieces)
    except OSError as error:
        raise Refused(f"{output}: cannot be written: {error.strerror or error}") from error
