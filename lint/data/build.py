"""Make the lexicon that ships with notelint: `python lint/data/build.py VAULT WORD_LIST > lint/data/words.tsv`.

VAULT is a folder of Markdown notes in English, WORD_LIST a file with one word
a line (Debian's `wamerican`, from SCOWL). The lexicon has, a line each: word
in lower case, its rarity (0 the commonest to 99: -10 times the decimal logarithm of
its share of sentences), its capital ratio in percent (how often it is written
large where no sentence begins), and `g` where it is a given name. Words that
fewer than three folders' or videos' notes have are left out, so that nothing
of one note is in it. Not part of a run: only of making a release.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?:])[\"'”’)]*\s+|\n+")
_MARKUP = re.compile(
    r"<[^<>]*>|\[\d[\d:, ]*\]|\[\[[^\]|]*\||[*_`#>\[\]]|\]\([^)]*\)|^---.*?^---", re.DOTALL | re.MULTILINE
)
_VIDEO = re.compile(r"^videoId:\s*(\S+)", re.MULTILINE)
_TITLE_LINE = re.compile(r"^(?:#.*|From: .*|\s*[-*]\s+\*\*.*?\*\*)$", re.MULTILINE)
MIN_SOURCES = 3
MIN_SECOND_NAMES = 6


def main(vault: Path, word_list: Path) -> None:
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    sentences_with: Counter[str] = Counter()
    sources: defaultdict[str, set[str]] = defaultdict(set)
    second: defaultdict[str, set[str]] = defaultdict(set)
    total = 0
    for path in sorted(vault.rglob("*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        declared = _VIDEO.search(text)
        source = declared[1] if declared else str(path)
        text = _MARKUP.sub(" ", _TITLE_LINE.sub("\n", text))
        for sentence in _SENTENCE.split(text):
            words = _WORD.findall(sentence)
            if len(words) < 4:
                continue
            total += 1
            sentences_with.update({word.lower() for word in words})
            for before, word in zip([""] + words, words):
                key = word.lower()
                sources[key].add(source)
                if word[0].islower():
                    lower[key] += 1
                elif before:
                    upper[key] += 1
                    if before[0].isupper() and before[1:].islower() and word[1:].islower():
                        second[before.lower()].add(key)
    listed = {line.strip() for line in word_list.read_text(encoding="utf-8").splitlines()}
    small = {word for word in listed if word.islower() and word.isalpha() and len(word) > 1}
    large = {word.lower() for word in listed if word[:1].isupper() and word.isalpha()} - small

    def ratio(word: str) -> float:
        seen = lower[word] + upper[word]
        return upper[word] / seen if seen else (1.0 if word in large else 0.0)

    kept = {
        word
        for word, where in sources.items()
        if len(where) >= MIN_SOURCES and lower[word] + upper[word] >= MIN_SOURCES
    }
    for word in sorted(kept | small | large):
        rarity = min(99, round(-10 * math.log10(max(1, sentences_with[word]) / total) if word in kept else 60))
        seconds = [name for name in second.get(word, ()) if ratio(name) > 0.85]
        given = (
            len(seconds) >= MIN_SECOND_NAMES
            and ratio(word) > 0.9
            and len(seconds) >= 0.6 * len(second[word])
            and word in large
        )
        share = round(100 * ratio(word))
        if word in small and word not in kept:
            share = 0
        print(word, rarity, share, "g" if given else "", sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
