"""Terms that are written small: words that no dictionary has or that are said like another, with the words of other notes that they may stand for.

Who writes from a recording mishears terms as well as names ("mediocracy"), and nothing sets a term off but that
its word is unknown, or that another note has one that is said just alike ("councils", "counsels"). Of the first there is one
in two notes, so that each is compared with every word of its source; of the second, two pairs in a source.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Indel

from ..language.british import american
from ..language.forms import family
from ..language.homophones import homophones
from ..language.named import listed, strange
from ..language.variants import codes, likeness
from ..language.words import RARE, lexicon, stem
from ..model import Group
from ..statements.align import align
from ..statements.table import table
from .extended import Places, extended
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

FEW = 6
"""Claims with the rarer of two words that are said alike; what stands in more is no slip."""

TELLING = 20
"""Rarity of a word that makes a term of each of two words beside it that are said alike, where a note has both of them."""

KEPT = 1 << 14
"""Stretches of text that are kept at most; then keeping begins anew."""

_MARKS = "\"“”„'‘’`*_()[]<>«».,;:!?…—–"
_ALONE = re.compile(r"(?<![\w@/.-])[^\W\d_]+(?![\w@/-])")
_LARGE = re.compile(r"(?<![\w@/.-])[A-Z][^\W_]{2,}(?![\w@/-])")


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
    return any(form in entries for form in (word, american(word) or word, base, base + "e")) or any(
        listed(word[:cut]) and listed(word[cut:]) for cut in range(SHORTEST, len(word) - SHORTEST + 1)
    )


@functools.lru_cache(maxsize=1)
def with_terms(group: Group) -> Cast:
    """Give the names of a source with those of its terms written small that may be misheard; headings are its last claims.

    A capital in a heading makes no name, but a name that is one stands there as well, and a word that no dictionary has.
    """
    names = cast(group)
    headings = tuple(fact for fact in table(group).claims if fact.value.kind == "heading")
    found = names.copy(headings)
    unknown: Places = defaultdict(list)
    several = len({fact.span.path for fact in found.claims}) > 1
    for index, fact in enumerate(names.claims if several else ()):
        text = fact.value.passage.text
        for word in set(map(_UNKNOWN.__getitem__, text.split())):
            if word:
                unknown[word] += ((index, at) for form, at in _standing(word, text) if form == word)
    wanted = _wanted(group, unknown) if 0 < len(unknown) <= MAX_UNKNOWN else {}
    large = {stem(word) for name in names.names.values() for word in name.words}
    pairs = _said_alike(group, large, wanted) if several else []
    held = _holding(group, names, {*itertools.chain(*wanted.values(), *pairs)})
    for places in _alike(names, large, unknown, wanted, held):
        for stretch in extended(names, places, RARE):
            add(found, names, *stretch.widest)
    for places, apart in _exchanged(names, pairs, held):
        for stretch in extended(names, places, RARE if apart else TELLING):
            if apart or stretch.longer:
                add(found, names, *stretch.widest)
    for index in range(len(names.claims), len(found.claims)) if several else ():
        for match in _LARGE.finditer(found.claims[index].value.passage.text):
            if strange(joined(match[0])) and joined(match[0]) not in names.names:
                add(found, names, index, *match.span())
    return found


def _wanted(group: Group, unknown: Places) -> dict[str, list[str]]:
    """Give by each unknown word the stems of the source that are like it."""
    vocabulary = sorted(align(group).words)
    entries = lexicon()
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
    return wanted


def _said_alike(group: Group, large: set[str], wanted: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Give the stems of the source that are said alike, but for two of names (`large`) and what unknown words are compared with."""
    compared = {*map(stem, wanted), *itertools.chain(*wanted.values())}
    pairs = sorted(homophones(align(group).words))
    return [pair for pair in pairs if compared.isdisjoint(pair) and not large.issuperset(pair)]


def _holding(group: Group, names: Cast, stems: set[str]) -> dict[str, list[int]]:
    """Give by each of these stems the claims that have it."""
    held: dict[str, list[int]] = {word: [] for word in stems}
    bags = table(group)
    for index, fact in enumerate(names.claims if held else ()):
        for word in held.keys() & bags.bag(fact).keys():
            held[word].append(index)
    return held


def _alike(
    names: Cast,
    large: set[str],
    unknown: Places,
    wanted: Mapping[str, Iterable[str]],
    held: Mapping[str, Iterable[int]],
) -> Iterator[Places]:
    """Give each unknown word that is like a name (`large`) or another word, with the places of those that are no names."""
    for word, others in wanted.items():
        paths = {names.path(index) for index, _ in unknown[word]}
        places: Places = {word: unknown[word]}
        for other in others:
            for index in held[other]:
                if len(paths | {names.path(index)}) > 1:
                    for form, at in _forms(other, names.claims[index].value.passage.text):
                        if not family(word, form):
                            places.setdefault(form, []).append((index, at))
        if len(places) > 1 or not large.isdisjoint(others):
            yield places


def _exchanged(
    names: Cast, pairs: Iterable[tuple[str, str]], held: Mapping[str, Sequence[int]]
) -> Iterator[tuple[Places, bool]]:
    """Give the places of each two words that are said alike, and whether no note has both."""
    for pair in pairs:
        mine, theirs = ({names.path(index) for index in held[word]} for word in pair)
        if len(mine | theirs) < 2 or min(len(held[word]) for word in pair) > FEW:
            continue
        places: Places = defaultdict(list)
        for word in pair:
            for index in held[word]:
                for form, at in _forms(word, names.claims[index].value.passage.text, large=True):
                    places[form].append((index, at))
        # two names are compared already
        if any(listed(form.lower()) for form in places):
            yield places, mine.isdisjoint(theirs)


def _forms(word: str, text: str, *, large: bool = False) -> Iterator[tuple[str, int]]:
    """Give the words of a text that have a stem, and where they begin; those with capitals too if `large`."""
    for form, at in _standing(word, text.lower() if large else text):
        written = text[at : at + len(form)]
        if stem(form) == word and (large or written.islower()):
            yield written, at


def _standing(beginning: str, text: str) -> Iterator[tuple[str, int]]:
    """Give the words of a text that begin so, and where they begin."""
    at = text.find(beginning)
    while at >= 0:
        match = _ALONE.match(text, at)
        if match is not None:
            yield match[0], at
        at = text.find(beginning, at + 1)


def add(found: Cast, names: Cast, index: int, start: int, end: int) -> None:
    """Add a mention of a term to a copy of `names`; a name that has it in capitals already is copied first."""
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
