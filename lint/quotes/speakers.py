"""Who a note says has spoken: the name that a quote is credited to, just before it or just after."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from ..language.words import STOP, fold, lexicon

ALIKE = 60
"""Likeness of two names, of 100, from which on they may be one name misspelt, which is another rule's to say."""

_NAME = r"[A-Z][\w’'.-]*\w(?:\s(?:(?:de|van|von|der|den|bin|al|la)\s)?[A-Z][\w’'.-]*\w){0,3}"
_SAYS = (
    r"(?:says|said|states|stated|notes|noted|argues|argued|explains|explained|adds|added|remarks|remarked|claims|claimed|"
    r"puts it|put it|wrote|writes|quips|quipped|asks|asked|recalls|recalled|believes|insists|insisted|admits|admitted)"
)
_BEFORE = re.compile(
    rf"(?:(?P<subject>{_NAME})\s(?:\w+ly\s)?{_SAYS}(?:\sthat)?[,:]?|[Aa]ccording to (?P<source>{_NAME}),?|\A(?P<cue>{_NAME}):)"
    r"\s*[\"“„«]?\Z"
)
_AFTER = re.compile(
    rf"[,.!?\"”»]*\s*(?:[—–-]{{1,2}}\s*(?P<signed>{_NAME})\s*(?:,|\(|\Z)|{_SAYS}\s(?P<inverted>{_NAME})|(?P<subject>{_NAME})\s{_SAYS}\b)"
)


def speaker(before: str, after: str) -> str:
    """Give the name that the words between `before` and `after` are credited to, or ""."""
    match = _BEFORE.search(before) or _AFTER.match(after)
    if match is None:
        return ""
    name: str = match[match.lastgroup or 0].removesuffix("'s").removesuffix("’s")
    parts = name.split()
    while parts and parts[0].lower() in STOP:  # "As Ada says"
        parts.pop(0)
    name = " ".join(parts)
    entry = lexicon().get(name.lower())
    # "Others say", "Critics argue": a capital at the start of a sentence makes no name
    if not name or (entry is not None and entry.capital < 60):
        return ""
    return name


def same_person(a: str, b: str) -> bool:
    """Say whether two names may be one person's: a word in common, initials, or a misspelling."""
    first, second = fold(a).replace(".", "").split(), fold(b).replace(".", "").split()
    if set(first) & set(second):
        return True
    return fuzz.ratio(" ".join(first), " ".join(second)) >= ALIKE or any(
        fuzz.ratio(one, other) >= ALIKE for one in first for other in second
    )
