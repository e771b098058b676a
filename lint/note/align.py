"""The same statement in two notes: claims of one source, aligned by the rare words that they share.

Weights are whole numbers and are multiplied as float32 matrices whose sums
stay below 2**24, so that every machine and every order of work gives the very
same scores.
"""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from ..model import Fact, Group
from .claims import Claim
from .words import STOP, rarity, stem, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MIN_SCORE = 0.35
"""Below this cosine, pairs are as often two statements as one (79 % the same at .35-.40, 98 % at .60)."""

MIN_WORDS = 4
"""Distinct content words that a claim must have to be aligned at all."""

MAX_CLAIMS = 4_000
"""Claims of one source that are aligned with one another; the matrix grows with the square."""


class Pair(msgspec.Struct, frozen=True, order=True, gc=False):
    """Two claims that make the same statement: indices into `Alignment.claims`, first < second, and their cosine."""

    first: int
    second: int
    score: float


class Alignment:
    """The claims of a group that can be aligned, their pairs, and the partners of each claim, best first."""

    def __init__(self, claims: tuple[Fact, ...], pairs: tuple[Pair, ...]) -> None:
        self.claims = claims
        self.pairs = pairs
        self.partners: dict[int, list[tuple[float, int]]] = {}
        for pair in pairs:
            self.partners.setdefault(pair.first, []).append((pair.score, pair.second))
            self.partners.setdefault(pair.second, []).append((pair.score, pair.first))
        for found in self.partners.values():
            found.sort(key=lambda item: (-item[0], item[1]))


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
        return Alignment(tuple(claims), ())
    return Alignment(tuple(claims), tuple(_pairs(bags, paths)))


def content(text: str) -> dict[str, int]:
    """Give the stems of the content words of a text, each with its weight: how much it tells that two claims share it."""
    return {stem(word): max(1, min(60, rarity(word)) - 10) for word in tokens(text) if word not in STOP}


def _pairs(bags: list[dict[str, int]], paths: list[str]) -> list[Pair]:
    import numpy as np

    spread = Counter(word for bag in bags for word in bag)
    total = len(bags)
    columns = {word: index for index, word in enumerate(sorted(word for word, n in spread.items() if n > 1))}
    matrix: NDArray[np.float32] = np.zeros((total, len(columns)), dtype=np.float32)
    norms = np.zeros(total, dtype=np.float64)
    for row, bag in enumerate(bags):
        square = 0
        for word, weight in bag.items():
            # a word that every claim of this source has tells little of any
            value = max(1, round(weight * (1 - spread[word] / total)))
            square += value * value
            column = columns.get(word)
            if column is not None:
                matrix[row, column] = value
        norms[row] = square
    products = matrix @ matrix.T
    scores = products.astype(np.float64) / np.sqrt(np.outer(norms, norms))
    rows, cols = np.nonzero(np.triu(scores >= MIN_SCORE, 1))
    return [
        Pair(int(row), int(col), round(float(scores[row, col]), 4))
        for row, col in zip(rows.tolist(), cols.tolist(), strict=True)
        if paths[row] != paths[col]
    ]
