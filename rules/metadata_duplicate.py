"""Two notes on one source have one title, or one body stands in two notes.

One of them is a leftover: made twice, or made again after a name was misheard.
Links lead to only one of the two, and what is corrected in one stays wrong in
the other. Reported are bodies that are word for word the same, titles that
differ by case and marks only, and, as information, titles that have the same
words in another order, with other endings, or with other words such as "and"
and "the" between them.

Example: "Hiring in small teams" and "Hiring in small team" on one video.

Known false alarms: two notes that were given one title on purpose; two titles
that only the order of their words tells apart ("From design to code").

To fix it, merge the notes and leave one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.distance import Prefix

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import metadata
from ..lint.note.fits import sense
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
# "assistants" and "assistance" may be two topics; with two words more that are the same, they are one.
MIN_SAME = 2
# Letters that an ending has.
MAX_ENDING = 3


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
    """Say whether two titles have the same words in whatever order, or all but one, of which they have two forms."""
    a, b = Counter(sense(one)), Counter(sense(other))
    rest, lack = [*(a - b).elements()], [*(b - a).elements()]
    if not rest and not lack:
        return a.total() > 1
    if len(rest) != 1 or len(lack) != 1 or a.total() <= MIN_SAME:
        return False
    longest = max(len(rest[0]), len(lack[0]))
    shared = Prefix.similarity(rest[0], lack[0])
    return shared >= MIN_SHARED and longest - shared <= MAX_ENDING and (rest[0] + lack[0]).isalpha()


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
