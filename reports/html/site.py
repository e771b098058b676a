"""From judged findings to pages: one page that holds all, or a folder of pages where that would be too much."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from ...lint.judge import Judged
from ...lint.model import SEVERITIES
from .. import Material
from ..words import clip, counted, visible
from . import overview as first_view
from . import page
from .sections import Section, Sections
from .view import STATUS, Viewer, named, short

MAX_BYTES = 1_500_000
"""What a page may weigh; a test holds every page to it."""

SINGLE_FINDINGS = 400
"""More findings than this are not put on one page, whatever they weigh."""

SINGLE_BYTES = 1_100_000
"""Weight of findings up to which one page is tried."""

MAX_OPTIONS = 300
"""Notes and sources that a filter offers by name; the search field finds the rest."""

Choices: TypeAlias = list[tuple[str, str, list[tuple[str, str]]]]
"""Filters: name, label, and (value, text) of each option."""


class Site:
    """A report in the making; `index` is the first page's path, `folder` where the others go ("" or "name/")."""

    def __init__(self, material: Material, index: str, folder: str) -> None:
        self.material = material
        self.index, self.folder = index, folder
        self.title = visible(material.title) or "Conflicts between notes"
        self.judged = material.judged
        self.sections = Sections(material)
        self.rules = {
            rule_id: page.rule_page(material.rules[rule_id])
            for rule_id in sorted({item.head.rule for item in self.judged})
            if rule_id in material.rules
        }

    def pages(self) -> Iterator[tuple[str, str]]:
        """Give the pages as (path, text), the first page last when there are several."""
        if len(self.judged) <= SINGLE_FINDINGS:
            sections = self.all_sections()
            if sum(len(card.encode()) for section in sections for card in section.cards) <= SINGLE_BYTES:
                one = self.single(sections)
                if len(one.encode()) <= MAX_BYTES:
                    yield self.index, one
                    return
        from .folder import Folder

        yield from Folder(self).pages()

    def all_sections(self) -> list[Section]:
        """Make every section for one page."""
        viewer = self.viewer(self.index, lambda rule: f"#rule-{rule}")
        return [self.sections.make(key, viewer, 4, exact=True) for key in self.sections.tallies]

    def single(self, sections: list[Section]) -> str:
        """Give the one page that holds all."""

        def state(name: str, value: str) -> str:
            return "#" + urlencode({name: value})

        links = first_view.Links(
            rule=functools.partial(state, "rule"),
            source=lambda key: state("source", visible(key)),
            note=lambda path: state("note", visible(path)),
            state=state,
            finding=lambda item: "#" + item.fingerprint,
        )
        return self.overview(
            links,
            sections=[(section, section.cards, section.timeline({})) for section in sections],
            choices=self.choices(self.judged, named(self.judged), sources=self.sections.items),
            pages=list(self.rules.values()),
            all_sources="",
            menu=(),
        )

    def overview(self, links: first_view.Links, **more: Any) -> str:
        """Give the first page."""
        outcome = self.material.outcome
        view = first_view.overview(
            self.judged, outcome, self.sections.tallies, self.sections.names, self.sections.hints, links,
            baseline=bool(self.material.options.get("baseline")),
        )  # fmt: skip
        hrefs: dict[str, str] = {severity: links.state("severity", severity) for severity in SEVERITIES}
        hrefs |= {status: links.state("status", status) for status in STATUS}
        shell = self.shell(self.index, self.title) | more
        return page.render("overview.html.j2", **shell, overview=view, hrefs=hrefs, notices=first_view.notices(outcome))

    def viewer(self, path: str, rule_href: Callable[[str], str]) -> Viewer:
        """Give what makes cards for the page at `path`."""
        link = self.material.options.get("link", "")
        if link and ":" not in link.partition("/")[0]:
            up = "../" * path.count("/")
            link = up + link if link.startswith(("../", "./")) else up + "./" + link
        summaries = {rule_id: about.summary for rule_id, about in self.rules.items()}
        return Viewer(link, self.material.lines, summaries, rule_href)

    def shell(self, path: str, heading: str) -> dict[str, Any]:
        """Give what every page shows around its content."""
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
        """Give the pages that every page of a folder leads to: (text, address, whether it is this one)."""
        pages = {
            "Overview": self.index,
            "Sources": f"{self.folder}sources.html",
            "Rules": f"{self.folder}rules.html",
            "Search": f"{self.folder}search.html",
        }
        return [(text, self.to(path, target), target == path) for text, target in pages.items()]

    def to(self, path: str, target: str) -> str:
        """Give the relative address of one page from another."""
        return _relative(posixpath.dirname(path), target)

    def choices(
        self,
        items: Sequence[Judged],
        notes: Collection[str] = (),
        *,
        sources: Collection[str] = (),
        rules: bool = True,
    ) -> Choices:
        """Give the filters that make sense of these findings, which name `notes` (paths) and belong to `sources` (keys)."""
        tally = first_view.Tally(items)
        found: Choices = [("severity", "Any severity", [(s, s) for s in SEVERITIES if tally.severity[s]])]
        found.append(("status", "Any status", [(s, word) for s, word in STATUS.items() if tally.status[s]]))
        if rules:
            found.append(("rule", "Any rule", [(r, r) for r in sorted({item.head.rule for item in items})]))
        if 1 < len(sources) <= MAX_OPTIONS:
            names = self.sections.names
            keys = sorted(sources, key=lambda key: (names.get(key, key), key))
            texts = [(visible(key), clip(names.get(key, visible(key)), 70)) for key in keys]
            found.append(("source", "Any source", texts))
        if 1 < len(notes) <= MAX_OPTIONS:
            texts = [(visible(path), clip(visible(short(path)), 70)) for path in sorted(notes)]
            found.append(("note", "Any note", texts))
        return found


@functools.lru_cache(maxsize=4096)
def _relative(folder: str, target: str) -> str:
    relative = posixpath.relpath(target, folder or ".")
    return quote(relative if relative.startswith(".") else "./" + relative, safe="/.-_~")
