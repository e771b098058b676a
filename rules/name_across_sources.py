"""A person whom many sources name is spelled in the same way in the source that names them once.

Notes on one source can agree on a misspelling, and a source with a single note
has nobody to contradict it. Where a full name of one source alone is nearly
that of a person whom four others name, it is most likely the same person. Off
by default: two people can differ by a letter, and nothing but letters is compared.

Example: "Satya Nadela" in one source, "Satya Nadella" in nine.

Known false alarms: relatives and namesakes ("Michael Lewis", "Michael Levis").

To fix it, correct the rare spelling, or allow it with a comment where it is
somebody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.language.variants import extends, inflected, likeness
from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.names import across
from ..lint.names.mentions import joined, parts_of

ID = "name-across-sources"
SEVERITY: Severity = "off"
SCOPE: Scope = "vault"

extract = across.by_word

ESTABLISHED = 4
"""Sources that a spelling needs to be held against another."""

ALIKE = 0.82
"""Likeness of the words that differ; below it, different people outnumber misspellings."""


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report full names of one source that are nearly those of at least four others."""
    sources: defaultdict[str, set[str]] = defaultdict(set)
    places: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        sources[fact.value.form].add(fact.value.source)
        places[fact.value.form].append(fact)
    common = sorted(form for form, found in sources.items() if len(found) >= ESTABLISHED)
    if not common:
        return
    for rare in sorted(form for form, found in sources.items() if len(found) == 1):
        best = max(((_alike(rare, form), form) for form in common), default=(0.0, ""))
        if best[0] < ALIKE or sources[rare] & sources[best[1]]:
            continue
        known = best[1]
        labels = [_label(fact, "variant") for fact in places[rare]]
        labels += [_label(fact, "canonical") for fact in places[known][:ESTABLISHED]]
        yield Finding(
            rule=ID,
            key=key,
            message=f'"{rare}" in one source, "{known}" in {len(sources[known])}',
            labels=tuple(labels),
            values=(joined(rare), joined(known)),
            ballot=(
                Vote(known, len({fact.span.path for fact in places[known]}), (f"{len(sources[known])} sources",)),
                Vote(rare, len({fact.span.path for fact in places[rare]})),
            ),
            suggestion=known,
            evidence=(f"{len(sources[known])} sources have the other spelling",),
            confidence=0.6,
        )


def _alike(a: str, b: str) -> float:
    x, y = parts_of(a), parts_of(b)
    differing = [(p, q) for p, q in zip(x, y, strict=False) if p != q]
    # the names meet under each word that they share; that of the first is enough
    if len(x) != len(y) or len(differing) != 1 or extends(a, b) or inflected(*differing[0]):
        return 0.0
    return likeness(*differing[0])


def _label(fact: Fact, role: str) -> Label:
    spelling: across.Spelling = fact.value
    return Label(fact.span, spelling.form, role, None, spelling.passage.text, spelling.start)
