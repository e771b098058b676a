"""The rules: one module each, whose name is the rule's id and whose docstring is its page."""

from __future__ import annotations

from collections.abc import Sequence

from ..lint.model import Rule
from . import (
    fact_date,
    fact_number,
    link_form,
    link_label,
    link_style,
    link_unresolved,
    metadata_duplicate,
    metadata_invalid,
    metadata_missing,
    metadata_title,
    name_across_sources,
    name_format,
    name_spelling,
    name_vocabulary,
    quote_punctuation,
    quote_truncated,
    quote_wording,
    text_encoding,
    text_invisible,
    text_markup,
    text_mojibake,
    text_repeated,
    timestamp_conflict,
    timestamp_label,
    timestamp_malformed,
    timestamp_range,
    timestamp_shifted,
)

# A list literal: mypy then names the module that lacks a member of the protocol.
RULES: Sequence[Rule] = [
    fact_date,
    fact_number,
    link_form,
    link_label,
    link_style,
    link_unresolved,
    metadata_duplicate,
    metadata_invalid,
    metadata_missing,
    metadata_title,
    name_across_sources,
    name_format,
    name_spelling,
    name_vocabulary,
    quote_punctuation,
    quote_truncated,
    quote_wording,
    text_encoding,
    text_invisible,
    text_markup,
    text_mojibake,
    text_repeated,
    timestamp_conflict,
    timestamp_label,
    timestamp_malformed,
    timestamp_range,
    timestamp_shifted,
]
