"""Two names in one place of a sentence that two notes have word for word: one is the other misheard, if their letters allow it.

"It uses the GPT-40 model for" and "it uses the GPT-4o model for" leave no room for two things, so that letters need
to prove less than elsewhere: a digit, the first letter of an acronym, or a dictionary's word may be what differs.
What remains to be told apart are short forms ("Ctrl", "Dev Tools"), forms of one word, and another word for it.
"""

from __future__ import annotations

import re

from ..language.forms import family
from ..language.named import listed
from ..language.variants import inflected, likeness, spoken
from ..language.words import STOP, lexicon
from .around import ALIGNED, Context
from .differing import rest_of
from .mentions import Name
from .misheard import LONG_ACRONYM

ALIKE = 0.6
"""Likeness of what differs, where at least one side is no word of dictionaries."""

ORDINARY = 0.7
"""The same where both are."""

RUN = 4
"""Equal words on one side of two names from which it needs none on the other."""

CUT = 3
"""Letters that a short form leaves out."""

CLOSE = 30
"""Seconds between two citations of one statement."""


def verbatim(a: Name, b: Name, context: Context) -> tuple[tuple[str, str], tuple[str, ...]] | None:
    """Give what differs in two names that stand in one place of one sentence, and what says so; None where they are two."""
    if context.together(a, b, ()):
        return None  # nearly all pairs, and soonest told
    differing = _differing(a, b)
    if differing is None:
        return None
    p, q = differing
    mine, theirs = _rest(a, b), _rest(b, a)
    ordinary = all(map(listed, mine + theirs))
    if ordinary and len(mine) != len(theirs):
        return None  # two ways of naming: "Home Ministry", "Minister"
    if not _version(p, q) and likeness(spoken(p), spoken(q)) < (ORDINARY if ordinary else ALIKE):
        return None
    if context.together(a, b, (differing,)):
        return None
    flank = context.flanks.shared(a, b)
    if flank is None or not flank.exact or not ((flank.before and flank.behind) or flank.before + flank.behind >= RUN):
        return None
    places = flank.one, flank.other
    if context.hyphened(flank.one) != context.hyphened(flank.other) or (ordinary and any(map(context.leads, places))):
        return None
    one, other = (context.seconds(mention.claim) for mention in places)
    close = one is not None and other is not None and abs(one - other) <= CLOSE
    if not close and context.cosine(flank.one.claim, flank.other.claim) < ALIGNED:
        return None
    return differing, ("between the same words", context.said_of(a, b))


def _differing(a: Name, b: Name) -> tuple[str, str] | None:
    """Give the letters in which two names differ, None where they are two forms, or two ways of naming one thing."""
    x, y = _rest(a, b), _rest(b, a)
    p, q = differing = "".join(x), "".join(y)
    if not p or not q or any(word in STOP for word in (*x, *y)) or _number(p) != _number(q):
        return None
    if min(len(p), len(q)) < 2 and not _version(p, q):
        return None
    short, long = sorted((p, q), key=len)
    if _shortened(short, long) or (short == long[:-1] and long[-1] == "s"):
        return None
    if p.isalpha() and q.isalpha() and all(form.isupper() for name in (a, b) for form in name.forms):
        # EBGP, IBGP; US, USA
        two = (
            len(p) == len(q)
            if p[0] != q[0]
            else short == long[:-1] and (len(long) < LONG_ACRONYM or {p, q} <= lexicon().keys())
        )
        return None if two else differing
    if inflected(p, q) or (p.isalpha() and q.isalpha() and family(p, q)):
        return None
    return differing


def _rest(a: Name, b: Name) -> tuple[str, ...]:
    """Give the words of one name that the other has in no form, nor with digits for letters: "03" is "o3"."""
    said = {spoken(word) for word in b.words}
    return tuple(word for word in rest_of(a.words, b.words) if spoken(word) not in said)


def _number(letters: str) -> str:
    """Give the digits of a folded word, but for a zero at an end, which may be an O: "gpt40", "gpt4o"; "03", "o3"."""
    return re.sub(r"\D", "", letters).strip("0")


def _version(p: str, q: str) -> bool:
    """Say whether one number is another with an O, or a zero, behind it: the 4 and the 40 of "GPT-4" and "GPT-4o"."""
    short, long = sorted((p, q), key=len)
    return short.isdigit() and long in (f"{short}o", f"{short}0")


def _shortened(short: str, long: str) -> bool:
    """Say whether one word is a short form of another: "ctrl" of "control", "es2015" of "ecmascript2015", "mac" of "macos"."""
    if short[0] != long[0]:
        return False
    left = iter(long)
    missing = len(long) - len(short)
    return (missing >= CUT or (missing > 1 and long.startswith(short))) and all(letter in left for letter in short)
