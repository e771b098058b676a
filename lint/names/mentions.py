"""Names: where a passage mentions a person, company, product or work, and all mentions of one source together.

A name is a run of words written large (or with a digit or an inner capital:
v0, iPhone) for which no beginning of a sentence, heading or bold lead
accounts. No model is asked: on third-party text a trained pipeline tagged both
spellings in 73 % of the cases in which a misspelt name met its right form,
because misspelt names look unlike names.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from ..language.named import known
from ..language.numerals import in_digits
from ..language.variants import codes, collapsed, inflected, likeness
from ..language.words import STOP, bag, lexicon, unmarked
from ..model import Fact, Group
from ..note.claims import Claim
from .entities import entities


def _range(start: int, stop: int) -> str:
    return "".join(char for char in map(chr, range(start, stop)) if char.isupper())


# Latin with its extensions, Greek, Cyrillic, Armenian, Georgian capitals; scripts without case have no capitals to go by.
_U = f"[A-Z{_range(0xC0, 0x250)}{_range(0x370, 0x530)}{_range(0x531, 0x557)}{_range(0x10A0, 0x10C6)}{_range(0x1E00, 0x1F00)}]"
_INNER = r"(?:['’][^\W_]+|\.(?:[^\W\d_]{1,4}|\d+)\b(?![^\W_])|[^\W_])*"
_WORD = rf"(?:{_U}{_INNER}|[a-z]{{1,4}}{_U}{_INNER}|[a-z]\d[^\W_]*)"
_PARTICLE = r"(?:de|da|di|do|dos|du|del|della|der|den|van|von|bin|ibn|al|el|la|le|ter|zu)"
_PARTICLES = re.compile(rf"(?:(?:[Vv][ao]n|[Dd]e) )?\b{_PARTICLE} (?=.)")
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
    rf"| {_PARTICLE}(?: (?:la|las|los|den|der))? {_WORD}"
    rf"|[ -]\d[\d.]*[^\W_]*)*"
)
_ADDRESS = re.compile(r"[\w-][.:]\S*/\Z")
_SMALL = re.compile(r" ([a-z]{3,})(?![\w-])")
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


class Mention(NamedTuple):
    """One occurrence of a name: `text[start:end]` of claim number `claim`; `titled` is where a "Dr." before it begins."""

    claim: int
    start: int
    end: int
    form: str
    titled: int


class Name:
    """A name of one source, however it is spaced, hyphenated and capitalised; `words` are its parts, folded."""

    __slots__ = ("forms", "key", "notes", "words")

    def __init__(self, key: str) -> None:
        self.key = key
        self.words: tuple[str, ...] = ()
        self.forms: dict[str, list[Mention]] = {}
        self.notes: dict[str, int] = {}

    @property
    def written(self) -> str:
        """The form in which it is written most often."""
        return min(self.forms, key=lambda form: (-len(self.forms[form]), form))

    @property
    def mentions(self) -> list[Mention]:
        """Every occurrence, in reading order."""
        return sorted(mention for found in self.forms.values() for mention in found)

    @property
    def small(self) -> bool:
        """Say whether it is always written small, so that it is a term and no name."""
        return all(form.islower() for form in self.forms)

    @property
    def titled(self) -> bool:
        """Say whether a courtesy title stands before any mention, so that it is a person's."""
        return any(mention.titled < mention.start for found in self.forms.values() for mention in found)


class Cast:
    """The names of a group: by key, and which stand in each claim."""

    def __init__(self, claims: tuple[Fact, ...]) -> None:
        self.claims = claims
        self.names: dict[str, Name] = {}
        self.by_claim: list[tuple[str, ...]] = []

    def path(self, claim: int) -> str:
        """Give the note in which a claim stands."""
        return self.claims[claim].span.path


@functools.lru_cache(maxsize=1)
def cast(group: Group) -> Cast:
    """Collect the names of a source; kept for the rules that ask again."""
    claims = tuple(fact for fact in group if isinstance(fact.value, Claim) and fact.value.kind != "heading")
    found = Cast(claims)
    names = found.names
    tagged = entities([fact.value.passage.text for fact in claims], group.pipeline) if group.pipeline else None
    for index, fact in enumerate(claims):
        value: Claim = fact.value
        text = value.passage.text
        here = []
        places = mentions(text, value.lead, value.passage.shifts)
        if tagged is not None:
            free = [(a, b, a) for a, b in tagged[index] if not any(a < end and start < b for start, end, _ in places)]
            places = sorted([*places, *free])
        for start, end, titled in places:
            form = text[start:end]
            key = joined(form)
            if len(key) < 2:
                continue
            name = names.get(key)
            if name is None:
                name = names[key] = Name(key)
            if form not in name.forms:
                # "RoCEv2" and "RoCE v2" are one name of two words
                name.words = max(name.words, parts_of(form), key=lambda words: (len(words), words))
                name.forms[form] = []
            name.forms[form].append(Mention(index, start, end, form, titled))
            name.notes[fact.span.path] = name.notes.get(fact.span.path, 0) + 1
            here.append(key)
        found.by_claim.append(tuple(here))
    _extend(found)
    _number(found)
    return found


def _number(found: Cast) -> None:
    """Add names that begin with digits where another note has a word or a letter for them: "11 Labs", ElevenLabs; 01, o1."""
    names = found.names
    solid = [
        form
        for key, name in names.items()
        if (key[0] in "efnost" and len(key) > 5) or (key[0] == "o" and key[1].isdigit())
        for form in name.forms
    ]
    for index, start, end in in_digits(solid, [fact.value.passage.text for fact in found.claims]):
        form = found.claims[index].value.passage.text[start:end]
        key = joined(form)
        name = names.setdefault(key, Name(key))
        mention = Mention(index, start, end, form, start)
        if mention in name.forms.get(form, ()):
            continue
        name.words = name.words or parts_of(form)
        name.forms.setdefault(form, []).append(mention)
        path = found.path(index)
        name.notes[path] = name.notes.get(path, 0) + 1
        found.by_claim[index] += (key,)


def _extend(found: Cast) -> None:
    """Add names whose second word is written small where another note writes them as one: "Lan graph", LangGraph."""
    names = found.names
    solid: dict[str, list[str]] = {}
    for key, name in names.items():
        if len(key) > 5 and len(name.words) == 1:
            for mark in {collapsed(key), *codes(key)}:
                if len(mark) > 3:
                    solid.setdefault(mark, []).append(key)
    if not solid:
        return
    longer: dict[str, dict[str, list[Mention]]] = {}
    for name in names.values():
        for mention in name.mentions if len(name.words) < 3 else ():
            text = found.claims[mention.claim].value.passage.text
            match = _SMALL.match(text, mention.end)
            if match is None or match[1] in STOP:
                continue
            key = name.key + match[1]
            if key in names:
                continue
            if any(
                other != key
                for mark in {collapsed(key), *codes(key)}
                for other in solid.get(mark, ())
                if key[-2:] == other[-2:] and likeness(key, other) >= 0.85 and not inflected(key, other)
            ):
                form = text[mention.start : match.end()]
                extended = Mention(mention.claim, mention.start, match.end(), form, mention.titled)
                longer.setdefault(key, {}).setdefault(form, []).append(extended)
    for key, forms in sorted(longer.items()):
        name = names[key] = Name(key)
        name.forms = forms
        name.words = parts_of(min(forms))
        for mention in name.mentions:
            path = found.path(mention.claim)
            name.notes[path] = name.notes.get(path, 0) + 1
            found.by_claim[mention.claim] += (key,)


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
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^ ]+", text[start:end])]
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


@functools.lru_cache(maxsize=1 << 12)
def joined(form: str) -> str:
    """Give a form's letters and digits alone, folded: "Roy-Chowdhury" and "roy chowdhury" are one."""
    return "".join(char for char in unmarked(form).casefold() if char.isalnum())


def parts_of(form: str) -> tuple[str, ...]:
    """Give a form's words, folded, without a nobleman's "van der"; hyphens part, points and apostrophes do not."""
    form = _PARTICLES.sub("", form)
    return tuple(part for part in (joined(word) for word in re.split(r"[\s\-&]+", form)) if part)
