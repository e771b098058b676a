"""Which terms of a source are written in several ways without a reason: joined or apart, hyphens, capitals, an s."""

from __future__ import annotations

import functools
import re

from ..model import Fact, Group
from .formats import ATOM, Place, singular, terms
from .names import known
from .twins import Twins
from .words import STOP, bag, lexicon

_UNIT = re.compile(r"[kmgtp]?i?b(?:ps?|it|yte|its|ytes)?|[kmgt]?(?:hz|wh?|v|l)")
"""Units whose capitals mean something: TBps is eight times Tbps."""
_HALF_DAY = re.compile(r"[ap]\.? ?m\.?", re.IGNORECASE)
_CODE = re.compile(r"[a-z]+(?:[A-Z][a-z0-9]*)+")
_GAP = re.compile(r"[\W_]+")


class Term:
    """A term that is written in several ways for no reason: places and notes by form, and what makes it one."""

    def __init__(
        self, claims: tuple[Fact, ...], places: dict[str, list[Place]], reason: str, confidence: float
    ) -> None:
        self.claims = claims
        self.places = places
        self.reason = reason
        self.confidence = confidence
        self.notes = {
            form: sorted({claims[place.claim].span.path for place in found}) for form, found in places.items()
        }


@functools.lru_cache(maxsize=2)
def written(group: Group) -> tuple[Term, ...]:
    """Give the terms of a group whose forms differ without a reason, in order of their letters."""
    found = terms(group)
    twins = Twins(group, found.claims)
    judged: dict[str, tuple[dict[str, list[Place]], str, float]] = {}
    for key in sorted(found.places):
        forms = _forms(found.places[key])
        reason = _reason(forms, found.claims, twins) if len(forms) > 1 else None
        if reason is not None:
            judged[key] = (forms, *reason)
    # "GitHub Co-pilot" and "co-pilot" in it are one finding
    whole: dict[str, list[str]] = {}
    taken: dict[int, list[tuple[int, int, str]]] = {}
    for key in sorted(judged, key=lambda key: (-len(key), key)):
        places = [place for group_ in judged[key][0].values() for place in group_]
        around = {
            other: None
            for place in places
            for a, b, other in taken.get(place.claim, ())
            if a <= place.start and place.end <= b
        }
        holder = next((other for other in around if _takes_part(places, judged[other][0])), key)
        if holder != key:
            apart = {
                place.form
                for place in places
                if not any(a <= place.start and place.end <= b for a, b, _ in taken.get(place.claim, ()))
            }
            outside = bool(apart)
            if len(apart) == 1 and len({form.lower() for form in judged[key][0]}) == 1:
                continue  # an AI is nothing beside "Humane AI Pin", "Humane Ai Pin"
            small = all(form == form.lower() for form in judged[key][0])
            if small and not outside:
                continue  # "test time" is nothing without "test time compute"
            if outside and all(form == form.lower() for form in judged[holder][0]):
                whole.pop(holder, None)  # "command line" is the term of "command line interface"
                holder = key
        whole.setdefault(holder, []).append(key)
        for place in places:
            taken.setdefault(place.claim, []).append((place.start, place.end, holder))
    built = []
    for holder in sorted(whole):
        merged: dict[str, list[Place]] = {}
        for key in whole[holder]:
            for form, places in judged[key][0].items():
                merged.setdefault(form, []).extend(places)
        _, why, confidence = judged[whole[holder][-1]]
        built.append(Term(found.claims, {form: sorted(places) for form, places in merged.items()}, why, confidence))
    return tuple(built)


def _takes_part(places: list[Place], longer: dict[str, list[Place]]) -> bool:
    """Say whether a term is written in several ways inside a longer one: "AI" is not, in "AI in a box", "AI-in-a-box"."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for found in longer.values():
        for place in found:
            spans.setdefault(place.claim, []).append((place.start, place.end))
    inside = {
        place.form
        for place in places
        if any(a <= place.start and place.end <= b for a, b in spans.get(place.claim, ()))
    }
    return len(inside) > 1


def _reason(forms: dict[str, list[Place]], claims: tuple[Fact, ...], twins: Twins) -> tuple[str, float] | None:
    """Say why a term should be written in one way, and how sure that is; None where its forms have their reasons."""
    if len({len(_atoms(form)) for form in forms}) > 1:
        return _joined_differ(forms)
    if len({_gaps(form) for form in forms}) > 1:
        found = _hyphens_differ(forms)
        if found is not None:
            return found
    if len({tuple(_atoms(form.lower())) for form in forms}) > 1:
        return _inner_plural(forms)
    by_gaps: dict[tuple[str, ...], dict[str, list[Place]]] = {}
    for form, places in forms.items():
        by_gaps.setdefault(_gaps(form), {})[form] = places
    largest = max(by_gaps.values(), key=lambda group_: (len(group_), sorted(group_)))
    if len(largest) < 2:
        return None
    return _case_differs(largest, claims) or _twins_differ(largest, twins)


def _twins_differ(forms: dict[str, list[Place]], twins: Twins) -> tuple[str, float] | None:
    """Judge forms that nothing but their capitals tells apart, by where they stand."""
    atoms = _atoms(min(forms))
    if len(atoms) < 2 or any(atom.lower() in _ROLES for atom in atoms):
        return None
    if twins.defined(forms):
        return "a term beside its acronym, with and without capitals", 0.6
    if "-" not in _gaps(min(forms)) and twins.same(forms):
        return "with and without capitals in the same statement", 0.6
    return None


def _forms(places: list[Place]) -> dict[str, list[Place]]:
    """Sort places by what is written there, without what the place asks for and the s of a plural; most places first."""
    found: dict[str, list[Place]] = {}
    unsure: list[Place] = []
    for place in places:
        first = _atoms(place.form)[0]
        sure = place.free == 0 and not ((place.marked or place.quoted) and _plain(first))
        if place.free <= 1 and (sure or not _plain(first)):
            found.setdefault(_identity(place.form), []).append(place)
        else:
            unsure.append(place)
    for place in sorted(unsure):
        form = _identity(place.form)
        large = place.free > 1 or (place.marked and all(atom[:1].isupper() for atom in _atoms(form)))
        same = [other for other in found if _may_be(form, other, large)]
        if same:
            form = max(same, key=lambda other: (len(found[other]), other))
        else:
            form = _least(form, large, [other for other in found if _gaps(other) == _gaps(form)])
        found.setdefault(form, []).append(place)
    shown: dict[str, list[Place]] = {}
    for form, group_ in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        spelled: dict[str, int] = {}
        for place in group_:
            if place.form[:1] == form[:1]:
                spelled[place.form] = spelled.get(place.form, 0) + 1
        best = min(spelled, key=lambda text: (-spelled[text], text), default=form)
        shown[best if best not in shown else form] = group_
    return shown


def _plain(word: str) -> bool:
    """Say whether a word is large in its first letter alone, as any word is where a sentence begins."""
    return word[:1].isupper() and not any(char.isupper() or char.isdigit() for char in word[1:])


def _may_be(form: str, other: str, large: bool) -> bool:
    """Say whether `form` is how `other` looks where a sentence begins, or in a title when `large`."""
    if form.lower() != other.lower():
        return False
    pairs = list(zip(_atoms(form), _atoms(other), strict=True))
    return all(x == y or (_plain(x) and y in (x, x.lower()) and (large or not at)) for at, (x, y) in enumerate(pairs))


def _least(form: str, large: bool, others: list[str]) -> str:
    """Give a form without the capitals that its place may have asked for, unless the others of its kind have them too."""
    atoms = _atoms(form)
    if not large and any(atom[:1].isupper() for atom in atoms[1:]):
        return form
    for at, atom in enumerate(atoms):
        if not _plain(atom) or (at and not large) or (not large and known(atom)):
            continue
        if others and all(_atoms(other)[at : at + 1] and _atoms(other)[at][:1].isupper() for other in others):
            continue
        form = re.sub(rf"(?<![^\W_]){re.escape(atom)}(?![^\W_])", atom.lower(), form, count=1)
    return form


def _identity(form: str) -> str:
    form = form.replace("‑", "-").replace("”", '"').replace('"', "").replace(",", "")
    last = ATOM.findall(form)[-1].lower()
    return form[:-1] if singular(last) != last else form


def _atoms(form: str) -> list[str]:
    return ATOM.findall(form)


def _gaps(form: str) -> tuple[str, ...]:
    return tuple(_GAP.findall(_identity(form)))


_PARTICLES = bag("in out up down on off over back away by through around together along")
_PREFIXES = bag("sub under over auto re pre non multi inter un anti mis semi mid counter")
_MODIFIERS = bag(
    "high higher highest low lower long longer short shorter real general next always well large larger "
    "small smaller full first second third last new old best better good bad right hard early late mid "
    "end one two three four five ten single double fast slow deep wide top day face self open"
)
"""First words with which a hyphen comes and goes by rule: "a long-term plan", "in the long term"."""


def _joined_differ(forms: dict[str, list[Place]]) -> tuple[str, float] | None:
    apart = min(forms, key=lambda form: (-len(_atoms(form)), form))
    atoms = _atoms(apart)
    name = any(form != form.lower() for form in forms)
    if any(_HALF_DAY.fullmatch(form) for form in forms):
        return None
    if any(atom.isdigit() for atom in atoms) or (min(map(len, atoms)) < 2 and not name):
        return None
    if not name and (atoms[0] in STOP or atoms[-1] in STOP or atoms[0] in _PREFIXES or atoms[-1] in _PARTICLES):
        return None
    if name and " " in apart and len(atoms) == 2 and (atoms[-1] in _PARTICLES or atoms[-1] in STOP):
        return None  # "Pakistan is", Pakistanis
    if any(_CODE.fullmatch(form) for form in forms) and apart.islower():
        return None  # startAfter is a program's
    return "joined in one place, apart in another", 0.8


def _hyphens_differ(forms: dict[str, list[Place]]) -> tuple[str, float] | None:
    atoms = _atoms(min(forms))
    if atoms[0].isdigit():
        return None
    joints = {
        (x.lower(), y.lower())
        for form in forms
        for x, gap, y in zip(_atoms(form), _gaps(form), _atoms(form)[1:], strict=False)
        if gap == "-"
    }
    if all(_named(form) for form in forms) or (len(atoms) > 2 and any(_named(form) for form in forms)):
        return "a name with and without hyphens", 0.8
    if atoms[0] in STOP or all(atom.lower() in STOP or atom.lower() in _MODIFIERS for atom in atoms):
        return None  # "out of the box", "an out-of-the-box answer"
    if joints and all(_attributive(x, y) for x, y in joints):
        return None
    if any(place.quoted for places in forms.values() for place in places) and len(atoms) > 2:
        return "a term with and without hyphens", 0.7
    if len(atoms) > 3 or any(atom.lower() in STOP for atom in atoms):
        return None
    slots = [{_slot(place) for place in places} for _, places in sorted(forms.items())]
    if any(slots[i] & slots[j] for i in range(len(slots)) for j in range(i)):
        return "a term with and without hyphens, used alike", 0.6
    return None


def _attributive(first: str, second: str) -> bool:
    """Say whether two words take a hyphen by rule before a noun, and none after it."""
    return first in _MODIFIERS or first.endswith("ly") or second in _PARTICLES or second.endswith(_ATTRIBUTES)


_ATTRIBUTES = (
    "ed",
    "ing",
    "based",
    "level",
    "like",
    "free",
    "wide",
    "specific",
    "en",
    "efficient",
    "friendly",
    "ready",
)
"""Ends of an adjective that takes a hyphen only before its noun."""


def _named(form: str) -> bool:
    """Say whether a form is a name: two of its words large, or one letter before a word ("B-series")."""
    atoms = _atoms(form)
    large = [atom for atom in atoms if atom[:1].isupper()]
    return (
        len(large) > 1
        or (len(atoms) > 2 and len(atoms[0]) > 1 and atoms[0].isupper())
        or (len(atoms[0]) == 1 and bool(large))
    )


def _slot(place: Place) -> str:
    """Give how a term is used: before the word that it tells of, or alone."""
    return "" if place.quoted or not place.following or place.following in STOP else place.following


def _inner_plural(forms: dict[str, list[Place]]) -> tuple[str, float] | None:
    """Judge terms that differ in the s of a word that is not their last: "Product Requirement(s) Documents"."""
    compound = all("-" in form and len(_atoms(form)) == 2 for form in forms)
    if compound or all(sum(atom[:1].isupper() for atom in _atoms(form)) > 2 for form in forms):
        return "one word with and without its s", 0.6
    return None


def _case_differs(forms: dict[str, list[Place]], claims: tuple[Fact, ...]) -> tuple[str, float] | None:
    notes = {form: len({claims[place.claim].span.path for place in places}) for form, places in forms.items()}
    atoms = [_atoms(form) for form in sorted(forms)]
    for position in range(len(atoms[0])):
        kinds = {_capitals(found[position]) for found in atoms}
        if len(kinds - {"small"}) > 1 and not _UNIT.fullmatch(atoms[0][position].lower()):
            return "a name in two kinds of capitals", 0.8
        inner = {found[position][1:] for found in atoms if _capitals(found[position]) == "inner"}
        if len(inner) > 1:
            return "a name in two kinds of capitals", 0.8
    if len(atoms[0]) == 1:
        small = next((form for form in forms if form[:1].islower()), None)
        large = next((form for form in forms if form[:1].isupper()), None)
        if small is None or large is None or not any(_alone(place, claims) for place in forms[large]):
            return None
        if any(char.isdigit() for char in large) or (known(large) and lexicon().get(small) is None):
            return "a name with and without its capital", 0.6
        return None
    partly = [
        found
        for found in atoms
        if found[0][:1].isupper() and any(atom.islower() and atom not in STOP for atom in found)
    ]
    wholly = [found for found in atoms if all(atom[:1].isupper() or atom in STOP for atom in found)]
    if atoms[0][-1].lower() in _ROLES:
        return None
    if partly and wholly and not (partly[0][0].isupper() and partly[0][0].isalpha()):
        return "a name with one of its words small", 0.7
    if len(forms) > 2 and len(atoms[0]) > 2:
        return "a name in several kinds of capitals", 0.7
    counts = sorted(notes.values())
    if any(place.quoted for places in forms.values() for place in places):
        return ("a term with and without capitals", 0.6) if wholly and 2 * counts[0] >= counts[-1] else None
    if counts[0] >= 3 and 5 * counts[0] >= 3 * counts[-1]:
        return "a term with and without capitals, in as many notes each", 0.5
    return None


_ROLES = bag("professor president minister director manager engineer officer founder chief lead team")


def _capitals(word: str) -> str:
    if word.islower() or not word.isalpha():
        return "small" if word.islower() else "name" if word[:1].isupper() else "small"
    if word.isupper():
        return "all" if len(word) > 1 else "first"
    return "first" if word[1:].islower() else "inner"


def _alone(place: Place, claims: tuple[Fact, ...]) -> bool:
    """Say whether a word written large is no part of a longer name."""
    text = claims[place.claim].value.passage.text
    before = text[: place.start].rstrip().rpartition(" ")[2]
    return not (before[:1].isupper() and before[-1:].isalnum()) and not text[place.end + 1 : place.end + 2].isupper()
