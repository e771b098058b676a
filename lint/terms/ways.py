"""The ways of writing a term, whatever its ending: "de-risk" and "de-risking" are one way, "de risking" is another."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from ..language.lettering import identity
from ..language.words import stem
from .formats import root
from .standing import Place

_Way = tuple[object, ...]


def ways(forms: Mapping[str, Sequence[Place]]) -> dict[str, str]:
    """Give for each form the one that stands for its way: of one ending, where all ways have it, so that one sees what differs."""
    by_way: dict[_Way, list[str]] = {}
    for form in forms:
        by_way.setdefault(_way(form), []).append(form)
    if len(by_way) == len(forms):
        return {form: form for form in forms}
    standing: dict[str, tuple[int, int]] = {}
    for some in by_way.values():
        for letters in {_letters(form) for form in some}:
            held = sum(len(forms[form]) for form in some if _letters(form) == letters)
            count, places = standing.get(letters, (0, 0))
            standing[letters] = count + 1, places + held
    ranked = sorted(standing, key=lambda letters: (*(-count for count in standing[letters]), letters))
    shown: dict[str, str] = {}
    for some in by_way.values():
        best = min(some, key=lambda form: (ranked.index(_letters(form)), -len(forms[form]), form))
        shown.update((form, best) for form in some)
    return shown


def _letters(form: str) -> str:
    return "".join(char for char in identity(form).lower() if char.isalnum())


def _way(form: str) -> _Way:
    """Give what tells a way of writing from others: the letters of the stem, the marks between them and the capitals, each where it stands."""
    letters = 0
    marks: list[tuple[int, str]] = []
    for char in identity(form):
        if not char.isalnum():
            marks.append((letters, char))
        else:
            letters += 1
            if char.isupper():
                marks.append((letters, "A"))
    return stem(root(_letters(form))), *marks


def respelled(text: str, right: str, free: int) -> str | None:
    """Give the letters of a place as another form writes them: "finetuned" is "fine-tuned" where "fine-tune" is right.

    `free` is a place's: capitals that are due to it stay. The plural of a noun keeps its gap: "industry standards" are
    right beside "an industry-standard test". In a longer place the words around it stay: "high-quality videos". None
    where it does not have the word, whatever its ending.
    """
    wanted = stem(root(_letters(right)))
    if stem(root(_letters(text))) != wanted:
        words = text.split(" ")
        for first, last in itertools.combinations(range(len(words) + 1), 2):
            part = " ".join(words[first:last])
            if last - first < len(words) and stem(root(_letters(part))) == wanted:
                inside = respelled(part, right, free if first == 0 or free > 1 else 0)
                return inside and " ".join((*words[:first], inside, *words[last:]))
        return None
    if " " in text and "-" in right and identity(text) != text and identity(right) == right:
        return text
    left = [char for char in text if char.isalnum()]
    written: list[str] = []
    at = 0
    for index, char in enumerate(right):
        if not char.isalnum():
            written.append(char)
        elif at < len(left) and char.casefold() == left[at].casefold():
            written.append(left[at] if at == 0 and free and left[at].isupper() else char)
            at += 1
        elif all(map(str.isalnum, right[index:])):
            break
        else:
            return None
    reading = "".join((*written, *left[at:]))
    return _titled(reading) if free > 1 and _titled(text) == text else reading


def _titled(text: str) -> str:
    """Give a text with its words large, as a heading has them."""
    return "".join(char.upper() if index == 0 or text[index - 1] in " -‑" else char for index, char in enumerate(text))
