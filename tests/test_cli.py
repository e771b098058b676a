"""The program: exit statuses, where it writes, what it says, how it starts."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from program import RIGHT, WRONG, Notelint

from notelint.lint import __version__
from notelint.lint.cli import commands, options
from notelint.lint.cli.bar import Bar
from notelint.rules import RULES


def fingerprint(notelint: Notelint) -> str:
    found = json.loads(notelint("check", "--format", "json").out)["findings"]
    assert len(found) == 1
    return str(found[0]["fingerprint"])


def test_a_clean_vault_exits_with_0(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(RIGHT)
    ran = notelint("check")
    assert ran.status == 0
    assert ran.err == ""


def test_a_finding_at_the_floor_exits_with_1_and_one_below_it_with_0(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    assert notelint("check").status == 1
    assert notelint("check", "--fail-on", "off").status == 0
    (vault / "notelint.toml").write_text('severity.timestamp-label = "warning"\n')
    assert notelint("check").status == 0
    assert notelint("check", "--fail-on", "warning").status == 1
    assert notelint("check", "--fail-on", "info").status == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "Did you mean 'check'"),
        (["check", "nowhere"], "nowhere: no such file or folder"),
        (["check", "--format", "xml"], "Invalid value for '--format'"),
        (["check", "--config", "none.toml"], "none.toml: cannot be read"),
        (["check", "--baseline", "none.json"], "none.json: no baseline"),
        (["check", "-o", "no/such/folder.txt"], "cannot be written"),
        (["explain", "timestamp-labl"], "did you mean 'timestamp-label'"),
        (["explain", "0123456789abcdef"], "no finding 0123456789abcdef"),
        (["rule", "nonsense"], "`notelint rule` lists them"),
        (["decide", "abcd"], "give one of --canonical"),
        (["decide", "abcd", "--both-right"], "needs a --reason"),
        (["decide", "", "--undo"], "a fingerprint is 4 to 16 hexadecimal digits"),
        (["baseline", "update"], "no baseline"),
        (["init", "nowhere"], "nowhere: no such folder"),
        (["report", "-o", "-"], "a report is a file or a folder"),
    ],
)
def test_what_cannot_be_done_exits_with_2_and_says_why(
    vault: Path, notelint: Notelint, words: list[str], said: str
) -> None:
    ran = notelint(*words)
    assert ran.status == 2
    assert said in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_a_failure_of_ours_exits_with_3_and_the_other_notes_are_checked(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    (vault / "gone.md").symlink_to(vault / "nothing.md")
    (vault / "pipe.md").mkdir()
    ran = notelint("check", vault / "a.md", vault, "--format", "concise")
    assert "a.md:1:" in ran.out

    os.mkfifo(vault / "fifo.md")
    ran = notelint("check", "--format", "concise")
    assert ran.status == 3
    assert "failure: fifo.md: not a file" in ran.err
    assert "a.md:1:" in ran.out


def test_the_file_that_a_report_goes_to_is_no_note(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    (vault / "out.txt").write_text(WRONG)
    for words in (("check", "--format", "concise"), ("export", "glossary")):
        ran = notelint(*words, "-v", "-o", "out.txt")
        assert "out.txt" not in (vault / "out.txt").read_text() + ran.err
    with (vault / "found.txt").open("wb") as found:
        done = subprocess.run(
            [sys.executable, "-m", "notelint.lint.cli", "check", "-v", "--format", "concise"],
            cwd=vault,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent / ".src")},
            stdout=found,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert b"2 notes on" in done.stderr


def test_an_unexpected_exception_is_one_line_and_status_3(
    vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr("notelint.lint.cli.run.discover", explode)
    ran = notelint("check")
    assert ran.status == 3
    assert "internal failure: ZeroDivisionError: of all things" in ran.err
    monkeypatch.setenv("NOTELINT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        notelint("check")


def test_ctrl_c_exits_with_130(vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("notelint.lint.cli.run.discover", interrupt)
    assert notelint("check").status == 130


def test_nothing_to_check_is_said(vault: Path, notelint: Notelint) -> None:
    assert "nothing was checked" in notelint("check").err
    assert notelint("check", "-q").err == ""


@pytest.mark.parametrize(
    ("names", "options", "told"),
    [
        (["", ""], [], True),
        (["", ""], ["--scope", "note"], False),
        (["", ""], ["-q"], False),
        (["", "videoId: aaaaaaaaaaa\n"], [], False),
        ([""], [], False),
    ],
    ids=["none", "what a note shows by itself", "quiet", "one", "one note"],
)
def test_that_no_note_names_its_source_is_said(
    vault: Path, notelint: Notelint, names: list[str], options: list[str], *, told: bool
) -> None:
    for number, name in enumerate(names):
        (vault / f"{number}.md").write_text(f"---\ntitle: Cider {number}\n{name}---\n\nApples are pressed by hand.\n")
    ran = notelint("check", *options)
    assert ran.status == 0
    assert ("no note names its source" in ran.err) == told


def test_verbose_tells_on_standard_error(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(RIGHT)
    ran = notelint("check", "-v")
    assert "notelint.toml" in ran.err
    assert "1 note on 0 sources in " in ran.err


@pytest.mark.parametrize(
    ("encoding", "newline"), [("utf-8", "\r\n"), ("utf-8", "\r"), ("utf-16", "\n"), ("cp1252", "\n")]
)
def test_the_line_of_a_place_is_shown_as_the_note_was_read(
    encoding: str, newline: str, vault: Path, notelint: Notelint
) -> None:
    (vault / "a.md").write_bytes(f"Café{newline}noir\n\né {WRONG}".encode(encoding))
    ran = notelint("check", "--no-cache")
    assert f" | é {WRONG.splitlines()[0]}" in ran.out


def test_a_file_stays_as_it_is_when_the_disk_is_full(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits are set as Unix sets them")
    file = tmp_path / "notelint.rulings.toml"
    file.write_text("old", encoding="utf-8")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        with pytest.raises(options.Refused, match="cannot be written"):
            options.write("new", str(file))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert file.read_text(encoding="utf-8") == "old"
    assert [*tmp_path.iterdir()] == [file]


def test_a_report_that_ends_halfway_leaves_the_last_one(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("old", encoding="utf-8")

    def pieces() -> Iterator[str]:
        yield "new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        options.stream(pieces(), str(file))
    assert file.read_text(encoding="utf-8") == "old"
    assert [*tmp_path.iterdir()] == [file]
    options.stream(["Caf\u00e9", "\udcff\n"], str(file))
    assert file.read_bytes() == b"Caf\xc3\xa9\xff\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    options.stream(["one ", "two"], str(pipe))
    assert os.read(reader, 100) == b"one two"
    os.close(reader)
    assert pipe.is_fifo()


def test_the_rules_are_told_where_there_is_no_vault(vault: Path, notelint: Notelint) -> None:
    (vault / "notelint.toml").write_text('roots = ["nowhere"]\n')
    assert notelint("rule").status == 0
    assert notelint("rule", "timestamp-label").out == notelint("explain", "timestamp-label").out
    assert notelint("explain", "beef").status == 2
    assert notelint("rule", "--config", "missing.toml").status == 2


def test_a_suggestion_counts_notes_where_several_disagree(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG, encoding="utf-8")
    assert "notes" not in notelint("check").out.splitlines()[4]


def test_the_report_goes_to_a_file_when_one_is_named(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    ran = notelint("check", "--format", "concise", "-o", "out.txt")
    assert ran.out == ""
    assert (vault / "out.txt").read_text().startswith("a.md:1:")


def test_colour_follows_the_environment(vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch) -> None:
    from notelint.lint.cli import options

    assert not options.coloured()
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert options.coloured()
    assert not options.coloured("file.txt")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not options.coloured()
    monkeypatch.setenv("NO_COLOR", "")
    assert options.coloured()


def test_a_scope_of_each_note_alone_leaves_out_the_other_rules(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    assert notelint("check", "--scope", "note").status == 1
    (vault / "notelint.toml").write_text('severity.timestamp-label = "off"\n')
    assert notelint("check", "--scope", "note").status == 0


def test_every_command_is_listed_with_the_first_line_of_its_help(notelint: Notelint) -> None:
    listing = notelint("--help").out
    for name, line in commands.COMMANDS.items():
        command = commands.notelint.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None, name
        assert (command.help or "").split("\n")[0] == line
        assert name in listing
        assert notelint(name, "--help").status == 0


def test_rule_lists_all_rules_and_prints_the_page_of_one(notelint: Notelint) -> None:
    listing = notelint("rule").out
    for rule in RULES:
        assert rule.ID in listing
    assert (RULES[0].__doc__ or "").strip() in notelint("rule", RULES[0].ID).out
    table = json.loads(notelint("rule", "--format", "json").out)
    assert [row["id"] for row in table] == [rule.ID for rule in RULES]
    assert notelint("explain", RULES[0].ID).out == notelint("rule", RULES[0].ID).out


def test_explain_shows_one_finding_with_its_evidence_and_its_rule(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    known = fingerprint(notelint)
    ran = notelint("explain", known[:6])
    assert ran.status == 0
    assert known in ran.out
    assert "00:13:37" in ran.out
    assert "To fix it" in ran.out


def test_stats_counts(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    table = json.loads(notelint("stats", "--format", "json").out)
    assert table["rules"]["timestamp-label"] == {"error": 1, "warning": 0, "info": 0}
    assert table["by_note"] == {"a.md": 1}
    assert "timestamp-label" in notelint("stats").out


def test_init_writes_where_pre_commit_looks_and_names_as_they_are(vault: Path, notelint: Notelint) -> None:
    (vault / ".git").mkdir()
    below = vault / "my notes"
    for name in ('a"b', "c\\d"):
        (below / name).mkdir(parents=True)
    (below / 'a"b' / "a.md").write_text(WRONG)
    os.chdir(below)
    assert notelint("init", 'a"b', "c\\d").status == 0
    assert not (below / ".pre-commit-config.yaml").exists()
    (repo,) = yaml.safe_load((vault / ".pre-commit-config.yaml").read_text())["repos"]
    words = shlex.split(repo["hooks"][0]["entry"])
    assert words == ["notelint", "check", "--focus", "staged", "--config", "my notes/notelint.toml"]
    os.chdir(vault)
    assert notelint("check", *words[4:]).status == 1


def test_init_hides_no_settings(vault: Path, notelint: Notelint) -> None:
    (vault / "notelint.toml").unlink()
    (vault / "pyproject.toml").write_text("[tool.notelint]\nroots = []\n")
    for words in (("init",), ("init", "--force")):
        ran = notelint(*words)
        assert (ran.status, "under [tool.notelint]" in ran.err) == (2, True)
    assert not (vault / "notelint.toml").exists()


def test_init_writes_a_configuration_that_notelint_reads(vault: Path, notelint: Notelint) -> None:
    (vault / "notelint.toml").unlink()
    (vault / "notes").mkdir()
    (vault / "notes" / "a.md").write_text(WRONG)
    assert notelint("init", "notes").status == 0
    assert 'roots = ["notes"]' in (vault / "notelint.toml").read_text()
    assert "id: notelint" in (vault / ".pre-commit-config.yaml").read_text()
    assert notelint("check").status == 1
    assert notelint("init", "notes").status == 2
    assert notelint("init", "notes", "--force").status == 0


def test_completion_prints_a_script(notelint: Notelint) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_NOTELINT_COMPLETE" in notelint("completion", shell).out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("explain name-s", "plain,name-spelling"),
        ("rule link-se", "plain,link-self"),
        ("fix --rule timestamp-r", "plain,timestamp-range"),
        ("check no", "file,no"),
    ],
)
def test_a_shell_completes_paths_and_rules(words: str, expected: str) -> None:
    command = [sys.executable, "-c", "from notelint.lint.cli import main; main([])"]
    asked = {
        "_NOTELINT_COMPLETE": "bash_complete",
        "COMP_WORDS": f"notelint {words}",
        "COMP_CWORD": str(len(words.split())),
    }
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment() | asked)
    assert done.stdout.splitlines() == [expected], done.stderr


def test_a_bar_is_drawn_on_a_terminal_only_when_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import click

    def drawn(clock: Callable[[], float]) -> str:
        bar = Bar(clock)
        for done in range(1, 5):
            bar(done, 5)
        return capsys.readouterr().err

    with click.Context(commands.notelint):
        assert drawn(iter(range(100)).__next__) == ""
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        assert "of 5 notes" in drawn(iter(range(100)).__next__)
        assert drawn(lambda: 0.0) == ""


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())
    return done.stdout


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent / ".src")}


def test_the_version_needs_nothing_but_python() -> None:
    code = "import sys; from notelint.lint.cli import main; main(['--version']); print(*sorted(sys.modules))"
    version, modules = python(code).splitlines()
    assert version == f"notelint {__version__}"
    for heavy in ("click", "msgspec", "numpy", "pyromark", "rapidfuzz", "spacy", "jinja2", "notelint.rules"):
        assert heavy not in modules.split(), heavy


def test_help_imports_no_rule_and_no_renderer() -> None:
    code = (
        "import sys\nfrom notelint.lint.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\nprint(*sorted(sys.modules))"
    )
    modules = python(code).splitlines()[-1].split()
    for heavy in ("msgspec", "numpy", "pyromark", "spacy", "notelint.rules", "notelint.reports"):
        assert heavy not in modules, heavy


def test_a_closed_pipe_is_no_traceback(vault: Path) -> None:
    for number in range(200):
        (vault / f"{number}.md").write_text(WRONG * 20)
    command = f"{sys.executable} -m notelint.lint.cli check --format concise | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True, env=environment())
    assert done.stdout.startswith("0.md:1:")
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    ("streams", "clean", "wrong", "version"),
    [
        ("2>&-", 0, 1, 0),
        (">&-", 0, 1, 0),
        ("<&- >&- 2>&-", 0, 1, 0),
        ("2>/dev/full", 0, 1, 0),
        (">/dev/full", 0, 2, 2),
        (">/dev/full 2>/dev/full", 0, 2, 2),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk as Linux has it")
def test_a_stream_that_cannot_be_written_is_no_bug(
    vault: Path, streams: str, clean: int, wrong: int, version: int
) -> None:
    (vault / "a.md").write_text(RIGHT)
    (vault / "b.md").write_text(WRONG)
    ends = []
    for words in ("check --no-cache a.md", "check --no-cache b.md", "--version"):
        command = f"{sys.executable} -m notelint.lint.cli {words} {streams}"
        done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, env=environment())
        ends.append(done.returncode)
        assert "bug" not in done.stderr
        assert "Traceback" not in done.stderr
        assert (done.returncode == 2 and "2>" not in streams) == ("standard output cannot be written" in done.stderr)
    assert ends == [clean, wrong, version]


def test_watch_shows_what_changes(vault: Path) -> None:
    pytest.importorskip("watchfiles")
    notes = vault / "notes"
    notes.mkdir()
    (notes / "a.md").write_text(RIGHT)
    (vault / "notelint.toml").write_text('roots = ["notes"]\n')
    command = [sys.executable, "-m", "notelint.lint.cli", "watch", "--format", "concise"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            assert "0 findings in 1 note," in process.stderr.readline()
            # The first report comes just before the watcher is set up: keep writing until it sees.
            seen: list[str] = []
            reader = threading.Thread(target=lambda: seen.append(process.stdout.readline()))  # type: ignore[union-attr]
            reader.start()
            for number in range(100):
                (notes / "a.md").write_text(f"{WRONG}\n{number}\n")
                reader.join(0.5)
                if seen:
                    break
            assert seen[0].startswith("notes/a.md:1:")
            (vault / "notelint.toml").write_text("roots = [")
            assert any("not TOML" in line for line in iter(process.stderr.readline, ""))
            (vault / "notelint.toml").write_text('roots = ["notes"]\n[severity]\ntimestamp = "off"\n')
            assert any("0 findings" in line for line in iter(process.stderr.readline, ""))
            (vault / "other").mkdir()
            (vault / "other" / "b.md").write_text(WRONG)
            (vault / "notelint.toml").write_text('roots = ["other"]\n')
            assert any("1 finding in 1 note," in line for line in iter(process.stderr.readline, ""))
        finally:
            process.kill()


def test_every_command_tells_a_failure_and_ends_with_it(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    (vault / "b.md").mkdir()
    (found,) = json.loads(notelint("check", "--format", "json").out)["findings"]
    given = found["fingerprint"]
    for words in (("stats",), ("stats", "--format", "json"), ("export", "glossary"), ("explain", given)):
        ran = notelint(*words)
        assert (ran.status, "failure: b.md: a folder with the name of a note" in ran.err) == (3, True), words
    ran = notelint("decide", given, "--both-right", "--reason", "so it is")
    assert (ran.status, "failure: b.md" in ran.err) == (0, True), "what was asked is done"


def test_the_glossary_has_what_is_decided(vault: Path, notelint: Notelint) -> None:
    front = "---\nvideo_id: abcdefghijk\n---\n\n"
    for number, name in enumerate(("Schroepfer", "Schroepfer", "Schroepfer", "Schreer")):
        (vault / f"{number}.md").write_text(
            f"{front}Mike {name}, the former CTO of Facebook, founded a venture capital firm for the climate"
            ' <a data-t="00:01:04">[00:01:04]</a>.\n'
        )
    assert "Nothing is decided yet" in notelint("export", "glossary", "0.md").out
    found = json.loads(notelint("export", "glossary", "--format", "json").out)
    (entry,) = found["sources"]["abcdefghijk"]
    assert (entry["canonical"], entry["instead_of"]) == ("Mike Schroepfer", ["Mike Schreer"])
    page = notelint("export", "glossary", "-o", "names.txt")
    assert page.status == 0
    assert '- **Mike Schroepfer**, not "Mike Schreer"' in (vault / "names.txt").read_text()
    (vault / "notelint.toml").write_text('vocabulary = ["Gigascale"]\n')
    assert "Everywhere: Gigascale" in notelint("export", "glossary").out
