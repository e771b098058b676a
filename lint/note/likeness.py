"""How two wordings differ, if they are one utterance: judged by words, by the sentences around, and by time."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec

from .differ import runs
from .wordings import Nearness, Wording, told

Kind: TypeAlias = Literal["wording", "truncated"]

CLOSE = 30
"""Seconds between two citations of one utterance, at most; of 183 pairs within them 92 % were one (by transcripts)."""

FAR = 600
"""Seconds from which on two times tell two utterances, unless the sentences around say the same."""

DISTINCTIVE = 60
"""What the words of a part must tell together to be a part of one utterance and of no other (a word tells 1 to 50)."""

RARE = 45
"""What a lone word must tell to be an utterance's own: the lexicon does not have it, or has it as rare."""

SPOKEN = 4
"""Words from which on a quote is what somebody said; a shorter one is as often a term, and worth no warning."""

KIN_CLOSE = 15
"""Seconds between two citations of short quotes that share a root or a sound only."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBERS = _set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "double twice"
)
_NEGATIONS = _set("not no never none nothing cannot without nobody neither nor")
_CONTRASTS = _set(
    "up down in out on off over under inner outer before after first last left right good bad best worst more less most "
    "least high low hard soft old new long short open closed big small strong weak east west north south yes no with "
    "without upstream downstream inside outside start end begin stop front back top bottom early late fast slow"
)
"""Words of which two in one place mark two terms put against each other, not two wordings of one."""

_PERSONS = _set("i you he she it we they me him her us them my your his our their mine yours ours theirs")
_SOUNDS = str.maketrans("cqyz", "kkis")
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|e|s)\Z")
_VOWELS = re.compile(r"[aeiouhw]|(.)(?=\1)")

_Judged: TypeAlias = "tuple[Kind, bool, Nearness, str] | None"


def judge(a: Wording, b: Wording) -> _Judged:
    """Say how two wordings differ if they are one utterance; `a` is the shorter."""
    if a.text in b.text:
        return _part(a, b)
    if a.stems == b.stems:
        # only endings differ: a quote bent to its sentence, or a term in the plural
        near = Nearness(a, b)
        known = len(a.weights) > 1 or a.total >= RARE or (near.within(CLOSE) and _alike(near))
        return ("wording", False, near, "") if known else None
    if len(b.words) <= 2:
        if not _akin(a, b) or a.notes & b.notes:
            return None
        # another word of one root or sound in the very place of the sentence
        near = Nearness(a, b)
        return ("wording", False, near, "") if near.within(KIN_CLOSE) and _alike(near) else None
    return _reworded(a, b)


def _part(a: Wording, b: Wording) -> _Judged:
    """Judge a wording whose words stand in another one after another."""
    near = Nearness(a, b)
    if len(a.weights) >= 3 or a.total >= DISTINCTIVE:
        # of a term, "not" denies something else
        denied = len(a.words) >= SPOKEN and _denied(b.text[: b.text.index(a.text)].split())
        return "truncated", True, near, "negation" if denied else ""
    both = len(a.notes & b.notes)
    if both > 1 and both * 2 > min(len(a.notes), len(b.notes)) + 1:
        return None  # most notes that have it have both: two terms
    close = near.within(CLOSE)
    if len(a.words) >= 2:
        return ("truncated", len(a.weights) > 1, near, "") if close or _alike(near) else None
    if all(place.text[:1].isupper() for place in a.places):
        return None  # a lone word with a capital is a name
    alike = (close and len(near.shared) >= 2) or (near.share >= 0.6 and len(near.shared) >= 5)
    return ("truncated", False, near, "") if alike else None


class _Change(msgspec.Struct, gc=False):
    """What an alignment of two wordings leaves.

    `kept` are the stems that stay; `contrast` says that two words stand
    against each other that mark terms, `elided` that the longer only has more,
    `otherwise` that a word that tells something is another, not an ending, and
    not only cut at an end; `lost` is a negation or number that differs.
    """

    kept: list[str]
    contrast: bool = False
    elided: bool = True
    otherwise: bool = False
    lost: str = ""


def _change(a: Wording, b: Wording, begin: int, end: int) -> _Change:
    """Align a wording with the words of another from `begin` to `end`; what lies outside is cut."""
    theirs_said, theirs_stems = b.words[begin:end], b.stems[begin:end]
    change = _Change([])
    out_a: list[str] = []
    out_b: list[str] = []
    roots_a, roots_b = {_root(word) for word in a.words}, {_root(word) for word in theirs_said}
    for tag, i, j, k, m in runs(a.stems, theirs_stems):
        ours, theirs = a.words[i:j], theirs_said[k:m]
        if tag == "equal":
            change.kept += a.stems[i:j]
            change.elided = change.elided and ours == theirs
            continue
        change.elided = change.elided and tag == "insert"
        out_a += ours
        out_b += theirs
        if tag == "replace" and _CONTRASTS.intersection(ours) and _CONTRASTS.intersection(theirs):
            change.contrast = True
        new = [any(_tells(word) and _root(word) not in roots_b for word in ours)]
        new.append(any(_tells(word) and _root(word) not in roots_a for word in theirs))
        inside = 0 < i and j < len(a.words) and 0 < k and m < len(theirs_said)
        change.otherwise = change.otherwise or (any(new) if inside else all(new))
    change.lost = _lost(out_a, out_b)
    return change


def _tells(word: str) -> bool:
    """Say whether a changed word changes what was said: who does it, or what is done."""
    return told(word)[1] > 0 or word.partition("'")[0] in _PERSONS


def _root(word: str) -> str:
    """Give a word without its ending, for one question: whether two words differ in more than that."""
    return _ENDING.sub("", word)


def _reworded(a: Wording, b: Wording) -> _Judged:
    """Judge two wordings of which neither is a part of the other."""
    common = [stem for stem in a.weights if stem in b.weights]
    complete = len(common) == len(a.weights)
    begin, end = _window(a, b, common) if complete and len(common) > 1 else (0, len(b.words))
    change = _change(a, b, begin, end)
    telling = sum(1 for stem in change.kept if stem in a.weights)
    ratio = 2 * len(change.kept) / (len(a.words) + len(b.words))
    if telling < 3 and ratio < 0.6 and not (complete and len(common) >= 2):
        return None
    near = Nearness(a, b)
    close, alike, both = near.within(CLOSE), _alike(near), bool(a.notes & b.notes)
    if change.lost or change.contrast:
        told_so = change.lost and len(a.words) >= 6 and ratio >= 0.8 and (close or alike) and not both
        return ("wording", True, near, change.lost) if told_so else None
    if change.elided and telling >= 4:
        return "truncated", True, near, ""  # quoted with an ellipsis, marked or not
    yes: _Judged = ("wording", change.otherwise, near, "")
    if complete and len(common) >= 2 and end - begin <= 2 * len(a.words) + 2:
        if len(common) >= 3:
            if telling >= len(common) or close or alike:
                return yes
        elif (close or near.share >= 0.3) and not (_far(near) and near.share < 0.5):
            return yes
    if complete and len(common) >= 3 and close and alike:
        return yes
    if both:
        return None
    if telling >= 3 and ratio >= 0.7 and len(a.words) >= 6 and not (_far(near) and near.share < 0.2):
        return yes
    cover = sum(a.weights[stem] for stem in common) / max(1, a.total)
    if telling >= 4 and cover >= 0.7 and (close or alike):
        return yes
    return yes if ratio >= 0.6 and len(a.words) >= 3 and close and near.shared else None


def _alike(near: Nearness) -> bool:
    return near.share >= 0.4 and len(near.shared) >= 3


def _far(near: Nearness) -> bool:
    return near.seconds is not None and near.seconds > FAR


def _window(a: Wording, b: Wording, wanted: list[str]) -> tuple[int, int]:
    """Give the shortest run of words of `b` that has all `wanted` stems, with room for the words of `a` beside them."""
    last: dict[str, int] = {}
    best = (0, len(b.words))
    for at, stem in enumerate(b.stems):
        if stem in a.weights:
            last[stem] = at
            if len(last) == len(wanted) and at + 1 - min(last.values()) < best[1] - best[0]:
                best = (min(last.values()), at + 1)
    telling = [at for at, stem in enumerate(a.stems) if stem in a.weights]
    return max(0, best[0] - telling[0]), min(len(b.words), best[1] + len(a.words) - 1 - telling[-1])


def _akin(a: Wording, b: Wording) -> bool:
    """Say whether short wordings have words of one root, or sound alike throughout."""
    if _CONTRASTS.intersection(a.words) != _CONTRASTS.intersection(b.words):
        return False
    ours = [word for word, stem in zip(a.words, a.stems, strict=True) if stem not in b.stems]
    theirs = [word for word, stem in zip(b.words, b.stems, strict=True) if stem not in a.stems]
    if [*map(sound, ours)] == [*map(sound, theirs)]:
        return True
    # "magic part" and "magical"; but "human element" and "human factor" are two phrases
    roots = {word[:5] for word in ours if len(word) >= 5} & {word[:5] for word in theirs if len(word) >= 5}
    return bool(roots) and (len(ours) == len(a.words) or len(ours) == len(roots) == len(theirs))


def sound(word: str) -> str:
    """Give a word as it is misheard: its consonants, those that sound alike as one."""
    word = word.replace("ph", "f").replace("ck", "k").translate(_SOUNDS)
    return word[:1] + _VOWELS.sub("", word[1:])


def _lost(first: list[str], second: list[str]) -> str:
    """Say whether a negation stands on one side only, or each has another number."""
    if any(map(negates, first)) != any(map(negates, second)):
        return "negation"
    if any(map(_counts, first)) and any(map(_counts, second)):
        return "number"
    return ""


def _denied(before: list[str]) -> bool:
    """Say whether the words before a part deny it: "not", "not some"; not those of another sentence."""
    return any(map(negates, before[-1:])) or (any(map(negates, before[-2:-1])) and not told(before[-1])[1])


def negates(word: str) -> bool:
    """Say whether a folded word denies."""
    return word in _NEGATIONS or word.endswith("n't")


def _counts(word: str) -> bool:
    return word in _NUMBERS or word[:1].isdigit()
