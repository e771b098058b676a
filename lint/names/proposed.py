"""Which pairs of names are worth a closer look: alike in letters, in sound, or in one another's place."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import Indel

from ..language.variants import codes, likeness
from .around import Context
from .differing import tells
from .mentions import Name
from .persons import namesakes

MIN_LETTERS = 60
"""Indel similarity, percent, from which two joined spellings are looked at more closely."""

SHORT_ALIKE = 0.7
"""The same where two consonants are all that two spellings have in common."""


def proposed(chosen: list[Name], context: Context) -> Iterator[tuple[str, str]]:
    """Give the pairs of keys worth a closer look: alike in letters, in sound, or in one another's place."""
    keys = [name.key for name in chosen]
    letters = ["".join(name.words) for name in chosen]
    pairs: set[tuple[str, str]] = set()
    for row, own in enumerate(letters):
        like = process.extract(
            own, letters[row + 1 :], scorer=Indel.normalized_similarity, score_cutoff=MIN_LETTERS / 100, limit=None
        )
        pairs.update((keys[row], keys[row + 1 + other]) for _, _, other in like)
    by_sound: dict[str, list[str]] = defaultdict(list)
    for key, own in zip(keys, letters, strict=True):
        for code in codes(own):
            if len(code) > 1:
                by_sound[code].append(key)
    notes = {name.key: name.notes.keys() for name in chosen}
    for code, found in by_sound.items():
        for key, other in itertools.combinations(found[:20], 2):
            # two consonants alone are many names'
            if len(code) > 2 or (notes[key].isdisjoint(notes[other]) and likeness(key, other) >= SHORT_ALIKE):
                pairs.add((min(key, other), max(key, other)))
    pairs.update(namesakes(chosen))
    pairs.update(_parts(chosen))
    known = set(keys)
    pairs.update(pair for pair in context.slots if pair[0] in known and pair[1] in known)
    yield from pairs


def _parts(chosen: list[Name]) -> Iterator[tuple[str, str]]:
    """Give the pairs of a single word and a longer name that has a word said like it: "Anja", "Anya Petrov"."""
    standing = {name.key for name in chosen}
    longer: dict[str, list[str]] = defaultdict(list)
    for name in chosen:
        for word in {name.words[0], name.words[-1]} - standing if len(name.words) > 1 else ():
            if tells(word):
                for code in codes(word):
                    longer[code].append(name.key)
    for name in chosen if longer else ():
        if len(name.words) == 1 and tells(name.key):
            for code in codes(name.key):
                yield from ((min(name.key, other), max(name.key, other)) for other in longer.get(code, ()))
