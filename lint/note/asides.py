"""What a note says of its own making: words around the text, talk of the transcript, guesses at what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Note
from .layout import Place

_PREAMBLE = re.compile(
    r"(?:(?:sure|certainly|of course|okay|absolutely|great)\b[,!. ]+)?"
    r"(?:(?:below|here)(?: is|'s|’s| are) (?:the|a|an|your|my)\b[^.\n]{0,80}?"
    r"\b(?:article|summary|notes?|markdown|transcript|version|draft|document|outline|rewrite|translation)\b"
    r"[^\n]{0,120}[:.]|as an ai (?:language )?model\b[^\n]*|(?:sure|certainly|of course)[,!][^\n]{0,160}:)\s*\Z",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:please )?let me know if\b|i hope (?:this|that) helps|would you like me to\b|feel free to (?:ask|reach out|let me)\b)"
    r"[^\n]{0,200}\Z",
    re.IGNORECASE,
)
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*(?:markdown|md|text|txt)?[ \t]*\r?\n(.*)\n\1[ \t]*\Z", re.DOTALL)
_THE = r"(?:the|this)(?: (?:provided|given|original|video|full))?"
_OWN = re.compile(rf"\b(?:{_THE}|provided|in|from) transcript\b", re.IGNORECASE)
_TALK = re.compile(
    rf"\b(?:(?:in|of|from|by) {_THE} transcript\b|(?:in|from) transcript\b|(?:the )?provided transcript\b"
    rf"|{_THE} transcript (?:also |\w+ly )?(?:doesn't|does not|(?!as\b|is\b|was\b|has\b)[a-z]+s\b))",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"[(–—-] ?(?:though |or )?(?:an? )?(?:likely|possibly|presumably|probably|perhaps|apparently) (?:an? )?"
    r"(?:misspoken |misheard )?"
    r"(?:(?:references? to|refer(?:s|ring) to|mean(?:t|s|ing)|mis(?:spelling|hearing))(?!\w)|[\"“`*])[^()\n]{0,40}"
)


def asides(note: Note) -> Iterator[Place]:
    """Give the `talk` of the transcript that the note was made from, and each `guess` at what was said."""
    text, body = note.text, note.body
    yield from ((*found.span(), "guess") for found in _GUESS.finditer(text, body))
    if "ranscript" in text and not _on_transcripts(note):
        yield from ((*found.span(), "talk") for found in _TALK.finditer(text, body))


def _on_transcripts(note: Note) -> bool:
    """Say whether a note speaks of other transcripts than its own, or of transcribing: then they are its subject."""
    said = f"{note.metadata.get('title', '')} {note.text[note.body :]}".lower().count("transcri")
    return said > len(_OWN.findall(note.text, note.body))


def around(text: str, body: int) -> Iterator[Place]:
    """Give what stands around the text of a note and is none of it.

    Kinds: `preamble` and `closing`, which speak to the person who asked for it, and `fence` around the whole note.
    """
    start = body
    while start < len(text) and text[start].isspace():
        start += 1
    if text.startswith("From:", start):
        start = text.find("\n", start)
        while 0 <= start < len(text) and text[start].isspace():
            start += 1
    if not 0 <= start < len(text):
        return
    stop = text.find("\n", start)
    first_line = text[start : stop if stop >= 0 else len(text)].rstrip()
    if len(first_line) < 300 and _PREAMBLE.match(first_line):
        yield start, start + len(first_line), "preamble"
    if first_line.startswith(("```", "~~~")):
        whole = _FENCE.fullmatch(text[start:].rstrip())
        if whole is not None and whole[1] not in whole[2]:
            yield start, start + len(first_line), "fence"
    tail = text[max(start, len(text) - 400) :].rstrip()
    last_line = tail[tail.rfind("\n") + 1 :]
    if last_line and _CLOSING.match(last_line):
        end = len(text.rstrip())
        yield end - len(last_line), end, "closing"
