"""Output for machines: JSON against its published schema, SARIF, GitHub, GitLab."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from program import WRONG, Notelint

from notelint import reports
from notelint.lint import engine
from notelint.lint.judge import Judged, Status
from notelint.lint.model import SEVERITIES, Edit, Failure, Finding, Fix, Label, Severity, Sharing, Span, Vote
from notelint.reports import github, sarif
from notelint.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs" / "json.schema.json").read_text(encoding="utf-8"))
SEEDS = ROOT / "seeds"


def item(
    number: int = 0, severity: Severity = "error", status: Status = "new", places: int = 2, text: str = "Schreer"
) -> Judged:
    labels = tuple(
        Label(Span(f"notes/n {at}%.md", at + 1, 2, at + 1, 2 + len(text), 1, 1 + len(text)), text)
        for at in range(places)
    )
    found = Finding(
        rule=RULES[number % len(RULES)].ID,
        key="source",
        message=f'"{text}" and "Schroepfer"',
        labels=labels,
        values=(str(number), text),
        ballot=(Vote("Schroepfer", 3, ("official title",)), Vote(text, 1)),
        suggestion="Schroepfer",
        evidence=("both CTO",),
        fix=Fix(True, (Edit("notes/n 0%.md", 1, 8, text, "Schroepfer"),)),
    )
    return Judged.of(found, severity, status)


def material(judged: list[Judged], failures: tuple[Failure, ...] = ()) -> reports.Material:
    outcome = engine.Outcome(
        engine.Held(one.finding for one in judged),
        failures,
        notes=5,
        sources=1,
        sharings=(Sharing("notes/c.md", "source", ("shares Faiss",)),),
        notices=("a notice",),
    )
    return reports.Material(
        judged=judged,
        outcome=outcome,
        rules={rule.ID: rule for rule in RULES},
        groups=lambda key: engine.group(key, ()),
        lines=lambda path, line: None,
        version="1.2.3",
    )


def rendered(format_: str, judged: list[Judged], failures: tuple[Failure, ...] = ()) -> str:
    return "".join(reports.renderer(format_).render(material(judged, failures)))


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_a_suggestion_says_of_how_many_notes_only_where_several_disagree(format_: str) -> None:
    assert "3 of 4 notes, official title" in rendered(format_, [item(0, "error", places=2)])
    alone = rendered(format_, [item(0, "error", places=1)])
    assert "official title" in alone
    assert "3 of 4 notes" not in alone


# json


def test_the_published_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_json_of_the_seeds_is_as_published(notelint: Notelint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    document = json.loads(notelint("check", SEEDS, "--format", "json").out)
    jsonschema.validate(document, SCHEMA)
    assert document["summary"]["notes"] == 5
    assert document["findings"]
    for found in document["findings"]:
        for location in found["locations"]:
            text = (ROOT / location["path"]).read_bytes().decode("utf-8-sig")
            line = text.split("\n")[location["line"] - 1]
            if location["line"] == location["end_line"]:
                assert line[location["column"] - 1 : location["end_column"] - 1] == location["text"]


def test_json_with_every_kind_of_thing_is_as_published() -> None:
    judged = [item(0), item(1, "warning", "baseline"), item(2, "info", "ruled", places=1)]
    document = json.loads(rendered("json", judged, (Failure("", "no"), Failure("a.md", "gone"))))
    jsonschema.validate(document, SCHEMA)
    assert document["summary"]["findings"] == {"error": 1, "warning": 1, "info": 1}
    assert document["summary"]["new"] == 1
    assert document["findings"][0]["fix"]["edits"][0] == {
        "path": "notes/n 0%.md",
        "start": 1,
        "end": 8,
        "text": "Schroepfer",
    }


def test_the_page_on_json_names_every_key_of_a_finding() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for key in (*SCHEMA["properties"], *SCHEMA["$defs"]["finding"]["properties"]):
        assert f"`{key}" in page or f'"{key}"' in page, key


def test_json_is_the_same_bytes_twice_but_for_seconds(notelint: Notelint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    def once() -> str:
        return re.sub(r'"seconds": [\d.]+', "", notelint("check", SEEDS, "--format", "json").out)

    assert once() == once()


# sarif

TEXT: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "message": TEXT,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "additionalProperties": False,
                    "properties": {"uri": {"type": "string", "pattern": r"^[^\s\\:]+$"}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength"],
                    "additionalProperties": False,
                    "properties": {
                        **{
                            name: {"type": "integer", "minimum": 1}
                            for name in ("startLine", "startColumn", "endLine", "endColumn")
                        },
                        "charOffset": {"type": "integer", "minimum": 0},
                        "charLength": {"type": "integer", "minimum": 0},
                        "snippet": {"type": "object", "required": ["text"]},
                    },
                },
            },
        },
    },
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string", "format": "uri"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results", "columnKind", "invocations"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "shortDescription", "fullDescription", "help"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {"properties": {"level": LEVEL}},
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["executionSuccessful"],
                            "properties": {
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["message"],
                                        "properties": {"message": TEXT},
                                    },
                                }
                            },
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": LEVEL,
                                "message": TEXT,
                                "rank": {"type": "number", "minimum": 0, "maximum": 100},
                                "locations": {"type": "array", "minItems": 1, "maxItems": 1, "items": PLACE},
                                "relatedLocations": {"type": "array", "maxItems": 100, "items": PLACE},
                                "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
                                "suppressions": {
                                    "type": "array",
                                    "items": {
                                        "required": ["kind"],
                                        "properties": {"kind": {"enum": ["inSource", "external"]}},
                                    },
                                },
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                                "properties": {"type": "object"},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""The part of SARIF 2.1.0 that we write, as its specification has it, with GitHub's demands."""


def test_sarif_has_the_shape_of_its_specification() -> None:
    judged = [item(0), item(1, "warning", "baseline"), item(2, "info", "ruled", places=1)]
    document = json.loads(rendered("sarif", judged, (Failure("a.md", "gone"), Failure("", "no"))))
    jsonschema.validate(document, SARIF)
    (run,) = document["runs"]
    assert not run["invocations"][0]["executionSuccessful"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result, one in zip(run["results"], judged, strict=True):
        assert ids[result["ruleIndex"]] == result["ruleId"] == one.finding.rule
        assert result["partialFingerprints"] == {"notelintConflict/v1": one.finding.fingerprint}
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert "suppressions" not in run["results"][0]
    assert run["results"][1]["suppressions"][0]["kind"] == "external"


def test_sarif_links_the_other_places_from_the_message() -> None:
    (result,) = json.loads(rendered("sarif", [item(places=3)]))["runs"][0]["results"]
    assert result["message"]["text"].endswith("see [notes/n 1%.md:2](1), [notes/n 2%.md:3](2)")
    assert [place["id"] for place in result["relatedLocations"]] == [1, 2]
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "notes/n%201%25.md"


def test_sarif_keeps_within_what_collectors_take_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 3)
    judged = [item(0, "info"), item(1, "error", places=150), item(2, "warning"), item(3, "info")]
    (run,) = json.loads(rendered("sarif", judged))["runs"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert len(run["results"][0]["relatedLocations"]) == 100
    assert "1 finding of the lowest severity left out" in json.dumps(run["invocations"])


def test_sarif_of_the_seeds_has_the_shape_too(notelint: Notelint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    jsonschema.validate(json.loads(notelint("check", SEEDS, "--format", "sarif").out), SARIF)


# github and gitlab


def test_github_gets_the_worst_first_and_no_more_than_it_keeps() -> None:
    judged = [item(number, SEVERITIES[2 - number % 3]) for number in range(60)]
    lines = rendered("github", judged).splitlines()
    levels = [line.split()[0] for line in lines if line.startswith("::")]
    assert levels == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert lines[-1].startswith("notelint: 30 more findings")


def test_github_columns_stand_only_where_it_takes_them() -> None:
    one = item(places=1)
    assert ",col=2,endColumn=9," in rendered("github", [one])
    import msgspec

    span = msgspec.structs.replace(one.finding.labels[0].span, end_line=9)
    label = msgspec.structs.replace(one.finding.labels[0], span=span)
    several = Judged.of(msgspec.structs.replace(one.finding, labels=(label,)), "error")
    assert "col=" not in rendered("github", [several])


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_note_can_write_a_workflow_command(text: str) -> None:
    lines = rendered("github", [item(text=text)]).split("\n")
    assert len(lines) == 2
    assert lines[0].startswith("::error file=notes/n 0%25.md,line=1,")
    assert "\r" not in lines[0]
    assert not lines[1]


@pytest.mark.parametrize("format_", ["text", "concise"])
def test_what_is_printed_for_people_holds_nothing_that_a_terminal_obeys(
    format_: str, vault: Path, notelint: Notelint
) -> None:
    (vault / "red\x1b[31m\n.md").write_text(WRONG.replace("[0", "[\x1b]0;\x9b31m\x070", 1), encoding="utf-8")
    (vault / "folder\x1b[31m.md").mkdir()
    ran = notelint("check", "--format", format_, "--no-cache")
    assert ran.status == 3
    assert "failure: folder⟨U+001B⟩[31m.md: a folder" in ran.err
    assert "red⟨U+001B⟩[31m .md:" in ran.out
    assert all(line.isprintable() for line in ran.out.split("\n"))


def test_gitlab_gets_a_conflict_once_by_its_fingerprint() -> None:
    first = item(0)
    entries = json.loads(rendered("gitlab", [first, item(1, "info"), first]))
    assert [entry["fingerprint"] for entry in entries] == [first.finding.fingerprint, item(1).finding.fingerprint]
    assert [entry["severity"] for entry in entries] == ["major", "info"]
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["location"] == {"path": "notes/n 0%.md", "lines": {"begin": 1, "end": 1}}


def test_a_message_names_the_other_places_and_the_suggestion() -> None:
    text = github.message(item(places=9), str)
    assert "also notes/n 1%.md:2, " in text
    assert "and 3 more" in text
    assert text.endswith("suggestion: Schroepfer")


@pytest.mark.parametrize("format_", reports.FORMATS)
def test_every_format_takes_a_vault_without_findings(format_: str) -> None:
    rendered(format_, [])


@pytest.mark.parametrize("format_", ["github", "gitlab", "concise"])
def test_known_conflicts_are_left_out_where_nobody_can_filter(vault: Path, notelint: Notelint, format_: str) -> None:
    (vault / "a.md").write_text(WRONG)
    notelint("baseline", "--baseline", "known.json")
    ran = notelint("check", "--baseline", "known.json", "--format", format_)
    assert ran.status == 0
    assert ran.out in ("", "[]\n")
