"""Terms of one source that are written in several ways with the same letters: case, space, hyphen, points.

Terms are names, hyphenated compounds, and words that somewhere else stand
apart ("codebase", "code base"). What is due to its place (the first word of a
sentence, a heading, a bold lead, a title written large) is no difference.
"""

from __future__ import annotations

import functools
import itertools
import operator
import re
from collections.abc import Iterable
from typing import NamedTuple

from ..model import Fact, Group
from .claims import Claim
from .names import Cast, cast
from .words import STOP, lexicon

MAX_WORDS = 6
"""Words of a term."""

ATOM = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"(?<![\w/.@-])[^\W_]+(?:[-‑][^\W_]+)+(?![\w/@-])")
_LINK = re.compile(r"[ -](?:of|and|the|as|an?|for|in|to|on)[ -][A-Z]")
_LINKED = re.compile(
    r"(?<![^\W_])[A-Z][^\W_]+(?:[ -](?:[A-Z][^\W_]+|of|and|the|as|an?|for|in|to|on)){0,4}[ -](?:of|and|the|as|an?|for|in|to|on)[ -][A-Z][^\W_]+(?: [A-Z][^\W_]+)?"
)
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}|(?<![\w.])[A-Z]{1,3};[A-Z]{1,3}(?!\w)")
_GAPS = frozenset([" ", "-", "‑", ".", ";", '" ', "” ", '"-', "”-", '", ', " & "])
_CROSSES = re.compile(r"[\[\]<>|]")

_QUOTED = re.compile(r"[\"“]([^\W_]+(?:[ -][^\W_]+){1,3})[,.]?[\"”]")
"""A few words in quotation marks are a term that a note introduces."""

_FOLLOWING = re.compile(r"(?:['’]s)? ([^\W\d_]+)")
_OPENS = '.!?:;"“”„«•*|>–—'


class Place(NamedTuple):
    """One occurrence of a term: `text[start:end]` of a claim.

    `free` is the number of leading characters whose case says nothing: 1 where
    a sentence begins, all where every word is written large. `marked` says that
    it begins a link or stands out, `quoted` that it stands alone in quotation
    marks. `following` is the next word in lower case, "" where none follows
    directly.
    """

    claim: int
    start: int
    end: int
    form: str
    free: int
    marked: bool
    quoted: bool
    following: str


class Terms:
    """The terms of a group that are written in more than one way: places by the letters of the term, plurals cut."""

    def __init__(self, claims: tuple[Fact, ...], places: dict[str, list[Place]]) -> None:
        self.claims = claims
        self.places = places


@functools.lru_cache(maxsize=2)
def terms(group: Group) -> Terms:
    """Find every occurrence of the terms of a group that have more than one written form."""
    names = cast(group)
    claims = names.claims
    texts = [fact.value.passage.text for fact in claims]
    words: list[list[str]] = []
    raw: list[list[str]] = []
    every: list[str] = []
    large_words: set[str] = set()
    for text in texts:
        atoms = ATOM.findall(text)
        large_words.update(atoms)
        found = [singular(word) for word in map(str.lower, atoms)]
        words.append(found)
        raw.append(atoms)
        every += found
        every.append("\0")
    ways: dict[str, set[str]] = {}
    for word in large_words:
        if not word.islower():
            ways.setdefault(singular(word.lower()), set()).add(word)
    keys, beginnings, starts = _keys(texts, every, names, ways)
    occurrences: dict[str, list[tuple[int, int, int]]] = {}
    written_as: dict[str, set[str]] = {}
    spans_of: dict[int, list[tuple[int, int]]] = {}

    def spans(index: int) -> list[tuple[int, int]]:
        kept = spans_of.get(index)
        if kept is None:
            kept = spans_of[index] = [match.span() for match in ATOM.finditer(texts[index])]
        return kept

    for index, found in enumerate(words):
        if starts.isdisjoint(found):
            continue
        for at, first in enumerate(found):
            if first not in starts:
                continue
            grown, last = first, at
            while True:
                if grown in keys:
                    occurrences.setdefault(grown, []).append((index, at, last))
                    form = raw[index][at] if at == last else " ".join(raw[index][at : last + 1])
                    if at < last and form not in texts[index]:
                        form = texts[index][spans(index)[at][0] : spans(index)[last][1]]
                    written_as.setdefault(grown, set()).add(form)
                last += 1
                if last == len(found) or last - at == MAX_WORDS:
                    break
                grown += found[last]
                if grown not in beginnings:
                    break
    places: dict[str, list[Place]] = {}
    large: dict[int, bool] = {}
    for key, occurring in occurrences.items():
        # what stands everywhere the same needs no closer look, but that a stop may belong to "U.S."
        if len(written_as[key]) < 2 and not any("." in form for form in written_as[key]):
            continue
        for index, at, last in occurring:
            if index not in large:
                large[index] = _large(raw[index])
            place = _place(index, claims[index].value, texts[index], spans(index)[at : last + 1], large[index])
            if place is not None:
                places.setdefault(key, []).append(place)
    return Terms(claims, {key: found for key, found in places.items() if len({place.form for place in found}) > 1})


def _keys(
    texts: list[str], every: list[str], names: Cast, ways: dict[str, set[str]]
) -> tuple[set[str], set[str], set[str]]:
    """Give the letters of all terms, every beginning of one that ends with a word, and their first words.

    `ways` are the written forms of each word that is written large somewhere:
    a name of one word that has one form needs no look.
    """
    keys: set[str] = set()
    beginnings: set[str] = set()
    starts: set[str] = set()

    def add(atoms: Iterable[str]) -> None:
        grown = ""
        for count, atom in enumerate(atoms):
            if not count:
                starts.add(atom)
            grown += atom
            if count >= MAX_WORDS:
                return
            beginnings.add(grown)
        if len(grown) > 1 and not grown.isdigit():
            keys.add(grown)
            starts.add(grown)

    single = set(every)
    for name in names.names.values():
        if len(name.words) == 1:
            key = singular(name.key)
            if len(ways.get(key, ())) < 2 and len(name.forms) < 2 and not name.key.islower():
                continue
            if ordinary(name.key) and len(name.notes) < 2:
                continue
        for form in name.forms:
            add(map(singular, ATOM.findall(form.lower())))
    whole = "\n".join(texts)
    once = set(whole.split())
    compounds = [match[0] for word in once if "-" in word or "‑" in word for match in _COMPOUND.finditer(word)]
    for found in sorted({*_QUOTED.findall(whole), *compounds}):
        add(map(singular, ATOM.findall(found.lower())))
    for linked in _LINKED.findall(whole):
        if linked.partition(" ")[0].lower() not in STOP:
            add(map(singular, ATOM.findall(linked.lower())))
    for word in sorted(once):
        if ";" in word or word.count(".") > 1:
            for dotted in _DOTTED.findall(word):
                add(ATOM.findall(dotted.lower()))
    pairs = list(map(operator.add, every, every[1:]))
    both = single.intersection(pairs)
    if both:
        for index, pair in enumerate(pairs):
            if pair in both and every[index] not in STOP and every[index + 1] not in STOP:
                add((every[index], every[index + 1]))
    return keys, beginnings, starts


@functools.lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """Cut the s of a plural from a word in lower case."""
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui'":
        return word[:-1]
    return word


def ordinary(word: str) -> bool:
    entry = lexicon().get(word)
    return entry is not None and entry.listed and entry.capital < 50


def _place(index: int, value: Claim, text: str, spans: list[tuple[int, int]], large: bool) -> Place | None:
    start, end = spans[0][0], spans[-1][1]
    for (_, stop), (follow, _) in itertools.pairwise(spans):
        if text[stop:follow] not in _GAPS:
            return None
        if text[stop:follow] == "." and max(last - first for first, last in spans) > 1:
            return None  # an address; only "U.S." has its letters apart
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("_", "@", "#", "/", "-", ".", "’", "'") and before:
        return None
    if after in ("_", "@", "/", "-") and after and text[end + 1 : end + 2].isalnum():
        return None
    if after == ".":
        if text[end + 1 : end + 2].isalnum():
            return None
        if "." in text[start:end] and len(spans) > 1 and end - spans[-1][0] == 1 and text[end - 1].isalpha():
            end += 1
    free = 0
    quoted = before in ('"', "“") and text[end : end + 2].strip(",.")[:1] in ('"', "”") and before != ""
    if start < value.lead or large:
        free = end - start
    elif not quoted and _opening(text, start):
        free = 1
    shifts = value.passage.shifts
    crossed = bool(shifts) and any(start < at < end for at in shifts[::2])
    if crossed and _CROSSES.search(value.passage.verbatim(start, end)):
        return None
    marked = bool(shifts) and (start in shifts[::2] or (start == 0 and value.passage.raw[:1] in "*[_"))
    following = _FOLLOWING.match(text, end)
    next_word = following[1].lower() if following else ""
    return Place(index, start, end, text[start:end], free, marked, quoted, next_word)


def _opening(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at] in " ([\t\n":
        at -= 1
    return at < 0 or text[at] in _OPENS


def _large(atoms: list[str]) -> bool:
    """Say whether a passage is a title, with nearly every word of more than three letters written large."""
    words = [word for word in atoms if len(word) > 3]
    return bool(words) and sum(not word.islower() for word in words) >= 0.7 * len(words)
