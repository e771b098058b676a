"""Two notes make the same statement with different numbers.

Numbers are what readers take from notes and what speech recognition and
summaries change most easily: a scale is lost ("250" for "250 million"), a digit, a
unit ("400 gigabytes" for "400 gigabits"), an order of magnitude. Only
claims that say the same in other words are compared, and only numbers whose
surroundings agree. Rounded and hedged values, a range and a value in it,
complements, and values that one note gives both of are not conflicts; two
ranges that only overlap are.

What was said at the same second in much the same words is a warning; what is
further apart, only an order of magnitude, or both in one sentence of a third
note is information.

Notes in other languages than English are left out.

Example: "the company handles 250 merge requests a year" where another note has
"250 million merge requests".

Known false alarms: two items of a list that differ in little else, part and
total, before and after.

To fix it, listen to the cited place and write what was said in both notes, or
say what distinguishes the two numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.facts.conflicts import conflicts
from ..lint.facts.contrasts import finding
from ..lint.facts.rivals import rivals
from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims

ID = "fact-number"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report quantities of the same statement that cannot both be right."""
    facts = claims.in_english(facts)
    for conflict in conflicts(facts):
        if not rivals(facts).quantity(conflict.best.one).dated:
            yield finding(ID, key, rivals(facts), conflict)
