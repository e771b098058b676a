"""A quantity: a number in a text with what it measures, and whether two of them can both be right."""

from __future__ import annotations

import math
import re

import msgspec

from ..language.words import STOP, stem
from .units import WORDS


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """A number in a text: `text[start:end]` lies between `low` and `high`.

    `dimension` is what is measured: `count`, `percent`, `factor`, `money`,
    `time` (seconds), `length` (metres), `mass` (grams), `bit`, `byte`, `power`
    (watts), `energy` (watt hours), `frequency` (hertz), `ordinal`, `version`,
    `date` (months since the year 0) or `day` (months since a new year).
    `number` is what was written before scale and unit, `unit` that scale and unit;
    `heads` are the stems of the words that it counts. `hedge` is "", "~",
    "<" or ">", `loose` whether the number is only an order of magnitude.
    `per` is the unit after "per" or a slash. `of` says that the heads are what
    the number is a share of: "half of the cases".
    """

    start: int
    end: int
    low: float
    high: float
    dimension: str
    number: float
    unit: str
    heads: tuple[str, ...] = ()
    hedge: str = ""
    loose: bool = False
    per: str = ""
    of: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing says what the number counts: "of these 66"."""
        return self.dimension == "count" and not self.heads

    @property
    def dated(self) -> bool:
        """Whether it is a date, of a known year or of any."""
        return self.dimension in ("date", "day")

    @property
    def seasonal(self) -> tuple[float, float] | None:
        """When in a year a date lies, if it tells a quarter or less: "January 22" of one year is that of any."""
        if not self.dated or self.high - self.low >= YEAR_PART:
            return None
        low = self.low % 12
        return low, low + self.high - self.low


YEAR_PART = 3
"""Months; a date that is as long tells of a year, not when in it."""

MIN_NARROWED = 0.1
"""Share of the larger end by which an end of a range is another; what differs in less is rounded."""

HALF = 0.5 + 1e-9
"""What is added to a number before its whole part is that number rounded; binary fractions miss a half by less than the rest."""

_HEDGE = re.compile(
    r"(?:(?P<about>\b(?:about|around|approximately|approx\.?|roughly|some|close to|estimated|an estimated|maybe|perhaps|circa|or so)|~)"
    r"|(?P<over>\b(?:over|more than|above|at least|exceeding|exceeds|exceed|surpassing|minimum of|north of|greater than|upwards of|beyond)|[>≥])"
    r"|(?P<under>\b(?:under|less than|fewer than|below|up to|at most|as many as|as much as|maximum of|nearly|almost|within|no more than|just under|sub)|[<≤]))"
    r"\s?(?:a |an |the )?\Z",
    re.IGNORECASE,
)
_HEDGING = tuple(
    "~ > ≥ < ≤ about around approximately approx approx. roughly some to estimated maybe perhaps circa so over than above least exceeding "
    "exceeds exceed surpassing of beyond under below most as nearly almost within sub a an the".split()
)
"""How a text ends that has a hedge at its end, one of them; told in a tenth of the time."""
_HEADS = re.compile(r"[\s-]?(?:\([^()]*\)\s)?((?:[\w'’-]+[ ]?){1,4})")
_NO_HEAD = frozenset(
    [
        "px",
        "pixel",
        "pixels",
        "thing",
        "things",
        "way",
        "ways",
        "time",
        "example",
        "examples",
        "one",
        "ones",
        "more",
        "less",
        "new",
        "different",
        "other",
        "additional",
        "key",
        "main",
        "major",
        "distinct",
        "separate",
        "full",
        "whole",
        "total",
        "old",
    ]
)


def hedge(text: str, start: int) -> str:
    """Give what stands before a number: "~" for about, ">" for more than, "<" for less than, or ""."""
    before = text[max(0, start - 16) : start]
    if not before.lower().rstrip().endswith(_HEDGING):
        return ""
    match = _HEDGE.search(text, max(0, start - 16), start)
    if match is None:
        return ""
    return "~" if match["about"] else ">" if match["over"] else "<"


def heads_after(text: str, end: int) -> tuple[str, ...]:
    """Give the stems of up to three words that follow a number: what it counts."""
    match = _HEADS.match(text, end)
    if match is None:
        return ()
    heads = []
    for word in re.split(r"[\s-]", match[1]):
        lowered = word.lower().strip("'’")
        if not lowered or lowered[0].isdigit() or lowered in STOP or lowered in WORDS:
            break
        if lowered not in _NO_HEAD:
            heads.append(stem(lowered))
    return tuple(heads[:3])


_WHOLE = re.compile(r"\s(?:of\s)?(?:all\s)?(?:the|its|their|his|her|our|these|those)\s|\sof\s(?:all\s)?")


def whole_after(text: str, end: int) -> tuple[str, ...]:
    """Give the stems of what follows a share, if the text says that it is a share of that."""
    match = _WHOLE.match(text, end)
    return () if match is None else heads_after(text, match.end())


def comparable(one: Quantity, other: Quantity) -> bool:
    """Say whether two quantities may be of one thing: of one dimension, and of what counts or parts the same."""
    if one.dimension != other.dimension:
        return {one.unit, other.unit} == {"by fraction", "x"} or (
            one.seasonal is not None and other.seasonal is not None
        )
    if one.per and other.per and one.per != other.per:
        return False
    if one.bare and other.bare:
        return True
    if one.dimension in ("count", "version", "ordinal"):
        return not set(one.heads).isdisjoint(other.heads)
    if one.of or other.of:
        return not (one.heads and other.heads) or not set(one.heads).isdisjoint(other.heads)
    return True


def compatible(one: Quantity, other: Quantity) -> bool:
    """Say whether two quantities of one dimension can both be right of one thing: equal, rounded, hedged or containing."""
    if one.dimension != other.dimension:
        if one.seasonal is None or other.seasonal is None:
            return False
        (low, high), (least, most) = one.seasonal, other.seasonal
        return low <= most and least <= high
    if one.low <= other.high and other.low <= one.high:
        return not _narrowed(one, other)
    small, large = (one, other) if one.high < other.low else (other, one)
    if one.dated or one.dimension in ("version", "ordinal"):
        return False
    gap, top = large.low - small.high, max(abs(large.low), 1e-12)
    relative = gap / top
    if (
        relative <= 0.02
        or (one.hedge and other.hedge and relative <= 0.25)
        or ((one.hedge or other.hedge) and relative <= 0.15)
    ):
        return True
    # "up to 50" holds what is less, "over 20" what is more
    if large.hedge == "<" and small.high >= 0.3 * large.low:
        return True
    if small.hedge == ">" != large.hedge and large.low <= 3 * small.high and not large.loose:
        return True
    if one.unit != other.unit and one.dimension == "time" and relative <= 0.2:
        return True
    return _rounds(small, large)


def _narrowed(one: Quantity, other: Quantity) -> bool:
    """Say whether two ranges that overlap are not the same: "three to five times", "four to five times"."""
    if one.dated or one.loose or other.loose or one.low == one.high or other.low == other.high:
        return False
    return max(abs(one.low - other.low), abs(one.high - other.high)) > MIN_NARROWED * max(one.high, other.high)


def _rounds(small: Quantity, large: Quantity) -> bool:
    """Say whether one value is the other with fewer digits, a half rounded up: 1.3 for 1.25, 80 for 75, but not 70."""
    for coarse, fine in ((small, large), (large, small)):
        if coarse.low != coarse.high or fine.low != fine.high or not coarse.low:
            continue
        digits = _significant(coarse.low)
        if digits < _significant(fine.low):
            step = 10 ** (math.floor(math.log10(abs(coarse.low))) - digits + 1)
            if math.floor(fine.low / step + HALF) == round(coarse.low / step) and step <= 0.2 * abs(coarse.low):
                return True
    return False


def slip(one: Quantity, other: Quantity) -> bool:
    """Say whether two values are one slip of the pen apart: of three digits or more all but one are the same, or all are."""
    if one.low != one.high or other.low != other.high or one.unit != other.unit:
        return False
    first, second = _digits(one.low), _digits(other.low)
    if len(first) < 3 or len(first) != len(second):
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) <= 1


def _significant(value: float) -> int:
    return max(1, len(_digits(value)))


def _digits(value: float) -> str:
    return f"{value:.12g}".partition("e")[0].replace(".", "").strip("0")
