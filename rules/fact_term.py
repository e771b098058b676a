"""Two notes make the same statement with one deciding word changed or a negation lost.

A summary that writes "fusion plants" where the others have "fission plants", a
"co-founder" who becomes a founder, a "not" that is gone: such sentences read
well and say something else. Claims that make the same statement are compared
word by word. Words that may be mistaken for one another are reported where the
words around them agree: spelled or sounding alike but no forms of one word,
opposites, "co-", and a "not" that stands in one of them only.
So are a name, an office or a piece of code that stands in the place of another
which that note never has, and what one note says of all, always or in full and
another of less: "most frameworks", "all frameworks"; "the first", "one of the
first"; "completely", "almost completely"; "will", "may". Words that notes on
many sources put for each other ("crucial", "critical") are a choice of wording.

A thing may also be put in two ways that exclude each other: a work with two
authors, two things that are each "the biggest" of their kind, a feature that
"will soon" come and that another note has already, "not X but Y" where another
note has "not only X", and a thing taken for what does it ("route", "router").

Two authors, words that sound alike in the very same place and a "not" lost from
an otherwise like sentence are warnings, but for one in a clause ("where users
cannot wait"), which may be put either way; the rest is information.

Notes in other languages than English are left out.

Example: "next-generation fusion plants" where another note has "next-generation
fission plants".

Known false alarms: a free choice of wording that the table of such words does
not have ("utility", "usability"); two works of one name; a speaker who calls two
things the biggest of their kind.

To fix it, listen to the cited place and write what was said in both notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.facts.contrasts import swap_finding, term_finding
from ..lint.facts.decisive import together, turns
from ..lint.facts.denials import lost
from ..lint.facts.exchanged import exchanged
from ..lint.facts.swaps import swaps
from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims
from ..lint.statements.align import MAX_CLAIMS, align

ID = "fact-term"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report deciding words in which claims of the same statement differ."""
    facts = claims.in_english(facts)
    for found in together((*turns(facts), *lost(facts))):
        yield term_finding(ID, key, found)
    claims_of = align(facts).claims
    told: set[tuple[int, int]] = set()
    for shown in swaps(facts):
        told.update((min(swap.one, swap.other), max(swap.one, swap.other)) for swap in shown)
        yield swap_finding(ID, key, shown, claims_of)
    for shown in exchanged(facts):
        if told.isdisjoint((min(swap.one, swap.other), max(swap.one, swap.other)) for swap in shown):
            yield swap_finding(ID, key, shown, claims_of)


def notices(key: str, facts: Group) -> Iterator[str]:
    """Say of how large a source some sentences are compared with none."""
    if len(facts) > MAX_CLAIMS and (found := align(claims.in_english(facts))).left_out:
        yield f"{key}: {found.left_out} sentences are left out; of each note the first are compared"
