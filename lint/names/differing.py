"""The words in which two names differ, and when two that look alike are two names whatever stands around them."""

from __future__ import annotations

import re

from ..language.named import given_name, listed, strange
from ..language.variants import (
    acronym,
    codes,
    collapsed,
    digits_of,
    extends,
    identifier,
    inflected,
    likeness,
    opposed,
    spoken,
)
from ..language.words import STOP
from .mentions import Name
from .persons import last_vowel

PART = 0.75
"""Likeness from which a single word is a part of a longer name."""

PAIRED = 0.7
"""Likeness below which two words are not one heard twice, whatever else their names share."""

SAID = 0.8
"""Likeness from which a word with a digit inside is another, read out."""

_DIGIT_INSIDE = re.compile(r"[a-z]+\d[a-z]{3,}\Z")


def differing_words(a: Name, b: Name) -> tuple[tuple[str, str], ...] | None:
    """Give the words in which two names differ, or None where they are two names whatever stands around them."""
    x, y = a.words, b.words
    if said(a) == said(b):
        if len(x) == len(y) > 1 and any(
            p.isdigit() and len(p) > 1 and q.isalpha() for p, q in ((x[-1], y[-1]), (y[-1], x[-1]))
        ):
            return None  # the number of a model, read out: "iPhone 10", "iPhone Ten"; but GPT-40 is GPT-4o
        return ((a.key, b.key),)
    if digits_of(a.key) != digits_of(b.key) and not (len(x) == len(y) == 1 and garbled(a, b)):
        return None
    if last_vowel(x, y):
        return ((x[-1], y[-1]),)
    if opposed(x, y) or any(
        extends(form, other) and not (acronym(form) and acronym(other)) for form in a.forms for other in b.forms
    ):
        return None
    if any(identifier(form) for name in (a, b) for form in name.forms):
        return None
    if 1 in (len(x), len(y)) and (part := _part(x, y)):
        return (part,)
    same_letters = collapsed(a.key) == collapsed(b.key)
    if not same_letters and not (rest_of(x, y) and rest_of(y, x)):
        return None
    numbered = [sorted(word for word in words if any(char.isdigit() for char in word)) for words in (x, y)]
    if len(x) + len(y) > 2 and numbered[0] != numbered[1]:
        return None
    if len(x) == len(y):
        differing = tuple((p, q) for p, q in zip(x, y, strict=True) if p != q)
        if len(x) > 1 and len(differing) == 1 and x[0] != y[0] and _short_for(x[0], y[0]):
            return None  # Ben Franklin, Benjamin Franklin
        if all(inflected(p, q) for p, q in differing):
            return None
        if any(p in STOP or q in STOP for p, q in differing):
            return None
        return differing
    if same_letters:
        return ((a.key, b.key),)
    rest, other = rest_of(x, y), rest_of(y, x)
    if min(len(rest), len(other)) > 1:
        few, many = sorted((rest, other), key=len)
        if any(max(likeness(p, q) for q in many) < PAIRED for p in few):
            return None
    if len(rest) != len(other) and all(map(listed, rest + other)):
        return None  # "Harbor Minister", "Harbor Trade Ministry"
    return (("".join(rest), "".join(other)),) if rest and other else None


def said(name: Name) -> str:
    """Give the words of a name as they are said, without spaces: "GPT-4o Mini", "GPT-40 mini"."""
    return "".join(map(spoken, name.words))


def _part(x: tuple[str, ...], y: tuple[str, ...]) -> tuple[str, str] | None:
    """Give a single word and the first or last word of a longer name that is said like it; both are a name's alone."""
    few, many = sorted((x, y), key=len)
    if len(many) < 2 or not tells(few[0]):
        return None
    found = next((word for word in (many[0], many[-1]) if tells(word) and set(codes(few[0])) & set(codes(word))), "")
    if not found or inflected(few[0], found) or likeness(few[0], found) < PART:
        return None
    return (few[0], found) if few is x else (found, few[0])


def _short_for(p: str, q: str) -> bool:
    """Say whether one word is an initial or a given name with which the other goes on."""
    p, q = sorted((p, q), key=len)
    if not q.startswith(p) or len(q) - len(p) < 2:
        return False
    return len(p) == 1 or given_name(p)


def rest_of(x: tuple[str, ...], y: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words of one name that the other does not have in any form."""
    return tuple(p for p in x if not any(p == q or inflected(p, q) for q in y))


def garbled(a: Name, b: Name) -> bool:
    """Say whether a digit stands in the middle of one of two words that are said nearly alike: "V0ero", VZero."""
    if len(a.words) > 1 or len(b.words) > 1:
        return False
    return any(_DIGIT_INSIDE.match(name.key) for name in (a, b)) and likeness(spoken(a.key), spoken(b.key)) >= SAID


def tells(word: str) -> bool:
    """Say whether a word may be half of a name by itself."""
    return len(word) > 3 and word.isalpha() and strange(word)
