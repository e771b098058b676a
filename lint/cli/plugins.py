"""The rules that there are: ours, and those of installed modules that the configuration names."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from ..config import ConfigError
from ..model import FAMILIES, SEVERITIES, Rule, digest


def rules(names: Sequence[str]) -> list[Rule]:
    """Give our rules and those of the modules; raises ConfigError for a module that is none."""
    from ...rules import RULES

    found = list(RULES)
    for name in names:
        rule = _load(name)
        if any(rule.ID == other.ID for other in found):
            raise ConfigError(f"plugin {name}: there is a rule {rule.ID!r} already")
        found.append(rule)
    return found


def stamp(names: Sequence[str]) -> str:
    """Give a digest of the modules' code: what was found by other code is found anew. Nothing is imported."""
    parts = []
    for name in names:
        try:
            spec = find_spec(name)
            parts.append(f"{name}\0{digest(Path(spec.origin).read_bytes()) if spec and spec.origin else ''}")
        except (ImportError, OSError, ValueError):
            parts.append(name)
    return "\0".join(parts)


def _load(name: str) -> Rule:
    try:
        module = import_module(name)
    except Exception as error:
        raise ConfigError(f"plugin {name}: cannot be imported: {error}") from error
    lacks = [part for part in ("ID", "SEVERITY", "SCOPE", "extract", "check") if not hasattr(module, part)]
    if lacks:
        raise ConfigError(f"plugin {name}: no rule: it lacks {', '.join(lacks)}")
    rule = cast("Rule", module)
    if rule.ID.partition("-")[0] not in FAMILIES or "-" not in rule.ID:
        raise ConfigError(f"plugin {name}: the rule's id {rule.ID!r} does not begin with a family and a hyphen")
    if rule.SEVERITY not in (*SEVERITIES, "off") or rule.SCOPE not in ("note", "vault"):
        raise ConfigError(f"plugin {name}: {rule.ID} has no severity or no scope that is one")
    return rule
