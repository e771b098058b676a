"""The same statement in two notes: claims of one source, aligned by the rare words that they share.

Weights are whole numbers and their products are summed as whole numbers, so
that every machine and every order of work gives the very same scores.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import Counter
from collections.abc import Sequence

import msgspec

from ..model import Fact, Group
from .claims import Claim
from .words import STOP, rarity, stem, tokens

MIN_SCORE = 0.35
"""Below this cosine, pairs are as often two statements as one (79 % the same at .35-.40, 98 % at .60)."""

MIN_WORDS = 4
"""Distinct content words that a claim must have to be aligned at all."""

MAX_CLAIMS = 4_000
"""Claims of one source that are aligned with one another; the work grows with the square."""


class Pair(msgspec.Struct, frozen=True, order=True, gc=False):
    """Two claims that make the same statement: indices into `Alignment.claims`, first < second, and their cosine."""

    first: int
    second: int
    score: float


class Alignment:
    """The claims of a group that can be aligned, the content words of each with their weights, and their pairs."""

    def __init__(self, claims: tuple[Fact, ...], pairs: tuple[Pair, ...], bags: Sequence[dict[str, int]] = ()) -> None:
        self.claims = claims
        self.pairs = pairs
        self.bags = bags

    @functools.cached_property
    def words(self) -> frozenset[str]:
        """The stems of all claims."""
        return frozenset().union(*self.bags)

    @functools.cached_property
    def partners(self) -> dict[int, list[tuple[float, int]]]:
        """The score and the index of each claim's partners, best first."""
        partners: dict[int, list[tuple[float, int]]] = {}
        for pair in self.pairs:
            partners.setdefault(pair.first, []).append((pair.score, pair.second))
            partners.setdefault(pair.second, []).append((pair.score, pair.first))
        for found in partners.values():
            found.sort(key=lambda item: (-item[0], item[1]))
        return partners


@functools.lru_cache(maxsize=2)
def align(group: Group) -> Alignment:
    """Align the claims of different notes of a group; kept for the rules that ask again."""
    claims = [fact for fact in group if isinstance(fact.value, Claim) and fact.value.kind != "heading"]
    words = [content(fact.value.text) for fact in claims]
    usable = [index for index, bag in enumerate(words) if len(bag) >= MIN_WORDS][:MAX_CLAIMS]
    claims = [claims[index] for index in usable]
    bags = [words[index] for index in usable]
    paths = [fact.span.path for fact in claims]
    if len(set(paths)) < 2:
        return Alignment(tuple(claims), (), bags)
    return Alignment(tuple(claims), tuple(_pairs(bags, paths)), bags)


def content(text: str) -> dict[str, int]:
    """Give the stems of the content words of a text, each with its weight: how much it tells that two claims share it."""
    return dict(filter(None, map(_telling, tokens(text))))


@functools.lru_cache(maxsize=1 << 16)
def _telling(word: str) -> tuple[str, int] | None:
    return None if word in STOP else (stem(word), max(1, min(60, rarity(word)) - 10))


def _pairs(bags: list[dict[str, int]], paths: list[str]) -> list[Pair]:
    """Give the pairs of claims of different notes whose cosine reaches MIN_SCORE, in order.

    Each claim is compared with the notes before its own by an inverted index.
    Its words come rarest first, and once those that are left weigh too little
    to reach the score by themselves (Cauchy-Schwarz), they find no new
    partners: a word that half of the claims have is looked up but seldom.
    """
    spread = Counter(word for bag in bags for word in bag)
    total = len(bags)
    index: dict[str, list[tuple[int, int]]] = {word: [] for word, n in spread.items() if n > 1}
    known: dict[tuple[str, int], tuple[int, str, int]] = {}
    norms: list[int] = []
    pairs: list[Pair] = []
    for _, rows in itertools.groupby(range(total), paths.__getitem__):
        here: list[tuple[int, str, int]] = []
        for row in rows:
            norm = 0
            shared: list[tuple[int, str, int]] = []
            for item in bags[row].items():
                entry = known.get(item)
                if entry is None:
                    word, weight = item
                    n = spread[word]
                    # a word that every claim of this source has tells little of any
                    entry = known[item] = (n, word, max(1, round(weight * (1 - n / total))))
                norm += entry[2] * entry[2]
                if entry[0] > 1:
                    shared.append(entry)
            norms.append(norm)
            shared.sort()
            left = sum(value * value for _, _, value in shared)
            enough = _REACH * norm
            found: dict[int, int] = {}
            for _, word, value in shared:
                if left >= enough:
                    for other, weight in index[word]:
                        found[other] = found.get(other, 0) + value * weight
                else:
                    for other, weight in index[word]:
                        if other in found:
                            found[other] += value * weight
                left -= value * value
                here.append((row, word, value))
            for other, product in found.items():
                if product * product >= enough * norms[other]:
                    score = product / math.sqrt(norm * norms[other])
                    if score >= MIN_SCORE:
                        pairs.append(Pair(other, row, round(score, 4)))
        for row, word, value in here:
            index[word].append((row, value))
    pairs.sort()
    return pairs


_REACH = MIN_SCORE * MIN_SCORE * 0.999
"""The share of a claim's squared weight that words must have to reach MIN_SCORE, with room for rounding."""
