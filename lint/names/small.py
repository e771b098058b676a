"""Terms that are written small: words that no dictionary has, with the words of other notes that they may stand for.

Who writes from a recording mishears terms as well as names ("mediocracy"), and nothing sets a term off but that
its word is unknown. Such words are few, one in two notes, so that each is compared with every word of its source.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ..language.british import american
from ..language.forms import family
from ..language.named import listed, strange
from ..language.variants import codes, likeness
from ..language.words import RARE, lexicon, rarity, stem
from ..model import Group
from ..statements.align import align
from ..statements.table import table
from .mentions import Cast, Mention, Name, cast, joined

SHORTEST = 4
"""Letters of a word that is compared; a shorter one is like too many others."""

LONGEST = 40
"""A longer one is no word, and how it might be put together would be tried letter by letter."""

ALIKE = 0.75
"""Likeness from which an unknown word may stand for another."""

STRANGE = 0.5
"""The same for two unknown words."""

MAX_UNKNOWN = 60
"""Unknown words of one source; where there are more, it is written in another language than the lexicon is."""

MAX_ALIKE = 4
"""Words with which an unknown one is compared, the most alike."""

KEPT = 1 << 14
"""Stretches of text that are kept at most; then keeping begins anew."""

_MARKS = "\"“”„'‘’`*_()[]<>«».,;:!?…—–"
_LARGE = re.compile(r"(?<![\w@/.-])[A-Z][^\W_]{2,}(?![\w@/-])")
_NEXT = re.compile(r" ([^\W\d_]{3,})(?![\w'’-])")


_Places = dict[str, list[tuple[int, int]]]
"""By a word, where it stands: the claim, and the character with which it begins."""


class _Unknown(dict[str, str]):
    """By a stretch of text without spaces: the unknown word written small in it, "" where there is none."""

    def __missing__(self, stretch: str) -> str:
        if len(self) >= KEPT:
            self.clear()
        word = stretch.strip(_MARKS)
        unknown = SHORTEST <= len(word) <= LONGEST and word.isalpha() and word.islower() and not _known(word)
        found = self[stretch] = word if unknown else ""
        return found


_UNKNOWN = _Unknown()


def _known(word: str) -> bool:
    """Say whether the lexicon has a word, its British spelling, what it is a form of, or the two words that it is put together of."""
    entries = lexicon()
    if word in entries:
        return True
    base = stem(word)
    return any(form in entries or listed(form) for form in (word, american(word) or word, base, base + "e")) or any(
        listed(word[:cut]) and listed(word[cut:]) for cut in range(SHORTEST, len(word) - SHORTEST + 1)
    )


@functools.lru_cache(maxsize=1)
def with_terms(group: Group) -> Cast:
    """Give the names of a source with those of its terms written small that may be misheard; headings are its last claims.

    A capital in a heading makes no name, but a name that is one stands there as well, and a word that no dictionary has.
    """
    names = cast(group)
    headings = tuple(fact for fact in table(group).claims if fact.value.kind == "heading")
    found = Cast((*names.claims, *headings))
    found.names = dict(names.names)
    found.by_claim = [*map(list, names.by_claim), *([] for _ in headings)]
    unknown: _Places = defaultdict(list)
    several = len({fact.span.path for fact in found.claims}) > 1
    for index, fact in enumerate(names.claims if several else ()):
        text = fact.value.passage.text
        for word in set(map(_UNKNOWN.__getitem__, text.split())):
            if word:
                unknown[word] += ((index, at) for at in _places(word, text))
    if 0 < len(unknown) <= MAX_UNKNOWN:
        for places in _alike(group, names, unknown):
            for index, start, end in _extended(names, places):
                _add(found, names, index, start, end)
    for index in range(len(names.claims), len(found.claims)) if several else ():
        for match in _LARGE.finditer(found.claims[index].value.passage.text):
            if strange(joined(match[0])) and joined(match[0]) not in names.names:
                _add(found, names, index, *match.span())
    return found


def _places(word: str, text: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(rf"(?<![\w@/.-]){word}(?![\w@/-])", text))


def _alike(group: Group, names: Cast, unknown: _Places) -> Iterator[_Places]:
    """Give each unknown word that is like a name or another word, with the places of those that are no names."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    vocabulary = sorted(align(group).words)
    entries = lexicon()
    held: dict[str, list[int]] = defaultdict(list)
    wanted: dict[str, list[str]] = {}
    for word in sorted(unknown):
        own = stem(word)
        near = process.extract(own, vocabulary, scorer=Indel.normalized_similarity, score_cutoff=0.6, limit=None)
        like = sorted(((-likeness(own, other), other) for other, _, _ in near if other != own and other.isalpha()))
        wanted[word] = [
            other
            for negative, other in like[:MAX_ALIKE]
            if -negative >= (ALIKE if other in entries else STRANGE) or codes(own) == codes(other)
        ]
        for other in wanted[word]:
            held.setdefault(other, [])
    if not held:
        return
    bags = table(group)
    for index, fact in enumerate(names.claims):
        for other in held.keys() & bags.bag(fact).keys():
            held[other].append(index)
    large = {stem(word) for name in names.names.values() for word in name.words}
    for word, others in wanted.items():
        paths = {names.path(index) for index, _ in unknown[word]}
        places: _Places = {word: unknown[word]}
        for other in others:
            for index in held[other]:
                if len(paths | {names.path(index)}) > 1:
                    text = names.claims[index].value.passage.text
                    for match in re.finditer(rf"(?<![\w@/.-]){re.escape(other)}[a-z]*(?![\w@/-])", text):
                        if stem(match[0]) == other and not family(word, match[0]):
                            places.setdefault(match[0], []).append((index, match.start()))
        if len(places) > 1 or not large.isdisjoint(others):
            yield places


def _extended(names: Cast, places: _Places) -> Iterator[tuple[int, int, int]]:
    """Give the claim, start and end of each place, with the next word where it follows several of the words."""
    follows: dict[str, set[str]] = {}
    ends: list[tuple[int, int, int, str, int]] = []
    for word, starts in places.items():
        follows[word] = set()
        for index, start in starts:
            match = _NEXT.match(names.claims[index].value.passage.text, start + len(word))
            following = match[1].lower() if match is not None and rarity(match[1].lower()) >= RARE else ""
            follows[word].add(following)
            ends.append((index, start, start + len(word), following, match.end() if match is not None else 0))
    counts = Counter(following for found in follows.values() for following in found)
    for index, start, end, following, longer in ends:
        yield index, start, longer if following and counts[following] > 1 else end


def _add(found: Cast, names: Cast, index: int, start: int, end: int) -> None:
    """Add a mention of a term; a name that has it in capitals already is copied first."""
    form = found.claims[index].value.passage.text[start:end]
    key = joined(form)
    known = found.names.get(key)
    if known is not None and known is names.names.get(key):
        name = found.names[key] = Name(key)
        name.words = known.words
        name.forms = {form: list(mentions) for form, mentions in known.forms.items()}
        name.notes = dict(known.notes)
    mention = Mention(index, start, end, form, start)
    if known is None or mention not in known.forms.get(form, ()):
        found.add(mention)
