"""Which texts are English: the one language whose words, and how common they are, the lexicon knows.

In another language every word is as rare as a name, and its forms
("Desactivado", "Desactivada") look like spellings of one. What judges words
has no evidence there and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, islice

from .words import lexicon

KNOWN = 0.55
"""Share of the letters of a text that stand in words of the lexicon, from which on it is English.

Of 5,000 English notes the lowest has .91, of a thousand pages of documentation, but for lists of names such as
changelogs, .59; of 700 pages in twelve other languages the highest has .46.
"""

ENOUGH = 150
"""Words after which it is decided."""

FEW = 40
"""Letters below which nothing is: names alone may make them up."""

# a word of Latin letters counts from three on: shorter ones are words of many languages
_WORD = re.compile(r"(?<![^\W\d_])(?:[a-z]{3,}(?![^\W\d_])|(?=[^A-Z\W\d_])[^\W\d_]*[^\W\d_A-Za-z][^\W\d_]*)")


def english(texts: Iterable[str]) -> bool:
    """Say whether a text, given in pieces, is English; one of few letters is taken to be.

    Words that begin with a capital may be names, which are of no language.
    """
    words = list(islice(chain.from_iterable(map(_WORD.findall, texts)), ENOUGH))
    # in bytes: where a word is written with few signs, each takes more of them
    letters = len("".join(word for word in words if not word[0].isupper()).encode())
    return letters < FEW or sum(map(len, filter(lexicon().__contains__, words))) >= KNOWN * letters
