"""Two names in one place of the same statement, of which one is the other misheard.

Where the words on both sides are the same, at the same time, and no note has
both names, letters need to prove little. What remains to be told apart are two
ways of naming one thing ("United Nations", UN), ordinary words of which the
writers chose one ("Provider Failover", "Provider Fallback"), and things of
which different notes mention one each (CEO, CTO).
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from ..language.british import american
from ..language.forms import ENDINGS
from ..language.homophones import said_alike
from ..language.named import listed, strange
from ..language.variants import abbreviation, beginning, likeness, sounds_alike, spoken
from ..language.words import RARE, STOP, lexicon, rarity, stem
from .around import ALIGNED, MIN_NEAR, SLOT, Context
from .mentions import Name

IN_PLACE = 0.8
"""Score of two names that stand between the same words in one statement, before letters and time are weighed."""

SAME_STATEMENT = 0.6
"""Cosine of two claims, the names left out, from which two equal words beside the names are enough."""

LETTERS = 0.6
"""Likeness of what differs, where at least one side is no word of dictionaries."""

STRANGE = 0.45
"""The same where neither side is one and the statements agree in nearly all else."""

ENCLOSING = 5
"""Equal words around two names of ordinary words from which one is there for the other."""

LONG_ENDING = 4
"""Letters of an ending from which two words that share it are alike whatever they begin with."""

_LONG_ENDINGS = tuple(sorted((end for end in ENDINGS if len(end) >= LONG_ENDING), key=lambda end: (-len(end), end)))
"""These endings, the longest first."""

SLIP = 0.75
"""The same where one note has both."""

SLIP_BESIDE = 0.85
"""The same where one claim has both, as of two things that a writer sets side by side: "zig when others zag"."""

KNOWN = 0.85
"""Likeness from which two names that the lexicon has are said alike: Morita, Marita."""

DERIVED = 0.9
"""Likeness from which a word that is derived from one of dictionaries, which lack it, stands for one that they have: harmonicized."""

TOLD = 5
"""Letters from which on the consonants of a known name tell it from another."""

MANY = 3
"""How many times as many notes have a name as its slip."""

WRITTEN_LARGE = 5
"""Letters from which capitals are as often a word written large as an acronym: ALOHA."""

LONG_ACRONYM = 4
"""Letters from which two acronyms at one time differ by a slip."""

SHORT = 3
"""Letters below which a word is too easily like another."""


def misheard(
    a: Name, b: Name, differing: tuple[tuple[str, str], ...], context: Context
) -> tuple[float, tuple[str, ...]]:
    """Weigh two names of which one may be the other misheard: in one place, or said alike and always at the same time."""
    like = _likeness(a, b, differing, context)
    if not like or _editions(a, b) or context.counts(a) or context.counts(b):
        return 0.0, ()
    together = context.together(a, b, differing)
    if together and not (like >= (SLIP_BESIDE if context.beside(a, b) else SLIP) and slip(a, b)):
        return 0.0, ()
    apart = context.apart(a, b)
    close = apart is not None and apart <= 30
    evidence = []
    if _same_place(a, b, context, close=close):
        evidence.append("between the same words")
    elif off := _letter_off(a, b, context, slipped=bool(together)):
        evidence.append(off)
    elif (
        one_sound(a, b, like)
        and context.simultaneous(a, b)
        and _anchored(a, b, context)
        and (
            _same_matter(a, b, context)
            or (not (together or a.small or b.small) and min(len(a.mentions), len(b.mentions)) > 1)
        )
    ):
        evidence.append("said alike")
    elif (shared := _one_term(a, b)) and context.simultaneous(a, b):
        evidence.append(f'both "{shared}"')
    elif _one_word_off(a, b, differing):
        evidence.append("said alike, all else the same")
    elif close and context.bracketed(a, b) and not any(map(listed, a.words + b.words)):
        evidence.append("one in brackets behind the other")
    else:
        return 0.0, ()
    if any(all(p in name.words and q in name.words for p, q in differing) for name in context.cast.names.values()):
        return 0.0, ()  # the given name and the surname of one person
    if close:
        evidence.append(f"said within {apart} s of one another" if apart else "said at the same time")
    evidence.append("written so once or twice" if together else context.said_of(a, b))
    return IN_PLACE + 0.5 * max(0.0, like - 0.6) + 0.2 * close, tuple(evidence)


def _editions(a: Name, b: Name) -> bool:
    """Say whether one name is the other with letters behind its number, as models are told apart: S10, S10e."""
    short, long = sorted((a.key, b.key), key=len)
    return short[-1:].isdigit() and long.startswith(short) and long[len(short) :].isalpha()


def slip(a: Name, b: Name) -> bool:
    """Say whether a name stands once or twice, is no known word, and so many more notes have the other that it is a slip."""
    few, many = sorted((a, b), key=lambda name: len(name.mentions))
    return (
        len(few.mentions) <= 2
        and len(many.notes) >= MANY * len(few.notes)
        and not any(listed(word) for word in few.words)
    )


def one_sound(a: Name, b: Name, like: float) -> bool:
    """Say whether two names are said alike, by their consonants; of two known names these tell too little: Gemini, Gemma; God, Good."""
    known = {a.key, b.key} <= lexicon().keys()
    return sounds_alike(a.key, b.key) and (not known or (like >= KNOWN and min(len(a.key), len(b.key)) >= TOLD))


def _same_place(a: Name, b: Name, context: Context, *, close: bool) -> bool:
    """Say whether the same words stand right beside two names in what is one statement."""
    flank = context.flanks.shared(a, b)
    if flank is None or flank.before + flank.behind < 2 or not flank.telling:
        return False
    if context.hyphened(flank.one) != context.hyphened(flank.other):
        return False  # "SWE" of "SWE-bench"
    if not flank.exact:
        return close and context.best(a, b) >= SAME_STATEMENT
    if flank.enclosing and (
        close
        or context.cosine(flank.one.claim, flank.other.claim) >= ALIGNED
        # the role of a person: "Mark Benoff, co-founder and CEO of Salesforce"
        or (len(a.words) == len(b.words) > 1 and sounds_alike(a.key, b.key))
    ):
        return True
    return context.best(a, b) >= SLOT


def _one_term(a: Name, b: Name) -> str:
    """Give the rare word that two terms of two words share at the same end, "" where there is none."""
    if len(a.words) != 2 or len(b.words) != 2:
        return ""
    return next(
        (word for word, other in zip(a.words, b.words, strict=True) if word == other and rarity(word) >= RARE), ""
    )


def _one_word_off(a: Name, b: Name, differing: tuple[tuple[str, str], ...]) -> bool:
    """Say whether two longer names differ in one word that is said the same: Jason Fried, Jason Freed; whatever stands around them."""
    if len(differing) > 1 or len(a.words) != len(b.words) or len(a.words) < 2 or a.small or b.small:
        return False
    p, q = differing[0]
    return (
        min(len(p), len(q)) > SHORT
        and sounds_alike(p, q)
        and likeness(p, q) >= KNOWN
        and q not in (american(p), p)
        and p != american(q)
    )


def _same_matter(a: Name, b: Name, context: Context) -> bool:
    """Say whether two names stand in statements that are alike, or among the same rare words."""
    if context.best(a, b) >= ALIGNED or context.near(a, b) >= MIN_NEAR:
        return True
    flank = context.flanks.shared(a, b)
    return flank is not None and flank.telling > 1


def _anchored(a: Name, b: Name, context: Context) -> bool:
    """Say whether two terms written small are no words of dictionaries, or stand beside the same word."""
    if not (a.small and b.small and all(map(listed, a.words + b.words))):
        return True
    flank = context.flanks.shared(a, b)
    return flank is not None and flank.telling > 0


def _likeness(a: Name, b: Name, differing: tuple[tuple[str, str], ...], context: Context) -> float:
    """Give how alike the words are in which two names differ that stand in one place, 0 where they are two names or two wordings."""
    if any(p in STOP or q in STOP for p, q in differing) or _abbreviated(a, b):
        return 0.0
    whole = ("".join(p for p, _ in differing), "".join(q for _, q in differing))
    if any(_longer(p, q) and not said_alike(p, q) for p, q in (*differing, whole)):
        return 0.0
    if _acronyms(a, b) and (min(len(a.key), len(b.key)) < WRITTEN_LARGE or a.key[0] != b.key[0]):
        return _letters_off(*_singulars(a, b))
    own = [[word for word in x.words if word not in y.words] or list(x.words) for x, y in ((a, b), (b, a))]
    alone = [[strange(word) for word in words] for words in own]
    if any(_suffixed(p, q) for p, q in differing):
        return 0.0
    like = max(min(likeness(spoken(p), spoken(q)) for p, q in differing), likeness(spoken(whole[0]), spoken(whole[1])))
    if all(map(all, alone)) and len(a.words) == len(b.words):
        return like if like >= STRANGE else 0.0
    if any(map(any, alone)):
        return like if like >= LETTERS and min(len(a.key), len(b.key)) >= SHORT else 0.0
    if _one_sound(*whole) or (like >= DERIVED and not {*own[0], *own[1]} <= lexicon().keys()):
        return like
    if like < LETTERS or any(stem(p) == stem(q) for p, q in differing):
        return 0.0
    return like if _enclosed(a, b, context) else 0.0


def _enclosed(a: Name, b: Name, context: Context) -> bool:
    """Say whether two names stand within one sentence: so that one ordinary word is there for another."""
    if a.small or b.small:
        return False
    flank = context.flanks.shared(a, b)
    return (
        flank is not None
        and flank.exact
        and flank.before > 0
        and flank.behind > 0
        and flank.before + flank.behind >= ENCLOSING
    )


def _one_sound(p: str, q: str) -> bool:
    """Say whether two ordinary words are said alike and are not two forms of one word: role, roll; assistance, assistants."""
    if not sounds_alike(p, q):
        return False
    common = beginning(p, q)
    return common < 3 or not (p[common:] in ENDINGS and q[common:] in ENDINGS)


def _abbreviated(a: Name, b: Name) -> bool:
    """Say whether one name is made of beginnings of the other's words, or of its consonants: UN, United Nations; J&K; Ctrl."""
    few, many = sorted((a, b), key=lambda name: len(name.key))
    if listed(many.key) and not set("aeiou") & set(few.key) and _within(few.key, many.key):
        return True
    more = [word for word in many.words if word not in few.words]
    mine = "".join(word for word in few.words if word not in many.words)
    return len(more) > 1 and (_of_beginnings(mine, more) or _of_beginnings(mine.removesuffix("s"), more))


def _of_beginnings(letters: str, words: Sequence[str]) -> bool:
    if not words:
        return not letters
    return any(
        words[0].startswith(letters[:cut]) and _of_beginnings(letters[cut:], words[1:])
        for cut in range(1, len(letters) + 1)
    )


def _longer(p: str, q: str) -> bool:
    """Say whether one word ends the other ("Chat GPT"), or begins it and one of them is an ordinary one: spec, specification."""
    p, q = sorted((p, q), key=len)
    return len(p) >= SHORT and (q.endswith(p) or (q.startswith(p) and len(q) > len(p) + 1 and (listed(q) or listed(p))))


def _suffixed(p: str, q: str) -> bool:
    """Say whether two words are alike for their ending alone: "containerizing" and "dockerizing" are of two stems."""
    if not (p.endswith(_LONG_ENDINGS) and q.endswith(_LONG_ENDINGS)):
        return False
    end = next((end for end in _LONG_ENDINGS if p.endswith(end) and q.endswith(end)), "")
    return bool(end) and likeness(p.removesuffix(end), q.removesuffix(end)) < LETTERS


def _acronyms(a: Name, b: Name) -> bool:
    return all(abbreviation(form) for name in (a, b) for form in name.forms)


def _letter_off(a: Name, b: Name, context: Context, *, slipped: bool) -> str:
    """Say how one of two acronyms is the other but for a letter, "" where it is not: QRTV, QTRV; short ones are too many.

    One that lacks a letter inside needs but several notes that have the other (RHF, RLHF), or it; and where a note has
    both by a slip (`slipped`), that it is not the commoner one in the language: FDA is no FDCA.
    """
    p, q = _singulars(a, b)
    if len(q) < LONG_ACRONYM or not _acronyms(a, b) or not _one_off(p, q):
        return ""
    inside = len(p) < len(q) and p[0] == q[0] and p[-1] == q[-1] and q.isalpha()
    if inside and max(len(a.notes), len(b.notes)) > 1 and not (slipped and _commoner(p, q)):
        return "one letter less"
    unknown = min(len(a.key), len(b.key)) >= WRITTEN_LARGE and lexicon().keys().isdisjoint((a.key, b.key))
    return "one letter off" if _letters_off(p, q) and (unknown or context.simultaneous(a, b)) else ""


def _letters_off(p: str, q: str) -> float:
    """Give the likeness of two acronyms, the shorter first, of which one has a letter wrong or lacks some inside.

    The first letter tells things apart (IBGP, EBGP), as does one more at the end of a short one (BC, BCE).
    """
    if len(p) < 2 or p[0] != q[0] or (len(q) < LONG_ACRONYM and p == q[:-1]):
        return 0.0
    entries = lexicon()
    if p in entries and q in entries and (len(q) == 3 or q.startswith(p) or _commoner(p, q)):
        return 0.0  # CEO, CTO; US, USA; ADD, ADHD, but RHF for RLHF
    lost = len(q) - len(p) < 3 and _within(p, q)
    return likeness(p, q) if lost or _one_off(p, q) else 0.0


def _singulars(a: Name, b: Name) -> tuple[str, str]:
    """Give two acronyms without the s of a plural, the shorter first."""
    p, q = sorted((name.key.removesuffix("s") for name in (a, b)), key=len)
    return p, q


def _commoner(p: str, q: str) -> bool:
    """Say whether the shorter of two words is the commoner one in the language, and so hardly the other with a letter lost."""
    return len(p) < len(q) and rarity(p) < rarity(q)


def _one_off(p: str, q: str) -> bool:
    return OSA.distance(p, q) == 1


def _within(p: str, q: str) -> bool:
    """Say whether the letters of one word stand in another in order: BL, BLEU."""
    rest = iter(q)
    return all(letter in rest for letter in p)
