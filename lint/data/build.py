"""Make the lexicon that ships with notelint: `python lint/data/build.py VAULT WORD_LIST GIVEN... > lint/data/words.tsv`.

VAULT is a folder of Markdown notes in English, WORD_LIST a file with one word
a line (Debian's `wamerican`, from SCOWL, free for any use), GIVEN are files
with a given name at the beginning of each line (those of the 1990 United
States census, public domain: `dist.male.first` and `dist.female.first`).

The lexicon has a line for each kind of word: rarity (0 the commonest to 99:
-10 times the decimal logarithm of the share of sentences), capital ratio in
percent (how often the word is written large where no sentence begins), flags,
and then the words of that kind in lower case. Flags are `g` for a given name
and `l` for a word that the word list has written small. Words that fewer than
three sources have are left out, so that nothing of one source is in it; a note
without `videoId` is a source of its own. Not part of a run: only of making a release.
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
NO_GIVEN = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "sunday",
        "america",
        "asia",
        "africa",
        "india",
        "israel",
        "egypt",
        "german",
        "france",
        "argentina",
        "nevada",
        "houston",
        "florida",
        "carolina",
        "porsche",
        "tesla",
        "un",
        "san",
        "el",
        "la",
        "le",
        "al",
        "mac",
        "ai",
    ]
)
"""Given names of the census that notes have as something else."""


def main(vault: Path, word_list: Path, given_lists: list[Path]) -> None:
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    sentences_with: Counter[str] = Counter()
    sources: defaultdict[str, set[str]] = defaultdict(set)
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
            for before, word in zip(["", *words], words, strict=False):
                key = word.lower()
                sources[key].add(source)
                if word[0].islower():
                    lower[key] += 1
                elif before:
                    upper[key] += 1
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
    census = {
        line.split()[0].lower()
        for path in given_lists
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    }
    kinds: defaultdict[tuple[int, int, str], list[str]] = defaultdict(list)
    for word in sorted(kept | small | large | census):
        rarity = min(99, round(-10 * math.log10(max(1, sentences_with[word]) / total) if word in kept else 60))
        # "Will" and "Rich" are given names too, but mostly words
        given = word in census and word not in NO_GIVEN and (ratio(word) > 0.6 if word in kept else word not in small)
        share = round(100 * ratio(word))
        if word not in kept:
            share = 0 if word in small else 100
        flags = ("g" if given else "") + ("l" if word in small else "")
        kinds[rarity, share, flags].append(word)
    for (rarity, share, flags), words in sorted(kinds.items()):
        print(rarity, share, flags, " ".join(words), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
