"""When things are said: each citation's time as it was meant, and how long the source is.

Note by note first: one in which whole sections write MM:SS as HH:MM:00 is
read so. Then citation by citation, with the support of other notes that make
the same statement. A time is never read in two ways on its own account: what
licenses another reading is the note's kind, a time past the source's end, or
another note that makes the same statement at the time to which that reading
leads.
"""

from __future__ import annotations

import functools
from collections import defaultdict

from ..language.words import tokens
from ..model import Fact, Group
from ..note.citations import Citation, fault
from ..note.claims import Claim, Cue, Header, Quote
from ..note.clock import read_time
from ..statements import align
from ..statements.table import table
from .ends import SEVERAL, inferred_length, reread_note
from .meant import Meanings
from .stamps import (
    NEAR,
    REACH,
    SLACK,
    Extent,
    NoteTimes,
    Stamp,
    join,
    look_around,
    read_both,
    read_note,
    weight_near,
)

QUOTE_WORDS = 6
"""Words that two quotes must begin with alike to be one utterance; shorter beginnings are stock phrases."""

PROSE = 0.45
"""Cosine from which two claims are taken for one statement where times are compared."""

DISBELIEVED = 3
"""One in so many times past a length and within the first hour, and it is none: of a source of three hours they are a third."""

PARTNERS = 40
"""Partners of a stamp that are heard, the surest first."""

MAX_CITED = 60
"""Citations of one claim that are compared with those of others; no reader follows more, and the work grows with the square."""


class Timeline:
    """The times of one source's citations.

    `notes` are its notes by path, `extent` says how long it is, and `blamed`
    gives, by path and by what is wrong (`malformed`, `label`, `shifted`,
    `range`, `conflict`), the citations that the rule of that name reports.
    """

    @property
    def length(self) -> int | None:
        """How long the source is, seconds."""
        return self.extent.length

    @property
    def evidence(self) -> str:
        """How that is known."""
        return self.extent.evidence

    def __init__(self, group: Group) -> None:
        self.group = group
        self.notes: dict[str, NoteTimes] = {}
        self.extent = Extent()
        self.blamed: dict[str, dict[str, list[Stamp]]] = {}
        self._by_place: dict[tuple[str, int], Stamp] = {}
        self._covering: dict[int, Stamp] = {}
        self._collect()
        if not self._by_place:
            return
        declared = self._declared()
        for note in self.notes.values():
            read_note(note, declared)
        if len(self.notes) > 1:
            self._pair()
        self._measure(declared)
        for note in self.notes.values():
            reread_note(note, self.extent)
        meanings = Meanings(self.notes, self.extent, table(self.group).bag)
        for note in self.notes.values():
            for stamp in note.stamps:
                meanings.resolve(stamp, note)
            self.blamed[note.path] = _blame(note)

    def __del__(self) -> None:
        # stamps hold their partners, which hold them: taken apart here, they need no search for garbage
        for note in self.notes.values():
            for stamp in note.stamps:
                stamp.partners = stamp.supports = []
                stamp.there = None
            note.stamps = []

    def stamp(self, path: str, citation: Citation) -> Stamp | None:
        """Give what became of a citation."""
        return self._by_place.get((path, citation.at))

    def seconds(self, fact: Fact) -> int | None:
        """Give when the claim or quote in `fact` was said, as its note means it; None where that cannot be trusted."""
        value = fact.value
        if not isinstance(value, Claim | Quote):
            return None
        for citation in value.citations:
            stamp = self._by_place.get((fact.span.path, citation.at))
            if stamp is not None and stamp.meant is not None:
                return stamp.meant
        if isinstance(value, Claim) and not value.citations:
            covering = self._covering.get(id(fact))
            return None if covering is None else covering.meant
        return None

    def meant_by(self, stamp: Stamp) -> int | None:
        """Choose between the data and the label of a stamp: the data, unless more speaks for the label."""
        label = read_time(stamp.citation.time)
        if label is None or self.extent.late(label):
            return stamp.meant
        if stamp.meant is None:
            return label
        held = weight_near(stamp.partners, label)
        return label if held > weight_near(stamp.partners, stamp.meant) + 0.3 else stamp.meant

    def _collect(self) -> None:
        """Make a stamp of each citation, and find which stamp covers the claims without one."""
        open_claims: list[Fact] = []
        by_place = self._by_place
        note: NoteTimes | None = None
        first: Stamp | None = None
        for fact in table(self.group).claims:
            value, path = fact.value, fact.span.path
            if open_claims and (open_claims[-1].value.block != value.block or open_claims[-1].span.path != path):
                open_claims.clear()
            if not value.citations:
                if (
                    value.covered is not None
                    and first is not None
                    and (first.path, first.fact.value.block) == (path, value.block)
                ):
                    self._covering[id(fact)] = first  # the citation before it, until one behind it comes
                open_claims.append(fact)
                continue
            first = None
            for citation in value.citations[:MAX_CITED]:
                place = (path, citation.at)
                if place in by_place:
                    continue
                if note is None or note.path != path:
                    note = self.notes.get(path)
                    if note is None:
                        note = self.notes[path] = NoteTimes(path, [])
                fields, literal = read_both(citation.data, citation.time)
                stamp = by_place[place] = Stamp(fact, path, note, citation, fields, literal)
                note.stamps.append(stamp)
                if first is None:
                    first = stamp
            if first is not None:
                for waiting in open_claims:
                    self._covering[id(waiting)] = first
            open_claims.clear()

    def _declared(self) -> int | None:
        """Give the longest length that a note or a transcript states, if the times keep within it."""
        facts = self.group.facts
        lengths = [length for fact in facts if fact.value.__class__ is Header for length in fact.value.durations]
        cues = max([fact.value.end for fact in facts if fact.value.__class__ is Cue], default=0)
        if cues:
            self.extent.evidence = "the transcript ends there"
            return cues
        if lengths and self._within(max(lengths)):
            self.extent.evidence = "a note states it"
            return max(lengths)
        return None

    def _within(self, length: int) -> bool:
        """Say whether the times keep within a length that was read from a note: "90" and "1:30" may be minutes, or hours.

        An hour that is written may be minutes too; times without one are past the end by mistake alone, and not in number.
        """
        times = [stamp.literal for stamp in self._by_place.values() if stamp.literal is not None]
        past = sum(length + SLACK < time < 3600 for time in times)
        return past < SEVERAL or past * DISBELIEVED <= len(times)

    def _pair(self) -> None:
        """Give each stamp its partners: stamps of other notes that close the same statement."""
        aligned = align.align(self.group)
        stamps = [self._of_claim(fact) for fact in aligned.claims]
        for pair in aligned.pairs:
            ones, own = stamps[pair.first]
            others, theirs = stamps[pair.second]
            if ones and others:
                join(ones, others, pair.score, 1.0 if own and theirs else 0.6)
        for ones, others in self._same_quotes():
            join(ones, others, 0.9, 1.0)
        for note in self.notes.values():
            for stamp in note.stamps:
                if len(stamp.partners) > PARTNERS:
                    stamp.partners.sort(key=lambda item: (-item.score, item.stamp.fact.span, item.time))
                    del stamp.partners[PARTNERS:]

    def _of_claim(self, fact: Fact) -> tuple[list[Stamp], bool]:
        citations = fact.value.citations
        if citations:
            path = fact.span.path
            return [stamp for c in citations if (stamp := self._by_place.get((path, c.at))) is not None], True
        covering = self._covering.get(id(fact))
        return ([covering], False) if covering is not None else ([], False)

    def _same_quotes(self) -> list[tuple[list[Stamp], list[Stamp]]]:
        """Give pairs of citations in two notes that close the same words in quotation marks."""
        by_words: dict[str, list[tuple[str, list[Stamp]]]] = {}
        for fact in self.group.facts:
            value = fact.value
            if value.__class__ is not Quote or not value.citations or len(value.text) < 30:
                continue
            words = tokens(value.text)
            if len(words) < QUOTE_WORDS:
                continue
            path = fact.span.path
            stamps = [stamp for c in value.citations if (stamp := self._by_place.get((path, c.at))) is not None]
            if stamps:
                by_words.setdefault(" ".join(words[:QUOTE_WORDS]), []).append((path, stamps))
        return [
            (one, other)
            for found in by_words.values()
            for index, (path, one) in enumerate(found[:20])
            for other_path, other in found[index + 1 : 20]
            if path != other_path
        ]

    def _measure(self, declared: int | None) -> None:
        """Find how far notes agree with one another, and from that how long the source is."""
        for note in self.notes.values():
            marks: list[tuple[int, bool]] = []
            for index, stamp in enumerate(note.stamps):
                if stamp.time is None:
                    continue
                time, far = stamp.time, False
                for item in stamp.partners:
                    # times that were read otherwise than a player does are no witnesses for one another
                    if item.score >= PROSE and item.time >= 0 and item.time == item.stamp.literal:
                        if -NEAR <= item.time - time <= NEAR:
                            marks.append((index, True))
                            break
                        far = far or item.score >= 0.6
                else:
                    if far:
                        marks.append((index, False))
            note.compared = len(marks)
            # a note that writes times as others do is believed until others contradict it, another half
            doubted = 0 if note.reading == "plain" else 1
            note.trust = (sum(good for _, good in marks) + 1) / (len(marks) + 1 + doubted)
            look_around(note, marks)
        inferred, evidence = inferred_length(list(self.notes.values()))
        extent = self.extent
        if declared is not None and (inferred is None or inferred <= declared + SLACK + declared // 50):
            extent.length, extent.limit = declared, declared + SLACK + declared // 50
        elif inferred is not None:
            extent.length, extent.limit = inferred, int(inferred * REACH) + SLACK
            extent.evidence = evidence


def _blame(note: NoteTimes) -> dict[str, list[Stamp]]:
    """Give each wrong stamp of a note to the one rule that reports it."""
    found: dict[str, list[Stamp]] = defaultdict(list)
    shifted: list[Stamp] = []
    for stamp in note.stamps:
        citation = stamp.citation
        if fault(citation) is not None:
            found["malformed"].append(stamp)
        elif (
            citation.data and citation.time and citation.data != citation.time and _differ(citation.data, citation.time)
        ):
            found["label"].append(stamp)
        elif stamp.kind == "shifted":
            shifted.append(stamp)
        elif stamp.kind:
            found[stamp.kind].append(stamp)
    if len(shifted) >= SEVERAL:
        found["shifted"] = shifted
    else:
        for stamp in shifted:
            if stamp.late or stamp.supports:
                found["range" if stamp.late else "conflict"].append(stamp)
    for stamps in found.values():
        stamps.sort(key=lambda stamp: stamp.citation.at)
    return found


def _differ(data: str, label: str) -> bool:
    one, other = read_time(data), read_time(label)
    return one is not None and other is not None and one != other


@functools.lru_cache(maxsize=1)
def timeline(group: Group) -> Timeline:
    """Read the times of a group; kept for the rules that ask again."""
    return Timeline(group)
