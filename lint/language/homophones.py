"""Words that are said just alike: "complementary", "complimentary"; "wrapper", "rapper".

Who writes from what was said takes one for the other, and no dictionary tells.
Consonants are compared as they are said, voice and all, vowels by how many
there are, the first one roughly too: it is stressed more often than another.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from .forms import IRREGULAR, family
from .variants import likeness, phonetic, softened

ALIKE = 0.75
"""Likeness of the letters of two words that are said alike; the rest are short and have no letters in common but those."""

CONSONANTS = 3
"""Consonants that are said in a word; with fewer, too many words are said like it."""

COMMON = 20
"""Words with one sound from which they are no language's, and the work would grow with the square; notes have 4 at most."""

KEPT = 1 << 15
"""Words that are kept at most; then keeping begins anew."""

_VOWELS = re.compile("[aeiou]+")
_MUTE = re.compile(r"(?<=[aeiou])[hwy]|h")
_SYLLABIC = re.compile(r"(?<=[^aeiou])(?=l\Z)")
_DOUBLED = re.compile(r"([^aeiou])\1+")
_STRESSED = str.maketrans("eyo", "iiu")


def homophones(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the pairs of words, folded or stems, that are said alike, and are neither forms nor spellings of one word."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for word in words:
        by_sound[_SOUNDS[word]].append(word)
    by_sound.pop("", None)
    for found in by_sound.values():
        for one, other in itertools.combinations(sorted(found), 2) if 1 < len(found) <= COMMON else ():
            if likeness(one, other) >= ALIKE and not _one_word(one, other):
                yield one, other


def said_alike(one: str, other: str) -> bool:
    """Say whether two words, folded, are said alike."""
    return _SOUNDS[one] == _SOUNDS[other] != ""


def _one_word(one: str, other: str) -> bool:
    """Say whether two words are forms or spellings of one: "travell" is what "travelling" leaves in Britain."""
    if one in IRREGULAR or other in IRREGULAR or one.replace("ll", "l") == other.replace("ll", "l"):
        return True
    return family(one, other)


class _Sounds(dict[str, str]):
    """By a word: how it is said, "" for one that is too short to tell: consonants, the first vowel, the places of the others."""

    def __missing__(self, word: str) -> str:
        if len(self) >= KEPT:
            self.clear()
        found = self[word] = _sound(word) if word.isalpha() and word.isascii() else ""
        return found


_SOUNDS = _Sounds()


def _sound(word: str) -> str:
    """Work out what `_Sounds` keeps."""
    said = softened(phonetic(word)).replace("c", "k").replace("q", "k")
    said = _SYLLABIC.sub("a", _DOUBLED.sub(r"\1", _MUTE.sub("", said))).replace("y", "i")
    if len(_VOWELS.sub("", said)) < CONSONANTS:
        return ""
    stressed = _VOWELS.search(said)
    first = "" if stressed is None else stressed[0][0].translate(_STRESSED)
    return first + _VOWELS.sub("a", said)
