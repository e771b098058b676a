"""One entity has one spelling in all notes on a source.

Notes that were written from a transcript, or by several people, hear a name in
several ways: "Mike Schreer" in one note is "Mike Schroepfer" in the next, and a
search for the one does not find what the other says. Two spellings are taken
for one name by what stands around them more than by their letters: the same
statement in both notes, at the same time, with the same first name, and never
both in one note, unless one is a slip that stands once or twice. A term written
small is compared like a name where no dictionary has its word, where another
word is said just alike, and in quotation marks. All spellings of a name make
one finding, with headings and small letters. So do all words for which one
acronym is said to stand, and two acronyms of the same words: "Model Context
Protocol (MCP)" and "MCP (Model Control Protocol)" cannot both be right. Where
names differ in ordinary words alone or as British and American spelling do, or
expansions by a word that one lacks, the finding is info; so is what stands word
for word in one place and is little alike: "GPT-3", "O3". A number in words in
one place and in digits in another is left to `name-format`.

Notes in other languages than English are left out.

Example: "Mike Schreer, former CTO" in one note, "Mike Schroepfer, former CTO"
in three others.

Known false alarms: two people or products whose names differ by a letter or
two and whom different notes mention in nearly the same sentence. Short forms,
acronyms, plurals, nationalities and relatives with one surname are not
reported, nor names that differ in a digit (but for a zero or an O behind it).

To fix it, find the right spelling (an official title, the person's own site),
write it in every note, and add it to the vocabulary in the configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import msgspec

from ..lint.language.british import american
from ..lint.language.named import LARGE, capital, listed
from ..lint.model import Counts, Finding, Group, Scope, Severity, Vote
from ..lint.names.around import NEVER_BOTH
from ..lint.names.clusters import Tie
from ..lint.names.expansions import Acronym, beside, collected, expansions, other_words
from ..lint.names.kin import MIN_SCORE, kin
from ..lint.names.mentions import Cast, Mention, joined
from ..lint.names.places import addressed, everywhere
from ..lint.names.quoted import with_quoted
from ..lint.names.reading import judged
from ..lint.names.spelled import authority, ballot, in_part, labels, majority, notes_of, sides, vouched
from ..lint.note import claims

ID = "name-spelling"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source

SURE = 1.6
"""Score from which a conflict is an error: on transcripts with known names all pairs above 1.2 were right."""

SPELLED_OUT = 0.9
"""How sure a conflict of two expansions of an acronym is: 31 of 34 on seven channels."""

ESTABLISHED = 4
"""Two spellings that each occur in this many sources are two names, unless the context says otherwise very strongly."""

WIDER = 4
"""How many times as many sources as the runner-up a spelling needs to be suggested for that."""


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report each name of a source that is spelled in several ways, once."""
    facts = claims.in_english(facts)
    if not claims.several(facts):
        return
    names = with_quoted(facts)
    said: set[str] = set()
    spelled_out = collected(names)
    for acronym in expansions(names, spelled_out):
        finding = _spelled_out(key, facts, names, acronym)
        if finding is not None:
            said.update(vote.value for vote in finding.ballot)
            yield finding
    for found in kin(facts):
        if len({form for member in found.keys for form in names.names[member].forms} & said) > 1:
            continue
        members = [names.names[member] for member in found.keys]
        differing = {word for tie in found.ties for pair in tie.words for word in pair}
        forms = in_part(everywhere(names, members), differing)
        competing = sides(forms)
        known = vouched(facts, forms, competing, differing)
        spelled: dict[str, list[str]] = {}
        for form in sorted(competing, key=lambda form: (-len(notes_of(names, competing[form])), form)):
            spelled.setdefault(joined(form), []).append(form)
        # "RoCE v2" and "RoCEv2" are one side
        held = {
            same[0]: len(notes_of(names, [mention for form in same for mention in competing[form]]))
            for same in spelled.values()
        }
        suggestion = known[0] if known else majority(held)
        why = {known[0]: (known[1],)} if known else {}
        best = found.ties[0]
        votes = ballot(names, competing, why)
        yield Finding(
            rule=ID,
            key=key,
            message="one name, several spellings: " + _counted(votes),
            labels=labels(names, {**beside(spelled_out, found.keys), **addressed(names, members), **forms}, suggestion),
            values=tuple(sorted(found.keys)),
            ballot=votes,
            suggestion=suggestion,
            evidence=tuple(text for text in best.evidence if text != NEVER_BOTH or _never_both(votes)),
            confidence=round(min(0.99, 0.5 + best.score / 4), 2),
            severity=_severity(found.ties),
        )


def _never_both(votes: tuple[Vote, ...]) -> bool:
    """Say whether no note has two of the spellings that a finding lists, other than one written in two ways."""
    holds: dict[str, set[str]] = {}
    for vote in votes:
        for path in vote.paths:
            holds.setdefault(path, set()).add(joined(vote.value))
    return all(len(spellings) < 2 for spellings in holds.values())


def _severity(ties: tuple[Tie, ...]) -> Severity | None:
    """Weigh a conflict by its surest tie; "Centre" and "Center" are but two countries' spellings of a name."""
    best = ties[0]
    if all(american(p) == q or american(q) == p for tie in ties for p, q in tie.words):
        return "info"
    if best.score >= SURE:
        return "error"
    # ordinary words may as well be a choice of wording
    ordinary = all(listed(word) and capital(word) < LARGE for pair in best.words for word in pair)
    return "info" if best.score < MIN_SCORE or ordinary else None


def _spelled_out(key: str, facts: Group, names: Cast, acronym: Acronym) -> Finding | None:
    """Report an acronym that is spelled out in different words, unless one note alone does so."""
    forms: dict[str, list[Mention]] = {}
    beside: dict[str, list[Mention]] = {}
    held: dict[str, int] = {}
    for expansion in acronym.expansions:
        forms.update(expansion.forms)
        beside.update(expansion.beside)
        # "Large Language Model" and "large language models" are one side
        first = min(expansion.forms, key=lambda form: (-len(expansion.forms[form]), form))
        held[first] = len(notes_of(names, [m for found in expansion.forms.values() for m in found]))
    if len({path for mentions in forms.values() for path in notes_of(names, mentions)}) < 2:
        return None
    known = authority(facts, forms)
    suggestion = known[0] if known else majority(held)
    votes = ballot(names, forms, {known[0]: (known[1],)} if known else {})
    return Finding(
        rule=ID,
        key=key,
        message=f"one acronym, {acronym.letters}, spelled out in several ways: " + _counted(votes),
        labels=labels(names, {**beside, **forms}, suggestion),
        values=(acronym.letters, *sorted({"".join(expansion.words) for expansion in acronym.expansions})),
        ballot=votes,
        suggestion=suggestion,
        evidence=(f'each stands beside "{acronym.letters}"',),
        confidence=SPELLED_OUT,
        severity=None if any(other_words(a, b) for a, b in combinations(acronym.expansions, 2)) else "info",
    )


def _counted(votes: tuple[Vote, ...]) -> str:
    return ", ".join(f'"{vote.value}" in {vote.notes} note{"s" if vote.notes > 1 else ""}' for vote in votes)


def weigh(finding: Finding, counts: Counts) -> Finding | None:
    """Drop two names that many sources have; suggest the spelling that many have."""
    spread = {vote.value: counts(vote.value) for vote in finding.ballot}
    ranked = sorted(spread.items(), key=lambda item: (-item[1], item[0]))
    if ranked[1][1] >= ESTABLISHED and finding.confidence < 0.9:
        return None
    known = any(vote.why for vote in finding.ballot)
    right = ranked[0][0]
    if known or finding.suggestion == right or ranked[0][1] < max(ESTABLISHED, WIDER * ranked[1][1]):
        return finding
    # many sources outvote the notes on one: in 17 of 20 decided cases they were right, the notes in 17 of 26
    labels = sorted(
        (judged(label, label.text, right) for label in finding.labels), key=lambda label: label.role == "canonical"
    )
    return msgspec.structs.replace(finding, suggestion=right, labels=tuple(labels))
