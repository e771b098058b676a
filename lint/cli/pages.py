"""What the rules say of themselves."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

from ..model import Rule
from .options import Refused


def page(rule: Rule) -> str:
    """Give a rule's page as text: its id and settings, then its docstring."""
    scope = "needs no other note" if rule.SCOPE == "note" else "checks notes against each other"
    text = inspect.cleandoc(rule.__doc__ or "")
    return f"{rule.ID}\n{'=' * len(rule.ID)}\nseverity: {rule.SEVERITY} · {scope}\n\n{text}\n"


def sentence(rule: Rule) -> str:
    """Give the first sentence of a rule's page."""
    return inspect.cleandoc(rule.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def rule_named(rule_id: str, rules: Mapping[str, Rule]) -> Rule:
    """Give the rule with this id; raises Refused, which names the nearest one."""
    if rule_id in rules:
        return rules[rule_id]
    import difflib

    close = difflib.get_close_matches(rule_id, rules, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else "; `notelint rule` lists them"
    raise Refused(f"no rule {rule_id!r}{hint}")
