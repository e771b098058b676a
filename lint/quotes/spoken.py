"""What was said, by the transcript of a source: where words stand in it, and whether it is whole."""

from __future__ import annotations

import functools
from itertools import pairwise

import msgspec
from rapidfuzz.distance import LCSseq

from ..language.differ import words
from ..model import Fact, Group
from ..note.claims import Cue, Header
from .wordings import told

COVERED = 0.85
"""Part of the source's length that a transcript must reach to; a shorter one is partial, and says nothing of what it lacks."""

HOLE = 300
"""Seconds without a cue from which on a transcript has a hole."""

FOUND = 0.5
"""Part of a quote's words that must stand together in a transcript for that place to be the quote's."""

WINDOWS = 200
"""Places that are tried for a quote, those of its rarest words first."""

_FILLERS = frozenset(("uh", "um", "erm", "uhm", "er", "ah"))


class Match(msgspec.Struct, frozen=True, gc=False):
    """Where in a transcript words were said: the part of them that stands there (1.0 all), what stands there, and in which cue.

    `missing` are the words that do not stand there.
    """

    ratio: float
    text: str
    cue: Fact
    missing: tuple[str, ...]


class Transcript:
    """All cues of a source as one run of words."""

    def __init__(self, said: list[Fact], length: int | None) -> None:
        self._words: list[str] = []
        self._cue_of: list[int] = []
        self._cues = said
        self._places: dict[str, list[int]] = {}
        for index, fact in enumerate(said):
            for word in words(fact.value.passage.text):
                if word in _FILLERS:
                    continue
                self._places.setdefault(word, []).append(len(self._words))
                self._words.append(word)
                self._cue_of.append(index)
        self.end = max((fact.value.end for fact in said), default=0)
        starts = [fact.value.start for fact in said]
        holes = any(later - earlier > HOLE for earlier, later in pairwise(starts))
        begins = bool(starts) and starts[0] <= HOLE
        self.complete = begins and not holes and (length is None or self.end >= COVERED * length)

    def find(self, said: tuple[str, ...]) -> Match | None:
        """Find where words were said, or what comes nearest; None where not half of them stand together."""
        wanted = [word for word in said if word not in _FILLERS]
        if not wanted or not self._words:
            return None
        size = len(wanted)
        best: tuple[float, int] | None = None
        for at in self._windows(wanted):
            window = self._words[at : at + size + size // 4 + 1]
            ratio = LCSseq.similarity(wanted, window) / size
            if best is None or ratio > best[0]:
                best = (ratio, at)
                if ratio == 1:
                    break
        if best is None or best[0] < FOUND:
            return None
        ratio, at = best
        codes = list(LCSseq.opcodes(wanted, self._words[at : at + size + size // 4 + 1]))
        kept = [code for code in codes if code.tag == "equal"]
        # what stands where the first and the last words should
        first = max(0, at + kept[0].dest_start - kept[0].src_start)
        last = min(len(self._words), at + kept[-1].dest_end + size - kept[-1].src_end)
        missing = [word for code in codes if code.tag != "equal" for word in wanted[code.src_start : code.src_end]]
        cue = self._cues[self._cue_of[first]]
        return Match(ratio, " ".join(self._words[first:last]), cue, tuple(missing))

    def _windows(self, wanted: list[str]) -> list[int]:
        """Give where a run may begin: counted back from the places of its rarest words."""
        known = [(len(self._places[word]), at, word) for at, word in enumerate(wanted) if word in self._places]
        telling = [item for item in sorted(known) if told(item[2])[1]] or sorted(known)
        starts: dict[int, None] = {}
        for count, at, word in telling[:4]:
            if count <= 60 or not starts:
                for place in self._places[word][:WINDOWS]:
                    starts[max(0, place - at)] = None
                    starts[max(0, place - at - 1)] = None
        return list(starts)[:WINDOWS]


@functools.lru_cache(maxsize=1)
def transcript(group: Group) -> Transcript | None:
    """Give the transcript of a source, if there is one."""
    said = sorted(
        (fact for fact in group.facts if fact.value.__class__ is Cue), key=lambda fact: (fact.value.start, fact.span)
    )
    if not said:
        return None
    lengths = [length for fact in group.facts if isinstance(fact.value, Header) for length in fact.value.durations]
    return Transcript(said, max(lengths, default=None))
