"""What ties two wordings together besides their own words: when both were said, and the sentences that they stand in.

It is counted in the unit in which words tell (`wordings.told`: 1 for a common
word to 50 for a rare one), so that much of the one makes up for little of the
other: a rare wording needs no time, a common word needs its very sentence.
"""

from __future__ import annotations

from itertools import product

from .wordings import Place, Wording

MOMENTS = ((15, 30), (30, 20), (60, 10))
"""Within so many seconds, two citations tell so much; of 183 pairs within 30 s, 92 % were one utterance (by transcripts)."""

FAR = 600
"""Seconds from which on two times tell two utterances, unless the sentences around say the same."""

APART = -20
"""What times so far apart tell; not more, for times in notes are often wrong."""

CONTEXT = 60
"""The most that the words of the sentences around tell, when they are half of the shorter sentence or more."""

THIN = 30
"""What a sentence must tell for a share of it to tell something: "X is key" shares all of itself with any other."""

REST = 30
"""What it tells that the sentence around the shorter goes on with what it leaves out: "death," prompt engineering lives."""

MAX_PLACES = 12
"""Places of a wording that are looked at."""


class Nearness:
    """What the two places of two wordings share that share most.

    `tie` is how much that tells. `seconds` lie between them, None where one
    has no time; `shared` are the stems that their sentences have besides the
    quotes; `rest` says that what the shorter leaves out stands beside it.
    """

    __slots__ = ("rest", "seconds", "shared", "tie")

    def __init__(self, shorter: Wording, longer: Wording) -> None:
        self.tie, self.rest = -1000, False
        self.seconds: int | None = None
        self.shared: tuple[str, ...] = ()
        more = {stem: weight for stem, weight in longer.weights.items() if stem not in shorter.weights}
        enough = 0.6 * sum(more.values())
        for one, other in product(shorter.places[:MAX_PLACES], longer.places[:MAX_PLACES]):
            if one.path == other.path:
                continue
            seconds = None if one.seconds is None or other.seconds is None else abs(one.seconds - other.seconds)
            tie = _moment(seconds)
            around, beyond = one.around, other.around
            shared = [stem for stem in around.keys() & beyond.keys() if stem not in shorter.weights]
            shared = [stem for stem in shared if stem not in longer.weights]
            if shared:
                tie += _context(sum(map(around.__getitem__, shared)), one, other, shorter, longer)
            rest = 0 < enough <= sum(weight for stem, weight in more.items() if stem in around)
            tie += REST * rest
            if tie > self.tie:
                self.tie, self.rest, self.seconds, self.shared = tie, rest, seconds, tuple(sorted(shared))


def _moment(seconds: int | None) -> int:
    if seconds is None:
        return 0
    return next((tells for within, tells in MOMENTS if seconds <= within), APART if seconds > FAR else 0)


def _context(tells: int, one: Place, other: Place, *quoted: Wording) -> int:
    """Weigh what two sentences share, `tells`, by how much of the shorter sentence it is."""
    said = {stem for wording in quoted for stem in wording.weights}
    whole = min(sum(map(place.around.__getitem__, place.around.keys() - said)) for place in (one, other))
    return min(CONTEXT, tells) * min(THIN, 2 * THIN * tells // max(THIN, whole)) // THIN
