"""Which terms of a source are written in several ways without a reason: joined or apart, hyphens, capitals, an s."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from ..language.lettering import atoms, gaps, identity, plain, sentence, singular, titled
from ..language.named import known
from ..model import Fact, Group
from ..note.claims import Header
from .casing import Verdict
from .differences import judge
from .formats import ordinary, terms
from .standing import Place
from .ways import ways


class Term:
    """A term that is written in several ways for no reason: places and notes by way, and what makes it one.

    A way is told by one of its forms; `way` has that for each form that the notes have.
    """

    def __init__(
        self, claims: tuple[Fact, ...], places: dict[str, list[Place]], reason: str, confidence: float
    ) -> None:
        self.claims = claims
        self.way = ways(places)
        self.places: dict[str, list[Place]] = {}
        for form, some in places.items():
            self.places.setdefault(self.way[form], []).extend(some)
        self.reason = reason
        self.confidence = confidence
        self.notes = {
            form: sorted({claims[place.claim].span.path for place in found}) for form, found in self.places.items()
        }


def written(group: Group) -> tuple[Term, ...]:
    """Give the terms of a group whose forms differ without a reason, in order of their letters."""
    found = terms(group)
    judged: dict[str, Verdict] = {}
    for key in sorted(found.places):
        forms = _without_own(_forms(found.places[key]), found.claims)
        verdict = judge(forms, found.claims) if len(forms) > 1 else None
        if verdict is not None:
            judged[key] = verdict
    built = []
    for key, others in sorted(_nested(judged).items()):
        verdict = judged[key]
        around = [place for other in others for place in itertools.chain(*judged[other].forms.values())]
        places = {
            form: sorted([*some, *(longer for longer in around if any(_holds(longer, place) for place in some))])
            for form, some in verdict.forms.items()
        }
        term = Term(found.claims, places, verdict.reason, verdict.confidence)
        if len(term.places) > 1:
            built.append(term)
    return tuple(built)


def _without_own(forms: dict[str, list[Place]], claims: tuple[Fact, ...]) -> dict[str, list[Place]]:
    """Leave out what only a title has, where no note but its own writes it otherwise: that is between title and body."""
    notes = {form: {claims[place.claim].span.path for place in places} for form, places in forms.items()}
    every = {
        form for form, places in forms.items() if all(isinstance(claims[place.claim].value, Header) for place in places)
    }
    return {
        form: places
        for form, places in forms.items()
        if form not in every or any(some - notes[form] for other, some in notes.items() if other != form)
    }


def _nested(judged: dict[str, Verdict]) -> dict[str, list[str]]:
    """Give the terms to report, each with the longer ones that differ because it does: "GitHub Co-pilot" has "co-pilot"."""
    where: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for key, verdict in judged.items():
        for place in itertools.chain(*verdict.forms.values()):
            where.setdefault(place.claim, {}).setdefault(key, []).append((place.start, place.end))
    chosen: dict[str, list[str]] = {key: [] for key in judged}
    within: dict[str, str] = {}
    for key in sorted(judged, key=lambda key: (len(key), key)):
        inside: dict[str, set[str]] = {}
        around: list[tuple[str, set[str]]] = []
        for form, places in judged[key].forms.items():
            for place in places:
                holding = {
                    other
                    for other, spans in where[place.claim].items()
                    if other != key and other in chosen and any(a <= place.start and place.end <= b for a, b in spans)
                }
                around.append((form, holding))
                for other in holding:
                    inside.setdefault(other, set()).add(form)
        longer = {other for other, forms in inside.items() if len(forms) > 1}
        outside = {form for form, holding in around if not holding & longer}
        if not longer or key not in chosen:
            continue
        lengths = {len(atoms(form)) for form in judged[key].forms}
        if len(longer) == 1 and ((not outside and 1 not in lengths) or (len(outside) == 1 and lengths == {1})):
            del chosen[key]  # "test time" is nothing without "test time compute", nor an AI beside "Humane Ai Pin"
            within[key] = min(longer)
            continue
        for other in sorted(longer):
            del chosen[other]
            if sum(any(place.free < 2 for place in places) for places in judged[other].forms.values()) > 1:
                chosen[key].append(other)
    chosen.update((key, []) for key, other in within.items() if other not in chosen)  # it went to another of its parts
    return chosen


def _holds(longer: Place, place: Place) -> bool:
    return longer.claim == place.claim and longer.start <= place.start and place.end <= longer.end


def _forms(places: list[Place]) -> dict[str, list[Place]]:
    """Sort places by what is written there, without what the place asks for and the s of a plural; most places first."""
    found: dict[str, list[Place]] = {}
    unsure: list[Place] = []
    for place in _coined(places):
        if _sure(place):
            found.setdefault(identity(place.form), []).append(place)
        else:
            unsure.append(place)
    for place in sorted(unsure):
        form = identity(place.form)
        large = (place.free > 1 or place.marked) and titled(form)
        same = [other for other in found if _may_be(form, other, large)]
        if same:
            form = form if form in same else max(same, key=lambda other: (len(found[other]), other))
        elif not _other_capitals(place, form, found):
            form = _least(form, large, [other for other in found if gaps(other) == gaps(form)])
        found.setdefault(form, []).append(place)
    shown: dict[str, list[Place]] = {}
    for form, group_ in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        spelled: dict[str, int] = {}
        for place in group_:
            if identity(place.form) == form:
                spelled[place.form] = spelled.get(place.form, 0) + 1
        best = min(spelled, key=lambda text: (-spelled[text], text), default=_whole(form, group_))
        shown[best if best not in shown else form] = group_
    return shown


def _coined(places: list[Place]) -> list[Place]:
    """Say of places in titles whether the term has its own name there, in quotation marks.

    It has if it is small in quotation marks alone; if it is in some, only where
    a title says nothing else.
    """
    if not any(place.coined for place in places):
        return places
    small = [place.quoted for place in places if place.free < 2 and not titled(place.form)]
    if small and all(small):
        return places
    return [place._replace(coined=place.alone and any(small)) for place in places]


def _whole(form: str, places: list[Place]) -> str:
    """Give a form in small letters, which no place has, with the s that all its places have."""
    return form + "s" if all(place.form.lower() == form.lower() + "s" for place in places) else form


def _sure(place: Place) -> bool:
    """Say whether no capital of a place is due to where it stands."""
    if place.free > 1:
        return place.coined
    if place.free:
        return not plain(atoms(place.form)[0])
    return not (place.marked and (titled(place.form) or sentence(place.form)) and plain(atoms(place.form)[0]))


def _other_capitals(place: Place, form: str, others: Iterable[str]) -> bool:
    """Say whether a form that may be due to its place is a name's whose capitals are others: "Covid" in a heading, COVID."""
    if not (place.quoted and place.free < 2) and ordinary(singular(form.lower())):
        return False
    return any(
        other.lower() == form.lower() and not other.islower() and any(not plain(word) for word in atoms(other))
        for other in others
    )


def _may_be(form: str, other: str, large: bool) -> bool:
    """Say whether `form` is how `other` looks where a sentence begins, or in a title when `large`."""
    ours, theirs = atoms(form), atoms(other)
    # "İ" written small is two characters, of which the second parts words
    if form.lower() != other.lower() or len(ours) != len(theirs):
        return False
    pairs = zip(ours, theirs, strict=True)
    return all(x == y or (plain(x) and y in (x, x.lower()) and (large or not at)) for at, (x, y) in enumerate(pairs))


def _least(form: str, large: bool, others: list[str]) -> str:
    """Give a form without the capitals that its place may have asked for, unless the others of its kind have them too."""
    words = atoms(form)
    if not large and any(atom[:1].isupper() for atom in words[1:]):
        return form
    for at, atom in enumerate(words):
        if not plain(atom) or (at and not large) or (not large and known(atom)):
            continue
        if others and all(atoms(other)[at : at + 1] and atoms(other)[at][:1].isupper() for other in others):
            continue
        form = re.sub(rf"(?<![^\W_]){re.escape(atom)}(?![^\W_])", atom.lower(), form, count=1)
    return form
