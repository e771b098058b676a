"""The title of a note lost an apostrophe, a hyphen or another mark, or misspells a name of its body.

Titles are often made from file names, in which no mark can stand: "AI's role"
becomes "AIs role", "context-awareness" becomes "contextawareness" or two words,
"CI/CD" becomes "CICD", "open source" becomes "opensource", and an enumeration
loses its commas. The body of the note has the word as it should be, and never
or seldom as the title has it, or has it with other capitals throughout
("GitHub", "Deep Research"); or the word is a name of the body with an "s" to
it, before a word that it owns; or it is one letter off a name of the body, and
no word; or it is no word, and two or three that were run together ("lowcost",
"StepByStep").

Example: `title: Percys projects`, where the body speaks of Percy.

Known false alarms: the plural of a name before a word that is no thing.

To fix it, write the word in the title as the body has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Edit, Finding, Fix, Group, Label, Scope, Severity, Vote
from ..lint.note import metadata
from ..lint.note.metadata import Lost

ID = "metadata-title"
SEVERITY: Severity = "info"
SCOPE: Scope = "note"

extract = metadata.by_source


_MARKS = {
    ", ": "comma",
    "-": "hyphen",
    "(": "brackets",
    "'": "apostrophe",
    "’": "apostrophe",
    "/": "slash",
    "&": "ampersand",
    ".": "point",
    " ": "space",
}


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report the words of titles that lost a mark."""
    for fact in facts:
        value = fact.value
        if not isinstance(value, Lost):
            continue
        cased = value.word.lower() == value.body.lower()
        better = value.body if cased else _in_case_of(value.word, value.body)
        lost = next((name for mark, name in _MARKS.items() if value.body.count(mark) > value.word.count(mark)), None)
        change = "has other capitals" if cased else f"lost its {lost}" if lost else "differs by a letter"
        said = "; the body never or seldom writes it as the title does" if value.exact else ""
        span = fact.span
        yield Finding(
            rule=ID,
            key=key,
            message=f'the title has "{value.word}" where {"the body has" if value.exact else "it should have"} "{value.body}"',
            labels=(Label(span, value.word, "variant", better),),
            values=(value.word, value.body),
            ballot=(
                Vote(value.body, *((1, ("body",)) if value.exact else (0, ("spelling",)))),
                Vote(value.word, 1, ("title",)),
            ),
            suggestion=better,
            evidence=(f"the word {change}{said}",),
            confidence=0.9 if value.exact else 0.8,
            fix=None if value.quoted else Fix(False, (Edit(span.path, span.start, span.end, value.word, better),)),
        )


def _in_case_of(word: str, body: str) -> str:
    """Give the body's word with the title's capitals, letter by letter."""
    if [char.lower() for char in word if char.isalpha()] != [char.lower() for char in body if char.isalpha()]:
        return body
    letters = (char for char in word if char.isalpha())
    return "".join(next(letters, char) if char.isalpha() else char for char in body)
