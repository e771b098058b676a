"""How findings on quotes say what they found: forms, votes, labels and evidence, alike in all quote rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..language.differ import difference
from ..model import Finding, Label, Severity, Vote
from ..note.clock import write_time
from .utterances import Likeness
from .wordings import Place, Wording

SHOWN = 90
"""Code points of a quote that a message shows; the rest is an ellipsis."""

CHANGES = 4
"""Changes that one sentence of evidence names."""

PLACES = 60
"""Places of one finding; past that a list helps nobody."""

_STYLES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_EDGE = " ,.;:-"
_SPACES = re.compile(r"\s+")


def form(text: str) -> str:
    """Give a quote without what a house style adds: curly marks, the comma or stop at its end, runs of spaces."""
    text = _SPACES.sub(" ", text.translate(_STYLES))
    trailing = text.endswith(("...", "…"))
    return text.replace("...", "…").strip(_EDGE + "…") + ("…" if trailing else "")


def form_of(wording: Wording) -> str:
    """Give the form in which most places have a wording; among equals the first."""
    counted = Counter(form(place.text) for place in wording.places)
    return max(counted, key=lambda text: (counted[text], not text[:1].isupper(), -len(text), text))


def shown(text: str) -> str:
    """Give a quote in its marks for a message, cut to what fits a line."""
    if len(text) > SHOWN:
        text = text[: SHOWN - 1].rstrip() + "…"
    return f'"{text}"'


def tally(votes: Sequence[Vote]) -> str:
    """Name competing forms with the notes that have them: `"A" in 1 note, "B" in 3`; of many the first three."""
    named = [
        f"{shown(vote.value)} in {vote.notes}" + (f" note{'s' if vote.notes != 1 else ''}" if not index else "")
        for index, vote in enumerate(votes[:3])
    ]
    return ", ".join(named) + (f" and {len(votes) - 3} more" if len(votes) > 3 else "")


def vote(text: str, places: Iterable[Place], why: tuple[str, ...] = ()) -> Vote:
    """Give the vote of the notes that have a form."""
    paths = tuple(sorted({place.path for place in places}))
    return Vote(text, len(paths), why, paths)


def label(place: Place, role: str = "variant", suggestion: str | None = None) -> Label:
    """Label a quote, with what stands around it."""
    quote, passage = place.fact.value, place.fact.value.passage
    return Label(
        place.fact.span,
        passage.verbatim(),
        role,
        suggestion,
        quote.before + passage.text + quote.after,
        len(quote.before),
        place.seconds,
    )


def labels(groups: Iterable[Sequence[Place]]) -> tuple[Label, ...]:
    """Label the places of several forms, in their order; of many the first of each."""
    every = list(groups)
    share = max(1, PLACES // max(1, len(every)))
    if sum(map(len, every)) > PLACES:
        every = [places[:share] for places in every]
    return tuple(label(place) for places in every for place in places)


def differing(
    rule: str,
    key: str,
    lead: str,
    members: Sequence[Wording],
    *,
    evidence: Sequence[str],
    confidence: float,
    severity: Severity | None,
    suggestion: str | None = None,
) -> Finding:
    """Report one utterance in the wordings that notes give of it, which are named in their order."""
    votes = tuple(vote(form_of(wording), wording.places) for wording in members)
    return Finding(
        rule=rule,
        key=key,
        message=f"{lead}: {tally(votes)}",
        labels=labels(wording.places for wording in members),
        values=tuple(wording.text.strip() for wording in members),
        ballot=votes[::-1],
        suggestion=suggestion,
        evidence=tuple(evidence),
        confidence=confidence,
        severity=severity,
    )


def changes(a: str, b: str) -> str:
    """Say in words how `b` differs from `a`, or "" where no word does."""
    said = []
    for op in difference(a, b):
        before, after = a[op.a_start : op.a_end], b[op.b_start : op.b_end]
        if op.tag == "replace":
            said.append(f"{shown(before)} against {shown(after)}")
        elif op.tag == "insert":
            said.append(f"{shown(after)} added")
        elif op.tag == "delete":
            said.append(f"{shown(before)} left out")
    return "; ".join(said[:CHANGES]) + (f"; {len(said) - CHANGES} more changes" if len(said) > CHANGES else "")


def nearness(like: Likeness, every: Sequence[Wording]) -> list[str]:
    """Say what ties two wordings together besides the words: times and the sentences around."""
    seconds, shared = like.seconds, like.shared
    places = (*every[like.short].places, *every[like.long].places)
    said = []
    if seconds is not None and seconds <= 60:
        first = min((place.seconds for place in places if place.seconds is not None), default=0)
        near = f"within {seconds} s of each other" if seconds else "at the same second"
        said.append(f"cited {near}, first at {write_time(first)}")
    if len(shared) >= 2:
        said.append("the sentences around share " + ", ".join(shared[:6]))
    if like.rest:
        said.append("what the shorter leaves out stands beside it")
    return said
