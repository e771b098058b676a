"""One note quotes a part of what another quotes in full.

To quote less is legitimate, so this is information: it shows where a fuller
quote stands, and where a cut may have changed the sense (a question without
its "is it true that", an opinion without its "I used to think"). A cut that
leaves out a negation is a warning.

Example: "more similar than people think" in one note, "more similar than
people think it is" in another.

Known false alarms: a term quoted by itself and as a part of a longer phrase; a
name that is quoted by itself. What the words tell and what the time and the
sentences around tell must come to enough together: a single word counts only in
its very place, and never where it is a part of several utterances.

To fix it, nothing need be done; where the cut matters, quote the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims
from ..lint.quotes import quoted
from ..lint.quotes.utterances import utterances
from ..lint.quotes.wordings import Wording, wordings

ID = "quote-truncated"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = claims.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report utterances of which one note quotes less than another."""
    every = wordings(facts)
    for utterance in utterances(facts, "truncated"):
        members = sorted(
            (every[index] for index in utterance.wordings), key=lambda found: (len(found.words), found.text)
        )
        lost = utterance.lost
        yield quoted.differing(
            ID,
            key,
            "one utterance, quoted with and without its negation" if lost else _lead(members),
            members,
            evidence=quoted.nearness(lost or utterance.pairs[0], every),
            confidence=0.95 if any(pair.solid for pair in utterance.pairs) else 0.75,
            severity="warning" if lost else None,
        )


def _lead(members: list[Wording]) -> str:
    """Say whether the wordings are lengths of one another, or some have nothing in common but a longer one."""
    apart = any(one.weights.keys().isdisjoint(other.weights) for one, other in combinations(members, 2))
    return f"one utterance quoted {'whole and in pieces' if apart else f'at {len(members)} lengths'}"
