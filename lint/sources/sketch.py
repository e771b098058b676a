"""Which source a note shares that declares none: by the names, rare words and quotes of both.

A note and a source share what few other sources have. One source must stand
out by a margin; an article on the same subject shares its subject's words with
many sources and stays alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..language.words import lexicon, tokens
from ..model import Fact, Sharing
from ..names.scan import mentions
from ..note.claims import Claim, Header, Quote
from . import sidecar

MIN_SHARED = 5
"""Names and quotes that a note must share with a source to be taken for one of its notes."""

MIN_WEIGHT = 4.0
"""What they must weigh together, where one that no other source has weighs 1.

Of 120 notes whose source was hidden among 149 of two channels, 101 were joined
to the right one and none to a wrong one; of 120 whose source was taken away, 2
were joined to another."""

MARGIN = 2
"""How many times more than the runner-up."""

RARE = 36
"""Rarity from which a name of the lexicon is evidence; names that it does not have always are."""

SHOWN = 5
"""Names, and quotes, that are given as evidence with a sharing; of more there is the number."""

QUOTED = 8
"""Words of a quote that tell it from others; of a longer one the beginning is kept."""


def sketch(facts: Iterable[Fact]) -> frozenset[str]:
    """Give the rare names, as written, and the quotes of one note's facts, and the names by which transcripts are found."""
    found: set[str] = set()
    known = lexicon()
    for fact in facts:
        value = fact.value
        if isinstance(value, Quote):
            words = tokens(value.text)
            # a whole utterance is as good as a name; of a long one the beginning is
            if len(words) >= 4:
                found.add('"' + " ".join(words[:QUOTED]) + '"')
        elif isinstance(value, Claim):
            text = value.passage.text
            for start, end, _ in mentions(text, value.lead, value.passage.shifts):
                form = text[start:end]
                if " " in form:
                    found.add(form)
                for word in form.split():
                    if len(word) < 3 or not word[0].isalpha():
                        continue
                    entry = known.get(word.lower())
                    if entry is None or (entry.rarity >= RARE and entry.capital >= 60 and not entry.listed):
                        found.add(word)
        elif isinstance(value, Header):
            found.update(sidecar.names(value, fact.span.path))
    return frozenset(found)


def infer(undeclared: Mapping[str, frozenset[str]], declared: Mapping[str, frozenset[str]]) -> list[Sharing]:
    """Give, for each note without a source, the source that it shares, if one stands out.

    `undeclared` has sketches by path, `declared` by source. A form tells the
    less the more sources have it. A transcript goes with the note that it is
    named after.
    """
    shared = _alike(undeclared, declared)
    return sorted([*shared, *sidecar.attach(undeclared, declared, shared)], key=lambda sharing: sharing.path)


def wanted(undeclared: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Give the forms of declared sources that `infer` looks at; it may be given no others."""
    forms = frozenset().union(*undeclared.values())
    return forms | {f"~{form[1:]}" for form in forms if form[0] == "?"}


def _alike(undeclared: Mapping[str, frozenset[str]], declared: Mapping[str, frozenset[str]]) -> list[Sharing]:
    if not undeclared or not declared:
        return []
    wanted = frozenset().union(*undeclared.values())
    holders: dict[str, list[str]] = {}
    for source in sorted(declared):
        for form in declared[source] & wanted:
            holders.setdefault(form, []).append(source)
    found = []
    for path in sorted(undeclared):
        weights: Counter[str] = Counter()
        shared: dict[str, list[tuple[int, str]]] = {}
        for form in sorted(undeclared[path] & holders.keys()):
            if form[0] in sidecar.MARKS:
                continue
            sources = holders[form]
            for source in sources:
                # in whole numbers, so that no order of addition can change what wins
                weights[source] += 1000 // len(sources)
                shared.setdefault(source, []).append((len(sources), form))
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        if not ranked:
            continue
        source, weight = ranked[0]
        if len(shared[source]) < MIN_SHARED or weight < MIN_WEIGHT * 1000:
            continue
        if len(ranked) > 1 and ranked[1][1] * MARGIN > weight:
            continue
        found.append(Sharing(path, source, tuple(_told([form for _, form in sorted(shared[source])]))))
    return found


def _told(forms: Sequence[str]) -> Iterator[str]:
    """Say what is shared, in sentences: names, rarest first, and quotes; no part of a name that is given whole."""
    quotes = [form for form in forms if form[0] == '"']
    whole = [form for form in forms if form[0] != '"' and " " in form]
    parts = {part for form in whole for part in form.split()}
    names = [form for form in forms if form[0] != '"' and form not in parts]
    for said, found in (("both name", names), ("both quote", [_cut(quote) for quote in quotes])):
        if found:
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            yield f"{said} {', '.join(found[:SHOWN])}{more}"


def _cut(quote: str) -> str:
    """Show that a quote may go on where it has as many words as are kept."""
    return quote if quote.count(" ") < QUOTED - 1 else f'{quote[:-1]}…"'


def forms(facts: Iterable[Fact]) -> Iterator[str]:
    """Give the name forms in facts, as `counts` counts them over the vault's sources."""
    for fact in facts:
        value = fact.value
        if isinstance(value, Claim) and value.kind != "heading":
            text = value.passage.text
            for start, end, _ in mentions(text, value.lead, value.passage.shifts):
                yield text[start:end]
