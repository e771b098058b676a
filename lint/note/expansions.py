"""Acronyms that notes on one source spell out in different words: "Model Context Protocol (MCP)", "MCP (Model Control Protocol)".

A note that was written from a transcript often has the acronym from what was
said and makes up the words. Both orders are read. The initials of the words
must spell the acronym, so that a gloss ("RAG (a way of looking things up)")
is none. Of 23 that five channels have, all but those of two letters and those
that only put the same words in another order were conflicts.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from ..model import Group
from .lettering import singular
from .names import Mention, cast, joined
from .variants import inflected, likeness
from .words import STOP, stem

_SPELLED = re.compile(r"(?P<letters>[A-Z](?<![^\W_].)[A-Z]{2,5})s?(?:\)| \([\"“]?(?P<words>[^()\"”]{5,80})[\"”]?\))")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:[-/][^\W\d_]+)*")
_BEFORE = re.compile(r" ?[\"”]?,? \([\"“]?\Z")

SAME_WORD = 0.8
"""Likeness from which two words in one place are one word heard twice, or its British spelling."""


class Expansion(NamedTuple):
    """One set of words for an acronym: the words in their singulars, and every place by written form."""

    words: tuple[str, ...]
    forms: dict[str, list[Mention]]


class Acronym(NamedTuple):
    """An acronym of a source with the expansions that cannot all be right."""

    letters: str
    expansions: tuple[Expansion, ...]


@functools.lru_cache(maxsize=2)
def expansions(group: Group) -> tuple[Acronym, ...]:
    """Give the acronyms of a group that are spelled out in several ways, in order of their letters."""
    names = cast(group)
    found: dict[str, dict[tuple[str, ...], Expansion]] = {}
    for index, fact in enumerate(names.claims):
        text = fact.value.passage.text
        if "(" not in text:
            continue
        for letters, start, end in spelled_out(text):
            form = text[start:end]
            words = _words(form)
            kept = found.setdefault(letters, {}).setdefault(words, Expansion(words, {}))
            kept.forms.setdefault(form, []).append(Mention(index, start, end, form, start))
    result = []
    for letters in sorted(found):
        if len(found[letters]) < 2:
            continue
        for several in _conflicting([found[letters][words] for words in sorted(found[letters])]):
            for expansion in several:
                # the words without their acronym are the same name
                keys = {joined(form) for form in expansion.forms}
                for key in sorted(keys & names.names.keys()):
                    for form, mentions in names.names[key].forms.items():
                        known = set(expansion.forms.get(form, ()))
                        expansion.forms.setdefault(form, []).extend(m for m in mentions if m not in known)
            result.append(Acronym(letters, several))
    return tuple(result)


def spelled_out(text: str) -> list[tuple[str, int, int]]:
    """Give each acronym that a passage spells out, with the start and end of its words, code points."""
    found = []
    for match in _SPELLED.finditer(text):
        letters = match["letters"]
        if match["words"] is not None:
            words = list(_WORD.finditer(text, match.start("words"), match.end("words")))
            if words and spells([word[0] for word in words], letters):
                found.append((letters, words[0].start(), words[-1].end()))
            continue
        opening = _BEFORE.search(text, max(0, match.start() - 6), match.start())
        if opening is None:
            continue
        before = list(_WORD.finditer(text, max(0, opening.start() - 90), opening.start()))[-2 * len(letters) :]
        if not before or before[-1].end() != opening.start():
            continue
        for count in range(1, len(before) + 1):
            words = before[-count:]
            if words[0][0][0].upper() != letters[0]:
                continue
            gaps = text[words[0].start() : words[-1].end()]
            if any(mark in gaps for mark in ".;:()\n|"):
                break
            if words[0][0].lower() not in STOP and spells([word[0] for word in words], letters):
                found.append((letters, words[0].start(), words[-1].end()))
                break
    return found


def spells(words: list[str], letters: str) -> bool:
    """Say whether the initials of words are an acronym's letters; small words and parts after a hyphen may be left out."""
    if not words:
        return not letters
    head, rest = words[0], words[1:]
    if head.lower() in STOP and spells(rest, letters):
        return True
    parts = re.split(r"[-/]", head)
    if letters[:1] == head[:1].upper() and spells(rest, letters[1:]):
        return True
    initials = "".join(part[:1].upper() for part in parts)
    return len(parts) > 1 and letters.startswith(initials) and spells(rest, letters[len(initials) :])


def _words(form: str) -> tuple[str, ...]:
    words = [word for word in re.split(r"[\s\-/]+", form.lower().replace("’", "'")) if word not in STOP]
    return tuple(singular(joined(word)) for word in words)


def _conflicting(found: list[Expansion]) -> list[tuple[Expansion, ...]]:
    """Give sets of expansions of one acronym that are one thing in different words."""
    clusters: list[list[Expansion]] = []
    for expansion in found:
        meeting = [cluster for cluster in clusters if any(_same_thing(expansion, other) for other in cluster)]
        merged = [expansion, *(other for cluster in meeting for other in cluster)]
        clusters = [cluster for cluster in clusters if not any(cluster is other for other in meeting)]
        clusters.append(sorted(merged, key=lambda other: other.words))
    return [
        tuple(cluster)
        for cluster in clusters
        if any(_unlike(a, b) for a in cluster for b in cluster if a.words < b.words)
    ]


def _same_thing(a: Expansion, b: Expansion) -> bool:
    return any(stem(word) in {stem(other) for other in b.words} for word in a.words)


def _unlike(a: Expansion, b: Expansion) -> bool:
    """Say whether two expansions differ in a word, and not in its form alone."""
    if "".join(a.words) == "".join(b.words):
        return False
    stems, others = [{stem(word) for word in expansion.words} for expansion in (a, b)]
    if stems <= others or others <= stems:
        return False  # "Small and Medium Businesses", "small and medium-sized businesses"
    if len(a.words) != len(b.words):
        return True
    return any(
        p != q and stem(p) != stem(q) and not inflected(p, q) and likeness(p, q) < SAME_WORD
        for p, q in zip(a.words, b.words, strict=True)
    )
