"""Terms of one source that are written in several ways with the same letters: case, space, hyphen, points.

Terms are names, hyphenated compounds, and words that somewhere else stand
apart ("codebase", "code base"). What is due to its place (the first word of a
sentence, a heading, a bold lead, a title written large) is no difference.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..language.british import american
from ..language.lettering import folded, identity, parts, singular, unaccented
from ..language.numerals import NUMBERS
from ..language.words import STOP, lexicon, stem
from ..model import Fact, Group
from ..names.mentions import Cast, cast
from ..note.claims import Claim, Header
from .standing import Place, due, place

MAX_WORDS = 6
"""Words of a term."""

MIN_BEGINNING = 4
"""Letters that no ending changes; shorter words are others with an accent."""

_PARTED = re.compile(r"([^\W_]+)")
_MARK = "ꀕ"
"""A word that ends each claim: one of the Yi script, of which no other text makes use."""
_COMPOUND = re.compile(r"(?<![\w/.@-])[^\W_]+(?:[-‑][^\W_]+)+(?![\w/@-])")
_SMALL = r"(?:of|and|the|as|an?|for|in|to|on|from|with)"
_LINKED = re.compile(
    rf"[A-Z](?<![^\W_].)[^\W_]++(?:[ -](?:[A-Z][^\W_]++|{_SMALL}(?![^\W_]))){{0,4}}"
    rf"[ -]{_SMALL}[ -][A-Z][^\W_]*+(?: [A-Z][^\W_]++)?"
)
"""A name with a small word in it: "Bank of America". What a search is fast for, a capital, comes first."""
_DOTTED = re.compile(
    r"(?<![\w.])(?:[A-Z]\.){2,}|(?<![\w./])[A-Z]{1,3}[;/][A-Z]{1,3}(?![\w/])|(?<![\w.@/-])[A-Z][^\W_]*\.[^\W_]{1,3}(?![\w@/])"
)
_JOINT = re.compile(r"[-‑./;](?<=[^\W_].)[^\W_]")

_RUNNING = (" ", ", ", ' "', " “")
_QUOTED = re.compile(r"[\"“]([^\W_]+(?:(?:,? |-)[^\W_]+){1,3})[,.]?[\"”]")
"""A few words in quotation marks are a term that a note introduces."""

_DERIVED = re.compile(r"(?<=[a-z]{6})(?:ations?|ions?|ments?|ers?|ors?|able)$")
_BESIDE = re.compile(r" ([a-z]{3,})(?![\w'’-])")


class Terms(NamedTuple):
    """The terms of a group that are written in more than one way: places by the letters of the term, plurals cut."""

    claims: tuple[Fact, ...]
    places: dict[str, list[Place]]


def terms(group: Group) -> Terms:
    """Find every occurrence of the terms of a group that have more than one written form.

    The words of all claims are one list, in which a mark ends each claim: so
    what every word goes through is a loop of the interpreter's own, and only
    words that a term begins with are looked at one by one.
    """
    claims = tuple(fact for fact in group if isinstance(fact.value, (Claim, Header)))
    words = _Words([fact.value.passage.text for fact in claims])
    places: dict[str, list[Place]] = {}

    @functools.cache
    def large(index: int) -> int:
        return due(claims[index].value, words.of(index))

    for key, occurring in sorted(_occurrences(words, cast(group)).items()):
        found = []
        for at, last in sorted(occurring):
            index, spans = words.spans(at, last)
            term = place(index, claims[index].value, spans, large)
            if term is not None:
                found.append(term)
        if len({place.form for place in found}) > 1:
            places[key] = found
    return Terms(claims, places)


def _occurrences(words: _Words, names: Cast) -> dict[str, list[tuple[int, int]]]:
    """Give first and last word of each term's occurrences in the list of words, of terms that may be written in two ways."""
    every = words.folded
    compounds = set(_compounds(words.whole))
    joined = words.joined()
    keys, beginnings = _keys(words, names, compounds, joined)
    starts = beginnings & words.known
    found: dict[str, list[tuple[int, int]]] = {}
    for at in _where(every, starts):
        grown, last = every[at] + every[at + 1], at + 1
        while grown in beginnings:  # with a mark it is none
            if grown in keys:
                found.setdefault(grown, []).append((at, last))
            last += 1
            if last - at == MAX_WORDS:
                break
            grown += every[last]
    for pair, word in joined.items():
        if word != (whole := "".join(pair)) and whole in found:
            found.setdefault(word, []).extend(found.pop(whole))
    # a word that stands in one piece everywhere needs no closer look if it differs in nothing but its first letter
    keys.update(key for way, key in words.fold.items() if _lettered(way))
    alone = {key: key for key in keys if key in found}
    ways: dict[str, list[str]] = {}
    for way, key in words.fold.items():
        if key in keys and key not in found:
            ways.setdefault(key, []).append(way)
    alone.update(
        (key, key) for key, some in ways.items() if len(some) > 1 and not (ordinary(key) and all(map(_simple, some)))
    )
    alone.update((key, key) for key in words.amid() if key not in found)
    for word, other in words.british().items():
        alone[word] = alone[other] = other
    alone.update((word, word) for word in joined.values())
    inflected = _inflected({"".join(parts(found)) for found in compounds}, words.known, keys)
    alone.update((word, main) for word, main in inflected.items() if word in words.known)
    for word, main in inflected.items():
        if word in found:
            found.setdefault(main, []).extend(found.pop(word))
    for at in _where(every, alone):
        found.setdefault(alone[every[at]], []).append((at, at))
    return {key: occurring for key, occurring in found.items() if words.vary(occurring)}


def _where(words: Iterable[str], wanted: Container[str]) -> list[int]:
    """Give where the words stand that are wanted."""
    return list(itertools.compress(itertools.count(), map(wanted.__contains__, words)))


def _inflected(compounds: Iterable[str], known: set[str], keys: set[str]) -> dict[str, str]:
    """Give the compound under which to look for each that has another ending: "finetuning" and "finetuner" for "finetune"."""
    stems: dict[str, str] = {}
    roots: dict[str, str] = {}
    for key in sorted(compounds, key=lambda key: (len(key), key)):
        if key.isalpha():
            stems.setdefault(stem(key), key)
            roots.setdefault(root(key), key)
    begun = {key[:MIN_BEGINNING] for key in stems.values()}
    found = {}
    for word in known | keys:
        if word[:MIN_BEGINNING] in begun:
            main = stems.get(stem(word)) or (roots.get(root(word)) if word not in keys else None)
            if main is not None and main != word:
                found[word] = main
    return dict(sorted(found.items()))


def root(word: str) -> str:
    """Cut what makes another word of a word in small letters: "reimplementation" is of "reimplement"."""
    return stem(_DERIVED.sub("", word))


def _lettered(word: str) -> bool:
    """Say whether a word is written in its own way wherever it stands: with capitals inside, beside digits, with accents."""
    if not word.isascii():
        return len(word) >= MIN_BEGINNING and unaccented(word) != word
    return not (word.islower() or word[1:].islower() or (word.isalpha() and word.isupper()) or word.isdigit())


def _simple(word: str) -> bool:
    return word[1:].islower()


class _Words:
    """The words of all claims in one list, with a mark after each claim, and the way back to where they stand.

    `parts` has words and what stands between them by turns, `raw` the words,
    `folded` the same in lower case and without the s of a plural, as `fold`
    has it, `known` which of these there are.
    """

    def __init__(self, texts: list[str]) -> None:
        self.whole = f"\n{_MARK}\n".join([*texts, ""])
        if self.whole.count(_MARK) > len(texts):
            texts = [text.replace(_MARK, " ") for text in texts]
            self.whole = f"\n{_MARK}\n".join([*texts, ""])
        self.texts = texts
        self.parts = _PARTED.split(self.whole)
        self.raw = self.parts[1::2]
        self.fold = {atom: folded(atom) for atom in set(self.raw)}
        self.folded = list(map(self.fold.__getitem__, self.raw))
        self.known = set(self.fold.values())
        self.ends: list[int] = []
        at = -1
        for _ in texts:
            at = self.raw.index(_MARK, at + 1)
            self.ends.append(at)

    @functools.cached_property
    def _starts(self) -> list[int]:
        """Where each part begins in the whole text."""
        return list(itertools.accumulate(map(len, self.parts), initial=0))

    def amid(self) -> set[str]:
        """Give words that stand large between small words, and small beside one of these: "use Agile methods", "agile methods"."""
        raw, parts, every = self.raw, self.parts, self.folded
        small = {key for word, key in self.fold.items() if word.islower()} - STOP
        large = {word for word, key in self.fold.items() if key in small and word[0].isupper() and _simple(word)}
        near: dict[str, set[tuple[int, str]]] = {}
        for at in _where(raw, large):
            if (
                parts[2 * at] in _RUNNING
                and raw[at - 1].islower()
                and not (parts[2 * at + 2] == " " and raw[at + 1][0].isupper())
            ):
                near.setdefault(every[at], set()).update(self._sides(at))
        return {
            every[at]
            for at in _where(raw, {word for word, key in self.fold.items() if key in near and word.islower()})
            if not near[every[at]].isdisjoint(self._sides(at))
        }

    def _sides(self, at: int) -> list[tuple[int, str]]:
        """Give the words right before and right after one, but those that say nothing."""
        return [(side, word) for side in (-1, 1) if (word := self.folded[at + side]) not in STOP]

    def british(self) -> dict[str, str]:
        """Give the American spelling of each British one of which both stand in the group."""
        return {word: other for word in self.known if (other := american(word)) in self.known and other is not None}

    def vary(self, occurring: list[tuple[int, int]]) -> bool:
        """Say whether a term may be written in two ways: more than its first letter differs, or that where nothing begins."""
        parts = self.parts
        forms = {"".join(parts[2 * at + 1 : 2 * last + 2]) for at, last in occurring}
        if len(forms) < 2:
            return "." in min(forms)[-2:]  # a stop after it may belong to "U.S."
        if len({form[0].lower() + form[1:] for form in map(identity, forms)}) > 1:
            return True
        return any(parts[2 * at] in _RUNNING and parts[2 * at + 1][0].isupper() for at, _ in occurring)

    def spans(self, at: int, last: int) -> tuple[int, list[tuple[int, int]]]:
        """Give the claim in which the words from `at` to `last` stand, and where."""
        index = bisect_right(self.ends, at)
        first = self.ends[index - 1] + 1 if index else 0
        parts = self.parts
        start = self._starts[2 * at + 1] - self._starts[2 * first] - bool(index)
        found = []
        for part in range(2 * at + 1, 2 * last + 2, 2):
            end = start + len(parts[part])
            found.append((start, end))
            start = end + len(parts[part + 1])
        return index, found

    def of(self, index: int) -> list[str]:
        """Give the words of a claim, as written."""
        return self.raw[self.ends[index - 1] + 1 if index else 0 : self.ends[index]]

    def joined(self) -> dict[tuple[str, str], str]:
        """Give neighbours that some other place writes as one word, and that word: "sales force" has an s that "salesforce" keeps."""
        # what begins with a word comes right after it
        begun = {word for word, after in itertools.pairwise(sorted(self.known)) if after.startswith(word)} - STOP
        every = self.folded
        found = {}
        for at in _where(every, begun):
            first, second = every[at], every[at + 1]
            whole = first + second
            for word in (whole, singular(whole), f"{first}s{second}" if self.raw[at][-1] in "sS" else ""):
                if word in self.known and second not in STOP:
                    found[first, second] = word
        return found


def _keys(
    words: _Words, names: Cast, compounds: Iterable[str], joined: Iterable[tuple[str, str]]
) -> tuple[set[str], set[str]]:
    """Give the letters of all terms, and every beginning of one of several words that ends with a word."""
    keys: set[str] = set()
    beginnings: set[str] = set()

    def add(atoms: Sequence[str]) -> None:
        if len(atoms) > 1:
            beginnings.update(itertools.accumulate(atoms[:MAX_WORDS]))
        grown = "".join(atoms)
        if len(grown) > 1 and len(atoms) <= MAX_WORDS and not all(map(_number, atoms)):
            keys.add(grown)

    for name in names.names.values():
        if len(name.words) == 1 and name.key in words.fold:
            beside = {
                (mention.form, found[1])
                for mention in itertools.chain(*name.forms.values())
                if (found := _BESIDE.match(names.claims[mention.claim].value.passage.text, mention.end)) is not None
            }
            for form, word in beside:
                if word not in STOP:
                    add((*parts(form), folded(word)))
            if len(name.notes) < 2 and ordinary(name.key):
                continue
        for form in name.forms:
            add(parts(form))
    for term in {*_QUOTED.findall(words.whole), *compounds}:
        add(parts(term))
    for linked in set(_LINKED.findall(words.whole)):
        if linked.partition(" ")[0].lower() not in STOP:
            add(parts(linked))
    for pair in joined:
        add(pair)
    return keys, beginnings


def _number(word: str) -> bool:
    return word.isdigit() or word in NUMBERS or word == "to"


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
        if ";" in chunk or "/" in chunk or "." in chunk:
            yield from _DOTTED.findall(chunk)


def ordinary(word: str) -> bool:
    entry = lexicon().get(word)
    return entry is not None and entry.listed and entry.capital < 50
