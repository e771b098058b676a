"""Acronyms that notes on one source spell out in different words: "Model Context Protocol (MCP)", "MCP (Model Control Protocol)".

A note that was written from a transcript often has the acronym from what was
said and makes up the words. Both orders are read, and an acronym that is
written like a word, as it is said. Words are its expansion if their initials
spell it, or nearly do and are all written large, so that a gloss ("RAG (a way
of looking things up)") is none. Of 34 that seven channels have, 31 were conflicts.
The other way round, of two acronyms for the same words, one was misheard in all seven cases.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from ..language.lettering import singular
from ..language.variants import inflected, likeness
from ..language.words import STOP, stem
from .mentions import Cast, Mention, joined

_BRACKET = re.compile(r"\([\"“]?([^()\"”\n]{3,80})[\"”]?\)")
_BEFORE = re.compile(r"([\w.-]*)[\"”]?,? \Z")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]{2,6}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:[-/][^\W\d_]+)*")

SAME_WORD = 0.8
"""Likeness from which two words in one place are one word heard twice, or its British spelling."""


class Spelled(NamedTuple):
    """An acronym with its words: where they stand, and the two with the bracket; `exact` if the words' initials are its letters."""

    letters: str
    start: int
    end: int
    first: int
    last: int
    exact: bool


class Expansion(NamedTuple):
    """One set of words for an acronym: the words in their singulars, and every place by written form, alone and with the acronym.

    `size` counts the words, hyphenated ones once and small ones not.
    """

    words: tuple[str, ...]
    forms: dict[str, list[Mention]]
    beside: dict[str, list[Mention]]
    size: int
    exact: bool


Collected: TypeAlias = dict[str, dict[tuple[str, ...], Expansion]]
"""What acronyms stand for: by their letters, by the words."""


class Acronym(NamedTuple):
    """An acronym of a source with the expansions that cannot all be right."""

    letters: str
    expansions: tuple[Expansion, ...]


@functools.lru_cache(maxsize=1)
def collected(names: Cast) -> Collected:
    """Give what the acronyms of a source stand for, by their letters and the words; kept for who asks again."""
    found: Collected = {}
    for index, fact in enumerate(names.claims):
        text = fact.value.passage.text
        if "(" not in text:
            continue
        for spelled in spelled_out(text):
            form = text[spelled.start : spelled.end]
            words = _words(form)
            size = sum(word not in STOP for word in form.lower().split())
            kept = found.setdefault(spelled.letters, {}).setdefault(
                words, Expansion(words, {}, {}, size, spelled.exact)
            )
            kept.forms.setdefault(form, []).append(Mention(index, spelled.start, spelled.end, form, spelled.start))
            both = text[spelled.first : spelled.last]
            kept.beside.setdefault(both, []).append(Mention(index, spelled.first, spelled.last, both, spelled.first))
    return found


def beside(found: Collected, acronyms: Iterable[str]) -> dict[str, list[Mention]]:
    """Give the places in which acronyms, in small letters, stand beside words for them, by form: "Model Context Protocol (MCP)"."""
    places: dict[str, list[Mention]] = {}
    for acronym in acronyms:
        for expansion in found.get(acronym.upper(), {}).values():
            for form, mentions in expansion.beside.items():
                places.setdefault(form, []).extend(mentions)
    return places


def same_words(found: Collected) -> Iterator[tuple[str, str, str]]:
    """Give each two acronyms, in small letters, that stand for the same words, and these: "SAS (Software as a Service)", "SaaS"."""
    by_words: dict[tuple[str, ...], dict[str, Expansion]] = defaultdict(dict)
    for letters in sorted(found):
        for words, expansion in found[letters].items():
            by_words[words][letters] = expansion
    for acronyms in by_words.values():
        for one, other in itertools.combinations(acronyms, 2):
            if other != one + "S":
                yield one.lower(), other.lower(), min(acronyms[one].forms)


def expansions(names: Cast, found: Collected) -> tuple[Acronym, ...]:
    """Give the acronyms of a source that are spelled out in several ways, in order of their letters."""
    result = []
    for letters in sorted(found):
        if len(found[letters]) < 2:
            continue
        for several in _conflicting([found[letters][words] for words in sorted(found[letters])]):
            result.append(Acronym(letters, tuple(_everywhere(names, expansion) for expansion in several)))
    return tuple(result)


def _everywhere(names: Cast, expansion: Expansion) -> Expansion:
    """Give an expansion with the places of its words without their acronym, which are the same name."""
    forms = {form: list(mentions) for form, mentions in expansion.forms.items()}
    for key in sorted({joined(form) for form in forms} & names.names.keys()):
        for form, mentions in names.names[key].forms.items():
            known = set(forms.get(form, ()))
            forms.setdefault(form, []).extend(mention for mention in mentions if mention not in known)
    return expansion._replace(forms=forms)


def spelled_out(text: str) -> list[Spelled]:
    """Give each acronym that stands in a passage beside words for it, one of them in brackets, in either order.

    Words with whose initials it is written are taken wherever they begin;
    others (see `_nearly`) only if they are all written large.
    """
    found = []
    for match in _BRACKET.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
        if before is None:
            continue
        first, last = match.span()
        inside = _letters(match[1])
        letters = inside or _letters(before[1])
        if inside:
            runs = _runs_before(text, before.end(1), 2 * len(inside))
        elif letters:
            first = before.start()
            runs = [list(_WORD.finditer(text, match.start(1), match.end(1)))]
        else:
            continue
        run, exact = _chosen([run for run in runs if run and run[0][0].lower() not in STOP], letters)
        if run:
            start, end = run[0].start(), run[-1].end()
            found.append(Spelled(letters, start, end, min(first, start), last, exact))
    return found


def _runs_before(text: str, end: int, most: int) -> list[list[re.Match[str]]]:
    """Give the words that end at `end`: the last, the last two, and so on, within a clause."""
    words: list[re.Match[str]] = []
    for word in reversed(list(_WORD.finditer(text, max(0, end - 90), end))[-most:]):
        if any(mark in ".;:()\n|," for mark in text[word.end() : words[0].start() if words else end]):
            break
        words.insert(0, word)
    if not words or words[-1].end() != end:
        return []
    return [words[-count:] for count in range(1, len(words) + 1)]


def _letters(word: str) -> str:
    """Give the letters of an acronym, in capitals and without the s of a plural; "" for what can be none."""
    if _ACRONYM.fullmatch(word) is None:
        return ""
    letters = word[:-1] if word[-1] == "s" and word[:-1].isupper() else word
    return letters.upper() if 2 < len(letters) < 7 else ""


def _chosen(runs: list[list[re.Match[str]]], letters: str) -> tuple[list[re.Match[str]], bool]:
    """Give the words of an acronym, and whether they spell it.

    The shortest run that does; else the shortest that does but for one word,
    or the longest whose words are all large and nearly do.
    """
    for spare in (0, 1):
        for run in runs:
            if run[0][0][0].upper() == letters[0] and _spells(tuple(word[0] for word in run), letters, spare):
                return run, not spare
    for run in reversed(runs):
        written = [word[0] for word in run]
        if all(word[0].isupper() or word in STOP for word in written) and _nearly(written, letters):
            return run, False
    return [], False


def _nearly(words: list[str], letters: str) -> bool:
    """Say whether words have some of an acronym's letters for initials, or all and others, or all in another order."""
    initials = "".join(part[0].upper() for word in words for part in re.split(r"[-/]", word) if word not in STOP)
    if len(initials) < 2:
        return False
    return sorted(initials) == sorted(letters) or _within(initials, letters) or _within(letters, initials)


def _within(few: str, many: str) -> bool:
    """Say whether the letters of one string stand in the other in the same order, both beginning alike."""
    left = iter(many)
    return few[0] == many[0] and all(letter in left for letter in few)


@functools.lru_cache(maxsize=1 << 10)
def _spells(words: tuple[str, ...], letters: str, spare: int) -> bool:
    """Say whether the initials of words are an acronym's letters, but for so many words inside that have none.

    A word may give the capitals that it begins with ("AI", "REvisions") or
    the initials of its hyphenated parts; small words may be left out.
    """
    if not words:
        return not letters
    head, rest = words[0], words[1:]
    if head.lower() in STOP and _spells(rest, letters, spare):
        return True
    capitals = head[: next((at for at, char in enumerate(head) if not char.isupper()), len(head))]
    given = {head[0].upper(), "".join(part[0].upper() for part in re.split(r"[-/]", head)), capitals} - {""}
    if any(letters.startswith(some) and _spells(rest, letters[len(some) :], spare) for some in given):
        return True
    return spare > 0 and bool(rest) and _spells(rest, letters, spare - 1)


def _words(form: str) -> tuple[str, ...]:
    words = [word for word in re.split(r"[\s\-/]+", form.lower().replace("’", "'")) if word not in STOP]
    return tuple(singular(joined(word)) for word in words)


def _conflicting(found: list[Expansion]) -> list[tuple[Expansion, ...]]:
    """Give sets of expansions of one acronym that are one thing in different words."""
    clusters: list[list[Expansion]] = []
    for expansion in found:
        meeting = [cluster for cluster in clusters if any(_same_thing(expansion, other) for other in cluster)]
        merged = [expansion, *(other for cluster in meeting for other in cluster)]
        clusters = [cluster for cluster in clusters if not any(cluster is other for other in meeting)]
        clusters.append(sorted(merged, key=lambda other: other.words))
    return [
        tuple(cluster)
        for cluster in clusters
        if any(other_words(a, b) or _lacks(a, b) for a, b in itertools.combinations(cluster, 2))
    ]


def _same_thing(a: Expansion, b: Expansion) -> bool:
    return not _stems(a).isdisjoint(_stems(b))


def other_words(a: Expansion, b: Expansion) -> bool:
    """Say whether each of two expansions has a word that the other lacks, in any form."""
    stems, others = _stems(a), _stems(b)
    if "".join(a.words) == "".join(b.words) or stems <= others or others <= stems:
        return False
    return len(a.words) != len(b.words) or any(not _same_word(p, q) for p, q in zip(a.words, b.words, strict=True))


def _same_word(p: str, q: str) -> bool:
    if p.startswith(q) or q.startswith(p) or stem(p) == stem(q):
        return True  # "Progressive Web Apps", "Progressive Web Applications"
    return inflected(p, q) or likeness(p, q) >= SAME_WORD


def _lacks(a: Expansion, b: Expansion) -> bool:
    """Say whether one of two expansions has a word that the other lacks, or has it elsewhere, and but one may be right.

    Two that only write a word as a part of another are one ("small and medium
    businesses", "small and medium-sized businesses"), as are an expansion and
    what goes on after it ("Enterprise Resource Planning Software").
    """
    stems, others = _stems(a), _stems(b)
    if "".join(a.words) == "".join(b.words) or not (stems <= others or others <= stems):
        return False
    few, many = sorted((a, b), key=lambda expansion: len(expansion.words))
    if few.exact and many.words[: len(few.words)] == few.words:
        return False
    return (few.exact or many.exact) and (few.size != many.size or few.exact != many.exact)


def _stems(expansion: Expansion) -> set[str]:
    return {stem(word) for word in expansion.words}
