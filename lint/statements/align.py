"""The same statement in two notes: claims of one source, aligned by the rare words that they share.

Weights are whole numbers and their products are summed as whole numbers, so
that every machine and every order of work gives the very same scores.
"""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TypeAlias

import msgspec

from ..model import Fact, Group
from .table import HEAVIEST, table

MIN_SCORE = 0.35
"""Below this cosine, pairs are as often two statements as one (79 % the same at .35-.40, 98 % at .60)."""

MIN_WORDS = 4
"""Distinct content words that a claim must have to be aligned at all."""

MAX_CLAIMS = 4_000
"""Claims of one source that are aligned with one another; the work grows with the square.

Of more, each note has an even share, so that every note is compared.
"""


class Pair(msgspec.Struct, frozen=True, order=True, gc=False):
    """Two claims that make the same statement: indices into `Alignment.claims`, first < second, and their cosine."""

    first: int
    second: int
    score: float


class Alignment:
    """The claims of a group that are aligned, the content words of each with their weights, and their pairs.

    `left_out` counts the claims past MAX_CLAIMS.
    """

    def __init__(
        self,
        claims: tuple[Fact, ...],
        pairs: tuple[Pair, ...],
        bags: Sequence[dict[str, int]] = (),
        left_out: int = 0,
    ) -> None:
        self.claims = claims
        self.pairs = pairs
        self.bags = bags
        self.left_out = left_out

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


@functools.lru_cache(maxsize=1)
def align(group: Group) -> Alignment:
    """Align the claims of different notes of a group; kept for the rules that ask again."""
    words = table(group)
    if len({fact.span.path for fact in words.claims}) < 2:
        return Alignment((), ())
    every = [(fact, words.bag(fact)) for fact in words.claims if fact.value.kind != "heading"]
    long = [item for item in every if len(item[1]) >= MIN_WORDS]
    usable = _shared_out(long)
    claims = tuple([fact for fact, _ in usable])
    bags = [bag for _, bag in usable]
    paths = [fact.span.path for fact in claims]
    if len(set(paths)) < 2:
        return Alignment(claims, (), bags)
    return Alignment(claims, tuple(_pairs(bags, paths)), bags, len(long) - len(usable))


def _shared_out(items: list[tuple[Fact, dict[str, int]]]) -> list[tuple[Fact, dict[str, int]]]:
    """Give at most MAX_CLAIMS of the claims of a source, in order: of each note the first, as many of one as of another."""
    if len(items) <= MAX_CLAIMS:
        return items
    seen: Counter[str] = Counter()
    ranked = []
    for at, (fact, _) in enumerate(items):
        seen[fact.span.path] += 1
        ranked.append((seen[fact.span.path], at))
    return [items[at] for at in sorted(at for _, at in sorted(ranked)[:MAX_CLAIMS])]


_Holders: TypeAlias = dict[int, int]
"""The claims that have a word, and what it weighs in each."""


def _index(bags: list[dict[str, int]]) -> dict[str, tuple[int, list[int], _Holders]]:
    """Give for each word how many claims have it, what each of its weights comes to in this source, and no holders yet."""
    total = len(bags)
    scaled: dict[int, list[int]] = {}
    index: dict[str, tuple[int, list[int], _Holders]] = {}
    for word, n in Counter(chain.from_iterable(bags)).items():
        values = scaled.get(n)
        if values is None:
            # a word that every claim of this source has tells little of any
            values = scaled[n] = [max(1, round(weight * (1 - n / total))) for weight in range(HEAVIEST + 1)]
        index[word] = n, values, {}
    return index


def _pairs(bags: list[dict[str, int]], paths: list[str]) -> list[Pair]:
    """Give the pairs of claims of different notes whose cosine reaches MIN_SCORE, in order.

    Each claim is compared with the notes before its own by an inverted index.
    Its words come rarest first, and once those that are left weigh too little
    to reach the score by themselves (Cauchy-Schwarz), they find no new
    partners: they are looked up for those alone that may still reach it.
    """
    index = _index(bags)
    norms: list[int] = []
    roots: list[float] = []
    partners: list[list[tuple[int, float]]] = [[] for _ in bags]
    for _, rows in itertools.groupby(range(len(bags)), paths.__getitem__):
        here: list[tuple[int, list[tuple[int, int, _Holders]]]] = []
        for row in rows:
            shared: list[tuple[int, int, _Holders]] = []
            norm = left = 0
            for word, weight in bags[row].items():
                n, values, holders = index[word]
                value = values[weight]
                if n > 1:
                    shared.append((n, value, holders))
                    left += value * value
                else:
                    norm += value * value
            norm += left
            norms.append(norm)
            roots.append(math.sqrt(norm))
            here.append((row, shared))
            enough = _REACH * norm
            if left < enough:
                continue
            shared.sort(key=_FIRST)
            found: dict[int, int] = {}
            rarest_first = iter(shared)
            for _, value, holders in rarest_first:
                for other, weight in holders.items():
                    found[other] = found.get(other, 0) + value * weight
                left -= value * value
                if left < enough:
                    break
            missing = math.sqrt(enough) - math.sqrt(left)
            hopeful = [(other, product) for other, product in found.items() if product >= missing * roots[other]]
            common = list(rarest_first)
            for other, product in hopeful:
                for _, value, holders in common:
                    if other in holders:
                        product += value * holders[other]
                score = product / math.sqrt(norm * norms[other])
                if score >= MIN_SCORE:
                    partners[other].append((row, round(score, 4)))
        for row, shared in here:
            for _, value, holders in shared:
                holders[row] = value
    return [Pair(first, second, score) for first, others in enumerate(partners) for second, score in others]


_FIRST = operator.itemgetter(0)

_REACH = MIN_SCORE * MIN_SCORE * 0.999
"""The share of a claim's squared weight that words must have to reach MIN_SCORE, with room for rounding."""
