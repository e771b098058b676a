"""Where a passage names a person, company, product or work.

A name is a run of words written large (or with a digit or an inner capital:
v0, iPhone) for which no beginning of a sentence, heading or bold lead
accounts. No model is asked: on third-party text a trained pipeline tagged both
spellings in 73 % of the cases in which a misspelt name met its right form,
because misspelt names look unlike names.
"""

from __future__ import annotations

import functools
import re

from ..language.named import known
from ..language.words import STOP, bag, lexicon


def _range(start: int, stop: int) -> str:
    return "".join(char for char in map(chr, range(start, stop)) if char.isupper())


# Latin with its extensions, Greek, Cyrillic, Armenian, Georgian capitals; scripts without case have no capitals to go by.
_U = f"[A-Z{_range(0xC0, 0x250)}{_range(0x370, 0x530)}{_range(0x531, 0x557)}{_range(0x10A0, 0x10C6)}{_range(0x1E00, 0x1F00)}]"
_INNER = r"(?:['’][^\W_]+|\.(?:[^\W\d_]{1,4}|\d+)\b(?![^\W_])|[^\W_])*"
_WORD = rf"(?:{_U}{_INNER}|[a-z]{{1,4}}{_U}{_INNER}|[a-z]\d[^\W_]*)"
PARTICLE = r"(?:de|da|di|do|dos|du|del|della|der|den|van|von|bin|ibn|al|el|la|le|ter|zu)"
_BEFORE = (r"[^\W_]", r"[^\W_][.@#_’'-]", "[@#_]", "[:/]/")
"""What no name comes right after: it is inside of a word, an address or a tag."""


def _after_small(letters: int) -> str:
    """Give the pattern for a name's first capital or digit, just read, that comes after so many small letters."""
    run = f"[a-z]{{{letters}}}." if letters else "."
    return (rf"(?<={run})" if letters else "") + "".join(rf"(?<!{before}{run})" for before in _BEFORE)


# A search is fast for what begins with one of a set of characters: so it begins with the first capital or digit,
# looks back at what must stand before, and `mentions` goes back to where the word begins.
_NAME = re.compile(
    rf"[{_U[1:-1]}\d](?:(?<={_U})(?:{'|'.join(map(_after_small, range(5)))}){_INNER}|(?<=\d){_after_small(1)}[^\W_]*)"
    rf"(?:(?: |-|\. (?:(?<=\b[^\W\d_]\. )|(?<=\b(?:Dr|Mr|Ms|St)\. )|(?<=\bMrs\. )|(?<=\bProf\. ))| ?& ?){_WORD}"
    rf"| {PARTICLE}(?: (?:la|las|los|den|der))? {_WORD}"
    rf"|[ -]\d[\d.]*[^\W_]*)*(?:(?<=[A-Z]{{2}})\+[A-Z](?![^\W_]))?"
)
_PART = re.compile("[^ ]+")
_ADDRESS = re.compile(r"[\w-][.:]\S*/\Z")
_OPENS = ".!?:;\"“”„«‘'…•*|>–—"
_POSSESSIVE = re.compile(r"['’][sS]?\Z")
_TITLES = bag(
    "dr mr mrs ms prof professor sir madam president senator captain king queen lord lady saint general "
    "judge justice ceo cto cfo coo cpo cmo ceos vp chief founder co-founder cofounder director minister "
    "coach uncle aunt sheikh shri pope princess prince host guest author"
)
"""Words that stand before a name and are not part of it."""

_BEGINNERS = STOP | bag(
    "unlike both despite using during without via since unless although whether similar based among instead rather "
    "many several each every another according besides except regarding after before until against towards amid"
)
"""Words with which a sentence begins and no name: "Unlike Large Language Models" is no name of four words."""

_COURTESY = frozenset(["dr", "mr", "mrs", "ms", "prof", "professor", "sir"])
_CALENDAR = bag(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec mondays "
    "tuesdays wednesdays thursdays fridays saturdays sundays i i'm i've i'll i'd"
)


@functools.lru_cache(maxsize=4096)
def mentions(text: str, lead: int = 0, shifts: tuple[int, ...] = ()) -> list[tuple[int, int, int]]:
    """Give (start, end, start of its courtesy title) of each name in a passage, code points.

    `lead` is the length of a bold lead, whose capitals say nothing; `shifts`
    are a passage's: where markup stood between two words, no name runs on.
    """
    breaks = [at for at in shifts[::2] if text[at - 1 : at] == " " or text[at : at + 1] == " "] if shifts else []
    if lead:
        breaks.append(lead)
    found: list[tuple[int, int, int]] = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        while start and text[start - 1].isalnum():
            start -= 1
        if start and text[start - 1] == "/" and _ADDRESS.search(text, max(0, start - 80), start):
            continue
        word = text[start:end]
        if word.isalpha():
            # the commonest match: one word, large where sentences begin
            opening = start < lead or _opens(text, start)
            if opening and not known(word):
                continue
            lowered = word.lower()
            if lowered in STOP or lowered in _CALENDAR or lowered in _TITLES:
                continue
            found.append((start, end, start))
            continue
        at = start
        for stop in sorted(stop for stop in breaks if start < stop < end):
            found += _runs(text, at, stop, lead)
            at = stop
        found += _runs(text, at, end, lead)
    return found


def _runs(text: str, start: int, end: int, lead: int) -> list[tuple[int, int, int]]:
    """Cut a run of large words at possessives, and take off what is no name before and after."""
    found = []
    words = [word.span() for word in _PART.finditer(text, start, end)]
    while words:
        cut = next((i for i, (a, b) in enumerate(words) if _POSSESSIVE.search(text, a, b)), len(words) - 1)
        run, words = words[: cut + 1], words[cut + 1 :]
        titled = run[0][0]
        courtesy = False
        while run:
            word = text[run[0][0] : run[0][1]].rstrip(".")
            lowered = word.lower()
            if lowered in _TITLES and len(run) > 1:
                courtesy = lowered in _COURTESY
                if not courtesy:
                    titled = run[1][0]
                run = run[1:]
                continue
            opening = not courtesy and (run[0][0] < lead or _opens(text, run[0][0]))
            if lowered in STOP or lowered in _CALENDAR or (opening and not known(word)):
                if len(run) > 1 and lowered not in _BEGINNERS and lowered not in _CALENDAR and run[0][0] >= lead:
                    following = text[run[1][0] : run[1][1]]
                    entry = lexicon().get(lowered)
                    if following.islower():
                        break  # "Van der Berg is"
                    if following[:1].isupper() and (
                        # "Flow State is": the second capital is evidence for the first; "Anders Holm is": no word
                        not known(following) if entry is not None and entry.listed else following.lower() not in STOP
                    ):
                        break
                run = run[1:]
                titled = run[0][0] if run else titled
                continue
            break
        while run and text[run[-1][0] : run[-1][1]].lower().rstrip(".") in STOP:
            run = run[:-1]
        if not run:
            continue
        a, b = run[0][0], run[-1][1]
        possessive = _POSSESSIVE.search(text, a, b)
        if possessive is not None:
            b = possessive.start()
        while b > a and text[b - 1] in ".&- ":
            b -= 1
        if b - a > 1 and not text[a:b].isdigit():
            found.append((a, b, titled if courtesy else a))
    return found


def _opens(text: str, start: int) -> bool:
    """Say whether a capital is due at `start`, whatever the word: a sentence or quote begins there."""
    at = start - 1
    while at >= 0 and text[at] in " ([\t\n":
        at -= 1
    if at < 0:
        return True
    if text[at] not in _OPENS:
        return False
    return not (text[at] == "." and at > 0 and text[max(0, at - 2) : at] in ("Dr", "Mr", "Ms", "rs", "of", "St"))
