"""The rules: one module each, whose name is the rule's id and whose docstring is its page."""

from __future__ import annotations

from collections.abc import Sequence

from ..lint.model import Rule
from . import (
    quote_punctuation,
    quote_truncated,
    quote_wording,
    timestamp_label,
)

# A list literal: mypy then names the module that lacks a member of the protocol.
RULES: Sequence[Rule] = [
    quote_punctuation,
    quote_truncated,
    quote_wording,
    timestamp_label,
]
