"""`notelint rule`: the rules, or the page of one."""

from __future__ import annotations

import click
import msgspec

from . import options
from .pages import page, rule_named, sentence
from .plugins import Rules


@click.command()
@click.argument("rule_id", metavar="[RULE]", required=False, shell_complete=options.rule_ids)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.config_file
def rule(rule_id: str | None, format_: str, config_file: str | None) -> None:
    """List the rules, or print the page of one."""
    rules = Rules(options.project(config_file).config)
    chosen = [rule_named(rule_id, rules)] if rule_id else list(rules.values())
    if format_ == "json":
        table = [
            {"id": rule.ID, "severity": rule.SEVERITY, "scope": rule.SCOPE, "page": rule.__doc__} for rule in chosen
        ]
        options.write(msgspec.json.format(msgspec.json.encode(table), indent=2).decode() + "\n", None)
    elif rule_id:
        options.write(page(chosen[0]), None)
    else:
        wide = max(len(rule.ID) for rule in chosen)
        options.write("".join(f"{rule.ID:<{wide}}  {rule.SEVERITY:<7}  {sentence(rule)}\n" for rule in chosen), None)
