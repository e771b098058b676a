"""Renderers: one module per output format; they read findings and judge nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, TypeAlias, cast

from ..lint.engine import Groups, Outcome
from ..lint.judge import Judged
from ..lint.model import Rule


@dataclass(frozen=True)
class Material:
    """What a renderer may read: the judged findings, what the run was, the rules' pages, and the facts behind.

    `lines` gives the text of a note's line for a snippet, or None. `address`
    gives a note's path as what reads the output knows it: a program that sees
    the repository, from its top. `seconds` is how long the run took; 0.0 where
    the output must not depend on it.
    """

    judged: list[Judged]
    outcome: Outcome
    rules: Mapping[str, Rule]
    groups: Groups
    lines: Lines
    version: str
    seconds: float = 0.0
    width: int = 100
    colour: bool = False
    title: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    address: Address = str


class Lines(Protocol):
    """Give line `line` (1-based) of the note at `path`, or None when it cannot be read."""

    def __call__(self, path: str, line: int, /) -> str | None: ...


class Report(Protocol):
    """The shape of every renderer module."""

    def render(self, material: Material, /) -> Iterator[str]: ...


Address: TypeAlias = Callable[[str], str]

FORMATS = ("text", "concise", "json", "html", "markdown", "github", "gitlab", "sarif")


def renderer(name: str) -> Report:
    """Load the renderer of a format; only the one that is asked for is imported."""
    return cast("Report", import_module(f".{name}", __name__))


FROM_TOP = ("github", "gitlab", "sarif")
"""Formats that are read beside a repository, and not beside the configuration."""


__all__ = ["FORMATS", "FROM_TOP", "Address", "Lines", "Material", "Report", "renderer"]
