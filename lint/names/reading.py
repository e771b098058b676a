"""What the right spelling of a name makes of each of its places: right already, or what should stand there instead."""

from __future__ import annotations

import msgspec

from ..language.variants import likeness
from ..model import Label
from .mentions import joined, parts_of

ALIKE = 0.8
"""Likeness from which a word of a longer form is what is suggested, misspelled."""


def short_of(form: str, whole: str) -> bool:
    """Say whether a form has some of the words of another and no others: "Schroepfer" of "Mike Schroepfer"."""
    words, more = parts_of(form), parts_of(whole)
    return 0 < len(words) < len(more) and set(words) < set(more)


def role_of(form: str, suggestion: str | None) -> str:
    """Say what a place of a form is where one is suggested: a short form of that is as right as the whole.

    So are the same words with other capitals: that is `name-format`'s to say.
    """
    if suggestion is None:
        return "variant"
    return "canonical" if parts_of(form) == parts_of(suggestion) or short_of(form, suggestion) else "variant"


def reading(form: str, suggestion: str) -> str | None:
    """Give what should stand where a form of fewer or more words does, None where that is the suggestion itself.

    "Schreer" alone reads "Schroepfer", of "Mike Schroepfer"; "Kortex Studio" reads "Cortex Studio" where only "Cortex"
    is suggested.
    """
    have, want = form.split(), suggestion.split()
    few, many = sorted((have, want), key=len)
    size = len(few)
    if size == len(many):
        return None
    other = joined(" ".join(few))
    like, at = max((likeness(other, joined(" ".join(many[at : at + size]))), -at) for at in range(len(many) - size + 1))
    if like <= likeness(other, joined(" ".join(many))):
        return None  # "Real Meow" as one word
    first, last = -at, size - at
    if many is want:
        return " ".join(want[first:last])
    if like < ALIKE:
        return None
    # brackets and quotation marks stay: "SPEA (Sync, Plan)"
    part = " ".join(have[first:last])
    inner = part.strip('()[]"“”,')
    return " ".join((*have[:first], part.replace(inner, suggestion), *have[last:]))


def judged(label: Label, form: str, suggestion: str | None) -> Label:
    """Give the label of a place with its role, and with what it should read where that is not the suggestion itself."""
    role = role_of(form, suggestion)
    instead = None if suggestion is None or role == "canonical" else reading(form, suggestion)
    if instead == form:
        role, instead = "canonical", None
    return msgspec.structs.replace(label, role=role, suggestion=instead)
