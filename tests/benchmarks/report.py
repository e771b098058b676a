"""How long the report takes to build, what its pages weigh, how soon its first page can be used.

`python tests/benchmarks/report.py VAULT` runs `notelint report` on a vault
twice, the second time from a warm index. `--findings N` renders a made-up
vault of N findings instead, in this process, so that rendering alone is
measured. The last line of output is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / ".src"), str(ROOT / "tests")]

BUDGET = {"build_seconds": 10.0, "largest_bytes": 1_500_000, "interactive_ms": 1_000}
"""What the report must keep to on a vault of 4,672 notes."""

LAUNCH = "from notelint.lint.cli import main; main()"


def build(vault: Path, out: Path) -> tuple[float, float]:
    """Report on a vault twice; give the seconds of the cold and of the warm run."""
    taken = []
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tests" / ".src")}
    with tempfile.TemporaryDirectory() as home:
        config = Path(home) / "notelint.toml"
        config.write_text(f"roots = [{json.dumps(str(vault.resolve()))}]\n", encoding="utf-8")
        for _ in range(2):
            started = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", LAUNCH, "report", "-q", "-o", str(out)], cwd=home, env=environment, check=False
            )
            taken.append(time.perf_counter() - started)
            if done.returncode:
                sys.exit(f"notelint report ended with {done.returncode}")
    return taken[0], taken[1]


def render(findings: int, out: Path) -> float:
    """Render a made-up vault; give the seconds that took."""
    import sample

    from notelint.lint.publish import publish, target
    from notelint.reports import html

    made, judged = sample.many(findings)
    material = made.material(judged, title="Benchmark", options={"link": "./notes/{path}#L{line}"})
    to = target(str(out))
    started = time.perf_counter()
    publish(html.pages(material, to.index, to.folder), to)
    return time.perf_counter() - started


def interactive(page: Path, runs: int = 5) -> float | None:
    """Give the median of milliseconds from the navigation's start until the page's script is done; None without a browser."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        for _ in range(runs):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            tab = context.new_page()
            tab.goto(page.resolve().as_uri())
            tab.wait_for_selector("html[data-ready]", state="attached")
            taken.append(float(tab.evaluate("document.documentElement.dataset.ready")))
            context.close()
        browser.close()
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", nargs="?", type=Path)
    parser.add_argument("--findings", type=int, help="render so many made-up findings instead")
    parser.add_argument("--out", type=Path, help="keep the report here")
    given = parser.parse_args()
    if (given.vault is None) == (given.findings is None):
        parser.error("name a vault, or --findings")
    with tempfile.TemporaryDirectory() as scratch:
        out = given.out or Path(scratch) / "report"
        measured: dict[str, float | int | None] = {}
        if given.vault is not None:
            measured["cold_seconds"], measured["build_seconds"] = build(given.vault, out)
        else:
            measured["build_seconds"] = render(given.findings, out)
        sizes = {file: file.stat().st_size for file in out.rglob("*.html")}
        largest = max(sizes, key=sizes.__getitem__)
        measured |= {"pages": len(sizes), "bytes": sum(sizes.values()), "largest_bytes": sizes[largest]}
        measured["interactive_ms"] = interactive(out / "index.html")
        for name, value in measured.items():
            budget = BUDGET.get(name)
            told = (
                "not measured: no Chromium"
                if value is None
                else f"{value:,.2f}"
                if isinstance(value, float)
                else f"{value:,}"
            )
            print(f"{name:16} {told:>14}" + (f"   (at most {budget:,})" if budget else ""))
        print(f"{'largest':16} {largest.relative_to(out)}")
        print(json.dumps(measured))
        missed = [name for name, most in BUDGET.items() if (measured[name] or 0) > most]
        sys.exit(f"over budget: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()
