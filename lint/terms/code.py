"""Code that notes on one source write with other capitals in the same statement: `myForm.value`, `myform.value`.

Nearly all code tells capitals apart, so that one of the two does not work. Of
62 in seven channels two were a class and its instance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from ..model import Group
from ..note.claims import Claim
from ..note.code import pieces
from ..statements.align import align
from .standing import Place
from .writing import Term


def coded(group: Group) -> Iterator[Term]:
    """Give the pieces of code that two notes write with other capitals, neither of them ever as the other does."""
    notes: defaultdict[str, set[str]] = defaultdict(set)
    for fact in group:
        if isinstance(fact.value, Claim) and (found := pieces(fact.value.passage)):
            notes[fact.span.path] |= found
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for form in set().union(*notes.values()):
        forms[form.lower()].add(form)
    varied = {form for some in forms.values() if len(some) > 1 for form in some}
    if not varied:
        return
    aligned = align(group)
    held = {claim: found for claim, fact in enumerate(aligned.claims) if (found := pieces(fact.value.passage) & varied)}
    same: defaultdict[str, set[str]] = defaultdict(set)
    for pair in aligned.pairs:
        if pair.first in held and pair.second in held:
            first, second = (notes[aligned.claims[claim].span.path] for claim in (pair.first, pair.second))
            for one, other in product(held[pair.first] - second, held[pair.second] - first):
                if one.lower() == other.lower():
                    same[one.lower()] |= {one, other}
    for _, some in sorted(same.items()):
        places: dict[str, list[Place]] = {form: [] for form in sorted(some)}
        for claim, found in held.items():
            text = aligned.claims[claim].value.passage.text
            for form in sorted(found & some):
                if (match := re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text)) is not None:
                    places[form].append(Place(claim, *match.span(), form, 0, False, False, code=True))
        yield Term(aligned.claims, places, "code in which capitals count, in one statement", 0.8)
