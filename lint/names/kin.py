"""Which names of one source are one name under several spellings, and what says so.

Letters only propose. What decides is the context: that two notes make the same
statement and each has a name there that the other lacks, that both are said at
the same time, that a given name is shared; and against it, that one note has
both, or that the words are ordinary ones. On transcripts with known names,
letters alone were right in 74 % of pairs, with this evidence in 92 to 97 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..language.forms import family
from ..language.lettering import folded
from ..language.named import LARGE, capital, given_name, listed
from ..language.variants import (
    abbreviation,
    acronym,
    codes,
    collapsed,
    humps,
    likeness,
    spoken,
)
from ..language.words import lexicon
from ..model import Group
from .around import ALIGNED, MIN_NEAR, NEVER_BOTH, Context
from .clusters import Kin, Tie, clusters
from .differing import PAIRED, differing_words, garbled, rest_of, said
from .expansions import collected, same_words
from .mentions import Cast, Name, joined
from .misheard import misheard, one_sound, slip
from .persons import surname
from .proposed import proposed
from .quoted import heard, with_quoted
from .small import with_terms
from .verbatim import verbatim

MAX_NAMES = 600
"""Names of one source that are compared with one another, the most frequent first."""

MIN_SCORE = 0.8
"""From here on a pair is one name (see `_score`): 92 % of 80 pairs of channels that were never used for tuning."""

UNSURE = 0.6
"""Score of two names that stand word for word in one place, 22 of 23 of which were one: what their letters leave open makes them information."""

MIN_TERM = 0.75
"""Likeness from which a term written small is another one although their statements are not alike."""

NEARLY = 0.85
"""Likeness from which a note that has both spellings may have them by a slip."""

SPELLED_OUT = 1.6
"""Score of two acronyms that stand beside the same words: on seven channels all seven were one."""

SAME_STATEMENT = 0.8
"""Cosine of two claims, the names left out, from which another surname stands for the same person whatever the times."""


def kin(group: Group) -> tuple[Kin, ...]:
    """Find the names of a group that are one name, in order of their keys."""
    names = with_terms(group)
    if len({fact.span.path for fact in names.claims}) < 2:
        return ()
    chosen = sorted(names.names.values(), key=lambda name: (-len(name.notes), name.key))[:MAX_NAMES]
    chosen = sorted((name for name in chosen if _eligible(name)), key=lambda name: name.key)
    if len(chosen) < 2:
        return ()
    context = Context(group, names)
    ties: list[Tie] = []
    for first, second in sorted(proposed(chosen, context)):
        tie = _tie(names.names[first], names.names[second], context)
        if tie is not None:
            ties.append(tie)
    known = {name.key for name in chosen}
    ties += (tie for tie in _spelled_out(names) if {tie.first, tie.second} <= known)
    for tie in _quoted(group):
        ties.append(tie)
        chosen += (with_quoted(group).names[key] for key in (tie.first, tie.second) if key not in known)
    return tuple(
        clusters(ties, chosen, lambda first, second: context.two(names.names.get(first), names.names.get(second)))
    )


def _spelled_out(names: Cast) -> Iterator[Tie]:
    """Tie the acronyms that stand for the same words."""
    for first, second, words in same_words(collected(names)):
        yield Tie(first, second, SPELLED_OUT, ((first, second),), (f'both beside "{words}"',))


def _quoted(group: Group) -> Iterator[Tie]:
    """Tie the quoted terms of which one is another misheard."""
    for one, other, words, apart in heard(group):
        when = f"said within {apart} s of one another" if apart else "said at the same time"
        evidence = ("both in quotation marks", when, NEVER_BOTH)
        yield Tie(joined(one[0].form), joined(other[0].form), UNSURE, (words,), evidence)


def _eligible(name: Name) -> bool:
    return sum(char.isalpha() for char in name.key) > 1 or any(char.isdigit() for char in name.key)


def _tie(a: Name, b: Name, context: Context) -> Tie | None:
    differing = differing_words(a, b)
    if (context.counts(a) and context.counts(b)) or _numbered(a) == _numbered(b):
        return None
    if differing is not None and not ((a.small or b.small) and _one_family(a, b, differing, context)):
        score, evidence = _score(a, b, differing, context)
        if score < MIN_SCORE:
            score, evidence = misheard(a, b, differing, context)
        if score >= MIN_SCORE:
            return Tie(a.key, b.key, round(score, 3), differing, evidence)
    found = None if a.small or b.small else verbatim(a, b, context)
    return None if found is None else Tie(a.key, b.key, UNSURE, found[:1], found[1])


def _numbered(name: Name) -> tuple[str, ...]:
    """Give the words of a name with the numbers behind it in words: "Pier 5" and "Pier Five" are `name-format`'s."""
    return (name.words[0], *map(folded, name.words[1:]))


def _one_family(a: Name, b: Name, differing: tuple[tuple[str, str], ...], context: Context) -> bool:
    """Say whether two terms are a choice of wording: used in one note, or of one family of words."""
    if context.together(a, b, differing) and not slip(a, b):
        return True
    if len(a.words) == len(b.words):
        return any(family(p, q) for p, q in differing)
    return any(p != q and family(p, q) for p in a.words for q in b.words)


def _same_letters(a: Name, b: Name) -> bool:
    """Say whether two names have the same letters but for doubled ones, or are said the same."""
    if said(a) == said(b):
        return True
    if collapsed(a.key) != collapsed(b.key) or all(map(listed, set(a.words) ^ set(b.words))):
        return False  # God is not Good
    # of two acronyms one letter makes two things, unless one is taken apart: IBGP, "IB BGP"
    return len(a.words) != len(b.words) or not all(abbreviation(form) for name in (a, b) for form in name.forms)


def _plain_words(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether all that one name has more than the other are words of dictionaries."""
    more = rest_of(words, other) or [word for word in words if word not in other]
    return all(listed(word) and capital(word) < LARGE for word in more)


def _given(a: Name, b: Name) -> str | None:
    """Give the given name that both begin with, if they do."""
    first = a.words[0]
    if len(a.words) < 2 or len(b.words) < 2 or first != b.words[0] or not given_name(first):
        return None
    # NIA is no Nia, and "Dora Quick Check" no person
    if any(form[:3].isupper() for name in (a, b) for form in name.forms):
        return None
    if _plain_words(a.words, b.words) and _plain_words(b.words, a.words):
        return None
    return first


def _parts_alike(a: Name, b: Name) -> bool:
    """Say whether no part of a CamelCase name is exchanged for another word: GeoFireClient, GeoFireCollection."""
    x, y = humps(a.written), humps(b.written)
    few, many = sorted((x, y), key=len)
    if len(few) < len(many) and set(few) < set(many):
        return False  # FormsModule, AngularFormsModule
    if len(x) < 2 or len(x) != len(y):
        return True
    return not any(p != q and likeness(p, q) < PAIRED and listed(p) and listed(q) for p, q in zip(x, y, strict=True))


class _Signs(NamedTuple):
    """What two names show: of their letters, of who they are, and of the places in which they stand."""

    alike: float
    unlike: bool
    same_letters: bool
    same_sound: bool
    part: bool
    digit: bool
    given: str | None
    person: bool
    slot: float
    cosine: float
    apart: int | None
    close: bool
    placed: bool


def _score(a: Name, b: Name, differing: tuple[tuple[str, str], ...], context: Context) -> tuple[float, tuple[str, ...]]:
    """Weigh what speaks for one name and against it."""
    given = _given(a, b)
    same_letters = _same_letters(a, b)
    # both names of a person a little off tell as much as one
    whole = (("".join(p for p, _ in differing), "".join(q for _, q in differing)),)
    alike = (
        1.0
        if same_letters
        else max(min(likeness(spoken(p), spoken(q)) for p, q in pairs) for pairs in (differing, whole))
    )
    same_sound = same_letters or one_sound(a, b, alike)
    shared_ends = a.words[0] == b.words[0] or a.words[-1] == b.words[-1]
    part = len(a.words) > 1 and len(b.words) > 1 and len(differing) < max(len(a.words), len(b.words))
    unlike = alike < (0.62 if part else 0.70 if len(a.words) == len(b.words) or shared_ends else 0.80)
    if unlike and not same_sound and not given:
        return 0.0, ()
    slot = context.slots.get((a.key, b.key), 0.0)
    cosine = max(slot, context.best(a, b))
    if cosine < ALIGNED and alike < MIN_TERM and (a.small or b.small):
        return 0.0, ()
    apart = context.apart(a, b)
    close = apart is not None and apart <= 30
    signs = _Signs(
        alike=alike,
        unlike=unlike,
        same_letters=same_letters,
        same_sound=same_sound,
        part=part,
        digit=garbled(a, b),
        given=given,
        person=given is not None or (a.titled and b.titled),
        slot=slot,
        cosine=cosine,
        apart=apart,
        close=close,
        placed=bool(slot) or (cosine >= ALIGNED and close),
    )
    if _two_things(a, b, differing, signs):
        return 0.0, ()
    together = context.together(a, b, differing)
    if unlike and not same_sound and not _same_person(a, b, signs, context, together):
        return 0.0, ()
    return _weighed(a, b, differing, signs, context, together)


def _two_things(a: Name, b: Name, differing: tuple[tuple[str, str], ...], signs: _Signs) -> bool:
    """Say whether the letters of two names tell two things apart, in spite of how alike they are."""
    if not signs.placed and len(a.words) != len(b.words) and all(p in a.words and q in b.words for p, q in differing):
        return True  # a part of a name is many people's
    if not signs.same_letters and not signs.digit:
        if min(len(spoken(word)) for pair in differing for word in pair) < 3 and not signs.placed:
            return True
        capitals = [any(acronym(form) for form in name.forms) for name in (a, b)]
        # capitals differ by a letter because they are two things; unless one is said like the other, in its place
        long_code = min(len(code) for name in (a, b) for code in codes(name.key)) > 2
        if all(capitals) or (any(capitals) and not (signs.placed and signs.same_sound and long_code)):
            return True
        if all(len(word) < 4 for pair in differing for word in pair) and not signs.given:
            return True
    if not signs.same_letters:
        if _plain_words(a.words, b.words) and _plain_words(b.words, a.words):
            return True
        if not _parts_alike(a, b):
            return True
    if signs.person:
        return False
    if all(capital(p) < LARGE and capital(q) < LARGE for p, q in differing):
        return True
    ordinary = min(capital(word) for pair in differing for word in pair) < 75
    return ordinary and not (signs.placed and signs.same_sound)


def _same_person(a: Name, b: Name, signs: _Signs, context: Context, together: int) -> bool:
    """Say whether two surnames that are little alike stand for one person with one given name."""
    return (
        signs.given is not None
        and not together
        and all(surname(name) for name in (a, b))
        and (signs.placed or ((signs.close or signs.cosine >= SAME_STATEMENT) and context.near(a, b) >= MIN_NEAR))
    )


def _weighed(
    a: Name, b: Name, differing: tuple[tuple[str, str], ...], signs: _Signs, context: Context, together: int
) -> tuple[float, tuple[str, ...]]:
    """Sum up the signs, and name those that speak for one name."""
    evidence: list[str] = []
    score = 2.2 * max(0.0, signs.alike - 0.6)
    if signs.cosine >= ALIGNED:
        score += 0.8 if signs.slot else 0.6
        evidence.append("both in the same statement" if signs.slot else "in statements that are alike")
    if (apart := signs.apart) is not None:
        score += 0.5 if signs.close else 0.2 if apart <= 120 else -0.2 if apart > 600 else 0.0
        if signs.close:
            evidence.append(f"said within {apart} s of one another" if apart else "said at the same time")
    if signs.given:
        score += 0.35
        evidence.append(f'both "{signs.given.capitalize()}"')
        if signs.unlike:
            score += 0.3
    elif signs.person:
        score += 0.35
        evidence.append("both with a title")
    if signs.same_sound and not any(listed(word) or len(word) < 5 for pair in differing for word in pair):
        score += 0.15
        evidence.append("said alike")
    if signs.digit:
        score += 0.2
        evidence.append("a digit stands inside a word")
    own = signs.part and not any(map(listed, sum(differing, ())))
    if together and signs.slot and signs.alike >= NEARLY and (own or slip(a, b)):
        score -= 0.5  # a writer's slip: hardly two people are so alike
    elif together:
        told_apart = together > 1 or (context.beside(a, b) and not signs.same_sound)
        score -= 1.3 if told_apart else 0.9
    else:
        evidence.append(context.said_of(a, b))
    if min(len(a.notes), len(b.notes)) == 1:
        score += 0.15
    entries = lexicon()
    if not signs.same_sound and all(p in entries and q in entries for p, q in differing):
        # two words that the lexicon has are more often two names
        score -= 0.3
    return score, tuple(evidence)
