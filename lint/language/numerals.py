"""Names that begin with a number, which one note writes as a word and another in digits: "ElevenLabs", "11 Labs"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from .words import lexicon

NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        1,
    )
} | {word: 10 * tens for tens, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)}
"""Numbers that are said in one word."""

WORDS = {str(number): word for word, number in NUMBERS.items()}
"""The same from digits to words."""

_LEADING = re.compile("|".join(sorted(NUMBERS, key=lambda word: (-len(word), word))))
_ALONE = r"(?<![\w.,:$€£#/-])"
_ZERO = re.compile(rf"{_ALONE}0(?=\d)")
_COUNT = re.compile(rf"{_ALONE}(\d\d?)([ -]?)(?=[^\W\d_])")
_AFTER_ZERO = re.compile(r"(?![\w/@:-]|[.,]\d)")
_AFTER_COUNT = re.compile(r"(?![\w/@-])")


def in_digits(forms: Iterable[str], texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give (text, start, end) of every place in which one of these names has digits for the number that it begins with.

    A name that begins with an O before a digit may begin with a zero. Of the others,
    only one that is written as one word counts: "Seven Islands" is also seven islands.
    """
    zeros, counted = _by_rest(forms)
    found: list[tuple[str, int, int, int]] = []
    for index, text in enumerate(texts):
        for zero in _ZERO.finditer(text) if zeros and "0" in text else ():
            at = zero.end()
            for length, rests in zeros.items():
                if _AFTER_ZERO.match(text, at + length):
                    rest = text[at : at + length].lower()
                    found += [(form, index, zero.start(), at + length) for form in rests.get(rest, ())]
        for count in _COUNT.finditer(text) if counted else ():
            at, parted = count.end(), bool(count[2])
            for length, rests in counted.get(count[1], _NONE).items():
                rest = text[at : at + length]
                # with a space or a hyphen between them, only what is written large is a name
                if (rest[0].isupper() or not parted) and _AFTER_COUNT.match(text, at + length):
                    found += [(form, index, count.start(), at + length) for form in rests.get(_small(rest), ())]
    for _, index, start, end in sorted(found):
        yield index, start, end


_Rests: TypeAlias = dict[int, dict[str, list[str]]]
"""What stands behind the number in each name, by its length."""

_NONE: _Rests = {}


def _by_rest(forms: Iterable[str]) -> tuple[_Rests, dict[str, _Rests]]:
    """Give what stands behind the O of names, and behind the number of others by that number in digits."""
    zeros: _Rests = {}
    counted: dict[str, _Rests] = {}
    for form in sorted(set(forms)):
        if form[1:2].isdigit():
            zeros.setdefault(len(form) - 1, {}).setdefault(form[1:].lower(), []).append(form)
            continue
        number = _LEADING.match(form.lower())
        if number is None or not form.isalpha():
            continue
        rest = form[number.end() :]
        entry = lexicon().get(form.lower())
        if len(rest) > 2 and (rest[0].isupper() or (entry is None and rest in lexicon())):
            same = counted.setdefault(str(NUMBERS[number[0]]), {}).setdefault(len(rest), {})
            same.setdefault(_small(rest), []).append(form)
    return zeros, counted


def _small(rest: str) -> str:
    """Give a word with its first letter small, which a name of two words may have either way when they are joined."""
    return rest[:1].lower() + rest[1:]
