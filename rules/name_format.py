"""A name or term is written in one way: same case, same spaces, same hyphens.

"LangChain" beside "Langchain", "code base" beside "codebase", "fine-tune"
beside "finetuning", "saviour" beside "savior", "Bogotá" beside "Bogota", "a
5-year plan" beside "a five-year plan" and "Flow State" beside "flow state" make
a vault look careless, and a search for one form, a link or a tag does not meet
the other. So do "each Sprint" and "each sprint", where the words beside it say
that it is one term; "Level 5" and "level five"; and `myForm` and `myform`,
where capitals count. What the place asks for (the first word of a sentence, a
title, a heading) is not reported; but a term that the notes put in quotation
marks, in titles and in running text, is one name with one kind of capitals. Nor
is a verb beside its noun ("log in", "login"), nor an adjective's hyphen ("a
long-term plan", "in the long term") unless both stand before the same word ("a
long term plan"). The notes' titles count too, where another note writes the
term otherwise. A note alone on its source has none to differ from. Notes in other
languages than English are left out.

Example: "OpenAI" in seven notes, "Open AI" in one.

Known false alarms: a word that is a product's name in one note and an ordinary
word in another ("Spotlight", "a spotlight"); a book and what it is about.

To fix it, choose one form, write it everywhere, and add it to the vocabulary
in the configuration so that it is suggested from now on.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lint.model import Finding, Group, Label, Scope, Severity, Vote
from ..lint.names.spelled import MAX_PLACES, authority, majority
from ..lint.note import claims
from ..lint.terms.code import coded
from ..lint.terms.standing import Place
from ..lint.terms.ways import respelled
from ..lint.terms.writing import Term, written
from ..lint.times.places import label_of_part

ID = "name-format"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = claims.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report each term of a source that is written in several ways, once."""
    facts = claims.in_english(facts)
    if not claims.several(facts):
        return
    terms = written(facts)
    code = (term for term in coded(facts) if not any(known.way.keys() >= term.way.keys() for known in terms))
    for term in (*terms, *code):
        held = {form: len(paths) for form, paths in term.notes.items()}
        known = authority(facts, term.way)
        suggestion = term.way.get(known[0], known[0]) if known else majority(held)
        votes = tuple(
            Vote(form, count, (known[1],) if known and suggestion == form else (), tuple(term.notes[form]))
            for form, count in sorted(held.items(), key=lambda item: (-item[1], item[0]))
        )
        ways = ", ".join(f'"{vote.value}" in {vote.notes} note{"s" if vote.notes > 1 else ""}' for vote in votes)
        yield Finding(
            rule=ID,
            key=key,
            message=f"one term, written in several ways: {ways}",
            labels=_labels(term, suggestion),
            values=tuple(sorted(term.way)),
            ballot=votes,
            suggestion=suggestion,
            evidence=(term.reason,),
            confidence=term.confidence,
        )


def _labels(term: Term, suggestion: str | None) -> tuple[Label, ...]:
    """Give the places of each form, the rarest form first; of one note each way once: by itself, plural, in a longer name."""
    found: list[Label] = []
    order = sorted(term.places, key=lambda form: (form == suggestion, len(term.notes[form]), form))
    for form in order:
        by_note: dict[str, dict[str, Place]] = {}
        for place in term.places[form]:
            ways = by_note.setdefault(term.claims[place.claim].span.path, {})
            if place.form not in ways or (ways[place.form].free and not place.free):
                ways[place.form] = place
        for ways in by_note.values():
            for place in sorted(ways.values()):
                found.append(_label(term, place, form, suggestion))
    return tuple(found[:MAX_PLACES])


def _label(term: Term, place: Place, form: str, suggestion: str | None) -> Label:
    """Label a place of a form, with its own words in the way that is suggested where they are others."""
    reading = None if suggestion is None else respelled(place.form, suggestion, place.free)
    role = "canonical" if form == suggestion else "evidence" if reading == place.form else "variant"
    instead = reading if role == "variant" and reading != suggestion else None
    return label_of_part(term.claims[place.claim], place.start, place.end, role, instead)
