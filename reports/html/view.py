"""A finding as the page shows it: plain values, everything bounded, nothing left to work out in a template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from ...lint.judge import Judged
from ...lint.model import Label, Vote
from ...lint.note.clock import read_time, write_time
from ..words import clip, plain, visible, window
from . import places
from .difference import Piece, about, letters, pieces

OPEN_PLACES = 4
"""Places of a finding that are shown at once; the others open on request."""

MAX_PLACES = 48
"""Places of a finding that are shown with their context; the rest are listed."""

MAX_LISTED = 240
"""Places that are listed at all; the number of the rest is said."""

MAX_NAMED = 60
"""Places of a finding whose notes a filter offers."""

MAX_SIDES = 4
"""Wordings that are set side by side."""

STATUS = {"new": "new", "baseline": "known", "ruled": "ruled"}


@dataclass(slots=True, frozen=True)
class Side:
    """One wording, and where it stands."""

    words: Markup
    places: tuple[Markup, ...]
    more: int


@dataclass(slots=True, frozen=True)
class Choice:
    """One line of a ballot; `share` is in percent of the notes that take part."""

    value: Markup
    notes: int
    share: int
    why: tuple[str, ...]
    holders: tuple[str, ...]
    more: int
    suggested: bool


@dataclass(slots=True, frozen=True)
class Card:
    """One finding.

    `places` are those shown at once, `further` those behind them, `listed`
    those without their context; `hidden` is how many there are but the first
    ones, `unlisted` how many of them are not even listed. `notes` are paths,
    one a line.
    """

    id: str
    fingerprint: str
    rule: str
    summary: str
    rule_href: str
    family: str
    severity: str
    status: str
    status_word: str
    message: str
    key: str
    notes: str
    ballot: tuple[Choice, ...]
    suggestion: str
    sides: tuple[Side, ...]
    places: Markup
    further: Markup
    listed: Markup
    hidden: int
    unlisted: int
    evidence: tuple[str, ...]
    fixable: str
    confidence: int


@dataclass(slots=True)
class Viewer:
    """What turning findings into cards needs to know of the page.

    `link` is the template of a note's address, `lines` gives a note's line,
    `rule_href` where a rule is explained.
    """

    link: str
    lines: Callable[[str, int], str | None]
    summaries: dict[str, str]
    rule_href: Callable[[str], str]
    seen: Counter[str] = field(default_factory=Counter)
    length: int | None = None

    def card(self, item: Judged, section: str, length: int | None = None) -> Card:
        """Give the card of a finding in a section; its source ends after `length` seconds, where that is known."""
        self.length = length
        found = item.finding
        fingerprint = found.fingerprint
        self.seen[fingerprint] += 1
        again = self.seen[fingerprint]
        labels = found.labels
        heads = [self._head(label, found.key, found.family) for label in labels[:MAX_PLACES]]
        shown = [
            places.place(
                head, "" if label.role == "place" else label.role, places.marked(*self._context(label)), _change(label)
            )
            for head, label in zip(heads, labels, strict=False)
        ]
        listed = [self._listed(label) for label in labels[MAX_PLACES:MAX_LISTED]]
        paths = tuple(dict.fromkeys(label.span.path for label in labels))
        return Card(
            id=fingerprint if again == 1 else f"{fingerprint}-{again}",
            fingerprint=fingerprint,
            rule=found.rule,
            summary=self.summaries.get(found.rule, ""),
            rule_href=self.rule_href(found.rule),
            family=found.family,
            severity=item.severity,
            status=item.status,
            status_word=STATUS[item.status],
            message=clip(visible(found.message), 600),
            key=section,
            notes="\n".join(map(visible, paths[:MAX_PLACES])),
            ballot=_ballot(found.ballot, found.suggestion, labels, found.family),
            suggestion=clip(visible(found.suggestion or ""), 400),
            sides=_sides(labels, heads, found.family, found.ballot),
            places=Markup("".join(shown[:OPEN_PLACES])),
            further=Markup("".join(shown[OPEN_PLACES:])),
            listed=Markup("".join(listed)),
            hidden=max(0, len(labels) - OPEN_PLACES),
            unlisted=max(0, len(labels) - MAX_LISTED),
            evidence=tuple(clip(visible(text), 400) for text in found.evidence[:8]),
            fixable="" if found.fix is None else "safe" if found.fix.safe else "unsafe",
            confidence=round(found.confidence * 100),
        )

    def _head(self, label: Label, key: str, family: str) -> str:
        """Give where a place is, and where its source can be heard."""
        span, seconds = label.span, label.seconds
        if family == "timestamp" and label.suggestion:
            repaired = read_time(label.suggestion)
            seconds = seconds if repaired is None else repaired
        if seconds is not None and self.length is not None and seconds > self.length + 60:
            seconds = None  # there is nothing to play past the end
        at = places.where(self.link, span.path, span.line, span.column)
        return at if seconds is None else at + places.play(key, seconds, write_time(seconds))

    def _listed(self, label: Label) -> str:
        span = label.span
        at = places.where(self.link, span.path, span.line, span.column)
        return f"<li>{at} {places.marked('', clip(label.text, 200), '')}{_change(label)}</li>"

    def _context(self, label: Label) -> tuple[str, str, str]:
        """Give what stands before, at and after a place: of its claim, else of its line."""
        text, context, at = label.text, label.context, label.at
        if context:
            for form in (text, plain(text)):
                if context.startswith(form, at):
                    return window(context, at, at + len(form))
            if at >= len(context.rstrip()):
                return window(context + " " + text, len(context) + 1, len(context) + 1 + len(text))
        line = self.lines(label.span.path, label.span.line)
        if line is None:
            return (
                window(context + " " + text, len(context) + 1, len(context) + 1 + len(text))
                if context
                else ("", text, "")
            )
        start = label.span.column - 1
        end = label.span.end_column - 1 if label.span.end_line == label.span.line else len(line)
        return window(line, start, max(start, end))


def named(items: Iterable[Judged]) -> set[str]:
    """Give the paths of the notes that findings name, in the first places of each."""
    return {label.span.path for item in items for label in item.finding.labels[:MAX_NAMED]}


def short(path: str) -> str:
    """Give the name of a note without its folders."""
    return path.rpartition("/")[2] or path


def _ballot(votes: Sequence[Vote], suggestion: str | None, labels: Sequence[Label], family: str) -> tuple[Choice, ...]:
    """Give the choices, best supported first as the rule gave them; letters that differ are marked in names."""
    most = max((vote.notes for vote in votes), default=1) or 1
    by_text: dict[str, dict[str, None]] = {}
    for label in labels:
        by_text.setdefault(label.text, {})[label.span.path] = None
    other = suggestion or (votes[0].value if votes else "")
    choices = []
    for vote in votes[:12]:
        paths = vote.paths or tuple(by_text.get(vote.value, ()))
        value = visible(clip(vote.value, 300))
        cut: list[Piece] = [(0, value)]
        rival = other if vote.value != other else next((v.value for v in votes if v.value != other), "")
        if family == "name" and max(len(value), len(rival)) <= 60 and rival:
            cut = letters(value, visible(rival))
        choices.append(
            Choice(
                value=places.cut(cut),
                notes=vote.notes,
                share=round(100 * vote.notes / most),
                why=tuple(visible(why) for why in vote.why[:4]),
                holders=tuple(visible(short(path)) for path in paths[:3]),
                more=max(0, len(paths) - 3),
                suggested=suggestion is not None and vote.value == suggestion,
            )
        )
    return tuple(choices)


def _sides(labels: Sequence[Label], heads: Sequence[str], family: str, votes: Sequence[Vote]) -> tuple[Side, ...]:
    """Give the distinct wordings of a quote or statement, the words marked in which they differ."""
    if family not in ("quote", "fact"):
        return ()
    texts: dict[str, list[Markup]] = {}
    values: dict[str, tuple[int, int]] = {}
    for label, head in zip(labels, heads, strict=False):
        text = clip(visible(_wording(label, family)), 900)
        if text and (text in texts or len(texts) < MAX_SIDES):
            texts.setdefault(text, []).append(Markup(head))
            if family == "fact" and (value := _value(label, text, votes)) is not None:
                values.setdefault(text, value)
    if len(texts) < 2:
        return ()
    first, *others = texts
    cut: dict[str, list[Piece]] = {}
    for other in others:
        left, cut[other] = pieces(first, other)
        cut.setdefault(first, left)
    for text, (start, end) in values.items():
        cut[text] = about(cut[text], start, end)
    return tuple(
        Side(places.cut(cut[text]), tuple(found[:MAX_SIDES]), max(0, len(found) - MAX_SIDES))
        for text, found in texts.items()
    )


def _value(label: Label, text: str, votes: Sequence[Vote]) -> tuple[int, int] | None:
    """Give where in a statement the value stands that the conflict is about: the place itself, else a value of the ballot."""
    if len(label.text) < len(text) and text.startswith(label.text, label.at):
        return label.at, label.at + len(label.text)
    folded = text.casefold()
    for value in sorted((vote.value for vote in votes), key=len, reverse=True):
        at = folded.find(value.casefold())
        if value and at >= 0:
            return at, at + len(value)
    return None


def _change(label: Label) -> str:
    """Give what should stand at a place, where that is something else."""
    if not label.suggestion or label.suggestion == label.text:
        return ""
    return places.becomes(clip(label.suggestion, 200))


def _wording(label: Label, family: str) -> str:
    if family == "fact":
        return label.context or plain(label.text)
    return plain(label.text)
