"""Number words, scales, currencies and units of measure, and what each is worth."""

from __future__ import annotations

import re

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
WORDS = _ONES | _TENS
SCALES = {
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
CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "us$": "USD", "rs": "INR", "rs.": "INR"}
UNITS: dict[str, tuple[str, float]] = {
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
            UNITS[_name] = (_dimension, float(_factor))
LOWER = {name.lower(): unit for name, unit in UNITS.items() if unit[0] not in ("bit", "byte")} | {
    name: unit for name, unit in UNITS.items() if unit[0] in ("bit", "byte")
}

WORD = "|".join(sorted(WORDS, key=len, reverse=True))
SCALE = r"hundred|thousand|million|billion|trillion|lakhs?|crores?|bn|mn|tn"
PLAIN = rf"(?:\d{{1,3}}(?:,\d{{2,3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?i:{WORD})(?:[- ](?i:{WORD})\b)?)"

UNIT = re.compile(r"[\s-]?(?P<unit>%|[A-Za-z]+)")


def value_of(written: str) -> float | None:
    """Read a plain number in digits or words; None where it is neither."""
    written = written.strip().lower().replace(",", "")
    try:
        return float(written)
    except ValueError:
        pass
    total = 0
    for word in re.split(r"[\s-]", written):
        if word not in WORDS:
            return None
        total += WORDS[word]
    return total


def scale_of(written: str) -> float:
    """Give by what words of scale multiply: 1e9 for "thousand million", 1 for none."""
    total = 1.0
    for word in written.split():
        total *= SCALES.get(word.lower(), 1.0)
    return total
