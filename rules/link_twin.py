"""Two link targets on one source have the same words.

"the_role_of_product_managers" and "the_role_of_a_product_manager" are two
names: either one of the links leads nowhere, or there are two notes of one
subject, and what is written in one is missing from the other. Reported are
targets that have the same words in another order, with other endings or other
words such as "and" and "the" between them, and targets of which one has a word
misspelt.

Example: `[[hiring_and_paying_small_teams]]` in one note and
`[[paying_and_hiring_for_small_teams]]` in another.

Known false alarms: two notes that take one subject from two sides, and are
named alike on purpose.

To fix it, link to one of the two; merge the notes where there are two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

from ..lint.language.words import rarity
from ..lint.model import Fact, Finding, Group, Label, Scope, Severity, Vote
from ..lint.note import links
from ..lint.note.fits import sense
from ..lint.note.links import Caption, Targets, Use, bare

ID = "link-twin"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = links.by_source

# A shorter word is a letter from another one by chance.
MIN_MISSPELT = 6
# No word is longer, whatever a target runs together.
MAX_WORD = 40
# A word as rare as this is none that the lexicon has, or hardly.
UNKNOWN = 40


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report pairs of targets that have the same words."""
    notes: dict[str, set[str]] = defaultdict(set)
    places: dict[str, dict[str, Fact]] = defaultdict(dict)
    own: set[str] = set()
    for fact in facts:
        if isinstance(fact.value, Targets):
            own.add(bare(fact.value.targets[-1]))
            for target in fact.value.targets[:-1]:
                notes[bare(target)].add(fact.span.path)
        elif isinstance(fact.value, Caption | Use):
            places[bare(fact.value.target)].setdefault(fact.span.path, fact)
    # those without a place have no label and are written as slugs; the reader sees what they are
    words = {core: tuple(sorted(sense(next(iter(found.values())).value.target))) for core, found in places.items()}
    for one, other in _twins(words):
        ranked = sorted((one, other), key=lambda core: (core not in own, -len(notes[core]), core))
        yield _finding(key, [list(places[core].values()) for core in ranked])


def _twins(words: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Give the pairs of targets with the same words, or with all but one, of which that one is misspelt."""
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for core, stems in sorted(words.items()):
        if len(stems) > 1:
            same[stems].append(core)
    for cores in same.values():
        yield from combinations(cores, 2)
    rest: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    seen = Counter(stem for stems in words.values() for stem in set(stems))
    for stems, cores in same.items():
        for at, stem in enumerate(stems):
            if MIN_MISSPELT - 1 <= len(stem) <= MAX_WORD:
                rest[stems[:at] + stems[at + 1 :]].append((stem, cores[0]))
    for found in rest.values():
        for (stem, core), (other, twin) in _near(found) if len(found) > 1 else ():
            strange = min((stem, other), key=lambda one: (seen[one], -rarity(one)))
            if rarity(strange) >= UNKNOWN and OSA.distance(stem, other, score_cutoff=1) == 1:
                yield core, twin


def _near(found: list[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Give the pairs, in order, whose stems may be one edit apart: they are the same without one letter at most of either."""
    meeting: dict[str, list[int]] = defaultdict(list)
    for index, (stem, _) in enumerate(found):
        for less in {stem, *(stem[:at] + stem[at + 1 :] for at in range(len(stem)))}:
            meeting[less].append(index)
    pairs = {pair for same in meeting.values() for pair in combinations(same, 2)}
    yield from ((found[one], found[other]) for one, other in sorted(pairs))


def _finding(key: str, uses: list[list[Fact]]) -> Finding:
    best, other = (found[0].value.target for found in uses)
    return Finding(
        rule=ID,
        key=key,
        message=f'two link targets of the same words: "{other}" and "{best}"',
        labels=(
            *(Label(fact.span, fact.value.target, "variant") for fact in uses[1]),
            *(Label(fact.span, fact.value.target, "evidence") for fact in uses[0]),
        ),
        values=tuple(sorted((bare(best), bare(other)))),
        ballot=tuple(
            Vote(found[0].value.target, len(found), (), tuple(sorted(fact.span.path for fact in found)))
            for found in uses
        ),
        confidence=0.8,
    )
