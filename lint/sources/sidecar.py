"""Which note a transcript belongs to: by its file's name, or by the name that the note's front matter gives it.

Names travel in the sketches from which notes without a source are put with
one (`sketch`): a note answers to `~`, a transcript asks by `?`, and the digit
that follows ranks them: named in front matter, the same folder, the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..model import Sharing
from ..note.claims import Header

MARKS = "~?"
"""How the forms of this module begin; they tell nothing of what a note is about."""


def names(header: Header, path: str) -> Iterator[str]:
    """Give the names that the document at `path` answers to or asks by."""
    folder = path.rpartition("/")[0]
    if header.kind == "note":
        if header.transcript:
            named = header.transcript.strip("[]").partition("|")[0].rpartition("/")[2]
            yield "~1" + (named.rpartition(".")[0] or named)
        yield f"~2{folder}/{header.stem}"
        yield f"~3{header.stem}"
    elif header.kind == "transcript":
        for stem in (header.stem, header.stem.rpartition(".")[0]):  # talk.en.vtt
            if stem:
                yield f"?1{stem}"
                yield f"?2{folder}/{stem}"
                yield f"?3{stem}"


def transcripts(undeclared: Mapping[str, frozenset[str]]) -> set[str]:
    """Give the paths of the documents that ask for a note."""
    return {path for path, forms in undeclared.items() if any(form[0] == "?" for form in forms)}


def attach(
    undeclared: Mapping[str, frozenset[str]], declared: Mapping[str, frozenset[str]], shared: Iterable[Sharing]
) -> list[Sharing]:
    """Give the sharings of transcripts: with the source, or the note alone, that answers to their name.

    `shared` says where the notes without a source went. A name that two
    sources answer to finds neither.
    """
    asking = transcripts(undeclared)
    if not asking:
        return []
    homes = {sharing.path: sharing.source for sharing in shared}
    answers: dict[str, set[str]] = {}
    for key, forms in [
        *declared.items(),
        *((homes.get(path, f"note:{path}"), undeclared[path]) for path in undeclared),
    ]:
        for form in forms:
            if form[0] == "~":
                answers.setdefault(form, set()).add(key)
    found = []
    for path in sorted(asking):
        for asked in sorted(form for form in undeclared[path] if form[0] == "?"):
            owners = answers.get("~" + asked[1:], set())
            if len(owners) == 1:
                name = asked[2:].rpartition("/")[2]
                found.append(Sharing(path, next(iter(owners)), (f"the transcript is named {name}, as a note says",)))
                break
    return found
