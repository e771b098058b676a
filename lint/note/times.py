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
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ..model import Fact, Group
from . import align
from .citations import STRAY, Citation, fault, mended_time, numbers, read_time
from .claims import Claim, Cue, Header, Quote
from .garble import STRONG, Fields, Kin, as_minutes, kin
from .words import tokens

Reading: TypeAlias = Literal["plain", "minutes", "mixed"]

SAME = 30
"""Two notes that cite one statement this many seconds apart cite one moment: 95 % of true pairs lie within."""

NEAR = 75
"""Up to here two notes may cite two ends of one passage."""

SLACK = 60
"""A source ends within its last minute, and lengths are given in whole minutes."""

REACH = 1.15
"""Past this multiple of a length that was only inferred, 99 % of citations are wrong (95 % past 1.0)."""

AGREEING = 4
"""Pairs of notes that must agree late in the source before its length is inferred from them."""

BEYOND = 6
"""Hours that hardly any source lasts; most times of a note at or past them are minutes."""

PROSE = 0.45
"""Cosine from which two claims are taken for one statement where something else speaks for it too."""


@dataclass(eq=False, slots=True, repr=False)
class Support:
    """Another citation of the same statement: how sure it is that it is the same, and when it says it was."""

    stamp: Stamp
    score: float
    weight: float
    time: int


@dataclass(eq=False, slots=True, repr=False)
class Stamp:
    """One citation and what became of it; times are seconds.

    `literal` is what a player reads, `time` what the note's reading makes of
    it, `meant` the time to be trusted, None where there is none. `kind` says
    what is wrong with it: "" nothing, `shifted` (it stands for the time to
    which `way` leads), `range` (past the end), `conflict` (other notes put
    the statement elsewhere). `supports` are the citations that speak for
    `meant`; `rivals` those that contradict it.
    """

    fact: Fact
    citation: Citation
    fields: Fields | None
    literal: int | None
    time: int | None = None
    meant: int | None = None
    kind: str = ""
    way: str = ""
    agreed: float = 0.0
    local: float = 1.0
    late: bool = False
    supports: list[Support] = field(default_factory=list)
    partners: list[Support] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The note it stands in."""
        return self.fact.span.path


@dataclass(slots=True)
class Read:
    """One way to take a stamp: how much speaks for it, the time, how the digits lead there, and whose time it is."""

    total: float
    time: int
    way: str
    support: Support | None
    holders: int
    weight: float
    off: int


@dataclass(eq=False, slots=True)
class NoteTimes:
    """The citations of one note, in order; how it writes times; how often other notes agree (0 to 1)."""

    path: str
    stamps: list[Stamp]
    reading: Reading = "plain"
    trust: float = 1.0
    compared: int = 0
    junk: bool = False


class Timeline:
    """The times of one source's citations.

    `length` is the source's length in seconds and `limit` the time past which
    a citation is surely past its end; both None where nothing tells.
    `evidence` says how the length is known.
    """

    def __init__(self, group: Group) -> None:
        self.group = group
        self.notes: dict[str, NoteTimes] = {}
        self.length: int | None = None
        self.limit: int | None = None
        self.evidence = ""
        self.blamed: dict[str, dict[str, list[Stamp]]] = {}
        self._by_place: dict[tuple[str, int], Stamp] = {}
        self._covering: dict[int, Stamp] = {}
        self._index: _Index | None = None
        self._asked: dict[int, list[tuple[float, Stamp]]] = {}
        self._collect()
        if not self._by_place:
            return
        declared = self._declared()
        for note in self.notes.values():
            _read_note(note, declared)
        if len(self.notes) > 1:
            self._pair()
        self._measure(declared)
        for note in self.notes.values():
            for stamp in note.stamps:
                self._resolve(stamp, note)
        for note in self.notes.values():
            self.blamed[note.path] = _blame(note)

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
        if label is None or self.late(label):
            return stamp.meant
        if stamp.meant is None:
            return label
        held = _weight_near(stamp.partners, label, self.notes)
        return label if held > _weight_near(stamp.partners, stamp.meant, self.notes) + 0.3 else stamp.meant

    def _collect(self) -> None:
        """Make a stamp of each citation, and find which stamp covers the claims without one."""
        open_claims: list[Fact] = []
        for fact in self.group:
            value = fact.value
            if not isinstance(value, Claim):
                continue
            if open_claims and (
                open_claims[-1].span.path != fact.span.path or open_claims[-1].value.block != value.block
            ):
                open_claims.clear()
            if not value.citations:
                open_claims.append(fact)
                continue
            first: Stamp | None = None
            for citation in value.citations:
                place = (fact.span.path, citation.at)
                if place in self._by_place:
                    continue
                fields = fields_of(citation)
                stamp = Stamp(fact, citation, fields, citation.seconds)
                self._by_place[place] = stamp
                note = self.notes.get(fact.span.path)
                if note is None:
                    note = self.notes[fact.span.path] = NoteTimes(fact.span.path, [])
                note.stamps.append(stamp)
                first = first or stamp
            if first is not None:
                for waiting in open_claims:
                    self._covering[id(waiting)] = first
            open_claims.clear()

    def _declared(self) -> int | None:
        """Give the longest length that a note or a transcript states."""
        lengths = [length for fact in self.group if isinstance(fact.value, Header) for length in fact.value.durations]
        cues = max((fact.value.end for fact in self.group if isinstance(fact.value, Cue)), default=0)
        if cues:
            self.evidence = "the transcript ends there"
            return cues
        if lengths:
            self.evidence = "a note states it"
            return max(lengths)
        return None

    def _pair(self) -> None:
        """Give each stamp its partners: stamps of other notes that close the same statement."""
        aligned = align.align(self.group)
        stamps = [self._of_claim(fact) for fact in aligned.claims]
        for pair in aligned.pairs:
            ones, own = stamps[pair.first]
            others, theirs = stamps[pair.second]
            if ones and others and (own and theirs or pair.score >= 0.5):
                _join(ones, others, pair.score, 1.0 if own and theirs else 0.6)
        for ones, others in self._same_quotes():
            _join(ones, others, 0.9, 1.0)
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
        for fact in self.group:
            value = fact.value
            if not isinstance(value, Quote) or not value.citations or len(value.text) < 30:
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
                # times that were read otherwise than a player does are no witnesses for one another
                close = [s for s in stamp.partners if s.score >= PROSE and s.time >= 0 and s.time == s.stamp.literal]
                if any(abs(s.time - stamp.time) <= NEAR for s in close):
                    marks.append((index, True))
                elif any(s.score >= 0.6 for s in close):
                    marks.append((index, False))
            note.compared = len(marks)
            given = 1.0 if note.reading == "plain" else 0.5
            note.trust = (sum(good for _, good in marks) + given) / (len(marks) + 1)
            _look_around(note, marks)
        inferred = self._inferred()
        if declared is not None and (inferred is None or inferred <= declared + SLACK + declared // 50):
            self.length, self.limit = declared, declared + SLACK + declared // 50
        elif inferred is not None:
            self.length, self.limit = inferred, int(inferred * REACH) + SLACK
            self.evidence = "the last time on which notes agree"

    def _inferred(self) -> int | None:
        """Infer the length from the last stretch of ten minutes in which several pairs of notes agree."""
        agreed: list[tuple[int, str]] = []
        tops: list[int] = []
        for note in self.notes.values():
            times = [stamp.time for stamp in note.stamps if stamp.time is not None]
            if times:
                tops.append(max(times))
            if note.trust < 0.5:
                continue
            for stamp in note.stamps:
                if (
                    stamp.time is not None
                    and stamp.time == stamp.literal
                    and any(
                        s.score >= 0.5 and abs(s.time - stamp.time) <= 20 and s.time == s.stamp.literal
                        for s in stamp.partners
                    )
                ):
                    agreed.append((stamp.time, note.path))
        agreed.sort()
        starts = [time for time, _ in agreed]
        last: int | None = None
        for index in range(len(agreed) - 1, -1, -1):
            first = bisect_left(starts, starts[index] - 600)
            if index - first + 1 >= 2 * AGREEING and len({path for _, path in agreed[first : index + 1]}) > 1:
                last = starts[index]
                break
        if last is None:
            return self._healthy_end()
        tops.sort()
        middle = tops[len(tops) // 2]
        if last > 1.6 * middle:
            return middle
        trusted = max(
            (
                stamp.time
                for note in self.notes.values()
                if note.trust >= 0.8 and note.compared >= 5 and note.reading == "plain"
                for stamp in note.stamps
                if stamp.time is not None and stamp.time <= 1.25 * last
            ),
            default=last,
        )
        return max(last, trusted)

    def _healthy_end(self) -> int | None:
        """Give the last time of notes that look sound, where two of them end alike and only others go further."""
        ends: list[int] = []
        for note in self.notes.values():
            times = [stamp.literal for stamp in note.stamps if stamp.literal is not None]
            if note.reading != "plain" or len(times) < HEALTHY:
                continue
            ends.append(max(times))
        ends.sort()
        return ends[-1] if len(ends) > 1 and ends[-2] >= 0.8 * ends[-1] else None

    def late(self, time: int | None, doubtful: bool = False) -> bool:
        """Say whether a time is past the end of the source, as far as that is known; sooner in a doubtful note."""
        if time is None or self.limit is None or self.length is None:
            return False
        return time > (self.length + self.length // 30 + SLACK if doubtful else self.limit)

    def _resolve(self, stamp: Stamp, note: NoteTimes) -> None:
        """Decide what a stamp means, by its note's reading, the source's length and its partners."""
        literal = stamp.literal
        late = stamp.late = literal is None or self.late(literal, note.reading != "plain" or stamp.local < 0.6)
        here = 0.0 if late or literal is None else _weight_near(stamp.partners, literal, self.notes)
        stamp.agreed = here
        own = self._own_reading(stamp, note)
        if not late and own is None and here >= 0.3 and _elsewhere(stamp) <= 2 * here + 0.6:
            stamp.meant = literal  # nothing that its partners say could outweigh those that agree
            return
        best = self._best(stamp, note, late)
        if late:
            if best is not None and (own is None or best.total > own.total):
                own = best
            if own is None or own.total < 0.8 or (own.way not in SHAPED and own.weight < 1.5):
                own = self._kindred(stamp, None) or own
            if own is None or own.total < 0.1:
                stamp.kind = "range"
                return
            self._take(stamp, own, "shifted" if own.way in SHAPED else "range")
            return
        if own is not None and own.total > here + 0.2 and (best is None or own.total >= best.total):
            self._take(stamp, own, "shifted")
            return
        if (
            best is not None
            and best.weight > (2 * here + 0.6 if here > 0.3 else here + 0.2)
            and self._convincing(best, stamp, note)
        ):
            self._take(stamp, best, "shifted")
            return
        if here < 0.3:
            found = self._kindred(stamp, literal)
            if found is not None:
                self._take(stamp, found, "shifted")
                return
            if best is not None and literal is not None and self._contradicts(stamp, best, literal):
                self._take(stamp, best, "conflict" if best.holders > 1 and best.weight >= 0.9 else "conflict?")
                return
        if here >= 0.3 or note.trust >= 0.5 or note.compared < 5:
            stamp.meant = literal
            stamp.supports = _near(stamp.partners, literal) if literal is not None else []

    def _take(self, stamp: Stamp, reading: Read, kind: str) -> None:
        stamp.kind, stamp.way = kind, reading.way
        stamp.meant = None if kind == "conflict?" else reading.time
        support = reading.support
        if support is None:
            stamp.supports = _near(stamp.partners, reading.time)
        else:
            stamp.supports = [support] + [s for s in _near(stamp.partners, support.time) if s is not support]

    def _convincing(self, best: Read, stamp: Stamp, note: NoteTimes) -> bool:
        """Say whether the way alone makes it sure that a time within the source was garbled."""
        support = best.support
        if support is None or best.way not in STRONG:
            return False
        if best.way == "hour" and best.holders > 2:
            return support.score >= PROSE
        if support.score < PROSE - 0.1 * (1 - stamp.local) or best.off > (20 if support.score >= 0.6 else 3):
            return False
        if support.time != support.stamp.literal and (support.stamp.local < 0.6 or best.off > 2):
            return False
        # another digit could as well be the other note's slip
        return best.way != "digit" or best.holders > 1 or self.notes[support.stamp.path].trust > note.trust

    def _contradicts(self, stamp: Stamp, best: Read, literal: int) -> bool:
        """Say whether other notes put a statement elsewhere than a citation that may be right: no teaser, not said twice."""
        support = best.support
        if support is None:
            return False
        doubt = 1.0 - stamp.local
        if stamp.fields is not None and stamp.fields[2] == stamp.fields[1] > 0:
            doubt = max(doubt, 0.4)  # 00:37:37: the seconds repeat the minutes
        if literal < TEASER and (best.holders < 4 or best.weight < 2.5):
            return False
        if support.time < TEASER and best.holders < (3 if doubt < 0.4 and support.score < 0.8 else 2):
            return False
        if best.holders > 1:
            sure = best.weight >= 1.35 - 0.6 * doubt and support.score >= 0.6 - 0.15 * doubt
        else:
            # a time that was read otherwise than it stands contradicts nobody on its own
            sure = support.score >= 0.75 - 0.2 * doubt and support.time == support.stamp.literal
        return (sure or self._alone(stamp, literal)) and not self._spoken_of(stamp, literal)

    def _alone(self, stamp: Stamp, literal: int) -> bool:
        """Say whether several notes make the statement, each elsewhere."""
        rivals = {
            s.stamp.path
            for s in stamp.partners
            if s.score >= 0.65 and s.time == s.stamp.literal and s.time >= TEASER and abs(s.time - literal) > NEAR
        }
        return len(rivals) > 1

    def _own_reading(self, stamp: Stamp, note: NoteTimes) -> Read | None:
        """Give what the note's own way of writing makes of a stamp, where that is not what a player reads."""
        time = stamp.time
        if time is None or time == stamp.literal or self.late(time):
            return None
        prior = 1.4 if note.reading == "minutes" else 0.6
        return Read(
            prior * stamp.local + _weight_near(stamp.partners, time, self.notes), time, "minutes", None, 0, 0.0, 0
        )

    def _best(self, stamp: Stamp, note: NoteTimes, late: bool) -> Read | None:
        """Give the time elsewhere for which most speaks among the partners of a stamp."""
        fields, literal = stamp.fields, stamp.literal
        best: Read | None = None
        weights: dict[int, float] = {}
        for support in stamp.partners:
            time = support.time
            if time < OPENING or self.late(time):
                continue
            found: Kin | None = None
            if fields is not None:
                found = kin(fields, time, 30, 20) if late else kin(fields, time, 40)
                if found is not None and not late and not _licensed(found, fields, note):
                    found = None
            if not late and literal is not None:
                if abs(time - literal) <= NEAR:
                    continue
                other = support.stamp.fields
                if other is not None and (found is None or found.way not in STRONG):
                    back = kin(other, literal)
                    if (
                        back is not None
                        and back.way in STRONG
                        and _licensed(back, other, self.notes[support.stamp.path])
                    ):
                        continue  # the other is the one that was garbled
            weight = weights.get(time, -1.0)
            if weight < 0:
                weight = weights[time] = _weight_near(stamp.partners, time, self.notes)
            off = 0 if found is None else abs(found.seconds - time)
            bonus = 0.0
            if found is not None:
                close = 1.5 if off <= 3 and not found.loose else 0.8 if off <= 10 else 0.4
                bonus = 0.2 if found.way == "seconds" else close * (1.0 if found.way in STRONG else 0.7)
                bonus *= _faith(support, self.notes)
            total = weight + bonus + support.score / 100
            if best is None or total > best.total:
                near = _near(stamp.partners, time)
                best = Read(
                    total,
                    time if found is None else found.seconds,
                    "" if found is None else found.way,
                    near[0],
                    len({item.stamp.path for item in near}),
                    weight,
                    off,
                )
        return best

    def _kindred(self, stamp: Stamp, literal: int | None) -> Read | None:
        """Search all claims for one on the same matter at a time of which this stamp is a garbled form."""
        fields = stamp.fields
        if fields is None:
            return None
        note = self.notes[stamp.path]
        a, b, c = fields
        if literal is not None and a == 0 and c not in (0, b) and note.reading == "plain":
            return None  # without an hour, only a changed digit is left, and that alone is weak
        best: Read | None = None
        for score, other in self._about(stamp):
            time = other.time
            if score < (KINDRED if literal is None else KINDRED_SURE if stamp.local > 0.85 else KINDRED_DOUBT) or time is None or self.late(time):
                continue
            if other.time != other.literal and other.local < 0.7:
                continue
            if literal is not None and abs(time - literal) <= NEAR:
                return None
            found = kin(fields, time, 20, 20) if literal is None else kin(fields, time, 1 if score < KINDRED_SURE else 2)
            if found is None or found.way == "seconds" or (found.loose and time - found.seconds > 5):
                continue
            if literal is not None and not (
                found.way in STRONG
                and _licensed(found, fields, note)
                and (found.way != "digit" or score >= PROSE)
            ):
                continue
            total = score - abs(found.seconds - time) / 60 + (0.1 if found.way in STRONG else 0.0)
            if best is None or total > best.total:
                best = Read(
                    total,
                    found.seconds,
                    found.way,
                    Support(other, score, score, time),
                    1,
                    score,
                    abs(found.seconds - time),
                )
        return best

    def _spoken_of(self, stamp: Stamp, time: int) -> bool:
        """Say whether another note speaks of the same matter at that time: then it was said twice."""
        return any(
            score >= 0.2 and other.time is not None and abs(other.time - time) <= NEAR
            for score, other in self._about(stamp)
        )

    def _about(self, stamp: Stamp) -> list[tuple[float, Stamp]]:
        """Give the stamps of other notes whose claims share words with this one, with the cosine of both."""
        known = self._asked.get(id(stamp.fact))
        if known is not None:
            return known
        index = self._index
        if index is None:
            index = self._index = _Index(self.notes)
        found = self._asked[id(stamp.fact)] = index.about(stamp)
        return found


class _Index:
    """The cited claims of a group by the words in them."""

    def __init__(self, notes: dict[str, NoteTimes]) -> None:
        self.claims: list[list[Stamp]] = []
        self.norms: list[float] = []
        self.words: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for note in notes.values():
            fact: Fact | None = None
            for stamp in note.stamps:
                if stamp.fact is fact:
                    self.claims[-1].append(stamp)
                    continue
                fact = stamp.fact
                bag = align.content(fact.value.text)
                for word, weight in bag.items():
                    self.words[word].append((len(self.claims), weight))
                self.claims.append([stamp])
                self.norms.append(sum(weight * weight for weight in bag.values()) ** 0.5)

    def about(self, stamp: Stamp) -> list[tuple[float, Stamp]]:
        """Give the stamps of other notes that share words with this one's claim, and the cosine."""
        bag = align.content(stamp.fact.value.text)
        norm = sum(weight * weight for weight in bag.values()) ** 0.5
        shared: dict[int, int] = {}
        for word, weight in bag.items():
            holders = self.words[word]
            if len(holders) <= COMMON:
                for claim, other in holders:
                    shared[claim] = shared.get(claim, 0) + weight * other
        path = stamp.path
        return [
            (cosine, other)
            for claim, product in shared.items()
            if (cosine := product / (norm * self.norms[claim])) >= KINDRED and self.claims[claim][0].path != path
            for other in self.claims[claim]
        ]


KINDRED = 0.15
"""Cosine from which a claim may tell where an impossible time belongs, when the digits lead there too."""

KINDRED_SURE, KINDRED_DOUBT = 0.3, 0.2
"""The same where the time might be right as it stands: in a sound stretch of a note, and in a doubtful one."""

COMMON = 60
"""Claims that a word may stand in before it tells nothing of what they are about."""

SHAPED = STRONG | {"squeezed"}
"""Ways that the digits themselves show."""

QUOTE_WORDS = 6
"""Words that two quotes must begin with alike to be one utterance; shorter beginnings are stock phrases."""

HEALTHY = 10
"""Citations that a note must have for its last one to say how long the source is."""

SEVERAL = 3
"""Citations of one note that are shifted before the note is said to be, rather than each of them."""

PARTNERS = 40
"""Partners of a stamp that are heard, the surest first."""

AROUND = 4
"""Compared stamps on either side that make the neighbourhood of one."""

OPENING = 8
"""Seconds at the start that notes cite for what is said throughout."""

TEASER = 180
"""Seconds at the start in which a source may show what comes later."""


def fields_of(citation: Citation) -> Fields | None:
    """Give hours, minutes and seconds as a citation has them, in the data where it can be read; None when in neither."""
    for written in (citation.data, citation.time):
        if not written:
            continue
        values = numbers(written.strip(STRAY))
        if len(values) == 3:
            return values[0], values[1], values[2]
        if len(values) == 2:
            return 0, values[0], values[1]
        seconds = mended_time(written) if len(values) > 3 else read_time(written)
        if seconds is not None:
            return seconds // 3600, seconds // 60 % 60, seconds % 60
    return None


def _licensed(found: Kin, fields: Fields, note: NoteTimes) -> bool:
    """Say whether a time within the source may be read as `found`, in this note."""
    if found.way == "minutes":
        return note.reading != "plain" or fields[2] in (0, fields[1])
    if found.loose:
        return note.reading != "plain" or note.trust < 0.6
    return found.way != "squeezed" or note.reading != "plain"


def _join(ones: list[Stamp], others: list[Stamp], score: float, factor: float) -> None:
    weight = factor * min(1.0, (score - 0.2) * 2)
    for one in ones:
        for other in others:
            one.partners.append(Support(other, score * factor, weight, other.time if other.time is not None else -1))
            other.partners.append(Support(one, score * factor, weight, one.time if one.time is not None else -1))


def _near(partners: list[Support], time: int, reach: int = SAME) -> list[Support]:
    """Give the partners that cite about this time, the surest first."""
    found = [item for item in partners if item.time >= 0 and abs(item.time - time) <= reach]
    found.sort(key=lambda item: (-item.weight, item.stamp.fact.span))
    return found


def _look_around(note: NoteTimes, marks: list[tuple[int, bool]]) -> None:
    """Give each stamp how far others agree with its neighbours in the note: sections are garbled as a whole."""
    places = [index for index, _ in marks]
    for index, stamp in enumerate(note.stamps):
        at = bisect_left(places, index)
        around = marks[max(0, at - AROUND) : at + AROUND]
        stamp.local = (sum(good for _, good in around) + 2 * note.trust) / (len(around) + 2)


def _elsewhere(stamp: Stamp) -> float:
    """Give the most that the partners which cite other times can weigh together."""
    held: dict[str, float] = {}
    literal = stamp.literal or 0
    for item in stamp.partners:
        if abs(item.time - literal) > NEAR and item.weight > held.get(item.stamp.path, 0.0):
            held[item.stamp.path] = item.weight
    return sum(held.values())


def _faith(item: Support, notes: dict[str, NoteTimes]) -> float:
    """Say how far a partner's time is to be believed: less where its note had to be read otherwise."""
    if item.time == item.stamp.literal:
        return 0.25 + 0.75 * notes[item.stamp.path].trust
    return 0.8 * item.stamp.local


def _weight_near(partners: list[Support], time: int, notes: dict[str, NoteTimes]) -> float:
    """Add up what the other notes weigh that cite about this time, each once."""
    held: dict[str, float] = {}
    for item in partners:
        if item.time < 0:
            continue
        off = abs(item.time - time)
        other = item.stamp.literal
        if off > NEAR and other is not None and abs(other - time) <= SAME and item.time != other:
            # read literally, which its note does not, it would agree
            weight = 0.4 * item.weight
            path = item.stamp.path
            held[path] = max(held.get(path, 0.0), weight)
        elif off <= NEAR:
            path = item.stamp.path
            weight = item.weight * (1.0 if off <= SAME else 0.5)
            weight *= _faith(item, notes)
            if weight > held.get(path, 0.0):
                held[path] = weight
    return sum(held.values())


def _read_note(note: NoteTimes, declared: int | None) -> None:
    """Say how a note writes times, from its own times alone, and read them so."""
    three = [s.fields for s in note.stamps if s.fields is not None and s.fields[0] + s.fields[1] + s.fields[2] > 0]
    highest = max((s.literal for s in note.stamps if s.literal is not None), default=0)
    if three and (declared is None or highest > declared + SLACK):
        beyond = sum(a >= BEYOND for a, _, _ in three) / len(three)
        round_ = sum(c == 0 or c == b for _, b, c in three) / len(three)
        hours = len({a for a, _, _ in three})
        if len(three) >= 3 and (beyond > 0.5 or (round_ >= 0.9 and hours >= 3)):
            note.reading, note.junk = "minutes", round_ < 0.6
        elif (beyond > 0.05 and round_ > 0.2) or (round_ > 0.9 and hours >= 2) or (round_ > 0.4 and hours >= 4):
            note.reading = "mixed"
    for stamp in note.stamps:
        stamp.time = stamp.literal
        fields = stamp.fields
        if fields is None or note.reading == "plain" or stamp.citation.written.count(":") < 2:
            continue
        a, b, c = fields
        minutes = as_minutes(fields)
        if note.reading == "mixed":
            licensed = a >= BEYOND or (c in (0, b) and a >= 2)
        else:
            licensed = note.junk or a >= 2 or c in (0, b)
        if minutes is not None and licensed:
            stamp.time = minutes


def _blame(note: NoteTimes) -> dict[str, list[Stamp]]:
    """Give each wrong stamp of a note to the one rule that reports it."""
    found: dict[str, list[Stamp]] = defaultdict(list)
    shifted: list[Stamp] = []
    for stamp in note.stamps:
        citation = stamp.citation
        if fault(citation) is not None:
            found["malformed"].append(stamp)
        elif citation.data and citation.time and _differ(citation.data, citation.time):
            found["label"].append(stamp)
        elif stamp.kind == "shifted":
            shifted.append(stamp)
        elif stamp.kind:
            found["conflict" if stamp.kind == "conflict?" else stamp.kind].append(stamp)
    if len(shifted) >= SEVERAL:
        found["shifted"] = shifted
    else:
        for stamp in shifted:
            found["range" if stamp.late else "conflict"].append(stamp)
    for stamps in found.values():
        stamps.sort(key=lambda stamp: stamp.citation.at)
    return found


def _differ(data: str, label: str) -> bool:
    one, other = read_time(data), read_time(label)
    return one is not None and other is not None and one != other


@functools.lru_cache(maxsize=2)
def timeline(group: Group) -> Timeline:
    """Read the times of a group; kept for the rules that ask again."""
    return Timeline(group)
