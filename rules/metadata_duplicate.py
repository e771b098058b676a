"""Two notes on one source have one title, or one body stands in two notes.

One of them is a leftover: made twice, or made again after a name was misheard.
Links lead to only one of the two, and what is corrected in one stays wrong in
the other. Reported are bodies that are word for word the same, titles that
differ by case and marks only, and, as information, titles that differ by the
ending of one word.

Example: "Hiring in small teams" and "Hiring in small team" on one video.

Known false alarms: two notes that were given one title on purpose.

To fix it, merge the notes and leave one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import metadata
from ..lint.note.links import bare
from ..lint.note.metadata import Front

ID = "metadata-duplicate"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = metadata.by_source

# More titles than this on one source are a collection, whose titles are alike by design.
MAX_TITLES = 40
# Letters that two words which differ by their ending share at the front.
MIN_SHARED = 5
# "testing" and "tests" may be two topics; in a title of four words or more, the rest says it is one.
MIN_WORDS = 4


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report equal bodies, equal titles and nearly equal ones."""
    fronts = [fact for fact in facts if isinstance(fact.value, Front)]
    bodies: dict[str, list[Fact]] = defaultdict(list)
    titles: dict[str, list[Fact]] = defaultdict(list)
    for fact in fronts:
        if fact.value.body:
            bodies[fact.value.body].append(fact)
        if fact.value.title and not key.startswith("body:"):
            titles[bare(fact.value.title)].append(fact)
    told: set[frozenset[str]] = set()
    for same in bodies.values():
        if len(same) > 1:
            told.add(frozenset(fact.span.path for fact in same))
            yield _finding(key, same, f"one body in {len(same)} notes", None)
    for same in titles.values():
        if len(same) > 1 and frozenset(fact.span.path for fact in same) not in told:
            given = sorted({fact.value.title for fact in same})
            spelled = " and ".join(f'"{title}"' for title in given[:2])
            yield _finding(key, same, f"{len(same)} notes on one source with one title: {spelled}", None)
    firsts = [same[0] for same in titles.values()]
    if len(firsts) > MAX_TITLES:
        return
    for one, other in combinations(firsts, 2):
        if _nearly(one.value.title, other.value.title):
            message = f'two notes on one source with nearly one title: "{one.value.title}" and "{other.value.title}"'
            yield _finding(key, [one, other], message, "info")


def _nearly(one: str, other: str) -> bool:
    """Say whether two titles differ in the ending of one word, numbers aside."""
    a, b = one.lower().split(), other.lower().split()
    if len(a) != len(b) or len(a) < MIN_WORDS:
        return False
    apart = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(apart) != 1:
        return False
    x, y = apart[0]
    if re.search(r"\d", x + y):
        return False
    shared = next((i for i, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))
    return shared >= MIN_SHARED and max(len(x), len(y)) - shared <= 3


def _finding(key: str, same: list[Fact], message: str, severity: Severity | None) -> Finding:
    return Finding(
        rule=ID,
        key=key,
        message=message,
        labels=tuple(Label(fact.span, fact.value.title if fact.span.end > fact.span.start else "") for fact in same),
        values=tuple(fact.value.title or fact.value.body for fact in same),
        ballot=tuple(Vote(fact.value.title, 1, (), (fact.span.path,)) for fact in same if fact.value.title),
        severity=severity,
    )
