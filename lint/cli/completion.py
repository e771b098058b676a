"""`notelint completion`: the script by which a shell completes our words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from . import options


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    For bash: notelint completion bash > ~/.local/share/bash-completion/completions/notelint
    """
    found = get_completion_class(shell)
    if found is None:
        raise options.Refused(f"no completion for {shell}")
    script = found(ctx.find_root().command, {}, "notelint", "_NOTELINT_COMPLETE")
    options.write(script.source() + "\n", None)
