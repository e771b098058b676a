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
from .wordings import Nearness, Wording, telling, wordings

Kind: TypeAlias = Literal["wording", "truncated"]

CROWD = 24
"""Wordings with one stem, from which on the stem pairs none: it is the subject of the source, not of an utterance."""

CLOSE = 30
"""Seconds between two citations of one utterance, at most; of 183 pairs within them 92 % were one (methods: transcripts)."""

FAR = 600
"""Seconds from which on two times that can be trusted tell two utterances."""

DISTINCTIVE = 60
"""What the words of a part must tell together (see `weight`) to be a part of one utterance and of no other."""

_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "double twice".split()
)
_NEGATIONS = frozenset("not no never none nothing cannot without nobody neither nor".split())
_CONTRASTS = frozenset(
    "up down in out on off over under inner outer before after first last left right good bad best worst more less most "
    "least high low hard soft old new long short open closed big small strong weak east west north south yes no with "
    "without upstream downstream inside outside start end begin stop front back top bottom early late fast slow".split()
)
"""Words of which two in one place mark two terms put against each other, not two wordings of one."""


class Likeness(msgspec.Struct, frozen=True, gc=False):
    """Two wordings of one utterance: indices into `wordings(group)`, the shorter first, and how they differ.

    `solid` where wording alone would do; `lost` is `negation` or `number`
    where one side lacks the one or has another of the other.
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


@functools.lru_cache(maxsize=2)
def likenesses(group: Group) -> tuple[Likeness, ...]:
    """Give all pairs of wordings of a group that are one utterance; kept for the rules that ask again."""
    every = wordings(group)
    found = []
    for first, second in _candidates(every):
        a, b = every[first], every[second]
        if len(b.words) < len(a.words):
            first, second, a, b = second, first, b, a
        if len(a.notes | b.notes) < 2:
            continue
        like = _judge(a, b, first, second)
        if like is not None:
            found.append(like)
    return _without_terms(found, every)


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


def _candidates(every: tuple[Wording, ...]) -> list[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for index, wording in enumerate(every):
        for stem in wording.weights:
            holders[stem].append(index)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for stem, indices in holders.items():
        if 1 < len(indices) <= CROWD:
            for at, first in enumerate(indices):
                gain = every[first].weights[stem]
                for second in indices[at + 1 :]:
                    shared[first, second] += gain
    totals = [sum(wording.weights.values()) for wording in every]
    return sorted(pair for pair, gain in shared.items() if 2 * gain >= min(totals[pair[0]], totals[pair[1]]))


def _judge(a: Wording, b: Wording, short: int, long: int) -> Likeness | None:
    """Say how two wordings differ if they are one utterance; `a` is the shorter."""
    both = len(a.notes & b.notes)
    common = [stem for stem in a.weights if stem in b.weights]
    near = Nearness(a, b)
    close = near.within(CLOSE)
    alike = near.share >= 0.4 and len(near.shared) >= 3
    far = near.seconds is not None and near.seconds > FAR and near.share < 0.2

    def like(kind: Kind, solid: bool, lost: str = "") -> Likeness:
        return Likeness(short, long, kind, solid, near.seconds, near.shared, lost)

    if a.text in b.text:
        if len(a.content) >= 3 or sum(a.weights.values()) >= DISTINCTIVE:
            return like("truncated", True, _left_out(a, b))
        if both and both * 2 >= min(len(a.notes), len(b.notes)) and both > 1:
            return None
        if len(a.words) >= 2:
            return like("truncated", len(a.content) > 1) if close or alike else None
        if all(place.text[:1].isupper() for place in a.places):
            return None  # a lone word with a capital is a name
        strong = near.share >= 0.6 and len(near.shared) >= 5
        return like("truncated", False) if (close and len(near.shared) >= 2) or strong else None
    if a.stems == b.stems:
        if len(common) > 1 or max(a.weights.values(), default=0) >= 45 or (close and alike):
            return like("wording", len(common) > 1)
        return None
    changed = _changed(a, b)
    same = len(changed.kept)
    ratio = 2 * same / (len(a.words) + len(b.words))
    content_kept = len([1 for word in changed.kept if telling(word)])
    complete = len(common) == len(a.weights)
    if changed.lost or changed.contrast:
        told = changed.lost and len(a.words) >= 6 and ratio >= 0.8 and (close or alike) and not both
        return like("wording", True, changed.lost) if told else None
    if changed.elided and content_kept >= 4:
        return like("truncated", True)
    if complete and len(common) >= 3 and changed.compact:
        return like("wording", ratio >= 0.5)
    if complete and len(common) >= 3 and close and alike:
        return like("wording", False)
    if complete and len(common) == 2 and changed.compact and (close or alike or near.share >= 0.3):
        return like("wording", ratio >= 0.6)
    if both:
        return None
    if content_kept >= 3 and ratio >= 0.7 and len(a.words) >= 6 and not far:
        return like("wording", True)
    if content_kept >= 4 and changed.cover >= 0.7 and (close or alike):
        return like("wording", ratio >= 0.6)
    if ratio >= 0.6 and len(a.words) >= 3 and close and near.shared:
        return like("wording", content_kept >= 2)
    return None


class _Change:
    """What an alignment by stems leaves: the kept words, whether one only leaves out, what was lost."""

    __slots__ = ("compact", "contrast", "cover", "elided", "kept", "lost")

    def __init__(self, a: Wording, b: Wording) -> None:
        kept: list[str] = []
        first_out: list[str] = []
        second_out: list[str] = []
        self.contrast = False
        tags = set()
        verbatim = True
        for tag, i, j, k, m in runs(a.stems, b.stems):
            if tag == "equal":
                kept += a.words[i:j]
                verbatim = verbatim and a.words[i:j] == b.words[k:m]
                continue
            tags.add(tag)
            first_out += a.words[i:j]
            second_out += b.words[k:m]
            if tag == "replace" and _CONTRASTS.intersection(a.words[i:j]) and _CONTRASTS.intersection(b.words[k:m]):
                self.contrast = True
        self.kept = kept
        total = sum(a.weights.values())
        stems = {stem for word, stem in zip(a.words, a.stems, strict=True) if telling(word)}
        kept_stems = stems.intersection(*[{s for s in b.stems}])
        self.cover = sum(a.weights[stem] for stem in kept_stems) / total if total else 0.0
        self.elided = verbatim and tags == {"insert"}
        # the words of the shorter stand together in the longer, not strewn over it
        self.compact = _window(frozenset(a.weights), b.stems) <= 2 * len(a.words) + 2
        self.lost = _lost(first_out, second_out)


def _window(wanted: frozenset[str], stems: tuple[str, ...]) -> int:
    """Give the length of the shortest run of `stems` that has all `wanted` that occur, in words."""
    wanted = wanted.intersection(stems)
    last: dict[str, int] = {}
    best = len(stems)
    for at, stem in enumerate(stems):
        if stem in wanted:
            last[stem] = at
            if len(last) == len(wanted):
                best = min(best, at - min(last.values()) + 1)
    return best


def _changed(a: Wording, b: Wording) -> _Change:
    return _Change(a, b)


def _lost(first: list[str], second: list[str]) -> str:
    """Say whether a negation stands on one side only, or each has another number."""
    if any(map(_negates, first)) != any(map(_negates, second)):
        return "negation"
    if any(map(_counts, first)) and any(map(_counts, second)):
        return "number"
    return ""


def _left_out(part: Wording, whole: Wording) -> str:
    """Say whether the words just before a part are a negation that it leaves out."""
    before = whole.text[: whole.text.index(part.text)].split()[-2:]
    return "negation" if any(map(_negates, before)) else ""


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def _counts(word: str) -> bool:
    return word in _NUMBERS or word[:1].isdigit()


def _without_terms(found: list[Likeness], every: tuple[Wording, ...]) -> tuple[Likeness, ...]:
    """Leave out single words that several utterances have: such a word is a term, not the stump of one of them."""
    longs: dict[int, list[int]] = defaultdict(list)
    for like in found:
        if like.kind == "truncated" and len(every[like.short].words) == 1:
            longs[like.short].append(like.long)
    terms = set()
    for short, indices in longs.items():
        for at, one in enumerate(indices):
            for other in indices[at + 1 :]:
                if len(set(every[one].content) & set(every[other].content)) < 2:
                    terms.add(short)
    return tuple(like for like in found if not (like.short in terms and like.kind == "truncated"))
