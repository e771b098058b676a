"""`notelint init`: a configuration and a pre-commit stanza to begin with."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import click

from ..config import FILE_NAME, configured, quoted
from . import options

HOOK_FILE = ".pre-commit-config.yaml"

CONFIGURATION = """\
# notelint: settings of this vault. All keys: docs/configuration.md, or the JSON schema that the package ships.

# The folders whose notes are checked against each other.
roots = [{roots}]

# Paths to leave out: globs from here, or folders.
exclude = []

# Front matter keys that name what a note is about, strongest first, in place of the built-in ones.
# source-keys = ["video_id", "url"]

# Spellings that are right, one name an entry; findings suggest them.
vocabulary = []

# Known conflicts that stand: `notelint baseline` writes the file.
# baseline = "notelint.baseline.json"

# From which severity on `notelint check` exits with 1: error, warning, info or off.
fail-on = "error"

# The weight of a rule or of a family of rules: error, warning, info or off.
[severity]
# quote-punctuation = "off"
"""

STANZA = """\
  - repo: local
    hooks:
      - id: notelint
        name: notelint (staged notes against the vault)
        entry: {entry}
        language: system
        pass_filenames: false
        always_run: true
        require_serial: true
"""


@click.command()
@click.argument("roots", nargs=-1, type=click.Path())
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
def init(roots: tuple[str, ...], force: bool) -> None:
    """Write a configuration and a pre-commit stanza.

    ROOTS are the folders with notes; without them, this folder. The stanza is
    for the top of the repository, where pre-commit looks for it.
    """
    for root in roots:
        if not Path(root).is_dir():
            raise options.Refused(f"{root}: no such folder")
    file = Path(FILE_NAME)
    if file.exists() and not force:
        raise options.Refused(f"{file}: there is one already; --force replaces it")
    if not file.exists() and configured(Path()):
        raise options.Refused(f"the settings stand in pyproject.toml, under [tool.notelint]; {file} would hide them")
    names = ", ".join(quoted(Path(root).as_posix()) for root in roots or (".",))
    options.write(CONFIGURATION.format(roots=names), str(file))
    options.notice(f"wrote {file}")
    here = Path.cwd()
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    hooks = Path(os.path.relpath(top / HOOK_FILE))
    # pre-commit runs at the top, from where no configuration is found below
    below = "" if top == here else f" --config {shlex.quote((here / file).relative_to(top).as_posix())}"
    stanza = STANZA.format(entry=json.dumps(f"notelint check --focus staged{below}", ensure_ascii=False))
    if not hooks.exists():
        options.write("repos:\n" + stanza, str(hooks))
        options.notice(f"wrote {hooks}; `pre-commit install` switches it on")
    elif "id: notelint" not in hooks.read_text(encoding="utf-8", errors="replace"):
        options.notice(f"add this under `repos:` in {hooks}:")
        options.write(stanza, None)
