"""Whether forms of a term differ for no reason, and in what: letters, hyphens, slashes, spaces, numbers, an s, capitals."""

from __future__ import annotations

import itertools
import re

from ..language.british import american
from ..language.lettering import atoms, folded, gaps, identity, singular, unaccented
from ..language.words import STOP, bag, stem
from ..model import Fact
from .casing import INDEFINITE, Forms, Verdict, by_case, inside
from .formats import ordinary
from .standing import Place

_FOLLOWING = re.compile(r"(?:['’]s)?[\"”]? ([^\W_]+)")
_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+) [\"“]?\Z")
_STOPS = frozenset(["", ".", ";", ":", ",", "?", "!"])
"""What a word may end with that no other depends on."""
_ARTICLES = bag("a an the its their his her our your my this that")
_HALF_DAY = re.compile(r"[ap]\.? ?m\.?", re.IGNORECASE)
_CODE = re.compile(r"[a-z]+(?:[A-Z][a-z0-9]*)+")
_PARTICLES = bag("in out up down on off over back away by through around together along")
_PREFIXES = bag("sub under over auto re pre non multi inter un anti mis semi mid counter")
_NEVER_FIRST = STOP | _PREFIXES | INDEFINITE
_NEVER_LAST = STOP | _PARTICLES
"""Words that make two words of what is one without the gap: "every day" and "everyday", "log in" and "login"."""
_OTHER_WORDS = frozenset(
    map(stem, bag("recreation recover reform resign represent resort recall react release remark retreat resent"))
)
"""Words of which the form with a hyphen is another: "re-sign"."""
_MODIFIERS = bag(
    "high higher highest low lower long longer short shorter real general next always well large larger "
    "small smaller full first second third last new old best better good bad right hard early late mid "
    "end one two three four five ten single double fast slow deep wide top day face self open"
)
"""First words with which a hyphen comes and goes by rule: "a long-term plan", "in the long term"."""
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
_ADJECTIVES = tuple(end for end in _ATTRIBUTES if end not in ("ing", "level", "en"))
"""Those of which no noun has one: what stands behind the word is the noun that it tells of."""


MIN_BEHIND = 4
"""Places of two nouns, all with the same word behind them, that make the word a part of the term."""


def judge(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Say which forms of a term should be one and why; None where they have their reasons."""
    forms = _without_commands(forms)
    found = _slashes(forms)
    if found is not None:
        return found
    forms = {form: places for form, places in forms.items() if "/" not in form}
    if len(forms) < 2:
        return None
    found = _accents(forms)
    if found is not None:
        return found
    letters = {singular("".join(atoms(form)).lower()) for form in forms}
    if any(american(word) in letters for word in letters):
        return _spellings(forms, claims)
    counts = {len(atoms(form)) for form in forms}
    if len(counts) > 1:
        found = _joined(forms)
        if found is not None:
            return found
        forms = {form: places for form, places in forms.items() if len(atoms(form)) == max(counts)}
    verdicts = [verdict for verdict in (_hyphens(forms, claims), _words(forms, claims)) if verdict is not None]
    if verdicts:
        return verdicts[0]._replace(forms=verdicts[-1].forms | verdicts[0].forms)
    same = _but_for_capitals(forms, "-")
    return by_case(same or _but_for_capitals(forms, " "), claims)


def _but_for_capitals(forms: Forms, hyphen: str) -> Forms:
    """Give the most forms that are one but for their capitals, with hyphens written as `hyphen`; none if there is but one."""
    alike: dict[str, dict[str, list[str]]] = {}
    for form in forms:
        written = identity(form).replace("-", hyphen)
        alike.setdefault(written.lower(), {}).setdefault(written, []).append(form)
    largest = max(alike.values(), key=lambda ways: (len(ways), sorted(ways)))
    return {form: forms[form] for ways in largest.values() for form in ways} if len(largest) > 1 else {}


def _without_commands(forms: Forms) -> Forms:
    """Leave out what is small in code alone, a command, a file or a variable, where it is beside words that are not code.

    Where code has it large as well, as `Slok` is a class and `slok` its package, neither is how the words are written.
    """
    code = {form for form, places in forms.items() if all(place.code for place in places)}
    small = {form for form in code if form.islower()}
    if len(code) == len(forms):
        return forms
    left_out = code if small and code > small else small
    if left_out == small and any(place.code for form in forms if not form.islower() for place in forms[form]):
        return forms
    return {form: places for form, places in forms.items() if form not in left_out}


def _slashes(forms: Forms) -> Verdict | None:
    """Judge forms with a slash beside those with a hyphen, and letters beside one another ("CI/CD", "CICD")."""
    slashed = [form for form in forms if "/" in form]
    letters = all(form.replace("/", "").isupper() for form in slashed)
    alike = {
        form: places
        for form, places in forms.items()
        if form in slashed or (len(atoms(form)) > 1 and "-" in form) or (letters and form.isupper())
    }
    return Verdict(alike, "with a slash and without", 0.6) if 0 < len(slashed) < len(alike) else None


def _accents(forms: Forms) -> Verdict | None:
    """Judge names and rare words with accents in some places; "exposé" and "expose" are two words."""
    if all(map(str.isascii, forms)):
        return None
    small = {form: identity(form).lower() for form in forms if not (form.islower() and ordinary(unaccented(form)))}
    ways: dict[str, set[str]] = {}
    for way in small.values():
        ways.setdefault(unaccented(way), set()).add(way)
    twice = {form for form, way in small.items() if len(ways[unaccented(way)]) > 1}
    if not twice:
        return None
    return Verdict({form: forms[form] for form in forms if form in twice}, "with an accent and without", 0.7)


def _spellings(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Judge British and American spellings; a name ("Labour Party") keeps its own, and "analyses" are more than one."""
    common: Forms = {}
    for form, places in forms.items():
        if form.endswith("yses"):
            continue
        kept = [place for place in places if place.free or form[0].islower()]
        if any(place.form[0].islower() or not inside(place, claims) for place in kept):
            common[form] = kept
    if len({singular(form.lower()) for form in common}) < 2:
        return None
    return Verdict(common, "British in one place, American in another", 0.7)


def _joined(forms: Forms) -> Verdict | None:
    """Judge forms that are one word in one place and several in another."""
    least = min(len(atoms(form)) for form in forms)
    apart = {form: places for form, places in forms.items() if len(atoms(form)) > least}
    closed = {form: places for form, places in forms.items() if form not in apart and form not in STOP}  # U.S., us
    if any(_HALF_DAY.fullmatch(form) for form in forms):
        return None
    if any(_CODE.fullmatch(atom) for form in closed for atom in atoms(form)) and any(form.islower() for form in apart):
        return None  # startAfter is a program's
    name = any(form != form.lower() for form in forms)
    solid = set(map(_letters, closed))
    kept = {
        form: places
        for form, places in apart.items()
        if _one_word(form, name) and (_letters(form) in solid or not _inner_plural(form))
    }
    return Verdict(closed | kept, "joined in one place, apart in another", 0.8) if kept and closed else None


def _letters(form: str) -> str:
    """Give the letters of a form without those of its last plural."""
    return singular("".join(atoms(form)).lower())


def _inner_plural(form: str) -> bool:
    """Say whether a word before the last has the s of a plural, with which "teams work" is no teamwork."""
    return any(singular(word) != word for word in map(str.lower, atoms(form)[:-1]))


def _one_word(form: str, name: bool) -> bool:
    """Say whether a form in several words is the same as that without the gaps; `name` when any form has a capital."""
    words = [atom.lower() for atom in atoms(form)]
    if any(word.isdigit() for word in words):
        return " " not in form or (words[0].isalpha() and form[:1].isupper())  # "WSL 2", "3-D", but no "2 GB"
    if "-" in form and " " not in form:
        return not (words[0] == "re" and stem("".join(words)) in _OTHER_WORDS)
    if min(map(len, words)) < 2 and not name:
        return False
    if name and " " in form and len(words) == 2:
        # "Pakistan is", Pakistanis; "a PM", an APM
        return words[-1] not in _PARTICLES and words[-1] not in STOP and (words[0] not in STOP or form[0].isupper())
    return name or not (words[0] in _NEVER_FIRST or words[-1] in _NEVER_LAST)


def _hyphens(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Judge forms with hyphens in some places and spaces in others."""
    if len({gaps(form) for form in forms}) < 2 or len(atoms(min(forms))) < 2:
        return None
    if all(_named(form) for form in forms) or (len(atoms(min(forms))) > 2 and any(_named(form) for form in forms)):
        return Verdict(forms, "a name with hyphens or points and without", 0.8)
    words = [atom.lower() for atom in atoms(min(forms))]
    quoted = {form: kept for form, places in forms.items() if (kept := [place for place in places if place.quoted])}
    if (quoted and len(words) > 2 and words[0] not in STOP) or len({gaps(form) for form in quoted}) > 1:
        return Verdict(forms, "a term in quotation marks with and without hyphens", 0.7)
    adjective = words[-1].endswith(_ADJECTIVES)
    uses = {place: _use(place, claims, adjective) for places in forms.values() for place in places}
    ruled = _ruled(forms)
    ways: dict[str, set[tuple[str, ...]]] = {}
    for form, places in forms.items():
        for place in places:
            ways.setdefault(uses[place], set()).add(gaps(form))
    alike = {use for use, some in ways.items() if use and len(some) > 1}
    if alike:
        if ruled:
            forms = _as_used(forms, uses, alike)
        elif not any(map(_named, forms)):
            forms = _with_noun(forms, claims)
        return Verdict(forms, "with and without hyphens between the same words", 0.6)
    alone = {gaps(form) for form, places in forms.items() if any(p.quoted or " " in (uses[p] or " ") for p in places)}
    if not ruled and len(words) < 4 and len(alone) > 1:
        return Verdict(forms, "a term with and without hyphens or marks, used alike", 0.6)
    before = {way for use, some in ways.items() if use and " " not in use for way in some}
    if not ruled and any("-" in way for way in alone) and any("-" not in way for way in before):
        return Verdict(forms, "a noun with hyphens, and without them before another", 0.6)
    return None


def _as_used(forms: Forms, uses: dict[Place, str], alike: set[str]) -> Forms:
    """Give the places of some uses, and wherever else a hyphen stands: it is right there too, a space may be."""
    same = {form: kept for form, places in forms.items() if (kept := [p for p in places if uses[p] in alike])}
    letters = {"".join(atoms(identity(form))).lower() for form in same}
    hyphens = {form for form in forms if "-" in form and "".join(atoms(identity(form))).lower() in letters}
    return {
        form: places if form in hyphens else same[form] for form, places in forms.items() if form in hyphens | set(same)
    }


def _with_noun(forms: Forms, claims: tuple[Fact, ...]) -> Forms:
    """Give two nouns with the third where it is always behind them, and so a part of the term: "product-market" with "fit"."""
    found: dict[Place, re.Match[str]] = {}
    for place in itertools.chain(*forms.values()):
        noun = _FOLLOWING.match(claims[place.claim].value.passage.text, place.end)
        if noun is None or noun[1].lower() in STOP:
            return forms
        found[place] = noun
    written = [noun[1] for noun in found.values()]
    if len(found) < MIN_BEHIND or len(set(map(folded, written))) > 1:
        return forms
    usual = max(sorted(set(written)), key=written.count)
    return {
        f"{form} {usual}": [
            place._replace(end=found[place].end(), form=place.form + found[place][0]) for place in places
        ]
        for form, places in forms.items()
    }


def _ruled(forms: Forms) -> bool:
    """Say whether a hyphen comes and goes by rule: "out of the box", "an out-of-the-box answer"."""
    words = [atom.lower() for atom in atoms(min(forms))]
    joints = {
        (x.lower(), y.lower())
        for form in forms
        for x, gap, y in zip(atoms(form), gaps(form), atoms(form)[1:], strict=False)
        if gap == "-"
    }
    return (
        words[0].isdigit()
        or any(word in STOP for word in words)
        or all(word in _MODIFIERS for word in words)
        or (bool(joints) and all(_attributive(x, y) for x, y in joints))
    )


def _use(place: Place, claims: tuple[Fact, ...], adjective: bool) -> str:
    """Give how a term is used: before a word that it tells of, any one if an adjective; as a noun, between small words, or "" alone."""
    text = claims[place.claim].value.passage.text
    following = _FOLLOWING.match(text, place.end)
    word = following[1].lower() if following else ""
    if word and word not in STOP:
        return "noun" if adjective else singular(word)
    before = _BEFORE.search(text, max(0, place.start - 20), place.start)
    if before is None or not (word or text[place.end : place.end + 2].lstrip('"”')[:1] in _STOPS):
        return ""
    if before[1].lower() in _ARTICLES:
        return "" if place.quoted else "a noun"
    return f"{singular(before[1].lower())} … {word or '.'}"


def _attributive(first: str, second: str) -> bool:
    """Say whether two words take a hyphen by rule before a noun, and none after it."""
    return first in _MODIFIERS or first.endswith("ly") or second in _PARTICLES or second.endswith(_ATTRIBUTES)


def _named(form: str) -> bool:
    """Say whether a form is a name: "Blue Pier", "WSL 2", "B-series", "Pier.io"."""
    words = atoms(form)
    large = [atom for atom in words if atom[:1].isupper()]
    return (
        len(large) > 1
        or (bool(large) and "." in form and form[-1].isalpha())
        or (len(words[0]) > 1 and words[0].isupper() and len(words) > 2)
        or (bool(large) and (len(words[0]) == 1 or (words[0] == large[0] and words[-1].isdigit())))
    )


def _words(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Judge terms that differ in a word: "five-year", "5-year", or the s of one that is not their last."""
    if len({atoms(identity(form).lower()) for form in forms}) < 2:
        return None
    compounds = {
        form: places for form, places in forms.items() if "-" in form and len(atoms(form)) == 2 and form[0].isalpha()
    }
    ways = {tuple(map(str.lower, atoms(identity(form)))) for form in compounds}
    if len({first for first, _ in ways}) > len({folded(last) for _, last in ways}) == 1:
        return Verdict(compounds, "one word with and without its s", 0.6)
    forms = {form: kept for form, places in forms.items() if (kept := [p for p in places if p.free < 2 or p.quoted])}
    if len(forms) < 2 or len({folded(atoms(form)[-1]) for form in forms}) > 1:
        return None
    if len({any(map(str.isdigit, form)) for form in forms}) > 1:
        behind = _numbered(forms, claims)
        if len({form[-1].isdigit() for form in behind}) > 1:
            return Verdict(behind, "a number in words in one place, in digits in another", 0.5)
        forms = {form: places for form, places in forms.items() if "-" in form}  # a 5-year plan in five years
        if len({form[0].isdigit() for form in forms}) > 1:
            return Verdict(forms, "a number in words in one place, in digits in another", 0.5)
        return None
    if all(sum(atom[:1].isupper() for atom in atoms(form)) > 2 for form in forms):
        return Verdict(forms, "one word with and without its s", 0.6)
    return None


def _numbered(forms: Forms, claims: tuple[Fact, ...]) -> Forms:
    """Give the places where a number is behind what it names, as in "Level 5", and counts nothing, as in "reach Orlen 5 minutes late"."""
    found: Forms = {}
    for form, places in forms.items():
        for place in places if form[0].isalpha() else ():
            following = _FOLLOWING.match(claims[place.claim].value.passage.text, place.end)
            if len(atoms(form)) < 2 or following is None or singular(following[1]) == following[1]:
                found.setdefault(form, []).append(place)
    return found
