"""Text stands twice in one note, or words around the note were left in it.

Generated and pasted notes carry what was never meant for their readers: the
whole body a second time, a paragraph that was moved and not removed, a word
that stands twice in a row, "Here is the article you asked for:", a closing
offer of help, a code fence around the whole note, which makes one grey box of
it. As information: what a note says of "the provided transcript", which its
readers never saw, and where it guesses at what was said.

Example: a note whose first line is "Sure, here is the summary:".

Known false alarms: a refrain; a line is reported only when it is long, addresses
aside, and the same to the letter. The minutes of a trial, of which a note says that "the
transcript shows" something.

To fix it, delete what stands there for the second time, or what was said to
the person who asked for the note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Fact, Finding, Group, Label, Scope, Severity
from ..lint.note import texts
from ..lint.note.texts import Spot
from ..lint.note.told import Said, alone

ID = "text-repeated"
SEVERITY: Severity = "warning"
SCOPE: Scope = "note"

extract = texts.by_source

_LEFT = {
    "preamble": 'the note begins with words to the person who asked for it: "{}"',
    "closing": 'the note ends with words to the person who asked for it: "{}"',
    "fence": "a code fence stands around the whole note",
    "doubled-word": 'a word stands twice: "{}"',
}

_MAKING = {
    "talk": Said(
        'the note speaks of the transcript that it was made from: "{}"',
        "the note speaks {n} times of the transcript that it was made from",
        "info",
    ),
    "guess": Said('the note guesses at what was said: "{}"', "the note guesses {n} times at what was said", "info"),
}

# Half of the long lines are the second copy when a body stands twice; headings and short items make it less.
MOST = 0.4


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report leftovers one by one, and repeated lines and talk of the transcript once a note."""
    yield from alone(ID, key, _MAKING, facts)
    again: dict[str, list[Fact]] = defaultdict(list)
    firsts: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if not isinstance(fact.value, Spot):
            continue
        kind = fact.value.kind
        if kind in _LEFT:
            yield Finding(
                rule=ID,
                key=key,
                message=_LEFT[kind].format(_short(fact.value.text)),
                labels=(Label(fact.span, fact.value.text),),
                values=(kind, fact.value.text),
            )
        elif kind == "again":
            again[fact.span.path].append(fact)
        elif kind == "first":
            firsts[fact.span.path].append(fact)
    for path, spots in sorted(again.items()):
        long = int(spots[0].value.detail)
        if len(spots) > 3 and len(spots) >= MOST * long:
            message = f"the body stands twice: {len(spots)} of {long} long lines are repeated"
        elif len(spots) > 1:
            message = f"{len(spots)} lines stand twice"
        else:
            message = f'a line stands twice: "{_short(spots[0].value.text)}"'
        seen = {fact.span.start: fact for fact in firsts[path]}
        yield Finding(
            rule=ID,
            key=key,
            message=message,
            labels=(
                *(Label(fact.span, fact.value.text, "variant") for fact in spots),
                *(Label(fact.span, fact.value.text, "evidence") for _, fact in sorted(seen.items())),
            ),
            values=tuple(sorted({fact.value.text for fact in spots})),
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "..."
