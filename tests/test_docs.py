"""What is written about the program is true: made pages, tables, examples, addresses."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
import yaml
from program import Notelint

from notelint.lint import __version__, config
from notelint.lint.cli import commands
from notelint.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_made_pages_are_up_to_date(build: ModuleType) -> None:
    stale = [
        str(file.relative_to(ROOT))
        for file, made in build.pages()
        if not file.is_file() or file.read_text("utf-8") != made
    ]
    assert not stale, "run python docs/build.py"


def test_every_rule_stands_in_the_readme_and_has_a_page() -> None:
    readme = text("README.md")
    for rule in RULES:
        assert f"[`{rule.ID}`](docs/rules/{rule.ID}.md)" in readme
        assert (ROOT / "docs" / "rules" / f"{rule.ID}.md").is_file()


def test_every_command_stands_in_the_readme() -> None:
    readme = text("README.md")
    for name in commands.COMMANDS:
        assert f"notelint {name}`" in readme or f"`{name}`" in readme, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    body = re.sub(r"^(`{3,}).*?^\1$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", body):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_settings_in_the_pages_are_settings() -> None:
    for page in ("README.md", "docs/configuration.md"):
        for block in re.findall(r"```toml\n(.*?)```", text(page), re.DOTALL):
            config.parse(tomllib.loads(block), Path(page))


def test_hooks_in_the_readme_are_hooks() -> None:
    (block,) = re.findall(r"```yaml\n(repos:.*?)```", text("README.md"), re.DOTALL)
    ids = {hook["id"] for hook in yaml.safe_load(text(".pre-commit-hooks.yaml"))}
    assert {hook["id"] for hook in yaml.safe_load(block)["repos"][0]["hooks"]} <= ids
    assert set(re.findall(r"- id: ([\w-]+)", block)) == ids


def test_options_in_the_pages_are_options() -> None:
    for page in PAGES:
        for name, rest in re.findall(r"\bnotelint ([a-z]+)((?: [^`\n|&]*)?)", page.read_text(encoding="utf-8")):
            if name not in commands.COMMANDS:
                continue
            command = commands.notelint.get_command(None, name)  # type: ignore[arg-type]
            assert command is not None
            known = {option for parameter in command.params for option in parameter.opts}
            for option in re.findall(r"(?<=\s)--[a-z-]+", rest):
                assert option in known, f"{page.name}: notelint {name} {option}"


def test_the_changelog_has_the_version() -> None:
    assert f"## {__version__}\n" in text("CHANGELOG.md")


# the schema of the configuration

SCHEMA = json.loads((ROOT / "lint" / "data" / "config.schema.json").read_text(encoding="utf-8"))


def test_the_schema_is_a_schema_that_knows_every_setting_and_rule() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    import msgspec

    assert set(SCHEMA["properties"]) == {field.encode_name for field in msgspec.structs.fields(config.Config)}
    for rule in RULES:
        assert rule.ID in SCHEMA["properties"]["severity"]["properties"]


@pytest.mark.parametrize(
    ("table", "fits"),
    [
        ({}, True),
        ({"roots": ["a"], "severity": {"name": "off", "name-spelling": "error"}, "baseline": None}, True),
        ({"overrides": [{"paths": ["a/*"], "severity": {"link": "info"}}]}, True),
        ({"rots": []}, False),
        ({"severity": {"name": "fatal"}}, False),
        ({"overrides": [{"paths": ["a/*"]}]}, False),
    ],
)
def test_the_schema_takes_what_the_program_takes(table: dict[str, Any], fits: bool) -> None:
    assert jsonschema.Draft7Validator(SCHEMA).is_valid(table) is fits
    try:
        config.parse(table, Path("x"))
    except config.ConfigError:
        assert not fits
    else:
        assert fits


def test_the_schema_ships_and_is_printed(notelint: Notelint) -> None:
    assert json.loads(notelint("export", "schema").out) == SCHEMA
