"""From judged findings to pages: one page that holds all, or a folder of pages where that would be too much."""

from __future__ import annotations

import functools
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from markupsafe import Markup

from ...lint.judge import Judged
from ...lint.model import SEVERITIES, Group, Sharing, digest
from ...lint.note import times
from ...lint.note.claims import Header, Title
from .. import Material
from ..words import checked, clip, counted, is_video, visible, watch
from . import overview as first_view
from . import page, timeline
from .overview import Tally
from .view import FAMILY, STATUS, Viewer, short

MAX_BYTES = 1_500_000
"""What a page may weigh; a test holds every page to it."""

SINGLE_FINDINGS = 400
"""More findings than this are not put on one page, whatever they weigh."""

SINGLE_BYTES = 1_100_000
"""Weight of findings and timelines up to which one page holds them."""

PART_BYTES = 450_000
"""Weight of the findings on one page of a source or rule: some 150, as many as anyone reads in one go."""

SEARCH_BYTES = 1_100_000
"""Weight of what one search page can find."""

MAX_OPTIONS = 300
"""Notes and sources that a filter offers by name; the search field finds the rest."""

EXACT_SOURCES = 60
"""Up to this many sources are measured by comparing their notes; beyond, by what notes and findings state."""

ALONE = "Notes that name no source"


@dataclass(slots=True)
class Section:
    """One source with its findings."""

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
    timeline: Any = None


class Site:
    """A report in the making; `index` is the first page's path, `folder` where the others go ("" or "name/")."""

    def __init__(self, material: Material, index: str, folder: str) -> None:
        self.material = material
        self.index, self.folder = index, folder
        self.title = visible(material.title) or "Conflicts between notes"
        self.judged = material.judged
        self.groups = first_view.group_by_key(self.judged)
        self.sharings: dict[str, list[Sharing]] = defaultdict(list)
        for sharing in material.outcome.sharings:
            self.sharings[sharing.source].append(sharing)
        self.rule_pages = {
            rule_id: page.rule_page(material.rules[rule_id])
            for rule_id in sorted({item.finding.rule for item in self.judged})
            if rule_id in material.rules
        }
        self.tallies = first_view.by_need(first_view.tallies(self.groups))
        self.names: dict[str, str] = {}
        self.hints: dict[str, str] = {}

    def pages(self) -> Iterator[tuple[str, str]]:
        """Give the pages as (path, text), the first page last when there are several."""
        if len(self.judged) <= SINGLE_FINDINGS:
            sections = self.sections_of_single()
            weight = sum(len(card.encode()) for section in sections for card in section.cards)
            weight += sum(len(page.parts().timeline(s.timeline).encode()) for s in sections if s.timeline)
            if weight <= SINGLE_BYTES:
                yield self.index, self.single(sections)
                return
        yield from self.many()

    # One page

    def sections_of_single(self) -> list[Section]:
        viewer = self.viewer(self.index, lambda rule: f"#rule-{rule}")
        return [self.section(key, viewer, 4, exact=True) for key in self.tallies]

    def single(self, sections: list[Section]) -> str:
        return self.overview(
            rule_href=lambda rule: "#" + urlencode({"rule": rule}),
            source_href=lambda key: "#" + urlencode({"source": visible(key)}),
            note_href=lambda path: "#" + urlencode({"note": visible(path)}),
            state_href=lambda name, value: "#" + urlencode({name: value}),
            finding_href=lambda item: "#" + item.finding.fingerprint,
            menu=(),
            sections=sections,
            choices=self.choices(self.judged, sources=True),
            pages=list(self.rule_pages.values()),
            all_sources="",
        )

    # A folder of pages

    def many(self) -> Iterator[tuple[str, str]]:
        exact = len(self.groups) <= EXACT_SOURCES
        places = self.places()
        rows: list[tuple[str, int, int, int, int, tuple[str, int], str]] = []
        by_rule: dict[str, dict[str, list[tuple[Judged, str, str]]]] = defaultdict(lambda: defaultdict(list))
        sources: list[tuple[str, str, str]] = []
        rule_ids = sorted({item.finding.rule for item in self.judged})
        at: dict[str, str] = {}
        of_rule = {rule: index for index, rule in enumerate(rule_ids)}
        for path, keys in places.items():
            viewer = self.viewer(path, lambda rule, path=path: self.to(path, f"{self.folder}rules/{rule}.html"))
            sections = [self.section(key, viewer, 3, exact=exact) for key in keys]
            parts = _parted(sections)
            for number, part in enumerate(parts, 1):
                mine = self.numbered(path, number)
                for section, start, end in part:
                    base = len(sources)
                    sources.append((section.name, visible(section.key), self.to(self.search_path(1), path)))
                    for item, card_id in zip(section.items[start:end], section.ids[start:end], strict=True):
                        found = item.finding
                        message = clip(visible(found.message), 200)
                        extra = " ".join(dict.fromkeys(visible(short(label.span.path)) for label in found.labels[:6]))
                        rows.append(
                            (
                                message,
                                of_rule[found.rule],
                                SEVERITIES.index(item.severity),
                                list(STATUS).index(item.status),
                                base,
                                (card_id, number if number > 1 else 0),
                                clip(extra, 160),
                            )
                        )
                        by_rule[found.rule][found.key].append((item, card_id, mine))
                        at.setdefault(found.fingerprint, self.to(self.index, mine) + "#" + card_id)
            yield from self.source_pages(path, parts)
        yield from self.rule_pages_of(by_rule)
        yield from self.source_list(places)
        yield from self.rule_list()
        yield from self.search(rows, rule_ids, sources)
        where = {key: path for path, keys in places.items() for key in keys}
        key_of_note = {
            path: max(sorted(keys), key=keys.count)
            for path, keys in (
                (path, [item.finding.key for item in items])
                for path, items in first_view.group_by_note(self.judged).items()
            )
        }
        yield (
            self.index,
            self.overview(
                rule_href=lambda rule: self.to(self.index, f"{self.folder}rules/{rule}.html"),
                source_href=lambda key: self.to(self.index, where[key]),
                note_href=lambda path: (
                    self.to(self.index, where[key_of_note[path]]) + "#" + urlencode({"note": visible(path)})
                ),
                state_href=lambda name, value: (
                    self.to(self.index, self.search_path(1)) + "#" + urlencode({name: value})
                ),
                finding_href=lambda item: at[item.finding.fingerprint],
                menu=self.menu(self.index),
                sections=[],
                choices=(),
                pages=[],
                all_sources=self.to(self.index, f"{self.folder}sources.html"),
            ),
        )

    def places(self) -> dict[str, list[str]]:
        """Give each source its page, and notes that name no source pages together."""
        places: dict[str, list[str]] = {}
        alone: list[str] = []
        for key in self.tallies:
            if key.startswith("note:"):
                alone.append(key)
            else:
                places[f"{self.folder}sources/{slug(key)}.html"] = [key]
        weight, number = 0, 1
        for key in sorted(alone):
            path = f"{self.folder}sources/notes-{number:03d}.html"
            places.setdefault(path, []).append(key)
            weight += len(self.groups[key])
            if weight >= 100:
                weight, number = 0, number + 1
        return places

    def source_pages(self, path: str, parts: list[_Part]) -> Iterator[tuple[str, str]]:
        for number, part in enumerate(parts, 1):
            mine = self.numbered(path, number)
            shown = [
                Section(
                    section.id, section.key, section.name, section.told, section.hint, section.lines, section.watch, section.video,
                    section.items[start:end], section.cards[start:end], section.ids[start:end],
                    section.timeline if start == 0 else None,
                )
                for section, start, end in part
            ]  # fmt: skip
            items = [item for section in shown for item in section.items]
            heading = shown[0].name if len(shown) == 1 else ALONE
            yield (
                mine,
                page.render(
                    "source.html.j2",
                    **self.shell(mine, heading),
                    sections=shown,
                    name=heading,
                    pager=self.pager(path, number, len(parts)),
                    choices=self.choices(items, sources=len(shown) > 1),
                ),
            )

    def rule_pages_of(
        self, by_rule: Mapping[str, Mapping[str, list[tuple[Judged, str, str]]]]
    ) -> Iterator[tuple[str, str]]:
        macro = page.parts().row
        for rule in sorted(by_rule):
            path = f"{self.folder}rules/{rule}.html"
            entries: list[tuple[str, Judged, Markup]] = []
            for key in (key for key in self.tallies if key in by_rule[rule]):
                for item, card_id, at in by_rule[rule][key]:
                    found = item.finding
                    notes = tuple(dict.fromkeys(visible(label.span.path) for label in found.labels[:20]))
                    message = clip(visible(found.message), 300)
                    href = f"{self.to(path, at)}#{card_id}"
                    entries.append(
                        (key, item, macro(href, message, item, STATUS[item.status], visible(key), notes, short))
                    )
            parts = _chunks(entries, lambda entry: len(entry[2].encode()), PART_BYTES)
            about = self.rule_pages.get(rule) or page.RulePage(rule, "", (), "")
            for number, part in enumerate(parts, 1):
                groups: dict[str, list[Markup]] = defaultdict(list)
                for key, _, row in part:
                    groups[key].append(row)
                first_page_of = {key: by_rule[rule][key][0][2] for key in groups}
                mine = self.numbered(path, number)
                yield (
                    mine,
                    page.render(
                        "rule.html.j2",
                        **self.shell(mine, rule),
                        rule=about,
                        groups=[
                            (self.names[key], self.to(path, first_page_of[key]), Markup("").join(items))
                            for key, items in groups.items()
                        ],
                        pager=self.pager(path, number, len(parts)),
                        choices=self.choices([item for _, item, _ in part], sources=True, rules=False),
                    ),
                )

    def source_list(self, places: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
        path = f"{self.folder}sources.html"
        where = {key: place for place, keys in places.items() for key in keys}
        rows = first_view.rows(
            self.tallies,
            self.names,
            {key: self.to(path, where[key]) for key in self.tallies},
            self.hints,
        )
        parts = _chunks(rows, lambda _: 1, 1_000)
        for number, part in enumerate(parts, 1):
            mine = self.numbered(path, number)
            yield (
                mine,
                page.render(
                    "list.html.j2",
                    **self.shell(mine, "Sources"),
                    name="Sources",
                    told=f"{counted(len(rows), 'source')} with findings, those that need a person most first.",
                    rows=part,
                    pages=(),
                    pager=self.pager(path, number, len(parts)),
                ),
            )

    def rule_list(self) -> Iterator[tuple[str, str]]:
        path = f"{self.folder}rules.html"
        pages = [
            page.RulePage(about.id, about.summary, (), f"rules/{about.id}.html") for about in self.rule_pages.values()
        ]
        yield (
            path,
            page.render(
                "list.html.j2",
                **self.shell(path, "Rules"),
                name="Rules",
                told=f"{counted(len(pages), 'rule')} found something.",
                rows=(),
                pages=pages,
                pager=(),
            ),
        )

    def search(
        self, rows: Sequence[tuple[Any, ...]], rules: list[str], sources: list[tuple[str, str, str]]
    ) -> Iterator[tuple[str, str]]:
        parts = _chunks(rows, lambda row: len(row[0].encode()) + len(row[6].encode()) + 60, SEARCH_BYTES)
        for number, part in enumerate(parts, 1):
            path = self.search_path(number)
            low, high = part[0][4], part[-1][4]
            data = {
                "rules": rules,
                "severities": SEVERITIES,
                "statuses": list(STATUS),
                "sources": sources[low : high + 1],
                "rows": [(*row[:4], row[4] - low, *row[5:]) for row in part],
            }
            pager = [
                (f"Part {other}", posixpath.basename(self.search_path(other)), other == number)
                for other in range(1, len(parts) + 1)
            ]
            told = "Messages, values, sources and notes."
            if len(parts) > 1:
                told += f" Part {number} of {len(parts)}: {part[0] and sources[low][0]} to {sources[high][0]}."
            yield (
                path,
                page.render(
                    "search.html.j2",
                    **self.shell(path, "Search"),
                    told=told,
                    data=page.data(data),
                    pager=pager,
                    choices=self.choices(self.judged, notes=False),
                ),
            )

    # What pages share

    def section(self, key: str, viewer: Viewer, level: int, *, exact: bool) -> Section:
        """Give a source with its cards and timeline."""
        items = self.groups[key]
        facts = self.material.groups(key)
        section = Section(
            id=slug(key),
            key=visible(key),
            name=_name(key, facts),
            told=_told(facts, Tally(items)),
            hint=_titles(facts, 3),
            lines=_lines(key, facts, self.sharings.get(key, ())),
            watch=checked(watch(key)),
            video=is_video(key),
            items=items,
        )
        self.names[key] = section.name
        self.hints[key] = section.hint
        macro = page.parts().card
        marks: dict[tuple[str, int], timeline.Mark] = {}
        for item in items:
            card = viewer.card(item, item.finding.fingerprint)
            section.ids.append(card.id)
            section.cards.append(macro(card, level))
            if item.finding.family == "timestamp":
                for label in item.finding.labels:
                    marks.setdefault(
                        (label.span.path, label.span.start),
                        timeline.Mark(card.id, item.severity, timeline.belongs(label.suggestion)),
                    )
        length = times.timeline(facts).length if exact and len(facts) else None
        section.timeline = timeline.draw(facts, marks, length)
        return section

    def overview(
        self, *, rule_href: Any, source_href: Any, note_href: Any, state_href: Any, finding_href: Any, **more: Any
    ) -> str:
        material = self.material
        whole = Tally(self.judged)
        headline, sentences = first_view.headline(
            self.judged,
            material.outcome.notes,
            material.outcome.sources,
            bool(material.options.get("baseline")) or whole.status["baseline"] > 0,
        )
        by_rule: dict[str, list[Judged]] = defaultdict(list)
        for item in self.judged:
            by_rule[item.finding.rule].append(item)
        rules = first_view.by_family(first_view.tallies(by_rule))
        bars = first_view.rows(rules, {}, {rule: rule_href(rule) for rule in rules}, {})
        named: set[str] = set()
        for index, rule in enumerate(rules):
            family = FAMILY.get(rule.partition("-")[0], "Other")
            if family not in named:
                named.add(family)
                bars[index] = replace(bars[index], family=family)
        top = dict(list(self.tallies.items())[: first_view.MAX_ROWS])
        notes = first_view.by_need(first_view.tallies(first_view.group_by_note(self.judged)))
        notes = dict(list(notes.items())[: first_view.MAX_ROWS])
        several = sum(whole.status[status] > 0 for status in STATUS) > 1
        view = first_view.Overview(
            headline,
            sentences,
            tuple((severity, whole.severity[severity]) for severity in SEVERITIES if whole.severity[severity]),
            tuple((status, whole.status[status]) for status in STATUS if whole.status[status] and several),
            self.fresh(finding_href) if several else (),
            max(0, whole.status["new"] - first_view.MAX_FRESH),
            tuple(bars),
            tuple(
                first_view.rows(
                    top,
                    {key: self.names.get(key, visible(key)) for key in top},
                    {key: source_href(key) for key in top},
                    self.hints,
                )
            ),
            tuple(
                first_view.rows(
                    notes,
                    {path: visible(short(path)) for path in notes},
                    {path: note_href(path) for path in notes},
                    {path: visible(posixpath.dirname(path)) for path in notes},
                )
            ),
        )
        hrefs: dict[str, str] = {severity: state_href("severity", severity) for severity in SEVERITIES}
        hrefs |= {status: state_href("status", status) for status in STATUS}
        notices = [
            f"{visible(failure.path)}: {visible(clip(failure.message, 300))}"
            for failure in material.outcome.failures[:50]
        ]
        if len(material.outcome.failures) > 50:
            notices.append(f"and {len(material.outcome.failures) - 50} more that could not be checked")
        notices += [visible(clip(notice, 300)) for notice in material.outcome.notices[:20]]
        shell = self.shell(self.index, self.title) | {"menu": more.pop("menu")}
        return page.render("overview.html.j2", **shell, overview=view, hrefs=hrefs, notices=notices, **more)

    def fresh(self, href: Any) -> tuple[first_view.Fresh, ...]:
        new = [item for item in self.judged if item.status == "new"]
        new.sort(key=lambda item: SEVERITIES.index(item.severity))
        return tuple(
            first_view.Fresh(
                clip(visible(item.finding.message), 200),
                href(item),
                item.severity,
                item.finding.rule,
                visible(short(item.finding.labels[0].span.path)),
            )
            for item in new[: first_view.MAX_FRESH]
        )

    def viewer(self, path: str, rule_href: Any) -> Viewer:
        link = self.material.options.get("link", "")
        if link and ":" not in link.partition("/")[0]:
            up = "../" * path.count("/")
            link = up + link if link.startswith(("../", "./")) else up + "./" + link
        summaries = {rule_id: about.summary for rule_id, about in self.rule_pages.items()}
        return Viewer(link, self.material.lines, summaries, rule_href)

    def shell(self, path: str, heading: str) -> dict[str, Any]:
        return {
            "title": self.title,
            "heading": heading if heading == self.title else f"{heading} · {self.title}",
            "version": self.material.version,
            "home": self.to(path, self.index),
            "brand": "notelint" if heading == self.title else self.title,
            "menu": self.menu(path),
            "footing": f"{counted(self.material.outcome.notes, 'note')} checked",
        }

    def menu(self, path: str) -> list[tuple[str, str, bool]]:
        pages = (
            ("Overview", self.index),
            ("Sources", f"{self.folder}sources.html"),
            ("Rules", f"{self.folder}rules.html"),
            ("Search", self.search_path(1)),
        )
        return [(text, self.to(path, target), target == path) for text, target in pages]

    def search_path(self, number: int) -> str:
        return self.numbered(f"{self.folder}search.html", number)

    def numbered(self, path: str, number: int) -> str:
        return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"

    def pager(self, path: str, number: int, parts: int) -> list[tuple[str, str, bool]]:
        return [
            (f"Part {other}", "./" + quote(posixpath.basename(self.numbered(path, other))), other == number)
            for other in range(1, parts + 1)
        ]

    def to(self, path: str, target: str) -> str:
        """Give the relative address of one page from another."""
        return _relative(posixpath.dirname(path), target)

    def choices(
        self, items: Sequence[Judged], *, sources: bool = False, rules: bool = True, notes: bool = True
    ) -> Choices:
        """Give the filters that these findings make sense of: (name, label, [(value, text)])."""
        tally = Tally(items)
        found: Choices = [("severity", "Any severity", [(s, s) for s in SEVERITIES if tally.severity[s]])]
        found.append(("status", "Any status", [(s, word) for s, word in STATUS.items() if tally.status[s]]))
        if rules:
            found.append(("rule", "Any rule", [(r, r) for r in sorted({item.finding.rule for item in items})]))
        if sources:
            keys = sorted({item.finding.key for item in items}, key=lambda key: self.names.get(key, key))
            if len(keys) <= MAX_OPTIONS:
                texts = [(visible(key), clip(self.names.get(key, visible(key)), 70)) for key in keys]
                found.append(("source", "Any source", texts))
        if notes:
            paths = sorted({label.span.path for item in items for label in item.finding.labels[:60]})
            if len(paths) <= MAX_OPTIONS:
                found.append(("note", "Any note", [(visible(path), clip(visible(short(path)), 70)) for path in paths]))
        return found


Choices: TypeAlias = list[tuple[str, str, list[tuple[str, str]]]]
_Part: TypeAlias = list[tuple[Section, int, int]]


@functools.lru_cache(maxsize=4096)
def _relative(folder: str, target: str) -> str:
    relative = posixpath.relpath(target, folder or ".")
    return quote(relative if relative.startswith(".") else "./" + relative, safe="/.-_~")


def _parted(sections: Sequence[Section]) -> list[_Part]:
    """Cut sections into pages by the weight of their cards: (section, first card, end)."""
    parts: list[_Part] = [[]]
    room = PART_BYTES
    for section in sections:
        start = 0
        for index, card in enumerate(section.cards):
            size = len(card.encode())
            if size > room and (index > start or parts[-1]):
                if index > start:
                    parts[-1].append((section, start, index))
                parts.append([])
                start, room = index, PART_BYTES
            room -= size
        parts[-1].append((section, start, len(section.cards)))
    return [part for part in parts if part]


def _chunks(items: Sequence[Any], weigh: Any, limit: int) -> list[list[Any]]:
    chunks: list[list[Any]] = [[]]
    room = limit
    for item in items:
        size = weigh(item)
        if size > room and chunks[-1]:
            chunks.append([])
            room = limit
        chunks[-1].append(item)
        room -= size
    return [chunk for chunk in chunks if chunk]


def slug(key: str) -> str:
    """Give a file name for a source that no other source has, on file systems that ignore case too."""
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", key).strip("-")[:60]
    return f"{safe or 'source'}-{digest(key)[:8]}"


def _name(key: str, facts: Group) -> str:
    """Give what a source is called: its official title, else its key; a note alone by its path."""
    titles = sorted({fact.value.passage.text.strip() for fact in facts if isinstance(fact.value, Title)})
    if titles:
        return clip(visible(titles[0]), 160)
    if key.startswith("note:"):
        return visible(short(key[5:]))
    return visible(key)


def _told(facts: Group, tally: Tally) -> str:
    notes = sum(isinstance(fact.value, Header) and fact.value.kind == "note" for fact in facts)
    named = ", ".join(
        counted(tally.severity[severity], severity, severity if severity == "info" else "")
        for severity in SEVERITIES
        if tally.severity[severity]
    )
    return (f"{counted(notes, 'note')} · " if notes else "") + named


def _lines(key: str, facts: Group, sharings: Sequence[Sharing]) -> tuple[str, ...]:
    """Say which notes are about the source, and why notes that do not say so were put with it."""
    lines = []
    if not key.startswith("note:"):
        titles = _titles(facts, 5)
        if titles:
            lines.append("Notes: " + titles)
    else:
        lines.append(visible(key[5:]))
    for sharing in sharings[:5]:
        why = "; ".join(clip(visible(text), 160) for text in sharing.evidence[:3])
        lines.append(f"{visible(short(sharing.path))} names no source; it was put here because {why}")
    return tuple(lines)


def _titles(facts: Group, most: int) -> str:
    """Give the titles of the first notes on a source."""
    titles = list(
        dict.fromkeys(
            fact.value.title or fact.value.stem
            for fact in facts
            if isinstance(fact.value, Header) and fact.value.kind == "note"
        )
    )
    more = f" and {len(titles) - most} more" if len(titles) > most else ""
    return "; ".join(clip(visible(title), 90) for title in titles[:most]) + more
