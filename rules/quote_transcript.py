"""A quote is not what the transcript of its source says.

Where a transcript stands beside the notes (a `.vtt` or `.srt` file, or a text
with times, named after the source or a note, or named in the front matter as
`transcript:`), it outranks whatever the notes agree on. A quote of five words
and more is looked up in it; what differs is shown with what was said, and
when. Hesitations and words left out do not count, nor do function words.

A quote of which not even half stands anywhere is information only: it may be
read from a slide. Where the transcript ends early, has holes, or is of another
cut (most quotes are not in it), nothing is said.

Example: "the hardest part is guessing the right week" in a note, "the hardest
part is to guess the right month" in the transcript.

Known false alarms: names and numbers that a machine-made transcript has wrong.

To fix it, listen at the time that is given, and quote what was said.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.language.differ import words
from ..lint.language.words import stem
from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims
from ..lint.note.clock import write_time
from ..lint.quotes import quoted
from ..lint.quotes.likeness import negates
from ..lint.quotes.spoken import Match, Transcript, transcript
from ..lint.quotes.wordings import ELLIPSIS, Wording, told, wordings
from ..lint.times.places import label_of_part

ID = "quote-transcript"
SEVERITY: Severity = "warning"
SCOPE: Scope = "vault"

extract = claims.by_source

MIN_WORDS = 5
"""Shorter quotes are terms and turns of phrase; of five words and more, 66 % stood in transcripts to the word."""

NEAR = 0.6
"""Part of a quote's words that stand together in the transcript, from which on it is that utterance."""


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report quotes that the transcript has otherwise or not at all."""
    said = transcript(facts)
    if said is None:
        return
    looked_up = [(wording, _look_up(wording, said)) for wording in wordings(facts) if len(wording.words) >= MIN_WORDS]
    found = sum(1 for _, match in looked_up if match is not None and match.ratio >= 0.8)
    if not found or 2 * found < len(looked_up):
        return  # another cut, or another talk
    for wording, match in looked_up:
        if match is not None and match.ratio >= NEAR:
            if any(_tells(word, match) for word in match.missing):
                yield _differs(key, wording, match)
        elif said.complete:
            votes = (quoted.vote(quoted.form_of(wording), wording.places),)
            yield Finding(
                rule=ID,
                key=key,
                message=f"not in the transcript: {quoted.tally(votes)}",
                labels=tuple(quoted.label(place) for place in wording.places),
                values=(wording.text.strip(),),
                ballot=votes,
                evidence=(f"{found} of {len(looked_up)} quotes stand in the transcript",),
                confidence=0.7,
                severity="info",
            )


def _look_up(wording: Wording, said: Transcript) -> Match | None:
    """Find a quote in the transcript; one with ellipses piece by piece, as good as its worst piece."""
    pieces = [words(piece) for piece in ELLIPSIS.split(wording.places[0].text)]
    long = [piece for piece in pieces if len(piece) >= 3] or [wording.words]
    worst: Match | None = None
    for piece in long:
        match = said.find(piece)
        if match is None:
            return None
        if worst is None or match.ratio < worst.ratio:
            worst = match
    return worst


def _tells(word: str, match: Match) -> bool:
    """Say whether a word that the transcript lacks there changes what was said: not an ending, not a function word."""
    if negates(word):
        return True
    return told(word)[1] > 0 and stem(word) not in {stem(other) for other in match.text.split()}


def _differs(key: str, wording: Wording, match: Match) -> Finding:
    votes = (quoted.vote(quoted.form_of(wording), wording.places),)
    cue = match.cue
    return Finding(
        rule=ID,
        key=key,
        message=f"unlike the transcript: {quoted.tally(votes)}, {quoted.shown(match.text)} in the transcript",
        labels=(
            *(quoted.label(place, suggestion=match.text) for place in wording.places),
            label_of_part(cue, 0, len(cue.value.passage.text), "evidence", seconds=cue.value.start),
        ),
        values=(wording.text.strip(), match.text),
        ballot=votes,
        suggestion=match.text,
        evidence=(
            f"said at {write_time(cue.value.start)}; changed: {quoted.changes(match.text, quoted.form_of(wording))}",
        ),
        confidence=0.9,
    )
