"""A real browser for the report: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sample

from notelint.lint.publish import publish, target
from notelint.reports import html
from notelint.reports.html import folder as folder_module
from notelint.reports.html import search as search_module

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
ARTIFACTS = HERE.parent.parent / "artifacts"
MISSING = "{}: run .ci/browser, or leave these tests out with -m 'not browser'"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the browser; a machine without one fails, it does not skip."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.fail(MISSING.format("no Chromium"))
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.fail(MISSING.format("no Playwright"))
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


class Seen:
    """A page, and everything in it that must not happen."""

    def __init__(self, page: Any, context: Any) -> None:
        self.page = page
        self.context = context
        self.trouble: list[str] = []
        page.on("console", lambda message: self.note(message.type, message.text))
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("dialog", self.dialog)
        page.on("request", lambda request: self.asked(request.url))

    def note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.trouble.append(f"console {kind}: {text}")

    def dialog(self, dialog: Any) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.trouble.append(f"request: {url}")

    def open(self, file: Path, after: str = "") -> Any:
        self.page.goto(file.as_uri() + after)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page

    def shot(self, name: str) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTIFACTS / f"{name}.png")

    def expect(self, locator: Any) -> Any:
        """Wait until something holds of an element."""
        from playwright.sync_api import expect

        return expect(locator)

    def axe(self) -> list[str]:
        """Give what axe-core finds, one line each."""
        if not AXE.exists():
            pytest.fail(MISSING.format("no axe-core"))
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("async () => (await axe.run()).violations")
        return [f"{item['id']}: {node['html'][:200]}" for item in found for node in item["nodes"][:3]]


@pytest.fixture
def visit(chromium: Any) -> Iterator[Any]:
    """Make pages: `visit(width=…, theme=…)`; whatever went wrong in one fails the test."""
    made: list[Seen] = []

    def new(width: int = 1280, theme: str = "light", **more: Any) -> Seen:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, **more)
        context.set_default_timeout(8_000)
        made.append(Seen(context.new_page(), context))
        return made[-1]

    yield new
    trouble = [text for seen in made for text in seen.trouble]
    for seen in made:
        seen.context.close()
    assert not trouble, trouble


def written(folder: Path, found: tuple[sample.Vault, list[Any]], output: str) -> Path:
    """Write a report of a sample and give its first page."""
    made, judged = found
    to = target(str(folder / output))
    material = made.material(judged, title="Workshop talks", options={"link": "./../notes/{path}#L{line}"})
    return publish(html.pages(material, to.index, to.folder), to).index


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = sample.vault(3)
    return written(tmp_path_factory.mktemp("single"), (made, sample.judged(made)), "report.html")


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Report on our own notes as a user would."""
    out = tmp_path_factory.mktemp("seeds") / "report.html"
    command = [sys.executable, "-c", "from notelint.lint.cli import main; main()", "report", "seeds", "-o", str(out)]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent / ".src")}
    subprocess.run(command, cwd=HERE.parent.parent, env=environment, check=True, capture_output=True)
    return out


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder_module, "PART_BYTES", 60_000)  # so that sources and rules take several pages
        patch.setattr(search_module, "SEARCH_BYTES", 25_000)  # and so does the search
        return written(tmp_path_factory.mktemp("folder"), sample.many(600), "report")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("hostile"), sample.hostile(), "report.html")


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made, judged = sample.hostile()
    return written(tmp_path_factory.mktemp("hostile-folder"), (made, judged * 14), "report")
