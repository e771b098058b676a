"""Rule cases: Markdown files whose `##` sections are little vaults with what is to be found in them.

A note is a line that holds only its path in backticks and a colon, and the
fenced block that follows. A block marked `findings` is the concise report for
the rule that the file is named after; without one the rule must be silent. A
block marked `toml` is the configuration.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from notelint import reports
from notelint.lint import config, engine
from notelint.lint.backends.memory import Memory
from notelint.lint.judge import judge
from notelint.lint.model import Note
from notelint.lint.note.read import read
from notelint.reports import concise
from notelint.rules import RULES

FOLDER = Path(__file__).parent / "cases"
_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>\w*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"`([^`\n]+)`:\s*\Z")


@dataclass(eq=False)
class Case:
    """One section of a case file."""

    rule: str
    title: str
    file: Path
    notes: dict[str, str] = field(default_factory=dict)
    expected: str = ""
    expected_at: tuple[int, int] | None = None
    end: int = 0
    table: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.title}"

    def read(self) -> list[Note]:
        keys = config.parse(tomllib.loads(self.table), self.file).source_keys
        return [read(path, text.encode(), keys) for path, text in self.notes.items()]

    def config(self) -> config.Config:
        return config.parse(tomllib.loads(self.table), self.file)


def load(file: Path) -> Iterator[Case]:
    """Read the cases of one file."""
    text = file.read_text(encoding="utf-8")
    rule = file.stem.replace("_", "-")
    fences = [fence.span() for fence in _FENCE.finditer(text)]
    sections = [
        found
        for found in re.finditer(r"^## (.+)$", text, re.MULTILINE)
        if not any(start < found.start() < end for start, end in fences)
    ]
    for index, section in enumerate(sections):
        end = sections[index + 1].start() if index + 1 < len(sections) else len(text)
        case = Case(rule, section[1].strip(), file, end=end)
        for fence in _FENCE.finditer(text, section.end(), end):
            if fence["info"] == "findings":
                case.expected, case.expected_at = fence["body"], fence.span("body")
            elif fence["info"] == "toml":
                case.table = fence["body"]
            elif (path := _PATH.search(text, section.end(), fence.start())) is not None:
                case.notes[path[1]] = fence["body"]
            else:
                raise ValueError(f"{file}: a block without a path in {case.title!r}")
        yield case


CASES = [case for file in sorted(FOLDER.glob("*.md")) for case in load(file)]


@functools.cache
def outcome(case: Case) -> engine.Outcome:
    """Run the memory backend over a case, all rules on."""
    return Memory(list(RULES), frozenset(case.config().vocabulary)).run(case.read())


def report(case: Case, found: engine.Outcome) -> str:
    """Give the concise report of the case's rule alone."""
    defaults = {rule.ID: "warning" if rule.SEVERITY == "off" else rule.SEVERITY for rule in RULES}
    judged = [item for item in judge(found.findings, defaults, case.config()) if item.finding.rule == case.rule]
    material = reports.Material(
        judged=judged,
        outcome=found,
        rules={rule.ID: rule for rule in RULES},
        groups=lambda key: engine.group(key, ()),
        lines=lambda path, line: None,
        version="0",
    )
    return "".join(concise.render(material))


def update(case: Case, actual: str) -> None:
    """Write what was found into the case's file."""
    # an earlier update may have moved it
    case = next(fresh for fresh in load(case.file) if fresh.title == case.title)
    text = case.file.read_text(encoding="utf-8")
    if case.expected_at is not None:
        start, end = case.expected_at
        text = text[:start] + actual + text[end:]
    elif actual:
        text = f"{text[: case.end].rstrip()}\n\n```findings\n{actual}```\n\n{text[case.end :]}".rstrip() + "\n"
    case.file.write_text(text, encoding="utf-8")
