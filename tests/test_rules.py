"""Every rule: its cases, its shape, its page."""

from __future__ import annotations

import re
from collections import Counter

import cases
import pytest

from notelint.lint.model import FAMILIES, SEVERITIES, Rule
from notelint.rules import RULES


@pytest.mark.parametrize("case", cases.CASES, ids=str)
def test_case(case: cases.Case, request: pytest.FixtureRequest) -> None:
    found = cases.outcome(case)
    assert not found.failures
    actual = cases.report(case, found)
    if request.config.getoption("--update-cases"):
        if actual != case.expected:
            cases.update(case, actual)
        return
    assert actual == case.expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.ID)
def test_every_rule_has_a_case_that_fires_and_one_that_stays_silent(rule: Rule) -> None:
    counted = Counter(bool(case.expected) for case in cases.CASES if case.rule == rule.ID)
    assert counted[True] >= 1, "no case fires"
    assert counted[False] >= 1, "no case stays silent"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.ID)
def test_a_rule_is_named_after_its_file_and_explains_itself(rule: Rule) -> None:
    assert rule.__name__.rpartition(".")[2] == rule.ID.replace("-", "_")
    assert rule.ID.partition("-")[0] in FAMILIES
    assert rule.SEVERITY in (*SEVERITIES, "off")
    assert rule.SCOPE in ("note", "vault")
    page = rule.__doc__ or ""
    assert re.match(r"[A-Z].*\.$", page.split("\n", 1)[0]), "the first line is a sentence"
    for part in ("Example:", "Known false alarms:", "To fix it"):
        assert part in page, part


def test_rule_ids_are_unique_and_every_case_file_belongs_to_a_rule() -> None:
    ids = [rule.ID for rule in RULES]
    assert len(ids) == len(set(ids))
    assert {case.rule for case in cases.CASES} <= set(ids)
