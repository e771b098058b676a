"""Spellings that stand above the notes: those of official titles, of the vocabulary and of transcripts."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..language.named import capital, given_name, listed
from ..language.variants import acronym, digits_of, extends, inflected, likeness, opposed
from ..language.words import STOP
from ..model import Fact, Group
from ..note.claims import Cue, Title
from .mentions import Name, cast, joined

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
ALIKE_FULL = 0.62
"""Likeness of the one word in which two full names differ; the other word is the same."""

ALIKE_SINGLE = 0.84
"""Likeness of two names of a single word, which nothing else ties to one another."""

CUT = 3
"""Letters that remain of a surname that was cut: "Paul Gil" for Paul Gilbert."""


class Contradicted(NamedTuple):
    """A name of the notes that something above them spells otherwise: the name, the right spelling, who has it, where.

    `short` are parts of the name that stand alone elsewhere in the notes.
    """

    name: Name
    right: str
    authority: str
    fact: Fact | None
    start: int
    end: int
    short: tuple[Name, ...] = ()


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    text: str
    authority: str
    fact: Fact | None
    start: int
    end: int
    leads: bool = True


class _Index:
    """Phrases by their words, and the letters of all."""

    def __init__(self, phrases: Iterable[_Phrase]) -> None:
        self.standing: set[str] = set()
        self._by_word: dict[str, list[_Phrase]] = {}
        self._single: list[_Phrase] = []
        for phrase in phrases:
            self.standing.add("".join(phrase.words))
            for word in phrase.words:
                self._by_word.setdefault(word, []).append(phrase)
            if len(phrase.words) == 1:
                self._single.append(phrase)

    def near(self, name: Name) -> Iterator[_Phrase]:
        """Give the phrases that share a word with a name, and those of one word where it is one."""
        for word in dict.fromkeys(name.words):
            yield from self._by_word.get(word, ())
        if len(name.words) == 1:
            yield from self._single


@functools.lru_cache(maxsize=1)
def _of_vocabulary(vocabulary: frozenset[str]) -> _Index:
    """Give the terms of a vocabulary; kept, because every group has the same."""
    terms = ((tuple(joined(word) for word in _WORD.findall(term)), term) for term in sorted(vocabulary))
    return _Index(_Phrase(words, term, "vocabulary", None, 0, 0) for words, term in terms if words)


def contradicted(group: Group) -> tuple[Contradicted, ...]:
    """Give the names of a group's notes that a title, the vocabulary or a transcript contradicts."""
    above = [index for index in (_of_vocabulary(group.vocabulary), _Index(_phrases(group))) if index.standing]
    if not above:
        return ()
    names = cast(group).names
    found = []
    for key in sorted(names):
        name = names[key]
        if len(key) < 4 or any(key in index.standing for index in above) or any(map(acronym, name.forms)):
            continue
        best: tuple[float, _Phrase] | None = None
        for phrase in itertools.chain(*(index.near(name) for index in above)):
            # where the notes have that spelling too, the notes contradict each other
            if "".join(phrase.words) in names:
                continue
            score = _one(name, phrase)
            if score and (best is None or score > best[0]):
                best = (score, phrase)
        if best is not None:
            phrase = best[1]
            found.append(Contradicted(name, phrase.text, phrase.authority, phrase.fact, phrase.start, phrase.end))
    return tuple(_whole(found))


def _whole(found: list[Contradicted]) -> Iterator[Contradicted]:
    """Put "Yuki" with "Yuki Yamashita" where the same title contradicts both."""
    full = [one for one in found if len(one.name.words) > 1]
    for one in found:
        if len(one.name.words) > 1:
            short = tuple(
                other.name
                for other in found
                if len(other.name.words) == 1
                and other.name.key in one.name.words
                and other.right in _WORD.findall(one.right)
            )
            yield one._replace(short=short)
        elif not any(one.name.key in other.name.words and one.right in _WORD.findall(other.right) for other in full):
            yield one


def _phrases(group: Group) -> Iterator[_Phrase]:
    """Give runs of one to three words of a group's titles and transcripts."""
    for fact in group:
        if isinstance(fact.value, Title):
            yield from _runs(fact, "official title", large=True)
        elif isinstance(fact.value, Cue):
            yield from _runs(fact, "transcript", large=False)


def _runs(fact: Fact, authority: str, *, large: bool) -> Iterator[_Phrase]:
    text = fact.value.passage.text
    spans = [match.span() for match in _WORD.finditer(text)]
    for first in range(len(spans)):
        for last in range(first, min(len(spans), first + 3)):
            start, end = spans[first][0], spans[last][1]
            part = [text[a:b] for a, b in spans[first : last + 1]]
            if large and not all(word[:1].isupper() for word in part):
                break
            if last > first and text[spans[last - 1][1] : spans[last][0]] != " ":
                break
            words = tuple(joined(re.sub(r"['’]s\Z", "", word)) for word in part)
            if words[0] in STOP or words[-1] in STOP:
                continue
            if len(words) == 1 and (listed(words[0]) or len(words[0]) < 5 or (not large and capital(words[0]) < 90)):
                continue
            before = first > 0 and text[spans[first - 1][1] : start] == " " and text[spans[first - 1][0]].isupper()
            yield _Phrase(words, re.sub(r"['’]s\Z", "", text[start:end]), authority, fact, start, end, not before)


def _one(name: Name, phrase: _Phrase) -> float:
    """Give how surely a name is the one that a phrase spells, 0 where it is not."""
    x, y = name.words, phrase.words
    if len(x) != len(y) or digits_of(name.key) != digits_of("".join(y)) or opposed(x, y):
        return 0.0
    differing = [(p, q) for p, q in zip(x, y, strict=True) if p != q]
    if len(differing) != 1 or inflected(*differing[0]):
        return 0.0
    p, q = differing[0]
    if min(len(p), len(q)) < 3:
        return 0.0
    if any(extends(form, phrase.text) for form in name.forms) and not (
        len(x) > 1 and x[-1] == p and q.startswith(p) and len(p) >= CUT and capital(x[0]) >= 90 and not listed(p)
    ):
        return 0.0
    if len(x) > 1:
        # the words that both have must be a name's, and those that differ no ordinary words
        if any(capital(word) < 90 for word in x) or any(capital(word) < 90 for word in y):
            return 0.0
        if q.startswith(p) and len(p) >= CUT:
            return 1.0
        score = likeness(p, q)
        return score if score >= ALIKE_FULL else 0.0
    if capital(p) < 90 or capital(q) < 90 or listed(p):
        return 0.0
    if given_name(p) and not phrase.leads:
        return 0.0  # the notes' Jason is not the title's Todd Jackson
    score = likeness(p, q)
    return score if score >= ALIKE_SINGLE else 0.0
