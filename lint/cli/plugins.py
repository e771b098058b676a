"""The rules that there are: ours, and those of installed modules that the configuration names."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TypeAlias, cast

from ..config import Config, ConfigError
from ..model import FAMILIES, SEVERITIES, Rule, Scope, Severity, family_of
from .options import Refused

Catalogue: TypeAlias = dict[str, tuple[Severity, Scope]]
"""What there is to know of the rules without importing them, by id; an index keeps it for the next run."""


class Rules(Mapping[str, Rule]):
    """The rules by id, imported when one is first asked for; raises Refused then, when a plugin is none.

    They know the configuration and not the run: a server makes a run for every
    change, and what an index holds of it must not keep it alive.
    """

    def __init__(self, config: Config) -> None:
        self.config = config

    @functools.cached_property
    def _rules(self) -> dict[str, Rule]:
        try:
            return {rule.ID: rule for rule in rules(self.config.plugins)}
        except ConfigError as error:
            raise Refused(str(error)) from error

    def catalogue(self) -> Catalogue:
        """Give severity and scope of each rule."""
        return {rule.ID: (rule.SEVERITY, rule.SCOPE) for rule in self.values()}

    def in_use(self) -> list[Rule]:
        """Give the rules that can say anything."""
        return [self[rule] for rule in in_use(self.catalogue(), self.config)]

    def __getitem__(self, rule: str) -> Rule:
        return self._rules[rule]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


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


def in_use(catalogue: Catalogue, config: Config) -> list[str]:
    """Give the ids of the rules that can say anything under this configuration."""

    def off(rule: str, severity: Severity) -> bool:
        family = family_of(rule)
        setting: Severity = config.severity.get(rule, config.severity.get(family, severity))
        overridden = any({rule, family} & override.severity.keys() for override in config.overrides)
        return setting == "off" and not overridden

    return [rule for rule, (severity, _) in catalogue.items() if not off(rule, severity)]


def _load(name: str) -> Rule:
    try:
        module = import_module(name)
    except (Exception, SystemExit) as error:
        raise ConfigError(f"plugin {name}: cannot be imported: {error}") from error
    lacks = [part for part in ("ID", "SEVERITY", "SCOPE", "extract", "check") if not hasattr(module, part)]
    if lacks:
        raise ConfigError(f"plugin {name}: no rule: it lacks {', '.join(lacks)}")
    rule = cast("Rule", module)
    if family_of(rule.ID) not in FAMILIES or "-" not in rule.ID:
        raise ConfigError(f"plugin {name}: the rule's id {rule.ID!r} does not begin with a family and a hyphen")
    if rule.SEVERITY not in (*SEVERITIES, "off") or rule.SCOPE not in ("note", "vault"):
        raise ConfigError(f"plugin {name}: {rule.ID} has no severity or no scope that is one")
    return rule
