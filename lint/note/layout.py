"""How a note lays out its lines: opening, headings, bold leads, callouts, apostrophes; and what stands out in it.

Each is small, and right in one way or another; what makes it odd is that the
rest of the note, or the other notes on the source, have it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice, pairwise
from operator import eq

Place = tuple[int, int, str]
"""Start and end in the note, in code points, and of which kind the place is."""

MIN_LEADS = 3
"""Bold leads that make a habit of a note."""

MIN_TITLE = 8
"""A callout's title of so many words is its text."""

RARE = 4
"""One apostrophe in so many is a slip, not a habit."""

MAX_OPENING = 80
"""A line that opens notes and is no text of theirs is no longer; code points."""

MAX_EMPTY = 5
"""A note begins within so many lines."""

_HEADING = re.compile(r"(#{1,6})[ \t]+[^\n]*")
_NUMBERED = re.compile(r"#{1,6}[ \t]+(\d{1,2})[.)][ \t]")
_LEAD = re.compile(r"[ \t]*(?:[*+-]|\d{1,3}[.)])[ \t]+\*\*(?=[^\W\d_]|\[\[)([^*\n]{2,200})\*\*([ \t]*)(\S?)(\S?)")
_TITLED = re.compile(r"[ \t]*>[ \t]*\[![A-Za-z][\w-]*\][+-]?[ \t]+([^\n]*)")
_BOLD = re.compile(r"\*\*[^*]{2,80}[^*.,;:!?]\*\*")
_SINGLE = re.compile(r"'(?<![\w'’`]')(?=\w)[^'\n\"“”`|\[\]]{2,60}(?<=[\w,])'(?![\w`])")
_CURLY = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_ITEM = re.compile(r"(?:>|[ \t]*(?:[*+-]|\d{1,3}[.)])[ \t])[ \t]*\S")
_GLUED = re.compile(r"[.!?:>\]*\"”)](#{1,6} [^\W_a-z\d][^\n]*|#{1,6} \[\[[^\n]*)")
_BARRED = re.compile(r"\[\[[^\[\]|]*[^\[\]|\\]\|[^\[\]|]*\]\]")
_ENDED = re.compile(r"[.!?:\])>\"”*]\Z")
_TWICE = re.compile(r"(?<!\S)(\S{2,}+) \1(?!\S)")
_DOUBLED = frozenset(
    "that had very really so no far ha bye blah la etc is do knock you her it on in up out over off by through".split()
)
"""Words that English doubles, and those that may end one clause and begin the next."""

MAX_WRAPPED = 120
"""A note that has a longer line is not wrapped by hand, so that each of its lines is a whole."""


def lines(text: str, body: int, code: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Give the lines of a note's body that are not amid code, whose ranges are in order, with their offsets."""
    at = body
    ranges = iter(code)
    none = (len(text) + 1, len(text) + 1)
    start, end = next(ranges, none)
    for line in text[body:].split("\n"):
        while end <= at:
            start, end = next(ranges, none)
        if not start < at <= at + len(line) < end:
            yield at, line
        at += len(line) + 1


def opening(rows: Sequence[tuple[int, str]]) -> tuple[str, list[Place]]:
    """Give the short line that a note begins with, if an empty one follows it, and its place where none does."""
    for (at, line), (_, below) in pairwise(rows[:MAX_EMPTY]):
        if short := line.rstrip():
            if len(short) > MAX_OPENING or short[0] in "#>|<":
                break
            return ("", [(at, at + len(short), "opening")]) if below.strip() else (short, [])
    return "", []


def leads(rows: Sequence[tuple[int, str]]) -> tuple[list[Place], int]:
    """Give the bold leads of items that no colon parts from the sentence after them, and how many have one.

    Of those with a colon the few are given, too, that have it within the bold
    type where the others have it behind, or the other way round.
    """
    bare: list[Place] = []
    sides: dict[bool, list[Place]] = {True: [], False: []}
    colons = 0
    for at, line in rows:
        if "**" not in line or (found := _LEAD.match(line)) is None:
            continue
        start = at + line.index("**")
        last = found[1].rstrip()[-1]
        if last == ":" or found[3] == ":":
            colons += 1
            if found[1][0] != "[":  # of a link, the colon is seldom a part
                sides[last == ":"].append((start, at + found.end(1) + 2, "side"))
        elif (
            found[2]
            and (last.isalnum() or last in ")]")
            and (found[3].isupper() or (found[3] in '"“[' and found[4].isupper()))
        ):
            bare.append((start, at + found.end(2), "lead"))
    few, many = sorted(sides.values(), key=len)
    return [*bare, *(few if RARE * len(few) <= len(many) else [])], colons


def celled(rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the wiki links in the rows of tables whose bar, without a backslash before it, ends their cell."""
    for at, line in rows:
        if line[:1] == "|" and "[[" in line and line.rstrip()[-1] == "|":
            yield from ((at + found.start(), at + found.end(), "celled") for found in _BARRED.finditer(line))


def headings(rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the headings that end in a colon where most do not, and those of an odd level.

    Odd are the first among lower ones, one two below that of the heading before,
    and another than that of the heading with the number before.
    """
    found = [(at, line.rstrip()) for at, line in rows if line[:1] == "#" and _HEADING.match(line)]
    colons = [(at, at + len(line), "colon") for at, line in found if line[-1] == ":"]
    if 2 * len(colons) < len(found):
        yield from colons
    tops = [(at, at + len(line), "level") for at, line in found if line[1:2] in (" ", "\t")]
    # a note may begin with its title
    if len(found) > 1 and tops and (len(tops) < len(found)):
        yield from (place for place in tops if place[0] != found[0][0])
    for (_, above), (at, line) in pairwise(found):
        if _level(line) > _level(above) + 1:
            yield at, at + len(line), "skipped"
    counted: dict[int, int] = {}  # the last number of each level
    for at, line in found:
        if number := _NUMBERED.match(line):
            level, count = _level(line), int(number[1])
            if count > 1 and counted.get(level) != count - 1 and count - 1 in counted.values():
                yield at, at + len(line), "numbered"
            counted = {above: last for above, last in counted.items() if above < level} | {level: count}


def glued(rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the headings that begin where a sentence ends, in its line, where they are none."""
    for at, line in rows:
        if "# " in line and (found := _GLUED.search(line)) and line[: found.start()].count("`") % 2 == 0:
            yield at + found.start(1), at + len(line.rstrip()), "glued"


def bolds(rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the bold lines that begin a paragraph and end as headings do, in a note that has headings."""
    if not any(line[:1] == "#" for _, line in rows):
        return
    for (_, above), (at, line) in pairwise(rows):
        if line[:2] == "**" and not above.strip() and _BOLD.fullmatch(line.rstrip()):
            yield at, at + len(line.rstrip()), "bold"


def singles(rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the few phrases in single quotation marks among many in double ones; a quotation's own are not meant."""
    few: list[Place] = []
    for at, line in rows:
        for found in _own(line, _SINGLE.finditer(line)) if "'" in line else ():
            few.append((at + found.start(), at + found.end(), "single"))
    if few and RARE * len(few) <= sum(line.count(' "') + line.count(" “") for _, line in rows):
        yield from few


def _level(heading: str) -> int:
    return len(heading) - len(heading.lstrip("#"))


def _own(line: str, places: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Give those of the places of a line, in order, that are the note's own words: in no quotation and no code."""
    at = straight = curly = ticks = 0
    for found in places if line[:1] != ">" else ():
        start = found.start()
        straight += line.count('"', at, start)
        curly += line.count("“", at, start) - line.count("”", at, start)
        ticks += line.count("`", at, start)
        at = start
        if straight % 2 == 0 and curly <= 0 and ticks % 2 == 0:
            yield found


def trailing(rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the sentences right below a list or a quotation, which Markdown takes for a part of it."""
    if max((len(line) for _, line in rows), default=0) <= MAX_WRAPPED:
        return
    for (_, above), (at, line) in pairwise(rows):
        if line[:1].isupper() and ((_ITEM.match(above) and _ENDED.search(above.rstrip())) or _TITLED.match(above)):
            yield at, at + len(line.rstrip()), "trailing"


def callouts(rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the callouts that say in their title what belongs below it."""
    for (at, line), (_, after) in pairwise((*rows, (0, ""))):
        if "[!" not in line or after.lstrip()[:1] == ">":
            continue
        found = _TITLED.match(line)
        if found is not None and found[1].count(" ") >= MIN_TITLE - 1:
            yield at, at + len(line.rstrip()), "titled"


def apostrophes(rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the few apostrophes that are curly among straight ones, or the other way round."""
    if not any("’" in line for _, line in rows):
        return
    curly = [(at, line, found.start()) for at, line in rows for found in _CURLY.finditer(line)]
    straight = [(at, line, found.start()) for at, line in rows for found in _STRAIGHT.finditer(line)]
    few, many = sorted((curly, straight), key=len)
    if few and RARE * len(few) <= len(many):
        for at, line, mark in few:
            start = line.rfind(" ", 0, mark) + 1
            yield at + start, at + mark + 1 + len(line[mark + 1 : mark + 4].split(None, 1)[0]), "apostrophe"


def doubled(text: str, rows: Sequence[tuple[int, str]]) -> Iterator[Place]:
    """Give the words that stand twice in a row, quotations aside: who spoke may have stumbled."""
    words = text.split()
    again = compress(words, map(eq, words, islice(words, 1, None)))
    twice = {one for one in again if len(one) > 1 and one.isalpha() and one.islower()} - _DOUBLED
    for at, line in rows if twice else ():
        for found in _own(line, _TWICE.finditer(line)):
            if found[1] in twice:
                yield at + found.start(), at + found.end(), "doubled-word"
