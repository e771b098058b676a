"""Notes quote the same words with another case, hyphen or punctuation.

The words agree, so nobody is misquoted; but a vault that writes "test-time
compute" and "test time compute", or "Flow State" and "flow state", is searched
in vain for one of them.

Example: "highest leverage, most important thing" in one note, "highest
leverage most important thing" in another.

A comma or stop at the end of a quote does not count, nor the first capital of
one that begins a sentence, nor the mark that ends a lone word, nor the capitals
of a heading in a note that writes the quote again below it.

Known false alarms: the first capital of a quote after a comma; the capitals of a
bold lead, and of a heading in a note that has the quote there alone; a title and
the words it is made of.

To fix it, write it one way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lint.model import Finding, Group, Scope, Severity
from ..lint.note import claims
from ..lint.quotes import quoted
from ..lint.quotes.wordings import Place, Wording, wordings

ID = "quote-punctuation"
SEVERITY: Severity = "info"
SCOPE: Scope = "vault"

extract = claims.by_source


def check(key: str, facts: Group) -> Iterator[Finding]:
    """Report wordings that notes write in different ways."""
    for wording in wordings(facts):
        if len(wording.notes) < 2:
            continue
        forms = _forms(wording)
        if len(forms) < 2 or len({place.path for places in forms.values() for place in places}) < 2:
            continue
        rarest = sorted(forms, key=lambda text: (len({place.path for place in forms[text]}), text))
        votes = tuple(quoted.vote(text, forms[text]) for text in rarest)
        yield Finding(
            rule=ID,
            key=key,
            message=f"one quote written in {len(votes)} ways: {quoted.tally(votes)}",
            labels=quoted.labels(forms[text] for text in rarest),
            values=tuple(rarest),
            ballot=votes[::-1],
            confidence=0.9,
        )


def _forms(wording: Wording) -> dict[str, list[Place]]:
    """Give the places of a wording by how they write it, without those whose difference tells nothing."""
    bodies = {place.path for place in wording.places if not place.titled}
    forms: dict[str, list[Place]] = defaultdict(list)
    for place in wording.places:
        # a heading's capitals are its own where the note writes the quote again
        if not place.titled or place.path not in bodies:
            forms[quoted.form(place.text)].append(place)
    return _merged(forms, lone=len(wording.words) == 1)


def _merged(forms: dict[str, list[Place]], *, lone: bool) -> dict[str, list[Place]]:
    """Merge the forms that differ in a capital that their place gives them and, of a lone word, in a mark at the end."""
    merged: dict[str, list[Place]] = defaultdict(list)
    waiting = []
    for text, places in forms.items():
        for place in places:
            bare = text.rstrip("?!") if lone else text
            if text[:1].isupper() and (bare != text or not _amid(place)):
                waiting.append((bare, place))
            else:
                merged[bare].append(place)
    for bare, place in waiting:
        small = bare[:1].lower() + bare[1:]
        merged[small if small in merged and bare not in merged else bare].append(place)
    return {text: sorted(places, key=lambda place: place.fact.span) for text, places in sorted(merged.items())}


def _amid(place: Place) -> bool:
    """Say whether a quote stands amid a sentence, where a capital is its writer's own."""
    before, after = place.before.rstrip('"“„« ('), place.fact.value.after.lstrip('"”»“ )')
    return not place.headed and before[-1:] not in ("", *".!?:…\n") and not after[:1].isupper()
