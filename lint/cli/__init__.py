"""The command line: the one part of the engine that knows rules and renderers.

Nothing is imported here that a command might not need, so that `notelint
--version`, shell completion and a hook with nothing to do start about as fast
as Python itself. `commands.py` lists the commands, one module each.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TextIO

from .. import __version__

EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_FAILURE, EXIT_INTERRUPTED, EXIT_PIPE = 0, 1, 2, 3, 130, 141
"""0 clean · 1 findings at or above `--fail-on` · 2 usage or configuration · 3 a failure of ours.

130 and 141 are what a shell makes of Ctrl-C and of a closed pipe."""


def main(args: Sequence[str] | None = None, prog_name: str = "notelint") -> None:
    """Run one command and leave the process with its exit status; a person never sees a traceback.

    `NOTELINT_TRACEBACK=1` lets an unexpected exception through, for a bug report.
    """
    if args is None and sys.executable and sys.getfilesystemencoding() != "utf-8":
        # The locale's encoding would be that of all file names, too; those of notes are UTF-8 wherever they are read.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
    words = list(sys.argv[1:] if args is None else args)
    _open_streams()
    try:
        try:
            if words == ["--version"]:
                print(f"notelint {__version__}")  # noqa: T201 - the one answer that needs no command line library
            else:
                _run(words, prog_name)
        finally:
            if not sys.stdout.closed:  # as a server leaves it
                sys.stdout.flush()
    except BrokenPipeError:
        # Who read the report has seen enough.
        silence(sys.stdout)
        sys.exit(EXIT_PIPE)
    except Exception as error:
        if isinstance(error, OSError) and _stuck(sys.stdout):
            silence(sys.stdout)
            _say(f"notelint: standard output cannot be written: {error.strerror or error}\n")
            sys.exit(EXIT_USAGE)
        if os.environ.get("NOTELINT_TRACEBACK"):
            raise
        _say(
            f"notelint: internal failure: {type(error).__name__}: {error}\n"
            "This is a bug in notelint; NOTELINT_TRACEBACK=1 shows where.\n"
        )
        sys.exit(EXIT_FAILURE)


def silence(stream: TextIO) -> None:
    """Let a stream that cannot be written lead nowhere: what is still buffered must not raise again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(words: Sequence[str], prog_name: str) -> NoReturn:
    # What a run makes dies when it is let go, but for what plugins tie into cycles: looking for garbage as often as
    # Python does takes longer than the reading.
    gc.set_threshold(500_000, 20, 50)
    from click.exceptions import Abort, ClickException

    from .commands import notelint

    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its escape, not an exception.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8")
    try:
        sys.exit(notelint.main(words, prog_name=prog_name, standalone_mode=False))
    except ClickException as refusal:
        try:
            refusal.show()
        except OSError:
            silence(sys.stderr)
        sys.exit(refusal.exit_code)
    except (Abort, KeyboardInterrupt):
        sys.exit(EXIT_INTERRUPTED)


def _open_streams() -> None:
    """Give streams that were closed to nobody; a file that is opened would else be taken for one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process


def _stuck(stream: TextIO) -> bool:
    """Say whether a stream cannot be written, which only an attempt tells."""
    try:
        stream.write("\n")
        stream.flush()
    except (OSError, ValueError):  # the latter of one that is closed
        return True
    return False


def _say(text: str) -> None:
    try:
        sys.stderr.write(text)
    except OSError:
        silence(sys.stderr)
