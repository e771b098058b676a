"""Which quotes of a source are one utterance, and how their wordings differ.

Pairs of wordings are found by the words that tell something, then judged by
how much of the shorter the longer has, by what the sentences around share and
by when both were said. Times in notes are often wrong: a distinctive wording
carries a pair alone, a short one needs its time or its sentence.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from typing import Literal, TypeAlias

import msgspec

from ..model import Group
from .differ import runs
from .wordings import Nearness, Wording, told, wordings

Kind: TypeAlias = Literal["wording", "truncated"]

CROWD = 24
"""Wordings with one stem, from which on the stem pairs none: it is the subject of the source, not of an utterance."""

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

KIN_CROWD = 6
"""Short quotes with one root from which on it is the subject of the source."""

_KIN = 1000  # makes a pair of kin words a candidate whatever else they share; the judging is strict


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

_SOUNDS = str.maketrans("cqyz", "kkis")
_VOWELS = re.compile(r"[aeiouhw]|(.)(?=\1)")


class Likeness(msgspec.Struct, frozen=True, gc=False):
    """Two wordings of one utterance: indices into `wordings(group)`, the shorter first, and how they differ.

    `solid` where a word that was said differs, not an ending or a term; `lost`
    is `negation` or `number` where one side lacks the one or has another of
    the other. `seconds` and `shared` are their nearness.
    """

    short: int
    long: int
    kind: Kind
    solid: bool
    seconds: int | None
    shared: tuple[str, ...]
    lost: str = ""


class Utterance(msgspec.Struct, frozen=True, gc=False):
    """The wordings that notes give of one utterance: indices, and the pairs that tie them together."""

    wordings: tuple[int, ...]
    pairs: tuple[Likeness, ...]


def utterances(group: Group, kind: Kind) -> list[Utterance]:
    """Give the utterances that differ in one way, each with all its wordings, in the order of the wordings."""
    root: dict[int, int] = {}

    def find(at: int) -> int:
        while root.setdefault(at, at) != at:
            at = root[at]
        return at

    pairs = [like for like in likenesses(group) if like.kind == kind]
    for like in pairs:
        one, other = sorted((find(like.short), find(like.long)))
        root[other] = one
    members: dict[int, list[Likeness]] = defaultdict(list)
    for like in pairs:
        members[find(like.short)].append(like)
    return [
        Utterance(tuple(sorted({index for like in likes for index in (like.short, like.long)})), tuple(likes))
        for _, likes in sorted(members.items())
    ]


@functools.lru_cache(maxsize=2)
def likenesses(group: Group) -> tuple[Likeness, ...]:
    """Give all pairs of wordings of a group that are one utterance; kept for the rules that ask again."""
    every = wordings(group)
    found = []
    for first, second in _candidates(every):
        a, b = every[first], every[second]
        if len(b.words) < len(a.words):
            first, second, a, b = second, first, b, a
        if len(a.notes) == len(b.notes) == 1 and a.notes == b.notes:
            continue
        judged = _judge(a, b)
        if judged is not None:
            kind, solid, near, lost = judged
            solid = solid and (kind == "truncated" or len(a.words) >= SPOKEN)
            found.append(Likeness(first, second, kind, solid, near.seconds, near.shared, lost))
    return _without_terms(found, every)


def _candidates(every: tuple[Wording, ...]) -> list[tuple[int, int]]:
    """Pair the wordings that share half of what the words of one of them tell."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, wording in enumerate(every):
        for stem in wording.weights:
            holders[stem].append(index)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for stem, indices in holders.items():
        if 1 < len(indices) <= CROWD:
            gain = every[indices[0]].weights[stem]
            for at, first in enumerate(indices):
                for second in indices[at + 1 :]:
                    shared[first, second] += gain
    for indices in _kin(every):
        for at, first in enumerate(indices):
            for second in indices[at + 1 :]:
                shared[first, second] += _KIN
    return sorted(
        (first, second)
        for (first, second), gain in shared.items()
        if 2 * gain >= every[first].total or 2 * gain >= every[second].total
    )


def _kin(every: tuple[Wording, ...]) -> list[list[int]]:
    """Give the wordings of one or two words that have words of one root, or that sound alike."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, wording in enumerate(every):
        if len(wording.words) <= 2:
            for word in dict.fromkeys(wording.words):
                if len(word) > 3 and told(word)[1]:
                    found[word[:5]].append(index)
                    found["~" + _sound(word)].append(index)
    return [indices for indices in found.values() if 1 < len(indices) <= KIN_CROWD]


_Judged: TypeAlias = "tuple[Kind, bool, Nearness, str] | None"


def _judge(a: Wording, b: Wording) -> _Judged:
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
        before = b.text[: b.text.index(a.text)].split()[-2:]
        return "truncated", True, near, "negation" if any(map(negates, before)) else ""
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


def _reworded(a: Wording, b: Wording) -> _Judged:
    """Judge two wordings of which neither is a part of the other."""
    kept: list[str] = []
    out_a: list[str] = []
    out_b: list[str] = []
    verbatim, only_added, contrast = True, True, False
    for tag, i, j, k, m in runs(a.stems, b.stems):
        if tag == "equal":
            kept += a.stems[i:j]
            verbatim = verbatim and a.words[i:j] == b.words[k:m]
            continue
        only_added = only_added and tag == "insert"
        out_a += a.words[i:j]
        out_b += b.words[k:m]
        if tag == "replace" and _CONTRASTS.intersection(a.words[i:j]) and _CONTRASTS.intersection(b.words[k:m]):
            contrast = True
    telling = [stem for stem in kept if stem in a.weights]
    common = [stem for stem in a.weights if stem in b.weights]
    complete = len(common) == len(a.weights)
    ratio = 2 * len(kept) / (len(a.words) + len(b.words))
    if len(telling) < 3 and ratio < 0.6 and not (complete and len(common) >= 2):
        return None
    near = Nearness(a, b)
    close, alike = near.within(CLOSE), _alike(near)
    both = bool(a.notes & b.notes)
    lost = _lost(out_a, out_b)
    if lost or contrast:
        told_so = lost and len(a.words) >= 6 and ratio >= 0.8 and (close or alike) and not both
        return ("wording", True, near, lost) if told_so else None
    if verbatim and only_added and len(telling) >= 4:
        return "truncated", True, near, ""  # quoted with an ellipsis, marked or not
    if complete and len(common) >= 2 and _window(common, b.stems) <= 2 * len(a.words) + 2:
        ordered = len(telling) >= len(common)
        if len(common) >= 3:
            if ordered or close or alike:
                return "wording", ordered and ratio >= 0.5, near, ""
        elif (close or near.share >= 0.3) and not (_far(near) and near.share < 0.5):
            return "wording", ratio >= 0.6, near, ""
    if complete and len(common) >= 3 and close and alike:
        return "wording", False, near, ""
    if both:
        return None
    if len(telling) >= 3 and ratio >= 0.7 and len(a.words) >= 6 and not (_far(near) and near.share < 0.2):
        return "wording", True, near, ""
    cover = sum(a.weights[stem] for stem in common) / max(1, a.total)
    if len(telling) >= 4 and cover >= 0.7 and (close or alike):
        return "wording", ratio >= 0.6, near, ""
    if ratio >= 0.6 and len(a.words) >= 3 and close and near.shared:
        return "wording", len(telling) >= 2, near, ""
    return None


def _alike(near: Nearness) -> bool:
    return near.share >= 0.4 and len(near.shared) >= 3


def _far(near: Nearness) -> bool:
    return near.seconds is not None and near.seconds > FAR


def _window(wanted: list[str], stems: tuple[str, ...]) -> int:
    """Give the length of the shortest run of `stems` that has all `wanted`, in words."""
    last: dict[str, int] = {}
    best = len(stems)
    for at, stem in enumerate(stems):
        if stem in wanted:
            last[stem] = at
            if len(last) == len(wanted):
                best = min(best, at - min(last.values()) + 1)
    return best


def _akin(a: Wording, b: Wording) -> bool:
    """Say whether short wordings have words of one root, or sound alike throughout."""
    if _CONTRASTS.intersection(a.words) != _CONTRASTS.intersection(b.words):
        return False
    roots = {word[:5] for word in a.words if len(word) >= 5} & {word[:5] for word in b.words if len(word) >= 5}
    return bool(roots) or [*map(_sound, a.words)] == [*map(_sound, b.words)]


def _sound(word: str) -> str:
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


def negates(word: str) -> bool:
    """Say whether a folded word denies."""
    return word in _NEGATIONS or word.endswith("n't")


def _counts(word: str) -> bool:
    return word in _NUMBERS or word[:1].isdigit()


def _without_terms(found: list[Likeness], every: tuple[Wording, ...]) -> tuple[Likeness, ...]:
    """Leave out single words that several utterances have: such a word is a term, not the stump of one of them."""
    longs: dict[int, list[int]] = defaultdict(list)
    for like in found:
        if like.kind == "truncated" and len(every[like.short].words) == 1:
            longs[like.short].append(like.long)
    terms = {
        short
        for short, indices in longs.items()
        if any(
            len(every[one].weights.keys() & every[other].weights.keys()) < 2
            for at, one in enumerate(indices)
            for other in indices[at + 1 :]
        )
    }
    return tuple(like for like in found if not (like.short in terms and like.kind == "truncated"))
