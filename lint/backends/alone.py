"""Notes by themselves: each is checked as if it were the only one, whichever are named beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .. import engine
from ..model import Group, Note, Rule
from .memory import Memory


class Alone:
    """The facts of notes that know nothing of each other, and what rules find in them."""

    def __init__(self, rules: Sequence[Rule], vocabulary: frozenset[str], pipeline: str | None) -> None:
        self.rules = rules
        self.vocabulary = vocabulary
        self.pipeline = pipeline
        self.vaults: list[Memory] = []

    def run(self, notes: Iterable[Note]) -> engine.Outcome:
        """Check each note in a vault of its own."""
        outcomes = []
        sources = set()
        for note in notes:
            vault = Memory(self.rules, self.vocabulary, self.pipeline)
            outcomes.append(vault.run((note,)))
            self.vaults.append(vault)
            sources.add(note.source)
        return engine.Outcome(
            engine.Held(engine.ordered(found for outcome in outcomes for found in outcome.findings)),
            tuple(sorted(failure for outcome in outcomes for failure in outcome.failures)),
            len(outcomes),
            len(sources - {None}),
            notices=tuple(sorted({notice for outcome in outcomes for notice in outcome.notices})),
            comments=tuple(sorted(comment for outcome in outcomes for comment in outcome.comments)),
        )

    def group(self, key: str) -> Group:
        """Give the facts on one source, for a renderer."""
        facts = (fact for vault in self.vaults for fact in vault.group(key))
        return engine.group(key, facts, self.vocabulary, self.pipeline)
