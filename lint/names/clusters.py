"""Names that are one name, put together by their ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from ..language.named import LARGE, capital
from ..language.words import rarity
from .mentions import Name

RAREST = 60
"""Rarity of a word that belongs to a name wherever it stands."""


class Tie(msgspec.Struct, frozen=True):
    """Two names that are one: their keys, how sure that is, the words that differ, and what says so."""

    first: str
    second: str
    score: float
    words: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]


class Kin(msgspec.Struct, frozen=True):
    """Names of one source that are one name: their keys, and the ties between them, surest first."""

    keys: tuple[str, ...]
    ties: tuple[Tie, ...]


def clusters(ties: Iterable[Tie], chosen: Iterable[Name]) -> Iterator[Kin]:
    """Put tied names together: those that share a name, and those whose words differ in the same way."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(a: str, b: str) -> None:
        x, y = root(a), root(b)
        parent[max(x, y)] = min(x, y)

    kept = sorted(ties, key=lambda tie: (-tie.score, tie.first, tie.second))
    by_words: dict[tuple[str, str], str] = {}
    for tie in kept:
        join(tie.first, tie.second)
        for pair in tie.words:
            join(tie.first, by_words.setdefault((min(pair), max(pair)), tie.first))
    tied = {tie.first for tie in kept} | {tie.second for tie in kept}
    words = {name.key: name.words for name in chosen}
    # "Roy-Chaudhury" alone belongs to "Rahul Roy-Chaudhury"
    decisive: dict[str, str] = {}
    for tie in kept:
        for pair in tie.words:
            for word in pair:
                if len(word) > 3 and (capital(word) >= LARGE or rarity(word) >= RAREST):
                    decisive.setdefault(word, tie.first)
    whole = {key: set(words[key]) for key in tied}
    for name in chosen:
        if name.key in tied:
            continue
        for word in name.words:
            holder = decisive.get(word)
            if holder is not None and any(set(name.words) <= whole[key] for key in tied if root(key) == root(holder)):
                join(name.key, holder)
                break
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(parent):
        members[root(key)].append(key)
    for top in sorted(members):
        yield Kin(tuple(members[top]), tuple(tie for tie in kept if root(tie.first) == top))
