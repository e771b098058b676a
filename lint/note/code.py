"""Pieces of code in what a note says."""

from __future__ import annotations

import re

from ..model import Passage

_CODE = re.compile(r"`([^`\n]{2,80})`|(<[A-Za-z_][\w -]{1,30}>)")


def pieces(passage: Passage) -> frozenset[str]:
    """Give the code spans and tags of a passage."""
    if "`" not in passage.raw and "<" not in passage.text:
        return frozenset()
    return frozenset(match[1] or match[2] for match in _CODE.finditer(passage.verbatim()))
