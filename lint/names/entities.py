"""Names by a trained spaCy pipeline, where a user has one installed and names it in the configuration.

The rules of `names` need no model and find misheard names better (a trained
tagger misses a quarter of them, since they look unlike names); a pipeline adds
names where capitals tell nothing: at the beginnings of sentences, in another
language, in lower case. spaCy is imported only here, and only then.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = frozenset({"PERSON", "PER", "ORG", "PRODUCT", "WORK_OF_ART", "GPE", "LOC", "FAC", "EVENT", "MISC"})
"""The kinds of entity that are names; the rest are numbers, dates and peoples."""

_UNUSED = ("parser", "lemmatizer", "attribute_ruler", "senter")
_AROUND = re.compile(r"\A(?:the|a|an)\s+|(?:['’]s?)\Z|[\s.,;:]+\Z", re.IGNORECASE)


@functools.cache
def pipeline(name: str) -> Language:
    """Load a pipeline by its package's name or its folder; raises OSError when there is none."""
    import spacy

    return spacy.load(name, exclude=list(_UNUSED))


def entities(texts: Sequence[str], name: str) -> list[list[tuple[int, int]]]:
    """Give (start, end) of the names in each text, code points, without article and possessive."""
    found = []
    for document in pipeline(name).pipe(texts, batch_size=64):
        spans = []
        for entity in document.ents:
            if entity.label_ not in LABELS:
                continue
            start, end = entity.start_char, entity.end_char
            while (match := _AROUND.search(document.text[start:end])) is not None and match.end() > match.start():
                if match.start() == 0:
                    start += match.end()
                else:
                    end = start + match.start()
            if end - start > 1 and any(char.isalpha() for char in document.text[start:end]):
                spans.append((start, end))
        found.append(spans)
    return found
