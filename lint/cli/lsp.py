"""`notelint lsp`: the findings of the vault in an editor, as its notes are written."""

from __future__ import annotations

import click

from . import options


@click.command()
@options.config_file
def lsp(config_file: str | None) -> None:
    """Serve an editor: the findings of the vault as you write.

    Speaks the Language Server Protocol on standard input and output. Needs
    the package pygls: pip install 'notelint[lsp]'.
    """
    try:
        from .server import serve
    except ImportError:
        raise options.Refused("lsp needs pygls: pip install 'notelint[lsp]'") from None
    serve(config_file)
