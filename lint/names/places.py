"""Where the names of a source stand besides where they are found: in headings, in small letters, in addresses."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..language.lettering import folded
from ..language.named import listed, strange
from ..language.words import RARE, rarity
from .mentions import Cast, Mention, Name, joined

ALWAYS = 4
"""Places of a name, all with the same word behind them, that make the word a part of it."""

_NEXT = re.compile(r" ([^\W\d_]{3,})(?![\w'’-])")
_ADDRESS = re.compile(r"(?<![\w@./-])@?[a-z0-9]+(?:[./_@-][a-z0-9]+)+(?![\w@-])")


def everywhere(names: Cast, members: Iterable[Name]) -> dict[str, list[Mention]]:
    """Give the forms of names with every place that has their letters, headings and small letters included.

    A place whose form is none of a name's counts for the one that differs least. What is one ordinary word stays with
    its capitals. A word that is behind every place belongs to the name: "Jupyter" is always "Jupyter notebook".
    """
    found: dict[str, list[Mention]] = defaultdict(list)
    taken: set[tuple[int, int]] = set()
    texts = [fact.value.passage.text for fact in names.claims]
    lowered = [text.lower() for text in texts]
    # a place belongs to the longest name that stands there
    for name in sorted(members, key=lambda name: (-len(name.key), name.key)):
        for mention in [*name.mentions, *_written(name, texts, lowered)]:
            if (mention.claim, mention.start) not in taken:
                form = mention.form if mention.form in name.forms else _nearest(mention.form, name)
                found[form].append(mention)
                taken.update((mention.claim, at) for at in range(mention.start, mention.end))
    return _with_next(found, texts)


def _with_next(found: Mapping[str, list[Mention]], texts: Sequence[str]) -> dict[str, list[Mention]]:
    """Give the forms of a name with the rare word that always stands behind it, or as they are where none does."""
    longer: dict[str, list[Mention]] = defaultdict(list)
    words: set[str] = set()
    for mention in itertools.chain(*found.values()):
        text = texts[mention.claim]
        word = _NEXT.match(text, mention.end)
        if word is None or rarity(word[1].lower()) < RARE or len(words | {folded(word[1])}) > 1:
            return dict(found)
        words.add(folded(word[1]))
        form = text[mention.start : word.end()]
        longer[form].append(mention._replace(end=word.end(), form=form))
    return longer if sum(map(len, longer.values())) >= ALWAYS else dict(found)


def _written(name: Name, texts: Sequence[str], lowered: Sequence[str]) -> Iterator[Mention]:
    """Give every place that has the letters of a name, unless it is one ordinary word."""
    if len(name.words) == 1 and listed(name.key):
        return
    letters = "[ -]?".join(map(re.escape, name.words))
    pattern = re.compile(rf"(?<![\w@/.-]){letters}(?![\w@/-])", re.IGNORECASE)
    for index in [index for index, text in enumerate(lowered) if name.words[0] in text]:
        for match in pattern.finditer(texts[index]):
            if joined(match[0]) == name.key:
                yield Mention(index, *match.span(), match[0], match.start())


def _nearest(form: str, name: Name) -> str:
    """Give the form of a name that differs least from another way of writing it."""
    return min(name.forms, key=lambda own: (own.lower() != form.lower(), own))


def addressed(names: Cast, members: Iterable[Name]) -> dict[str, list[Mention]]:
    """Give the addresses, handles and paths that have one of several names for a part: "docs.harbor.io", "workshop-harbor"."""
    found: dict[str, list[Mention]] = {}
    keys = [name.key for name in members if name.key.isalpha() and len(name.words) == 1 and strange(name.key)]
    if not keys:
        return found
    part = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, keys))})(?![^\W_])")
    for index, fact in enumerate(names.claims):
        text = fact.value.passage.text
        for match in _ADDRESS.finditer(text) if any(key in text for key in keys) else ():
            if part.search(match[0]):
                found.setdefault(match[0], []).append(Mention(index, *match.span(), match[0], match.start()))
    return found
