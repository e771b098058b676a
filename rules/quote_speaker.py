"""The same words are credited to two people.

Only one of them can have said it, unless one was quoting the other. Names are
read where a note puts them: "as Ada Palmer says", "…," said Ada Palmer, a
dash and a name below a block quote. Two names that share a word or look like
one name misspelt are taken for one person.

Example: "never plant in a hurry" — Ada Palmer in one note, — Bo Lindqvist in
another.

Known false alarms: a speaker who quotes somebody else, where each note names
another of the two; an organisation and the person who speaks for it.

To fix it, listen to who speaks, and keep one name; where one was quoting the
other, say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims
from ..lint.quotes import quoted
from ..lint.quotes.speakers import same_person, speaker
from ..lint.quotes.wordings import Place, wordings

ID = "quote-speaker"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source

MIN_WORDS = 5
"""Two people may well have said the same four words."""


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report wordings that notes credit to different people."""
    for wording in wordings(facts):
        if len(wording.notes) < 2 or len(wording.words) < MIN_WORDS:
            continue
        credited: dict[str, list[Place]] = defaultdict(list)
        for place in wording.places:
            name = speaker(place.fact.value.before, place.fact.value.after)
            if name:
                credited[next((known for known in credited if same_person(known, name)), name)].append(place)
        if len(credited) < 2 or len({place.path for places in credited.values() for place in places}) < 2:
            continue
        names = sorted(credited, key=lambda name: (len(credited[name]), name))
        votes = tuple(quoted.vote(name, credited[name]) for name in names)
        yield Finding(
            rule=ID,
            key=key,
            message=f"{quoted.shown(quoted.form_of(wording))} is credited to {quoted.tally(votes)}",
            labels=quoted.labels(credited[name] for name in names),
            values=(wording.text.strip(), *names),
            ballot=votes[::-1],
            confidence=0.8,
        )
