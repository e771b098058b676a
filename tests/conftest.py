from __future__ import annotations

from pathlib import Path

import pytest
from program import Notelint, Ran


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases", action="store_true", help="write what is found into the rule cases; review the diff"
    )
    parser.addoption("--slow", action="store_true", help="run tests that build, install, or start a browser too")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: builds, installs, or starts a browser; only run with --slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--slow"):
        skip = pytest.mark.skip(reason="slow; --slow runs it")
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(skip)


@pytest.fixture
def notelint(capsys: pytest.CaptureFixture[str]) -> Notelint:
    """Run a command of the program in this process."""
    from notelint.lint import cli

    def run(*words: str | Path) -> Ran:
        capsys.readouterr()
        status: object = 0
        try:
            cli.main([str(word) for word in words])
        except SystemExit as ended:
            status = ended.code
        out, err = capsys.readouterr()
        return Ran(status if isinstance(status, int) else int(status is not None), out, err)

    return run


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty vault that is the working directory; NO_COLOR and its kin are not set."""
    for name in ("NO_COLOR", "FORCE_COLOR", "NOTELINT_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "notelint.toml").write_text("")
    monkeypatch.chdir(folder)
    return folder
