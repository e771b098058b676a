"""Which quotes of a source are one utterance, and how their wordings differ.

Pairs of wordings are found by the words that tell something, then judged by
how much of the shorter the longer has, by what the sentences around share and
by when both were said. Times in notes are often wrong: a distinctive wording
carries a pair alone, a short one needs its time or its sentence.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from itertools import permutations, product

import msgspec
from rapidfuzz.distance import LCSseq

from ..model import Group
from .likeness import SPOKEN, Kind, judge
from .sounds import heard_whole, root, sound
from .wordings import Wording, told, wordings

CROWD = 24
"""Wordings with one stem, from which on the stem pairs none: it is the subject of the source, not of an utterance."""

KIN_CROWD = 6
"""Short quotes with one root from which on it is the subject of the source."""

AT_ONCE = 30
"""Seconds within which two notes cite one moment: what is said again later is often said in other words."""

LONG = 8
"""Words from which on nobody says the same twice by chance, whenever it was."""

_KIN = 1000  # makes a pair of kin words a candidate whatever else they share; the judging is strict


class Likeness(msgspec.Struct, frozen=True, gc=False):
    """Two wordings of one utterance: indices into `wordings(group)`, the shorter first, and how they differ.

    `solid` where a word that was said differs, not an ending or a term; `lost`
    is `negation` or `number` where one side lacks the one or has another of
    the other. `seconds`, `shared` and `rest` are their nearness.
    """

    short: int
    long: int
    kind: Kind
    solid: bool
    seconds: int | None
    shared: tuple[str, ...]
    rest: bool = False
    lost: str = ""


class Utterance(msgspec.Struct, frozen=True, gc=False):
    """The wordings that notes give of one utterance: indices, and the pairs that tie them together."""

    wordings: tuple[int, ...]
    pairs: tuple[Likeness, ...]

    @property
    def lost(self) -> Likeness | None:
        """The first pair of which one side lacks a negation or has another number."""
        return next((like for like in self.pairs if like.lost), None)


def utterances(group: Group, kind: Kind) -> list[Utterance]:
    """Give the utterances that differ in one way, each with all its wordings, in the order of the wordings.

    Wordings that a note sets side by side are two utterances, whatever a third has in common with both: it goes with
    the one that it is more like. Parts may stand side by side, and be of one whole.
    """
    every = wordings(group)
    pairs = [like for like in likenesses(group) if like.kind == kind]
    home: dict[int, set[int]] = {}
    beside = _beside(every, pairs) if kind == "wording" else frozenset()
    for like in sorted(pairs, key=lambda like: -_common(every[like.short], every[like.long])):
        one, other = (home.setdefault(index, {index}) for index in (like.short, like.long))
        if one is not other and beside.isdisjoint(product(one, other) if beside else ()):
            one |= other
            home.update(dict.fromkeys(other, one))
    members: dict[int, list[Likeness]] = defaultdict(list)
    for like in pairs:
        if home[like.short] is home[like.long]:
            members[min(home[like.short])].append(like)
    return [
        Utterance(tuple(sorted({index for like in likes for index in (like.short, like.long)})), tuple(likes))
        for _, likes in sorted(members.items())
    ]


def _common(one: Wording, other: Wording) -> float:
    """Give the share of the words of two wordings that both have in one order."""
    return LCSseq.normalized_similarity(one.stems, other.stems)


def _beside(every: tuple[Wording, ...], pairs: Iterable[Likeness]) -> frozenset[tuple[int, int]]:
    """Give the wordings that one block of a note has both, neither within the other, each pair in both orders."""
    blocks: dict[tuple[str, int], set[int]] = defaultdict(set)
    for index in {index for like in pairs for index in (like.short, like.long)}:
        for place in every[index].places:
            blocks[place.path, place.fact.value.block].add(index)
    return frozenset(
        (first, second)
        for indices in blocks.values()
        for first, second in permutations(indices, 2)
        if not every[first].holds(every[second]) and not every[second].holds(every[first])
    )


@functools.lru_cache(maxsize=1)
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
        judged = judge(a, b)
        if judged is not None:
            kind, solid, near, lost = judged
            if kind == "wording" and not lost:
                # a note that puts brackets into a quote says itself that it changed it
                bracketed = any("[" in place.text for place in (*a.places, *b.places))
                sure = len(a.words) >= LONG or (near.seconds is not None and near.seconds <= AT_ONCE)
                solid = solid and sure and len(a.words) >= SPOKEN and not bracketed
            found.append(Likeness(first, second, kind, solid, near.seconds, near.shared, near.rest, lost))
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
    """Give the wordings of few words that have words of one root, or that sound alike, word by word or as a whole."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, wording in enumerate(every):
        if whole := heard_whole(wording):
            found["~" + whole].append(index)
        if len(wording.words) <= SPOKEN:
            for word in wording.words:
                if told(word)[1]:
                    for key in {word[:5], root(word), "~" + sound(word)}:
                        found[key].append(index)
    return [indices for indices in found.values() if 1 < len(indices) <= KIN_CROWD]


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
