"""Which words are names': what the lexicon tells of how often they are written large, and of what they are derived from."""

from __future__ import annotations

import functools

from .words import bag, lexicon

LARGE = 90
"""Percent of its places in which a word is written large, from which it is a name."""

_CODE_CAPITAL = 25
_BEGINS_CAPITAL = 55
"""Where a capital says nothing, a word counts as a name when others write it large this often, percent."""


def capital(word: str) -> int:
    """Give how often a word in lower case is written large, percent; 100 for one that the lexicon lacks."""
    entry = lexicon().get(word)
    if entry is None:
        return 0 if _derived(word) else 100
    if not entry.listed and entry.capital >= _CODE_CAPITAL:
        # names that are also typed as commands and packages: ollama, langchain
        return 100
    return entry.capital


def listed(word: str) -> bool:
    """Say whether a word in lower case is in dictionaries, or derived from one that is."""
    entry = lexicon().get(word)
    return entry.listed if entry is not None else _derived(word)


def given_name(word: str) -> bool:
    """Say whether a word in lower case is a given name."""
    entry = lexicon().get(word)
    return entry is not None and entry.given


def strange(word: str) -> bool:
    """Say whether a word in lower case is a name's alone."""
    return capital(word) >= LARGE and not listed(word)


@functools.lru_cache(maxsize=1 << 12)
def known(word: str) -> bool:
    """Say whether a word is a name even where any word would be written large."""
    if any(char.isupper() or char.isdigit() for char in word[1:]):
        return True
    entry = lexicon().get(word.lower().replace("’", "'"))
    if entry is None and "-" in word:
        return all(known(part) for part in word.split("-") if part)
    if entry is None:
        return len(word) > 2 and not _derived(word.lower())
    return entry.capital >= _BEGINS_CAPITAL or (not entry.listed and entry.capital >= _CODE_CAPITAL)


_ENDINGS = bag("ing ed s es ly er ers ness able ability ization ized izing ity")
_BEGINNINGS = bag("auto re un pre non over under inter micro multi mis co de sub")
_BASE = 4
"""Letters that remain of a word with an ending taken off; with a beginning, one more.

Four letters are any name's: Cowell is no "well" with a beginning, nor Delong a "long".
"""


def _derived(word: str) -> bool:
    """Say whether a word that the lexicon lacks is one of its words with a common ending or beginning."""
    entries = lexicon()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _BASE:
            base = word[: -len(ending)]
            if any((entry := entries.get(stem)) is not None and entry.listed for stem in (base, base + "e")):
                return True
    return any(
        word.startswith(beginning) and len(word) - len(beginning) > _BASE and word[len(beginning) :] in entries
        for beginning in _BEGINNINGS
    )
