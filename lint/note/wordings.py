"""The wordings of one source's quotes: each run of words that notes put in quotation marks, with all its places.

Two quotes whose letters are the same, whatever their case, hyphens and
punctuation, are one wording.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from itertools import islice, product

from ..model import Fact, Group
from .align import content
from .claims import Claim, Quote
from .differ import words
from .times import Timeline, timeline
from .words import STOP, rarity, stem

MAX_WORDS = 400
"""Words of a quote that are compared; what is longer is no quote but a passage in a frame."""

MAX_PLACES = 80
"""Pairs of places that are looked at to tell whether two wordings stand in like sentences."""

_LETTERS = re.compile(r"[\W_]+")


class Place:
    """One quote in one note: when it was said, and in what sentence it stands."""

    __slots__ = ("claim", "fact", "path", "seconds", "titled")

    def __init__(self, fact: Fact, claim: Fact | None, seconds: int | None) -> None:
        self.fact = fact
        self.path = fact.span.path
        self.claim = claim
        self.seconds = seconds
        value = claim.value if claim is not None else None
        # capitals in a heading are the heading's, not the quote's
        self.titled = isinstance(value, Claim) and value.kind == "heading"

    @property
    def text(self) -> str:
        """The quote as its reader sees it."""
        value: Quote = self.fact.value
        return value.text


class Wording:
    """One run of words and the places that have it.

    `content` holds the stems of the words that tell something, in order;
    `stems` all words so; `weights` what each stem of `content` tells.
    """

    __slots__ = ("content", "places", "stems", "text", "weights", "words")

    def __init__(self, said: tuple[str, ...]) -> None:
        self.words = said
        self.text = f" {' '.join(said)} "
        self.stems = tuple(stem(word) if telling(word) else word for word in said)
        self.weights = {stem(word): weight(word) for word in said if telling(word)}
        self.content = tuple(stem(word) for word in said if telling(word))
        self.places: list[Place] = []

    @property
    def notes(self) -> set[str]:
        """The paths of the notes that have it."""
        return {place.path for place in self.places}


class Nearness:
    """What the places of two wordings share: seconds between them, and words of the sentences around.

    `seconds` is the least distance of two places in different notes, None
    where no two have times; `shared` the stems that two sentences have besides
    the quotes, at their best, and `share` their part of the shorter sentence.
    """

    __slots__ = ("seconds", "share", "shared")

    def __init__(self, first: Wording, second: Wording) -> None:
        self.seconds: int | None = None
        self.share = 0.0
        self.shared: tuple[str, ...] = ()
        quoted = {*first.content, *second.content}
        pairs = ((a, b) for a, b in product(first.places, second.places) if a.path != b.path)
        for a, b in islice(pairs, MAX_PLACES):
            if a.seconds is not None and b.seconds is not None:
                apart = abs(a.seconds - b.seconds)
                if self.seconds is None or apart < self.seconds:
                    self.seconds = apart
            if a.claim is not None and b.claim is not None:
                left, right = around(a.claim), around(b.claim)
                shared = (left & right) - quoted
                if shared:
                    share = len(shared) / max(3, min(len(left - quoted), len(right - quoted)))
                    if (share, len(shared)) > (self.share, len(self.shared)):
                        self.share, self.shared = share, tuple(sorted(shared))

    def within(self, seconds: int) -> bool:
        """Say whether both were said within so many seconds."""
        return self.seconds is not None and self.seconds <= seconds


def telling(word: str) -> bool:
    """Say whether a folded word tells something of what is said."""
    base = word.partition("'")[0]
    return base not in STOP and not word.endswith("n't")


def weight(word: str) -> int:
    """Give what a shared word tells: 1 (common) to 50 (rare)."""
    return max(1, min(60, rarity(word)) - 10)


@functools.lru_cache(maxsize=4096)
def around(claim: Fact) -> frozenset[str]:
    """Give the content stems of the sentence that a quote stands in."""
    value: Claim = claim.value
    return frozenset(content(value.text))


@functools.lru_cache(maxsize=2)
def wordings(group: Group) -> tuple[Wording, ...]:
    """Give the wordings of a group in the order of their letters."""
    times: Timeline | None = None
    claims: dict[str, tuple[list[int], list[Fact]]] = {}
    quotes: list[Fact] = []
    for fact in group:
        value = fact.value
        if isinstance(value, Claim):
            starts, facts = claims.setdefault(fact.span.path, ([], []))
            starts.append(fact.span.start)
            facts.append(fact)
        elif isinstance(value, Quote):
            quotes.append(fact)
    if not quotes:
        return ()
    times = timeline(group)
    found: dict[str, Wording] = {}
    for fact in quotes:
        said = words(fact.value.text)[:MAX_WORDS]
        letters = _LETTERS.sub("", "".join(said))
        if not letters or letters.isdigit():
            continue
        wording = found.get(letters)
        if wording is None:
            wording = found[letters] = Wording(said)
        starts, facts = claims.get(fact.span.path, ([], []))
        at = bisect_right(starts, fact.span.start) - 1
        wording.places.append(Place(fact, facts[at] if at >= 0 else None, times.seconds(fact)))
    return tuple(found[letters] for letters in sorted(found))
