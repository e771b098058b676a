"""Names that begin with a number, which one note writes as a word and another in digits: "ElevenLabs", "11 Labs"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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


def in_digits(forms: Iterable[str], texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give (text, start, end) of every place in which one of these names has digits for the number that it begins with.

    A name that begins with an O before a digit may begin with a zero. Of the others,
    only one that is written as one word counts: "Seven Islands" is also seven islands.
    """
    for form in sorted(set(forms)):
        if form[1:2].isdigit():
            zero = re.compile(rf"(?<![\w.,:$€£#/-])0{re.escape(form[1:])}(?![\w/@:-]|[.,]\d)", re.IGNORECASE)
            yield from ((index, *match.span()) for index, text in enumerate(texts) for match in zero.finditer(text))
            continue
        number = _LEADING.match(form.lower())
        if number is None or not form.isalpha():
            continue
        rest = form[number.end() :]
        entry = lexicon().get(form.lower())
        if len(rest) < 3 or not (rest[0].isupper() or (entry is None and rest in lexicon())):
            continue
        digits = str(NUMBERS[number[0]])
        pattern = re.compile(
            rf"(?<![\w.,:$€£#/-]){digits}(?:[ -]{rest[0].upper()}|{rest[0].upper()}|{rest[0].lower()}){rest[1:]}(?![\w/@-])"
        )
        for index, text in enumerate(texts):
            if digits in text:
                for match in pattern.finditer(text):
                    yield index, match.start(), match.end()
