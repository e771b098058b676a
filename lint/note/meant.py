"""What each citation means: its own time, another to which its digits and its partners lead, or none to be trusted.

A time that a player can follow is left alone unless more speaks for another:
partners that agree weigh against those that do not, each by how sure the two
claims are one statement and by how far its own note is to be believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from operator import mul

from ..model import Fact
from .contested import arguable, rival
from .garble import STRONG, Fields, Kin, as_minutes, kin
from .stamps import (
    AGREED,
    BEYOND,
    NEAR,
    SAME,
    Extent,
    NoteTimes,
    Stamp,
    Support,
    elsewhere,
    faith,
    near,
    settled,
    weight_near,
)

PROSE = 0.45
"""Cosine from which two claims are taken for one statement where something else speaks for it too."""

KINDRED = 0.15
"""Cosine from which a claim may tell where an impossible time belongs, when the digits lead there too."""

KINDRED_SURE, KINDRED_DOUBT = 0.3, 0.25
"""The same where the time might be right as it stands: in a sound stretch of a note, and in a doubtful one."""

COMMON = 60
"""Claims that a word may stand in before it tells nothing of what they are about."""

SHAPED = STRONG | {"squeezed"}
"""Ways that the digits themselves show."""

SOUND = 0.93
"""Agreement with other notes from which a stretch of a note is taken to be in order, and not searched."""

FIRM = 0.6
"""Cosine from which two claims are one statement without doubt."""

OPENING = 8
"""Seconds at the start that notes cite for what is said throughout."""


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


class Meanings:
    """Decides what the stamps of one source mean, when all that is known of them has been gathered."""

    def __init__(self, notes: dict[str, NoteTimes], extent: Extent, bag: Callable[[Fact], dict[str, int]]) -> None:
        self.notes = notes
        self.extent = extent
        self._bag = bag
        self._index: _Index | None = None
        self._asked: dict[int, list[tuple[float, Stamp]]] = {}

    def resolve(self, stamp: Stamp, note: NoteTimes) -> None:
        """Decide what a stamp means, by its note's reading, the source's length and its partners."""
        literal = stamp.literal
        late = stamp.late = literal is None or self.extent.late(literal, note.reading != "plain" or stamp.local < 0.6)
        own = self._own_reading(stamp, note) if late or stamp.time != literal else None
        if literal is not None and not late and own is None:
            if not stamp.partners:
                if stamp.local > SOUND or len(self.notes) < 2:
                    stamp.meant = literal
                    return
            elif settled(stamp, literal):
                stamp.meant = literal
                return
        here = 0.0 if late or literal is None else weight_near(stamp.partners, literal)
        if not late and own is None and here >= AGREED and elsewhere(stamp) <= 2 * here + 0.6:
            stamp.meant = literal  # nothing that its partners say could outweigh those that agree
            return
        best = self._best(stamp, note, late)
        if late:
            if best is not None and (own is None or best.total > own.total):
                own = best
            if own is None or own.total < 0.8 or (own.way not in SHAPED and own.weight < 1.5):
                found = self._kindred(stamp, None)
                if found is not None and (
                    own is None or own.support is None or found.weight >= 0.4 * own.support.score
                ):
                    own = found
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
        if own is not None and note.reading == "minutes" and own.total > here + 0.2:
            # more speaks for another time, but not convincingly: the note's own way of writing stands
            self._take(stamp, own, "shifted")
            return
        if here < 0.3:
            found = self._kindred(stamp, literal)
            if found is not None:
                self._take(stamp, found, "shifted")
                return
        if here >= 0.3 or note.trust >= 0.5 or note.compared < 5:
            stamp.meant = literal
            stamp.supports = near(stamp.partners, literal) if literal is not None else []

    def contest(self, stamp: Stamp) -> None:
        """Report a stamp that stood so far, where other notes put its statement at another time."""
        literal = stamp.literal
        if stamp.kind or stamp.late or literal is None or not arguable(stamp):
            return
        found = rival(stamp, self._about(stamp))
        if found is not None:
            stamp.kind, stamp.meant, stamp.supports = "conflict", found.time, found.supports
            stamp.doubtful, stamp.odds = found.doubtful, found.odds

    def _take(self, stamp: Stamp, reading: Read, kind: str) -> None:
        stamp.kind, stamp.way = kind, reading.way
        stamp.meant = reading.time
        support = reading.support
        if support is None:
            stamp.supports = near(stamp.partners, reading.time)
        else:
            stamp.supports = [support] + [s for s in near(stamp.partners, support.time) if s is not support]

    def _convincing(self, best: Read, stamp: Stamp, note: NoteTimes) -> bool:
        """Say whether the way alone makes it sure that a time within the source was garbled."""
        support = best.support
        if support is None or best.way not in STRONG:
            return False
        if best.way == "hour" and best.holders > 2:
            return support.score >= PROSE
        if support.score < PROSE - 0.1 * (1 - stamp.local) or best.off > (20 if support.score >= FIRM else 3):
            return False
        # a changed digit leads to many times, and all that opens a source lies in its first minute
        opening = best.way == "minutes" and best.time < SAME * 2
        if (best.way == "digit" or (opening and note.reading == "plain")) and (
            support.score < FIRM
            or (support.score < 0.75 and stamp.literal is not None and self._spoken_of(stamp, stamp.literal))
        ):
            return False
        if support.time != support.stamp.literal and (support.stamp.local < 0.6 or best.off > 2):
            return False
        # another digit could as well be the other note's slip
        return best.way != "digit" or best.holders > 1 or support.stamp.note.trust > note.trust

    def _siblings(self, stamp: Stamp) -> list[Stamp]:
        """Give the other stamps that close the same claim."""
        return [s for s in stamp.note.stamps if s.fact is stamp.fact and s is not stamp]

    def _own_reading(self, stamp: Stamp, note: NoteTimes) -> Read | None:
        """Give what the note's own way of writing makes of a stamp, where that is not what a player reads."""
        time = stamp.time
        prior = (1.4 if note.reading == "minutes" else 0.6) * stamp.local
        if time == stamp.literal and stamp.late and stamp.fields is not None:
            a, b, c = stamp.fields
            if note.reading != "minutes" and (a < BEYOND or c not in (0, b)):
                return None
            time, prior = as_minutes(stamp.fields), max(prior, 0.8 if a >= BEYOND else 0.0)
        if time is None or time == stamp.literal or self.extent.late(time):
            return None
        return Read(prior + weight_near(stamp.partners, time), time, "minutes", None, 0, 0.0, 0)

    def _best(self, stamp: Stamp, note: NoteTimes, late: bool) -> Read | None:
        """Give the time elsewhere for which most speaks among the partners of a stamp."""
        fields, literal = stamp.fields, stamp.literal
        best: Read | None = None
        there = 0
        weights: dict[int, float] = {}
        siblings = self._siblings(stamp) if len(stamp.fact.value.citations) > 1 else []
        for support in stamp.partners:
            time = support.time
            if time < OPENING or self.extent.late(time):
                continue
            if not late and literal is not None and -NEAR <= time - literal <= NEAR:
                continue
            if siblings and any(_stands_for(sibling, time) for sibling in siblings):
                continue  # of two places that the claims cite, this one has its counterpart
            found: Kin | None = None
            if fields is not None:
                found = kin(fields, time, 30, 20) if late else kin(fields, time, 40)
                if found is not None and not late and not _licensed(found, fields, note):
                    found = None
            if not late and literal is not None:
                other = support.stamp.fields
                if other is not None and (found is None or found.way not in STRONG):
                    back = kin(other, literal)
                    if back is not None and back.way in STRONG and _licensed(back, other, support.stamp.note):
                        continue  # the other is the one that was garbled
            weight = weights.get(time, -1.0)
            if weight < 0:
                weight = weights[time] = weight_near(stamp.partners, time)
            off = 0 if found is None else abs(found.seconds - time)
            bonus = 0.0
            if found is not None:
                close = 1.5 if off <= 3 and not found.loose else 0.8 if off <= 10 else 0.4
                bonus = 0.2 if found.way == "seconds" else close * (1.0 if found.way in STRONG else 0.7)
                bonus *= faith(support)
                if found.way == "minutes" and time != support.stamp.literal:
                    bonus *= 0.2  # two times that are read as minutes agree all too easily
            total = weight + bonus + support.score / 100
            if best is None or total > best.total:
                best = Read(total, time, "", None, 0, weight, off)
                if found is not None:
                    best.time, best.way = found.seconds, found.way
                there = time
        if best is not None:
            close_by = near(stamp.partners, there)
            best.support, best.holders = close_by[0], len({item.stamp.path for item in close_by})
        return best

    def _kindred(self, stamp: Stamp, literal: int | None) -> Read | None:
        """Search all claims for one on the same matter at a time of which this stamp is a garbled form."""
        fields = stamp.fields
        if fields is None:
            return None
        note = stamp.note
        a, b, c = fields
        if literal is not None and a == 0 and c not in (0, b) and note.reading == "plain":
            return None  # without an hour, only a changed digit is left, and that alone is weak
        if literal is not None and stamp.local > SOUND and note.reading == "plain":
            return None
        best: Read | None = None
        for score, other in self._about(stamp):
            time = other.time
            if (
                score < (KINDRED if literal is None else KINDRED_SURE if stamp.local > 0.85 else KINDRED_DOUBT)
                or time is None
                or self.extent.late(time)
            ):
                continue
            if other.time != other.literal and other.local < 0.7:
                continue
            if literal is not None and abs(time - literal) <= NEAR:
                return None
            if literal is not None and time < SAME * 2 and score < FIRM:
                continue  # whatever a claim is about, the opening touches on it
            found = (
                kin(fields, time, 20, 20) if literal is None else kin(fields, time, 1 if score < KINDRED_SURE else 2)
            )
            if found is None or found.way == "seconds" or (found.way == "minutes" and time != other.literal):
                continue
            if literal is not None and not (
                found.way in STRONG and _licensed(found, fields, note) and (found.way != "digit" or score >= PROSE)
            ):
                continue
            off = abs(found.seconds - time)
            total = score - off / 60 + (0.1 if found.way in ("minutes", "hour") and not found.loose else 0.0)
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
        if len(self.notes) < 2:
            return []
        known = self._asked.get(id(stamp.fact))
        if known is not None:
            return known
        index = self._index
        if index is None:
            index = self._index = _Index(self.notes, self._bag)
        found = self._asked[id(stamp.fact)] = index.about(stamp)
        return found


class _Index:
    """The cited claims of a group by the words in them."""

    def __init__(self, notes: dict[str, NoteTimes], bag: Callable[[Fact], dict[str, int]]) -> None:
        self.claims: list[list[Stamp]] = []
        self.bags: list[dict[str, int]] = []
        self.norms: list[float] = []
        self.words: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.numbers: dict[int, int] = {}
        for note in notes.values():
            fact: Fact | None = None
            for stamp in note.stamps:
                if stamp.fact is fact:
                    self.claims[-1].append(stamp)
                    continue
                fact = stamp.fact
                number = self.numbers[id(fact)] = len(self.claims)
                self.claims.append([stamp])
                self.bags.append(bag(fact))
                for word, weight in self.bags[number].items():
                    self.words[word].append((number, weight))
        self.norms = [sum(map(mul, bag.values(), bag.values())) ** 0.5 for bag in self.bags]

    def about(self, stamp: Stamp) -> list[tuple[float, Stamp]]:
        """Give the stamps of other notes that share words with this one's claim, and the cosine."""
        number = self.numbers[id(stamp.fact)]
        norm = self.norms[number]
        shared: dict[int, int] = {}
        for word, weight in self.bags[number].items():
            holders = self.words[word]
            if 1 < len(holders) <= COMMON:
                for claim, its in holders:
                    shared[claim] = shared.get(claim, 0) + weight * its
        path = stamp.path
        return [
            (cosine, other)
            for claim, product in shared.items()
            if (cosine := product / (norm * self.norms[claim])) >= KINDRED and self.claims[claim][0].path != path
            for other in self.claims[claim]
        ]


def _licensed(found: Kin, fields: Fields, note: NoteTimes) -> bool:
    """Say whether a time within the source may be read as `found`, in this note."""
    if found.way == "minutes":
        return found.seconds < 3600 and (note.reading != "plain" or fields[2] in (0, fields[1]))
    if found.loose:
        return note.reading != "plain" or note.trust < 0.6
    return found.way != "squeezed" or note.reading != "plain"


def _stands_for(stamp: Stamp, time: int) -> bool:
    """Say whether a stamp gives a time, or a garbled form of it, digit by digit."""
    if stamp.time is not None and abs(stamp.time - time) <= SAME:
        return True
    if stamp.fields is None:
        return False
    found = kin(stamp.fields, time, 3)
    return found is not None and found.way in STRONG and not found.loose
