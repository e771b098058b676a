"""Which source a note shares that declares none: by the rare names and words of both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from ..model import Fact, Sharing
from .claims import Claim, Quote
from .words import lexicon, tokens

_NAME = re.compile(r"(?<![.!?:\"“(]\s)(?<!\A)(?<![\w-])[A-Z][\w’'-]*[\w](?:\s[A-Z][\w’'-]*\w)*")

MIN_SHARED = 4
"""Rare names or quotes that a note must share with a source to be taken for one of its notes."""

MARGIN = 2
"""How many times more than with the runner-up."""

RARE = 40
"""Rarity from which a word of the lexicon is evidence; words that it does not have always are."""


def sketch(facts: Iterable[Fact]) -> frozenset[str]:
    """Give the rare names and quotes of one note's facts."""
    found: set[str] = set()
    known = lexicon()
    for fact in facts:
        value = fact.value
        if isinstance(value, Quote):
            words = tokens(value.text)
            if 3 <= len(words) <= 40:
                found.add('"' + " ".join(words))
        elif isinstance(value, Claim):
            for match in _NAME.finditer(value.text):
                for word in match[0].split():
                    lowered = word.lower().replace("’", "'").removesuffix("'s")
                    entry = known.get(lowered)
                    if entry is None or (entry.rarity >= RARE and entry.capital >= 60):
                        found.add(lowered)
    return frozenset(found)


def infer(undeclared: Mapping[str, frozenset[str]], declared: Mapping[str, frozenset[str]]) -> list[Sharing]:
    """Give, for each note without a source, the source that it shares, if one stands out.

    `undeclared` has sketches by path, `declared` by source. Forms that many
    sources have tell of none.
    """
    if not undeclared or not declared:
        return []
    spread = Counter(form for forms in declared.values() for form in forms)
    holders: dict[str, list[str]] = {}
    wanted = frozenset().union(*undeclared.values())
    for source, forms in declared.items():
        for form in forms & wanted:
            holders.setdefault(form, []).append(source)
    limit = max(3, len(declared) // 50)
    found = []
    for path in sorted(undeclared):
        shared: Counter[str] = Counter()
        for form in undeclared[path]:
            if spread.get(form, 0) <= limit:
                shared.update(holders.get(form, ()))
        ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < MIN_SHARED or (len(ranked) > 1 and ranked[1][1] * MARGIN > ranked[0][1]):
            continue
        source = ranked[0][0]
        common = sorted(form for form in undeclared[path] & declared[source] if spread[form] <= limit)
        found.append(Sharing(path, source, tuple(common[:12])))
    return found


def forms(fact: Fact) -> Iterable[str]:
    """Give the name forms in one fact, as `counts` counts them over the vault's sources."""
    if isinstance(fact.value, Claim):
        for match in _NAME.finditer(fact.value.text):
            yield match[0]
