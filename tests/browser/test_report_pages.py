"""The report as its readers meet it, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

CARDS = "article:not([hidden])"


def hash_of(page: Any) -> str:
    return page.evaluate("location.hash.slice(1)")


def count(page: Any, selector: str = CARDS) -> int:
    return page.locator(selector).count()


def test_it_loads_and_says_what_there_is(visit: Any, single: Path) -> None:
    seen = visit()
    page = seen.open(single)
    assert page.title() == "Workshop talks"
    assert "conflicts" in page.locator(".big").inner_text()
    assert count(page) == 15
    seen.shot("single-light")


def test_filters_narrow_and_stay_in_the_address(visit: Any, single: Path) -> None:
    seen = visit()
    page = seen.open(single)
    page.select_option("select[name=rule]", "name-spelling")
    assert count(page) == 3
    assert hash_of(page) == "rule=name-spelling"
    page.select_option("select[name=status]", "baseline")
    assert count(page) == count(page, 'article[data-r="name-spelling"][data-t="baseline"]')
    assert page.locator("#count").inner_text().endswith("of 15 shown")
    page.reload()
    assert page.locator("select[name=rule]").input_value() == "name-spelling"
    assert page.locator("select[name=status]").input_value() == "baseline"
    page.click("#clear")
    assert count(page) == 15
    assert hash_of(page) == ""
    page.select_option("select[name=severity]", "info")
    assert count(page) == 3
    source = page.locator("article").first.get_attribute("data-k")
    page.goto(single.as_uri() + f"#source={source}")
    seen.expect(page.locator(CARDS)).to_have_count(4)


def test_a_bar_of_the_overview_filters(visit: Any, single: Path) -> None:
    seen = visit()
    page = seen.open(single)
    page.click(".bars a:has-text('fact-number')")
    seen.expect(page.locator(CARDS)).to_have_count(3)
    assert page.locator("select[name=rule]").input_value() == "fact-number"


def test_search_reads_every_word_and_forgives_case_and_accents(visit: Any, single: Path) -> None:
    seen = visit()
    page = seen.open(single)
    page.keyboard.press("/")
    page.keyboard.type("VISITORS 14,000")
    seen.expect(page.locator(CARDS)).to_have_count(3)
    page.wait_for_function("location.hash.includes('q=VISITORS')")
    page.fill("#q", "nothing says this")
    page.wait_for_selector("#none:not([hidden])")
    assert count(page) == 0


def test_keys_walk_through_the_findings(visit: Any, single: Path) -> None:
    seen = visit()
    page = seen.open(single)
    page.keyboard.press("j")
    first = page.locator("article[aria-current]").get_attribute("id")
    assert hash_of(page) == first
    page.keyboard.press("j")
    second = page.locator("article[aria-current]").get_attribute("id")
    assert second != first
    page.keyboard.press("k")
    assert page.locator("article[aria-current]").get_attribute("id") == first
    page.keyboard.press("Enter")
    page.wait_for_selector("article[aria-current] .settle dl")
    settle = page.locator("article[aria-current] .settle")
    assert "notelint decide" in settle.inner_text()
    assert "<!-- notelint: allow name-spelling -->" in settle.inner_text()
    seen.shot("single-settle")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_a_permalink_leads_to_its_finding_even_under_a_filter(visit: Any, single: Path) -> None:
    seen = visit()
    page = seen.open(single)
    card = page.locator("article").last.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{single.as_uri()}#{card}")
    page.wait_for_selector(f"article[id='{card}'][aria-current]")
    seen.expect(page.locator(f"article[id='{card}']")).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(f"{single.as_uri()}#rule=name-spelling&at={card}")
    page.wait_for_selector(f"article[id='{card}'][aria-current]")
    assert page.locator(f"article[id='{card}']").is_visible()


def test_a_finding_is_copied_as_markdown(visit: Any, single: Path) -> None:
    seen = visit(permissions=["clipboard-read", "clipboard-write"])
    page = seen.open(single)
    page.locator("article").first.locator("[data-do=markdown]").click()
    page.wait_for_selector(".toast")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("**error · name-spelling**")
    assert "Suggested: `" in text
    assert "notelint explain" in text


def test_a_timeline_shows_the_sentence_of_a_dot(visit: Any, single: Path) -> None:
    seen = visit()
    page = seen.open(single)
    figure = page.locator("figure.timeline").first
    figure.locator("a.dot.error").first.hover()
    said = figure.locator(".say").inner_text()
    assert "→" in said
    assert "spring" in said
    figure.locator(".dot").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.dot')")
    figure.scroll_into_view_if_needed()
    seen.shot("timeline")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_follows_the_system_until_it_is_chosen(visit: Any, single: Path, theme: str) -> None:
    seen = visit(theme=theme)
    page = seen.open(single)

    def dark() -> bool:
        red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
        return int(red) < 128

    assert dark() == (theme == "dark")
    seen.shot(f"single-{theme}")
    page.click("#theme")
    page.click("#theme")
    assert page.locator("#theme").inner_text() == "Theme: dark"
    assert dark()
    page.reload()
    assert dark()


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_and_axe_finds_nothing(visit: Any, single: Path, width: int, theme: str) -> None:
    seen = visit(width=width, theme=theme)
    page = seen.open(single)
    for details in page.locator("details").all()[:40]:
        details.evaluate("details => { details.open = true; }")
    page.wait_for_timeout(50)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    seen.shot(f"single-{width}-{theme}")
    assert seen.axe() == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_report_on_our_own_seeds(visit: Any, seeds: Path, width: int) -> None:
    seen = visit(width=width, theme="dark" if width == 768 else "light")
    page = seen.open(seeds)
    assert count(page) > 5
    assert page.locator("figure.timeline").count() >= 1
    assert page.locator("g.move").count() > 10
    page.fill("#q", "schreer")
    seen.expect(page.locator(CARDS).first).to_contain_text("Schroepfer")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#clear")
    seen.shot(f"seeds-{width}")
    assert seen.axe() == []


def test_every_kind_of_page_in_a_folder_is_sound(visit: Any, folder: Path) -> None:
    base = folder.parent
    source = next(iter(sorted(path for path in (base / "sources").iterdir() if "notes-" not in path.name)))
    pages = [folder, base / "sources.html", base / "rules.html", base / "search.html", source]
    pages += [base / "rules" / "timestamp-shifted.html", base / "rules" / "name-spelling.html"]
    for width in (360, 1280):
        for file in pages:
            seen = visit(width=width)
            page = seen.open(file)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, file
            seen.shot(f"folder-{file.stem if file != source else 'source'}-{width}")
            assert seen.axe() == [], file


def test_a_folder_leads_from_the_overview_to_a_finding_and_back(visit: Any, folder: Path) -> None:
    page = visit().open(folder)
    page.click(".bars a:has-text('quote-wording')")
    page.wait_for_url(lambda url: url.split("#")[0].endswith("rules/quote-wording.html"))
    page.locator(".list a").first.click()
    page.wait_for_selector("article[aria-current]")
    assert page.locator("article[aria-current]").get_attribute("data-r") == "quote-wording"
    page.click("nav >> text=Overview")
    page.wait_for_url(lambda url: url.split("#")[0].endswith("index.html"))


def test_a_dot_of_a_timeline_leads_to_its_finding(visit: Any, folder: Path) -> None:
    source = next(iter(sorted((folder.parent / "sources").glob("*-2.html"))))
    page = visit().open(source.with_name(source.name.replace("-2.html", ".html")))
    assert page.locator("nav.pager").count() == 2
    dot = page.locator("a.dot").first
    card = dot.get_attribute("href").removeprefix("#")
    dot.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"article[id='{card}'][aria-current]")


def test_a_folder_is_searched_from_one_page(visit: Any, folder: Path) -> None:
    page = visit().open(folder.parent / "search.html")
    page.fill("#q", "okonyo error")
    page.fill("#q", "Okonyo")
    page.wait_for_selector("#results a")
    page.wait_for_function("location.hash === '#q=Okonyo'")
    link = page.locator("#results a").last
    card = link.get_attribute("href").partition("#")[2]
    link.click()
    page.wait_for_selector(f"article[id='{card}'][aria-current]")


def test_a_search_page_knows_what_is_on_the_others(visit: Any, folder: Path) -> None:
    seen = visit()
    page = seen.open(folder.parent / "search.html")
    assert page.locator("[data-part]").count() > 2
    last = page.locator("[data-part]").last.get_attribute("href").removeprefix("./")
    other = visit().open(folder.parent / last)
    only = other.evaluate("JSON.parse(document.querySelector('#rows').textContent).sources.at(-1)[1]")
    page.fill("#q", only.upper())
    seen.expect(page.locator("#more")).to_contain_text("Nothing here; look in part")
    page.locator("[data-part]").last.click()
    page.wait_for_selector("#results a")
    assert page.locator("#q").input_value() == only.upper()
    page.fill("#q", "no such words")
    seen.expect(page.locator("#count")).to_have_text("0 found")
    seen.expect(page.locator("#more")).to_have_text("")


def test_the_policy_is_in_force(visit: Any, single: Path) -> None:
    seen = visit()
    page = seen.open(single)
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          try { script.textContent = "window.pwned = 1"; document.body.append(script); } catch (error) { window.refused = String(error); }
          const image = new Image(); image.src = "https://example.invalid/x.png";
          return fetch("https://example.invalid/").catch(() => null);
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("window.refused") is not None
    for directive in ("img-src", "default-src"):
        assert any(directive in text for text in seen.trouble), seen.trouble
    seen.trouble.clear()


@pytest.mark.parametrize("which", ["hostile", "hostile_folder"])
def test_hostile_notes_are_inert(visit: Any, which: str, request: pytest.FixtureRequest) -> None:
    first: Path = request.getfixturevalue(which)
    files = [first]
    if which == "hostile_folder":
        files += sorted(first.parent.rglob("*.html"))[:12]
    for file in files:
        seen = visit()
        page = seen.open(file)
        for details in page.locator("details").all()[:30]:
            details.evaluate("details => { details.open = true; }")
        page.keyboard.press("j")
        page.evaluate(
            """() => { for (const element of document.querySelectorAll("*"))
                 for (const kind of ["mouseover", "focus", "load", "error"]) element.dispatchEvent(new Event(kind, { bubbles: true })); }"""
        )
        assert page.evaluate("window.pwned") is None
        assert page.evaluate("document.querySelectorAll('iframe, img, object, embed, form[action]').length") == 0
        assert page.evaluate("document.scripts.length") <= 2
        bad = page.evaluate(
            """() => [...document.querySelectorAll("a[href], [xlink\\\\:href]")].map((link) => link.protocol || new URL(link.getAttribute("href"), location).protocol)
                 .filter((scheme) => !["file:", "https:", "http:"].includes(scheme))"""
        )
        assert bad == []
        handlers = page.evaluate(
            """() => [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]).filter((a) => a.name.startsWith("on") || a.name === "style").length"""
        )
        assert handlers == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        seen.shot(f"hostile-{file.stem[:20]}")


def test_it_can_be_printed(visit: Any, single: Path) -> None:
    seen = visit()
    page = seen.open(single)
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert page.locator("article").first.is_visible()
