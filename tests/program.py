"""What tests of the program share: how a command ends, and notes of which it is known what is found in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias


class Ran(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


Notelint: TypeAlias = Callable[..., Ran]
"""The fixture `notelint`: runs a command of the program in this process."""

WRONG = 'He said so <a data-t="00:13:37">[00:13:57]</a>.\n'
"""A note with one finding whatever else the vault holds: timestamp-label, an error."""

RIGHT = 'He said so <a data-t="00:13:37">[00:13:37]</a>.\n'

PLUGIN = '''"""A note shouts."""

from notelint.lint.model import Finding, Label
from notelint.lint.note import claims

ID, SEVERITY, SCOPE = "text-shouting", "error", "note"
extract = claims.by_source


def check(key, facts):
    for fact in facts:
        text = getattr(fact.value, "text", "")
        if isinstance(text, str) and len(text) > 20 and text.isupper():
            yield Finding(rule=ID, key=key, message="all capitals", labels=(Label(fact.span, text),), values=(text,))
'''
"""A rule that is not ours, as a module of its own."""
