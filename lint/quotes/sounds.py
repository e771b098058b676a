"""How words sound: whether two words, or two quotes as a whole, may be one that was heard in two ways."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from ..language.numerals import NUMBERS
from ..language.words import bag
from .wordings import Wording, told

UNHEARD = 50
"""What a word tells that the lexicon does not have: a name, or a word misheard."""

HEARD = 8
"""Words up to which a quote is compared by how it sounds as a whole: "keeper take all", "keep or take all"."""

CONSONANTS = 5
"""Sounds that two quotes must have in common then."""

DIGITS = {"zero": "0"} | {word: str(number) for word, number in NUMBERS.items() if number <= 20}
_SOUNDS = str.maketrans("cqyz", "kkis")
_ENDINGS = bag("s es d ed ing")
_ENDING = re.compile(r"(?<=\w\w)(?:ing|ed|es|e|s)\Z")
_VOWELS = re.compile(r"[aeiouhw]|(.)(?=\1)")


def root(word: str) -> str:
    """Give a word without its ending, cut more freely than a stem, to ask whether two words differ in more than that."""
    return _ENDING.sub("", word.partition("'")[0])


def akin(word: str, other: str) -> bool:
    """Say whether two words are forms of one: of one root, heard as one, or with another ending."""
    if heard(word, other) or (len(word) > 4 and word[:5] == other[:5]):
        return True
    short, long = sorted((word, other), key=len)
    return long[len(short) :] in _ENDINGS and long.startswith(short) and len(short) > 1


def heard(word: str, other: str) -> bool:
    """Say whether two words may be one word heard in two ways: of one sound, a letter apart, or a number in digits."""
    if word[:1].isdigit() or other[:1].isdigit():
        return DIGITS.get(word, word) == DIGITS.get(other, other)
    if len(word) > 3 < len(other) and sound(word) == sound(other):
        return True
    # of short words a letter makes another word, unless it is none that the lexicon has
    known = max(told(word)[1], told(other)[1]) < UNHEARD
    if word[:1] != other[:1] or min(len(word), len(other)) <= (4 if known else 2):
        return False
    return Levenshtein.distance(word, other, score_cutoff=1) == 1


def heard_whole(wording: Wording) -> str:
    """Give how a quote sounds in one breath, "" where it is too long or too short for that to say something."""
    whole = sound("".join(wording.words).replace("'", "")) if len(wording.words) <= HEARD else ""
    return whole if len(whole) >= CONSONANTS else ""


def sound(word: str) -> str:
    """Give a word as it is misheard: its consonants, those that sound alike as one."""
    word = word.replace("ph", "f").replace("ck", "k").translate(_SOUNDS)
    return word[:1] + _VOWELS.sub("", word[1:])
