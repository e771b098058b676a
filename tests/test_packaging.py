"""What is installed: one package, beside others that own the names of our folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from program import PLUGIN

from notelint.lint import __version__

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path | None = None, status: int = 0) -> str:
    """Run a command without anything of this environment's Python in it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a fresh environment with the wheel, and django-rules, which owns the name `rules`."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder)
    commands = folder / "bin"
    run(commands / "python", "-m", "pip", "install", "--quiet", wheel, "rules")
    return commands


@pytest.mark.slow
def test_the_wheel_holds_one_package_and_all_of_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"notelint", f"notelint-{__version__}.dist-info"}
    assert {name.split("/")[1] for name in names if name.startswith("notelint/")} == {"lint", "rules", "reports"}
    tracked = run(
        "git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "lint", "rules", "reports"
    )
    missing = {f"notelint/{name}" for name in tracked.splitlines()} - set(names)
    assert not missing
    for wanted in ("lint/data/words.tsv", "lint/data/config.schema.json", "lint/py.typed"):
        assert f"notelint/{wanted}" in names
    assert any(name.startswith("notelint/reports/templates/") for name in names)
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


@pytest.mark.slow
def test_the_wheel_runs_beside_a_package_that_owns_the_name_rules(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "notelint", "--version").strip() == f"notelint {__version__}"
    both = "import rules, notelint.rules as ours; print(rules.__name__, len(ours.RULES), rules.predicate.__module__)"
    assert run(installed / "python", "-c", both, cwd=tmp_path).startswith("rules ")
    run(installed / "python", "-m", "pip", "check")


@pytest.mark.slow
def test_the_wheel_does_the_main_job(installed: Path, tmp_path: Path) -> None:
    here = json.loads(run(installed / "notelint", "check", ROOT / "seeds", "--format", "json", cwd=tmp_path, status=1))
    assert here["summary"]["notes"] == 5
    assert here["findings"]
    run(installed / "notelint", "report", ROOT / "seeds", "-o", "report.html", cwd=tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Schroepfer" in page


@pytest.mark.slow
def test_a_rule_of_another_package_runs_and_is_listed(installed: Path, tmp_path: Path) -> None:
    package = tmp_path / "extra"
    package.mkdir()
    (package / "pyproject.toml").write_text(
        '[project]\nname = "notelint-extra"\nversion = "1"\n[tool.setuptools]\npy-modules = ["shouting"]\n'
    )
    (package / "shouting.py").write_text(PLUGIN)
    run(installed / "python", "-m", "pip", "install", "--quiet", package)
    try:
        vault = tmp_path / "vault"
        vault.mkdir()
        (vault / "a.md").write_text("---\nvideo_id: abcdefghijk\n---\n\nTHEY ARE ALL SHOUTING ABOUT IT HERE.\n")
        (vault / "notelint.toml").write_text('plugins = ["shouting"]\n')
        assert "text-shouting" in run(installed / "notelint", "rule", cwd=vault)
        ran = run(installed / "notelint", "check", "--format", "concise", cwd=vault, status=1)
        assert "a.md:5:1: error[text-shouting]: all capitals" in ran
    finally:
        run(installed / "python", "-m", "pip", "uninstall", "--quiet", "--yes", "notelint-extra")
