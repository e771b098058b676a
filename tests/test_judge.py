"""From what was found to what is said: severity, allow comments, baseline, rulings, focus."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from program import RIGHT, WRONG, Notelint

from notelint.lint import engine
from notelint.lint.cli.run import Run
from notelint.lint.config import Config, ConfigError, Override
from notelint.lint.engine import Held
from notelint.lint.judge import allow, at_least, baseline, judge, rulings, severity_of
from notelint.lint.model import Fact, Failure, Finding, Fix, Group, Label, Severity, Span
from notelint.lint.note.allows import Allow, allows
from notelint.lint.note.read import read

DEFAULTS: dict[str, Severity] = {"name-spelling": "error", "quote-wording": "warning"}


def place(path: str, line: int = 1) -> Label:
    return Label(Span(path, line, 1, line, 5, 0, 4), "text")


def finding(rule: str = "name-spelling", *paths: str, **more: object) -> Finding:
    labels = tuple(place(path) for path in paths or ("a.md",))
    return Finding(rule=rule, key="source", message="x", labels=labels, values=("one", "two"), **more)  # type: ignore[arg-type]


def test_a_rule_that_raises_is_a_failure_with_the_line_that_raised() -> None:
    class Raising:
        ID = "name-spelling"

        def check(self, key: str, facts: Group) -> list[Finding]:
            raise IndexError(key)

    fact = Fact("source", "text", place("a.md").span)
    examined = engine.examine([Raising()], Group("source", [fact]), {})  # type: ignore[list-item]  # no rule gives a list
    assert examined.findings == ()
    line = Raising.check.__code__.co_firstlineno + 1
    said = f"name-spelling failed on source: IndexError('source') in test_judge.py, line {line}"
    assert examined.failures == (Failure("a.md", said),)


@pytest.mark.parametrize("wrong", [{"labels": ()}, {"rule": "quote-wording"}, {"message": 3}, {"severity": "bad"}])
def test_a_finding_that_could_not_be_kept_is_a_failure(wrong: dict[str, object]) -> None:
    class Wrong:
        ID = "name-spelling"

        def check(self, key: str, facts: Group) -> list[Finding]:
            return [msgspec.structs.replace(finding(), **wrong)]

    fact = Fact("source", "text", place("a.md").span)
    examined = engine.examine([Wrong()], Group("source", [fact]), {})  # type: ignore[list-item]  # as above
    assert examined.findings == ()
    assert [failure.path for failure in examined.failures] == ["a.md"]
    assert examined.failures[0].message.startswith("name-spelling failed on source: ")


# severity


def test_a_finding_weighs_what_its_rule_does_unless_it_says_otherwise() -> None:
    assert weight(finding(), DEFAULTS, Config()) == "error"
    assert weight(finding(severity="info"), DEFAULTS, Config()) == "info"


def test_the_configuration_beats_the_finding_and_the_rule_beats_its_family() -> None:
    assert weight(finding(severity="info"), DEFAULTS, Config(severity={"name": "warning"})) == "warning"
    both: dict[str, Severity] = {"name": "warning", "name-spelling": "off"}
    assert weight(finding(), DEFAULTS, Config(severity=both)) == "off"


def weight(found: Finding, defaults: dict[str, Severity], config: Config) -> Severity:
    return severity_of(engine.head(found), found if config.overrides else None, defaults, config)


def test_the_last_override_that_matches_beats_all() -> None:
    overrides = (
        Override(paths=("drafts/*",), severity={"name": "info"}),
        Override(paths=("drafts/old/*",), severity={"name-spelling": "off"}),
    )
    config = Config(severity={"name-spelling": "warning"}, overrides=overrides)
    assert weight(finding("name-spelling", "a.md"), DEFAULTS, config) == "warning"
    assert weight(finding("name-spelling", "drafts/a.md"), DEFAULTS, config) == "info"
    assert weight(finding("name-spelling", "drafts/old/a.md"), DEFAULTS, config) == "off"


def test_a_finding_weighs_what_it_weighs_in_the_heaviest_of_the_notes_to_be_changed() -> None:
    config = Config(overrides=(Override(paths=("drafts/*",), severity={"name": "off"}),))
    for paths in (("drafts/a.md", "b.md"), ("b.md", "drafts/a.md")):
        assert weight(finding("name-spelling", *paths), DEFAULTS, config) == "error"
    assert weight(finding("name-spelling", "drafts/a.md", "drafts/b.md"), DEFAULTS, config) == "off"
    found = finding("name-spelling", "drafts/a.md", "b.md")
    labels = (found.labels[0], msgspec.structs.replace(found.labels[1], role="canonical"))
    assert weight(msgspec.structs.replace(found, labels=labels), DEFAULTS, config) == "off"


def test_what_is_off_is_not_said() -> None:
    assert judge(Held([finding()]), DEFAULTS, Config(severity={"name": "off"})) == []


def test_nothing_reaches_a_floor_that_is_off() -> None:
    assert at_least("error", "warning")
    assert at_least("warning", "warning")
    assert not at_least("info", "warning")
    assert not at_least("error", "off")


# focus


def test_a_focus_keeps_findings_in_which_a_focused_note_takes_part_and_puts_it_first() -> None:
    found = finding("name-spelling", "a.md", "b.md", "c.md")
    assert judge(Held([found]), DEFAULTS, Config(), focus={"d.md"}) == []
    (item,) = judge(Held([found]), DEFAULTS, Config(), focus={"c.md"})
    assert [label.span.path for label in item.finding.labels] == ["c.md", "a.md", "b.md"]
    assert item.finding.fingerprint == found.fingerprint


def test_a_focus_changes_no_severity() -> None:
    config = Config(overrides=(Override(paths=("drafts/*",), severity={"name": "off"}),))
    for paths, weighs in ((("drafts/a.md", "drafts/b.md"), []), (("a.md", "drafts/b.md"), ["error"])):
        found = Held([finding("name-spelling", *paths)])
        for focus in (None, *({path} for path in paths), set(paths)):
            assert [item.severity for item in judge(found, DEFAULTS, config, focus=focus)] == weighs


# allow comments


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb <!-- notelint: allow name -- why -->\nc\n", [(2, 2)]),
        ("<!-- notelint: allow name -->\n\nb\nc\n\nd\n", [(1, 4)]),
        ("a\n\n<!-- notelint: allow-file name-spelling, quote -->\nb\n", [(1, 5)]),
        ("<!-- notelint:allow all -->", [(1, 1)]),
        ("<!-- notelint: allow all -- so - it is -->\n \nb\nc", [(1, 4)]),
        ("<!-- notelint: allow all --> b <!-- c -->\nd", [(1, 1)]),
        ("<!-- notelint: allow a-b-->\n", [(1, 2)]),
        ("<!-- notelint: allow all -- left open <!-- notelint: allow name -->\nb", [(1, 1)]),
        ("Write `<!-- notelint: allow all -->`, or\n\n```\n<!-- notelint: allow-file all -->\n```\n", []),
        ("<!-- notelint: allow -->\n<!-- notelint: forbid name -->\nallow name\n", []),
    ],
)
def test_an_allow_comment_covers_its_line_or_the_paragraph_below_it_or_the_note(
    text: str, lines: list[tuple[int, int]]
) -> None:
    found = allows(read("a.md", text.encode()))
    assert [(allow.first, allow.last) for allow in found if allow.rules] == lines


@pytest.mark.parametrize("what", ["timestamp-label", "timestamp", "all", "name, timestamp-label"])
def test_an_allowed_place_is_not_reported(vault: Path, notelint: Notelint, what: str) -> None:
    (vault / "a.md").write_text(f"{WRONG.rstrip()} <!-- notelint: allow {what} -- he says so himself -->\n\n{WRONG}")
    ran = notelint("check", "--format", "concise")
    assert [line.split(":")[:2] for line in ran.out.splitlines() if line.startswith("a.md")] == [["a.md", "3"]]


WRAPPED = """The old mill was built by hand
and stood beside the river as
he said so <a data-t="00:13:37">[00:13:57]</a>.{third}
The rest of it came much later on{fourth}
and is told <a data-t="00:15:37">[00:15:57]</a>{fifth}
at the other end of the village.
"""


@pytest.mark.parametrize(
    ("line", "left"), [("third", ["5"]), ("fifth", ["3"]), ("fourth", ["3", "5"]), (None, ["3", "5"])]
)
def test_a_comment_at_the_end_of_a_reported_line_allows_what_is_reported_there_and_no_more(
    vault: Path, notelint: Notelint, line: str | None, left: list[str]
) -> None:
    comments = dict.fromkeys(("third", "fourth", "fifth"), "")
    if line:
        comments[line] = " <!-- notelint: allow timestamp-label -->"
    (vault / "a.md").write_text(WRAPPED.format(**comments))
    ran = notelint("check", "--format", "concise")
    assert [place.split(":")[1] for place in ran.out.splitlines()] == left
    assert ("nothing there needs it" in ran.err) == (line == "fourth")


def test_a_comment_for_another_rule_allows_nothing(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(f"{WRONG.rstrip()} <!-- notelint: allow name-spelling -->\n")
    assert notelint("check").status == 1


# baseline


def test_a_baseline_knows_what_stands_and_a_new_note_brings_a_new_conflict(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    assert notelint("baseline").status == 0
    (vault / "notelint.toml").write_text('baseline = "notelint.baseline.json"\n')
    ran = notelint("check", "--format", "concise")
    assert (ran.status, ran.out) == (0, "")
    assert "(baseline)" in notelint("check", "--format", "concise", "--known").out
    document = json.loads(notelint("check", "--format", "json").out)
    assert [found["status"] for found in document["findings"]] == ["baseline"]
    assert document["summary"]["new"] == 0
    (vault / "b.md").write_text(WRONG.replace("13:57", "14:58"))
    ran = notelint("check", "--format", "concise")
    assert ran.status == 1
    assert ran.out.startswith("b.md:1:")


def test_a_known_conflict_may_move_within_its_note(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    notelint("baseline")
    (vault / "a.md").write_text(f"# A heading\n\n{RIGHT}\n{WRONG}")
    assert notelint("check", "--baseline", "notelint.baseline.json").status == 0


def test_update_follows_what_is_found_and_prune_only_forgets(vault: Path, notelint: Notelint) -> None:
    other = WRONG.replace("13:57", "14:58")
    (vault / "a.md").write_text(WRONG)
    notelint("baseline", "write", "--baseline", "known.json")
    assert notelint("baseline", "write", "--baseline", "known.json").status == 2
    (vault / "a.md").write_text(other)
    assert "0 added, 1 gone" in notelint("baseline", "prune", "--baseline", "known.json").err
    assert baseline.load(vault / "known.json") == frozenset()
    assert "1 added, 0 gone" in notelint("baseline", "update", "--baseline", "known.json").err
    assert len(baseline.load(vault / "known.json")) == 1
    assert notelint("check", "--baseline", "known.json").status == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a baseline"),
        ("[]", "not a baseline"),
        ('{"version": 1}', "not a baseline"),
        ('{"version": 9, "conflicts": []}', "version 9"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "known.json"
    file.write_text(text)
    with pytest.raises(ConfigError, match=said):
        baseline.load(file)


def test_a_baseline_is_sorted_and_holds_a_conflict_once() -> None:
    items = judge(Held([finding("quote-wording"), finding(), finding()]), DEFAULTS, Config())
    assert baseline.dump(items) == baseline.dump(reversed(items))
    assert len(json.loads(baseline.dump(items))["conflicts"]) == 2


# rulings


def test_both_right_settles_a_finding(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    (found,) = json.loads(notelint("check", "--format", "json").out)["findings"]
    assert notelint("decide", found["fingerprint"][:8], "--both-right", "--reason", 'a "joke"').status == 0
    assert notelint("check", "--format", "concise")[:2] == (0, "")
    (ruled,) = json.loads(notelint("check", "--format", "json").out)["findings"]
    assert ruled["status"] == "ruled"
    assert "(ruled)" in notelint("check", "--format", "concise", "--known").out
    assert notelint("explain", found["fingerprint"].upper()).status == 0
    assert notelint("decide", found["fingerprint"], "--undo").status == 0
    assert notelint("check").status == 1


def test_rulings_that_are_made_at_once_are_all_kept(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text("".join(WRONG.replace("13:57", f"13:{second}") for second in (47, 57, 59)))
    found = json.loads(notelint("check", "--format", "json").out)["findings"]
    assert len(found) == 3
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent / ".src")}
    words = [sys.executable, "-m", "notelint.lint.cli", "decide", "--both-right", "--reason", "so it is"]
    running = [subprocess.Popen([*words, item["fingerprint"]], env=environment) for item in found]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert len(rulings.load(vault / "notelint.rulings.toml")) == 3
    assert {file.name for file in vault.iterdir()} == {
        "a.md", "notelint.toml", "notelint.rulings.toml", ".notelint_cache",
    }  # fmt: skip


def test_a_ruling_made_while_the_vault_was_checked_is_kept(
    vault: Path, notelint: Notelint, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "a.md").write_text(WRONG + WRONG.replace("13:57", "13:59"))
    one, two = (item["fingerprint"] for item in json.loads(notelint("check", "--format", "json").out)["findings"])
    check = Run.check

    def meanwhile(run: Run) -> None:
        monkeypatch.setattr(Run, "check", check)
        assert notelint("decide", two, "--both-right", "--reason", "so it is").status == 0
        check(run)

    monkeypatch.setattr(Run, "check", meanwhile)
    assert notelint("decide", one, "--both-right", "--reason", "so it is").status == 0
    assert {ruling.fingerprint for ruling in rulings.load(vault / "notelint.rulings.toml")} == {one, two}


def test_a_byte_order_mark_is_read_over_in_every_file(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    notelint("baseline")
    for name, text in (("notelint.rulings.toml", "version = 1\n"), ("notelint.toml", "")):
        (vault / name).write_text(text, encoding="utf-8-sig")
    known = vault / "notelint.baseline.json"
    known.write_bytes(b"\xef\xbb\xbf" + known.read_bytes())
    assert notelint("check", "--baseline", "notelint.baseline.json").status == 0


def test_a_canonical_value_is_suggested_and_the_finding_stands(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(WRONG)
    (found,) = json.loads(notelint("check", "--format", "json").out)["findings"]
    ran = notelint("decide", found["fingerprint"], "--canonical", "00:13:57", "--reason", "I listened", "--by", "me")
    assert ran.status == 0
    ran = notelint("check", "--format", "json")
    assert ran.status == 1
    (ruled,) = json.loads(ran.out)["findings"]
    assert ruled["suggestion"] == "00:13:57"
    assert ruled["evidence"][0] == 'ruled: "00:13:57" (I listened)'
    assert ruled["fingerprint"] == found["fingerprint"]


def test_a_ruling_takes_back_a_fix_that_it_contradicts() -> None:
    found = finding(suggestion="one", fix=Fix(True, ()))
    ruling = rulings.Ruling(found.fingerprint, found.rule, "so it is", canonical="two")
    (ruled,) = rulings.applied(engine.Held([found]), [ruling])
    assert (ruled.suggestion, ruled.fix) == ("two", None)
    same = rulings.Ruling(found.fingerprint, found.rule, "so it is", canonical="one")
    assert rulings.applied(engine.Held([found]), [same])[0].fix == found.fix


def test_a_ruling_reads_no_finding_that_nobody_asks_for() -> None:
    read: list[int] = []

    class Late(engine.Held):
        def at(self, index: int) -> Finding:
            read.append(index)
            return super().at(index)

    found = [finding(f"name-{number}", suggestion="one") for number in range(3)]
    ruling = rulings.Ruling(found[2].fingerprint, found[2].rule, "so it is", canonical="two")
    ruled = rulings.applied(Late(found), [ruling]).only(lambda head: head.rule != "name-0")
    assert read == []
    assert [item.suggestion for item in ruled] == ["one", "two"]


def test_a_ruled_name_is_part_of_the_vocabulary() -> None:
    name = rulings.Ruling("0" * 16, "name-spelling", "why", canonical="Mike Schroepfer")
    time = rulings.Ruling("1" * 16, "timestamp-label", "why", canonical="00:01:00")
    both = rulings.Ruling("2" * 16, "name-spelling", "why", both_right=True)
    assert rulings.vocabulary([name, time, both]) == {"Mike Schroepfer"}
    assert rulings.settled([name, time, both]) == {"2" * 16}


@given(
    st.lists(
        st.builds(
            rulings.Ruling,
            fingerprint=st.text("0123456789abcdef", min_size=16, max_size=16),
            rule=st.sampled_from(["name-spelling", "fact-number"]),
            reason=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
            canonical=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
        ),
        unique_by=lambda ruling: ruling.fingerprint,
        max_size=4,
    )
)
def test_rulings_are_read_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, given: list[rulings.Ruling]
) -> None:
    file = tmp_path_factory.mktemp("rulings") / "rulings.toml"
    file.write_text(rulings.dump(given), encoding="utf-8", newline="")
    assert set(rulings.load(file)) == set(given)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ruling = 3", "Expected `array`"),
        ("version = 2", "version 2"),
        ('[[ruling]]\nfingerprint = "a"\nrule = "b"\nreason = "c"\n', "either a canonical value or both-right"),
        ('[[ruling]]\nfingerprint = "a"\nrule = "b"\nreason = "c"\nvalue = "d"\n', "unknown field `value`"),
        ("nonsense", "cannot be read"),
    ],
)
def test_a_file_that_holds_no_rulings_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "rulings.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=said):
        rulings.load(file)


# allow comments that are of no use


def test_a_comment_that_allows_nothing_is_told_and_one_that_is_needed_is_not(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(f"{WRONG.rstrip()} <!-- notelint: allow timestamp-label -- so it is -->\n")
    assert notelint("check", "--format", "concise") == (0, "", "")
    (vault / "b.md").write_text(f"{RIGHT.rstrip()} <!-- notelint: allow timestamp-label, nmae-spelling -->\n")
    keys = ", ".join(Config().source_keys)
    for words in (("check",), ("check",), ("check", "--no-cache")):
        ran = notelint(*words)
        assert ran.status == 0
        assert ran.err.splitlines() == [
            f"notelint: no note names its source in its front matter ({keys}), so that none was compared with another",
            'notelint: b.md:1: the comment allows "timestamp-label", and nothing there needs it',
            'notelint: b.md:1: the comment allows "nmae-spelling", which is no rule',
        ]
    assert notelint("check", "-q").err == ""
    assert len(json.loads(notelint("check", "--format", "json").out)["notices"]) == 3


def test_many_comments_are_looked_up_and_not_compared() -> None:
    comments = tuple((f"{number}.md", (Allow(("name",), 1, 1, 1),)) for number in range(4_000))
    quiet = [finding("name-spelling", f"{number}.md", allowed=True) for number in range(3_999)]
    started = time.process_time()
    found = allow.unused(
        engine.Outcome(Held(quiet), (), 4_000, 0, comments=comments), ["name-spelling"], ["name-spelling"]
    )
    assert time.process_time() - started < 1
    assert found == ['3999.md:1: the comment allows "name", and nothing there needs it']


@pytest.mark.parametrize(
    "wrong", ["allow", "allow all – so it is", "allow all because", "alow all", "allow-line all", ""]
)
def test_a_comment_that_is_not_written_as_one_is_told(vault: Path, notelint: Notelint, wrong: str) -> None:
    (vault / "a.md").write_text(f"{WRONG.rstrip()} <!-- notelint: {wrong} -->\n\n`<!-- notelint: alow -->`\n")
    for words in (("check",), ("check",), ("check", "--no-cache")):
        ran = notelint(*words)
        assert ran.status == 1
        (said,) = [line for line in ran.err.splitlines() if "comment" in line]
        assert "a.md:1: the comment allows nothing: it is written `<!-- notelint: allow RULE -- WHY -->`" in said


def test_a_comment_for_a_rule_that_is_off_is_left_alone(vault: Path, notelint: Notelint) -> None:
    (vault / "notelint.toml").write_text('severity.timestamp-label = "off"\n')
    (vault / "b.md").write_text(f"{RIGHT.rstrip()} <!-- notelint: allow timestamp-label -->\n")
    assert notelint("check").err == ""


def test_what_a_comment_keeps_quiet_is_in_no_output(vault: Path, notelint: Notelint) -> None:
    (vault / "a.md").write_text(f"{WRONG.rstrip()} <!-- notelint: allow all -->\n")
    for format_ in ("json", "sarif", "concise", "github", "gitlab"):
        ran = notelint("check", "--format", format_)
        assert ran.status == 0
        assert "a.md" not in ran.out
