"""Words: tokens, stems, folding, and what the lexicon that ships with notelint knows of them."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

import msgspec

TOKEN = re.compile(r"[^\W_]+(?:['’.,&/-][^\W_]+)*", re.UNICODE)
"""A word or number as written: "Roy-Chowdhury", "don't", "25,000", "3.5"."""

STOP = frozenset(
    [
        "a",
        "about",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "for",
        "from",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "like",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "my",
        "no",
        "nor",
        "not",
        "of",
        "on",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "s",
        "same",
        "she",
        "should",
        "so",
        "some",
        "such",
        "t",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
"""Words that say nothing of what a sentence is about."""

RARE = 34
"""Rarity from which a word is part of a term more often than it stands beside one by chance."""

UNKNOWN_RARITY = 62
"""The rarity of a word that the lexicon does not have: rarer than any that it has."""


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the lexicon has of a word: rarity 0 (common) to 99, capital ratio in percent.

    `given` says that it is a given name, `listed` that dictionaries have it
    written small.
    """

    rarity: int
    capital: int
    given: bool
    listed: bool


def data(name: str) -> str:
    """Give the text of one of the package's data files; importlib.resources would take longer to import than to read it."""
    return (Path(__file__).parent.parent / "data" / name).read_text(encoding="utf-8")


@functools.cache
def lexicon() -> dict[str, Entry]:
    """Load the lexicon, once a process."""
    text = data("words.tsv")
    entries: dict[str, Entry] = {}
    for line in text.splitlines():
        rank, large, flags, words = line.split("\t")
        entries.update(dict.fromkeys(words.split(" "), Entry(int(rank), int(large), "g" in flags, "l" in flags)))
    return entries


def bag(text: str) -> frozenset[str]:
    """Give the words of a list that is written in one string."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """Give text without what should not count as a difference: case, accents, quote and dash styles, spaces."""
    return " ".join(unmarked(text.replace("’", "'").replace("‘", "'")).casefold().split())


def unmarked(text: str) -> str:
    """Give text without accents, ligatures and full-width letters taken apart."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def negation(word: str) -> str:
    """Give "not" for a word in lower case, apostrophe straight, that has it in it ("cannot", "don't"), another as it is."""
    return "not" if word == "cannot" or word.endswith("n't") else word


def tokens(text: str) -> list[str]:
    """Give the words of a text in lower case, curly apostrophes straight."""
    if "İ" in text:  # the one letter whose small form ends a word
        return [word.lower().replace("’", "'") for word in TOKEN.findall(text)]
    return TOKEN.findall(text.lower().replace("’", "'"))


@functools.lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Cut what inflection adds to an English word in lower case; below four letters only a plural's."""
    word = word.partition("'")[0]
    for suffix in ("ingly", "edly", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s", "e"):
        if word.endswith(suffix) and len(word) - len(suffix) >= (3 if suffix == "s" else 4):
            if suffix == "s" and word[-2] in "sui":
                return word  # guess, focus, analysis
            cut = word[: -len(suffix)]
            if suffix in ("ies", "ied"):
                return cut + "y"
            if suffix in ("ings", "ing", "ed") and cut[-1] == cut[-2] and cut[-1] not in "aeiolsz":
                return cut[:-1]  # stopped, running
            return cut
    return word


def rarity(word: str) -> int:
    """Give how rare a word in lower case is, 0 to 99; numbers count as rare as they are long."""
    entry = lexicon().get(word)
    if entry is not None:
        return entry.rarity
    if word[:1].isdigit():
        return 35 if len(word) < 2 else 45
    return UNKNOWN_RARITY
