"""The commands by name; each is imported when it is called, never to list it."""

from __future__ import annotations

from importlib import import_module

import click

from .. import __version__

COMMANDS = {
    "baseline": "Write, update or prune the file of known conflicts.",
    "cache": "Show, prune or clear the index that makes the next run fast.",
    "check": "Check notes against each other.",
    "completion": "Print the completion script of a shell.",
    "decide": "Rule on a conflict: one value is canonical, or both are right.",
    "explain": "Explain a rule, or a finding by its fingerprint.",
    "export": "Write canonical names for those who write the next note.",
    "fix": "Apply the fixes of findings.",
    "init": "Write a configuration and a pre-commit stanza.",
    "lsp": "Serve an editor: the findings of the vault as you write.",
    "report": "Write the HTML report.",
    "rule": "List the rules, or print the page of one.",
    "stats": "Count findings by rule, severity and source.",
    "watch": "Check again whenever a note changes.",
}
"""One line for each command, as its help begins; the tests keep the two in step."""


class Lazy(click.Group):
    """A group whose commands are modules beside this one, imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".{cmd_name}", __package__), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="notelint", message="%(prog)s %(version)s")
def notelint() -> None:
    """Check notes against each other: names, times, quotes, numbers and terms that contradict.

    Exit status: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or
    configuration, 3 a failure of notelint's own.
    """
