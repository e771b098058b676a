"""The renderers that people read: text, Markdown and the pages of the HTML report."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from notelint import reports
from notelint.lint.judge import Judged
from notelint.lint.model import Finding, Label
from notelint.lint.publish import MANIFEST, publish, target
from notelint.reports import html, markdown, text, words
from notelint.reports.html import site as site_module
from notelint.reports.html.parting import chunks


class Page(HTMLParser):
    """What a page holds that matters here."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.ids: list[str] = []
        self.links: list[str] = []
        self.assets: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.policy = ""
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self._in = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes |= given.keys()
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.assets += [given[name] for name in ("src", "srcset", "data", "poster", "action") if name in given]
        if tag == "link":
            self.assets.append(given["href"])
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        self._in = tag if tag in self.inline and given.get("type") != "application/json" else ""

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.inline[self._in].append(data)


def made_of(found: tuple[sample.Vault, list[Judged]], **more: Any) -> reports.Material:
    made, judged = found
    return made.material(judged, title="Talks", options={"link": "./notes/{path}#L{line}"}, **more)


def small() -> tuple[sample.Vault, list[Judged]]:
    made = sample.vault(2)
    return made, sample.judged(made)


def heavy() -> tuple[sample.Vault, list[Judged]]:
    """Give one source with 2,000 findings, each with long texts and 300 places."""
    made = sample.vault(1)
    first = sample.judged(made)[0].finding
    labels = tuple(
        Label(label.span, "ä" * 3_000, "variant", "ö" * 500, "ü" * 3_000) for label in first.labels for _ in range(75)
    )
    return made, [
        Judged.of(Finding("quote-wording", first.key, "m" * 5_000 + str(index), labels, (str(index),)), "error")
        for index in range(300)
    ]


CASES = {
    "small": small,
    "many": lambda: sample.many(1_200),
    "heavy": heavy,
    "hostile": sample.hostile,
    "hostile folder": lambda: (sample.hostile()[0], sample.hostile()[1] * 14),
    "nothing": lambda: (sample.vault(1), []),
}


@pytest.fixture(scope="module", params=CASES)
def pages(request: pytest.FixtureRequest) -> dict[str, Page]:
    return {path: Page(source) for path, source in html.pages(made_of(CASES[request.param]()))}


def test_no_page_weighs_more_than_its_budget(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert len(page.source.encode()) <= html.MAX_BYTES, path


def test_every_link_leads_somewhere(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        for link in page.links:
            where, _, fragment = link.partition("#")
            if link.startswith("https://www.youtube.com/watch?v=") or "notes/" in where:
                continue
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(where))) if where else path
            assert to in pages, (path, link)
            if fragment and "=" not in fragment:
                assert fragment in pages[to].ids, (path, link)


def test_ids_are_unique(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path


def test_nothing_is_fetched_and_nothing_but_the_page_s_own_script_may_run(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert all(asset.startswith("data:image/svg+xml,") for asset in page.assets)
        assert page.policy.startswith("default-src 'none'; ")
        assert "unsafe" not in page.policy
        for kind, texts in page.inline.items():
            assert len(texts) == 1
            digest = base64.b64encode(hashlib.sha256(texts[0].encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in page.policy
        assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in page.attributes)
        assert not {"iframe", "img", "object", "embed", "base"} & set(page.tags)


def test_what_notes_bring_is_text(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert "<script>window" not in page.source
        assert "</script><script>" not in page.source
        assert "<img" not in page.source
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", page.source)
        for link in page.links:
            assert re.match(r"(?:https://|\.{0,2}/|#|[\w.-]+\.html)", link), link


def test_every_finding_has_its_permalink(pages: dict[str, Page], request: pytest.FixtureRequest) -> None:
    cards = [card for page in pages.values() for card in re.findall(r'<article class="f" id="([^"]+)"', page.source)]
    judged = CASES[request.node.callspec.params["pages"]]()[1]
    assert len(cards) == len(judged)
    assert {item.finding.fingerprint for item in judged} <= set(cards)


def test_one_page_or_a_folder_is_chosen_by_size() -> None:
    assert [path for path, _ in html.pages(made_of(small()), "report.html", "report/")] == ["report.html"]
    several = [path for path, _ in html.pages(made_of(sample.many(600)), "report.html", "report/")]
    assert several[-1] == "report.html"
    assert all(path.startswith("report/") for path in several[:-1])
    for name in ("report/search.html", "report/sources.html", "report/rules.html", "report/rules/name-spelling.html"):
        assert name in several


def test_the_same_findings_give_the_same_bytes() -> None:
    assert list(html.pages(made_of(sample.many(500)))) == list(html.pages(made_of(sample.many(500))))


def test_a_report_says_what_is_new_and_what_is_settled() -> None:
    page = next(html.pages(made_of(small())))[1]
    assert "7 new since the baseline." in page
    assert "1 conflict settled by a ruling." in page
    assert "Could not be checked: season 1/broken.md" in page


def test_a_timeline_has_the_end_and_arrows_to_where_citations_belong() -> None:
    page = next(html.pages(made_of(small())))[1]
    assert page.count('<figure class="timeline"') == 2
    assert 'class="end"' in page
    assert page.count('class="move"') == 18
    assert "<title>01:28:00 → 00:01:28 · " in page


def test_search_pages_are_parted_when_there_is_too_much_to_find(monkeypatch: pytest.MonkeyPatch) -> None:
    from notelint.reports.html import folder, search

    monkeypatch.setattr(search, "SEARCH_BYTES", 40_000)
    monkeypatch.setattr(folder, "PART_BYTES", 20_000)
    found = dict(html.pages(made_of(sample.many(600))))
    assert "search-2.html" in found
    assert 'data-part="./search-2.html"' in found["search.html"]
    assert "rules/timestamp-shifted-2.html" in found
    assert any(re.fullmatch(r"sources/.*-2\.html", path) for path in found)


def test_a_search_page_knows_the_words_of_others_as_the_script_reads_them() -> None:
    from notelint.reports.html.search import bare

    assert bare("Gödel É") == "godel e"
    assert bare("हिन्दी") == "हनद", "marks that stand beside a letter are marks to the script too"


def test_a_timeline_leads_to_findings_on_further_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    from notelint.reports.html import folder

    monkeypatch.setattr(folder, "PART_BYTES", 20_000)
    made, judged = sample.many(500)
    late = [Judged.of(item.finding, "info" if item.finding.family == "timestamp" else "error") for item in judged]
    found = {path: Page(source) for path, source in html.pages(made_of((made, late)))}
    dots = [
        (path, link)
        for path, page in found.items()
        if path.startswith("sources/")
        for link in re.findall(r'<a class="dot info" href="([^"]+)"', page.source)
    ]
    assert dots
    for path, link in dots:
        name, _, card = link.partition("#")
        to = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        assert to != path
        assert card in found[to].ids


def test_notes_that_name_no_source_share_pages() -> None:
    made = sample.Vault({f"n{index}.md": f"# N{index}\n\nA line of {index} words.\n" for index in range(450)})
    judged = [
        Judged.of(Finding("text-markup", note.key, "odd", (Label(note.span(0, 1), "#"),), (note.path,)), "info")
        for note in made.notes
    ]
    found = [path for path, _ in html.pages(made_of((made, judged)))]
    assert len([path for path in found if path.startswith("sources/")]) == 5


# Links


@pytest.mark.parametrize(
    "link, kept",
    [
        ("https://example.org/a#b", True),
        ("vscode://file/a.md:3", True),
        ("../notes/a.md", True),
        ("#x", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/x", False),
        ("vbscript:x", False),
        ("http://[bad", False),
        ("a.md", False),
    ],
)
def test_a_link_is_kept_only_when_it_can_do_nothing_but_open(link: str, kept: bool) -> None:
    assert words.checked(link) == (link if kept else "")


def test_a_note_s_path_cannot_change_what_its_link_is() -> None:
    assert words.note_link("./{path}#L{line}", "javascript:a?b#c.md", 3, 1) == "./javascript%3Aa%3Fb%23c.md#L3"
    assert words.note_link("{path}", "javascript:alert(1)", 1, 1) == ""
    assert (
        words.note_link("https://example.org/{path}:{column}", "a b/ä.md", 1, 2)
        == "https://example.org/a%20b/%C3%A4.md:2"
    )
    assert words.note_link("", "a.md", 1, 1) == ""


def test_a_source_is_played_where_it_can_be() -> None:
    assert words.watch("dQw4w9WgXcQ", 75) == "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=75s"
    assert words.watch("doi:10.1000/x<y>") == "https://doi.org/10.1000/x%3Cy%3E"
    assert words.watch("example.org/talk?id=1") == "https://example.org/talk?id=1"
    assert words.watch("note:a.md") == ""
    assert words.watch("javascript:alert(1)") == ""


def test_hidden_characters_are_named() -> None:
    assert words.visible("a\u202eb\x1b[1mc\u200bd") == "a⟨U+202E⟩b⟨U+001B⟩[1mc⟨U+200B⟩d"
    assert words.visible("naïve 日本 — é") == "naïve 日本 — é"


def test_a_window_keeps_what_is_marked() -> None:
    before, mark, after = words.window("word " * 200 + "HERE" + " more" * 200, 1_000, 1_004, 100)
    assert mark == "HERE"
    assert before.startswith("…")
    assert after.endswith("…")
    assert len(before) + len(after) <= 110


# Files


def test_a_report_takes_away_its_own_old_pages_and_nothing_else(tmp_path: Path) -> None:
    to = target(str(tmp_path / "out"))
    publish(iter([("sources/a.html", "a"), ("index.html", "i")]), to)
    (tmp_path / "out" / "mine.html").write_text("keep")
    done = publish(iter([("sources/b.html", "b"), ("index.html", "i")]), to)
    assert (done.pages, done.largest) == (2, 1)
    assert not (tmp_path / "out" / "sources" / "a.html").exists()
    assert (tmp_path / "out" / "mine.html").exists()
    (tmp_path / "out" / MANIFEST).write_text("../outside.html\n/etc/x.html\nsources/b.html\n")
    (tmp_path / "outside.html").write_text("keep")
    publish(iter([("index.html", "i")]), to)
    assert (tmp_path / "outside.html").exists()
    assert not (tmp_path / "out" / "sources" / "b.html").exists()


def test_a_file_keeps_its_further_pages_in_a_folder_beside_it(tmp_path: Path) -> None:
    to = target(str(tmp_path / "my.report.html"))
    assert (to.base, to.index, to.folder) == (tmp_path, "my.report.html", "my.report/")
    assert target(str(tmp_path)).index == "index.html"


def test_report_writes_a_page(vault: Path, notelint: Any) -> None:
    (vault / "a.md").write_text('He said so <a data-t="00:13:37">[00:13:57]</a>.\n')
    ran = notelint("report", "--title", "<b>Ours</b>", "-o", "out")
    assert ran.status == 0
    page = (vault / "out" / "index.html").read_text()
    assert "&lt;b&gt;Ours&lt;/b&gt;" in page
    assert 'href="./../a.md#L1"' in page
    ran = notelint("report", "--link", "https://example.org/{path}#L{line}")
    assert ran.status == 0
    assert 'href="https://example.org/a.md#L1"' in (vault / "report.html").read_text()


def test_a_link_to_a_note_escapes_the_folders_on_its_way(tmp_path: Path, notelint: Any) -> None:
    notes = tmp_path / "my {line} #1 50%25"
    notes.mkdir()
    (notes / "notelint.toml").write_text("")
    (notes / "a.md").write_text('He said so <a data-t="00:13:37">[00:13:57]</a>.\n')
    assert notelint("report", "--config", notes / "notelint.toml", "-o", tmp_path / "out.html").status == 0
    assert 'href="./my%20%7Bline%7D%20%231%2050%2525/a.md#L1"' in (tmp_path / "out.html").read_text()


# Markdown


def test_markdown_fits_into_a_comment_and_says_what_is_left_out() -> None:
    said = "".join(markdown.render(made_of(sample.many(1_000))))
    assert len(said) <= 65_536
    assert re.search(r"\d+ more conflicts: `notelint check` shows all of them", said)
    assert said.count("<details") == said.count("</details>")


def test_markdown_of_hostile_notes_is_text() -> None:
    made, judged = sample.hostile()
    said = "".join(markdown.render(made_of((made, judged))))
    outside = re.sub(r"(?s)(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", said)
    assert set(re.findall(r"<(/?\w+)", outside)) <= {
        "details",
        "/details",
        "summary",
        "/summary",
        "code",
        "/code",
        "sub",
        "/sub",
    }
    assert "\u202e" not in said


def test_markdown_calls_nobody() -> None:
    note = sample.vault(1).notes[0]
    finding = Finding("text-markup", note.key, "ask @everyone [x](http://y) #12", (Label(note.span(0, 1), "`@team`"),))
    said = "".join(markdown.render(made_of((sample.vault(1), [Judged.of(finding, "info")]))))
    assert "@everyone" not in said
    assert "`` `@team` ``" in said


def test_markdown_of_nothing_says_so() -> None:
    assert "no conflicts" in "".join(markdown.render(made_of((sample.vault(1), []))))


# Text

NAME = """\
error[name-spelling]: one person under two names: "Ilse Vandermer" in 1 note, "Ilse Vandermeer" in 3
   --> season 1/{key}/2-on-teaching.md:8:1
   8 | Ilse Vandermer runs the workshop.
     | ^^^^^^^^^^^^^^
   ::: season 1/{key}/0-beginnings.md:8:1
   8 | Ilse Vandermeer runs the workshop.
     | ---------------  also season 1/{key}/1-tools-and-habits.md:8:1 and season 1/{key}/3-what-comes-next.md:8:1
   = source: {key} (0-beginnings.md inferred: it shares Okonjo and 4 quotes)
   = evidence: both "runs the workshop"
   = evidence: never together in one note
   = suggestion: Ilse Vandermeer (3 of 4 notes, official title)     notelint explain {fingerprint}

"""


def test_text_shows_places_evidence_and_suggestion() -> None:
    made, judged = small()
    found = judged[0].finding
    expected = (
        NAME.replace("   -->", "  -->")
        .replace("   :::", "  :::")
        .replace("   =", "  =")
        .replace("   8 |", "  8 |")
        .replace("     |", "    |")
    )
    assert "".join(text.render(made_of((made, judged[:1])))) == expected.format(
        key=found.key, fingerprint=found.fingerprint[:8]
    )


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_text_keeps_to_the_width_and_the_place_in_sight(width: int) -> None:
    line = "日本語 " * 40 + "HERE" + " tail" * 60
    made = sample.Vault({"a.md": line + "\n"})
    start = line.index("HERE")
    finding = Finding("text-markup", "note:a.md", "odd", (Label(made.notes[0].span(start, start + 4), "HERE"),))
    shown = "".join(text.render(made_of((made, [Judged.of(finding, "error")]), width=width))).split("\n")
    snippet, carets = shown[2], shown[3]
    assert "HERE" in snippet
    assert text._cells(snippet) <= max(width, text.MIN_WIDTH + 8)
    assert carets.index("^") == text._cells(snippet[: snippet.index("HERE")])


def test_text_is_coloured_only_when_asked_and_notes_cannot_colour_it() -> None:
    made, judged = small()
    assert "\x1b[" not in "".join(text.render(made_of((made, judged))))
    assert "\x1b[1;31merror[name-spelling]\x1b[0m" in "".join(text.render(made_of((made, judged), colour=True)))
    assert "\x1b" not in "".join(text.render(made_of(sample.hostile())))
    assert "\u202e" not in "".join(text.render(made_of(sample.hostile())))


def test_text_counts_at_the_end() -> None:
    assert "".join(text.render(made_of(small()))).endswith("4 errors, 4 warnings, 2 info in 8 notes\n")


def test_the_limit_for_one_page_is_below_the_budget() -> None:
    assert site_module.SINGLE_BYTES < html.MAX_BYTES


# Side by side


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("see [[the_kiln | a kiln]] and [[clay]]", "see a kiln and clay"),
        ("kiln]] is **hot**", "kiln is hot"),
        ("about [[the_kiln | the kiln", "about the kiln"),
    ],
)
def test_markup_is_not_shown_even_where_a_place_begins_or_ends_inside_it(written: str, shown: str) -> None:
    assert words.plain(written) == shown


def test_the_value_of_a_conflict_stands_out_from_other_words() -> None:
    from notelint.reports.html.difference import about, letters, pieces

    left, right = pieces("It has 14,000 visitors a year", "It has 40,000 visitors each year")
    assert left == [(0, "It has "), (2, "14,000"), (0, " visitors "), (2, "a"), (0, " year")]
    assert "".join(words for _, words in right) == "It has 40,000 visitors each year"
    assert about(left, 7, 13) == [(0, "It has "), (2, "14,000"), (0, " visitors "), (1, "a"), (0, " year")]
    left, _ = pieces("Nearly all of the 14,000 came", "Some 40,000 people were seen there")
    assert {kind for kind, words in about(left, 18, 24) if words != "14,000"} == {0}
    assert letters("Vandermeer", "Vandermer") == [(0, "Vanderme"), (2, "e"), (0, "r")]


@given(st.lists(st.integers(1, 400)), st.integers(50, 2_000))
def test_what_is_too_much_for_one_page_is_cut_into_pages_of_about_one_weight(sizes: list[int], limit: int) -> None:
    parts = chunks(sizes, lambda size: size, limit)
    assert [size for part in parts for size in part] == sizes
    share = sum(sizes) / max(1, -(-sum(sizes) // limit))
    assert len(parts) <= max(1, -(-sum(sizes) // limit))
    assert all(abs(sum(part) - share) <= max(sizes) for part in parts) or max(sizes) > share
