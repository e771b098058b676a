"""Settings: where they are found, what is refused and how, the schema."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from program import PLUGIN, WRONG, Notelint

from notelint.lint import config
from notelint.lint.config import Config, ConfigError
from notelint.lint.model import digest


def test_without_a_file_the_defaults_apply_where_git_ends(tmp_path: Path) -> None:
    (tmp_path / "notelint.toml").write_text('roots = ["elsewhere"]\n')
    inner = tmp_path / "project" / "notes"
    inner.mkdir(parents=True)
    (tmp_path / "project" / ".git").mkdir()
    assert config.find(inner) == config.Project(tmp_path / "project", Config())


def test_the_nearest_file_counts_and_its_own_beats_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.notelint]\nroots = ['a']\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    assert config.find(inner).config.roots == ("a",)
    (tmp_path / "notelint.toml").write_text("roots = ['b']\n")
    assert config.find(inner).config.roots == ("b",)
    (inner / "pyproject.toml").write_text("[tool.other]\n")
    assert config.find(inner).config.roots == ("b",)
    (inner / "pyproject.toml").write_text("[tool.notelint]\nroots = ['c']\n")
    assert config.find(inner) == config.Project(inner, Config(roots=("c",)), inner / "pyproject.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rots = []", "unknown key 'rots'; did you mean 'roots'?"),
        ("zzzzzz = 1", "unknown key 'zzzzzz'; known are"),
        ("fail_on = 'error'", "did you mean 'fail-on'"),
        ("fail-on = 'eror'", "Invalid enum value 'eror' - at `$.fail-on`; known are error, warning, info, off"),
        ("roots = 'notes'", "Expected `array`, got `str` - at `$.roots`"),
        ("[[overrides]]\npath = []", "unknown key 'path'; did you mean 'paths'?"),
        ("[[overrides]]\npaths = []", "missing required field `severity`"),
        ("severity = 3", "Expected `object`"),
        ("roots = [", "not TOML"),
        ('baseline = "a\\u0000b"', "baseline: no path or name has a NUL character"),
        ('[[overrides]]\npaths = ["a\\u0000b"]\nseverity = {}', "overrides: no path or name has a NUL character"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_name(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "notelint.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as refused:
        config.find(tmp_path)
    assert str(refused.value).startswith(str(file))
    assert said in str(refused.value)


def test_pyproject_may_hold_anything_else(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text("tool = 3\n")
    assert config.load(file).config == Config()
    file.write_text("[tool]\nnotelint = 3\n")
    with pytest.raises(ConfigError, match="are a table"):
        config.load(file)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notelint.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(file)


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    (tmp_path / "notelint.toml").write_text('roots = ["a"]\n', encoding="utf-8-sig")
    assert config.find(tmp_path).config.roots == ("a",)


def test_a_rule_that_does_not_exist_is_refused_with_the_file_that_names_it(vault: Path, notelint: Notelint) -> None:
    (vault / "notelint.toml").write_text('[severity]\nnam = "off"\n', encoding="utf-8")
    assert notelint("check").err == f"notelint: {vault / 'notelint.toml'}: unknown rule 'nam'; did you mean 'name'?\n"


def test_severities_of_rules_that_do_not_exist_are_refused() -> None:
    ids = {"name-spelling", "quote-wording"}
    config.check_rules(Config(severity={"name": "off", "quote-wording": "info"}), ids)
    with pytest.raises(ConfigError, match="unknown rule 'name-speling'; did you mean 'name-spelling'"):
        config.check_rules(Config(severity={"name-speling": "off"}), ids)
    override = config.Override(paths=(), severity={"quotes": "off"})
    with pytest.raises(ConfigError, match="unknown rule 'quotes'; did you mean 'quote'"):
        config.check_rules(Config(overrides=(override,)), ids)


def test_a_vocabulary_may_stand_in_files(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text(
        "\ufeff# people\nAda Lovelace\n\n  Grace Hopper  # admiral\nC#\n#\n", encoding="utf-8"
    )
    (tmp_path / "notelint.toml").write_text('vocabulary = ["Alan Turing"]\nvocabulary-files = ["names.txt"]\n')
    project = config.find(tmp_path)
    assert config.vocabulary(project) == {"Ada Lovelace", "Grace Hopper", "Alan Turing", "C#"}
    (tmp_path / "names.txt").unlink()
    with pytest.raises(ConfigError, match=r"names\.txt: cannot be read"):
        config.vocabulary(project)


def test_a_configuration_that_is_a_link_counts_from_the_folder_of_the_link(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "shared.toml").write_text('roots = ["notes"]\n')
    (vault / "notelint.toml").unlink()
    (vault / "notelint.toml").symlink_to(tmp_path / "shared.toml")
    assert config.load(vault / "notelint.toml").folder == config.find(vault).folder == vault.resolve()


def test_excluded_paths_are_not_read_even_when_they_are_named(vault: Path, notelint: Notelint) -> None:
    (vault / "drafts").mkdir()
    (vault / "drafts" / "a.md").write_text(WRONG)
    (vault / "b.old.md").write_text(WRONG)
    assert notelint("check").status == 1
    (vault / "notelint.toml").write_text('exclude = ["drafts", "*.old.md"]\n')
    assert notelint("check").status == 0
    assert notelint("check", "drafts/a.md").status == 0


def test_a_root_that_is_gone_is_refused(vault: Path, notelint: Notelint) -> None:
    (vault / "notelint.toml").write_text('roots = ["notes"]\n')
    ran = notelint("check")
    assert ran.status == 2
    assert "notes: no such file or folder" in ran.err


def test_a_module_that_the_configuration_names_is_a_rule(
    vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "shouting_rule.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(tmp_path)
    (vault / "a.md").write_text("---\nvideo_id: abcdefghijk\n---\n\nTHEY ARE ALL SHOUTING ABOUT IT HERE.\n")
    assert notelint("check").status == 0
    (vault / "notelint.toml").write_text('plugins = ["shouting_rule"]\n')
    ran = notelint("check", "--format", "concise")
    assert ran.out == "a.md:5:1: error[text-shouting]: all capitals\n"
    assert "text-shouting" in notelint("rule").out
    assert "A note shouts." in notelint("explain", "text-shouting").out
    (vault / "notelint.toml").write_text('plugins = ["shouting_rule"]\nseverity.text-shouting = "info"\n')
    assert notelint("check").status == 0


SAYING = '''"""A note says the word of its team."""

from notelint.lint.model import Fact, Finding, Label

from . import words

ID, SEVERITY, SCOPE = "text-{team}", "error", "note"


def extract(note):
    at = note.text.find(words.WORD)
    if at >= 0:
        yield Fact(note.key, words.WORD, note.span(at, at + len(words.WORD)))


def check(key, facts):
    for fact in facts:
        yield Finding(rule=ID, key=key, message=f"says {{fact.value}}", labels=(Label(fact.span, fact.value),))
'''


def test_modules_of_one_name_do_not_meet_and_all_of_their_packages_counts(
    vault: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for team in ("team_a", "team_b"):
        (tmp_path / team).mkdir()
        (tmp_path / team / "__init__.py").touch()
        (tmp_path / team / "saying.py").write_text(SAYING.format(team=team.replace("_", "-")))
        (tmp_path / team / "words.py").write_text(f"WORD = 'orchard-{team[-1]}'")
    (vault / "a.md").write_text("One orchard-a, one orchard-b, one orchard-c.\n")
    (vault / "notelint.toml").write_text('plugins = ["team_a.saying", "team_b.saying"]\n')
    path = os.pathsep.join((str(tmp_path), str(Path(__file__).parent / ".src")))
    program = "from notelint.lint.cli import main; main(['check', '--format', 'concise'])"

    def checked() -> list[str]:
        ran = subprocess.run(
            [sys.executable, "-B", "-c", program], capture_output=True, text=True, cwd=vault, check=False,
            env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        assert ran.stderr == ""
        return [line.partition("says ")[2] for line in ran.stdout.splitlines()]

    assert checked() == ["orchard-a", "orchard-b"]
    (tmp_path / "team_b" / "words.py").write_text("WORD = 'orchard-c'")
    assert checked() == ["orchard-a", "orchard-c"]


def test_a_package_that_raises_is_a_plugin_that_cannot_be_imported(
    vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number, code in enumerate(("raise RuntimeError('boom')", "raise SystemExit('boom')")):
        package = tmp_path / f"raising_{number}"
        package.mkdir()
        (package / "__init__.py").write_text(code)
        (package / "saying.py").write_text(PLUGIN)
        monkeypatch.syspath_prepend(tmp_path)
        (vault / "notelint.toml").write_text(f'plugins = ["{package.name}.saying"]\n')
        ran = notelint("check")
        assert ran.status == 2
        assert ran.err == f"notelint: plugin {package.name}.saying: cannot be imported: boom\n"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (None, "cannot be imported"),
        ("1 / 0", "cannot be imported: division by zero"),
        ("ID = 'text-x'", "no rule: it lacks SEVERITY, SCOPE, extract, check"),
        (PLUGIN.replace("text-shouting", "shouting"), "does not begin with a family"),
        (PLUGIN.replace("text-shouting", "name-spelling"), "there is a rule 'name-spelling' already"),
        (PLUGIN.replace('"error"', '"fatal"'), "no severity or no scope"),
    ],
)
def test_a_module_that_is_no_rule_is_refused(
    vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str | None, said: str
) -> None:
    name = f"rule_{digest(said)}"
    if code is not None:
        (tmp_path / f"{name}.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    (vault / "notelint.toml").write_text(f'plugins = ["{name}"]\n')
    ran = notelint("check")
    assert ran.status == 2
    assert said in ran.err


@pytest.mark.parametrize(
    ("glob", "meant", "others"),
    [
        (
            "**/templates/*",
            ["templates/a.md", "x/templates/a.md", "x/y/templates/z/a.md"],
            ["my templates/a.md", "a.md"],
        ),
        ("a/**/b.md", ["a/b.md", "a/c/b.md", "a/c/d/b.md"], ["ab.md", "axe/b.md", "a/xb.md", "x/a/b.md"]),
        ("**/a/**/*.md", ["a/b.md", "a/c/b.md", "x/a/b.md", "x/a/c/b.md"], ["xa/b.md", "a.md"]),
        ("a/**", ["a/b.md", "a/c/b.md"], ["b/a/c.md"]),
        ("*.md", ["a.md", "a/b.md"], ["a.txt"]),
    ],
)
def test_what_globs_mean(glob: str, meant: list[str], others: list[str]) -> None:
    assert [path for path in (*meant, *others) if config.matches(path, [glob])] == meant
