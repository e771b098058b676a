"""The wordings of one source's quotes: each run of words that notes put in quotation marks, with all its places.

Two quotes whose letters are the same, whatever their case, hyphens and
punctuation, are one wording.
"""

from __future__ import annotations

import functools
import re
from itertools import accumulate

from ..language.differ import words
from ..language.words import STOP, rarity, stem
from ..model import Fact, Group
from ..note.claims import Claim, Quote
from ..times.timeline import timeline

MAX_WORDS = 400
"""Words of a quote that are compared; what is longer is no quote but a passage in a frame."""

ELLIPSIS = re.compile(r"\.{3}|…|\[[^\]\w]*\]|\[\s*\.+\s*\]")
"""The mark of what a quote leaves out: "…", "...", "[…]"."""

_INTERRUPTED = re.compile(
    r"[\"”»]\s*(?:[\w.’'-]+\s){0,3}?(?:says|said|adds|added|notes|noted|argues|argued|explains|explained|states|stated)"
    r"(?:\s[\w.’'-]+){0,2},\s*[\"“„«]"
)


class Place:
    """One quote in one note: when it was said, and in what sentence it stands."""

    def __init__(self, group: Group, index: int, last: Fact | None, rest: int | None = None) -> None:
        """Take the quote that is the fact at `index`; `last` is the last claim before it."""
        self._group = group
        self._index = index
        self._last = last
        self._rest = rest
        self.fact = group.facts[index]
        self.path = self.fact.span.path

    @property
    def text(self) -> str:
        """The quote as its reader sees it."""
        value: Quote = self.fact.value
        return value.text if self._rest is None else f"{value.text} {self._group.facts[self._rest].value.text}"

    @property
    def before(self) -> str:
        """What stands before it in its block, up to 80 characters."""
        value: Quote = self.fact.value
        return value.before

    @functools.cached_property
    def seconds(self) -> int | None:
        """When it was said, as its note means it."""
        return timeline(self._group).seconds(self.fact)

    @functools.cached_property
    def around(self) -> dict[str, int]:
        """The stems of the sentence that it stands in, its own included, and what each tells."""
        claim = self.claim
        said = () if claim is None else words(claim.value.text)
        return {stem: weight for stem, weight in map(told, said) if weight}

    @functools.cached_property
    def claim(self) -> Fact | None:
        """The sentence that it stands in."""
        facts, start = self._group.facts, self.fact.span.start
        # in reading order a sentence comes before its quotes, unless it is one, mark for mark
        for fact in facts[self._index + 1 : self._index + 3]:
            if fact.value.__class__ is Claim and fact.span.start == start and fact.span.path == self.path:
                return fact
        return self._last if self._last is not None and self._last.span.path == self.path else None

    @property
    def titled(self) -> bool:
        """Whether it stands in a heading, whose capitals are not the quote's."""
        claim = self.claim
        return claim is not None and claim.value.kind == "heading"

    @property
    def headed(self) -> bool:
        """Whether it stands in a heading or a bold lead."""
        claim = self.claim
        return self.titled or (claim is not None and len(self.before) < claim.value.lead)


class Wording:
    """One run of words and the places that have it.

    `stems` holds the words cut to their stems where they tell something;
    `weights` what each such stem tells. `text` is the words between spaces.
    """

    __slots__ = ("_cuts", "notes", "places", "stems", "text", "total", "weights", "words")

    def __init__(self, said: tuple[str, ...]) -> None:
        self.words = said
        self.text = f" {' '.join(said)} "
        known = [told(word) for word in said]
        self.stems = tuple(stem for stem, _ in known)
        self.weights = {stem: weight for stem, weight in known if weight}
        self.total = sum(self.weights.values())
        self.places: list[Place] = []
        self.notes: set[str] = set()
        self._cuts: set[int] | None = None

    @property
    def cuts(self) -> set[int]:
        """The words before which a place has an ellipsis, counted from 0; to be asked when all places are known."""
        if self._cuts is None:
            pieces = [[len(words(piece)) for piece in ELLIPSIS.split(place.text)] for place in self.places]
            self._cuts = {at for lengths in pieces for at in accumulate(lengths[:-1])} - {0, len(self.words)}
        return self._cuts

    def holds(self, part: Wording) -> bool:
        """Say whether the words of another stand in this one, one after another, whatever their endings."""
        return f" {' '.join(part.stems)} " in f" {' '.join(self.stems)} "


@functools.lru_cache(maxsize=1 << 13)
def told(word: str) -> tuple[str, int]:
    """Give the stem of a folded word and what it tells that two quotes share it: 1 (common) to 50 (rare); of a function word itself and 0."""
    if word.partition("'")[0] in STOP or word.endswith("n't"):
        return word, 0
    return stem(word), max(1, min(60, rarity(word)) - 10)


def _rest(group: Group, index: int) -> int | None:
    """Give where a quote goes on that its note interrupts: "…," she says, "and …"."""
    quote: Quote = group.facts[index].value
    if quote.text[-1:] != "," or _INTERRUPTED.match(quote.after) is None:
        return None
    for at in range(index + 1, min(index + 4, len(group.facts))):
        other = group.facts[at]
        if other.value.__class__ is Quote:
            same = other.span.path == group.facts[index].span.path and other.value.block == quote.block
            return at if same else None
    return None


@functools.lru_cache(maxsize=1)
def wordings(group: Group) -> tuple[Wording, ...]:
    """Give the wordings of a group in the order of their letters."""
    found: dict[str, Wording] = {}
    taken = -1
    last: Fact | None = None
    for index, fact in enumerate(group.facts):
        if fact.value.__class__ is Claim:
            last = fact
        if fact.value.__class__ is not Quote or index == taken:
            continue
        said = words(fact.value.text)[:MAX_WORDS]
        rest = _rest(group, index)
        if rest is not None:
            said += words(group.facts[rest].value.text)
            taken = rest
        letters = "".join(said).replace("'", "")
        if not letters or letters.isdigit():
            continue
        wording = found.get(letters)
        if wording is None:
            wording = found[letters] = Wording(said)
        place = Place(group, index, last, rest)
        wording.places.append(place)
        wording.notes.add(place.path)
    return tuple(found[letters] for letters in sorted(found))
