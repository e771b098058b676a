"""Everything in memory: the plainest backend, and the yardstick for the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from .. import engine
from ..model import Fact, Failure, Finding, Group, Note, Rule, Sharing
from ..note.allows import Allow, allows
from ..sources import sketch
from .counted import forms
from .job import Job
from .records import CLAIMS


@dataclass
class Memory:
    """The facts of a vault by extractor and key, and the findings in them."""

    rules: Sequence[Rule]
    vocabulary: frozenset[str] = frozenset()
    pipeline: str | None = None
    facts: dict[str, dict[str, list[Fact]]] = field(default_factory=dict)
    allowed: dict[str, tuple[Allow, ...]] = field(default_factory=dict)

    def run(self, notes: Iterable[Note]) -> engine.Outcome:
        """Extract, group and check; `notes` may come in any order."""
        job = Job(self.rules, self.vocabulary, (), self.pipeline)
        facts: dict[str, dict[str, list[Fact]]] = {name: defaultdict(list) for name in job.streams}
        failures: list[Failure] = []
        count = 0
        undeclared: set[str] = set()
        sources: set[str] = set()
        for note in notes:
            count += 1
            comments = allows(note)
            if comments:
                self.allowed[note.path] = comments
            if note.source is None:
                undeclared.add(note.path)
            else:
                sources.add(note.source)
            found, failed = job.extracted(note)
            failures += failed
            for row, its in found:
                facts[row.stream][row.key] += its
        sharings = self._share(facts[CLAIMS], undeclared)
        self.facts = facts
        findings: list[Finding] = []
        notices: list[str] = []
        for name in sorted(facts):
            for key in sorted(facts[name]) if job.readers[name] else ():
                group = engine.group(key, facts[name][key], self.vocabulary, self.pipeline)
                allowed = (
                    {fact.span.path: self.allowed[fact.span.path] for fact in group if fact.span.path in self.allowed}
                    if self.allowed
                    else {}
                )
                said = engine.examine(job.readers[name], group, allowed)
                findings.extend(said.findings)
                failures.extend(said.failures)
                notices.extend(said.notices)
        by_id = {rule.ID: rule for rule in self.rules}
        counts = _Counts(facts)
        weighed = engine.weigh(by_id, findings, counts)
        failures.extend(weighed.failures)
        return engine.Outcome(
            engine.Held(engine.ordered(weighed.findings)),
            tuple(sorted(failures)),
            count,
            len(sources),
            tuple(sharings),
            tuple(sorted(set(notices))),
            tuple(sorted(self.allowed.items())),
        )

    def group(self, key: str) -> Group:
        """Give the facts on one source, for a renderer."""
        return engine.group(key, self.facts.get(CLAIMS, {}).get(key, ()), self.vocabulary, self.pipeline)

    def _share(self, facts: dict[str, list[Fact]], undeclared: set[str]) -> list[Sharing]:
        """Put the notes that declare no source with the source that they share."""
        loose = {path: facts[f"note:{path}"] for path in sorted(undeclared) if f"note:{path}" in facts}
        if not loose:
            return []
        declared = {key: sketch.sketch(found) for key, found in facts.items() if not key.startswith("note:")}
        sharings = sketch.infer({path: sketch.sketch(found) for path, found in loose.items()}, declared)
        for sharing in sharings:
            moved = facts.pop(f"note:{sharing.path}")
            facts[sharing.source].extend(msgspec.structs.replace(fact, key=sharing.source) for fact in moved)
        return sharings


class _Counts:
    """In how many groups a form occurs; counted when first asked."""

    def __init__(self, facts: dict[str, dict[str, list[Fact]]]) -> None:
        self.facts = facts
        self.counted: Counter[str] | None = None

    def __call__(self, form: str) -> int:
        if self.counted is None:
            self.counted = Counter(
                form
                for stream, groups in self.facts.items()
                for facts in groups.values()
                for form in forms(stream, facts)
            )
        return self.counted[form]
