"""One thing put for another in the very same place of a statement: a name for a name, a piece of code for one much like it, an office for an office, all for most.

A free choice of words is none of them: of common words put for one another
in like sentences of one moment, one in twenty was a contradiction, so that
nothing is said of those. Of names that only one of two notes has at all, more
than half were; of pieces of code that are spelled alike, three in four.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from ..language.words import bag, lexicon, stem, tokens
from ..model import Group
from ..note.code import pieces
from ..statements.align import Alignment, align
from ..statements.stretches import Stretch, Word, stretches
from .degrees import comparable, differing, scales
from .mistaken import skeleton
from .swaps import Reading, Shape, Swap

NEAR = 30
"""Seconds within which two notes tell of one remark."""

MIN_SCORE = 0.4
"""Cosine from which degrees are compared; of names and offices, what stands around the place decides."""

MIN_SHARED = 2
"""Content words next to the place that both claims have."""

MIN_UNLIKE = 50
"""Percent of common letters up to which two names are two, and not two spellings of one, which is another rule's business."""

MIN_ALIKE = 60
"""Percent of common letters from which one piece of code was meant by two."""

MAX_COMMON = 25
"""Rarity up to which a name is one for a whole field ("AI"), which anything may be called."""

_DAYS = bag(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)
_CAPITAL = re.compile(r"[A-Z](?:(?<=[\w,;(’'\"“] .)|(?<=[\"“(].))[\w’']+")
_LETTERS = re.compile(r"[^a-z]+")
_SPELLED = re.compile(r"[^a-z0-9]+")
_JOINTS = frozenset("./:_=\"'(")
_MARKS = re.compile(r"[\"“”„«»*_`]")
_FILE = re.compile(r"\.\w{1,4}\Z")

_OFFICES = frozenset(map(stem, bag("ceo cto cfo coo cpo cmo president vp director head manager professor lecturer")))
"""Offices of which a person or a place in a company has one: who founded a company may lead it too, and is not here."""


class _Reading(Reading):
    """The claims of a group, and what was read of their names once."""

    def __init__(self, group: Group, alignment: Alignment) -> None:
        super().__init__(group, alignment)
        self.bags = alignment.bags
        self.known: defaultdict[str, set[str]] = defaultdict(set)
        for path, stems in zip(self.paths, self.bags, strict=True):
            self.known[path].update(stems)
        self._names: dict[int, frozenset[str]] = {}

    def names(self, claim: int) -> frozenset[str]:
        """Give the stems of a claim's words that are written as names where no sentence begins."""
        found = self._names.get(claim)
        if found is None:
            # letters are no name to compare: "PM" may be anyone
            written = (
                word for part in _CAPITAL.findall(self.texts[claim]) if not part.isupper() for word in tokens(part)
            )
            found = self._names[claim] = frozenset(stem(word) for word in written if _named(word))
        return found

    def block(self, claim: int) -> tuple[str, int]:
        """Give the paragraph that a claim is in: its note, and its number there."""
        return self.paths[claim], self.claims[claim].value.block

    def written(self, claim: int, words: tuple[Word, ...]) -> str:
        """Give words as they stand in a claim."""
        return self.texts[claim][words[0].start : words[-1].end]


def _named(word: str) -> bool:
    """Say whether a word in lower case is a name of something rather than of a field."""
    entry = lexicon().get(word)
    return word not in _DAYS and (entry is None or entry.given or (entry.capital >= 50 and entry.rarity > MAX_COMMON))


def exchanged(group: Group) -> Iterator[tuple[Swap, ...]]:
    """Give what two notes of a group put in the same place, those of the same two things together, the plainest first."""
    aligned = align(group)
    if not aligned.pairs:
        return
    found: defaultdict[tuple[str, ...], list[Swap]] = defaultdict(list)
    reading = _Reading(group, aligned)
    for swap in (*_in_places(reading, aligned), *_in_code(reading, aligned), *_in_degree(reading, aligned)):
        about = (swap.about,) if swap.about else sorted((swap.mine.lower(), swap.theirs.lower()))
        found[(swap.shape, *about)].append(swap)
    for key in sorted(found):
        yield tuple(sorted(found[key], key=lambda swap: (not swap.close, -swap.score, swap.one, swap.other)))


def _in_places(reading: _Reading, aligned: Alignment) -> Iterator[Swap]:
    """Give the names and the offices that stand in the same place."""
    holders = _OFFICES & aligned.words
    for pair in aligned.pairs:
        one, other = pair.first, pair.second
        offices = (
            bool(holders) and not holders.isdisjoint(reading.bags[one]) and not holders.isdisjoint(reading.bags[other])
        )
        mine = reading.names(one) - reading.known[reading.paths[other]]
        theirs = reading.names(other) - reading.known[reading.paths[one]] if mine else mine
        if not theirs and not offices:
            continue
        apart = reading.apart(one, other)
        if apart is None or apart > NEAR:
            continue
        for stretch in stretches(reading.texts[one], reading.texts[other]):
            if not _same_place(stretch):
                continue
            a, b = (tuple(word for word in words if word.tells) for words in (stretch.mine, stretch.theirs))
            if not a or not b:
                continue
            shape: Shape
            if {word.stem for word in a} <= mine and {word.stem for word in b} <= theirs and _unlike(reading, a, b):
                shape = "name"
            elif {word.stem for word in (*a, *b)} <= _OFFICES and a != b:
                shape = "office"
            else:
                continue
            yield reading.swap(shape, one, other, reading.written(one, a), reading.written(other, b), "", pair.score)


def _same_place(stretch: Stretch) -> bool:
    """Say whether what two claims share around a place makes it the same."""
    return (
        bool(stretch.mine and stretch.theirs)
        and stretch.left + stretch.right >= MIN_SHARED
        and (stretch.begins or stretch.left > 0)
        and (stretch.ends or stretch.right > 0)
    )


def _unlike(reading: _Reading, mine: tuple[Word, ...], theirs: tuple[Word, ...]) -> bool:
    """Say whether two names are neither spellings nor initials of one another, nor names that one note gives to one thing."""
    one, other = ("".join(word.word for word in words) for words in (mine, theirs))
    if (
        skeleton(one) == skeleton(other)
        or one[0] == other[0]
        or _LETTERS.search(one)
        or _LETTERS.search(other)
        or fuzz.ratio(one, other) >= MIN_UNLIKE
    ):
        return False
    if any(fuzz.ratio(a.word, b.word) >= MIN_ALIKE for a, b in itertools.product(mine, theirs)):
        return False
    stems = {word.stem for word in (*mine, *theirs)}
    return not any(stems <= known for known in reading.known.values())


def _in_code(reading: _Reading, aligned: Alignment) -> Iterator[Swap]:
    """Give the pieces of code of two like claims that are much alike, and that the other's note never has."""
    held = {claim: found for claim, fact in enumerate(reading.claims) if (found := pieces(fact.value.passage))}
    by_note: defaultdict[str, set[str]] = defaultdict(set)
    in_block: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for claim, found in held.items():
        by_note[reading.paths[claim]].update(map(_spelled, found))
        in_block[reading.block(claim)].update(map(_spelled, found))
    for pair in aligned.pairs if len(by_note) > 1 else ():
        one, other = pair.first, pair.second
        if one not in held or other not in held:
            continue
        mine, theirs = (
            sorted(
                piece
                for piece in held[claim]
                if _spelled(piece) not in by_note[reading.paths[partner]]
                and not any(_longer(piece, other) for other in held[partner])
            )
            for claim, partner in ((one, other), (other, one))
        )
        if not mine or not theirs:
            continue
        apart = reading.apart(one, other)
        if apart is not None and apart > NEAR:
            continue
        known, others = in_block[reading.block(one)], in_block[reading.block(other)]
        meant = [
            (a, b)
            for a, b in itertools.product(mine, theirs)
            if _meant(a, b) and _likest(a, b, others) and _likest(b, a, known)
        ]
        # where one is much like two others, all three may be right
        if len(meant) == 1:
            yield reading.swap("code", one, other, *meant[0], "", pair.score)


def _form(code: str) -> tuple[bool, ...]:
    """Give what kind of thing a piece of code is by its look: a tag, a placeholder, a file, a call."""
    return (
        code[0] == "<",
        "{" in code,
        _FILE.search(code) is not None,
        code[-1] == ")",
    )


def _spelled(code: str) -> str:
    return _SPELLED.sub("", code.lower())


def _longer(one: str, other: str) -> bool:
    """Say whether one piece of code is a longer way to write the other: with its path, its package, what is done with it, its file."""
    short, long = sorted((code.strip("`<>").strip("./:@()") for code in (one, other)), key=len)
    before, after = long.removesuffix(short)[-1:], long.removeprefix(short)[:1]
    return (
        one.partition("(")[0] == other.partition("(")[0]
        or (long.endswith(short) and before in _JOINTS)
        or (long.startswith(short) and after in _JOINTS and after != "_")
        or _spelled(_FILE.sub("", short)) == _spelled(_FILE.sub("", long))
    )


def _meant(one: str, other: str) -> bool:
    """Say whether one thing was meant by two pieces of code: of one kind, spelled alike."""
    if _form(one) != _form(other):
        return False
    tag = one[0] == "<"
    one, other = (code.strip("`<>").removesuffix("()") for code in (one, other))
    a, b = _spelled(one), _spelled(other)
    if min(len(a), len(b)) < 3 or a.rstrip("s") == b.rstrip("s") or _LETTERS.sub("", a) == _LETTERS.sub("", b):
        return False  # digits are numbers
    # a command with blanks is an example; keys are pressed in many ways
    if "+" in one + other or (" " in one + other and not tag):
        return False
    return fuzz.ratio(a, b) >= MIN_ALIKE


def _likest(one: str, other: str, known: set[str]) -> bool:
    """Say whether nothing that the other's paragraph has is spelled more like a piece of code than the other is."""
    spelled = _spelled(one)
    return max(fuzz.ratio(spelled, piece) for piece in known) <= fuzz.ratio(spelled, _spelled(other))


def _in_degree(reading: _Reading, aligned: Alignment) -> Iterator[Swap]:
    """Give what one claim says of all and the other of less."""
    levels: dict[int, frozenset[tuple[str, object]]] = {}
    for pair in aligned.pairs:
        if pair.score < MIN_SCORE:
            continue
        one, other = pair.first, pair.second
        for claim in (one, other):
            if claim not in levels:
                levels[claim] = scales(reading.texts[claim])
        if not comparable(levels[one], levels[other]):
            continue
        apart = reading.apart(one, other)
        if apart is not None and apart > NEAR:
            continue
        for a, b, about in differing(reading.texts[one], reading.texts[other]):
            mine, theirs = reading.texts[one][a.start : a.end], reading.texts[other][b.start : b.end]
            # of a pair of marks around more, only one may stand in it: the "hardest
            yield reading.swap("degree", one, other, _unmarked(mine), _unmarked(theirs), about, pair.score)


def _unmarked(text: str) -> str:
    return _MARKS.sub("", text)
