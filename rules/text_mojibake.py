"""Text was decoded in the wrong encoding and saved so.

UTF-8 read as Windows-1252 turns one character into two or three: a dash into
`â€“`, an é into `Ã©`. Searches and comparisons miss the word, readers stumble.

Example: `â€œfastâ€` for "fast" in curly quotation marks.

Known false alarms: a note that shows mojibake to speak of it, and not as code.

To fix it, write the character that was meant; `notelint fix` does so where the
bytes leave no doubt.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Edit, Fact, Finding, Fix, Group, Label, Scope, Severity, Vote
from ..lint.note import texts
from ..lint.note.texts import Spot

ID = "text-mojibake"
SEVERITY: Severity = "warning"
SCOPE: Scope = "note"

extract = texts.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report, once a note and a character, what decodes to sensible text when read back."""
    found: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.value, Spot) and fact.value.kind == "mojibake":
            meant = _meant(fact.value.text)
            if meant is not None:
                found[fact.span.path, fact.value.text, meant].append(fact)
    for (path, text, meant), spots in sorted(found.items()):
        edits = tuple(Edit(path, fact.span.start, fact.span.end, text, meant) for fact in spots)
        yield Finding(
            rule=ID,
            key=key,
            message=f'"{text}" stands for "{meant}"',
            labels=tuple(Label(fact.span, text, "variant", meant) for fact in spots),
            values=(text, meant),
            ballot=(Vote(meant, 0, ("the same bytes as UTF-8",)), Vote(text, 1)),
            suggestion=meant,
            evidence=("UTF-8 that was read as Windows-1252",),
            confidence=0.98,
            fix=Fix(True, edits),
        )


def _meant(text: str) -> str | None:
    """Give the text that was meant, or None where ftfy sees nothing wrong or the outcome is no text."""
    import ftfy

    meant = ftfy.fix_encoding(text)
    if meant == text or len(meant) >= len(text):
        return None
    if any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in meant):
        return None
    return meant
