"""Titles of notes against their bodies: the marks and letters that a word of the title lost.

Titles are often made from file names, in which no mark can stand, and file
names from what a transcript misheard.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA

from ..language.words import STOP, UNKNOWN_RARITY, bag, lexicon, rarity

_APOSTROPHE = "'’ʼ"

_TITLE_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]*\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]*")
_WORD_CHAR = re.compile(r"\w")
_GOES_ON = re.compile(rf"\w|[{_APOSTROPHE}-]\w")

_AFTER_PLURAL = STOP.union(
    ["across", "after", "against", "along", "among", "around", "before", "behind", "between", "beyond", "during"],
    ["inside", "near", "off", "onto", "per", "since", "through", "toward", "towards", "under", "until", "upon"],
    ["versus", "via", "vs", "within", "without"],
)
"""Words that follow a plural in a title, and never what somebody has."""

_PARTICLES = frozenset(
    "about apart around aside away back by down for in off on out over through together under up with".split()
)
"""Words that make of a verb another verb, and joined to it a noun."""

_ENDINGS = bag("driven based powered oriented enabled generated assisted centric")
"""What makes a compound of any word before it, which English writes with a hyphen."""
_INITIALED = re.compile(r"([A-Z]{2,})([a-z]{4,})")
_HUMPED = re.compile(r"([A-Z][a-z]{2,}?)(to|of|the|in|by|and|)([A-Z][a-z]{2,})")
_AND = re.compile(r"(?=(?<!\S)([^\W\d_]+) ([^\W\d_]+) and ([^\W\d_]+))")
_MODEL = re.compile(r"(?<![\w-])([^\W\d_]+)(\d{1,4})(?![\w.-])")
_NUMBER = re.compile(r"([^\W\d_]+) (\d{2,3})(?!\S)")
_ACRONYM = re.compile(r"([^\W\d_]{3,})\s+([A-Z][A-Za-z]*[A-Z][a-z]?)(?![\w-])")

MIN_NAME = 4
"""Shorter words are within a letter of one another by chance."""

MIN_COMPOUND = 8
"""Letters of a word that may be two run together: shorter ones are mostly names."""

MIN_PART = 3
"""Letters of either word of two that were run together without a hyphen to tell of it."""

MAX_POINTED = 12
"""A longer word lost no point: "firefliesai" is about as long as they get."""

MIN_JOINED = 3
"""Places of the body that show that two words are joined wherever they stand."""

RARE = 4
"""One place without a hyphen in so many with one is a slip, or a title again."""

PART = 36
"""Either of two words that were run together is less rare than that: "friendly" is 35, "crafted" 39."""

ORDINARY = 32
"""Words up to this rarity are words, whatever the body says: "challenges" is 20, "decisionmaking" 43."""


def lost(title: str, body: str) -> Iterator[tuple[str, str, bool]]:
    """Give the title's words that the body writes with an apostrophe or a hyphen, and never or seldom without.

    The body has the very word with its mark ("context-awareness", "(LLMs)"); or
    the word is a name of the body, or a given name, with an "s" to it ("Percys")
    that stands before another word of the title, as a possessor does, or has an
    "s" that makes no plural ("companys"). Or the body has the word with a slash
    or a point ("CI/CD"), as two words ("open source"), or a name that differs
    by one letter; or the word is none, and two that were run together
    ("AIpowered", "lowcost"). Or the body has commas in an enumeration of the
    title, a hyphen or a point in a number, or a mark between two words of it.
    """
    small = body.lower()
    if len(small) != len(body):
        body = small  # a letter whose small form is two: offsets must agree
    joined: dict[str, str] | None = None
    for word in _TITLE_WORD.findall(title):
        lowered = word.lower()
        owner = _owner(lowered, small)
        possessive = owner or (
            lowered.endswith("s") and len(word) >= 3 and word[0].isupper() and not lowered.endswith("ss")
        )
        # a compound that lost its hyphen is no word, or keeps a capital inside
        compound = rarity(lowered) > (ORDINARY if len(word) >= MIN_COMPOUND else UNKNOWN_RARITY - 1) or not (
            len(word) >= MIN_COMPOUND or word[1:].islower()
        )
        if not (possessive or compound):
            if not _stands(lowered, small) and (better := _pointed(lowered, body, small) or _misheard(word, body)):
                yield word, better, True
            continue
        if _stands(lowered, small) and not _outnumbered(lowered, small):
            continue
        if possessive and (at := max(small.find(f"{lowered[:-1]}{mark}s") for mark in _APOSTROPHE)) >= 0:
            yield word, body[at : at + len(word) + 1], True
            continue
        if any(f"{lowered[:at]}-{lowered[at]}" in small for at in range(1, len(lowered))):
            joined = joined or _hyphenated(body)
        if joined and lowered in joined:
            yield word, joined[lowered], True
        elif possessive and _possessor(title, word) and (owner or _named(word[:-1], body) or _given(word)):
            yield word, f"{word[:-1]}'s", False
        elif better := _pointed(lowered, body, small) or _misheard(word, body) or _parted(title, word, small):
            yield word, better, True
        elif word != title and (better := _compounded(word)):
            yield word, better, False
    yield from _owned(title, body, small)
    yield from _unjoined(title, body, small)
    yield from _enumerated(title, body, small)
    yield from _numbered(title, body)
    for found in _ACRONYM.finditer(title):
        # "large language models LLMs" where the body has "large language models (LLMs)", or has neither
        if f"{found[1]} ({found[2]})".lower() in small and re.search(
            rf"(?<!\w){re.escape(found[1])} \({found[2]}\)", body, re.IGNORECASE
        ):
            yield found[2], f"({found[2]})", True
        elif _spelt_out(title[: found.start(2)].split(), found[2].rstrip("s").lower()):
            yield found[2], f"({found[2]})", False


def _numbered(title: str, body: str) -> Iterator[tuple[str, str, bool]]:
    """Give the numbers that lost what parts them from a word before them ("GPT4"), or their own halves ("31" for "3.1")."""
    for found in _MODEL.finditer(title):
        if re.search(rf"(?<!\w){found[0]}(?!\w)", body, re.IGNORECASE) is None:
            written = re.search(rf"(?<!\w){found[1]}[- ]{found[2]}(?![\w:]|\.\d)", body, re.IGNORECASE)
            if written is not None:
                yield found[0], written[0], True
    for found in _NUMBER.finditer(title):
        if not re.search(rf"(?<!\d){found[2]}(?!\d)", body):
            forms = "|".join(f"{found[2][:at]}[/.]{found[2][at:]}" for at in range(1, len(found[2])))
            # the word before a number says which number it is
            written = re.search(rf"(?<!\w){found[1]}[ -]({forms})(?![\d:]|[/.]\d)", body, re.IGNORECASE)
            if written is not None:
                yield found[2], written[1], True


def _owned(title: str, body: str, small: str) -> Iterator[tuple[str, str, bool]]:
    """Give the words that have an apostrophe before the very same word in the body: "beginner's mind", "citizens' rights"."""
    for word, other in pairwise(title.split()):
        one, follows = word.lower(), other.lower()
        if one[-1] != "s" or len(one) < MIN_NAME or follows in _AFTER_PLURAL or f"{one} {follows}" in small:
            continue
        for mark in _APOSTROPHE:
            for form in (f"{one[:-1]}{mark}s", f"{one}{mark}"):
                at = small.find(f" {form} {follows}") + 1
                if at > 0:
                    yield word, body[at : at + len(form)], True


def _unjoined(title: str, body: str, small: str) -> Iterator[tuple[str, str, bool]]:
    """Give the two words that the body joins by a mark and never parts: "AI driven" of "AI-driven", "CI CD" of "CI/CD".

    A hyphen may belong to what stands before a noun alone ("decision-making skills"), so that the title has to have
    one there, too, or the body the hyphen again and again.
    """
    words = title.split()
    for one, other, follows in zip(words, words[1:], [*words[2:], ""], strict=False):
        pair = f"{one} {other}"
        if not (one.isalnum() and other.isalnum()) or not STOP.isdisjoint(pair.lower().split()):
            continue
        for mark in "-/&." if len(pair) <= MAX_POINTED + 1 else "-":
            form = f"{one}{mark}{other}".lower()
            if form not in small or pair.lower() in small:
                continue
            found = re.findall(rf"(?<![\w/&.:=`-]){re.escape(form)}(?![\w/&:`-]|\.\w)", body, re.IGNORECASE)
            attributive = follows and follows.lower() not in _AFTER_PLURAL
            if len(found) >= (1 if mark != "-" or attributive else MIN_JOINED):
                yield pair, found[0], True
                break


def _spelt_out(words: list[str], acronym: str) -> bool:
    """Say whether the last words begin with the letters of an acronym."""
    return len(acronym) > 2 and "".join(word[0].lower() for word in words[-len(acronym) :]) == acronym


def _stands(word: str, body: str) -> bool:
    """Say whether the body has the word itself; both in lower case."""
    at = body.find(word)
    while at >= 0:
        before, after = body[at - 1 : at], body[at + len(word) : at + len(word) + 2]
        if not _WORD_CHAR.match(before) and not _GOES_ON.match(after) and not in_target(body, at):
            return True
        at = body.find(word, at + 1)
    return False


def _outnumbered(word: str, body: str) -> bool:
    """Say whether the body has a word with a hyphen again and again, and seldom without; both in lower case."""
    joined = sum(body.count(f"{word[:at]}-{word[at:]}") for at in range(2, len(word) - 1))
    return joined >= MIN_JOINED and joined >= RARE * len(re.findall(rf"(?<![\w-]){word}(?![\w-])", body))


def in_target(body: str, at: int) -> bool:
    """Say whether a place is in the target of a wiki link, which is a title again and no testimony."""
    opened = body.rfind("[[", max(0, at - 200), at)
    return opened >= 0 and "|" not in body[opened:at] and "]]" not in body[opened:at]


def _hyphenated(body: str) -> dict[str, str]:
    """Give the body's words with hyphens, by their letters in lower case."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    word = ""
    for left, right in pairwise(body.split("-")):
        joint = left[-20:], right[:20]
        chained = word and left.isalpha()
        if joint in seen and not chained:
            word = ""  # the attributes of anchors, again and again
            continue
        seen.add(joint)
        before = word if chained else _LAST_WORD.search(joint[0])[0]  # type: ignore[index]  # it matches nothing at least
        after = _FIRST_WORD.match(joint[1])[0]  # type: ignore[index]  # and so does this
        word = f"{before}-{after}" if before and after else ""
        if word:
            found.setdefault(word.replace("-", "").lower(), word)
    return found


def _possessor(title: str, word: str) -> bool:
    """Say whether a word of the title is followed by one that a possessor may have: no stop word, no verb in -ing."""
    rest = title[title.index(word) + len(word) :]
    following = re.match(r"\s+([^\W\d_]+)", rest)
    return following is not None and following[1].lower() not in _AFTER_PLURAL


def _given(word: str) -> bool:
    """Say whether a word is a given name with an "s" that is no name itself."""
    entry = lexicon().get(word[:-1].lower())
    return entry is not None and entry.given and word.lower() not in lexicon()


def _owner(word: str, body: str) -> bool:
    """Say whether a word in lower case is a word of the body with an "s" that makes no plural: "companys"."""
    base = word[:-1]
    return word[-1] == "s" and rarity(word) >= UNKNOWN_RARITY and base in lexicon() and _stands(base, body)


def _compounded(word: str) -> str | None:
    """Give a word that is none as the two that were run together: "low-cost" for "lowcost", "AI-powered", "High-Growth"."""
    headed = _INITIALED.fullmatch(word)
    if headed is not None:
        return f"{headed[1]}-{headed[2]}" if _familiar(headed[2]) < PART else None
    humps = _HUMPED.fullmatch(word)
    if humps is not None:
        parts = [part for part in humps.groups() if part]
        return "-".join(parts) if all(_familiar(part.lower()) < PART for part in parts) else None
    low = word.lower()
    if word.isupper() or rarity(low) < UNKNOWN_RARITY:
        return None
    cuts = [
        (0 if low[at:] in _ENDINGS else max(_familiar(low[:at]), _familiar(low[at:])), at)
        for at in range(2, len(low) - 1)
    ]
    strange, at = min(cuts, default=(PART, 0))
    return f"{word[:at]}-{word[at:]}" if strange < PART else None


def _familiar(part: str) -> int:
    """Give how rare a part of a compound is, 99 where it is no word."""
    return 0 if part in _ENDINGS else rarity(part) if part in lexicon() else 99


def _named(base: str, body: str) -> bool:
    """Say whether a word is a name of the body: there at least twice, and never in lower case."""
    found = re.findall(rf"(?<!\w){re.escape(base)}(?!\w)", body, re.IGNORECASE)
    return len(found) >= 2 and all(form[0].isupper() for form in found)


def _parted(title: str, word: str, body: str) -> str | None:
    """Give two words that the body, in lower case, has for one of the title: "open source" for "opensource"."""
    if word == title:
        return None  # a handle
    word = word.lower()
    for at in range(MIN_PART, len(word) - MIN_PART + 1):
        parted = f"{word[:at]} {word[at:]}"
        # of "a shutdown" and "to shut down" both are right
        if parted in body and word[at:] not in _PARTICLES and _stands(parted, body):
            return parted
    return None


def _pointed(word: str, body: str, small: str) -> str | None:
    """Give how the body writes a word with a slash, a point or an ampersand in it: "CI/CD", "Node.js", "3.1"."""
    if len(word) > MAX_POINTED:
        return None
    forms = [form for at in range(1, len(word)) for mark in "/&." if (form := word[:at] + mark + word[at:]) in small]
    if not forms:
        return None
    found = re.search(rf"(?<![\w/&.:=-])(?:{'|'.join(map(re.escape, forms))})(?![\w/&.:-])", body, re.IGNORECASE)
    return found[0] if found else None


def _misheard(word: str, body: str) -> str | None:
    """Give the name of the body that a word of the title is but for one letter, where neither is a word."""
    if len(word) < MIN_NAME or not word[0].isupper() or rarity(word.lower()) <= ORDINARY:
        return None
    names: Counter[str] = Counter(re.findall(rf"(?<![\w'’-]){word[0]}[^\W\d_]{{3,}}", body))
    for name, count in names.most_common():
        if (
            count >= 2
            and rarity(name.lower()) > ORDINARY
            and word.lower()[-1] == name.lower()[-1]
            and OSA.distance(word.lower(), name.lower(), score_cutoff=1) == 1
        ):
            return name
    return None


def _enumerated(title: str, body: str, small: str) -> Iterator[tuple[str, str, bool]]:
    """Give the two words before an "and" between which the body always has a comma."""
    for found in _AND.finditer(title):
        one, other, last = found.groups()
        if one.lower() in STOP or f"{one}, {other}".lower() not in small:
            continue
        known = re.search(
            rf"(?<!\w)({re.escape(one)}, {re.escape(other)}),? (?:and )?{re.escape(last)}(?!\w)", body, re.IGNORECASE
        )
        if known and not re.search(rf"(?<!\w){re.escape(one)} {re.escape(other)},? and\b", body, re.IGNORECASE):
            yield f"{one} {other}", known[1], True
