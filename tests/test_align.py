"""Alignment: the same statement in two notes, exactly and in any order."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.lint import engine
from notelint.lint.model import Group
from notelint.lint.note import claims
from notelint.lint.note.read import read
from notelint.lint.statements.align import MIN_SCORE, MIN_WORDS, align
from notelint.lint.statements.table import content
from notelint.rules import fact_term

HEAD = "---\nvideoId: aaaaaaaaaaa\n---\n\n"
KEYS = ("videoId",)
WORDS = "orchard lantern harbour granite sparrow furnace meadow cellar violin compass bishop turnip ladder".split()

sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=9).map(
    lambda words: " ".join(words).capitalize() + "."
)
vaults = st.lists(st.lists(sentences, min_size=1, max_size=5), min_size=2, max_size=4)


def group(notes: list[list[str]]) -> Group:
    facts = [
        fact
        for number, lines in enumerate(notes)
        for fact in claims.by_source(read(f"{number}.md", (HEAD + "\n\n".join(lines)).encode(), KEYS))
    ]
    return engine.group("aaaaaaaaaaa", facts)


@given(vaults)
@settings(max_examples=60, deadline=None)
def test_pairs_are_those_of_all_claims_compared_with_all(notes: list[list[str]]) -> None:
    found = align(group(notes))
    bags = [content(fact.value.text) for fact in found.claims]
    assert all(len(bag) >= MIN_WORDS for bag in bags)
    spread = Counter(word for bag in bags for word in bag)
    weighed = [{word: max(1, round(w * (1 - spread[word] / len(bags)))) for word, w in bag.items()} for bag in bags]
    expected = {}
    for i, one in enumerate(weighed):
        for j in range(i + 1, len(weighed)):
            other = weighed[j]
            if found.claims[i].span.path == found.claims[j].span.path:
                continue
            product = sum(one[word] * other[word] for word in one.keys() & other.keys())
            score = product / math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
            if score >= MIN_SCORE:
                expected[i, j] = round(score, 4)
    assert {(pair.first, pair.second): pair.score for pair in found.pairs} == expected


@given(vaults)
@settings(max_examples=30, deadline=None)
def test_partners_mirror_the_pairs_best_first(notes: list[list[str]]) -> None:
    found = align(group(notes))
    mirrored = {(min(i, j), max(i, j)) for i, partners in found.partners.items() for _, j in partners}
    assert mirrored == {(pair.first, pair.second) for pair in found.pairs}
    for partners in found.partners.values():
        assert [score for score, _ in partners] == sorted((score for score, _ in partners), reverse=True)


def test_claims_of_one_note_are_not_aligned() -> None:
    line = "The harbour cellar keeps granite lanterns beside the violin."
    assert align(group([[line, line]])).pairs == ()


def test_of_too_many_claims_each_note_has_an_even_share(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"The {one} cellar keeps {other} lanterns beside the violin." for one in WORDS for other in WORDS][:30]
    monkeypatch.setattr("notelint.lint.statements.align.MAX_CLAIMS", 20)
    monkeypatch.setattr("notelint.rules.fact_term.MAX_CLAIMS", 20)
    facts = group([lines, lines[:4], lines])
    found = align(facts)
    assert Counter(fact.span.path for fact in found.claims) == {"0.md": 8, "1.md": 4, "2.md": 8}
    assert [*found.claims] == sorted(found.claims, key=lambda fact: fact.span)
    said = engine.examine([fact_term], facts, {})
    assert said.notices == ("aaaaaaaaaaa: 44 sentences are left out; of each note the first are compared",)
    assert engine.examine([fact_term], group([lines[:4], lines[:4]]), {}).notices == ()
