"""Words that decide: where two notes make the same statement with one word that is mistaken for another, or with a negation lost."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Literal, TypeAlias

import msgspec

from ..model import Fact, Group
from .align import Alignment, align
from .claims import Claim
from .forms import ENDINGS, IRREGULAR, OPPOSITES
from .times import timeline
from .words import STOP, TOKEN, lexicon, rarity, stem

Kind: TypeAlias = Literal["sound", "near", "alike", "prefix", "opposite", "negation"]

MIN_SCORE = 0.45
"""Cosine from which claims are near enough that one word can decide between them."""

MIN_RATIO = 70
"""Percent of common letters from which two words in the very same place may be mistaken for one another."""

NEAR_RATIO = 80
"""The same where only one neighbour of the words agrees, in claims that differ in little else."""

SOUND_RATIO = 60
"""The same for words with the same consonants: "fusion" and "fission" have 77."""

MIN_CONTEXT = 0.5
"""Share of the weight around a term that the other's surroundings must have."""

MIN_DENIAL_SCORE = 0.85
"""Cosine from which a missing "not" is more than another sentence on the same; below, one in ten was."""

LOOSE_CONTEXT = 0.6
"""The same where only one neighbour of the terms agrees."""

MAX_DENIAL_CHANGES = 3
"""Content words in which a denial and what affirms it may differ besides."""

MAX_GAP = 3
"""Words within which the affirming claim must have what stands around the "not"."""

MAX_CHANGES = 5
"""Content words in which two claims may differ besides, where only one neighbour of the terms agrees."""

MAX_CHANGED = 1 - SOUND_RATIO / 100
"""Share of the letters of two words that may be changed for them to be mistaken for one another."""

WINDOW = 5
"""Words on either side of a term that tell whether both notes use it of the same thing."""

_CUES = re.compile(r"\b(?:not|never|cannot|\w+n['’]t)\b", re.IGNORECASE)
# words by which a sentence denies without a "not": their side is no affirmation
_DENIALS = re.compile(
    r"\b(?:not|no|never|cannot|\w+n['’]t|without|neither|nor|none|nothing|nobody|hardly|rarely|seldom|barely|scarcely|few|little|less|"
    r"fail\w*|lack\w*|avoid\w*|prevent\w*|instead|rather|refus\w*|den(?:y|ie[sd]|ying)|difficult\w*|unable|impossible|unlike|stop\w*|"
    r"un\w+|in(?:capable|sufficient|effective|adequate|valid|correct|accurate|dependent\w*)|dis\w+|mis\w+|ir\w+|im\w+|non\w*|only|"
    r"beyond|contrary|against|despite|although|though|but|while|whereas|however|missing|absen\w+|prohibit\w*|forbid\w*|ban\w*|reject\w*|"
    r"struggl\w*|hard|harder|challeng\w*|eliminat\w*|remov\w*|free|minimal\w*|myth|wrong|false|oppos\w*|except|yet|until|before|limited|"
    r"beware|resist\w*|ignor\w*|neglect\w*|overlook\w*|independent\w*|more than|over|question\w*|doubt\w*|skeptic\w*|if|whether|would|could)\b",
    re.IGNORECASE,
)
_NOT_A_DENIAL = re.compile(
    r"\bnot (?:only|just|simply|merely|necessarily|solely|all|every|always|so|as|yet|even|about|be)\b|\b(?:until|unless|if not)\b|\bwhy not\b|\bor not\b",
    re.IGNORECASE,
)


_SOUNDS = str.maketrans("cqgdbvz", "kkktpfs")


_OPPOSED: dict[str, list[str]] = {}
for _pair in sorted(sorted(pair) for pair in OPPOSITES):
    for _one, _other in (_pair, _pair[::-1]):
        _OPPOSED.setdefault(_one, []).append(_other)


class Term(msgspec.Struct, frozen=True, gc=False):
    """A word that decides, in a claim: `text[start:end]`."""

    claim: int
    start: int
    end: int
    word: str


class Turn(msgspec.Struct, frozen=True, gc=False):
    """Two claims that make the same statement with different deciding words."""

    one: Term
    other: Term
    kind: Kind
    score: float
    context: float
    close: bool
    strict: bool


@functools.cache
def alternations() -> frozenset[tuple[str, str]]:
    """Give the pairs of stems that are a choice of wording, each in order."""
    text = (resources.files(__package__ or "").joinpath("../data/alternations.tsv")).read_text(encoding="utf-8")
    return frozenset((one, other) for one, other in (line.split("\t") for line in text.splitlines()))


@functools.lru_cache(maxsize=1 << 16)
def relation(one: str, other: str) -> Kind | None:
    """Say how two stems are opposed or mistaken for one another; None where they are a choice of wording or have nothing in common."""
    if other in _OPPOSED.get(one, ()):
        return "opposite"
    one, other = one.replace("-", ""), other.replace("-", "")
    if one == other:
        return None
    # "e" is mute: "rout" and "router" are what route and router leave
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 4:
        return None
    if long == "co" + short:
        return "prefix"
    likeness = ratio()(one, other)
    if likeness < SOUND_RATIO or one[0] != other[0] or len(long) - len(short) > 3:
        return None
    alike = skeleton(one) == skeleton(other)
    if likeness < MIN_RATIO and not alike:
        return None
    if long.startswith(short) or long.endswith(short):
        return None
    common = 0
    while common < len(short) and one[common] == other[common]:
        common += 1
    if {one[common:], other[common:]} in ({"t", "c"}, {"ts", "c"}):
        return None if IRREGULAR & {one, other} else "sound"
    if (
        (common >= 4 and common >= 0.55 * len(short))
        or (common >= 3 and one[common:] in ENDINGS and other[common:] in ENDINGS)
        or IRREGULAR & {one, other}
        or (min(one, other), max(one, other)) in alternations()
    ):
        return None
    if alike:
        return "sound"
    return "near" if likeness >= NEAR_RATIO else "alike"


@functools.cache
def ratio() -> Callable[[str, str], float]:
    """Give the percent of common letters of two words; the library is loaded when words are first compared."""
    from rapidfuzz import fuzz

    return fuzz.ratio


@functools.lru_cache(maxsize=1 << 16)
def letters(word: str) -> int:
    """Give the set of a word's letters, a bit for each; what is no Latin letter shares the last ones."""
    found = 0
    for char in word.replace("-", ""):
        found |= 1 << (ord(char) & 31)
    return found


@functools.lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """Give what is left of a word's sound without its vowels: like consonants are one letter, doubled ones single."""
    found = ""
    for char in word.translate(_SOUNDS):
        if char not in "aeiouyhw" and found[-1:] != char:
            found += char
    return found


def _forms(one: str, other: str) -> bool:
    """Say whether two written words are forms of one: an irregular past, a compound's comparative, "important" and "importance"."""
    if IRREGULAR & {one, other} or _respelled(one) == _respelled(other):
        return True
    if "-" in one and "-" in other:
        parts = [pair for pair in zip(one.split("-"), other.split("-"), strict=False) if pair[0] != pair[1]]
        return any(a.startswith(b) or b.startswith(a) for a, b in parts)
    noun, adjective = (one, other) if one.endswith(("nce", "nces", "ncy")) else (other, one)
    # only the plural sounds like the noun: "assistants", "assistance"
    return noun.endswith(("nce", "nces", "ncy")) and adjective.endswith(("nt", "ntly"))


def _respelled(word: str) -> str:
    """Give a word as it is spelled in America: "faeces" is "feces"."""
    for british, american in (
        ("ae", "e"),
        ("oe", "e"),
        ("ough", "o"),
        ("ou", "o"),
        ("ph", "f"),
        ("ise", "ize"),
        ("ys", "yz"),
        ("que", "k"),
        ("c", "k"),
        ("re", "er"),
    ):
        word = word.replace(british, american)
    return word


class Words:
    """The words of a claim as they stand there, in lower case, and their stems."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw: list[str] = TOKEN.findall(text)
        self.words = [word.lower().replace("’", "'") for word in self.raw]
        self.stems = [stem(word) for word in self.words]

    @functools.cached_property
    def content(self) -> Counter[str]:
        """The stems of the content words."""
        return Counter(one for one, word in zip(self.stems, self.words, strict=True) if word not in STOP)

    def place(self, at: int) -> tuple[int, int]:
        """Give where a word stands in the text."""
        return next(itertools.islice(TOKEN.finditer(self.text), at, None)).span()

    def at(self, one: str) -> list[int]:
        """Give where a stem stands."""
        return [index for index, known in enumerate(self.stems) if known == one]

    def around(self, at: int) -> dict[str, int]:
        """Give the stems of the content words around a word, with their weights."""
        found = {}
        for index in range(max(0, at - WINDOW), min(len(self.words), at + WINDOW + 1)):
            word = self.words[index]
            if index != at and word not in STOP:
                found[self.stems[index]] = max(1, min(60, rarity(word)) - 8)
        return found

    def near(self, at: int) -> tuple[str, str]:
        """Give the stems just before and just after a word."""
        return (self.stems[at - 1] if at else "", self.stems[at + 1] if at + 1 < len(self.stems) else "")

    def common(self, at: int) -> bool:
        """Say whether a word is written as a common one, known and not a name."""
        entry = lexicon().get(self.words[at])
        if entry is None or entry.given:
            return False
        return not self.raw[at][0].isupper() or at == 0 or entry.capital < 30


def turns(group: Group) -> Iterator[tuple[Turn, Fact, Fact]]:
    """Give the deciding words in which aligned claims of a group differ."""
    alignment = align(group)
    times = timeline(group)
    read: dict[int, Words] = {}
    candidates = _Candidates(alignment)
    for pair in alignment.pairs:
        if pair.score < MIN_SCORE or not (told := candidates(pair.first, pair.second)):
            continue
        for index in (pair.first, pair.second):
            if index not in read:
                claim: Claim = alignment.claims[index].value
                read[index] = Words(claim.text)
        first, second = read[pair.first], read[pair.second]
        for at, to, kind, context, strict in _difference(first, second, told):
            a, b = times.seconds(alignment.claims[pair.first]), times.seconds(alignment.claims[pair.second])
            close = a is not None and b is not None and abs(a - b) <= 5
            yield (
                Turn(
                    Term(pair.first, *first.place(at), first.words[at]),
                    Term(pair.second, *second.place(to), second.words[to]),
                    kind,
                    pair.score,
                    context,
                    close,
                    strict,
                ),
                alignment.claims[pair.first],
                alignment.claims[pair.second],
            )


class _Candidates:
    """Which stems of two claims may have been mistaken for one another.

    Nearly all pairs of claims differ in words that have nothing in common. Of
    two that begin alike, the letters that only one of them has say at once
    whether too many differ.
    """

    def __init__(self, alignment: Alignment) -> None:
        words = alignment.words
        self._bags = alignment.bags
        self._opposed = words & _OPPOSED.keys()
        self._founding = [
            (word, other) for word in words if word.startswith("co") for other in (word[2:], word[3:]) if other in words
        ]
        self._stems: dict[int, frozenset[str]] = {}

    def __call__(self, first: int, second: int) -> list[tuple[str, str, Kind]]:
        """Give the stems of which the first stands in one claim only and the second in the other only, where they are related."""
        ours = self._stems.get(first) or self._stems.setdefault(first, frozenset(self._bags[first]))
        others = self._stems.get(second) or self._stems.setdefault(second, frozenset(self._bags[second]))
        mine, theirs = ours - others, others - ours
        if not mine or not theirs:
            return []
        initials = {word[0] for word in theirs}
        pairs: list[tuple[str, str]] = []
        for one in mine:
            if (initial := one[0]) not in initials:
                continue
            for other in theirs:
                # each letter that only one of them has is a change: too many, and the ratio cannot be reached
                if (
                    other[0] == initial
                    and (letters(one) ^ letters(other)).bit_count() <= MAX_CHANGED * (len(one) + len(other))
                    and relation(one, other) is not None
                ):
                    pairs.append((one, other))
        if not self._opposed.isdisjoint(mine):
            for one in self._opposed & mine:
                pairs += [(one, other) for other in _OPPOSED[one] if other in theirs]
        for one, other in self._founding:
            if one in mine and other in theirs:
                pairs.append((one, other))
            elif other in mine and one in theirs:
                pairs.append((other, one))
        if not pairs:
            return []
        return [(one, other, kind) for one, other in sorted(pairs) if (kind := relation(one, other)) is not None]


def _difference(
    first: Words, second: Words, candidates: list[tuple[str, str, Kind]]
) -> Iterator[tuple[int, int, Kind, float, bool]]:
    for one, other, kind in candidates:
        best: tuple[int, int, Kind, float, bool] | None = None
        for at in first.at(one):
            for to in second.at(other):
                left, right = (x == y for x, y in zip(first.near(at), second.near(to), strict=True))
                if not (left or right):
                    continue
                if not (first.common(at) and second.common(to)) or _forms(first.words[at], second.words[to]):
                    continue
                # stems are alike more often than the words that were written: "robust", "routing"
                if kind in ("near", "alike") and ratio()(first.words[at], second.words[to]) < MIN_RATIO:
                    continue
                changes = (first.content - second.content).total() + (second.content - first.content).total()
                if kind == "opposite" and changes > MAX_CHANGES:
                    continue
                strict = kind in ("opposite", "alike") or (kind in ("near", "prefix") and changes > MAX_CHANGES)
                if strict and not (left and right):
                    continue
                context = _likeness(first.around(at), second.around(to))
                least = MIN_CONTEXT if strict or (left and right) else LOOSE_CONTEXT
                if context >= least and (best is None or context > best[3]):
                    best = (at, to, kind, context, left and right)
        if best is not None:
            yield best


def _likeness(one: dict[str, int], other: dict[str, int]) -> float:
    shared = one.keys() & other.keys()
    if len(shared) < 2:
        return 0.0
    return sum(one[word] for word in shared) / max(1, min(sum(one.values()), sum(other.values())))


def lost(group: Group) -> Iterator[tuple[Turn, Fact, Fact]]:
    """Give the aligned claims of which one denies what the other affirms, the denying one first."""
    alignment = align(group)
    times = timeline(group)
    denying: dict[int, tuple[int, int, tuple[str, str]] | None] = {}
    for pair in alignment.pairs:
        if pair.score < MIN_DENIAL_SCORE:
            continue
        for index, partner in ((pair.first, pair.second), (pair.second, pair.first)):
            if index not in denying:
                denying[index] = _denial(alignment.claims[index].value.text)
            cue = denying[index]
            if cue is None:
                continue
            text = alignment.claims[partner].value.text
            if _DENIALS.search(text) is not None:
                continue
            if not _affirms(text, cue[2]):
                continue
            mine, theirs = (Words(alignment.claims[at].value.text) for at in (index, partner))
            changes = (mine.content - theirs.content) + (theirs.content - mine.content)
            # where more than the "not" and its auxiliary are gone, a whole clause is
            if changes.total() > MAX_DENIAL_CHANGES or abs(len(mine.words) - len(theirs.words)) > MAX_GAP:
                continue
            a, b = times.seconds(alignment.claims[index]), times.seconds(alignment.claims[partner])
            close = a is not None and b is not None and abs(a - b) <= 5
            text = alignment.claims[index].value.text
            yield (
                Turn(
                    Term(index, cue[0], cue[1], text[cue[0] : cue[1]].lower()),
                    Term(partner, 0, 0, ""),
                    "negation",
                    pair.score,
                    1.0,
                    close,
                    True,
                ),
                alignment.claims[index],
                alignment.claims[partner],
            )


def _denial(text: str) -> tuple[int, int, tuple[str, str]] | None:
    """Give the place of the one "not" of a text and the stems around it; None where it has none, more, or one that denies nothing."""
    lowered = text.lower()
    if "not" not in lowered and "never" not in lowered and "n't" not in lowered and "n’t" not in lowered:
        return None
    cues = list(_CUES.finditer(text))
    if len(cues) != 1 or _NOT_A_DENIAL.search(text) is not None:
        return None
    match = cues[0]
    before = [stem(word) for word in _lowered(text[max(0, match.start() - 60) : match.start()]) if word not in STOP]
    after = [stem(word) for word in _lowered(text[match.end() : match.end() + 60]) if word not in STOP]
    if not before or not after:
        return None
    return match.start(), match.end(), (before[-1], after[0])


def _affirms(text: str, denied: tuple[str, str]) -> bool:
    """Say whether a text has the word before a "not" and the word after it close together."""
    stems = [stem(word) for word in _lowered(text)]
    places = [index for index, one in enumerate(stems) if one == denied[0]]
    return any(denied[1] in stems[index + 1 : index + 1 + MAX_GAP] for index in places)


def _lowered(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in TOKEN.findall(text)]


@functools.lru_cache(maxsize=2)
def by_words(group: Group) -> tuple[tuple[tuple[Turn, Fact, Fact], ...], ...]:
    """Give the turns of a group, those with the same two words together, the plainest first."""
    found: dict[tuple[str, ...], list[tuple[Turn, Fact, Fact]]] = {}
    for item in (*turns(group), *lost(group)):
        turn = item[0]
        key = (turn.kind, *sorted((turn.one.word, turn.other.word)))
        if turn.kind == "negation":
            key = (turn.kind, str(turn.one.claim))
        found.setdefault(key, []).append(item)
    for items in found.values():
        items.sort(
            key=lambda item: (
                not item[0].strict,
                not item[0].close,
                -item[0].score - item[0].context,
                item[0].one.claim,
            )
        )
    return tuple(tuple(found[key]) for key in sorted(found))
