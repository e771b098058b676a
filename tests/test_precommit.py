"""The three uses in a repository: pre-commit by itself, our own hook and CI on the seeds, and the action's script."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml
from program import RIGHT, WRONG, Notelint

PreCommit: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / "notelint.baseline.json"

NEW = """\
---
title: A fourth note on the same talk
video_id: nkOB4LDNo7I
---

Mike Schreppfer, former CTO at Facebook, thinks that jobs change less than people fear <a data-t="00:01:04">[00:01:14]</a>.
"""
"""A note that disagrees with the seeds: it has another spelling of the guest, and a label unlike its data."""


def git(folder: Path, *words: str) -> str:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **{
            f"GIT_{who}_{what}": "somebody@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        },
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    done = subprocess.run(
        ["git", "-C", str(folder), *words], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


# our own hook and CI


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the seeds with our baseline and configuration, under git as `main`."""
    folder = tmp_path / "seeds-only"
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(BASELINE, folder)
    (folder / "notelint.toml").write_text('roots = ["seeds"]\n')
    git(folder.parent, "init", "-q", "-b", "main", str(folder))
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "seeds")
    monkeypatch.chdir(folder)
    return folder


def test_the_committed_baseline_is_what_stands_in_the_seeds(seeds: Path, notelint: Notelint) -> None:
    notelint("baseline", "update", "--baseline", "now.json")
    notelint("baseline", "write", "--baseline", "now.json")
    said = "the findings in the seeds have changed; review them, then: notelint baseline update --baseline notelint.baseline.json seeds"
    assert (seeds / "now.json").read_text() == BASELINE.read_text(), said


def test_our_hook_and_ci_pass_on_the_seeds_and_fail_on_a_note_that_brings_a_conflict(
    seeds: Path, notelint: Notelint
) -> None:
    hook = ("check", "--baseline", "notelint.baseline.json")
    ci = (*hook, "--since", "main", "--format", "github")
    for words in (hook, ci, (*hook, "--fail-on", "info")):
        ran = notelint(*words)
        assert ran.status == 0, ran
    git(seeds, "checkout", "-q", "-b", "more")
    (seeds / "seeds" / "005.md").write_text(NEW, encoding="utf-8")
    git(seeds, "add", ".")
    assert notelint(*hook, "--focus", "staged").status == 1
    git(seeds, "commit", "-q", "-m", "a note")
    ran = notelint(*hook, "--format", "json")
    assert ran.status == 1
    new = [found for found in json.loads(ran.out)["findings"] if found["status"] == "new"]
    assert "timestamp-label" in {found["rule"] for found in new}
    spelled = [found for found in new if found["rule"] == "name-spelling"]
    assert spelled
    assert "Mike Schreppfer" in {place["text"] for place in spelled[0]["locations"]}
    ran = notelint(*ci)
    assert ran.status == 1
    assert "::error file=seeds/005.md,line=6," in ran.out


def test_our_own_hooks_are_what_pre_commit_takes() -> None:
    for name in (".pre-commit-config.yaml", ".pre-commit-hooks.yaml"):
        command = "validate-config" if "config" in name else "validate-manifest"
        subprocess.run([sys.executable, "-m", "pre_commit", command, str(ROOT / name)], check=True)


def test_a_hook_that_init_writes_is_what_pre_commit_takes(vault: Path, notelint: Notelint) -> None:
    (vault / "notelint.toml").unlink()
    notelint("init")
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"], check=True)


# pre-commit


@pytest.fixture(scope="session")
def pre_commit(tmp_path_factory: pytest.TempPathFactory) -> PreCommit:
    """Run pre-commit with this repository as it is on the disk, which "OURS" stands for.

    `try-repo` installs it at every call, `run` once.
    """
    home, ours = tmp_path_factory.mktemp("pre-commit"), tmp_path_factory.mktemp("ours")
    for name in git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        (ours / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, ours / name, follow_symlinks=False)
    git(ours.parent, "init", "-q", "-b", "main", str(ours))
    git(ours, "add", "--all")
    git(ours, "commit", "-q", "-m", "all")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_"))}
    environment |= {"PRE_COMMIT_HOME": str(home), "NO_COLOR": "1"}

    def run(vault: Path, *words: str) -> subprocess.CompletedProcess[str]:
        hooks = [{"id": hook} for hook in ("notelint", "notelint-files", "notelint-all")]
        config = {"repos": [{"repo": str(ours), "rev": git(ours, "rev-parse", "HEAD").strip(), "hooks": hooks}]}
        (home / "config.yaml").write_text(yaml.safe_dump(config))
        given = [] if words[0] == "try-repo" else ["--config", str(home / "config.yaml")]
        return subprocess.run(
            [
                *(sys.executable, "-m", "pre_commit"),
                *(str(ours) if word == "OURS" else word for word in words),
                *(*given, "--verbose"),
            ],
            cwd=vault,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.slow
def test_pre_commit_runs_our_hooks_on_a_scratch_vault(vault: Path, pre_commit: PreCommit) -> None:
    git(vault.parent, "init", "-q", "-b", "main", str(vault))
    (vault / "right.md").write_text(RIGHT)
    (vault / "known.md").write_text(WRONG.replace("13:57", "14:58"))
    git(vault, "add", ".")
    git(vault, "commit", "-q", "-m", "notes")

    (vault / "right.md").write_text(RIGHT + "\nMore.\n")
    git(vault, "add", ".")
    ran = pre_commit(vault, "try-repo", "OURS", "notelint")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "known.md" not in ran.stdout

    (vault / "wrong.md").write_text(WRONG)
    git(vault, "add", "wrong.md")
    (vault / "untracked.md").write_text(WRONG)
    ran = pre_commit(vault, "run", "notelint")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "wrong.md:1:" in ran.stdout
    assert "untracked.md" not in ran.stdout
    assert "Traceback" not in ran.stdout

    git(vault, "commit", "-q", "-m", "a wrong note")
    git(vault, "rm", "-q", "right.md")
    ran = pre_commit(vault, "run", "notelint")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Skipped" not in ran.stdout

    ran = pre_commit(vault, "run", "notelint-files", "--files", "known.md")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "known.md:1:" in ran.stdout
    assert "wrong.md:1:" not in ran.stdout

    git(vault, "commit", "-q", "-m", "one note less")
    ran = pre_commit(vault, "run", "notelint", "--all-files")
    assert ran.returncode == 0, "nothing is staged, as the README says"

    for words in (("manual",), ("manual", "--all-files"), ("pre-push",)):
        ran = pre_commit(vault, "run", "notelint-all", "--hook-stage", *words)
        assert ran.returncode == 1, ran.stdout + ran.stderr
        assert "known.md:1:" in ran.stdout
        assert "wrong.md:1:" in ran.stdout


# the action


def test_the_action_passes_every_input_by_the_environment() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    script = (ROOT / ".github" / "action.sh").read_text(encoding="utf-8")
    (step,) = [step for step in action["runs"]["steps"] if "run" in step]
    assert "${{" not in step["run"]
    for name in action["inputs"]:
        if name != "python-version":
            assert step["env"][f"NOTELINT_{name.upper().replace('-', '_')}"] == f"${{{{ inputs.{name} }}}}"
    for name in step["env"]:
        assert name in script


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", []),
        ("notes", ["notes"]),
        ("notes more", ["notes", "more"]),
        ("notes\nmore\n", ["notes", "more"]),
        ("my notes", ["my notes"]),
        ("my notes\n\nnotes more\r\n", ["my notes", "notes", "more"]),
        ("nowhere 'quoted' $(pwd)", ["nowhere", "'quoted'", "$(pwd)"]),
    ],
)
def test_the_action_takes_paths_line_by_line(vault: Path, tmp_path: Path, written: str, meant: list[str]) -> None:
    (vault / "my notes").mkdir()
    programs = tmp_path / "notelint" / "bin"
    programs.mkdir(parents=True)
    for name, does in (("python", "exit 0"), ("notelint", 'printf "%s\\n" "$@"')):
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)
    environment = {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(tmp_path), "NOTELINT_PATHS": written}
    done = subprocess.run(
        ["bash", str(ROOT / ".github" / "action.sh")],
        cwd=vault,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n--\n")[1].splitlines() == meant


@pytest.mark.slow
def test_the_action_checks_and_gives_its_status(seeds: Path, tmp_path: Path) -> None:
    git(seeds, "checkout", "-q", "-b", "more")
    (seeds / "seeds" / "005.md").write_text(NEW, encoding="utf-8")
    git(seeds, "add", ".")
    git(seeds, "commit", "-q", "-m", "a note")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_"))}
    environment |= {
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "NOTELINT_ACTION": str(ROOT),
        "NOTELINT_BASELINE": "notelint.baseline.json",
        "NOTELINT_SINCE": "main",
        "NOTELINT_REPORT": "report.html",
    }
    done = subprocess.run(
        ["bash", str(ROOT / ".github" / "action.sh")],
        cwd=seeds,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "::error file=seeds/005.md" in done.stdout
    assert (tmp_path / "output").read_text() == "status=1\n"
    assert "timestamp-label" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert (seeds / "report.html").is_file()
