"""Shapes of single sentences that put one thing in one way only: who wrote a work, what letters stand for, what is said to come.

Every function reads one text; `swaps` holds what it finds in one note against
what it finds in the others.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..language.words import STOP, TOKEN, stem

_NAME = r"[A-Z][\w'’-]+(?: (?:[A-Z]\.|[A-Z][\w'’-]+|de|van|von|al)){0,3}"
_TITLE_WORD = r"(?:[A-Z0-9][\w'’-]*:?|of|the|and|a|in|for|to|with|on|&)"
_BY = re.compile(
    rf"({_TITLE_WORD}(?: {_TITLE_WORD}){{1,9}})[\"”’)]{{0,3}},? (?:a book |written )?by "
    rf"({_NAME}(?:, {_NAME})*(?:,? (?:and|&) {_NAME})?)"
)
_BY_NAME = re.compile(r" by [A-Z]")
_AUTHORS = re.compile(r",? and |, | & ")
_SUPERLATIVE = re.compile(
    r"The (?:(?<=\AThe )|(?<=[:.;] The ))(?:single )?(most \w+|\w{2,}est|best|worst|main|primary) ((?:[\w'’-]+ ){1,3}?)"
    r"((?:for|of|in|about|with|to|when|behind|against) [^,;:.]{3,60}? )?(?:is|was) (.{8,120})"
)
_ANNOUNCED = re.compile(
    r"\b(?:will soon|coming soon|soon to be|plans to(?! allow\b)|(?:is|are) (?:developing|working on)"
    r"|(?:upcoming|forthcoming)(?= \w+(?: \w+)?,? (?:[\"“]|that |which |is |will |called |named ))"
    r"|(?:upcoming|forthcoming)(?= (?:feature|tool|product|version|capabilit\w+|function\w*|integration|service)s?\b))",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:(?:has|have) (?:already |recently |also |since |now )?"
    r"(?:developed|released|launched|built|introduced|shipped|created|added|integrated|deployed|implemented)"
    r"|already|introduces|(?:was|were) (?:launched|released|introduced|shipped)"
    r"|(?:now|also|currently) (?:offers|supports|available|includes|provides))\b",
    re.IGNORECASE,
)
_HAS = re.compile(r"\b(?:supports|offers|provides|includes|integrates|comes with)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:will|soon|upcoming|forthcoming|plan\w*|futur\w*|expect\w*|going to|aim\w*|goal\w*|may|might|could|would|eventual\w*|next|"
    r"potential\w*|becom\w*|once|when|if|should|hope\w*|intend\w*|envision\w*|developing|working|anticipat\w*|likely|predict\w*|"
    r"roadmap|toward\w*|want\w*|later|propos\w*|seek\w*|to be|yet|explor\w*|about to|set to|try\w*|(?:is|are) \w+ing)\b|['’]ll\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[\"“]([A-Z][^\"“”,]{3,40}),?[\"”]")
_INSTEAD = re.compile(
    r"(?<!might )(?<!may )\bnot (?!only|just|solely|merely|simply|exclusively|necessarily|always|all|every)"
    r"((?:[\w'’-]+ ){1,8}?[\w'’-]+),? but\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\bnot (?:only|just|solely|merely|simply|exclusively|necessarily)\b((?: [\w'’-]+){1,7})", re.IGNORECASE
)
_LIMITS = re.compile(
    r"\b(?:limit\w*|sole\w*|only|just|mere\w*|simply|exclusive\w*|confin\w*|restrict\w*|primar\w*|main\w*)\b"
)
_HIGHEST = re.compile(r"\b(?:the|a) (\w{3,}est|best|worst)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|than|rather|instead|without|cannot|avoid\w*)\b|n['’]t\b)[^.;,]{0,40}\Z", re.IGNORECASE
)


class Superlative(NamedTuple):
    """What is said to be the most of its kind: the kind (stems, and as written), what of (stems), what it is (stems, and as written)."""

    kind: str
    name: str
    of: frozenset[str]
    said: frozenset[str]
    text: str


def content(text: str) -> list[str]:
    """Give the stems of the content words of a text, in order."""
    return [stem(word) for word in (raw.lower().replace("’", "'") for raw in TOKEN.findall(text)) if word not in STOP]


def works(text: str) -> list[tuple[str, list[str]]]:
    """Give the works that a text names with their authors: the last words of each title, as stems, and the names."""
    if " by " not in text or _BY_NAME.search(text) is None:
        return []
    found = [(content(match[1]), _AUTHORS.split(match[2])) for match in _BY.finditer(text)]
    # one word is as often the end of a sentence ("Powered by") as a title
    return [(" ".join(title[-3:]), authors) for title, authors in found if len(title) > 1]


def superlative(text: str) -> Superlative | None:
    """Read "The biggest risk of the plan is its cost"."""
    if not (text.startswith("The ") or ": The " in text or ". The " in text):
        return None
    match = _SUPERLATIVE.search(text)
    if match is None:
        return None
    head, said = content(match[2]), frozenset(content(match[4])[:8])
    if not head or not said:
        return None
    return Superlative(
        kind=" ".join((match[1].lower(), *head)),
        name=f"{match[1]} {match[2].strip()}".lower(),
        of=frozenset(content(match[3] or "")),
        said=said,
        text=" ".join(match[4].partition(",")[0].split()[:6]).rstrip(".;:"),
    )


def announcement(text: str) -> re.Match[str] | None:
    """Find what says that something is still to come, in a text that has nothing there yet."""
    # most sentences have none of the cues' own words, which is told for less than the search costs
    if not ("soon" in text or "coming" in text or "plans to" in text or " developing " in text or " working " in text):
        return None
    match = _ANNOUNCED.search(text)
    return None if match is None or " or will" in text or _THERE.search(text) is not None else match


def soon(text: str) -> bool:
    """Say whether a text announces something, whatever else is there."""
    return _ANNOUNCED.search(text) is not None


def there(text: str) -> re.Match[str] | None:
    """Find what says that something is there, in a text that leaves nothing open."""
    match = _THERE.search(text)
    return None if match is None or _OPEN.search(text) is not None else match


def has(text: str) -> re.Match[str] | None:
    """Find a verb in the present by which a thing has something, in a text that leaves nothing open."""
    match = _HAS.search(text)
    return None if match is None or _OPEN.search(text) is not None else match


def quoted_names(text: str) -> list[str]:
    """Give the names in quotation marks."""
    return [match[1] for match in _NAMED.finditer(text)]


def instead(text: str) -> re.Match[str] | None:
    """Find "not X but": what is denied as a whole is group 1."""
    return _INSTEAD.search(text) if " not " in text and " but " in text else None


def partly(text: str) -> re.Match[str] | None:
    """Find "not only X": what is denied in part is group 1."""
    return _PARTLY.search(text) if " not " in text else None


def limits(text: str) -> bool:
    """Say whether words tell of a limit: "not limited to X" is "not only X"."""
    return _LIMITS.search(text) is not None


def highest(text: str) -> str:
    """Give the superlative of a text, or ""."""
    match = _HIGHEST.search(text)
    return "" if match is None else match[1].lower()


def affirms(text: str, word: str) -> bool:
    """Say whether a text has a word, and nothing before it that denies it."""
    match = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    return match is not None and _DENIED.search(text[: match.start()]) is None


def slots(text: str) -> list[tuple[str, str, tuple[str, str]]]:
    """Give the words of a text that stand between two others, but for spaces: stem, word, the stems on both sides."""
    words = [(match[0].lower().replace("’", "'"), match.start(), match.end()) for match in TOKEN.finditer(text)]
    return [
        (stem(word), word, (stem(before[0]), stem(after[0])))
        for before, (word, start, end), after in zip(words, words[1:], words[2:], strict=False)
        if text[before[2] : start] == text[end : after[1]] == " "
    ]
