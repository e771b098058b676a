"""When things are said: each citation's time as it was meant, and how long the source is."""

from __future__ import annotations

import functools

from ..model import Fact, Group
from .claims import Claim, Quote


class Timeline:
    """The times of one source's citations, read note by note."""

    def __init__(self, group: Group) -> None:
        self.group = group

    def seconds(self, fact: Fact) -> int | None:
        """Give when the claim or quote in `fact` was said, as its note means it; None where that cannot be trusted."""
        value = fact.value
        if isinstance(value, Claim):
            return value.seconds
        if isinstance(value, Quote):
            return next((time for citation in value.citations if (time := citation.seconds) is not None), None)
        return None


@functools.lru_cache(maxsize=2)
def timeline(group: Group) -> Timeline:
    """Read the times of a group; kept for the rules that ask again."""
    return Timeline(group)
