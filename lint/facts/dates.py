"""Dates as notes write them, read to intervals of months: years, months, quarters, decades, days and ranges."""

from __future__ import annotations

import re

from .quantity import Quantity, hedge

MONTHS = {
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

_WHOLE_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH = rf"(?:{_WHOLE_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"

_DATE = re.compile(
    r"(?<![\d.,:$€£₹-])(?:(?P<bc>\d{1,4})\s?(?:-|–|to)\s?)?(?P<bc2>\d{1,4})\sBCE?\b"
    r"|\b(?P<century>\d{1,2})(?:st|nd|rd|th)[ -][Cc]entury\b(?!\sBC)"
    rf"|\b(?P<md>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:.,]\d)(?:,?\s(?P<mdy>(?:1[5-9]|20)\d\d)\b)?"
    rf"|\b(?P<dm_day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<dm>{_MONTH})(?:,?\s(?P<dmy>(?:1[5-9]|20)\d\d)\b)?"
    rf"|\b(?P<my>{_MONTH}),?\s(?:of\s)?(?P<myy>(?:1[5-9]|20)\d\d)\b"
    rf"|(?:(?<=\bin )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\bearly )|(?<=\blate ))(?P<alone>{_WHOLE_MONTH})\b"
    r"|\bQ(?P<q>[1-4])(?:\s(?:of\s)?(?P<qy>20\d\d)\b)?"
    r"|\b(?P<decade>(?:1[5-9]|20)\d)0['’]?s\b"
    r"|\b(?P<isoy>(?:19|20)\d\d)-(?P<isom>0[1-9]|1[0-2])-(?P<isod>[0-3]\d)\b"
    r"|(?<![\d$€£₹.,:-])(?P<y>(?:1[5-9]|20)\d\d)(?![\d%]|:\d|,\d|\.\d|-?(?:x|px|K)\b)"
    r"(?:\s?(?:-|–|to|through|(?<=between \d{4} )and(?= \d{4}))\s?(?P<y2>(?:(?:1[5-9]|20)\d\d|\d\d))(?![\d%:-]))?",
)
_HINT = re.compile(r"\sBC|[ -][Cc]entury|1[5-9]\d|20\d|Q[1-4]|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
"""What each date has; found in a tenth of the time."""
_PART = re.compile(
    r"\b(early|mid|late|beginning of|start of|end of|the end of|first half of|second half of)[ -]\Z", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|year|of|early|late|mid|around|before|after|between|during|to|through|and|or|circa|"
    r"winter|spring|summer|fall|autumn|for|back|about|approximately|end|start|class|as of|late-|early-|mid-|the)[ -]?|[(,–—:/~]\s?|\A)\Z",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\s[a-z]+s\b")
_COUNTED = re.compile(r"\s(?:people|users|words|dollars|km|miles|percent|times|years|employees|calories)\b")

MONTH_WORDS = frozenset(name for name in MONTHS if len(name) > 4 and name != "march") | {"june", "july"}
"""Months that are no other word; a date without a digit has one."""


def dates(text: str) -> list[Quantity]:
    """Give the dates of a text, as months since the year 0, or since a new year where no year is told."""
    if _HINT.search(text) is None:
        return []
    found = []
    for match in _DATE.finditer(text):
        start, end = match.span()
        if match["y"]:
            read = _years(text, match)
            if read is None:
                continue
            low, high, end = read
            yearly = True
        else:
            told = _calendar(match)
            if told is None:
                continue
            low, high, yearly = told
        part = _PART.search(text, max(0, start - 16), start)
        if part is not None and high - low > 1:
            low, high = _partly(part[1].lower(), low, high)
            start = part.start()
        dimension = "date" if yearly else "day"
        found.append(Quantity(start, end, low, high, dimension, round(low / 12, 4), "", (), hedge(text, start)))
    return found


def _calendar(match: re.Match[str]) -> tuple[float, float, bool] | None:
    """Give the first and the last month of a date that is no plain year, and whether a year is told; None for no date."""
    year: str | None = None
    yearly = True
    if month := match["md"] or match["dm"]:
        day = int(match["day"] or match["dm_day"])
        if not 1 <= day <= 31:
            return None
        year = match["mdy"] or match["dmy"]
        yearly = bool(year)
        low = MONTHS[month.rstrip(".").lower()] + (day - 1) / 31
        high = low + 0.001
    elif match["my"]:
        low = int(match["myy"]) * 12 + MONTHS[match["my"].rstrip(".").lower()]
        high = low + 0.99
    elif match["bc2"]:
        low, high = -12.0 * int(match["bc"] or match["bc2"]), -12.0 * int(match["bc2"]) + 11.99
    elif match["century"]:
        high = int(match["century"]) * 1200 + 11.99
        low = high - 1200
    elif match["alone"]:
        yearly = False
        low = MONTHS[match["alone"].lower()]
        high = low + 0.99
    elif match["q"]:
        year = match["qy"]
        yearly = bool(year)
        low = (int(match["q"]) - 1) * 3.0
        high = low + 2.99
    elif match["decade"]:
        low = int(match["decade"]) * 120.0
        high = low + 119.99
    else:
        low = int(match["isoy"]) * 12 + int(match["isom"]) - 1 + (int(match["isod"]) - 1) / 31
        high = low + 0.001
    since = int(year) * 12 if year else 0
    return low + since, high + since, yearly


def _years(text: str, match: re.Match[str]) -> tuple[float, float, int] | None:
    """Give the first and the last month of a year or several, and where they end; None where the number counts something."""
    start, end = match.span()
    if _PLURAL.match(text, end, end + 20) and not _YEAR_BEFORE.search(text, max(0, start - 16), start):
        return None
    if _COUNTED.match(text, end, end + 12):
        return None
    first, last = match["y"], match["y2"]
    if last is not None and len(last) == 2:
        last = first[:2] + last
    if last is not None and int(last) <= int(first):
        last, end = None, match.end("y")
    return int(first) * 12.0, int(last or first) * 12 + 11.99, end


def _partly(part: str, low: float, high: float) -> tuple[float, float]:
    """Give the first and the last month of a part of a period: "early", "mid", "late"."""
    length = high - low
    if part in ("early", "beginning of", "start of", "first half of"):
        return low, low + length * 0.5
    if part == "mid":
        return low + length * 0.25, low + length * 0.75
    return low + length * 0.5, high
