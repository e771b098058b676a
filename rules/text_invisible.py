"""A character that nobody sees changes what the text is.

Zero-width characters and soft hyphens split words for every search, and make
two names out of one; direction overrides show text in another order than it
is read by programs; a no-break space after "#" or "-" makes no heading and no
list, and in a link it makes another target. Not reported are joiners and
zero-width spaces in scripts and emoji that need them, no-break spaces in running
text, and in code all but direction overrides.

Example: `Open\u200bAI`, in which a zero-width space stands after "Open".

Known false alarms: soft hyphens that were set on purpose for long words.

To fix it, delete the character; `notelint fix` does so where it is a
zero-width space, and with `--unsafe` where it is a soft hyphen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Edit, Fact, Finding, Fix, Group, Label, Scope, Severity
from ..lint.note import texts
from ..lint.note.texts import Spot

ID = "text-invisible"
SEVERITY: Severity = "warning"
SCOPE: Scope = "note"

extract = texts.by_source

_NAMES = {
    "zero-width": "zero-width character",
    "soft-hyphen": "soft hyphen",
    "bidi": "direction control",
    "separator": "line separator",
    "no-break": "no-break space in markup",
}

# Edits that no reader could want otherwise: a soft hyphen may have been set on purpose.
_SAFE = {"zero-width", "no-break"}


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report, once a note and a character, where it stands."""
    found: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.value, Spot) and fact.value.kind in _NAMES:
            found[fact.span.path, fact.value.kind, fact.value.detail].append(fact)
    for (path, kind, name), spots in sorted(found.items()):
        places = "" if len(spots) == 1 else f" in {len(spots)} places"
        edits = tuple(
            Edit(path, fact.span.start, fact.span.end, fact.value.text, fact.value.better)
            for fact in spots
            if fact.value.better is not None
        )
        yield Finding(
            rule=ID,
            key=key,
            message=f"{_NAMES[kind]} {name}{places}",
            labels=tuple(Label(fact.span, fact.value.text) for fact in spots),
            values=(kind, name),
            fix=Fix(kind in _SAFE, edits) if edits else None,
        )
