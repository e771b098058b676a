"""A report of many pages: a page for each source and each rule, lists of both, and a search over all."""

from __future__ import annotations

import itertools
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode

from markupsafe import Markup

from ..words import clip, counted, visible
from . import overview as first_view
from . import page
from .parting import Entry, chunks, numbered, pager
from .search import Found, search
from .sections import Section, slug
from .view import STATUS, named, short

if TYPE_CHECKING:
    from .site import Site

PART_BYTES = 450_000
"""Weight of the findings on one page of a source or rule: some 150, as many as anyone reads in one go."""

LISTED = 1_000
"""Sources on one page of their list."""

TOGETHER = 100
"""Findings in notes that name no source are put on pages of about so many."""

EXACT_SOURCES = 60
"""Up to this many sources are measured by comparing their notes; beyond, by what notes and findings state."""

ALONE = "Notes that name no source"

Part: TypeAlias = list[tuple[Section, int, int]]
"""What goes on one page: sections, and which of their cards (first, end)."""


class Folder:
    """The pages of a report that is too much for one."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.sections = site.sections
        self.places = self._places()
        self.page_of = {key: path for path, keys in self.places.items() for key in keys}

    def pages(self) -> Iterator[tuple[str, str]]:
        """Give all pages, the first page last."""
        found: list[Found] = []
        exact = len(self.sections.items) <= EXACT_SOURCES
        for path, keys in self.places.items():
            viewer = self.site.viewer(path, self._rule_link(path))
            made = [self.sections.make(key, viewer, 3, exact=exact) for key in keys]
            parts = _parted(made)
            for number, part in enumerate(parts, 1):
                at = numbered(path, number)
                for key, (section, start, end) in zip(_keys(keys, made, part), part, strict=True):
                    shown = zip(section.items[start:end], section.ids[start:end], strict=True)
                    found.extend(Found(Entry(item, key, at, card), section.name) for item, card in shown)
            yield from self._sources(path, parts)
        entries = [one.entry for one in found]
        yield from self._rules(entries)
        yield from self._source_list()
        yield self._rule_list()
        yield from search(self.site, found)
        yield self.site.index, self._index(entries)

    def _places(self) -> dict[str, list[str]]:
        """Give each source its page, and notes that name no source pages together."""
        places: dict[str, list[str]] = {}
        alone: list[str] = []
        for key in self.sections.tallies:
            if key.startswith("note:"):
                alone.append(key)
            else:
                places[f"{self.site.folder}sources/{slug(key)}.html"] = [key]
        weight, number = 0, 1
        for key in sorted(alone):
            places.setdefault(f"{self.site.folder}sources/notes-{number:03d}.html", []).append(key)
            weight += len(self.sections.items[key])
            if weight >= TOGETHER:
                weight, number = 0, number + 1
        return places

    def _rule_link(self, path: str) -> Callable[[str], str]:
        return lambda rule: self.site.to(path, f"{self.site.folder}rules/{rule}.html")

    def _sources(self, path: str, parts: list[Part]) -> Iterator[tuple[str, str]]:
        for number, part in enumerate(parts, 1):
            at = numbered(path, number)
            shown = [
                (
                    section,
                    section.cards[start:end],
                    section.timeline(_away(section, parts, path)) if start == 0 else None,
                )
                for section, start, end in part
            ]
            items = [item for section, start, end in part for item in section.items[start:end]]
            heading = shown[0][0].name if len(shown) == 1 else ALONE
            text = page.render(
                "source.html.j2",
                **self.site.shell(at, heading),
                sections=shown,
                name=heading,
                pager=pager(path, number, len(parts)),
                choices=self.site.choices(items, named(items), sources=[section.key for section, _, _ in shown]),
            )
            yield at, text

    def _rules(self, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
        by_rule: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_rule[entry.item.head.rule].append(entry)
        for rule in sorted(by_rule):
            path = f"{self.site.folder}rules/{rule}.html"
            rows = [(entry, self._row(path, entry), named([entry.item])) for entry in by_rule[rule]]
            parts = chunks(rows, lambda row: len(row[1].encode()), PART_BYTES)
            about = self.site.rules.get(rule) or page.RulePage(rule, "", (), "")
            for number, part in enumerate(parts, 1):
                groups: dict[str, list[Markup]] = defaultdict(list)
                for entry, row, _ in part:
                    groups[entry.key].append(row)
                at = numbered(path, number)
                text = page.render(
                    "rule.html.j2",
                    **self.site.shell(at, rule),
                    rule=about,
                    groups=[
                        (self.sections.names[key], self.site.to(path, self.page_of[key]), Markup("").join(found))
                        for key, found in groups.items()
                    ],
                    pager=pager(path, number, len(parts)),
                    choices=self.site.choices(
                        [entry.item for entry, _, _ in part],
                        set().union(*(notes for _, _, notes in part)),
                        sources=list(groups),
                        rules=False,
                    ),
                )
                yield at, text

    def _row(self, path: str, entry: Entry) -> Markup:
        item, found = entry.item, entry.item.finding
        notes = list(dict.fromkeys(visible(label.span.path) for label in found.labels[:20]))
        more = f" and {len(notes) - 3} more" if len(notes) > 3 else ""
        row: Markup = page.parts().row(
            f"{self.site.to(path, entry.page)}#{entry.card}",
            clip(visible(found.message), 300),
            item,
            STATUS[item.status],
            visible(entry.key),
            "\n".join(notes),
            ", ".join(map(short, notes[:3])) + more,
        )
        return row

    def _source_list(self) -> Iterator[tuple[str, str]]:
        path = f"{self.site.folder}sources.html"
        links = {key: self.site.to(path, self.page_of[key]) for key in self.sections.tallies}
        rows = first_view.rows(self.sections.tallies, self.sections.names, links, self.sections.hints)
        parts = chunks(rows, lambda _: 1, LISTED)
        for number, part in enumerate(parts, 1):
            at = numbered(path, number)
            text = page.render(
                "list.html.j2",
                **self.site.shell(at, "Sources"),
                name="Sources",
                told=f"{counted(len(rows), 'source')} with findings, those that need a person most first.",
                rows=part,
                pages=(),
                pager=pager(path, number, len(parts)),
            )
            yield at, text

    def _rule_list(self) -> tuple[str, str]:
        path = f"{self.site.folder}rules.html"
        pages = [replace(about, href=self._rule_link(path)(about.id)) for about in self.site.rules.values()]
        told = f"{counted(len(pages), 'rule')} found something."
        shell = self.site.shell(path, "Rules")
        return path, page.render("list.html.j2", **shell, name="Rules", told=told, rows=(), pages=pages, pager=())

    def _index(self, entries: Sequence[Entry]) -> str:
        index = self.site.index
        at: dict[str, str] = {}
        for entry in entries:
            fingerprint = entry.item.fingerprint
            at.setdefault(fingerprint, f"{self.site.to(index, entry.page)}#{entry.card}")
        key_of = self.sections.key_of_notes()
        search = self.site.to(index, f"{self.site.folder}search.html")
        links = first_view.Links(
            rule=self._rule_link(index),
            source=lambda key: self.site.to(index, self.page_of[key]),
            note=lambda path: (
                self.site.to(index, self.page_of[key_of[path]]) + "#" + urlencode({"note": visible(path)})
            ),
            state=lambda name, value: search + "#" + urlencode({name: value}),
            finding=lambda item: at[item.fingerprint],
        )
        all_sources = self.site.to(index, f"{self.site.folder}sources.html")
        return self.site.overview(links, sections=[], choices=[], pages=[], all_sources=all_sources)


def _away(section: Section, parts: Sequence[Part], path: str) -> dict[str, str]:
    """Give the pages of a section's cards that are not on its first page."""
    pages = [
        (number, start, end) for number, part in enumerate(parts, 1) for found, start, end in part if found is section
    ]
    return {
        card: "./" + posixpath.basename(numbered(path, number))
        for number, start, end in pages[1:]
        for card in section.ids[start:end]
    }


def _keys(keys: Sequence[str], made: Sequence[Section], part: Part) -> list[str]:
    """Give the keys of the sections on a page."""
    of_section = {id(section): key for key, section in zip(keys, made, strict=True)}
    return [of_section[id(section)] for section, _, _ in part]


def _parted(sections: Sequence[Section]) -> list[Part]:
    """Cut sections into pages by the weight of their cards."""
    cards = [(section, index) for section in sections for index in range(len(section.cards))]
    parts = []
    for chunk in chunks(cards, lambda card: len(card[0].cards[card[1]].encode()), PART_BYTES):
        shown = (list(run) for _, run in itertools.groupby(chunk, lambda card: id(card[0])))
        parts.append([(run[0][0], run[0][1], run[-1][1] + 1) for run in shown])
    return parts
