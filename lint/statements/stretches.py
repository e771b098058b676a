"""What two claims of one statement put in the same place: the words on which they differ between words that they share."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

import msgspec

from ..language.differ import runs
from ..language.words import STOP, TOKEN, stem

LONGEST = 3
"""Words of a claim that may stand in one place; where more differ, the sentence is another one."""


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of a claim as it is compared: `text[start:end]`, in lower case; of "can't" there are two, "can" and "not"."""

    word: str
    stem: str
    start: int
    end: int

    @property
    def tells(self) -> bool:
        """Say whether it is a content word."""
        return self.word not in STOP


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """What stands in one place of two claims, and how many content words just before and after it are the same.

    `begins` and `ends` say that nothing stands before it or after it in
    either claim; `marked` that the sentence is parted there by more than a space.
    """

    mine: Sequence[Word]
    theirs: Sequence[Word]
    left: int
    right: int
    begins: bool
    ends: bool
    marked: bool


@functools.lru_cache(maxsize=512)
def read(text: str) -> tuple[Word, ...]:
    """Give the words of a claim."""
    found: list[Word] = []
    for match in TOKEN.finditer(text):
        word, (start, end) = match[0].lower().replace("’", "'"), match.span()
        if word == "cannot" or word.endswith("n't"):
            verb = {"cannot": "can", "can't": "can", "won't": "will"}.get(word, word[:-3])
            found += (Word(verb, stem(verb), start, end), Word("not", "not", start, end))
        else:
            found.append(Word(word, stem(word), start, end))
    return tuple(found)


def stretches(one: str, other: str) -> Iterator[Stretch]:
    """Give the places of two texts in which each has at most LONGEST words that the other does not have there."""
    first, second = read(one), read(other)
    changes = runs([word.stem for word in first], [word.stem for word in second])
    for index, (tag, a, b, c, d) in enumerate(changes):
        if tag == "equal" or b - a > LONGEST or d - c > LONGEST:
            continue
        begins, ends = not a and not c, b == len(first) and d == len(second)
        left = changes[index - 1] if not begins else None
        right = changes[index + 1] if not ends else None
        yield Stretch(
            first[a:b],
            second[c:d],
            sum(word.tells for word in first[left[1] : left[2]]) if left and left[0] == "equal" else 0,
            sum(word.tells for word in first[right[1] : right[2]]) if right and right[0] == "equal" else 0,
            begins,
            ends,
            _marked(one, first, a, b) or _marked(other, second, c, d),
        )


def _marked(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Say whether there is punctuation from the word before `words[first:last]` to the word after it."""
    here = words[max(0, first - 1) : last + 1]
    return any(text[one.end : other.start].strip() for one, other in itertools.pairwise(here))
