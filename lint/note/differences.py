"""Whether forms of a term differ for no reason, and in what: letters, hyphens, spaces, an s, capitals."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from ..model import Fact
from .british import american
from .formats import ATOM, Place, ordinary, singular
from .names import known
from .words import STOP, bag, lexicon, stem

Forms = dict[str, list[Place]]
"""The places of a term by how it is written there."""


class Verdict(NamedTuple):
    """The forms that should be one, why, and how sure that is."""

    forms: Forms
    reason: str
    confidence: float


_GAP = re.compile(r"[\W_]+")
_FOLLOWING = re.compile(r"(?:['’]s)? ([^\W\d_]+)")
_UNIT = re.compile(r"[kmgtp]?i?b(?:ps?|it|yte|its|ytes)?|[kmgt]?(?:hz|wh?|v|l)")
"""Units whose capitals mean something: TBps is eight times Tbps."""
_HALF_DAY = re.compile(r"[ap]\.? ?m\.?", re.IGNORECASE)
_CODE = re.compile(r"[a-z]+(?:[A-Z][a-z0-9]*)+")
_LARGE_BEFORE = re.compile(r"(?<![^\W_])(?:[A-Z]|\d)[\w'’-]*(?: (?:of|the|and|in|for))* ?[\"“]?\Z")
_LARGE_BEHIND = re.compile(r"[ -](?:(?:of|the|and|in|for) )*[A-Z]")
_ROLES = bag("professor president minister director manager engineer officer founder chief lead team")
_PARTICLES = bag("in out up down on off over back away by through around together along")
_PREFIXES = bag("sub under over auto re pre non multi inter un anti mis semi mid counter")
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


def judge(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Say which forms of a term should be one and why; None where they have their reasons."""
    letters = {singular("".join(atoms(form)).lower()) for form in forms}
    if any(american(word) in letters for word in letters):
        return _spellings(forms)
    counts = {len(atoms(form)) for form in forms}
    if len(counts) > 1:
        found = _joined(forms)
        if found is not None:
            return found
        forms = {form: places for form, places in forms.items() if len(atoms(form)) == max(counts)}
    by_gaps = _by_gaps(forms)
    if len(by_gaps) > 1:
        found = _hyphens(forms, claims)
        if found is not None:
            return found
    if len({atoms(identity(form).lower()) for form in forms}) > 1:
        return _inner_plural(forms)
    largest = max(by_gaps.values(), key=lambda group: (len(group), sorted(group)))
    return _case(largest, claims) if len(largest) > 1 else None


@functools.lru_cache(maxsize=1 << 14)
def atoms(form: str) -> tuple[str, ...]:
    """Give the words of a form, without what stands between them."""
    return tuple(ATOM.findall(form))


@functools.lru_cache(maxsize=1 << 14)
def identity(form: str) -> str:
    """Give a form without the s of a plural, quotation marks and commas."""
    form = form.replace("‑", "-").replace("”", '"').replace('"', "").replace(",", "")
    last = atoms(form)[-1].lower()
    return form[:-1] if singular(last) != last else form


@functools.lru_cache(maxsize=1 << 14)
def gaps(form: str) -> tuple[str, ...]:
    """Give what stands between the words of a form."""
    return tuple(_GAP.findall(identity(form)))


def plain(word: str) -> bool:
    """Say whether a word is large in its first letter alone, as any word is where a sentence begins."""
    return word[:1].isupper() and not any(char.isupper() or char.isdigit() for char in word[1:])


def sentence(form: str) -> bool:
    """Say whether a form is written as a sentence is, with its first word large and no other."""
    words = atoms(form)
    return plain(words[0]) and all(word.islower() for word in words[1:])


def titled(form: str) -> bool:
    """Say whether a form is written as a title is, with all words large but small ones."""
    words = atoms(form)
    return all(not word[0].islower() or word in STOP for word in words)


def _by_gaps(forms: Forms) -> dict[tuple[str, ...], Forms]:
    found: dict[tuple[str, ...], Forms] = {}
    for form, places in forms.items():
        found.setdefault(gaps(form), {})[form] = places
    return found


def _spellings(forms: Forms) -> Verdict | None:
    """Judge British and American spellings; a name ("Labour Party") keeps its own."""
    common = {
        form: kept
        for form, places in forms.items()
        if (kept := [place for place in places if place.free or place.form[:1].islower()])
    }
    if len({singular(form.lower()) for form in common}) < 2:
        return None
    return Verdict(common, "British in one place, American in another", 0.7)


def _joined(forms: Forms) -> Verdict | None:
    """Judge forms that are one word in one place and several in another."""
    least = min(len(atoms(form)) for form in forms)
    apart = {form: places for form, places in forms.items() if len(atoms(form)) > least}
    closed = {form: places for form, places in forms.items() if form not in apart}
    if any(_HALF_DAY.fullmatch(form) for form in forms):
        return None
    if any(_CODE.fullmatch(atom) for form in closed for atom in atoms(form)) and any(form.islower() for form in apart):
        return None  # startAfter is a program's
    name = any(form != form.lower() for form in forms)
    kept = {form: places for form, places in apart.items() if _one_word(form, name)}
    return Verdict(closed | kept, "joined in one place, apart in another", 0.8) if kept else None


def _one_word(form: str, name: bool) -> bool:
    """Say whether a form in several words is the same as that without the gaps; `name` when any form has a capital."""
    words = [atom.lower() for atom in atoms(form)]
    if any(word.isdigit() for word in words):
        return words[0].isalpha() and form[:1].isupper()  # "WSL 2", but no "2 GB"
    if "-" in form and " " not in form:
        return not (words[0] == "re" and stem("".join(words)) in _OTHER_WORDS)
    if min(map(len, words)) < 2 and not name:
        return False
    if name and " " in form and len(words) == 2:
        return words[-1] not in _PARTICLES and words[-1] not in STOP  # "Pakistan is", Pakistanis
    return name or not (words[0] in STOP or words[-1] in STOP or words[0] in _PREFIXES or words[-1] in _PARTICLES)


def _hyphens(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Judge forms with hyphens in some places and spaces in others."""
    if all(_named(form) for form in forms) or (len(atoms(min(forms))) > 2 and any(_named(form) for form in forms)):
        return Verdict(forms, "a name with and without hyphens", 0.8)
    slots = _slots(forms, claims)
    alike = _used_alike(forms, slots)
    if alike is not None:
        return alike
    words = [atom.lower() for atom in atoms(min(forms))]
    if words[0].isdigit() or words[0] in STOP or all(word in STOP or word in _MODIFIERS for word in words):
        return None  # "out of the box", "an out-of-the-box answer"
    joints = {
        (x.lower(), y.lower())
        for form in forms
        for x, gap, y in zip(atoms(form), gaps(form), atoms(form)[1:], strict=False)
        if gap == "-"
    }
    if joints and all(_attributive(x, y) for x, y in joints):
        return None
    if len(words) > 2 and any(place.quoted for places in forms.values() for place in places):
        return Verdict(forms, "a term with and without hyphens", 0.7)
    if len(words) > 3 or any(word in STOP for word in words):
        return None
    alone = {gaps(form) for form, places in forms.items() if any(slots[place] == "" for place in places)}
    if len(alone) > 1:
        return Verdict(forms, "a term with and without hyphens, used alike", 0.6)
    return None


def _used_alike(forms: Forms, slots: Mapping[Place, str]) -> Verdict | None:
    """Judge forms that stand before the same word, where no rule lets a hyphen come and go."""
    held: dict[str, set[tuple[str, ...]]] = {}
    for form, places in forms.items():
        for place in places:
            if slots[place]:
                held.setdefault(slots[place], set()).add(gaps(form))
    shared = {slot for slot, ways in held.items() if len(ways) > 1}
    kept = {
        form: alike
        for form, places in forms.items()
        if (alike := [place for place in places if slots[place] in shared])
    }
    return Verdict(kept, "with and without hyphens before the same word", 0.6) if kept else None


def _slots(forms: Forms, claims: tuple[Fact, ...]) -> dict[Place, str]:
    """Give how a term is used in each place: the word right after it, or "" where it stands alone."""
    found = {}
    for place in (place for places in forms.values() for place in places):
        following = None if place.quoted else _FOLLOWING.match(claims[place.claim].value.passage.text, place.end)
        word = following[1].lower() if following else ""
        found[place] = "" if word in STOP else singular(word)
    return found


def _attributive(first: str, second: str) -> bool:
    """Say whether two words take a hyphen by rule before a noun, and none after it."""
    return first in _MODIFIERS or first.endswith("ly") or second in _PARTICLES or second.endswith(_ATTRIBUTES)


def _named(form: str) -> bool:
    """Say whether a form is a name: two of its words large, a number after a large one, one letter before a word ("B-series")."""
    words = atoms(form)
    large = [atom for atom in words if atom[:1].isupper()]
    return (
        len(large) > 1
        or (len(words[0]) > 1 and words[0].isupper() and len(words) > 2)
        or (bool(large) and (len(words[0]) == 1 or (words[0] == large[0] and words[1].isdigit())))
    )


def _inner_plural(forms: Forms) -> Verdict | None:
    """Judge terms that differ in the s of a word that is not their last: "Product Requirement(s) Documents"."""
    forms = {form: kept for form, places in forms.items() if (kept := [place for place in places if place.free < 2])}
    if len(forms) < 2:
        return None
    compound = all("-" in form and len(atoms(form)) == 2 for form in forms)
    if compound or all(sum(atom[:1].isupper() for atom in atoms(form)) > 2 for form in forms):
        return Verdict(forms, "one word with and without its s", 0.6)
    return None


def _case(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Judge forms that nothing but their capitals tells apart."""
    small = [place for form, places in forms.items() if form.islower() for place in places]
    if small and all(place.code for place in small):
        return None  # a command, a file
    words = [atoms(identity(form)) for form in sorted(forms)]
    for position in range(len(words[0])):
        if _UNIT.fullmatch(words[0][position].lower()):
            continue
        kinds = {_capitals(found[position]) for found in words}
        inner = {found[position][1:] for found in words if _capitals(found[position]) == "inner"}
        if "small" in kinds and ordinary(words[0][position].lower()):
            continue  # a note, a NOTE
        if len(kinds - {"small"}) > 1 or len(inner) > 1:
            return Verdict(forms, "a name in two kinds of capitals", 0.8)
        if len(kinds) > 1 and kinds & {"all", "inner"} and not ordinary(words[0][position].lower()):
            return Verdict(forms, "a name in two kinds of capitals", 0.7)
    if len(words[0]) == 1:
        return _single(forms, claims)
    if words[0][-1].lower() in _ROLES:
        return None
    running = {
        form: kept for form, places in forms.items() if (kept := [place for place in places if _running(place, claims)])
    }
    if len(running) > 1:
        return Verdict(forms, "a term with and without capitals in running text", 0.6)
    partly = [f for f in words if f[0][:1].isupper() and any(atom.islower() and atom not in STOP for atom in f)]
    wholly = [f for f in words if all(atom[:1].isupper() or atom in STOP for atom in f)]
    if partly and wholly and not (partly[0][0].isupper() and partly[0][0].isalpha()):
        return Verdict(forms, "a name with one of its words small", 0.7)
    if len(forms) > 2 and len(words[0]) > 2:
        return Verdict(forms, "a name in several kinds of capitals", 0.7)
    notes = sorted(len({claims[place.claim].span.path for place in places}) for places in forms.values())
    if wholly and 2 * notes[0] >= notes[-1] and any(place.quoted for places in forms.values() for place in places):
        return Verdict(forms, "a term with and without capitals", 0.6)
    return None


def _single(forms: Forms, claims: tuple[Fact, ...]) -> Verdict | None:
    """Judge a word that is large in one place and small in another."""
    small = next((form for form in forms if form[:1].islower()), None)
    large = next((form for form in forms if form[:1].isupper()), None)
    if small is None or large is None or not any(_apart(place, claims) for place in forms[large]):
        return None
    if any(char.isdigit() for char in large) or (known(large) and lexicon().get(small) is None):
        return Verdict(forms, "a name with and without its capital", 0.6)
    return None


def _apart(place: Place, claims: tuple[Fact, ...]) -> bool:
    """Say whether a word written large is no part of a longer name."""
    text = claims[place.claim].value.passage.text
    before = text[: place.start].rstrip().rpartition(" ")[2]
    return not (before[:1].isupper() and before[-1:].isalnum()) and not text[place.end + 1 : place.end + 2].isupper()


def _running(place: Place, claims: tuple[Fact, ...]) -> bool:
    """Say whether a term stands in running text, and is no part of a longer name or title there."""
    if place.free or place.marked or (place.quoted and sentence(place.form)):
        return False
    text = claims[place.claim].value.passage.text
    return not _LARGE_BEFORE.search(text, max(0, place.start - 40), place.start) and not _LARGE_BEHIND.match(
        text, place.end
    )


def _capitals(word: str) -> str:
    if word.islower() or not word.isalpha():
        return "small" if word.islower() else "name" if word[:1].isupper() else "small"
    if word.isupper():
        return "all" if len(word) > 1 else "first"
    return "first" if word[1:].islower() else "inner"
