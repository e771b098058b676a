"""How a term is written: its words, what stands between them, and its capitals."""

from __future__ import annotations

import functools
import re
import unicodedata

from .numerals import WORDS
from .words import STOP

ATOM = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = re.compile(r"\d+")


def singular(word: str) -> str:
    """Cut the s of a plural from a word in lower case; no plural ends as SaaS does."""
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui'" and word[-3:-1] != "aa":
        return word[:-1]
    return word


@functools.lru_cache(maxsize=1 << 12)
def parts(form: str) -> tuple[str, ...]:
    """Give the words of a form, folded, those too that are joined in one: "ReactiveForms" is reactive, form."""
    return tuple([folded(part) for atom in ATOM.findall(form) for part in _humps(atom)])


def _humps(word: str) -> list[str]:
    return [word] if word[1:].islower() else _HUMP.split(word)


def folded(word: str) -> str:
    """Give a word in small letters without accents and the s of a plural, numbers in words."""
    if not word.isascii():
        word = unaccented(word)
    small = word.lower()
    if word[1:] == small[1:]:
        return singular(small) if small.isalpha() else singular(_DIGITS.sub(_in_words, small))
    humps = _HUMP.split(word)
    return singular("".join(map(folded, humps)) if len(humps) > 1 else _DIGITS.sub(_in_words, small))


def unaccented(text: str) -> str:
    """Give a text with Latin letters that have no accents: "Orlén" is "Orlen"."""
    if text.isascii():
        return text
    bare = (unicodedata.normalize("NFD", char)[0] for char in text)
    return "".join(plain if plain.isascii() else char for plain, char in zip(bare, text, strict=True))


def _in_words(digits: re.Match[str]) -> str:
    return "zero" if digits[0] == "0" else WORDS.get(digits[0], digits[0])


@functools.lru_cache(maxsize=1 << 13)
def atoms(form: str) -> tuple[str, ...]:
    """Give the words of a form, without what stands between them."""
    return tuple(ATOM.findall(form))


@functools.lru_cache(maxsize=1 << 13)
def identity(form: str) -> str:
    """Give a form without the s of a plural, quotation marks and commas."""
    form = form.replace("‑", "-").replace("”", '"').replace('"', "").replace(",", "")
    last = atoms(form)[-1].lower()
    return form[:-1] if singular(last) != last else form


@functools.lru_cache(maxsize=1 << 12)
def gaps(form: str) -> tuple[str, ...]:
    """Give what stands between the words of a form."""
    return tuple(_GAP.findall(identity(form)))


def plain(word: str) -> bool:
    """Say whether a word is large in its first letter alone, as any word is where a sentence begins."""
    rest = word[1:]
    return word[:1].isupper() and (not rest or (rest.islower() and rest.isalpha()))


def sentence(form: str) -> bool:
    """Say whether a form is written as a sentence is, with its first word large and no other; "P-value" has no first word."""
    words = atoms(form)
    return plain(words[0]) and form[1:2] != "-" and all(word.islower() for word in words[1:])


def titled(form: str) -> bool:
    """Say whether a form is written as a title is, with all words large but small ones."""
    words = atoms(form)
    return all(not word[0].islower() or word in STOP for word in words)


def capitals(word: str) -> str:
    """Say which capitals a word has: small, first, all, inner, or name where digits are among its letters."""
    if word.islower() or not word.isalpha():
        return "small" if word.islower() else "name" if word[:1].isupper() else "small"
    if word.isupper():
        return "all" if len(word) > 1 else "first"
    return "first" if word[1:].islower() else "inner"
