"""Time notelint beside its peers on one vault: `python tests/benchmarks/speed.py VAULT`.

Larger vaults are made of VAULT and perturbed copies of it, in which every name
and every id is another. All tools run in turn, several times; medians count.
With `--write docs/performance.md` the page is written. Peers are taken from
`--peers DIR` (a virtual environment with rumdl, typos and codespell, made on
demand; markdownlint-cli2 by npm beside it); what cannot be had is left out.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NOTELINT = [sys.executable, "-c", "from notelint.lint.cli import main; main()"]
SLOW = 10_000
"""Notes from which a run is timed once, its memory watched meanwhile, and peers are not run."""


@dataclass
class Timing:
    """Runs of one command: seconds of wall clock and of processor, and bytes at the peak."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: int = 0

    @property
    def seconds(self) -> float:
        return statistics.median(self.wall)

    @property
    def processor(self) -> float:
        return statistics.median(self.cpu)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[20_000, 100_000], help="larger vaults, in notes")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", type=Path, default=Path(tempfile.gettempdir()) / "notelint-peers")
    parser.add_argument("--write", type=Path, help="write the page here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="notelint-speed-") as name:
        folder = Path(name)
        rows = []
        peers = install(arguments.peers)
        for size in [0, *arguments.sizes]:
            vault = folder / str(size)
            notes = copy(arguments.vault, vault, size)
            print(f"{notes:,} notes", flush=True)
            runs = arguments.runs if notes < SLOW else 1
            timings = time_notelint(vault, notes, runs, peers if notes < SLOW else {})
            rows.append((notes, timings))
            show(notes, timings)
            shutil.rmtree(vault)
            text = page(rows, arguments.runs, peers)
            if arguments.write:  # after each size: the largest takes long, and what is measured is measured
                arguments.write.write_text(text, encoding="utf-8")
    print(text)


# vaults ---------------------------------------------------------------------

_ID = re.compile(r"\b[A-Za-z0-9_-]{11}\b")
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_DECLARED = re.compile(r"^(?:videoId|video_id|source|url):\s*(\S+)", re.MULTILINE)


def copy(source: Path, goal: Path, notes: int) -> int:
    """Copy a vault, and perturbed copies of it until there are so many notes; give how many there are."""
    files = sorted(path for path in source.rglob("*.md") if path.is_file())
    texts = [(path.relative_to(source), path.read_text(encoding="utf-8", errors="replace")) for path in files]
    names, ids = _names(text for _, text in texts), {_DECLARED.search(text) for _, text in texts}
    known = {match[1] for match in ids if match is not None}
    goal.mkdir(parents=True)
    (goal / "notelint.toml").write_text("")
    written, round_ = 0, 0
    while written < max(notes, len(texts)):
        for path, text in texts:
            if written >= max(notes, len(texts)):
                break
            if round_:
                text = _perturbed(text, round_, names, known)
            file = goal / (f"copy{round_}" if round_ else "") / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            written += 1
        round_ += 1
    # settled: a file's stamp counts once its file system's clock has moved on
    old = time.time() - 60
    for path in goal.rglob("*.md"):
        os.utime(path, (old, old))
    return written


def _names(texts: Iterator[str]) -> frozenset[str]:
    """Give the words that the vault only writes large."""
    large: set[str] = set()
    small: set[str] = set()
    for text in texts:
        large.update(_NAME.findall(text))
        small.update(re.findall(r"\b[a-z]{3,}\b", text))
    return frozenset(word for word in large if word.lower() not in small)


def _perturbed(text: str, round_: int, names: frozenset[str], ids: set[str]) -> str:
    def name(match: re.Match[str]) -> str:
        return _shifted(match[0], round_) if match[0] in names else match[0]

    def number(match: re.Match[str]) -> str:
        if match[0] not in ids:
            return match[0]
        return hashlib.blake2b(f"{round_} {match[0]}".encode(), digest_size=8).hexdigest()[:11]

    return _ID.sub(number, _NAME.sub(name, text))


def _shifted(word: str, by: int) -> str:
    """Give another word of the same shape: vowels for vowels, consonants for consonants."""
    shifted = []
    for char in word:
        row = "aeiou" if char.lower() in "aeiou" else "bcdfghjklmnpqrstvwxyz"
        other = row[(row.index(char.lower()) + by) % len(row)]
        shifted.append(other.upper() if char.isupper() else other)
    return "".join(shifted)


# commands -------------------------------------------------------------------


def install(folder: Path) -> dict[str, list[str]]:
    """Install the peers, and give the command of each that there is."""
    environment = folder / "python"
    if not environment.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=False)
        subprocess.run([environment / "bin" / "pip", "install", "-q", "rumdl", "typos", "codespell"], check=False)
    if not (folder / "node_modules").exists() and shutil.which("npm"):
        subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), "markdownlint-cli2"], check=False)
    commands = {
        "rumdl": [str(environment / "bin" / "rumdl"), "check", "--no-cache", "."],
        "typos": [str(environment / "bin" / "typos"), "."],
        "codespell": [str(environment / "bin" / "codespell"), "."],
        "markdownlint-cli2": [str(folder / "node_modules" / ".bin" / "markdownlint-cli2"), "**/*.md"],
    }
    return {name: command for name, command in commands.items() if Path(command[0]).exists()}


def time_notelint(vault: Path, notes: int, runs: int, peers: dict[str, list[str]]) -> dict[str, Timing]:
    """Time notelint cold, warm and after an edit, and its peers, in turn."""
    cache = vault / ".notelint_cache"
    some = sorted(path for path in vault.rglob("*.md") if _DECLARED.search(path.read_text()))[notes // 3 // 2]
    focus = str(some.relative_to(vault))
    check = [*NOTELINT, "check", "--format", "json", "--fail-on", "off"]
    timings: dict[str, Timing] = {}

    def cold() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    def edit() -> None:
        with some.open("a", encoding="utf-8") as file:
            file.write("\nOne more sentence on what was said before.\n")
        time.sleep(0.1)  # the file system's clock moves on, so that the edit shows in the stamp

    if notes >= SLOW:
        cold()
        for name, command in (
            ("cold", check),
            ("warm, every finding", check),
            ("warm, one note", [*check, focus]),
            ("one note edited", [*check, focus]),
        ):
            if name == "one note edited":
                edit()
            _time(timings, name, command, vault, watched=True)
        return timings
    for turn in range(runs):
        cold()
        _time(timings, "cold", check, vault)
        for name, command in peers.items():
            _time(timings, name, command, vault)
        for _ in range(1 if turn else 2):
            _time(timings, "warm, every finding", check, vault)
            _time(timings, "warm, one note", [*check, focus], vault)
        edit()
        _time(timings, "one note edited", [*check, focus], vault)
    cold()
    timings["cold"].peak = _peak(check, vault)
    timings["one note edited"].peak = (edit(), _peak([*check, focus], vault))[1]
    for name, command in peers.items():
        timings[name].peak = _peak(command, vault)
    return timings


def _environment() -> dict[str, str]:
    """Give the environment of a run: bytecode is kept, as an installer does, whatever is usual here."""
    kept = Path(tempfile.gettempdir()) / "notelint-bytecode"
    settled = {"PYTHONPATH": str(ROOT / "tests" / ".src"), "PYTHONPYCACHEPREFIX": str(kept)}
    return {**os.environ, **settled, "PYTHONDONTWRITEBYTECODE": ""}


def _time(
    timings: dict[str, Timing], name: str, command: Sequence[str], folder: Path, *, watched: bool = False
) -> None:
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()
    )
    with _watched(process.pid) if watched else contextlib.nullcontext([0]) as peak:
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    timing = timings.setdefault(name, Timing())
    timing.wall.append(wall)
    timing.cpu.append(used.ru_utime + used.ru_stime)
    timing.peak = max(timing.peak, peak[0])


def _peak(command: Sequence[str], folder: Path) -> int:
    """Run once more, and give the most memory that the command held."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()
    )
    with _watched(process.pid) as peak:
        process.wait()
    return peak[0]


@contextlib.contextmanager
def _watched(number: int) -> Iterator[list[int]]:
    """Give, in a list of one, the most memory that a process and its children hold together meanwhile (PSS, every 50 ms)."""
    peak = [0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.05):
            peak[0] = max(peak[0], sum(map(_held, _family(number))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def _family(number: int) -> list[int]:
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        return [number, *(one for child in children for one in _family(int(child)))]
    return [number]


def _held(number: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


# the page -------------------------------------------------------------------


def show(notes: int, timings: dict[str, Timing]) -> None:
    for name, timing in timings.items():
        print(f"  {name}: {timing.seconds:.2f} s, {timing.processor:.2f} s of processor, {timing.peak / 1e6:.0f} MB")


def page(rows: list[tuple[int, dict[str, Timing]]], runs: int, peers: dict[str, list[str]]) -> str:
    """Give the page of docs/ on speed."""
    notes, first = rows[0]
    cold = first["cold"]
    lines = [
        "# How fast it is",
        "",
        "Written by `python tests/benchmarks/speed.py VAULT --write docs/performance.md`; not edited by hand.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {_machine()}. The vault has {notes:,} notes. Tools ran in turn, runs of each: {runs};",
        "medians; on larger vaults once. The peers have their own defaults with caches off, and none of them compares notes with each other.",
        "",
        f"## {notes:,} notes, cold",
        "",
        "| tool | wall s | × notelint | processor s | notes/s | peak MiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in ("cold", *peers):
        timing = first[name]
        label = "notelint, everything on" if name == "cold" else f"{name} {_version(peers[name])}"
        lines.append(
            f"| {label} | {timing.seconds:.2f} | {timing.seconds / cold.seconds:.2f} | {timing.processor:.2f}"
            f" | {notes / timing.seconds:,.0f} | {timing.peak / 2**20:,.0f} |"
        )
    lines += ["", "## By size", "", "| notes | cold s | ms/note | warm, one note | warm, all | one edited | peak MiB |"]
    lines.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count, timings in rows:
        lines.append(
            f"| {count:,} | {timings['cold'].seconds:.1f} | {1000 * timings['cold'].seconds / count:.2f}"
            f" | {timings['warm, one note'].seconds:.2f} s | {timings['warm, every finding'].seconds:.2f} s"
            f" | {timings['one note edited'].seconds:.2f} s | {timings['cold'].peak / 2**20:,.0f} |"
        )
    if len(rows) > 1:
        last, timings = rows[-1]
        wall = math.log(timings["cold"].seconds / cold.seconds) / math.log(last / notes)
        cpu = math.log(timings["cold"].processor / cold.processor) / math.log(last / notes)
        lines += ["", f"The cold run grows with the notes to the power of {wall:.2f} (processor time {cpu:.2f})."]
    return "\n".join(lines) + "\n"


def _machine() -> str:
    model = platform.machine()
    with contextlib.suppress(OSError):
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        model = found[1] if found else model
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cores} processors ({model}), {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def _version(command: Sequence[str]) -> str:
    package = Path(command[0]).parent.parent / Path(command[0]).name / "package.json"
    with contextlib.suppress(OSError, KeyError, ValueError):
        return str(json.loads(package.read_text())["version"])
    done = subprocess.run([command[0], "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+\.\d+\.\d+", done.stdout)
    return found[0] if found else ""


if __name__ == "__main__":
    main()
