"""One source with its findings, made ready for whatever page it goes on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from ...lint.engine import name_of
from ...lint.judge import Judged
from ...lint.model import SEVERITIES, Group, Sharing, digest
from ...lint.note.claims import Header, Title
from ...lint.times import timeline as times
from .. import Material
from ..words import checked, clip, counted, is_video, of_severity, visible, watch
from . import page, timeline
from .overview import Tally, by_need, group_by, tallies
from .view import Viewer, short

ACROSS = "across notes"
"""Stands for the source of conflicts that are not about one: how a link is spelled, which fields a folder's notes have."""


@dataclass(slots=True)
class Section:
    """One source with its findings; `cards` and `ids` go with `items`."""

    id: str
    key: str
    name: str
    told: str
    hint: str
    lines: tuple[str, ...]
    watch: str
    video: bool
    items: list[Judged]
    cards: list[Markup] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    facts: Group = field(default_factory=lambda: Group("", ()))
    length: int | None = None

    def timeline(self, pages: Mapping[str, str]) -> timeline.Timeline | None:
        """Draw the source's timeline; `pages` has the page of each card that is not on this one."""
        marks: dict[tuple[str, int], timeline.Mark] = {}
        for item, card in zip(self.items, self.ids, strict=True):
            if item.head.family != "timestamp":
                continue
            href = f"{pages.get(card, '')}#{card}"
            for label in item.finding.labels:
                mark = timeline.Mark(href, item.severity, timeline.belongs(label.suggestion))
                marks.setdefault((label.span.path, label.span.start), mark)
        return timeline.draw(self.facts, marks, self.length)


class Sections:
    """The sources that have findings, by key, those that need a person most first.

    `names` and `hints` hold what is known of the sections that were made.
    """

    def __init__(self, material: Material) -> None:
        self.material = material
        whole = {rule.ID for rule in material.rules.values() if not name_of(rule.extract).endswith(".by_source")}
        self.items = group_by(material.judged, lambda item: ACROSS if item.head.rule in whole else item.head.key)
        for items in self.items.values():
            items.sort(key=lambda item: (item.status == "ruled", SEVERITIES.index(item.severity)))
        self.tallies = by_need(tallies(self.items))
        self.names: dict[str, str] = {}
        self.hints: dict[str, str] = {}
        self._sharings: dict[str, list[Sharing]] = defaultdict(list)
        for sharing in material.outcome.sharings:
            self._sharings[sharing.source].append(sharing)

    def make(self, key: str, viewer: Viewer, level: int, *, exact: bool) -> Section:
        """Make the section of a source, its findings under headings of `level`; `exact` measures the source's length."""
        items = self.items[key]
        facts = Group(key, ()) if key == ACROSS else self.material.groups(key)
        section = Section(
            id=slug(key),
            key=visible(key),
            name=_name(key, facts),
            told=_told(facts, Tally(items)),
            hint=_titles(facts, 3),
            lines=_lines(key, facts, self._sharings.get(key, ())),
            watch=checked(watch(key)),
            video=is_video(key),
            items=items,
        )
        self.names[key], self.hints[key] = section.name, section.hint
        length = times.timeline(facts).length if exact and len(facts) else None
        macro = page.parts().card
        for item in items:
            card = viewer.card(item, section.key, length)
            section.ids.append(card.id)
            section.cards.append(macro(card, level))
        section.facts, section.length = facts, length
        return section

    def key_of_notes(self) -> dict[str, str]:
        """Give, for each note that findings lead to, the section that has most of these."""
        counted_by: dict[str, dict[str, int]] = defaultdict(dict)
        for key, items in self.items.items():
            for item in items:
                path = item.head.path
                counted_by[path][key] = counted_by[path].get(key, 0) + 1
        return {path: max(sorted(keys), key=keys.__getitem__) for path, keys in counted_by.items()}


def slug(key: str) -> str:
    """Give a file name for a source that no other source has, on file systems that ignore case too."""
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", key).strip("-")[:60]
    return f"{safe or 'source'}-{digest(key)[:8]}"


def _name(key: str, facts: Group) -> str:
    """Give what a source is called: its official title, else its key; a note alone by its path."""
    if key == ACROSS:
        return "Across the vault"
    titles = sorted({fact.value.passage.text.strip() for fact in facts if isinstance(fact.value, Title)})
    if titles:
        return clip(visible(titles[0]), 160)
    if key.startswith("note:"):
        return visible(short(key[5:]))
    return visible(key)


def _told(facts: Group, tally: Tally) -> str:
    notes = sum(isinstance(fact.value, Header) and fact.value.kind == "note" for fact in facts)
    named = ", ".join(
        of_severity(tally.severity[severity], severity) for severity in SEVERITIES if tally.severity[severity]
    )
    return (f"{counted(notes, 'note')} · " if notes else "") + named


def _lines(key: str, facts: Group, sharings: Sequence[Sharing]) -> tuple[str, ...]:
    """Say which notes are about the source, and why notes that do not say so were put with it."""
    if key == ACROSS:
        return ("Conflicts that are not about one source.",)
    if key.startswith("note:"):
        return (visible(key[5:]),)
    titles = _titles(facts, 5)
    lines = [f"Notes: {titles}"] if titles else []
    for sharing in sharings[:5]:
        why = "; ".join(clip(visible(text), 160) for text in sharing.evidence[:3])
        lines.append(f"{visible(short(sharing.path))} names no source; it was put here because {why}")
    return tuple(lines)


def _titles(facts: Group, most: int) -> str:
    """Give the titles of the first notes on a source."""
    headers: Iterable[Header] = (fact.value for fact in facts if isinstance(fact.value, Header))
    titles = list(dict.fromkeys(header.title or header.stem for header in headers if header.kind == "note"))
    more = f" and {len(titles) - most} more" if len(titles) > most else ""
    return "; ".join(clip(visible(title), 90) for title in titles[:most]) + more
