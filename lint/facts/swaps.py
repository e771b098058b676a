"""One thing said in two ways that exclude each other: what closed words and shapes of a sentence tell without reading it.

Five shapes, each narrow: a work with two authors, a superlative given to two
things, a feature that is announced here and there already, a denial that is
whole here and partial there, and a thing taken for what does it ("route",
"router"). A free choice of words is none of
them: of nouns and verbs put for one another in like sentences of one moment, one
in twenty was a contradiction, of lists with one member changed, one in three.

They were chosen and narrowed on notes of the same kind, so that others will hold
them less well.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Literal, TypeAlias

import msgspec
from rapidfuzz import fuzz

from ..language.words import lexicon
from ..model import Fact, Group
from ..statements.align import Alignment, align
from ..statements.table import table
from ..times.timeline import timeline
from . import shapes

Shape: TypeAlias = Literal["author", "superlative", "planned", "denial", "agent", "name", "office", "code", "degree"]

CLOSE = 30
"""Seconds within which two notes tell of one remark, where the shape asks for one."""

MOMENT = 5
"""Seconds within which two notes cite one moment."""

APART = 60
"""Seconds from which two superlatives are two remarks; at one moment, two wordings of the same."""

MIN_SCORE = 0.6
"""Cosine from which one word may be put for another in like claims."""

MIN_SHARED = 3
"""Content words after "will soon" that the sentence of what is there must have."""

NEAR = 60
"""Characters after "has developed" within which the name of what was announced stands."""

MIN_ALIKE = 75
"""Percent of common letters from which two words of a name are two spellings, which is another rule's business."""

MAX_OF_KIND = 40
"""Claims of one work or superlative that are compared with one another."""


class Swap(msgspec.Struct, frozen=True, gc=False):
    """Two claims, indices into `Alignment.claims`, and what they say of one thing; `about` is that thing."""

    shape: Shape
    one: int
    other: int
    mine: str
    theirs: str
    about: str
    score: float
    close: bool


class Reading:
    """The claims of a group, and what was read of them once."""

    def __init__(self, group: Group, alignment: Alignment) -> None:
        self.alignment = alignment
        self.claims = alignment.claims
        self.texts: list[str] = [fact.value.text for fact in self.claims]
        self.paths = [fact.span.path for fact in self.claims]
        self._stated = table(group).claims
        self._seconds: Callable[[Fact], int | None] = timeline(group).seconds

    @functools.cached_property
    def announced(self) -> dict[int, re.Match[str]]:
        """What the claims announce."""
        return {
            claim: match for claim, text in enumerate(self.texts) if (match := shapes.announcement(text)) is not None
        }

    def paragraph(self, claim: int) -> str:
        """Give all that stands in the paragraph of a claim."""
        fact = self.claims[claim]
        return " ".join(
            other.value.text
            for other in self._stated
            if other.value.block == fact.value.block and other.span.path == fact.span.path
        )

    def apart(self, one: int, other: int) -> int | None:
        """Give the seconds between the times of two claims, None where one has none."""
        a, b = self._seconds(self.claims[one]), self._seconds(self.claims[other])
        return None if a is None or b is None else abs(a - b)

    def within(self, one: int, other: int, seconds: int) -> bool:
        """Say whether two claims are cited within `seconds` of each other."""
        apart = self.apart(one, other)
        return apart is not None and apart <= seconds

    def swap(self, shape: Shape, one: int, other: int, mine: str, theirs: str, about: str, score: float = 0.0) -> Swap:
        """Make a swap of two claims."""
        return Swap(shape, one, other, mine, theirs, about, score, self.within(one, other, MOMENT))


def swaps(group: Group) -> tuple[tuple[Swap, ...], ...]:
    """Give what the claims of a group say of one thing in two ways, those of one thing together, the plainest first."""
    aligned = align(group)
    if len({fact.span.path for fact in aligned.claims}) < 2:
        return ()
    read = Reading(group, aligned)
    found: dict[tuple[str, ...], list[Swap]] = {}
    key: tuple[str, ...]
    for swap in (*_listed(read), *_in_pairs(read)):
        if swap.shape == "agent":
            key = (swap.shape, *sorted((swap.mine, swap.theirs)))
        else:
            key = (swap.shape, swap.about or str(swap.one))
        found.setdefault(key, []).append(swap)
    for same in found.values():
        same.sort(key=lambda swap: (not swap.close, -swap.score, swap.one, swap.other))
    return tuple(tuple(found[key]) for key in sorted(found))


def _listed(read: Reading) -> Iterator[Swap]:
    """Give the swaps that all works, superlatives and announced names of a source show, wherever they stand."""
    authors: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    highest: dict[str, list[tuple[int, shapes.Superlative]]] = defaultdict(list)
    for claim, text in enumerate(read.texts):
        for title, names in shapes.works(text):
            authors[title].append((claim, names))
        if (found := shapes.superlative(text)) is not None:
            highest[found.kind].append((claim, found))
    yield from _works(read, authors)
    yield from _superlatives(read, highest)
    yield from _named(read)


def _works(read: Reading, authors: dict[str, list[tuple[int, list[str]]]]) -> Iterator[Swap]:
    for title, places in authors.items():
        for (one, mine), (other, theirs) in combinations(places[:MAX_OF_KIND], 2):
            # a name more is no other author: both sides must have one that the other lacks
            if read.paths[one] != read.paths[other] and _stranger(mine, theirs) and _stranger(theirs, mine):
                yield read.swap("author", one, other, ", ".join(mine), ", ".join(theirs), title)


def _stranger(names: Iterable[str], known: list[str]) -> bool:
    """Say whether a name is neither among the known ones nor a part or a spelling of one."""
    bags = [(other.lower(), set(other.lower().split())) for other in known]
    return any(
        not any(words <= bag or words >= bag or fuzz.ratio(name.lower(), other) >= MIN_ALIKE for other, bag in bags)
        for name, words in ((name, set(name.lower().split())) for name in names)
    )


def _superlatives(read: Reading, highest: dict[str, list[tuple[int, shapes.Superlative]]]) -> Iterator[Swap]:
    for places in highest.values():
        for (one, mine), (other, theirs) in combinations(places[:MAX_OF_KIND], 2):
            apart = read.apart(one, other)
            if read.paths[one] == read.paths[other] or apart is None or apart < APART:
                continue
            if mine.of and theirs.of and not mine.of & theirs.of:
                continue
            if not {word[:5] for word in mine.said} & {word[:5] for word in theirs.said}:
                yield read.swap("superlative", one, other, mine.text, theirs.text, mine.name)


def _named(read: Reading) -> Iterator[Swap]:
    """Give what one note announces by a name in quotation marks and another has, though the sentences are not alike."""
    announced = [
        (name, claim, cue[0].lower())
        for claim, cue in read.announced.items()
        for name in shapes.quoted_names(read.texts[claim])
    ]
    if not announced:
        return
    for claim, text in enumerate(read.texts):
        if not any(name in text for name, _, _ in announced) or (now := shapes.there(text)) is None:
            continue
        for name, other, cue in announced:
            if 0 <= text.find(name, now.end()) <= now.end() + NEAR and read.paths[claim] != read.paths[other]:
                yield read.swap("planned", other, claim, cue, now[0].lower(), name.lower())


def _in_pairs(read: Reading) -> Iterator[Swap]:
    """Give the swaps that two claims of the same statement show."""
    instead = {claim: match for claim, text in enumerate(read.texts) if (match := shapes.instead(text)) is not None}
    yield from _partly(read, instead)
    bags = read.alignment.bags
    agents = _agents(bags)
    done = {claim for claim, bag in enumerate(bags) if not agents.keys().isdisjoint(bag)} if agents else set()
    marked = {*read.announced, *instead, *done}
    for pair in read.alignment.pairs if marked else ():
        if pair.first not in marked and pair.second not in marked:
            continue
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if one in read.announced:
                yield from _planned(read, one, other, pair.score)
            if one in instead:
                yield from _denied(read, one, other, instead[one][1], pair.score)
            if one in done and pair.score >= MIN_SCORE:
                yield from _done(read, one, other, agents, pair.score)


def _planned(read: Reading, one: int, other: int, score: float) -> Iterator[Swap]:
    if not read.within(one, other, CLOSE):
        return
    text, cue = read.texts[other], read.announced[one]
    after = set(shapes.content(read.texts[one][cue.end() : cue.end() + 100])[:7])
    shared = len(after & set(shapes.content(text)))
    now = shapes.there(text)
    # "supports" says less than "has released": the rest of the sentence must be the same
    if now is None and cue[0].lower() == "will soon" and shared >= max(4, 0.6 * len(after)):
        now = shapes.has(text)
    # what comes soon by the next sentence is not said to be there
    if now is not None and shared >= MIN_SHARED and not shapes.soon(read.paragraph(other)):
        yield read.swap("planned", one, other, cue[0].lower(), now[0].lower(), "", score)


def _partly(read: Reading, instead: dict[int, re.Match[str]]) -> Iterator[Swap]:
    """Give the denials of which one note denies a part only; both are rare, so that each is held against each."""
    if not instead:
        return
    partly = [(claim, match) for claim, text in enumerate(read.texts) if (match := shapes.partly(text)) is not None]
    for one, match in instead.items():
        denied = set(shapes.content(match[1]))
        if not denied or shapes.limits(match[1]):
            continue
        for other, part in partly:
            shared = len(denied & set(shapes.content(part[1])))
            if (
                shared >= min(2, len(denied))
                and read.paths[one] != read.paths[other]
                and read.within(one, other, CLOSE)
            ):
                yield read.swap("denial", one, other, match[0], part[0], "")


def _denied(read: Reading, one: int, other: int, denied: str, score: float) -> Iterator[Swap]:
    word = shapes.highest(denied)
    if word in lexicon() and shapes.affirms(read.texts[other], word) and read.within(one, other, CLOSE):
        yield read.swap("denial", one, other, f"not {denied}", word, "", score)


def _agents(bags: Iterable[dict[str, int]]) -> dict[str, str]:
    """Give the stems of a group that have an agent beside them: "rout", "router"; comparatives are none."""
    known: set[str] = set().union(*bags)
    entries = lexicon()
    return {
        word[:-2]: word
        for word in sorted(word for word in known if word.endswith(("er", "or")) and word[:-2] in known)
        if len(word) > 5 and word[:-2] + "est" not in entries and word[:-1] + "st" not in entries
    }


def _done(read: Reading, one: int, other: int, agents: dict[str, str], score: float) -> Iterator[Swap]:
    mine, theirs = read.alignment.bags[one], read.alignment.bags[other]
    words = [word for word in agents if word in mine and word not in theirs and agents[word] in theirs]
    if not words or not read.within(one, other, CLOSE):
        return
    first, second = shapes.slots(read.texts[one]), shapes.slots(read.texts[other])
    for word in words:
        # where the agent itself stands in such a place, the two are not taken for one another
        taken = {place for found, _, place in first if found == agents[word]}
        known = {place: written for found, written, place in second if found == agents[word]}
        for found, written, place in first:
            agent = known.get(place, "")
            # the thing itself, not what is going on: "route", not "routing"; and as many of them
            bent = (written[-1] == "s") != (agent[-1:] == "s")
            if found != word or bent or place in taken or not agent.startswith(written.removesuffix("s")):
                continue
            yield read.swap("agent", one, other, written, agent, "", score)
