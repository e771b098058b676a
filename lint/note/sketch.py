"""Which source a note shares that declares none: by the rare names and words of both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from ..model import Fact, Sharing
from .claims import Claim, Header, Quote
from .words import lexicon, stem, tokens

_NAME = re.compile(r"(?<![.!?:\"“(]\s)(?<!\A)(?<![\w-])[A-Z][\w’'-]*[\w](?:\s[A-Z][\w’'-]*\w)*")

MIN_SHARED = 4
"""Rare names or quotes that a note must share with a source to be taken for one of its notes."""

MARGIN = 2
"""How many times more than with the runner-up."""

RARE = 40
"""Rarity from which a word of the lexicon is evidence; words that it does not have always are."""


def sketch(facts: Iterable[Fact]) -> frozenset[str]:
    """Give the rare names and quotes of one note's facts, and the names by which a transcript finds it or it finds one."""
    found: set[str] = set()
    known = lexicon()
    for fact in facts:
        value = fact.value
        if isinstance(value, Quote):
            words = tokens(value.text)
            if 3 <= len(words) <= 40:
                # "really fast tutors" and "really fast tutor" are one quote
                found.add('"' + " ".join(map(stem, words)))
        elif isinstance(value, Claim):
            for match in _NAME.finditer(value.text):
                for word in match[0].split():
                    lowered = word.lower().replace("’", "'").removesuffix("'s")
                    entry = known.get(lowered)
                    if entry is None or (entry.rarity >= RARE and entry.capital >= 60):
                        found.add(lowered)
        elif isinstance(value, Header):
            found.update(_file_names(value, fact.span.path))
    return frozenset(found)


def _file_names(header: Header, path: str) -> Iterable[str]:
    """Give what pairs notes with transcripts: a note answers to `~`, a transcript asks by `?`, nearest first."""
    folder = path.rpartition("/")[0]
    if header.kind == "note":
        if header.transcript:
            named = header.transcript.strip("[]").partition("|")[0].rpartition("/")[2].removesuffix(".md")
            yield "~1" + (named.rpartition(".")[0] or named)
        yield f"~2{folder}/{header.stem}"
        yield f"~3{header.stem}"
    elif header.kind == "transcript":
        for stem in {header.stem, header.stem.rpartition(".")[0] or header.stem}:  # talk.en.vtt
            yield f"?1{stem}"
            yield f"?2{folder}/{stem}"
            yield f"?3{stem}"


def infer(undeclared: Mapping[str, frozenset[str]], declared: Mapping[str, frozenset[str]]) -> list[Sharing]:
    """Give, for each note without a source, the source that it shares, if one stands out.

    `undeclared` has sketches by path, `declared` by source. Forms that many
    sources have tell of none.
    """
    if not undeclared:
        return []
    transcripts = {path for path, forms in undeclared.items() if any(form[0] == "?" for form in forms)}
    shared = _alike({path: forms for path, forms in undeclared.items() if path not in transcripts}, declared)
    if not transcripts:
        return shared
    homes = {sharing.path: sharing.source for sharing in shared}
    answers: dict[str, set[str]] = {}
    for key, forms in declared.items():
        for form in forms:
            if form[0] == "~":
                answers.setdefault(form, set()).add(key)
    for path, forms in undeclared.items():
        for form in forms:
            if form[0] == "~":
                answers.setdefault(form, set()).add(homes.get(path, f"note:{path}"))
    for path in sorted(transcripts):
        for asked in sorted(form for form in undeclared[path] if form[0] == "?"):
            owners = answers.get("~" + asked[1:], set())
            if len(owners) == 1:
                name = asked[2:].rpartition("/")[2]
                shared.append(Sharing(path, next(iter(owners)), (f"the transcript is named {name}, as is a note",)))
                break
    return sorted(shared, key=lambda sharing: sharing.path)


def _alike(undeclared: Mapping[str, frozenset[str]], declared: Mapping[str, frozenset[str]]) -> list[Sharing]:
    if not undeclared or not declared:
        return []
    spread = Counter(form for forms in declared.values() for form in forms)
    holders: dict[str, list[str]] = {}
    wanted = frozenset().union(*undeclared.values())
    for source, forms in declared.items():
        for form in forms & wanted:
            holders.setdefault(form, []).append(source)
    limit = max(3, len(declared) // 50)
    found = []
    for path in sorted(undeclared):
        shared: Counter[str] = Counter()
        for form in undeclared[path]:
            if spread.get(form, 0) <= limit and form[0] != "~":
                shared.update(holders.get(form, ()))
        ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < MIN_SHARED or (len(ranked) > 1 and ranked[1][1] * MARGIN > ranked[0][1]):
            continue
        source = ranked[0][0]
        common = sorted(
            form for form in undeclared[path] & declared[source] if spread[form] <= limit and form[0] != "~"
        )
        found.append(Sharing(path, source, tuple(common[:12])))
    return found


def forms(fact: Fact) -> Iterable[str]:
    """Give the name forms in one fact, as `counts` counts them over the vault's sources."""
    if isinstance(fact.value, Claim):
        for match in _NAME.finditer(fact.value.text):
            yield match[0]
