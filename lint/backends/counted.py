"""The forms that `counts` counts: what rules that weigh may ask of the whole vault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..engine import name_of
from ..model import Fact
from ..note import claims, links
from ..sources import sketch

FORMS: Mapping[str, Callable[[Iterable[Fact]], Iterable[str]]] = {
    name_of(claims.by_source): sketch.forms,
    name_of(links.by_target): links.settled,
}
"""What gives the forms of a complete group, by the stream that has them."""


def forms(stream: str, facts: Iterable[Fact]) -> set[str]:
    """Give the forms of one complete group, each once."""
    return set(FORMS[stream](facts)) if stream in FORMS else set()
