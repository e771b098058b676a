"""`notelint cache`: the index that makes the next run fast."""

from __future__ import annotations

import time
from pathlib import Path

import click

from ...reports.words import counted, visible
from .. import config as configuration
from ..backends import store
from ..config import ConfigError
from . import options

OLD = 30 * 86_400
"""Seconds after which an index that nobody used is pruned."""


@click.group()
@click.option("--cache-dir", type=click.Path(file_okay=False), metavar="DIR", help="The folder, if not as configured.")
@options.config_file
@click.pass_context
def cache(context: click.Context, cache_dir: str | None, config_file: str | None) -> None:
    """Show, prune or clear the index that makes the next run fast."""
    try:
        project = configuration.load(Path(config_file)) if config_file else configuration.find(Path.cwd())
    except ConfigError as error:
        raise options.Refused(str(error)) from error
    context.obj = Path(cache_dir) if cache_dir else project.folder / project.config.cache_dir


@cache.command()
@click.pass_obj
def info(folder: Path) -> None:
    """Say where the index is, how large, and of how many notes."""
    click.echo(f"folder: {visible(str(folder))}")
    indexes = store.indexes(folder)
    for file in indexes:
        size = sum(part.stat().st_size for part in _parts(file))
        notes = store.counted(file)
        held = "not usable" if notes is None else counted(notes, "note")
        click.echo(f"{file.name}: {held}, {size / 1e6:.1f} MB")
    if not indexes:
        click.echo("no index")


@cache.command()
@click.pass_obj
def prune(folder: Path) -> None:
    """Remove indexes that cannot be used, and those that were not used for 30 days."""
    removed = 0
    if folder.is_dir():
        store.sweep(folder)
    for file in store.unusable(folder):
        removed += _remove(file)
    for file in store.indexes(folder):
        last = max(part.stat().st_mtime for part in _parts(file))
        if store.counted(file) is None or time.time() - last > OLD:
            removed += _remove(file)
    click.echo(f"{removed} removed")


@cache.command()
@click.pass_obj
def clear(folder: Path) -> None:
    """Remove every index; the next run builds a new one."""
    if folder.is_dir():
        store.sweep(folder)
    removed = sum(_remove(file) for file in [*store.indexes(folder), *store.unusable(folder)])
    click.echo(f"{removed} removed")


def _parts(file: Path) -> list[Path]:
    return [part for part in (file, *store.beside(file)) if part.exists()]


def _remove(file: Path) -> int:
    try:
        for part in _parts(file):
            part.unlink()
    except OSError as error:
        raise options.Refused(f"{file}: cannot be removed: {error.strerror or error}") from error
    return 1
