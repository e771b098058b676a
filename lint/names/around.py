"""What the claims around two names say of whether they are one: same statement, same time, same note, same role."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator

from ..language.variants import extends, inflected
from ..language.words import lexicon, stem
from ..model import Group
from ..statements.align import align
from ..statements.table import content, table
from ..times.timeline import timeline
from .flanks import Flanks
from .mentions import Cast, Mention, Name

SLOT = 0.5
"""Cosine from which two claims say the same so surely that a name which only one has stands for one that only the other has."""

ALIGNED = 0.35
"""Cosine from which two claims are about the same."""

MIN_NEAR = 30
"""Weight of shared words around two names from which they have one role: one very rare word, or two."""

AROUND = 60
"""Characters on either side of a name in which its role stands."""

_ALIAS = frozenset([" (", ' ("', " (also ", " or ", " / ", "/", ", or ", ' "'])
_BRACKETED = re.compile(r"[\"”'*`]* \((?:[^()]{0,30} )?[\"“'*`]*")
"""What stands between two names of which a note gives the other in brackets: "ngrok (heard as enro)"."""
_LISTED = re.compile(r"[\"”*]*(?:, (?:and |or )?| and | & )[\"“*]*")
"""What stands between two names of a list."""

NEVER_BOTH = "never both in one note"
"""What is said of two names of which no note has both."""

SAME_TIME = 45
"""Seconds between citations of what was said at one time."""

SAMPLE = 12
"""Mentions of a name whose times are compared."""


class Context:
    """What aligned claims say of two names."""

    def __init__(self, group: Group, names: Cast) -> None:
        self.cast = names
        self.flanks = Flanks(names)
        self._table = table(group)
        alignment = align(group)
        index = {id(fact): number for number, fact in enumerate(names.claims)}
        numbers = [index[id(fact)] for fact in alignment.claims]
        self.scores: dict[tuple[int, int], float] = {}
        self.slots: dict[tuple[str, str], float] = {}
        times = timeline(group)
        self.seconds = functools.lru_cache(maxsize=None)(lambda claim: times.seconds(names.claims[claim]))
        by_claim = names.by_claim
        for pair in alignment.pairs:
            first, second = numbers[pair.first], numbers[pair.second]
            if not by_claim[first] or not by_claim[second]:
                continue
            self.scores[min(first, second), max(first, second)] = pair.score
            if pair.score < SLOT or by_claim[first] == by_claim[second]:
                continue
            a, b = set(by_claim[first]), set(by_claim[second])
            only_a, only_b = sorted(a - b), sorted(b - a)
            if 0 < len(only_a) * len(only_b) <= 12:
                for x in only_a:
                    for y in only_b:
                        key = (x, y) if x < y else (y, x)
                        self.slots[key] = max(self.slots.get(key, 0.0), pair.score)

    def cosine(self, claim: int, other: int) -> float:
        """Give how alike two claims are, by number; 0 where they were not aligned."""
        return self.scores.get((min(claim, other), max(claim, other)), 0.0)

    def best(self, a: Name, b: Name) -> float:
        """Give the highest cosine of a claim with the one and a claim with the other, the names themselves left out."""
        best = 0.0
        own = {stem(word) for name in (a, b) for word in name.words}
        seconds = [(mention.claim, self._bag(mention.claim)) for mention in b.mentions[:SAMPLE]]
        for x in a.mentions[:SAMPLE]:
            path, bag = self.cast.path(x.claim), self._bag(x.claim)
            for other, second in seconds:
                best = max(best, self.cosine(x.claim, other))
                shared = bag.keys() & second.keys() - own
                if len(shared) > 1 and self.cast.path(other) != path:
                    weight = sum(bag[word] ** 2 for word in shared)
                    best = max(best, weight / math.sqrt(_square(bag, own) * _square(second, own)))
        return best

    def _bag(self, claim: int) -> dict[str, int]:
        return self._table.bag(self.cast.claims[claim])

    def together(self, a: Name, b: Name, differing: tuple[tuple[str, str], ...]) -> int:
        """Count the notes that have both, without those that say themselves that they are one: "NCCL (Nickel)".

        A note that has the words in which they differ as names of their own counts as well.
        """
        count = 0
        for p, q in differing:
            one, other = self.cast.names.get(p), self.cast.names.get(q)
            if one is not None and other is not None and (one, other) != (a, b):
                count = max(count, len(one.notes.keys() & other.notes.keys()))
        both = a.notes.keys() & b.notes.keys()
        return count + len(both) - len(self._glued(a, b)) if both else count

    def beside(self, a: Name, b: Name) -> bool:
        """Say whether one claim has both names, however written, and no note has them as names of one thing."""
        texts = [self.cast.claims[mention.claim].value.passage.text.casefold() for mention in a.mentions]
        if not any(b.words[0] in text for text in texts):
            return False
        both = re.compile(rf"(?<!\w){'[ -]?'.join(map(re.escape, b.words))}(?!\w)")
        return any(map(both.search, texts)) and not self._glued(a, b)

    def two(self, a: Name | None, b: Name | None) -> bool:
        """Say whether two names that share no word are two: in a list, in two notes that have both, or one with a part added."""
        if a is None or b is None or not set(a.words).isdisjoint(b.words):
            return False
        if not inflected(a.key, b.key) and any(extends(form, other) for form in a.forms for other in b.forms):
            return True
        return any(_LISTED.fullmatch(between) for _, between in self._between(a, b)) or self.together(a, b, ()) > 1

    def bracketed(self, a: Name, b: Name) -> bool:
        """Say whether a note gives one of two names in brackets behind the other, and other notes have one of them alone."""
        both = a.notes.keys() & b.notes.keys()
        return len(a.notes.keys() | b.notes.keys()) > len(both) > 0 and any(
            _BRACKETED.fullmatch(between) for _, between in self._between(a, b)
        )

    def _glued(self, a: Name, b: Name) -> set[str]:
        """Give the notes that set two names beside one another as names of one thing.

        Words before the other name in the bracket may tell how it is misheard, but of two known names when it was
        another: "Bombay (renamed Mumbai)".
        """
        entries = lexicon()
        strange = any(word not in entries for name in (a, b) for word in name.words)
        return {
            path
            for path, between in self._between(a, b)
            if between in _ALIAS or (strange and _BRACKETED.fullmatch(between))
        }

    def said_of(self, a: Name, b: Name) -> str:
        """Say how two names that no note has as two stand to one another."""
        return "one beside the other as its name" if a.notes.keys() & b.notes.keys() else NEVER_BOTH

    def _between(self, a: Name, b: Name) -> Iterator[tuple[str, str]]:
        """Give what stands between mentions of two names in one claim, with the note."""
        by_claim: dict[int, list[Mention]] = {}
        for y in b.mentions:
            by_claim.setdefault(y.claim, []).append(y)
        for x in a.mentions:
            for y in by_claim.get(x.claim, ()):
                first, second = (x, y) if x.start < y.start else (y, x)
                yield self.cast.path(x.claim), self.cast.claims[x.claim].value.passage.text[first.end : second.start]

    def near(self, a: Name, b: Name) -> int:
        """Give the weight of the words that stand around both names, at their first mentions."""
        best = 0
        own = {stem(word) for name in (a, b) for word in name.words}
        for x in a.mentions[:3]:
            around = self._around(x)
            for y in b.mentions[:3]:
                shared = around.items() & self._around(y).items()
                best = max(best, sum(weight for word, weight in shared if word not in own))
        return best

    def _around(self, mention: Mention) -> dict[str, int]:
        text = self.cast.claims[mention.claim].value.passage.text
        return content(text[max(0, mention.start - AROUND) : mention.end + AROUND])

    def apart(self, a: Name, b: Name) -> int | None:
        """Give how many seconds lie between the nearest mentions in different notes, None where times are unknown."""
        nearest: int | None = None
        for x in a.mentions[:SAMPLE]:
            at = self.seconds(x.claim)
            if at is None:
                continue
            for y in b.mentions[:SAMPLE]:
                other = self.seconds(y.claim)
                if other is None or self.cast.path(x.claim) == self.cast.path(y.claim):
                    continue
                if nearest is None or abs(at - other) < nearest:
                    nearest = abs(at - other)
        return nearest

    def counts(self, name: Name) -> bool:
        """Say whether a name is the unit of a number where it stands first: "800 Tbps"."""
        first = name.mentions[0]
        text: str = self.cast.claims[first.claim].value.passage.text
        return text[max(0, first.start - 2) : first.start].strip().isdigit()

    def hyphened(self, mention: Mention) -> bool:
        """Say whether a word goes on with a hyphen after a mention."""
        text: str = self.cast.claims[mention.claim].value.passage.text
        return text.startswith("-", mention.end)

    def leads(self, mention: Mention) -> bool:
        """Say whether a mention stands in the bold lead of its claim, where a writer chooses the words."""
        lead: int = self.cast.claims[mention.claim].value.lead
        return mention.start < lead

    def simultaneous(self, a: Name, b: Name) -> bool:
        """Say whether every mention of the rarer name falls at a time at which another note mentions the other."""
        few, many = sorted((a, b), key=lambda name: (len(name.mentions), name.key))
        others = [(self.seconds(mention.claim), self.cast.path(mention.claim)) for mention in many.mentions]
        for mention in few.mentions:
            at, path = self.seconds(mention.claim), self.cast.path(mention.claim)
            if at is None or not any(
                other is not None and abs(other - at) <= SAME_TIME and its != path for other, its in others
            ):
                return False
        return True


def _square(bag: dict[str, int], own: set[str]) -> int:
    return sum(weight * weight for word, weight in bag.items() if word not in own)
