"""Quantities and dates as notes write them, read to intervals of a dimension.

One regular expression finds where a number may stand; what is around it says
what it is. Digits and words ("twenty-five", "a couple of"), scales (k, M, bn,
lakh, crore), percent, fractions and shares ("1 in 7"), multiples ("10x",
"tenfold"), money, measures, versions ("GPT-4", "GPT-4o"), years, months, quarters, decades,
ranges and hedges are read. Clock times, ratios, scores, numbered headings and
parts of identifiers are not quantities.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Set as AbstractSet

from ..language.words import STOP, bag, lexicon, stem
from .dates import MONTH_WORDS, MONTHS, dates
from .quantity import Quantity, heads_after, hedge, whole_after
from .shares import VAGUE, shares, telling, vague
from .units import CURRENCIES, LOWER, PLAIN, SCALE, UNIT, UNITS, WORD, WORDS, scale_of, value_of

_NUMBER = re.compile(
    r"(?P<currency>US\$|[$€£₹¥]|\bRs\.?\s)?"
    rf"(?<![\w.,:/–-])(?P<n>(?:\b(?:an?|one|half an?)\s(?={SCALE}|dozen))?{PLAIN}?)(?P<s1>\s?-?(?:k|K|M|m|B|b|T)(?!\w)|(?:[\s-]|(?<=\s))?(?i:(?:{SCALE})\b(?:\s(?:{SCALE})\b)?)|\+ (?:{SCALE})\b)?"
    r"(?P<plus>\+| plus\b)?"
    r"(?P<echo>\s?(?:%|x|[A-Za-z]{1,3}|percent|years|months|weeks|days|hours|minutes|seconds)(?=\s?(?:-|–|—|to)\s?[$€£₹¥]?\d))?"
    rf"(?:\s?(?P<to>-|–|—|to|and|or)\s?(?P<currency2>[$€£₹¥])?(?P<n2>{PLAIN})(?P<s2>\s?(?:k|K|M|m|B|b|T)(?!\w)|[\s-](?:{SCALE})\b)?)?"
    r"(?P<ordinal>st|nd|rd|th)?(?!\d|:\d|[.,]\d)",
)
_STARTS = re.compile(
    rf"[$€£₹¥]|(?<![\w.,])\d|\b(?:{WORD}|{SCALE}|a (?:couple|dozen|few)|half|third|tenth|quarter)\b", re.IGNORECASE
)
_DIGITS = re.compile(r"[\d$€£₹¥](?:(?<=[$€£₹¥])|(?<![\w.,]\d))")
"""The same where no word is a number: begins with a set of characters, for which a search is quick."""
_VERSION = re.compile(
    r"\b(?P<name>[a-z]?[A-Z][A-Za-z]*[A-Z][A-Za-z]*|i[A-Z][a-z]+|[A-Z][a-z]+|o|v|[A-Z]{2,})(?P<gap>-| )?(?P<version>\d{1,2}(?:\.\d{1,2})?)(?P<letter>(?<=[- ]\d)[a-rt-z])?(?![\w%:]|,\d|-\d|\.\d| ?(?:percent|million|billion|thousand|years?|months?|days?|hours?|minutes?))"
)
_BEFORE = re.compile(
    r"(?:[A-Za-z_]-?|[A-Za-z\d]/|#|\bv\.?|\b(?:chapter|episode|figure|system|step|part|level|phase|section|type|article|no\.|number|version|"
    r"page|week|day|tip|lesson|point|question|rule|stage|season|round|slide|tier|generation|gen|web|class|grade|option|highway|route|"
    r"volume|vol\.|season|series|chapter|formula|group|area|studio|apollo|windows|python|java)\s)\Z",
    re.IGNORECASE,
)
_LABELS = tuple(
    "chapter episode figure system step part level phase section type article no. number version page week day tip lesson point question "
    "rule stage season round slide tier generation gen web class grade option highway route volume vol. series formula group area studio "
    "apollo windows python java".split()
)
"""The words of it, one of which a text ends with that it finds at a space."""
_ZERO = re.compile(r"0\d")
_ITEM = re.compile(r"[.)]\s")
_ARTICLE = re.compile(r"\b(?:an?|one|the|over|per|of|about)\s\Z")
_BETWEEN = re.compile(r"\bbetween\s[$€£₹¥]?\Z")
_EACH = re.compile(r"\s(?:a|per|in|each)\b")
_NAMED = re.compile(r"\b([A-Z][a-z]+)\s\Z")
_AFTER = re.compile(r"(?:[-–]\d|:\d|/\d|\s?(?:AM|PM|am|pm|a\.m|p\.m)\b|-(?:one|two|three|four)\b)")
_PER = re.compile(r"\s?(?:/|\bper\s|\ban?\s|\bevery\s|\bp)(?P<per>[a-z]+)")
_FOR_EACH = bag("year month week day hour minut second s user person mil")
"""Stems of what quantities are counted for."""
_ANOTHER = re.compile(r"[\s-]?(?:another|by)(?![a-z])", re.IGNORECASE)
_UNSURE = frozenset(["t", "m", "in", "s"])
"""Units that are as often something else: "400 m", "5 in"."""

_DIGIT = re.compile(r"[\d$€£₹¥]")
_LETTERS = re.compile(r"[a-z]+")
_TELLING = (
    frozenset(WORDS)
    | bag("""
    hundred hundreds thousand thousands million millions billion billions trillion trillions lakh lakhs crore crores
    bn mn tn tens dozen dozens couple few several half third thirds quarter quarters fifth fifths tenth tenths hundredth hundredths twice double triple quadruple
""")
    | MONTH_WORDS
)
"""Words of which a quantity without a digit has one, but for "tenfold"."""

_COUNTED = frozenset(["couple", "dozen", "few"])
_BEGINNING = frozenset(word for word in _TELLING if _STARTS.fullmatch(word))
"""Words with which a number begins; the others do so with an "a" before them."""


@functools.lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Give the quantities of a text in the order in which they stand there."""
    lowered = text.lower()
    digit = _DIGIT.search(text) is not None
    told = _TELLING.intersection(_LETTERS.findall(lowered))
    words = bool(told) or "fold" in lowered
    if not digit and not words:
        return ()  # most texts; the expressions below take ten times as long to say so
    starts = _starts(text, lowered, told)
    dated = digit or not MONTH_WORDS.isdisjoint(told)
    if not (starts or dated or telling(text)):
        return ()
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a or b <= start for a, b in taken)

    for fresh in (
        dates(text) if dated else (),
        shares(text, lowered, told),
        vague(text) if not VAGUE.isdisjoint(told) else (),
        _versions(text) if digit else (),
        _numbers(text, starts),
    ):
        for quantity in fresh:
            if free(quantity.start, quantity.end):
                found.append(quantity)
                taken.append((quantity.start, quantity.end))
    found.sort(key=lambda quantity: quantity.start)
    return tuple(found)


def _starts(text: str, lowered: str, told: AbstractSet[str]) -> list[int]:
    """Give where a number may begin: at a digit, a sign of money or one of the words that are told."""
    if len(lowered) != len(text):  # a capital that is two letters when small
        return [match.start() for match in _STARTS.finditer(text)]
    found = [match.start() for match in _DIGITS.finditer(text)]
    for word in told:
        if word not in _BEGINNING and word not in _COUNTED:
            continue
        at = lowered.find(word)
        while at >= 0:
            end = at + len(word)
            if end == len(lowered) or not (lowered[end].isalnum() or lowered[end] == "_"):
                start = at - 2 if word in _COUNTED and lowered.startswith("a ", max(0, at - 2), at) else at
                if (start < at or word in _BEGINNING) and (
                    start == 0 or not (lowered[start - 1].isalnum() or lowered[start - 1] == "_")
                ):
                    found.append(start)
            at = lowered.find(word, end)
    found.sort()
    return found


def _versions(text: str) -> list[Quantity]:
    found = []
    for match in _VERSION.finditer(text):
        name = match["name"]
        if name.lower() in STOP or name.lower() in MONTHS or (match["gap"] == " " and _BEFORE.search(name + " ")):
            continue
        if match["gap"] == " " and (
            match.start() == 0 or text[max(0, match.start() - 2) : match.start()].rstrip()[-1:] in ".:!?*("
        ):
            # a capital that only begins the sentence names nothing
            continue
        if len(name) == 1 and match["gap"]:
            continue
        # "GPT-4o" is no "GPT-4", and no letter is as much as a digit
        value = float(match["version"]) + ord(match["letter"] or "\0") / 1e6
        found.append(
            Quantity(match.start(), match.end(), value, value, "version", value, name.lower(), (name.lower(),))
        )
    return found


def _numbers(text: str, starts: list[int]) -> list[Quantity]:
    found: list[Quantity] = []
    for start in starts:
        place = _NUMBER.match(text, start)
        if place is None or place.end() == place.start() or (found and place.start() < found[-1].end):
            continue
        quantity = _number(text, place)
        if quantity is not None:
            found.append(quantity)
    return found


def _value(text: str, match: re.Match[str], written: str, scale_word: str, before: str) -> float | None:
    """Give the first value of a number without its scale, None where what stands there or around it is none."""
    start, end = match.span()
    if (
        not (written or scale_word)
        or (not match["currency"] and _labelled(before))
        or _ZERO.match(written)
        or _AFTER.match(text, end)
        or (start == 0 and _ITEM.match(text, end, end + 2))
        or not (written or match["currency"] or _ARTICLE.search(before))
    ):
        return None
    if written.startswith("half a"):
        return 0.5
    return 1.0 if written in ("", "a", "an") else value_of(written)


def _second(match: re.Match[str], value: float, before: str) -> float | None:
    """Give the second value of a range without its scale, None where there is no range."""
    second = value_of(match["n2"]) if match["n2"] else None
    if match["to"] == "and" and not _BETWEEN.search(before):
        return None
    return None if second is not None and match["to"] == "or" and second <= value else second


def _measured(text: str, match: re.Match[str], end: int) -> tuple[str, float, str, int] | None:
    """Give dimension, factor, unit and end of what a number measures that ends there; None of what it only counts."""
    if match["ordinal"]:
        return "ordinal", 1.0, "", end
    if currency := (match["currency"] or match["currency2"] or "").strip():
        return "money:" + CURRENCIES[currency.lower()], 1.0, currency, end
    after = UNIT.match(text, end)
    known = (UNITS.get(after["unit"]) or LOWER.get(after["unit"].lower())) if after is not None else None
    if after is None or known is None or after["unit"] in _UNSURE:
        return None
    dimension, factor = known
    if after["unit"] == "times" and dimension == "factor" and _EACH.match(text, after.end(), after.end() + 5):
        return "count", factor, "times", end
    end = after.end()
    if dimension in ("bit", "byte") and text[end : end + 2] in ("/s", "ps"):
        end += 2
    return dimension, factor, after["unit"], end


def _per(text: str, end: int) -> str:
    """Give the stem of what a quantity is counted for that ends there, "" where it is for nothing."""
    found = _PER.match(text, end)
    per = stem(found["per"]) if found is not None else ""
    return per if per in _FOR_EACH else ""


def _number(text: str, match: re.Match[str]) -> Quantity | None:
    """Give the quantity that a number is, None where it is none: a label, a time, a word that only looks like one."""
    start, end = match.span()
    written = match["n"].strip().lower()
    scale_word = (match["s1"] or "").strip(" -+")
    before = text[max(0, start - 24) : start]
    value = _value(text, match, written, scale_word, before)
    if value is None:
        return None
    scale, second_scale = scale_of(scale_word), scale_of((match["s2"] or "").strip(" -"))
    second = _second(match, value, before)
    if second is None and match["n2"]:
        end = match.end("plus") if match["plus"] else match.end("s1") if match["s1"] else match.end("n")
    if second is not None and second_scale != 1 and scale == 1:
        scale = second_scale
    elif second is not None and second_scale == 1:
        second_scale = scale
    measured = _measured(text, match, end)
    if measured is None:
        if (
            (written in ("one", "") and scale == 1 and second in (None, value))
            or (not scale_word and _named(before))
            or written == "zero"
            or (scale == 1 and written in WORDS and _ANOTHER.match(text, end))
        ):
            return None
        measured = "count", 1.0, "", end
    dimension, factor, unit, end = measured
    if dimension == "percent" and scale != 1:
        return None
    if dimension == "bit" and unit in ("bit", "bits") and text.startswith(" of ", end):
        return None
    low, high = value * scale * factor, (value * scale if second is None else second * second_scale) * factor
    echo = LOWER.get((match["echo"] or "").strip().lower())
    if echo is not None and second is not None and echo[0] == dimension:
        low = value * scale * echo[1]
    if high < low:  # what falls "from 33 to 28" has been both
        low, high = high, low
    # a "trillion-dollar business" is one of a trillion or more
    least = scale_word and written in ("", "a", "an") and text.startswith("-", match.end("s1"))
    hedged = ">" if match["plus"] or "+" in (match["s1"] or "") or least else hedge(text, start)
    heads = heads_after(text, end) if dimension in ("count", "time", "ordinal", "factor", "percent") else ()
    whole = whole_after(text, end) if dimension == "percent" and not heads else ()
    label = (
        f"{scale_word or (match['s2'] or '').strip(' -')} {unit}".strip().lower()
        if dimension not in ("bit", "byte")
        else unit
    )
    return Quantity(
        start, end, low, high, dimension, value, label, heads or whole, hedged, False, _per(text, end), bool(whole)
    )


def _labelled(before: str) -> bool:
    """Say whether a number is part of a word or of a label: "B2B", "chapter 4"."""
    last = before[-1:]
    if last.isspace() and not before[:-1].lower().endswith(_LABELS):
        return False
    return last not in "([“\"'‘$€£~" and _BEFORE.search(before) is not None


def _named(before: str) -> bool:
    """Say whether a number follows a name, of which it is then a part: "Sonnet 4"."""
    match = _NAMED.search(before) if before[-1:].isspace() else None
    if match is None:
        return False
    entry = lexicon().get(match[1].lower())
    return entry is None or entry.capital >= 50
