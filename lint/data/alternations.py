"""Make the table of words that are a choice of wording: `python lint/data/alternations.py VAULT > lint/data/alternations.tsv`.

VAULT is a folder of notes, several on each source. Where notes on three or
more sources put one word for another in sentences that are otherwise alike
("crucial", "critical"), the two mean the same there, and a difference between
them is no conflict. A line has two stems, tab between. Pairs that fewer sources
have are left out, so that nothing of one source is in it. Not part of a run:
only of making a release.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / ".src"))

from notelint.lint.engine import group
from notelint.lint.language.words import STOP, TOKEN, stem
from notelint.lint.note import claims
from notelint.lint.note.read import read
from notelint.lint.statements.align import align

MIN_SOURCES = 3
MIN_SCORE = 0.5
MIN_RATIO = 60
MAX_WORDS = 4
KEYS = ("videoId", "video_id", "source", "url", "episode")


def main(vault: Path) -> None:
    counted: defaultdict[tuple[str, str], int] = defaultdict(int)
    for met in alternations(vault):
        for found in met:
            counted[found] += 1
    for found in sorted(counted):
        if counted[found] >= MIN_SOURCES:
            print(*found, sep="\t")


def alternations(vault: Path) -> Iterator[set[tuple[str, str]]]:
    """Give for each source the stems of which one stands in a claim where the other stands in an aligned one."""
    notes: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(vault.rglob("*.md")):
        note = read(str(path), path.read_bytes(), KEYS)
        if note.source is not None:
            notes[note.source].append(path)
    for source in sorted(notes):
        if len(notes[source]) < 2:
            continue
        facts = [fact for path in notes[source] for fact in claims.by_source(read(str(path), path.read_bytes(), KEYS))]
        aligned = align(group(source, facts))
        tokens: dict[int, list[str]] = {}
        met: set[tuple[str, str]] = set()
        for pair in aligned.pairs:
            if pair.score < MIN_SCORE:
                continue
            for index in (pair.first, pair.second):
                if index not in tokens:
                    tokens[index] = [word.lower() for word in TOKEN.findall(aligned.claims[index].value.text)]
            one, other = tokens[pair.first], tokens[pair.second]
            for change in Levenshtein.opcodes(one, other):
                if change.tag == "replace":
                    before = one[change.src_start : change.src_end][:MAX_WORDS]
                    after = other[change.dest_start : change.dest_end][:MAX_WORDS]
                    met.update(_pairs(before, after))
        yield met


def _pairs(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Pair the words of two stretches: the only ones, or those that are spelled alike."""
    alone = len(before) == 1 == len(after)
    for a in before:
        for b in after:
            told = a.isalpha() and b.isalpha() and not {a, b} & STOP and stem(a) != stem(b)
            if told and (alone or fuzz.ratio(a, b) >= MIN_RATIO):
                yield min(stem(a), stem(b)), max(stem(a), stem(b))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
