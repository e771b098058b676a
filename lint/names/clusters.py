"""Names that are one name, put together by their ties."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

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


def clusters(ties: Iterable[Tie], chosen: Iterable[Name], two: Callable[[str, str], bool]) -> Iterator[Kin]:
    """Put tied names together: those that share a name, and those whose words differ in the same way.

    `two` says of two names that notes tell them apart. A tie that would make one of them, through a third name that
    is like both, is dropped: the surest ties come first.
    """
    held: dict[str, set[str]] = {}

    def holding(key: str) -> set[str]:
        return held.get(key, {key})

    def join(a: str, b: str) -> None:
        one, other = holding(a), holding(b)
        if one is not other:
            one |= other
            held.update((key, one) for key in one)

    ranked = sorted(ties, key=lambda tie: (-tie.score, tie.first, tie.second))
    direct = {frozenset((tie.first, tie.second)) for tie in ranked}
    kept: list[Tie] = []
    by_words: dict[tuple[str, str], str] = {}
    for tie in ranked:
        if any(
            frozenset(pair) not in direct and two(*pair)
            for pair in itertools.product(sorted(holding(tie.first)), sorted(holding(tie.second)))
        ):
            continue
        kept.append(tie)
        join(tie.first, tie.second)
        for pair in tie.words:
            join(tie.first, by_words.setdefault((min(pair), max(pair)), tie.first))
    tied = set(held)
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
            if holder is not None and any(set(name.words) <= whole[key] for key in tied & held[holder]):
                join(name.key, holder)
                break
    for keys in sorted({tuple(sorted(keys)) for keys in held.values()}):
        yield Kin(keys, tuple(tie for tie in kept if tie.first in keys))
