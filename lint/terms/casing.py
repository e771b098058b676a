"""Terms that differ in capitals alone: kinds of capitals, one word small, large and small in running text."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..language.lettering import atoms, capitals, identity, sentence
from ..language.named import known
from ..language.words import STOP, bag, lexicon
from ..model import Fact
from .formats import ordinary
from .standing import Place, opening

Forms = dict[str, list[Place]]
"""The places of a term by how it is written there."""
_Neighbours = set[tuple[str, str]]
"""The words "before" and "after" places."""
_Near = dict[Place, _Neighbours]


class Verdict(NamedTuple):
    """The forms that should be one, why, and how sure that is."""

    forms: Forms
    reason: str
    confidence: float


_UNIT = re.compile(r"[kmgtp]?i?b(?:ps?|it|yte|its|ytes)?|[kmgt]?(?:hz|wh?|v|l)")
"""Units whose capitals mean something: TBps is eight times Tbps."""
_LARGE_BEFORE = re.compile(
    r"(?<![^\W_])(?![A-Z]{2,}-[a-z])([A-Z][\w'’-]*)(?<!['’]s)(?: \d[\w.]*)?(?P<link> (?:and|the|as an?|(?:of|in|for)(?: the)?))? ?[\"“]?\Z"
)
"""A large word before a place, that of "Pre-trained Transformer", not of "AI-powered transformer"."""
_LARGE_BEHIND = re.compile(r"(?:['’]s)?[ -](?P<link>(?:(?:of|the|and|for) )*)[A-Z]")
_BEFORE = re.compile(r"([^\W\d_]+),? [\"“]?\Z")
_AFTER = re.compile(r"[\"”]?,?[\"”]? ([^\W\d_]+)")

MANY = 3
"""Notes that write a word large between small ones, from which it is a term wherever it stands."""

INDEFINITE = bag("a an any each every no some another")
"""Words before any one of many."""
_ROLES = bag("professor president minister director manager engineer officer founder chief lead team")


def by_case(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Judge forms that nothing but their capitals tells apart, if there are any."""
    if not forms:
        return None
    words = [atoms(identity(form)) for form in sorted(forms)]
    first = int(all(place.code for places in forms.values() for place in places))  # a class, and what belongs to it
    for position in range(len(words[0])):
        if _UNIT.fullmatch(words[0][position].lower()):
            continue
        kinds = {capitals(found[position]) for found in words}
        inner = {found[position][first:] for found in words if capitals(found[position]) in ("inner", "name")}
        if "small" in kinds and ordinary(words[0][position].lower()):
            continue  # a note, a NOTE
        if len(kinds - {"small"}) > 1 or len(inner) > 1:
            return Verdict(forms, "a name in two kinds of capitals", 0.8)
        if len(kinds) > 1 and kinds & {"all", "inner"} and not ordinary(words[0][position].lower()):
            return Verdict(forms, "a name in two kinds of capitals", 0.7)
    if len(words[0]) == 1:
        return _single(forms, claims)
    role = words[0][-1].lower() in _ROLES
    running = {
        form
        for form, places in forms.items()
        if any(_running(place, claims) and not (role and _office(place, claims)) for place in places)
    }
    if len(running) > 1:
        return Verdict(forms, "a term with and without capitals in running text", 0.6)
    if role:
        return None
    partly = [f for f in words if f[0][:1].isupper() and any(atom.islower() and atom not in STOP for atom in f)]
    wholly = [f for f in words if all(not atom[:1].islower() or atom in STOP for atom in f)]
    due = not running and all(place.free for places in forms.values() for place in places)
    if partly and wholly and not due and not (partly[0][0].isupper() and partly[0][0].isalpha()):
        return Verdict(forms, "a name with one of its words small", 0.7)
    if len(forms) > 2 and len(words[0]) > 2:
        return Verdict(forms, "a name in several kinds of capitals", 0.7)
    quoted = any(place.quoted for places in forms.values() for place in places)
    if wholly and quoted and all(_own(places, claims) for places in forms.values()):
        return Verdict(forms, "a term with and without capitals", 0.6)
    return None


def _office(place: Place, claims: tuple[Fact, ...]) -> bool:
    """Say whether what a person may be is named as one person's title: not where it is many, or a, or any."""
    before = _BEFORE.search(claims[place.claim].value.passage.text, max(0, place.start - 20), place.start)
    return place.form == identity(place.form) and (before is None or before[1].lower() not in INDEFINITE)


def _single(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Judge a word that is large in one place and small in another."""
    small = next((form for form in forms if form.islower()), None)
    large = next((form for form in forms if not form.islower()), None)
    if small is None or large is None or not _own(forms[large], claims):
        return None
    if all(place.code or place.free > 1 for place in forms[large]):
        return None  # a class, and its instance or the word for what it does
    entry = lexicon().get(small)
    if (large[0].isupper() and any(map(str.isdigit, large))) or (known(large) and (entry is None or not entry.listed)):
        return Verdict(forms, "a name with and without its capital", 0.6)
    near = {form: _beside(forms[form], claims) for form in (small, large)}
    same = set().union(*near[small].values()) & set().union(*near[large].values())
    if ordinary(small):
        forms = _common(near, large, {(side, word) for side, word in same if word.strip(", ") not in STOP}, claims)
    return Verdict(forms, "a name with and without its capital beside the same word", 0.6) if same and forms else None


def _common(near: dict[str, _Near], large: str, same: _Neighbours, claims: tuple[Fact, ...]) -> Forms:
    """Give the places of a word as others are that are one term: it has words of its own beside it, `same` in both forms.

    Beside one word alone, only these places are; with the one behind it, it is
    a term of two words.
    """
    around = [words & same for words in near[large].values() if words & same]
    if not around:
        return {}
    always = set.intersection(*around)
    if any(side == "after" and word[0] != "," for side, word in always):
        return {}
    if len({claims[place.claim].span.path for place in near[large]}) >= MANY:
        always = set()
    return {form: [place for place, words in near[form].items() if not always or words & always] for form in near}


def _beside(places: list[Place], claims: tuple[Fact, ...]) -> _Near:
    """Give the words right before and right after each place in running text, a comma with them."""
    found: _Near = {}
    for place in places:
        if place.code or not _running(place, claims):
            continue
        passage = claims[place.claim].value.passage
        text = passage.text
        before = _BEFORE.search(text, max(0, place.start - 20), place.start)
        after = _AFTER.match(text, place.end)
        found[place] = set()
        if before is not None and "`" not in passage.verbatim(place.start - 2, place.start):
            found[place].add(("before", before[0].rstrip(' "“').lower()))
        if after is not None:
            found[place].add(("after", after[0].strip(' "”').lower()))
        found[place].discard(("before", "to"))  # to react, to React
    return found


def _own(places: list[Place], claims: tuple[Fact, ...]) -> bool:
    """Say whether a term is no part of a longer name or title in one of these places."""
    return any(place.coined or not inside(place, claims) for place in places)


def _running(place: Place, claims: tuple[Fact, ...]) -> bool:
    """Say whether a term stands in running text, and is no part of a longer name or title there."""
    if place.free > 1 or place.marked or place.code or (place.free and sentence(place.form)):
        return False
    return not inside(place, claims)


def inside(place: Place, claims: tuple[Fact, ...]) -> bool:
    """Say whether there are large words right before or after a place, other than one with which a sentence begins.

    Small words link a place to them where it is large itself: in "the Trust Layer and model gateway" are two terms.
    """
    text = claims[place.claim].value.passage.text
    before = _LARGE_BEFORE.search(text, max(0, place.start - 40), place.start)
    if before is not None and not (
        (before["link"] and place.form[0].islower()) or (before[1].lower() in STOP and opening(text, before.start()))
    ):
        return True
    behind = _LARGE_BEHIND.match(text, place.end)
    return behind is not None and not (behind["link"] and atoms(place.form)[-1][0].islower())
