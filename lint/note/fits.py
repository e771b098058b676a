"""Whether the label of a link fits the name of the note that it leads to, by the words of both.

A label may say much that its target's name does not. That the two have nothing
in common at all tells something only beside another target that has it all.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection

from ..language.words import STOP, rarity, stem
from .links import bare

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_MODEL = re.compile(
    r"(?<![^\W\d_])([^\W\d_]+)[ _-]?(\d{1,3}(?:\.\d+|[aceort](?![^\W_]))?)(?![\d%°]|\.\d|th\b|st\b|nd\b|rd\b)"
)
"""A make and a number, with the letter behind it that tells editions apart: "Pixel 6a", "iPhone 5c", "16e", "7T"; an s may
be a plural's or an owner's."""
_COMPARES = re.compile(r"\b(?:compar\w+|between|versus|vs|previous|predecessors?|older|history|evolution)\b")

COMMON = 4
"""A stem in fewer of a source's targets is no common one."""

COMMON_SHARE = 0.25
"""A stem in this share of a source's targets tells no two of them apart."""

SUBJECT_SHARE = 0.5
"""A stem in this share of a source's targets is its subject: that label and target have it, too, says nothing."""

MIN_PREFIX = 4
"""Words that begin with as many equal letters may be of one family ("deceive", "deceptive")."""


@functools.lru_cache(maxsize=1 << 12)
def sense(text: str) -> tuple[str, ...]:
    """Give the stems of a label's or a target's words in their order, function words left out; "versus" is "vs"."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return tuple(stem(word) if word != "versus" else "vs" for word in words if word not in STOP)


def common(targets: Collection[str], share: float) -> frozenset[str]:
    """Give the stems that a share of the targets have, and no few of them."""
    counts = Counter(stem for target in targets for stem in set(sense(target)))
    least = max(COMMON, share * len(targets))
    return frozenset(stem for stem, count in counts.items() if count >= least)


def rarest(text: str, stems: Collection[str]) -> int:
    """Give how rare the rarest of the words is that have one of the stems, 0 to 99."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return max((rarity(word) for word in words if stem(word) in stems), default=0)


def names(target: str, label: str) -> bool:
    """Say whether a target has all the words of a label, side by side."""
    whole, part = sense(target), sense(label)
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def has_all(target: str, label: str) -> bool:
    """Say whether a target has all the words of a label, in any order, inflected or in compounds."""
    whole, letters = sense(target), bare(target)
    return all(word in whole or (len(word) >= MIN_PREFIX and word in letters) for word in sense(label))


def covered(target: str, label: str) -> float:
    """Give the share of a label's words that a target may mean: those, words that begin like them, and theirs; 1 of none."""
    whole, letters, begun = sense(target), bare(target), _begun(target)
    words = sense(label)
    meant = [
        word in letters or word[:MIN_PREFIX] in begun
        if len(word) >= MIN_PREFIX
        else any(one.startswith(word) for one in whole)  # the "ai" of "aipowered", and not that of "maintaining"
        for word in words
    ]
    return sum(meant) / len(meant) if meant else 1.0


def abbreviates(target: str, label: str) -> bool:
    """Say whether a target has the initials of a label's words: "aws", "Amazon Web Services"."""
    return not _acronyms(target).isdisjoint(_initials(label))


def strange(label: str, target: str, common: Collection[str]) -> bool:
    """Say whether a label and a target share no word, no stretch of letters and no initials, common stems aside."""
    one, other = bare(label), bare(target)
    if one in other or other in one:
        return False
    return not (_meets(label, target, common) or _meets(target, label, common))


def _meets(one: str, other: str, common: Collection[str]) -> bool:
    letters, begun = bare(other), _begun(other)
    if any(word in letters or word[:MIN_PREFIX] in begun for word in sense(one) if word not in common):
        return True
    return not _acronyms(one).difference(common).isdisjoint(_initials(other))


@functools.lru_cache(maxsize=1 << 9)
def _acronyms(text: str) -> frozenset[str]:
    """Give the short words in lower case, without a plural's "s"; what is a function word may be one in capitals ("VS Code")."""
    words = (word for word in re.findall(r"[^\W_]+", text) if word.isupper() or word.lower() not in STOP)
    short = (word.lower().removesuffix("s") if len(word) > 2 else word.lower() for word in words)
    return frozenset(word for word in short if 1 < len(word) <= MIN_PREFIX)


@functools.lru_cache(maxsize=1 << 9)
def _initials(text: str) -> frozenset[str]:
    """Give the initials of words side by side, as many as an acronym may have."""
    whole = "".join(word[0] for word in _WORD.findall(text.lower()))
    return frozenset(whole[at : at + size] for size in range(2, MIN_PREFIX + 1) for at in range(len(whole) - size + 1))


@functools.lru_cache(maxsize=1 << 9)
def _begun(text: str) -> frozenset[str]:
    return frozenset(stem[:MIN_PREFIX] for stem in sense(text) if len(stem) >= MIN_PREFIX)


def renumbered(label: str, target: str) -> tuple[str, str] | None:
    """Give the model that a label names where the target names another of the same make: "iphone 12", "iphone 11"."""
    said, meant = _models(label), _models(target)
    if not said or not meant or _COMPARES.search(target.lower().replace("_", " ")):
        return None
    makes = dict(meant)
    for make, number in said:
        if make in makes and not set(said) & set(meant):
            return f"{make} {number}", f"{make} {makes[make]}"
    return None


@functools.lru_cache(maxsize=1 << 9)
def _models(text: str) -> tuple[tuple[str, str], ...]:
    if not any(char.isdigit() for char in text):
        return ()
    found = _MODEL.findall(text.lower().replace("_", " "))
    # "gpt_41" is how a slug writes GPT-4.1, and "gpt_40" how many write GPT-4o
    return tuple((make, number.replace(".", "").replace("o", "0")) for make, number in found if make not in STOP)
