"""Terms of one source that are written in several ways with the same letters: case, space, hyphen, points.

Terms are names, hyphenated compounds, and words that somewhere else stand
apart ("codebase", "code base"). What is due to its place (the first word of a
sentence, a heading, a bold lead, a title written large) is no difference.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ..model import Fact, Group, Passage
from .british import american
from .claims import Claim
from .names import Cast, cast
from .words import STOP, lexicon

MAX_LEAD = 90
"""Characters of bold words that may be a lead."""

MAX_WORDS = 6
"""Words of a term."""

ATOM = re.compile(r"[^\W_]+")
_PARTED = re.compile(r"([^\W_]+)")
_MARK = "ꀕ"
"""A word that ends each claim: one of the Yi script, of which no other text makes use."""
_COMPOUND = re.compile(r"(?<![\w/.@-])[^\W_]+(?:[-‑][^\W_]+)+(?![\w/@-])")
_LINK = re.compile(r"[A-Z](?:(?<=[ -]a[ -].)|(?<=[ -](?:of|as|an|in|to|on)[ -].)|(?<=[ -](?:and|the|for)[ -].))")
_LINKED = re.compile(
    r"(?<![^\W_])[A-Z][^\W_]+(?:[ -](?:[A-Z][^\W_]+|of|and|the|as|an?|for|in|to|on)){0,4}[ -](?:of|and|the|as|an?|for|in|to|on)[ -][A-Z][^\W_]+(?: [A-Z][^\W_]+)?"
)
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}|(?<![\w.])[A-Z]{1,3};[A-Z]{1,3}(?!\w)")
_GAPS = frozenset([" ", "-", "‑", ".", ";", '" ', "” ", '"-', "”-", '", ', " & "])
_JOINT = re.compile(r"[-‑.;](?<=[^\W_].)[^\W_]")
_CROSSES = re.compile(r"[\[\]<>|]")

_QUOTED = re.compile(r"[\"“]([^\W_]+(?:[ -][^\W_]+){1,3})[,.]?[\"”]")
"""A few words in quotation marks are a term that a note introduces."""

_BESIDE = re.compile(r" ([a-z]{3,})(?![\w'’-])")
_OPENS = '.!?:;"“”„«•*|>–—'


class Place(NamedTuple):
    """One occurrence of a term: `text[start:end]` of a claim.

    `free` is the number of leading characters whose case says nothing: 1 where
    a sentence begins, all where every word is written large. `marked` says that
    it begins a link or stands out, `quoted` that it stands alone in quotation
    marks, `code` that it begins a piece of code.
    """

    claim: int
    start: int
    end: int
    form: str
    free: int
    marked: bool
    quoted: bool
    code: bool = False


class Terms(NamedTuple):
    """The terms of a group that are written in more than one way: places by the letters of the term, plurals cut."""

    claims: tuple[Fact, ...]
    places: dict[str, list[Place]]


@functools.lru_cache(maxsize=2)
def terms(group: Group) -> Terms:
    """Find every occurrence of the terms of a group that have more than one written form.

    The words of all claims are one list, in which a mark ends each claim: so
    what every word goes through is a loop of the interpreter's own, and only
    words that a term begins with are looked at one by one.
    """
    claims = tuple(fact for fact in group if isinstance(fact.value, Claim))
    words = _Words([fact.value.passage.text for fact in claims])
    places: dict[str, list[Place]] = {}
    for key, occurring in sorted(_occurrences(words, cast(group)).items()):
        found = []
        for at, last in sorted(occurring):
            index, spans = words.spans(at, last)
            place = _place(index, claims[index].value, words.texts[index], spans, words.large)
            if place is not None:
                found.append(place)
        if len({place.form for place in found}) > 1:
            places[key] = found
    return Terms(claims, places)


def _occurrences(words: _Words, names: Cast) -> dict[str, list[tuple[int, int]]]:
    """Give first and last word of each term's occurrences in the list of words, of terms that may be written in two ways."""
    every = words.folded
    keys, beginnings, starts = _keys(words, names)
    british = words.british()
    starts.update(british, british.values())
    found: dict[str, list[tuple[int, int]]] = {}
    begun = [at for at, word in enumerate(every) if word in starts]
    for at in begun:
        grown, last = every[at] + every[at + 1], at + 1
        while grown in beginnings:  # with a mark it is none
            if grown in keys:
                found.setdefault(grown, []).append((at, last))
            last += 1
            if last - at == MAX_WORDS:
                break
            grown += every[last]
    # a word that stands in one piece everywhere needs no closer look if it differs in nothing but its first letter
    alone = {key: key for key in keys if key in found}
    ways: dict[str, list[str]] = {}
    for way, key in words.fold.items():
        if key in keys and key not in found:
            ways.setdefault(key, []).append(way)
    alone.update(
        (key, key) for key, some in ways.items() if len(some) > 1 and not (ordinary(key) and all(map(_simple, some)))
    )
    alone.update(british)
    alone.update((key, key) for key in british.values())
    for at in begun:
        if single := alone.get(every[at]):
            found.setdefault(single, []).append((at, at))
    return {key: occurring for key, occurring in found.items() if words.vary(occurring)}


def _simple(word: str) -> bool:
    return word[1:].islower()


class _Words:
    """The words of all claims in one list, with a mark after each claim, and the way back to where they stand.

    `parts` has words and what stands between them by turns, `raw` the words,
    `folded` the same in lower case and without the s of a plural, as `fold`
    has it, `known` which of these there are.
    """

    def __init__(self, texts: list[str]) -> None:
        if any(_MARK in text for text in texts):
            texts = [text.replace(_MARK, " ") for text in texts]
        self.texts = texts
        self.whole = f"\n{_MARK}\n".join([*texts, ""])
        self.parts = _PARTED.split(self.whole)
        self.raw = self.parts[1::2]
        self.fold = {atom: singular(atom.lower()) for atom in set(self.raw)}
        self.folded = list(map(self.fold.__getitem__, self.raw))
        self.known = set(self.fold.values())
        self.ends: list[int] = []
        at = -1
        for _ in texts:
            at = self.raw.index(_MARK, at + 1)
            self.ends.append(at)
        self._large: dict[int, bool] = {}

    def british(self) -> dict[str, str]:
        """Give the American spelling of each British one of which both stand in the group."""
        return {word: other for word in self.known if (other := american(word)) in self.known and other is not None}

    def vary(self, occurring: list[tuple[int, int]]) -> bool:
        """Say whether a term may be written in two ways: more than its first letter differs, or that where nothing begins."""
        parts = self.parts
        forms = {"".join(parts[2 * at + 1 : 2 * last + 2]) for at, last in occurring}
        if len(forms) < 2:
            # a stop after it may belong to "U.S."
            return any("." in form for form in forms)
        if len({form[0].lower() + form[1:] for form in forms}) > 1:
            return True
        return any(parts[2 * at] == " " and parts[2 * at + 1][0].isupper() for at, _ in occurring)

    def spans(self, at: int, last: int) -> tuple[int, list[tuple[int, int]]]:
        """Give the claim in which the words from `at` to `last` stand, and where."""
        index = bisect_right(self.ends, at)
        first = self.ends[index - 1] + 1 if index else 0
        parts = self.parts
        start = sum(map(len, parts[2 * first : 2 * at + 1])) - bool(index)
        found = []
        for part in range(2 * at + 1, 2 * last + 2, 2):
            end = start + len(parts[part])
            found.append((start, end))
            start = end + len(parts[part + 1])
        return index, found

    def large(self, index: int) -> bool:
        """Say whether a claim is a title, with nearly every word of more than three letters written large."""
        large = self._large.get(index)
        if large is None:
            first = self.ends[index - 1] + 1 if index else 0
            words = [word for word in self.raw[first : self.ends[index]] if len(word) > 3]
            large = bool(words) and sum(not word.islower() for word in words) >= 0.7 * len(words)
            self._large[index] = large
        return large

    def joined(self) -> Iterator[tuple[str, str]]:
        """Give neighbours that some other place writes as one word."""
        order = sorted(self.known)
        # what begins with a word comes right after it
        first = {word for word, after in itertools.pairwise(order) if after.startswith(word)} - STOP
        every = self.folded
        for at in [at for at, word in enumerate(every) if word in first]:
            if every[at] + every[at + 1] in self.known and every[at + 1] not in STOP:
                yield every[at], every[at + 1]


def _keys(words: _Words, names: Cast) -> tuple[set[str], set[str], set[str]]:
    """Give the letters of all terms, every beginning of one that ends with a word, and their first words."""
    keys: set[str] = set()
    beginnings: set[str] = set()
    starts: set[str] = set()

    def add(atoms: Sequence[str]) -> None:
        grown = ""
        for atom in atoms[:MAX_WORDS]:
            if not grown:
                starts.add(atom)
            grown += atom
            beginnings.add(grown)
        if len(grown) > 1 and len(atoms) <= MAX_WORDS and not grown.isdigit():
            keys.add(grown)
            starts.add(grown)

    def parts(form: str) -> list[str]:
        return [singular(atom) for atom in ATOM.findall(form.lower())]

    for name in names.names.values():
        if len(name.words) == 1 and ordinary(name.key):
            if name.key in words.fold:
                for mention in itertools.chain(*name.forms.values()):
                    beside = _BESIDE.match(names.claims[mention.claim].value.passage.text, mention.end)
                    if beside is not None and beside[1] not in STOP:
                        add((name.key, singular(beside[1])))
            if len(name.notes) < 2:
                continue
        for form in name.forms:
            add(parts(form))
    for found in {*_QUOTED.findall(words.whole), *_compounds(words.whole)}:
        add(parts(found))
    for linked in _linked(words.whole):
        if linked.partition(" ")[0].lower() not in STOP:
            add(parts(linked))
    for pair in words.joined():
        add(pair)
    return keys, beginnings, starts


def _compounds(whole: str) -> Iterator[str]:
    """Give words with a hyphen, and letters with points ("U.S.")."""
    chunks: set[str] = set()
    done = 0
    for joint in _JOINT.finditer(whole):
        at = joint.start()
        if at < done:
            continue
        start = max(whole.rfind(" ", 0, at), whole.rfind("\n", 0, at)) + 1
        done = whole.find(" ", at)
        if done < 0:
            done = len(whole)
        chunks.add(whole[start:done])
    for chunk in chunks:
        if "-" in chunk or "‑" in chunk:
            yield from _COMPOUND.findall(chunk)
        if ";" in chunk or chunk.count(".") > 1:
            yield from _DOTTED.findall(chunk)


def _linked(whole: str) -> Iterator[str]:
    """Give names with a small word in them: "Bank of America"."""
    done = 0
    for link in _LINK.finditer(whole):
        at = link.start()
        if at >= done:
            done = whole.find("\n", at)
            yield from _LINKED.findall(whole, whole.rfind("\n", 0, at) + 1, done)


@functools.lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """Cut the s of a plural from a word in lower case."""
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui'":
        return word[:-1]
    return word


def ordinary(word: str) -> bool:
    entry = lexicon().get(word)
    return entry is not None and entry.listed and entry.capital < 50


def _place(
    index: int, value: Claim, text: str, spans: list[tuple[int, int]], title: Callable[[int], bool]
) -> Place | None:
    """Give the occurrence of a term, or None where the words are no term there."""
    start, end = spans[0][0], spans[-1][1]
    for (a, stop), (follow, b) in itertools.pairwise(spans):
        gap = text[stop:follow]
        if gap not in _GAPS:
            return None
        if (
            gap == "."
            and not (text[stop - 1].isdigit() and text[follow].isdigit())
            and (stop - a > 1 or b - follow > 1)
        ):
            return None  # an address; only "U.S." has its letters apart
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("_", "@", "#", "/", "-", ".", "’", "'") and before:
        return None
    if after in ("_", "@", "/", "-") and after and text[end + 1 : end + 2].isalnum():
        return None
    if after == ".":
        if text[end + 1 : end + 2].isalnum():
            return None
        if text[end - 2 : end - 1] == "." and len(spans) > 1 and text[end - 1].isalpha():
            end += 1
    if text[:2] == "[!" and text.find("]", 0, MAX_LEAD) > start:
        return None  # the kind of a callout
    shifts = value.passage.shifts[::2]
    if (
        shifts
        and bisect_right(shifts, start) < bisect_left(shifts, end)
        and _CROSSES.search(value.passage.verbatim(start, end))
    ):
        return None
    form = text[start:end]
    quoted = before in ('"', "“") and before != "" and text[end : end + 2].strip(",.")[:1] in ('"', "”")
    code = bool(shifts) and start in shifts and value.passage.verbatim(0, start + 1)[-2:-1] == "`"
    if form.islower():
        return Place(index, start, end, form, 0, False, quoted, code)  # small letters are never due to their place
    bold = value.lead or _bold(value.passage)
    free = 0
    if start < bold or value.kind == "heading" or title(index):
        free = end - start
    elif (bold and start == bold + 1) or (not quoted and _opening(text, start)):
        free = 1
    marked = bool(shifts) and (start in shifts or (start == 0 and value.passage.raw[:1] in "*[_"))
    return Place(index, start, end, form, free, marked, quoted, code)


def _bold(passage: Passage) -> int:
    """Give the length of a callout's title, or of the bold words with which a passage begins, with a colon or without."""
    if passage.text.startswith("[!"):
        return max(0, passage.text.find("]", 0, MAX_LEAD))
    stop = passage.raw.find("**", 0, MAX_LEAD)
    if stop < 1 or passage.raw[stop - 1].isspace() or passage.raw[:stop] != passage.text[:stop]:
        return 0
    return stop


def _opening(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at] in " ([\t\n":
        at -= 1
    return at < 0 or text[at] in _OPENS
