"""How far a statement goes: of two notes that say the same, one says it of all, always or in full, the other of less.

"Most frameworks" and "all frameworks", "almost completely" and "completely",
"the first" and "one of the first" are each one expression on a scale. Where two
of one scale stand among the same words and before the same word, the sentences
say the same of it, and how far they go can be compared. Neighbours on
a scale are a choice of wording ("many", "most"), unless one of them leaves
nothing open.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

import msgspec

from ..language.words import bag, lexicon
from ..statements.stretches import Word, read

MIN_SHARED = 3
"""Content words around an expression that both sentences have: one more where what stands just before it differs, one
less where one of them is the other with a word that takes some of it back, which is no other way to put it."""

WINDOW = 6
"""Words on either side of an expression among which those are."""

NEIGHBOURS = 1
"""Steps of a scale that are a choice of wording."""

NOUN = 4
"""Words after a superlative among which is the noun that it belongs to."""

_CERTAINTY = "certainty"
_SCALES = {
    "amount": ("no none zero", "few", "some several", "many numerous", "most majority", "", "all every each"),
    "frequency": (
        "never",
        "rarely seldom",
        "sometimes occasionally",
        "often frequently",
        "usually typically generally normally commonly",
        "",
        "always invariably",
    ),
    "extent": (
        "",
        "partly partially somewhat slightly",
        "largely mostly primarily mainly predominantly chiefly",
        "",
        "completely entirely fully totally wholly solely exclusively purely only",
    ),
    _CERTAINTY: ("", "may might could", "", "", "will"),
}
"""The words of each scale, from nothing to all; next to the last stands what is almost the last."""

_LEVELS = {
    word: (scale, level)
    for scale, levels in _SCALES.items()
    for level, words in enumerate(levels)
    for word in words.split()
}
_LAST = {scale: len(levels) - 1 for scale, levels in _SCALES.items()}
_DENIED = {"amount": 3, "frequency": 3, "extent": 1}
"""Where on its scale a denial of the last word stands: "not all" may be many."""

WHOLE = frozenset(" ".join(_SCALES[scale][-1] for scale in _DENIED).split())
"""Words that leave nothing open: what is denied of them may hold of much."""

_FULL = bag(
    "identical impossible perfect perfectly unlimited infinite instant instantly unanimous unanimously empty "
    "nonexistent indistinguishable universal universally extinct"
)
"""What leaves nothing open; each is a scale by itself, with what is almost so below it."""

_HIGHEST = "highest"
_AMONG, _PERHAPS, _PLAINLY = 0, 1, 2
"""How sure a superlative is, from one of several to the only one."""

_ALMOST = bag("almost near nearly virtually practically")
_MAYBE = bag("arguably perhaps possibly probably potentially maybe")
_MAY = _MAYBE | bag("may might could can likely whether")
_MOVING = _ALMOST | _MAYBE | bag("not one some among")
_WHOSE = bag("the its his her their our my these those")
_IRREGULAR = bag("most least first best worst")
_KNOWN = _LEVELS.keys() | _FULL | _MOVING | _IRREGULAR
_NO_AMOUNT = {"no": bag("longer more less fewer matter one"), "all": bag("at above after")}
"""Words with which a word of an amount is none: "no longer", "at all"."""


class Degree(msgspec.Struct, frozen=True, gc=False):
    """An expression of degree: its scale, how far up it stands there, and `text[start:end]`."""

    scale: str
    level: int
    start: int
    end: int


class _Part(msgspec.Struct, frozen=True, gc=False):
    """A word of a text, or an expression of degree as one; its stem is then the name of its scale."""

    word: str
    stem: str
    tells: bool
    end: int
    degree: Degree | None = None


def scales(text: str) -> frozenset[tuple[str, object]]:
    """Give, roughly, the scales and levels of a text's words of degree; what moves a level has the scale ""."""
    words = _KNOWN.intersection(text.lower().split())
    if not words and "est " not in text:
        return frozenset()
    found: set[tuple[str, object]] = {_LEVELS[word] for word in words & _LEVELS.keys()}
    found.update((word, None) for word in words & _FULL)
    if "est " in text or not words.isdisjoint(_IRREGULAR):
        found.add((_HIGHEST, None))
    if found:
        found.update(("", word) for word in words & _MOVING)
        if "n't" in text or "n’t" in text:
            found.add(("", "not"))
    return frozenset(found)


def comparable(one: frozenset[tuple[str, object]], other: frozenset[tuple[str, object]]) -> bool:
    """Say whether two texts may go unlike far, by what `scales` gives."""
    if not one or not other or one == other:
        return False
    common = {scale for scale, _ in one} & {scale for scale, _ in other if scale}
    return bool(common) and any(not scale or scale in common for scale, _ in one ^ other)


def apart(one: Degree, other: Degree) -> bool:
    """Say whether two expressions of one scale say more than a choice of wording."""
    lower, upper = sorted((one.level, other.level))
    last = _LAST.get(one.scale, _PLAINLY if one.scale == _HIGHEST else 1)
    if one.scale == "amount" and lower == 0 and upper == last:
        return False  # what all do not do, none does
    return lower != upper and (lower == 0 or upper == last or upper - lower > NEIGHBOURS)


def differing(one: str, other: str) -> Iterator[tuple[Degree, Degree, str]]:
    """Give the expressions of two texts that stand in the same place and go unlike far, and the word that both are said of.

    To a superlative belongs what is highest.
    """
    mine, theirs = _folded(one), _folded(other)
    for (i, a), (j, b) in itertools.product(_degrees(mine), _degrees(theirs)):
        if mine[i].stem != theirs[j].stem or not apart(a, b):
            continue
        # what follows at once is what it is said of
        after = [*itertools.takewhile(_alike, zip(mine[i + 1 :], theirs[j + 1 :], strict=False))]
        about = next((part.word for part, _ in after if part.tells), "")
        shared = _before(mine, i) & _before(theirs, j) | _after(mine, i) & _after(theirs, j)
        least = MIN_SHARED - _qualified(a, b) + (i > 0 < j and mine[i - 1].stem != theirs[j - 1].stem)
        if not after or len(shared) < least:
            continue
        if a.scale == _HIGHEST:
            lower, plain = (b.level, one) if a.level > b.level else (a.level, other)
            if _PLAINLY not in (a.level, b.level) or (lower == _PERHAPS and _hedged(plain)):
                continue
            if lower == _PERHAPS or _of_one(a, after):
                yield a, b, about
        elif about and not (a.scale == _CERTAINTY and _hedged(one if a.level > b.level else other)):
            yield a, b, about


def _qualified(one: Degree, other: Degree) -> bool:
    """Say whether one expression is the other, almost or perhaps or of several: "every", "nearly every"."""
    last = _LAST.get(one.scale, 1)
    return one.scale == _HIGHEST or {one.level, other.level} == {last - 1, last}


def _degrees(parts: Sequence[_Part]) -> list[tuple[int, Degree]]:
    return [(at, part.degree) for at, part in enumerate(parts) if part.degree is not None]


def _before(parts: Sequence[_Part], at: int) -> set[str]:
    return {part.stem for part in parts[max(0, at - WINDOW) : at] if part.tells}


def _after(parts: Sequence[_Part], at: int) -> set[str]:
    """Give the stems of what tells at a place and after it."""
    return {part.stem for part in parts[at : at + WINDOW + 1] if part.tells}


def _hedged(text: str) -> bool:
    """Say whether a text leaves open by a word what it says elsewhere without one."""
    return any(word.word in _MAY for word in read(text))


def _alike(parts: tuple[_Part, _Part]) -> bool:
    return parts[0].stem == parts[1].stem


def _of_one(one: Degree, after: Sequence[tuple[_Part, _Part]]) -> bool:
    """Say whether a superlative is one thing's in one text, and one of several things' in the other."""
    for x, y in after[:NOUN]:
        if x.word != y.word:
            several, single = (x.word, y.word) if one.level == _AMONG else (y.word, x.word)
            return several.endswith("s") and not single.endswith("s")
    return bool(after) and after[0][0].word == "to"


@functools.lru_cache(maxsize=512)
def _folded(text: str) -> tuple[_Part, ...]:
    """Give the words of a text with each expression of degree in one."""
    words = read(text)
    found: list[_Part] = []
    at = 0
    while at < len(words):
        first, scale, level, last = _superlative(words, at) or _expression(words, at) or (at, "", 0, at)
        if scale:
            # what belongs to it stands there already
            del found[len(found) - (at - first) :]
            degree = Degree(scale, level, words[first].start, words[last].end)
            highest = words[last].stem if scale == _HIGHEST else ""
            found.append(_Part("", f"<{scale} {highest}>", bool(highest), degree.end, degree))
        else:
            found.append(_Part(words[at].word, words[at].stem, words[at].tells, words[at].end))
        at = last + 1
    return tuple(found)


def _expression(words: Sequence[Word], at: int) -> tuple[int, str, int, int] | None:
    """Give the first word, the scale, the level and the last word of the expression whose word of degree is at `at`."""
    word = words[at].word
    before = [part.word for part in words[max(0, at - 2) : at]]
    previous, following = before[-1] if before else "", words[at + 1].word if at + 1 < len(words) else ""
    if word in _FULL:
        return (at - 1, word, 0, at) if previous in _ALMOST else (at, word, 1, at)
    scale, level = _LEVELS.get(word, ("", 0))
    without = _NO_AMOUNT.get(word, ())
    if not scale or previous in without or following in without:
        return None
    if scale == _CERTAINTY and any(part.word in ("how", "what") for part in words[max(0, at - 5) : at]):
        return None
    if word == "most" and (previous in _WHOSE or previous.endswith("'s")):
        return None
    first = at
    if word == "few" and previous == "a":
        first, level = at - 1, level + 1
    elif previous in _ALMOST:
        first, level = at - 1, level + 1 if level == 0 else level - (level == _LAST[scale])
    elif scale in _DENIED and level == _LAST[scale] and {"not", "never", "than"}.intersection(before):
        # "does not cover all", "rather than only": what is denied is more than the degree
        if previous != "not" or before[0] == "if":
            return None
        first, level = at - 1, _DENIED[scale]
    last = at + (following == "of")
    while last + 1 < len(words) and words[last + 1].word in _WHOSE and scale == "amount":
        last += 1
    return first, scale, level, last


def _superlative(words: Sequence[Word], at: int) -> tuple[int, str, int, int] | None:
    """Give the same for a superlative whose article is at `at`: "one of the world's largest"."""
    if words[at].word not in _WHOSE:
        return None
    last = at + 1
    if last < len(words) and words[last].word.endswith("'s"):
        last += 1
    if last >= len(words) or not _highest(words[last].word):
        return None
    if words[last].word in ("most", "least") and last + 1 < len(words):
        last += 1
    before = [part.word for part in words[max(0, at - 2) : at]]
    if before[-1:] == ["among"]:
        return at - 1, _HIGHEST, _AMONG, last
    if before == ["one", "of"]:
        return at - 2, _HIGHEST, _AMONG, last
    if before == ["if", "not"] or (before and before[-1] in _MAYBE):
        return at - 1, _HIGHEST, _PERHAPS, last
    return at, _HIGHEST, _PLAINLY, last


def _highest(word: str) -> bool:
    """Say whether a word is a superlative: "largest" is one beside "larger", "interest" is none."""
    return word in _IRREGULAR or (word.endswith("est") and len(word) > 5 and word[:-2] + "r" in lexicon())
