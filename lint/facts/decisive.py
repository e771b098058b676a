"""Words that decide: where two notes make the same statement with one word that is mistaken for another."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec
from rapidfuzz import fuzz

from ..language.words import STOP, TOKEN, lexicon, negation, rarity, stem
from ..model import Fact, Group
from ..note.claims import Claim
from ..statements.align import align
from ..times.timeline import timeline
from .mistaken import MIN_RATIO, Candidates, Kind, forms, same_form

MIN_SCORE = 0.45
"""Cosine from which claims are near enough that one word can decide between them; at one moment, all aligned ones are."""

MIN_CONTEXT = 0.5
"""Share of the weight around a term that the other's surroundings must have."""

LOOSE_CONTEXT = 0.6
"""The same where only one neighbour of the terms agrees."""

MAX_CHANGES = 5
"""Content words in which two claims may differ besides, where only one neighbour of the terms agrees."""

WINDOW = 5
"""Words on either side of a term that tell whether both notes use it of the same thing."""


SELDOM, MOSTLY = 30, 50
"""Percent of a word's places with a capital from which one that is written so is a name: amid a sentence, at its beginning."""

JOINT = 7
"""Words on either side of "founded" among which two founders are named: "founded by Ada Palmer and Bo Lindqvist"."""

TURNING = frozenset(
    ["not", "no", "never", "without", "hardly", "less", "few", "rather", "instead", "if", "unless", "until"]
)
"""Words that deny a part of a sentence or make it a condition; between opposites of equal standing, both have the same."""

CLOSE = 5
"""Seconds within which two notes cite one moment."""


class Term(msgspec.Struct, frozen=True, gc=False):
    """A word that decides, in a claim: `text[start:end]`."""

    claim: int
    start: int
    end: int
    word: str


class Turn(msgspec.Struct, frozen=True, gc=False):
    """Two claims that make the same statement with different deciding words."""

    one: Term
    other: Term
    kind: Kind
    score: float
    context: float
    close: bool
    strict: bool


class Words:
    """The words of a claim as they stand there, in lower case, and their stems."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw: list[str] = TOKEN.findall(text)
        self.words = [word.lower().replace("’", "'") for word in self.raw]
        self.stems = [stem(word) for word in self.words]

    @functools.cached_property
    def content(self) -> Counter[str]:
        """The stems of the content words."""
        return Counter(one for one, word in zip(self.stems, self.words, strict=True) if word not in STOP)

    @functools.cached_property
    def turned(self) -> Counter[str]:
        """The words that turn what a sentence says into its opposite, and those that leave it open."""
        return Counter(plain for plain in map(negation, self.words) if plain in TURNING)

    def place(self, at: int) -> tuple[int, int]:
        """Give where a word stands in the text."""
        return next(itertools.islice(TOKEN.finditer(self.text), at, None)).span()

    def at(self, one: str) -> list[int]:
        """Give where a stem stands."""
        return [index for index, known in enumerate(self.stems) if known == one]

    def around(self, at: int) -> dict[str, int]:
        """Give the stems of the content words around a word, with their weights."""
        found = {}
        for index in range(max(0, at - WINDOW), min(len(self.words), at + WINDOW + 1)):
            word = self.words[index]
            if index != at and word not in STOP:
                found[self.stems[index]] = max(1, min(60, rarity(word)) - 8)
        return found

    def near(self, at: int) -> tuple[str, str]:
        """Give the stems just before and just after a word."""
        return (self.stems[at - 1] if at else "", self.stems[at + 1] if at + 1 < len(self.stems) else "")

    def common(self, at: int) -> bool:
        """Say whether a word is written as a common one, known and not a name."""
        entry = lexicon().get(self.words[at])
        if entry is None or entry.given:
            return False
        # what begins a sentence has a capital anyway
        return not self.raw[at][0].isupper() or entry.capital < (MOSTLY if at == 0 else SELDOM)

    def joint(self, at: int) -> bool:
        """Say whether a word has two names beside it that an "and" joins: who "A and B founded" was co-founded."""
        near = self.raw[max(0, at - JOINT) : at + JOINT + 1]
        return any(
            word == "and" and before[0].isupper() and after[0].isupper()
            for before, word, after in zip(near, near[1:], near[2:], strict=False)
        )

    def named(self, at: int) -> bool:
        """Say whether a word is a part of a name by its capital and that of a word beside it."""
        near = self.raw[max(0, at - 1) : at] + self.raw[at + 1 : at + 2]
        return self.raw[at][0].isupper() and any(word[0].isupper() for word in near)


def turns(group: Group) -> Iterator[tuple[Turn, Fact, Fact]]:
    """Give the deciding words in which aligned claims of a group differ."""
    alignment = align(group)
    seconds = [*map(timeline(group).seconds, alignment.claims)] if alignment.pairs else []
    read: dict[int, Words] = {}
    candidates = Candidates(alignment)
    for pair in alignment.pairs:
        a, b = seconds[pair.first], seconds[pair.second]
        close = a is not None and b is not None and abs(a - b) <= CLOSE
        if (pair.score < MIN_SCORE and not close) or not (told := candidates(pair.first, pair.second)):
            continue
        for index in (pair.first, pair.second):
            if index not in read:
                claim: Claim = alignment.claims[index].value
                read[index] = Words(claim.text)
        first, second = read[pair.first], read[pair.second]
        for at, to, kind, context, strict in _difference(first, second, told):
            yield (
                Turn(
                    Term(pair.first, *first.place(at), first.words[at]),
                    Term(pair.second, *second.place(to), second.words[to]),
                    kind,
                    pair.score,
                    context,
                    close,
                    strict,
                ),
                alignment.claims[pair.first],
                alignment.claims[pair.second],
            )


def _difference(
    first: Words, second: Words, candidates: list[tuple[str, str, Kind]]
) -> Iterator[tuple[int, int, Kind, float, bool]]:
    for one, other, kind in candidates:
        best: tuple[int, int, Kind, float, bool] | None = None
        for at in first.at(one):
            for to in second.at(other):
                left, right = (x == y for x, y in zip(first.near(at), second.near(to), strict=True))
                if not (left or right):
                    continue
                if not (first.common(at) and second.common(to)) or forms(first.words[at], second.words[to]):
                    continue
                if kind == "prefix" and first.joint(at) and second.joint(to):
                    continue
                # two spellings of a name are another family's business
                if first.named(at) and second.named(to):
                    continue
                # stems are alike more often than the words that were written: "robust", "routing"
                if kind in ("near", "alike") and fuzz.ratio(first.words[at], second.words[to]) < MIN_RATIO:
                    continue
                changes = (first.content - second.content).total() + (second.content - first.content).total()
                # "not sufficient" is insufficient
                if kind == "opposite" and (changes > MAX_CHANGES or first.turned != second.turned):
                    continue
                if kind == "opposite" and not same_form(first.words[at], second.words[to]):
                    continue
                strict = kind in ("opposite", "alike") or (kind in ("near", "prefix") and changes > MAX_CHANGES)
                if strict and not (left and right):
                    continue
                context = _likeness(first.around(at), second.around(to))
                least = MIN_CONTEXT if strict or (left and right) else LOOSE_CONTEXT
                if context >= least and (best is None or context > best[3]):
                    best = (at, to, kind, context, left and right)
        if best is not None:
            yield best


def _likeness(one: dict[str, int], other: dict[str, int]) -> float:
    shared = one.keys() & other.keys()
    if len(shared) < 2:
        return 0.0
    return sum(one[word] for word in shared) / max(1, min(sum(one.values()), sum(other.values())))


_Found: TypeAlias = tuple[Turn, Fact, Fact]


def together(found: Iterable[_Found]) -> Iterator[list[_Found]]:
    """Give turns with the same two words in any form together, and those of one statement denied, the plainest first."""
    sets: dict[tuple[str, ...], list[_Found]] = {}
    denials: list[_Found] = []
    for item in found:
        turn = item[0]
        if turn.kind == "negation":
            denials.append(item)
        else:
            sets.setdefault((turn.kind, *sorted((stem(turn.one.word), stem(turn.other.word)))), []).append(item)
    same = [sets[key] for key in sorted(sets)]
    for some in itertools.chain(same, _of_one_statement(denials)):
        yield sorted(
            some,
            key=lambda item: (
                not item[0].strict,
                not item[0].close,
                -item[0].score - item[0].context,
                item[0].one.claim,
            ),
        )


def _of_one_statement(denials: Iterable[_Found]) -> list[list[_Found]]:
    """Give denials together that share a claim: a sentence that lost its "not" is one error, whoever else has it."""
    by_claim: dict[int, list[_Found]] = {}
    for item in denials:
        claims = item[0].one.claim, item[0].other.claim
        known = {id(some): some for claim in claims if (some := by_claim.get(claim)) is not None}
        joined = [item, *itertools.chain(*known.values())]
        for turn, _, _ in joined:
            by_claim[turn.one.claim] = by_claim[turn.other.claim] = joined
    return [*{id(some): some for some in by_claim.values()}.values()]
