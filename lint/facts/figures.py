"""Which claims have figures at all, told by their words: most have none, and need not be read for quantities."""

from __future__ import annotations

import re
from typing import TypeAlias

from ..language.words import bag, stem
from ..statements.align import Alignment

_DIGIT = re.compile(r"\d")
_SCALE_WORDS = re.compile(r"(?:hundred|thousand|million|billion|trillion|lakh|crore)s?", re.IGNORECASE)
_SCALES = frozenset(
    map(
        stem,
        bag(
            "hundred hundreds thousand thousands million millions billion billions trillion trillions lakh lakhs crore crores"
        ),
    )
)
DATA = frozenset(
    map(
        stem,
        bag(
            "bit bits byte bytes gigabit gigabits gigabyte gigabytes terabit terabits terabyte terabytes megabit megabits megabyte megabytes gbps tbps mbps tb gb mb tb/s gb/s mb/s"
        ),
    )
)
_NUMERALS = _SCALES | frozenset(
    map(
        stem,
        bag(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
            "twenty thirty forty fifty sixty seventy eighty ninety half third quarter fifth tenth tenfold twofold fivefold dozen couple several "
            "january february march april june july august september october november december"
        ),
    )
)
"""Stems that may begin a quantity; only claims with them or with digits are read."""

_WORDS = _NUMERALS | DATA

Figures: TypeAlias = tuple[frozenset[str], tuple[str, ...]]
"""The stems of a claim that may be numbers, and its words of scale as written: "million", "millions"."""


def figures(alignment: Alignment) -> list[Figures | None]:
    """Give the figures of each claim, None where it has none; claims with the same figures say the same in numbers."""
    telling = {word for word in alignment.words if not word.isalpha() and _DIGIT.search(word)}
    telling |= alignment.words & _WORDS
    found: list[Figures | None] = []
    for stems, fact in zip(alignment.bags, alignment.claims, strict=True):
        if telling.isdisjoint(stems):
            found.append(None)
            continue
        numbers = frozenset(telling.intersection(stems))
        scales: list[str] = []
        if not numbers.isdisjoint(_SCALES):
            scales = sorted(word.lower() for word in _SCALE_WORDS.findall(fact.value.text))
        found.append((numbers, tuple(scales)))
    return found
