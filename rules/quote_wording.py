"""Notes quote one utterance in different words.

Quotation marks promise the speaker's very words. Where two notes put
different words between them, at least one has put words into somebody's mouth.
Wordings are taken for one utterance when they share the words that tell
something, and, the fewer these are, stand in like sentences or are cited at
one time; and when they are the same but for a word that may have been heard in
two ways, or sound alike as a whole ("keeper take all", "keep or take all"). A
lost negation and a changed number are named as such.

Where only endings, articles, pronouns or the ends of the quote differ, this is
information: such a quote was bent to its sentence. So it is for quotes of fewer
than four words, which are as often terms, and of fewer than eight that are not
cited within half a minute of each other, which may have been said twice; and
for quotes that keep a frame and say other things in it. A paragraph that quotes
two wordings sets one beside the other, and they are two, even where a third has
much in common with both. What lies where a quote has an ellipsis is left out,
not changed, and another rule's (`quote-truncated`).

Notes in other languages than English are left out.

Example: "the heaviest soil warms last" in one note, "the hardest soil warms
last" in another.

Known false alarms: a speaker who says a thing twice in almost the same words;
a term and its inflected form ("scale up", "scaled up").

To fix it, go back to the recording and quote what was said; or take the
quotation marks away where the note only tells what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims
from ..lint.quotes import quoted
from ..lint.quotes.spoken import Transcript, transcript
from ..lint.quotes.utterances import Likeness, utterances
from ..lint.quotes.wordings import Wording, wordings

ID = "quote-wording"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source

FIT = 2 / 3
"""Share of a longer wording's words or letters that a shorter has at least where one can stand in the other's place."""

_LEADS = {"negation": "one utterance, negated or not", "number": "one utterance with different numbers"}


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report utterances that notes give in different words."""
    facts = claims.in_english(facts)
    every = wordings(facts)
    spoken = transcript(facts)
    for utterance in utterances(facts, "wording"):
        members = sorted((every[index] for index in utterance.wordings), key=_fewest_first)
        lost = utterance.lost
        if lost:  # the two that differ in it are named first
            ends = (every[lost.short], every[lost.long])
            members.sort(key=lambda wording: wording not in ends)
        solid = any(like.solid for like in utterance.pairs)
        said = _said(members, spoken)
        evidence = [f'the transcript has "{quoted.form_of(said)}"'] if said else []
        for like in utterance.pairs[:3]:
            evidence += _evidence(like, every)
        yield quoted.differing(
            ID,
            key,
            _LEADS[lost.lost] if lost else f"one utterance in {len(members)} wordings",
            members,
            suggestion=_fitting(said or (None if lost else _most(members)), members),
            evidence=evidence,
            confidence=0.95 if solid else 0.75,
            severity=None if solid else "info",
        )


def _fewest_first(wording: Wording) -> tuple[int, str]:
    return len(wording.notes), wording.text


def _most(members: list[Wording]) -> Wording | None:
    """Give the wording of most notes, where it has a clear margin: copies of one error are seldom three to one.

    A wording of which others say more may be all that its notes wanted to quote.
    """
    *others, most = members
    clear = len(most.notes) >= 3 and len(most.notes) >= 3 * len(others[-1].notes)
    return most if clear and not any(other.holds(most) for other in others) else None


def _fitting(right: Wording | None, members: list[Wording]) -> str | None:
    """Give a wording as a suggestion if it can stand where the others do: a label is no sentence."""
    if right is None:
        return None
    fits = all(
        _alike(len(right.words), len(other.words)) or _alike(*map(_letters, (right, other))) for other in members
    )
    return quoted.form_of(right) if fits else None


def _alike(one: int, other: int) -> bool:
    return min(one, other) >= FIT * max(one, other)


def _letters(wording: Wording) -> int:
    return len("".join(wording.words))


def _said(members: list[Wording], spoken: Transcript | None) -> Wording | None:
    """Give the wording that the transcript has, if it has one of them alone; it outranks what notes agree on."""
    if spoken is None:
        return None
    have = [wording for wording in members if (match := spoken.find(wording.words)) is not None and match.ratio == 1]
    return have[0] if len(have) == 1 else None


def _evidence(like: Likeness, every: tuple[Wording, ...]) -> Iterator[str]:
    a, b = every[like.short], every[like.long]
    changed = quoted.changes(quoted.form_of(a), quoted.form_of(b))
    if changed:
        yield f"changed: {changed}"
    yield from quoted.nearness(like, every)
