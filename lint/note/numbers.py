"""Quantities and dates as notes write them, read to intervals of a dimension.

One regular expression finds where a number may stand; what is around it says
what it is. Digits and words ("twenty-five", "a couple of"), scales (k, M, bn,
lakh, crore), percent, fractions and shares ("1 in 7"), multiples ("10x",
"tenfold"), money, measures, versions ("GPT-4"), years, months, quarters, decades,
ranges and hedges are read. Clock times, ratios, scores, numbered headings and
parts of identifiers are not quantities.
"""

from __future__ import annotations

import functools
import math
import re

import msgspec

from .words import STOP, lexicon, stem


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """A number in a text: `text[start:end]` lies between `low` and `high`.

    `dimension` is what is measured: `count`, `percent`, `factor`, `money`,
    `time` (seconds), `length` (metres), `mass` (grams), `bit`, `byte`, `power`
    (watts), `energy` (watt hours), `frequency` (hertz), `ordinal`, `version`,
    `date` (months since the year 0) or `day` (months since a new year).
    `number` is what was written before scale and unit, `unit` that scale and unit;
    `heads` are the stems of the words that it counts. `hedge` is "", "~",
    "<" or ">", `loose` whether the number is only an order of magnitude.
    `per` is the unit after "per" or a slash.
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


_ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_WORDS = _ONES | _TENS
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "crore": 1e7,
    "crores": 1e7,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "t": 1e12,
}
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "us$": "USD", "rs": "INR", "rs.": "INR"}
_UNITS: dict[str, tuple[str, float]] = {
    "percent": ("percent", 1),
    "%": ("percent", 1),
    "dollars": ("money:USD", 1),
    "dollar": ("money:USD", 1),
    "bucks": ("money:USD", 1),
    "cents": ("money:USD", 0.01),
    "euros": ("money:EUR", 1),
    "euro": ("money:EUR", 1),
    "rupees": ("money:INR", 1),
    "yen": ("money:JPY", 1),
    "x": ("factor", 1),
    "times": ("factor", 1),
    "fold": ("factor", 1),
}
for _dimension, _table in {
    "time": "ms millisecond milliseconds 0.001|second seconds sec secs 1|minute minutes min mins 60|hour hours hr hrs 3600|"
    "day days 86400|week weeks 604800|month months 2629800|year years yr yrs 31557600|"
    "decade decades 315576000|century centuries 3155760000",
    "length": "nm nanometer nanometers nanometre nanometres 1e-9|mm millimeter millimeters 0.001|"
    "cm centimeter centimeters 0.01|inch inches 0.0254|foot feet ft 0.3048|"
    "meter meters metre metres 1|km kilometer kilometers kilometre kilometres 1000|mile miles 1609.34",
    "mass": "mg milligram milligrams 0.001|gram grams 1|kg kilogram kilograms kilos 1000|pound pounds lb lbs 453.59|"
    "ton tons tonne tonnes 1e6",
    "power": "watt watts W 1|kW kilowatt kilowatts 1e3|MW megawatt megawatts 1e6|GW gigawatt gigawatts 1e9|"
    "TW terawatt terawatts 1e12|hp horsepower 745.7",
    "energy": "Wh 1|kWh 1e3|MWh 1e6|GWh 1e9",
    "frequency": "Hz hertz 1|kHz 1e3|MHz megahertz 1e6|GHz gigahertz 1e9",
    "bit": "bit bits bps 1|Kb Kbps kbps kilobit kilobits 1e3|Mb Mbps megabit megabits Mbit Mbits 1e6|"
    "Gb Gbps gigabit gigabits Gbit Gbits 1e9|Tb Tbps terabit terabits 1e12",
    "gig": "gig gigs 1e9",
    "byte": "byte bytes 1|KB kilobyte kilobytes 1e3|MB MBps megabyte megabytes 1e6|GB GBps gigabyte gigabytes 1e9|"
    "TB TBps terabyte terabytes 1e12|PB petabyte petabytes 1e15",
}.items():
    for _row in _table.split("|"):
        *_names, _factor = _row.split()
        for _name in _names:
            _UNITS[_name] = (_dimension, float(_factor))
_LOWER = {name.lower(): unit for name, unit in _UNITS.items() if unit[0] not in ("bit", "byte")} | {
    name: unit for name, unit in _UNITS.items() if unit[0] in ("bit", "byte")
}

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ]
    )
    for name in names.split()
}
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10, "hundredth": 100}
_FUZZY = {"couple": (2, 3), "dozen": (12, 12), "several": (2, 20)}

_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALE = r"hundred|thousand|million|billion|trillion|lakhs?|crores?|bn|mn|tn"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_PLAIN = rf"(?:\d{{1,3}}(?:,\d{{2,3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:{_WORD})(?:[- ](?:{_WORD})\b)?)"

_DATE = re.compile(
    rf"\b(?P<md>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:.,]\d)(?:,?\s(?P<mdy>(?:1[5-9]|20)\d\d)\b)?"
    rf"|\b(?P<dm_day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<dm>{_MONTH})(?:,?\s(?P<dmy>(?:1[5-9]|20)\d\d)\b)?"
    rf"|\b(?P<my>{_MONTH}),?\s(?:of\s)?(?P<myy>(?:1[5-9]|20)\d\d)\b"
    r"|\bQ(?P<q>[1-4])(?:\s(?:of\s)?(?P<qy>20\d\d)\b)?"
    r"|\b(?P<decade>(?:1[5-9]|20)\d)0['’]?s\b"
    r"|\b(?P<isoy>(?:19|20)\d\d)-(?P<isom>0[1-9]|1[0-2])-(?P<isod>[0-3]\d)\b"
    r"|(?<![\d$€£₹.,:-])(?P<y>(?:1[5-9]|20)\d\d)(?![\d%]|:\d|,\d|\.\d|-?(?:x|px|K)\b)"
    r"(?:\s?(?:-|–|to|through|and)\s?(?P<y2>(?:(?:1[5-9]|20)\d\d|\d\d))(?![\d%:-]))?",
)
_PART = re.compile(
    r"\b(early|mid|late|beginning of|start of|end of|the end of|first half of|second half of)[ -]\Z", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|year|of|early|late|mid|around|before|after|between|during|to|through|and|or|circa|"
    r"winter|spring|summer|fall|autumn|for|back|about|approximately|end|start|class|as of|late-|early-|mid-|the)[ -]?|[(,–—:/~]\s?|\A)\Z",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<currency>US\$|[$€£₹¥]|\bRs\.?\s)?"
    rf"(?<![\w.,:/–-])(?P<n>(?:\b(?:an?|one|half an?)\s(?={_SCALE}|dozen))?{_PLAIN}?)(?P<s1>\s?-?(?:k|K|M|m|B|b|T)(?!\w)|(?:[\s-]|(?<=\s))?(?i:(?:{_SCALE})\b(?:\s(?:{_SCALE})\b)?)|\+ (?:{_SCALE})\b)?"
    r"(?P<plus>\+| plus\b)?"
    r"(?P<echo>\s?(?:%|x|[A-Za-z]{1,3}|percent|years|months|weeks|days|hours|minutes|seconds)(?=\s?(?:-|–|—|to)\s?[$€£₹¥]?\d))?"
    rf"(?:\s?(?P<to>-|–|—|to|and|or)\s?(?P<currency2>[$€£₹¥])?(?P<n2>{_PLAIN})(?P<s2>\s?(?:k|K|M|m|B|b|T)(?!\w)|[\s-](?:{_SCALE})\b)?)?"
    r"(?P<ordinal>st|nd|rd|th)?(?!\d|:\d|[.,]\d)",
)
_STARTS = re.compile(
    rf"[$€£₹¥]|(?<![\w.,])\d|\b(?:{_WORD}|{_SCALE}|a (?:couple|dozen|few)|half|third|tenth|quarter)\b", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?:(?P<prefix>tens|hundreds|dozens|thousands)\sof\s)?(?P<plural>hundreds|thousands|millions|billions|trillions)\b"
    r"|\b(?P<fuzzy>half a dozen|a dozen|a couple(?: of)?|several)\b",
    re.IGNORECASE,
)
_SPECIAL = re.compile(
    rf"\b(?P<fold>{_WORD}|\d+)[- ]?fold\b"
    rf"|\bfactor of (?:about |roughly )?(?P<factor>{_WORD}|\d+(?:\.\d+)?)\b"
    rf"|\b(?P<share>{_WORD}|\d+)\s(?:in|out of)(?: every)?\s(?P<whole>{_WORD}|\d[\d,]*)\b(?!\s?(?:%|percent|years|months|weeks|days|hours|minutes|seconds))"
    rf"|\b(?P<of>a|an|one|two|three|half)[- ](?P<fraction>third|quarter|fifth|tenth|hundredth|half)s?\b(?!-)"
    r"|\b(?P<double>twice|double|triple|quadruple)\b",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"\b(?P<name>[a-z]?[A-Z][A-Za-z]*[A-Z][A-Za-z]*|i[A-Z][a-z]+|[A-Z][a-z]+|o|v|[A-Z]{2,})(?P<gap>-| )?(?P<version>\d{1,2}(?:\.\d{1,2})?)(?![\w%:]|,\d|-\d|\.\d| ?(?:percent|million|billion|thousand|years?|months?|days?|hours?|minutes?))"
)
_BEFORE = re.compile(
    r"(?:[A-Za-z_]-?|[A-Za-z\d]/|#|\bv\.?|\b(?:chapter|episode|figure|system|step|part|level|phase|section|type|article|no\.|number|version|"
    r"page|week|day|tip|lesson|point|question|rule|stage|season|round|slide|tier|generation|gen|web|class|grade|option|highway|route|"
    r"volume|vol\.|season|series|chapter|formula|group|area|studio|apollo|windows|python|java)\s)\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b([A-Z][a-z]+)\s\Z")
_AFTER = re.compile(r"(?:[-–]\d|:\d|/\d|\s?(?:AM|PM|am|pm|a\.m|p\.m)\b|-(?:one|two|three|four)\b)")
_HEDGE = re.compile(
    r"(?:(?P<about>\b(?:about|around|approximately|approx\.?|roughly|some|close to|estimated|an estimated|maybe|perhaps|circa|or so)|~)"
    r"|(?P<over>\b(?:over|more than|above|at least|exceeding|exceeds|exceed|surpassing|minimum of|north of|greater than|upwards of|beyond)|[>≥])"
    r"|(?P<under>\b(?:under|less than|fewer than|below|up to|at most|as many as|as much as|maximum of|nearly|almost|within|no more than|just under|sub)|[<≤]))"
    r"\s?(?:a |an |the )?\Z",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[\s-]?(?P<unit>%|[A-Za-z]+)")
_PER = re.compile(r"\s?(?:/|\bper\s|\ban?\s|\bevery\s|\bp)(?P<per>[a-z]+)")
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


_DIGIT = re.compile(r"[\d$€£₹¥]")
_LETTERS = re.compile(r"[a-z]+")
_OF = re.compile(r"\d\s(?:in|out of)|factor of")
_TELLING = frozenset(_WORDS) | frozenset(
    [
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "millions",
        "billion",
        "billions",
        "trillion",
        "trillions",
        "lakh",
        "lakhs",
        "crore",
        "crores",
        "bn",
        "mn",
        "tn",
        "tens",
        "dozen",
        "dozens",
        "couple",
        "few",
        "several",
        "half",
        "third",
        "thirds",
        "quarter",
        "quarters",
        "fifth",
        "fifths",
        "tenth",
        "tenths",
        "hundredth",
        "hundredths",
        "twice",
        "double",
        "triple",
        "quadruple",
    ]
)
"""Words of which a quantity without a digit has one, but for "tenfold"."""


@functools.lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Give the quantities of a text in the order in which they stand there."""
    lowered = text.lower()
    digit = _DIGIT.search(text) is not None
    words = "fold" in lowered or not _TELLING.isdisjoint(_LETTERS.findall(lowered))
    if not digit and not words:
        return ()  # most texts; the expressions below take ten times as long to say so
    if _STARTS.search(text) is None and _VAGUE.search(text) is None and _SPECIAL.search(text) is None:
        return ()
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a or b <= start for a, b in taken)

    readers = [
        (_dates, digit),
        (_specials, words or _OF.search(lowered)),
        (_vague, words),
        (_versions, digit),
        (_numbers, True),
    ]
    for reader in (reader for reader, needed in readers if needed):
        fresh = [quantity for quantity in reader(text) if free(quantity.start, quantity.end)]
        for quantity in fresh:
            if free(quantity.start, quantity.end):
                found.append(quantity)
                taken.append((quantity.start, quantity.end))
    return tuple(sorted((quantity for quantity in found if quantity.dimension), key=lambda quantity: quantity.start))


def value_of(written: str) -> float | None:
    """Read a plain number in digits or words; None where it is neither."""
    written = written.strip().lower().replace(",", "")
    try:
        return float(written)
    except ValueError:
        pass
    total = 0
    for word in re.split(r"[\s-]", written):
        if word not in _WORDS:
            return None
        total += _WORDS[word]
    return total


def _dates(text: str) -> list[Quantity]:
    found = []
    for match in _DATE.finditer(text):
        start, end = match.span()
        low = high = 0.0
        dimension = "date"
        if month := match["md"] or match["dm"]:
            day = int(match["day"] or match["dm_day"])
            year = match["mdy"] or match["dmy"]
            if not 1 <= day <= 31:
                continue
            low = _MONTHS[month.rstrip(".").lower()] + (day - 1) / 31
            high = low + 0.001
            if year:
                low, high = low + int(year) * 12, high + int(year) * 12
            else:
                dimension = "day"
        elif match["my"]:
            low = int(match["myy"]) * 12 + _MONTHS[match["my"].rstrip(".").lower()]
            high = low + 0.99
        elif match["q"]:
            low = (int(match["q"]) - 1) * 3
            high = low + 2.99
            if match["qy"]:
                low, high = low + int(match["qy"]) * 12, high + int(match["qy"]) * 12
            else:
                dimension = "day"
        elif match["decade"]:
            low = int(match["decade"]) * 120
            high = low + 119.99
        elif match["isoy"]:
            low = int(match["isoy"]) * 12 + int(match["isom"]) - 1 + (int(match["isod"]) - 1) / 31
            high = low + 0.001
        else:
            before = text[max(0, start - 16) : start]
            if not _YEAR_BEFORE.search(before) and re.match(r"\s[a-z]+s\b", text[end : end + 20]):
                continue
            if re.match(
                r"\s(?:people|users|words|dollars|km|miles|percent|times|years|employees|calories)\b",
                text[end : end + 12],
            ):
                continue
            low = int(match["y"]) * 12
            last = match["y2"]
            if last is not None and len(last) == 2:
                last = match["y"][:2] + last
            joined = re.search(r"\sand\s", match[0])
            if last is not None and (
                int(last) <= int(match["y"])
                or (joined and (len(match["y2"]) == 2 or not re.search(r"\bbetween\s\Z", before)))
            ):
                last = None
                end = match.end("y")
            high = (int(last) if last else int(match["y"])) * 12 + 11.99
        part = _PART.search(text, max(0, start - 16), start)
        if part is not None and high - low > 1:
            length = high - low
            word = part[1].lower()
            if word in ("early", "beginning of", "start of", "first half of"):
                high = low + length * 0.5
            elif word == "mid":
                low, high = low + length * 0.25, low + length * 0.75
            else:
                low += length * 0.5
            start = part.start()
        hedge = _hedge(text, start)
        found.append(Quantity(start, end, low, high, dimension, round(low / 12, 4), "", (), hedge))
    return found


def _specials(text: str) -> list[Quantity]:
    found = []
    for match in _SPECIAL.finditer(text):
        start, end = match.span()
        if written := match["fold"] or match["factor"]:
            value = value_of(written)
            if value is not None:
                found.append(Quantity(start, end, value, value, "factor", value, "x", (), _hedge(text, start)))
        elif match["share"]:
            part, whole = value_of(match["share"]), value_of(match["whole"])
            if part is None or whole is None or not 0 < part <= whole:
                continue
            value = 100 * part / whole
            found.append(Quantity(start, end, value, value, "percent", part, "in", (), _hedge(text, start)))
        elif match["fraction"]:
            parts = {"a": 1, "an": 1, "one": 1, "half": 0.5, "two": 2, "three": 3}[match["of"].lower()]
            whole = _FRACTIONS[match["fraction"].lower()]
            if match["of"].lower() in ("a", "an", "one") and match["fraction"].lower() in (
                "third",
                "quarter",
                "fifth",
                "tenth",
                "half",
            ):
                # "a third option" counts in order, "a quarter" of a year is a time
                follows = text[end : end + 3]
                if (match["fraction"].lower() == "quarter" or re.match(r"\s[a-z]", follows)) and not re.match(
                    r"\sof\b" if match["fraction"].lower() == "quarter" else r"\s(?:of|as|the|and|or|in|to|by|from)\b",
                    text[end : end + 6],
                ):
                    continue
            value = 100 * parts / whole
            # "by a tenth" may stand for "tenfold": a note that mixes them up is worth a look
            unit = "by fraction" if text[max(0, start - 3) : start] == "by " and parts == 1 else "fraction"
            found.append(Quantity(start, end, value, value, "percent", parts / whole, unit, (), _hedge(text, start)))
    return found


def _versions(text: str) -> list[Quantity]:
    found = []
    for match in _VERSION.finditer(text):
        name = match["name"]
        if name.lower() in STOP or name.lower() in _MONTHS or (match["gap"] == " " and _BEFORE.search(name + " ")):
            continue
        if match["gap"] == " " and (
            match.start() == 0 or text[max(0, match.start() - 2) : match.start()].rstrip()[-1:] in ".:!?*("
        ):
            # a capital that only begins the sentence names nothing
            continue
        if len(name) == 1 and match["gap"]:
            continue
        value = float(match["version"])
        found.append(
            Quantity(match.start(), match.end(), value, value, "version", value, name.lower(), (name.lower(),))
        )
    return found


def _numbers(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _STARTS.finditer(text):
        place = _NUMBER.match(text, match.start())
        if place is None or place.end() == place.start() or (found and place.start() < found[-1].end):
            continue
        quantity = _number(text, place)
        if quantity is not None:
            found.append(quantity)
    return found


def _number(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    written = match["n"].strip().lower()
    scale_word = (match["s1"] or "").strip(" -+")
    if not written and not scale_word:
        return None
    before = text[max(0, start - 24) : start]
    if _BEFORE.search(before) and not match["currency"]:
        return None
    if re.match(r"0\d", written):
        return None
    if _AFTER.match(text, end):
        return None
    if start == 0 and re.match(r"[.)]\s", text[end : end + 2]):
        return None
    half = written.startswith("half a")
    value = 0.5 if half else 1.0 if written in ("", "a", "an") else value_of(written)
    if value is None:
        return None
    if not written and not re.search(r"\b(?:an?|one|the|over|per|of|about)\s\Z", before) and not match["currency"]:
        return None
    scale, second_scale = _scale(scale_word), _scale((match["s2"] or "").strip(" -"))
    second = value_of(match["n2"]) if match["n2"] else None
    joint = match["to"]
    if joint == "and" and not re.search(r"\bbetween\s[$€£₹¥]?\Z", before):
        second = None
    if second is not None and joint == "or" and second <= value:
        second = None
    if second is None and match["n2"]:
        end = match.end("plus") if match["plus"] else match.end("s1") if match["s1"] else match.end("n")
    if second is not None and second_scale != 1 and scale == 1:
        scale = second_scale
    elif second is not None and second_scale == 1:
        second_scale = scale
    after = _UNIT.match(text, end)
    unit = after["unit"] if after else ""
    dimension, factor = "count", 1.0
    known = _UNITS.get(unit) or _LOWER.get(unit.lower()) if unit else None
    # "400 m" and "5 in" say nothing sure
    if known is not None and unit in ("t", "m", "in", "s"):
        known = None
    currency = match["currency"] or match["currency2"]
    if match["ordinal"]:
        dimension, unit = "ordinal", ""
    elif currency:
        dimension = "money:" + _CURRENCIES[currency.strip().lower()]
        unit = currency.strip()
    elif known is not None and after is not None:
        dimension, factor = known
        if (
            dimension.startswith("money")
            or dimension != "factor"
            or unit != "times"
            or not re.match(r"\s(?:a|per|in|each)\b", text[after.end() : after.end() + 5])
        ):
            end = after.end()
        else:
            dimension, unit = "count", "times"
        if dimension in ("bit", "byte") and text[end : end + 2] in ("/s", "ps"):
            end += 2
    elif (
        (written in ("one", "") and scale == 1)
        or (not scale_word and _named(before))
        or written == "zero"
        or (scale == 1 and unit.lower() in ("of", "another", "by") and written in _WORDS)
    ):
        return None
    else:
        unit = ""
    if dimension == "percent" and scale != 1:
        return None
    if dimension == "bit" and unit in ("bit", "bits") and text.startswith(" of ", end):
        return None
    low, high = value * scale * factor, (value * scale if second is None else second * second_scale) * factor
    echo = _LOWER.get((match["echo"] or "").strip().lower())
    if echo is not None and second is not None and echo[0] == dimension:
        low = value * scale * echo[1]
    if high < low:
        high = low
    hedge = _hedge(text, start)
    if match["plus"] or "+" in (match["s1"] or ""):
        hedge = ">"
    per_match = _PER.match(text, end)
    per = ""
    if per_match is not None:
        per = stem(per_match["per"])
        per = (
            per
            if per in ("year", "month", "week", "day", "hour", "minut", "second", "s", "user", "person", "mil")
            else ""
        )
    heads = _heads(text, end) if dimension in ("count", "time", "ordinal", "factor") else ()
    label = (
        f"{scale_word or (match['s2'] or '').strip(' -')} {unit}".strip().lower()
        if dimension not in ("bit", "byte")
        else unit
    )
    return Quantity(start, end, low, high, dimension, value, label, heads, hedge, False, per)


def _named(before: str) -> bool:
    """Say whether a number follows a name, of which it is then a part: "Sonnet 4"."""
    match = _NAMED.search(before)
    if match is None:
        return False
    entry = lexicon().get(match[1].lower())
    return entry is None or entry.capital >= 50


def _vague(text: str) -> list[Quantity]:
    found = []
    for match in _VAGUE.finditer(text):
        start, end = match.span()
        before = text[max(0, start - 12) : start]
        if fuzzy := match["fuzzy"]:
            word = fuzzy.lower()
            low: float
            high: float
            low, high = (6, 6) if word.startswith("half") else next(v for k, v in _FUZZY.items() if k in word)
            after = _UNIT.match(text, end)
            known = _LOWER.get(after["unit"].lower()) if after else None
            if known is not None and after is not None and known[0] == "time":
                found.append(
                    Quantity(
                        start,
                        after.end(),
                        low * known[1],
                        high * known[1],
                        "time",
                        low,
                        after["unit"].lower(),
                        _heads(text, after.end()),
                        "~",
                        True,
                    )
                )
            elif heads := _heads(text, end):
                found.append(Quantity(start, end, low, high, "count", low, "", heads, "~", True))
            continue
        if re.search(r"\d[\s-]?\Z", before):
            continue
        base = _SCALES[match["plural"].lower().removesuffix("s")]
        prefix = {"tens": 10, "hundreds": 100, "dozens": 12, "thousands": 1000}.get((match["prefix"] or "").lower(), 1)
        low = 2 * base * prefix
        high = (9.99 if base < 1e4 or prefix > 1 else 999) * base * prefix
        money = re.match(r"\s(?:of\s)?(dollars|euros|rupees)\b", text[end:])
        currency = "$" if before.endswith("$") else ""
        if money or currency:
            unit = _UNITS[money[1]][0] if money else "money:USD"
            found.append(
                Quantity(
                    start,
                    end + (money.end() if money else 0),
                    low,
                    high,
                    unit,
                    0,
                    match["plural"].lower(),
                    (),
                    "",
                    True,
                )
            )
            continue
        of = re.match(r"\sof\s", text[end:])
        heads = _heads(text, end + (of.end() if of else 0) - (1 if of else 0))
        if heads:
            found.append(Quantity(start, end, low, high, "count", 0, match["plural"].lower(), heads, "", True))
    return found


def _scale(written: str) -> float:
    total = 1.0
    for word in written.split():
        total *= _SCALES.get(word.lower(), 1.0)
    return total


def _hedge(text: str, start: int) -> str:
    match = _HEDGE.search(text, max(0, start - 16), start)
    if match is None:
        return ""
    return "~" if match["about"] else ">" if match["over"] else "<"


def _heads(text: str, end: int) -> tuple[str, ...]:
    match = _HEADS.match(text, end)
    if match is None:
        return ()
    heads = []
    for word in re.split(r"[\s-]", match[1]):
        lowered = word.lower().strip("'’")
        if not lowered or lowered[0].isdigit() or lowered in STOP or lowered in _WORDS:
            break
        if lowered not in _NO_HEAD:
            heads.append(stem(lowered))
    return tuple(heads[:3])


def compatible(one: Quantity, other: Quantity) -> bool:
    """Say whether two quantities of one dimension can both be right of one thing: equal, rounded, hedged or containing."""
    if one.low <= other.high and other.low <= one.high:
        return True
    small, large = (one, other) if one.high < other.low else (other, one)
    if one.dimension in ("date", "day", "version", "ordinal"):
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
    if small.hedge == ">" and large.low <= 2 * small.high and not large.loose:
        return True
    if one.unit != other.unit and one.dimension == "time" and relative <= 0.2:
        return True
    return _rounds(small, large)


def _rounds(small: Quantity, large: Quantity) -> bool:
    """Say whether one value is the other with fewer digits: 1.3 for 1.25, 75 for 74.6."""
    for coarse, fine in ((small, large), (large, small)):
        if coarse.low != coarse.high or fine.low != fine.high or not coarse.low:
            continue
        digits = _significant(coarse.low)
        if digits < _significant(fine.low):
            step = 10 ** (math.floor(math.log10(abs(coarse.low))) - digits + 1)
            if abs(coarse.low - fine.low) <= 0.5 * step and step <= 0.2 * abs(coarse.low):
                return True
    return False


def _significant(value: float) -> int:
    digits = f"{value:.12g}".partition("e")[0].replace(".", "").strip("0")
    return max(1, len(digits))
