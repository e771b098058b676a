"""How far a run has come, shown to who waits for it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import click

PATIENCE = 1.0
"""Seconds without a sign of life that nobody minds; only what takes longer gets a progress bar."""


class Bar:
    """A bar on a terminal's standard error, once the work takes long."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.clock = clock
        self.next_sign = clock() + PATIENCE
        self.drawn = False
        self.silent = not sys.stderr.isatty() or os.environ.get("TERM") == "dumb"
        self.silent = self.silent or click.get_current_context(silent=True) is None

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` notes are read."""
        if self.silent:
            return
        if done >= total:
            if self.drawn:
                sys.stderr.write("\r\x1b[K")
        elif self.clock() >= self.next_sign:
            filled = 30 * done // max(total, 1)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done} of {total} notes ")
            sys.stderr.flush()
            self.next_sign, self.drawn = self.clock() + 0.1, True
