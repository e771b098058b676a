"""Which words are mistaken for one another: spelled or sounding alike, opposites, "co-", and neither forms of one word nor a choice of wording."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Literal, TypeAlias

from rapidfuzz import fuzz

from ..language.forms import ENDINGS, IRREGULAR, OPPOSITES
from ..language.words import data, stem
from ..statements.align import Alignment

Kind: TypeAlias = Literal["sound", "near", "alike", "prefix", "opposite", "negation"]

MIN_RATIO = 70
"""Percent of common letters from which two words in the very same place may be mistaken for one another."""

NEAR_RATIO = 80
"""The same where only one neighbour of the words agrees, in claims that differ in little else."""

SOUND_RATIO = 60
"""The same for words with the same consonants: "fusion" and "fission" have 77."""

MAX_CHANGED = 1 - SOUND_RATIO / 100
"""Share of the letters of two words that may be changed for them to be mistaken for one another."""

_SOUNDS = str.maketrans("cqgdbvz", "kkktpfs")


_DENYING = ("un", "non", "in", "im", "il", "ir")
_ADJECTIVES = ("abl", "ibl", "ent", "ant", "al", "ar", "at", "et", "ect", "iv", "id", "fect", "icit", "proper")

_OPPOSED: dict[str, list[str]] = {}
for _pair in sorted(sorted(pair) for pair in OPPOSITES):
    for _one, _other in (_pair, _pair[::-1]):
        _OPPOSED.setdefault(_one, []).append(_other)


@functools.cache
def alternations() -> frozenset[tuple[str, str]]:
    """Give the pairs of stems that are a choice of wording, each in order."""
    return frozenset(
        (one, other) for one, other in (line.split("\t") for line in data("alternations.tsv").splitlines())
    )


def negation_of(word: str) -> Iterator[str]:
    """Give the stems of which a stem may be the denial: "unwill" that of "will", "insufficient" that of "sufficient"."""
    for prefix in _DENYING:
        left = word.removeprefix(prefix).removeprefix("-")
        if left == word or len(left) < 4:
            continue
        # "in" denies adjectives; before a verb it says where to: "indent", "import"
        if prefix in ("un", "non") or (len(left) > 4 and left.endswith(_ADJECTIVES)):
            yield left


def same_form(one: str, other: str) -> bool:
    """Say whether two opposites are of one form, where one is the other with a prefix: "partly incomplete" is partly completed."""
    a, b = stem(one), stem(other)
    return not (b in negation_of(a) or a in negation_of(b)) or one.endswith(other) or other.endswith(one)


@functools.lru_cache(maxsize=1 << 12)
def relation(one: str, other: str) -> Kind | None:
    """Say how two stems are opposed or mistaken for one another; None where they are a choice of wording or have nothing in common."""
    if other in _OPPOSED.get(one, ()) or other in negation_of(one) or one in negation_of(other):
        return "opposite"
    one, other = one.replace("-", ""), other.replace("-", "")
    if one == other:
        return None
    # "e" is mute: "rout" and "router" are what route and router leave
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 4:
        return None
    if long == "co" + short:
        return "prefix"
    likeness = fuzz.ratio(one, other)
    if likeness < SOUND_RATIO or one[0] != other[0] or len(long) - len(short) > 3:
        return None
    alike = skeleton(one) == skeleton(other)
    if likeness < MIN_RATIO and not alike:
        return None
    if long.startswith(short) or long.endswith(short):
        return None
    common = 0
    while common < len(short) and one[common] == other[common]:
        common += 1
    if {one[common:], other[common:]} in ({"t", "c"}, {"ts", "c"}):
        return None if IRREGULAR & {one, other} else "sound"
    if (
        (common >= 4 and common >= 0.55 * len(short))
        or (common >= 3 and one[common:] in ENDINGS and other[common:] in ENDINGS)
        or IRREGULAR & {one, other}
        or (min(one, other), max(one, other)) in alternations()
    ):
        return None
    if alike:
        return "sound"
    return "near" if likeness >= NEAR_RATIO else "alike"


@functools.lru_cache(maxsize=1 << 13)
def letters(word: str) -> int:
    """Give the set of a word's letters, a bit for each; what is no Latin letter shares the last ones."""
    found = 0
    for char in word.replace("-", ""):
        found |= 1 << (ord(char) & 31)
    return found


@functools.lru_cache(maxsize=1 << 12)
def skeleton(word: str) -> str:
    """Give what is left of a word's sound without its vowels: like consonants are one letter, doubled ones single."""
    found = ""
    for char in word.translate(_SOUNDS):
        if char not in "aeiouyhw" and found[-1:] != char:
            found += char
    return found


def forms(one: str, other: str) -> bool:
    """Say whether two written words are forms of one: an irregular past, a compound's comparative, "important" and "importance"."""
    if IRREGULAR & {one, other} or _respelled(one) == _respelled(other):
        return True
    if "-" in one and "-" in other:
        parts = [pair for pair in zip(one.split("-"), other.split("-"), strict=False) if pair[0] != pair[1]]
        return any(a.startswith(b) or b.startswith(a) for a, b in parts)
    noun, adjective = (one, other) if one.endswith(("nce", "nces", "ncy")) else (other, one)
    # only the plural sounds like the noun: "assistants", "assistance"
    return noun.endswith(("nce", "nces", "ncy")) and adjective.endswith(("nt", "ntly"))


def _respelled(word: str) -> str:
    """Give a word as it is spelled in America: "faeces" is "feces"."""
    for british, american in (
        ("ae", "e"),
        ("oe", "e"),
        ("ough", "o"),
        ("ou", "o"),
        ("ph", "f"),
        ("ise", "ize"),
        ("ys", "yz"),
        ("que", "k"),
        ("c", "k"),
        ("re", "er"),
    ):
        word = word.replace(british, american)
    return word


class Candidates:
    """Which stems of two claims may have been mistaken for one another.

    Nearly all pairs of claims differ in words that have nothing in common. Of
    two that begin alike, the letters that only one of them has say at once
    whether too many differ.
    """

    def __init__(self, alignment: Alignment) -> None:
        words = alignment.words
        self._bags = alignment.bags
        self._related = {word: list(_OPPOSED[word]) for word in words & _OPPOSED.keys()}
        for word in words:
            shorter = [word[2:], word[3:]] if word.startswith("co") else []
            if word.startswith(_DENYING):
                shorter += negation_of(word)
            for other in shorter:
                if other in words:
                    self._related.setdefault(word, []).append(other)
                    self._related.setdefault(other, []).append(word)
        self._stems: dict[int, frozenset[str]] = {}

    def __call__(self, first: int, second: int) -> list[tuple[str, str, Kind]]:
        """Give the stems of which the first stands in one claim only and the second in the other only, where they are related."""
        ours = self._stems.get(first) or self._stems.setdefault(first, frozenset(self._bags[first]))
        others = self._stems.get(second) or self._stems.setdefault(second, frozenset(self._bags[second]))
        mine, theirs = ours - others, others - ours
        if not mine or not theirs:
            return []
        by_initial: dict[str, list[str]] = {}
        for other in theirs:
            by_initial.setdefault(other[0], []).append(other)
        pairs: list[tuple[str, str]] = []
        for one in mine:
            for other in by_initial.get(one[0], ()):
                # each letter that only one of them has is a change: too many, and the ratio cannot be reached
                if (letters(one) ^ letters(other)).bit_count() <= MAX_CHANGED * (len(one) + len(other)) and relation(
                    one, other
                ) is not None:
                    pairs.append((one, other))
        for one in self._related.keys() & mine:
            pairs += [(one, other) for other in self._related[one] if other in theirs]
        if not pairs:
            return []
        return [(one, other, kind) for one, other in sorted(pairs) if (kind := relation(one, other)) is not None]
