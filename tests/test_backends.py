"""Every backend finds the same, whatever it knew before: all rule cases, and histories of edits."""

from __future__ import annotations

import gc
import itertools
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import cases
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from texts import Texts

from notelint.lint import engine
from notelint.lint.backends import filing
from notelint.lint.backends.memory import Memory
from notelint.lint.backends.spread import Crew
from notelint.lint.backends.sqlite import Index
from notelint.lint.model import Counts, Fact, Finding, Group, Label, Note, Rule
from notelint.lint.note import claims
from notelint.lint.note.read import SOURCE_KEYS, read
from notelint.lint.sources import sketch
from notelint.rules import RULES

Vault = Mapping[str, bytes]


@dataclass
class Asking:
    """A rule of the tests: says each name of a source, and weighs it by the number of sources that have it."""

    __name__ = "asking"
    __doc__ = "Ask."
    ID = "name-asking"
    SEVERITY = "info"
    SCOPE = "vault"
    extract = staticmethod(claims.by_source)

    def check(self, key: str, facts: Group) -> Iterator[Finding]:
        seen: set[str] = set()
        for fact in facts:
            for form in sketch.forms([fact]):
                if form not in seen:
                    seen.add(form)
                    yield Finding(self.ID, key, form, (Label(fact.span, form),), (form,))

    def weigh(self, finding: Finding, counts: Counts) -> Finding | None:
        n = counts(finding.values[0])
        return None if n == 2 else msgspec.structs.replace(finding, message=f"{finding.message} in {n}")


class Alone(Asking):
    """A rule of the tests on notes alone, which weighs too."""

    __name__ = "alone"
    ID = "text-alone"

    @staticmethod
    def extract(note: Note) -> Iterator[Fact]:
        yield Fact(f"note:{note.path}", "alone", note.span(0, 0))

    def check(self, key: str, facts: Group) -> Iterator[Finding]:
        yield Finding(self.ID, key, "alone", (Label(facts[0].span, "alone"),), ("Ada Lovelace",))


@dataclass
class Erring(Asking):
    """A rule of the tests that errs in one place, on the notes that ask for it."""

    __name__ = "erring"
    ID = "text-erring"
    place: str

    def extract(self, note: Note) -> Iterator[Fact]:
        value: object = "fact"
        if "err" in note.text:
            value = {"fact": 1 << 70, "unread fact": 7}.get(self.place, value)
        key = f"note:{note.path}" if "own" in note.text else note.key
        yield Fact(3 if "err" in note.text and self.place == "key" else key, value, note.span(0, 0))  # type: ignore[arg-type]
        if "err" in note.text and self.place == "extract":
            raise IndexError

    def check(self, key: str, facts: Group) -> Iterator[Finding]:
        for fact in facts:
            path = fact.span.path
            labels = () if "err" in path and self.place == "finding" else (Label(fact.span, "x"),)
            yield Finding(self.ID, key, path, labels, (path,))

    def weigh(self, finding: Finding, counts: Counts) -> Finding | None:
        if "err" in finding.message and self.place == "weigh" and counts("Ada Lovelace") < 3:
            raise IndexError
        return msgspec.structs.replace(finding, labels=()) if self.place == "weighed" else finding


@pytest.mark.parametrize("place", ["key", "fact", "unread fact", "extract", "finding", "weigh", "weighed"])
def test_a_rule_that_errs_is_a_failure_and_all_else_is_checked(place: str, tmp_path: Path) -> None:
    rules: list[Rule] = [*RULES, Asking(), Erring(place)]  # type: ignore[list-item]
    vault = {f"{number}.md": data for number, data in enumerate(generated(6).values())}
    erring = {"0-err-own.md": b"err own\n", "0-err.md": b"---\nvideoId: source00000\n---\n\nerr Ada Lovelace.\n"}
    more = {f"{name}.md": f"---\nvideoId: {name}\n---\n\nIt was Ada Lovelace here.\n".encode() for name in "abcdef"}
    made = index(tmp_path, rules=rules)
    for state in (vault | erring, vault | erring | more, vault | erring, vault, vault | erring):
        outcome = made.run(Texts(state))
        assert shown(outcome) == in_memory(state, rules=rules)
        if "0-err.md" in state and "a.md" not in state:
            assert {"0-err.md", "0-err-own.md"} <= {failure.path for failure in outcome.failures}
    made.close()
    assert over_index(index(tmp_path, frozenset({"Ada"}), settings="b", rules=rules), vault | erring) == in_memory(
        vault | erring, frozenset({"Ada"}), rules=rules
    )


RULES_AND_MORE: list[Rule] = [*RULES, Asking(), Alone()]  # type: ignore[list-item]


def shown(outcome: engine.Outcome) -> bytes:
    whole = msgspec.structs.asdict(outcome) | {"findings": list(outcome.findings)}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1)


def in_memory(vault: Vault, vocabulary: frozenset[str] = frozenset(), rules: list[Rule] | None = None) -> bytes:
    notes = [read(path, data, SOURCE_KEYS) for path, data in vault.items()]
    return shown(Memory(rules or list(RULES), vocabulary).run(notes))


def index(folder: Path | None, vocabulary: frozenset[str] = frozenset(), **more: object) -> Index:
    rules = more.pop("rules", list(RULES))
    file = folder / "index.db" if folder is not None else None
    return Index(lambda: rules, file, vocabulary=vocabulary, source_keys=SOURCE_KEYS, **more)  # type: ignore[arg-type, return-value]


def over_index(made: Index, vault: Vault) -> bytes:
    try:
        return shown(made.run(Texts(vault)))
    finally:
        made.close()


def documents(case: cases.Case) -> dict[str, bytes]:
    return {path: text.encode() for path, text in case.notes.items()}


@pytest.mark.parametrize("case", cases.CASES, ids=str)
def test_every_case_on_every_backend(case: cases.Case, tmp_path: Path) -> None:
    vault = documents(case)
    vocabulary = frozenset(case.config().vocabulary)
    expected = in_memory(vault, vocabulary)
    assert over_index(index(tmp_path, vocabulary), vault) == expected, "cold"
    assert over_index(index(tmp_path, vocabulary), vault) == expected, "warm"
    assert over_index(index(None, vocabulary), dict(reversed(vault.items()))) == expected, "not kept, another order"


def walk(states: int) -> list[int]:
    """Give a walk in which each state follows each other one, once."""
    left = {state: [other for other in range(states) if other != state] for state in range(states)}
    stack, steps = [0], []
    while stack:
        if left[stack[-1]]:
            stack.append(left[stack[-1]].pop())
        else:
            steps.append(stack.pop())
    return steps[::-1]


@pytest.mark.parametrize("case", cases.CASES, ids=str)
def test_no_history_of_edits_leaves_a_trace(case: cases.Case, tmp_path: Path) -> None:
    notes = documents(case)
    names, texts = list(notes), list(notes.values())
    vaults: list[dict[str, bytes]] = [
        notes,
        dict.fromkeys(names, b""),
        dict(zip(names, reversed(texts), strict=True)),
        dict(itertools.islice(notes.items(), 1, None)),
        {f"renamed/{name}": text for name, text in notes.items()},
        {},
    ]
    expected = [in_memory(vault) for vault in vaults]
    made = index(tmp_path)
    for step in walk(len(vaults)):
        assert shown(made.run(Texts(vaults[step]))) == expected[step]
    made.close()


PEOPLE = ["Ada Lovelace", "Ada Lovelase", "Alan Turing", "Alan Turring", "Grace Hopper", "Kurt Gödel"]
SOURCES = ["aaaaaaaaaaa", "bbbbbbbbbbb", None]
THINGS = ["the analytical engine", "a universal machine", "the first compiler", "incompleteness of Principia"]


@st.composite
def note_texts(draw: st.DrawFn) -> bytes:
    source = draw(st.sampled_from(SOURCES))
    lines = [f"---\nvideoId: {source}\n---\n"] if source else []
    for _ in range(draw(st.integers(0, 5))):
        person, thing = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(THINGS))
        minute = draw(st.integers(0, 59))
        mark = draw(st.sampled_from(["", " <!-- notelint: allow all -->"]))
        quote = draw(st.sampled_from(["", ' "it is the weaving of algebraic patterns that counts here"']))
        lines.append(f"Years ago {person} described {thing} in great detail{quote} [00:{minute:02d}:10].{mark}\n")
    return "\n".join(lines).encode()


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, bytes]]:
    """Give the states of a vault after each edit of a history: add, change, empty, swap, rename, delete."""
    vault: dict[str, bytes] = {}
    states = []
    for _ in range(draw(st.integers(1, 8))):
        verb = draw(st.sampled_from(["add", "add", "change", "empty", "swap", "rename", "delete"]))
        names = sorted(vault)
        if verb == "add" or not names:
            vault[f"{draw(st.sampled_from('abcdefgh'))}.md"] = draw(note_texts())
        else:
            name = draw(st.sampled_from(names))
            if verb == "change":
                vault[name] = draw(note_texts())
            elif verb == "empty":
                vault[name] = b""
            elif verb == "swap":
                other = draw(st.sampled_from(names))
                vault[name], vault[other] = vault[other], vault[name]
            elif verb == "rename":
                vault[f"{draw(st.sampled_from('ijklm'))}.md"] = vault.pop(name)
            else:
                del vault[name]
        states.append(dict(vault))
    return states


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(history=histories())
def test_histories_of_edits(history: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> None:
    made = index(tmp_path_factory.mktemp("cache"), rules=RULES_AND_MORE)
    try:
        for vault in history:
            assert shown(made.run(Texts(vault))) == in_memory(vault, rules=RULES_AND_MORE)
    finally:
        made.close()


def generated(notes: int) -> dict[str, bytes]:
    """Give a vault of some size, the same each time: sources of five notes, with a conflict here and there."""
    chance = random.Random(7)
    vault = {}
    for number in range(notes):
        source = f"source{number // 5:05d}"
        lines = [f"---\nvideoId: {source}\n---\n"] if number % 41 else []
        for _ in range(3):
            person, thing = chance.choice(PEOPLE), chance.choice(THINGS)
            lines.append(f"In {source} it was {person} who told of {thing} [00:{chance.randrange(60):02d}:10].\n")
        vault[f"{number:04d}.md"] = "\n".join(lines).encode()
    return vault


def test_one_process_or_several_in_any_order(tmp_path: Path) -> None:
    vault = generated(400)
    shuffled = list(vault.items())
    random.Random(3).shuffle(shuffled)
    one = over_index(index(tmp_path / "one", rules=RULES_AND_MORE, workers=1), vault)
    assert one == in_memory(vault, rules=RULES_AND_MORE)
    assert one == over_index(index(tmp_path / "three", rules=RULES_AND_MORE, workers=3), dict(shuffled))
    changed = vault | {path: text + b"\nAlan Turring said so.\n" for path, text in list(vault.items())[:300]}
    assert over_index(index(tmp_path / "three", rules=RULES_AND_MORE, workers=3), changed) == in_memory(
        changed, rules=RULES_AND_MORE
    )


def test_what_judging_makes_dies_without_a_search_for_garbage() -> None:
    vault = {path.name: path.read_bytes() for path in (Path(__file__).parent.parent / "seeds").iterdir()}
    vault |= {path: data for case in cases.CASES[::7] for path, data in documents(case).items()}
    in_memory(vault)  # what is learnt once
    gc.collect()
    gc.disable()
    try:
        in_memory(vault)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_settings_that_findings_depend_on_judge_again_without_reading_again(tmp_path: Path) -> None:
    vault = generated(30)
    over_index(index(tmp_path, settings="a"), vault)

    class Unread(Texts):
        def fetch(self, path: str, failures: object) -> bytes:
            raise AssertionError(path)

        def stamps(self) -> dict[str, str]:
            return dict.fromkeys(self.documents, "1")

    class Stamped(Texts):
        def stamps(self) -> dict[str, str]:
            return dict.fromkeys(self.documents, "1")

    words = frozenset({"Ada Lovelace"})
    made = index(tmp_path, settings="a")
    made.run(Stamped(vault))
    made.close()
    made = index(tmp_path, words, settings="b")
    assert shown(made.run(Unread(vault))) == in_memory(vault, words)
    made.close()


def test_work_that_a_killed_process_left_is_done_here() -> None:
    import signal

    here = os.getpid()

    def work(task: bytes) -> bytes:
        if task == b"5" and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return task + task

    tasks = [str(number).encode() for number in range(40)]
    crew = Crew(2, bytes.upper, work)
    for _ in range(2):
        assert sorted(crew.do(work, tasks)) == sorted(map(work, tasks))
        assert sorted(crew.do(bytes.upper, tasks)) == sorted(tasks)
    crew.dismiss()


def test_a_process_that_has_worked_works_on() -> None:
    def who(task: bytes) -> bytes:
        return str(os.getpid()).encode()

    crew = Crew(2, who)
    seen = {*crew.do(who, [b""] * 40), *crew.do(who, [b"x" * 100_000] * 40)}
    assert len(seen) <= 2
    assert str(os.getpid()).encode() not in seen
    crew.dismiss()
    assert seen.isdisjoint(crew.do(who, [b""] * 40))
    results = crew.do(who, [b""] * 40)
    worker = int(next(results))
    results.close()  # who looks at no more results leaves nobody at work
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_processes_do_not_outlive_the_one_that_was_killed() -> None:
    code = """
import time
from notelint.lint.backends.spread import Crew
def work(task):
    time.sleep(0.1)  # work that is under way when the parent is killed
    return b"done"
for result in Crew(2, work).do(work, [b""] * 1000):
    print(result.decode(), flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"done\n"
        parent.kill()
        parent.communicate(timeout=30)  # until nobody holds the pipe


def test_a_focus_gives_what_the_whole_gives_with_those_notes(tmp_path: Path) -> None:
    vault = generated(60)
    made = index(tmp_path, rules=RULES_AND_MORE)
    whole = made.run(Texts(vault))
    for path in list(vault)[::7]:
        focused = made.run(Texts(vault), focus={path})
        assert list(focused.findings) == [
            found for found in whole.findings if any(label.span.path == path for label in found.labels)
        ]
        assert focused.notes == whole.notes
    made.close()


def test_findings_that_are_too_many_to_hold_are_read_as_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "HELD", 0)
    monkeypatch.setattr(filing, "BATCH", 3)
    monkeypatch.setattr(filing, "RECENT", 5)
    vault = generated(60)
    made, other = index(tmp_path), index(tmp_path)
    outcome = made.run(Texts(vault))
    assert shown(outcome) == in_memory(vault)
    whole = list(outcome.findings)
    assert [outcome.findings[at] for at in reversed(range(len(whole)))] == whole[::-1]
    assert [head.fingerprint for head in outcome.findings.heads] == [found.fingerprint for found in whole]
    names = outcome.findings.only(lambda head: head.family == "name")
    assert list(names) == [found for found in whole if found.family == "name"]
    assert 0 < len(names) < len(whole)
    shorter = dict(itertools.islice(vault.items(), 30))
    assert shown(other.run(Texts(shorter))) == in_memory(shorter)
    assert list(outcome.findings) == whole, "what another process changes is not seen until the next run"
    assert shown(made.run(Texts(shorter))) == in_memory(shorter)
    made.close()
    other.close()
