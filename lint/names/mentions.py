"""All mentions of the names of one source, together: who is named where, in which form."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from ..language.named import given_name, strange
from ..language.numerals import in_digits
from ..language.variants import codes, collapsed, inflected, likeness
from ..language.words import STOP, unmarked
from ..model import Fact, Group, Passage
from ..note.claims import Claim
from .entities import entities
from .scan import PARTICLE, mentions

_MASK = re.compile(r"[^\W\d_][*@]+[^\W\d_]")
_SMALL = re.compile(r" ([a-z]{3,})(?![\w-])")
_WORD = re.compile("[^ ]+")
_GAP = re.compile(r"[\s\-&]+")
_PARTICLES = re.compile(rf"(?:(?:[Vv][ao]n|[Dd]e) )?\b{PARTICLE} (?=.)")


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


def masked(passage: Passage, start: int, end: int) -> bool:
    """Say whether marks stand for letters of a word: "f@re", "f*re" and "f*res", of which Markdown makes "fre" and "fres".

    That is a writer's choice and no spelling. Bold letters ("**F**ire") are what they are.
    """
    text = passage.text
    if ("*" in text or "@" in text) and _MASK.search(text, max(0, start - 1), end + 2):
        return True
    if "*" not in passage.raw:
        return False
    before = passage.offset(start) - passage.start
    return passage.raw[before - 1 : before] != "*" and _MASK.search(passage.verbatim(start, end)) is not None


class Cast:
    """The names of a group: by key, and which stand in each claim."""

    def __init__(self, claims: tuple[Fact, ...]) -> None:
        self.claims = claims
        self.names: dict[str, Name] = {}
        self.by_claim: list[list[str]] = [[] for _ in claims]

    def copy(self, more: tuple[Fact, ...] = ()) -> Cast:
        """Give a cast with the same names, to add others to, and with `more` claims at its end."""
        copied = Cast((*self.claims, *more))
        copied.names = dict(self.names)
        copied.by_claim[: len(self.claims)] = map(list, self.by_claim)
        return copied

    def path(self, claim: int) -> str:
        """Give the note in which a claim stands."""
        return self.claims[claim].span.path

    def add(self, mention: Mention) -> None:
        """Add a mention to the name that has its letters, unless marks stand for some of these."""
        form = mention.form
        if masked(self.claims[mention.claim].value.passage, mention.start, mention.end):
            return
        key = joined(form)
        name = self.names.get(key)
        if name is None:
            name = self.names[key] = Name(key)
        if form not in name.forms:
            # "RoCEv2" and "RoCE v2" are one name of two words
            name.words = max(name.words, parts_of(form), key=lambda words: (len(words), words))
            name.forms[form] = []
        name.forms[form].append(mention)
        path = self.claims[mention.claim].span.path
        name.notes[path] = name.notes.get(path, 0) + 1
        self.by_claim[mention.claim].append(key)


@functools.lru_cache(maxsize=1)
def cast(group: Group) -> Cast:
    """Collect the names of a source; kept for the rules that ask again."""
    claims = tuple(fact for fact in group if isinstance(fact.value, Claim) and fact.value.kind != "heading")
    found = Cast(claims)
    tagged = entities([fact.value.passage.text for fact in claims], group.pipeline) if group.pipeline else None
    places: list[Mention] = []
    for index, fact in enumerate(claims):
        value: Claim = fact.value
        text = value.passage.text
        here = mentions(text, value.lead, value.passage.shifts)
        if tagged is not None:
            free = [(a, b, a) for a, b in tagged[index] if not any(a < end and start < b for start, end, _ in here)]
            here = sorted([*here, *free])
        places += [Mention(index, start, end, text[start:end], titled) for start, end, titled in here]
    first = _first_names(places)
    for mention in places:
        if len(joined(mention.form)) > 1:
            found.add(_person(mention, first))
    _extend(found)
    _number(found)
    return found


def _first_names(places: Iterable[Mention]) -> set[str]:
    """Give the words with which names of two words begin that are given names, or, known or not, those of several people."""
    behind: dict[str, set[str]] = {}
    for mention in places:
        first, _, last = mention.form.partition(" ")
        if last and " " not in last:
            behind.setdefault(joined(first), set()).add(joined(last))
    return {first for first, last in behind.items() if given_name(first) or (len(last) > 1 and strange(first))}


def _person(mention: Mention, first: set[str]) -> Mention:
    """Cut off what stands before a person of the source in a run of capitals: "OpenAI Chairman Mara Quill"."""
    if mention.form.count(" ") < 2:
        return mention
    words = list(_WORD.finditer(mention.form))
    for before, word, last in zip(words, words[1:], words[2:], strict=False):
        if joined(word[0]) in first and strange(joined(last[0])) and not given_name(joined(before[0])):
            start = mention.start + word.start()
            return Mention(mention.claim, start, mention.end, mention.form[word.start() :], start)
    return mention


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
        mention = Mention(index, start, end, form, start)
        name = names.get(joined(form))
        if name is None or mention not in name.forms.get(form, ()):
            found.add(mention)


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
    longer: list[Mention] = []
    for name in names.values():
        for mention in name.mentions if len(name.words) < 3 else ():
            text = found.claims[mention.claim].value.passage.text
            match = _SMALL.match(text, mention.end)
            if match is None or match[1] in STOP:
                continue
            key = name.key + match[1]
            if key not in names and any(
                other != key
                for mark in {collapsed(key), *codes(key)}
                for other in solid.get(mark, ())
                if key[-2:] == other[-2:] and likeness(key, other) >= 0.85 and not inflected(key, other)
            ):
                form = text[mention.start : match.end()]
                longer.append(Mention(mention.claim, mention.start, match.end(), form, mention.titled))
    for mention in sorted(longer, key=lambda mention: (joined(mention.form), mention)):
        found.add(mention)


@functools.lru_cache(maxsize=1 << 12)
def joined(form: str) -> str:
    """Give a form's letters and digits alone, folded: "Roy-Chowdhury" and "roy chowdhury" are one."""
    return "".join(char for char in unmarked(form).casefold() if char.isalnum())


def parts_of(form: str) -> tuple[str, ...]:
    """Give a form's words, folded, without a nobleman's "van der"; hyphens part, points and apostrophes do not."""
    form = _PARTICLES.sub("", form)
    return tuple(part for part in (joined(word) for word in _GAP.split(form)) if part)
