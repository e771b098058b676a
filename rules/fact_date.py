"""Two notes date the same event differently.

A year that differs in one digit reads as well as the right one. Only claims
that make the same statement are compared, and only dates that stand in the
same words. A date within another ("October 2011" and "2011") is no conflict,
nor are two dates that one note gives both of.

What was said at the same second in much the same words is a warning, the rest
is information, and so are two dates that a sentence of a third note has both.

Notes in other languages than English are left out.

Example: "expected by the end of 2024" where another note has "by late 2026".

Known false alarms: two steps of one affair told alike (announced in 2010,
opened in 2012).

To fix it, listen to the cited place and write the date that was said in both
notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.facts.conflicts import conflicts
from ..lint.facts.contrasts import finding
from ..lint.facts.rivals import rivals
from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims

ID = "fact-date"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report dates of the same statement that cannot both be right."""
    facts = claims.in_english(facts)
    for conflict in conflicts(facts):
        if rivals(facts).quantity(conflict.best.one).dated:
            yield finding(ID, key, rivals(facts), conflict)
