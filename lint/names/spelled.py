"""What competing spellings have in common: who holds each, which is right, and where they stand."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Container, Iterable, Mapping, Sequence

from ..language.words import fold
from ..model import Group, Label, Vote
from ..note.claims import Cue, Title
from ..times.places import label_of_part
from .mentions import Cast, Mention, joined, parts_of
from .reading import judged, short_of

_WORD = re.compile("[^ ]+")

MAX_PLACES = 60
"""Places of one finding; past that a list helps nobody."""

MAX_PER_NOTE = 2
"""Places of one spelling in one note: the first ones lead to the others."""

LEAST = 3
"""Notes that a spelling needs to be suggested for no other reason."""

MARGIN = 3
"""How many times as many notes as the runner-up it needs: on annotated notes 19 of 26 were right with both, 5 of 11 at twice as many."""


def authority(group: Group, forms: Iterable[str]) -> tuple[str, str] | None:
    """Give the spelling that something other than the notes vouches for, and what: vocabulary, official title or transcript.

    A form counts whose letters stand there in order as whole words; where
    several do, the longest.
    """
    wanted = sorted(set(forms), key=lambda form: (-len(form), form))
    canonical = _canonical(group.vocabulary)
    for form in wanted:
        term = canonical.get(joined(form))
        if term is not None:
            return term, "vocabulary"
    titles, said = _vouching(group)
    for form in wanted:
        if any(_stands(form, title) for title in titles):
            return form, "official title"
    present = [form for form in wanted if said and _stands(form, said)]
    return (present[0], "transcript") if len(present) == 1 else None


def vouched(
    group: Group, forms: Iterable[str], competing: Mapping[str, Sequence[Mention]], differing: Iterable[str]
) -> tuple[str, str] | None:
    """Give the competing spelling that `authority` vouches for: by itself, or by a form that is one of the words that differ.

    A title that has "Cortex" speaks for "Cortex Studio" against "Kortex Studio"; one that has "Studio" for neither.
    """
    known = authority(group, competing)
    short = [form for form in forms if form not in competing and joined(form) in set(differing)]
    part = None if known else authority(group, short)
    if part is None:
        return known
    speaks = sorted(
        (form for form in competing if short_of(part[0], form)), key=lambda form: (-len(competing[form]), form)
    )
    return (speaks[0], part[1]) if len({*map(joined, speaks)}) == 1 else None


@functools.lru_cache(maxsize=1)
def _canonical(vocabulary: frozenset[str]) -> dict[str, str]:
    """Give the terms of a vocabulary by their letters; kept, because every finding asks."""
    return {joined(term): term for term in sorted(vocabulary)}


@functools.lru_cache(maxsize=1)
def _vouching(group: Group) -> tuple[tuple[str, ...], str]:
    """Give the official titles of a group and the words of its transcript."""
    titles = tuple(fact.value.passage.text for fact in group if isinstance(fact.value, Title))
    return titles, " ".join(fact.value.passage.text for fact in group if isinstance(fact.value, Cue))


def _stands(form: str, text: str) -> bool:
    return (
        f" {fold(form)} " in f" {' '.join(fold(text).replace(':', ' ').replace(',', ' ').replace('|', ' ').split())} "
    )


def majority(held: Mapping[str, int]) -> str | None:
    """Give the form that three notes have, and three times as many as any other, if one does."""
    ranked = sorted(held.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) > 1 and ranked[0][1] >= max(LEAST, MARGIN * ranked[1][1]):
        return ranked[0][0]
    return None


def sides(forms: Mapping[str, Sequence[Mention]]) -> dict[str, list[Mention]]:
    """Give the forms that compete, with their mentions; a part of just one of them ("Schroepfer") speaks for that one."""
    words = {form: parts_of(form) for form in forms}
    whole = {
        form: [
            other for other in forms if len(words[form]) < len(words[other]) and set(words[form]) < set(words[other])
        ]
        for form in forms
    }
    found = {form: list(forms[form]) for form in forms if not whole[form]}
    if len(found) < 2:
        return {form: list(mentions) for form, mentions in forms.items()}
    for form, others in whole.items():
        standing = [other for other in others if other in found]
        if len(standing) == 1:
            found[standing[0]] += forms[form]
        elif not standing or len({joined(other) for other in standing}) > 1:
            found[form] = list(forms[form])
    return found


def in_part(forms: Mapping[str, list[Mention]], differing: Container[str]) -> dict[str, list[Mention]]:
    """Give the word in which names of several things differ, with its places: "Kortex 2" and "Cortex Max" are not one name.

    Names of one thing stay as they are, as do those that differ in more than a word.
    """
    found: dict[str, list[Mention]] = {}
    around: set[frozenset[str]] = set()
    for form, mentions in forms.items():
        words = list(_WORD.finditer(form))
        own = [word for word in words if joined(word[0]) in differing]
        if len(own) != 1:
            return dict(forms)
        around.add(frozenset(joined(word[0]) for word in words if word is not own[0]))
        first, last = own[0].span()
        for mention in mentions:
            # another way of writing the form may have other words
            if mention.form[first:last].casefold() != own[0][0].casefold():
                return dict(forms)
            start = mention.start + first
            found.setdefault(own[0][0], []).append(
                Mention(mention.claim, start, mention.start + last, mention.form[first:last], start)
            )
    several = any(not (one <= other or other <= one) for one, other in itertools.combinations(around, 2))
    return found if several and len({*map(joined, found)}) > 1 else dict(forms)


def notes_of(cast: Cast, mentions: Iterable[Mention]) -> list[str]:
    """Give the paths of the notes with these mentions, each once, in order."""
    return sorted({cast.path(mention.claim) for mention in mentions})


def ballot(cast: Cast, forms: Mapping[str, Sequence[Mention]], why: Mapping[str, tuple[str, ...]]) -> tuple[Vote, ...]:
    """Give a vote for each form, the most notes first."""
    votes = []
    for form, mentions in forms.items():
        paths = notes_of(cast, mentions)
        votes.append(Vote(form, len(paths), why.get(form, ()), tuple(paths)))
    return tuple(sorted(votes, key=lambda vote: (-vote.notes, vote.value)))


def labels(cast: Cast, forms: Mapping[str, Sequence[Mention]], suggestion: str | None) -> tuple[Label, ...]:
    """Give places for every form in every note, those that should change first; a title that is never left out is in."""
    order = sorted(forms, key=lambda form: (len(notes_of(cast, forms[form])), form))
    found: list[Label] = []
    for form in order:
        seen: dict[tuple[str, str], int] = {}
        titled = all(mention.titled < mention.start for mention in forms[form])
        for mention in sorted(forms[form]):
            mark = cast.path(mention.claim), mention.form
            seen[mark] = seen.get(mark, 0) + 1
            if seen[mark] <= MAX_PER_NOTE:
                start = mention.titled if titled else mention.start
                found.append(judged(label_of_part(cast.claims[mention.claim], start, mention.end), form, suggestion))
    found.sort(key=lambda place: place.role == "canonical")
    if len(found) > MAX_PLACES:
        # every form keeps a place in every note as long as there is room
        firsts: list[Label] = []
        more: list[Label] = []
        met: set[tuple[str, str]] = set()
        for place in found:
            mark = (place.span.path, place.text)
            (more if mark in met else firsts).append(place)
            met.add(mark)
        kept = {id(place) for place in (firsts + more)[:MAX_PLACES]}
        found = [place for place in found if id(place) in kept]
    return tuple(found)
