"""Which claims of other notes tell of the same matter: they share telling words, or words that one of them quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from operator import mul

from ..model import Fact
from ..statements.table import content
from .stamps import NoteTimes, Stamp

KINDRED = 0.15
"""Cosine from which a claim may tell where a time belongs."""

COMMON = 30
"""Claims that a word may stand in before it tells nothing of what they are about."""

QUOTED = 0.2
"""What it adds to the cosine of two claims that one quotes words of the other: of twenty conflicts that were told by it
and read, eighteen were true."""

WORDS, REFRAIN = 3, 12
"""Words that are known again where they are not quoted; claims they may stand in before they are what the source is about."""

_QUOTED = re.compile('["“]([^"“”]{8,120})["”]')


def quotes(stamp: Stamp) -> bool:
    """Say whether a stamp's claim has words in quotation marks."""
    text = stamp.fact.value.passage.text
    return '"' in text or "“" in text


class Kindred:
    """The cited claims of a group that tell of the same matter, looked up when first asked for."""

    def __init__(self, notes: dict[str, NoteTimes], bag: Callable[[Fact], dict[str, int]]) -> None:
        self._notes = notes
        self._bag = bag
        self._index: _Index | None = None
        self._asked: dict[int, list[tuple[float, Stamp]]] = {}

    def about(self, stamp: Stamp) -> list[tuple[float, Stamp]]:
        """Give the stamps of other notes whose claims share words with this one, with the cosine of both."""
        if len(self._notes) < 2:
            return []
        found = self._asked.get(id(stamp.fact))
        if found is None:
            if self._index is None:
                self._index = _Index(self._notes, self._bag)
            found = self._asked[id(stamp.fact)] = self._index.about(stamp)
        return found


class _Index:
    """The cited claims of a group by the words that tell what they are about."""

    def __init__(self, notes: dict[str, NoteTimes], bag: Callable[[Fact], dict[str, int]]) -> None:
        self.claims: list[list[Stamp]] = []
        self.bags: list[dict[str, int]] = []
        self.numbers: dict[int, int] = {}
        for note in notes.values():
            fact: Fact | None = None
            for stamp in note.stamps:
                if stamp.fact is fact:
                    self.claims[-1].append(stamp)
                    continue
                fact = stamp.fact
                self.numbers[id(fact)] = len(self.claims)
                self.claims.append([stamp])
                self.bags.append(bag(fact))
        spread = Counter(chain.from_iterable(self.bags))
        self.norms = [sum(map(mul, bag.values(), bag.values())) ** 0.5 for bag in self.bags]
        self.words: dict[str, list[tuple[int, int]]] = {word: [] for word, n in spread.items() if 1 < n <= COMMON}
        for number, its in enumerate(self.bags):
            for word in its.keys() & self.words.keys():
                self.words[word].append((number, its[word]))
        self.quoting: dict[int, list[int]] = {}
        for holders in self._phrases():
            for number in holders:
                self.quoting.setdefault(number, []).extend(holders)

    def _phrases(self) -> Iterator[list[int]]:
        """Give, for any words that a claim quotes, the claims in which they stand."""
        texts = [stamps[0].fact.value.passage.text.lower() for stamps in self.claims]
        quoting: dict[str, set[int]] = {}
        for number, stamps in enumerate(self.claims):
            if quotes(stamps[0]):
                for phrase in _QUOTED.findall(texts[number]):
                    quoting.setdefault(phrase.strip(" ,.;:!?"), set()).add(number)
        for phrase, holders in quoting.items():
            places = [self.words[word] for word in content(phrase) if word in self.words]
            if places and phrase.count(" ") >= WORDS - 1:
                holders.update([number for number, _ in min(places, key=len) if phrase in texts[number]])
            if " " in phrase and 1 < len(holders) <= REFRAIN:
                yield sorted(holders)

    def about(self, stamp: Stamp) -> list[tuple[float, Stamp]]:
        """Give the stamps of other notes that share words with this one's claim, and the cosine, more of quoted words."""
        number = self.numbers[id(stamp.fact)]
        norm, norms, path = self.norms[number], self.norms, stamp.path
        words = self.words
        shared: dict[int, int] = {}
        get = shared.get
        for word, weight in self.bags[number].items():
            if word in words:
                for claim, its in words[word]:
                    shared[claim] = get(claim, 0) + weight * its
        cosines = {claim: product / (norm * norms[claim]) for claim, product in shared.items()}
        for claim in set(self.quoting.get(number, ())):
            cosines[claim] = min(1.0, cosines.get(claim, 0.0) + QUOTED)
        return [
            (cosine, other)
            for claim, cosine in cosines.items()
            if cosine >= KINDRED and self.claims[claim][0].path != path
            for other in self.claims[claim]
        ]
