"""Terms in quotation marks that notes heard in several ways: "a patient premium", "a patent premium".

What stands in quotation marks is meant to be what was said, so that two short
quotes of one time that differ in one place, by words that look or sound alike,
are one term; ordinary words too, of which elsewhere a writer chooses.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import Postfix, Prefix

from ..language.forms import IRREGULAR, family
from ..language.named import listed
from ..language.variants import codes, digits_of, likeness, sounds_alike
from ..language.words import STOP, stem
from ..model import Group
from ..note.quotes import quote_spans
from ..times.timeline import Timeline, timeline
from .mentions import Cast, Mention, cast, joined, masked
from .small import add, with_terms

LONGEST = 5
"""Words of a quote that is a term; a longer one is an utterance."""

DIFFERING = 2
"""Words in which two terms differ at most."""

ALIKE = 0.78
"""Likeness of what differs, where the rest is the same; two words of dictionaries are said alike besides."""

ALIKE_WHOLE = 0.82
"""The same of terms that share no word, and that are said alike."""

CLOSE = 45
"""Seconds between two citations of one remark."""

COMMON = 40
"""Terms of a source with one word or sound from which it tells nothing, and the work would grow with the square; notes have 11 at most."""

HEARD = 60
"""Places of a term whose times are compared."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_STOPS = re.compile(r"[.,;:!?()…]")


class Heard(NamedTuple):
    """Two quoted terms that are one: the places of each, the words that differ, and the seconds between the nearest two."""

    one: tuple[Mention, ...]
    other: tuple[Mention, ...]
    words: tuple[str, str]
    apart: int


class _Term(NamedTuple):
    """A quoted term: its words, folded, their stems, and where each stands in the quote."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


_Quotes: TypeAlias = dict[_Term, list[Mention]]
"""By a term, where it is quoted."""


@functools.lru_cache(maxsize=1)
def heard(group: Group) -> tuple[Heard, ...]:
    """Give the quoted terms of a group that different notes heard in different ways; kept for who asks again."""
    names = cast(group)
    quotes = _quotes(names)
    by_mark: dict[str, list[_Term]] = defaultdict(list)
    for term in quotes:
        # what shares no word is said alike, and short
        said = codes("".join(term.words)) if len(term.words) < 3 else ()
        for mark in {*(word for word in term.stems if word not in STOP), *said}:
            by_mark[mark].append(term)
    pairs = {
        pair for terms in by_mark.values() if len(terms) <= COMMON for pair in itertools.combinations(sorted(terms), 2)
    }
    times = timeline(group)
    found = (_one_term(one, other, quotes, names, times) for one, other in sorted(pairs))
    return tuple(pair for pair in found if pair is not None)


@functools.lru_cache(maxsize=1)
def with_quoted(group: Group) -> Cast:
    """Give the names and terms of a source with its quoted terms that were heard in several ways."""
    names = with_terms(group)
    pairs = heard(group)
    if not pairs:
        return names
    found = names.copy()
    for mention in itertools.chain(*((*pair.one, *pair.other) for pair in pairs)):
        add(found, names, mention.claim, mention.start, mention.end)
    return found


def _quotes(names: Cast) -> _Quotes:
    """Give the quoted terms of a source."""
    found: _Quotes = defaultdict(list)
    for index, fact in enumerate(names.claims):
        text = fact.value.passage.text
        for start, end, _ in quote_spans(text, ""):
            form = text[start:end].rstrip(".,;:!?")
            if masked(fact.value.passage, start, end):
                continue
            if form.count(" ") < LONGEST and (term := _term(form)) is not None:
                found[term].append(Mention(index, start, start + len(form), form, start))
    return found


@functools.lru_cache(maxsize=1 << 12)
def _term(form: str) -> _Term | None:
    """Read a quote, None for one that is no term."""
    words = list(_WORD.finditer(form))
    if not 0 < len(words) <= LONGEST or _STOPS.search(form):
        return None
    folded = tuple(joined(_POSSESSIVE.sub("", word[0])) for word in words)
    return _Term(folded, tuple(map(stem, folded)), tuple(word.span() for word in words))


def _one_term(a: _Term, b: _Term, quotes: _Quotes, names: Cast, times: Timeline) -> Heard | None:
    """Give two terms that are one and in different notes, None where they are two."""
    before = Prefix.similarity(a.stems, b.stems)
    behind = Postfix.similarity(a.stems[before:], b.stems[before:])
    mine, theirs = (term.words[before : len(term.words) - behind] for term in (a, b))
    if not _alike(mine, theirs, shared=not STOP.issuperset((*a.words[:before], *a.words[len(a.words) - behind :]))):
        return None
    paths, others = ({names.path(mention.claim) for mention in quotes[term]} for term in (a, b))
    if not paths.isdisjoint(others):
        return None
    apart = min(_apart(quotes[a][:HEARD], quotes[b][:HEARD], names, times), default=None)
    if apart is None or apart > CLOSE:
        return None
    if len(mine) == len(theirs) == 1 and not all(map(listed, (*mine, *theirs))):
        # a word that no dictionary has is a term by itself
        cut, left = before, behind
    else:
        # the word that a term is about ends it: what stands before it in both is left out
        cut, left = before if behind else 0, 0
    one, other = (_part(term, quotes[term], cut, len(term.words) - left) for term in (a, b))
    return Heard(one, other, ("".join(mine), "".join(theirs)), apart)


def _alike(mine: Sequence[str], theirs: Sequence[str], *, shared: bool) -> bool:
    """Say whether one stretch of words is another misheard, where all else is the same; `shared` says that there is something."""
    words = (*mine, *theirs)
    if not 0 < len(mine) <= DIFFERING or not 0 < len(theirs) <= DIFFERING:
        return False
    if any(word in STOP or {word, stem(word)} & IRREGULAR or word.endswith(("self", "selves")) for word in words):
        return False
    p, q = "".join(mine), "".join(theirs)
    if digits_of(p) != digits_of(q) or family(p, q):
        return False
    alike = likeness(p, q)
    if not shared:
        return alike >= ALIKE_WHOLE and sounds_alike(p, q)
    return alike >= ALIKE and (sounds_alike(p, q) or not all(map(listed, words)))


def _apart(places: Iterable[Mention], others: Iterable[Mention], names: Cast, times: Timeline) -> Iterator[int]:
    """Give how many seconds lie between each two places."""
    for one, other in itertools.product(places, others):
        mine, theirs = (times.seconds(names.claims[mention.claim]) for mention in (one, other))
        if mine is not None and theirs is not None:
            yield abs(mine - theirs)


def _part(term: _Term, places: Iterable[Mention], first: int, last: int) -> tuple[Mention, ...]:
    """Give the places of some of a term's words."""
    start, end = term.spans[first][0], term.spans[last - 1][1]
    return tuple(
        Mention(place.claim, place.start + start, place.start + end, place.form[start:end], place.start + start)
        for place in places
    )
