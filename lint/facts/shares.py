"""Shares, multiples and orders of magnitude: "two thirds", "1 in 7", "tenfold", "tens of thousands"."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from .quantity import Quantity, heads_after, hedge, whole_after
from .units import LOWER, SCALES, UNIT, UNITS, WORD, value_of

_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10, "hundredth": 100}
_FUZZY = {"couple": (2, 3), "dozen": (12, 12), "several": (2, 20)}

_VAGUE = re.compile(
    r"\b(?:(?P<least>tens|dozens|hundreds|thousands|millions|billions)\s(?:or|to)\s(?:even\s)?)?"
    r"(?:(?P<prefix>tens|hundreds|dozens|thousands)\sof\s)?(?P<plural>hundreds|thousands|millions|billions|trillions)\b"
    r"|\b(?P<fuzzy>half a dozen|a dozen|a couple(?: of)?|several)\b",
    re.IGNORECASE,
)
_TIMES = {"": 1.0, "tens": 10.0, "dozens": 12.0} | {
    f"{name}s": SCALES[name] for name in ("hundred", "thousand", "million", "billion")
}

_SPECIAL = re.compile(
    rf"\b(?P<fold>{WORD}|\d+)[- ]?fold\b"
    rf"|\bfactor of (?:about |roughly )?(?P<factor>{WORD}|\d+(?:\.\d+)?)\b"
    rf"|\b(?P<share>{WORD}|\d+)\s(?:in|out of)(?: every)?\s(?P<whole>{WORD}|\d[\d,]*)\b(?!\s?(?:%|percent|years|months|weeks|days|hours|minutes|seconds))"
    rf"|\b(?P<of>a|an|one|two|three|half)[- ](?P<fraction>third|quarter|fifth|tenth|hundredth|half)s?\b(?!-)"
    r"|\b(?P<double>twice|double|triple|quadruple)\b"
    r"|(?<!first )(?<!second )(?<!other )(?<!latter )(?<!top )(?<!bottom )(?<!upper )(?<!lower )(?<!and a )(?<!years )"
    r"\b(?P<half>half)(?=\s(?:of|the|its|their|his|her|all)\b)",
    re.IGNORECASE,
)


_IN = re.compile(rf"\sin(?: every)?\s(?:\d|{WORD})")
"""What a share of two numbers has; found in a tenth of the time."""
_PARTS = frozenset(word + end for word in _FRACTIONS for end in ("", "s"))

VAGUE = frozenset(["hundreds", "thousands", "millions", "billions", "trillions", "dozen", "couple", "several"])
"""Words of which each order of magnitude has one."""


def telling(text: str) -> bool:
    """Say whether a text has words that may stand for a number."""
    return _VAGUE.search(text) is not None or _SPECIAL.search(text) is not None


def shares(text: str, lowered: str, told: AbstractSet[str]) -> list[Quantity]:
    """Give the shares (percent) and multiples of a text; `told` are its words that may be numbers."""
    if (
        _PARTS.isdisjoint(told)
        and "fold" not in lowered
        and "half" not in lowered
        and "factor of" not in lowered
        and "out of" not in lowered
        and _IN.search(lowered) is None
    ):
        return []
    found = []
    for match in _SPECIAL.finditer(text):
        start, end = match.span()
        if written := match["fold"] or match["factor"]:
            value = value_of(written)
            if value is not None:
                found.append(Quantity(start, end, value, value, "factor", value, "x", (), hedge(text, start)))
        elif match["share"]:
            part, whole = value_of(match["share"]), value_of(match["whole"])
            if part is None or whole is None or not 0 < part <= whole:
                continue
            value = 100 * part / whole
            found.append(
                _share(text, start, end, value, part, "in", heads_after(text, end) if "out of" in match[0] else ())
            )
        elif match["half"]:
            found.append(_share(text, start, end, 50.0, 0.5, "fraction", whole_after(text, end)))
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
            found.append(_share(text, start, end, value, parts / whole, unit, whole_after(text, end)))
    return found


def _share(text: str, start: int, end: int, value: float, number: float, unit: str, whole: tuple[str, ...]) -> Quantity:
    """Give the share of `value` percent that stands at `text[start:end]`; `whole` are the stems of what it is a share of."""
    return Quantity(
        start, end, value, value, "percent", number, unit, whole, hedge(text, start), False, "", bool(whole)
    )


def vague(text: str) -> list[Quantity]:
    """Give the quantities of a text that are only orders of magnitude."""
    found = [_few(text, match) if match["fuzzy"] else _order(text, match) for match in _VAGUE.finditer(text)]
    return [quantity for quantity in found if quantity is not None]


def _few(text: str, match: re.Match[str]) -> Quantity | None:
    """Give a quantity of a few or a dozen, None where nothing says of what."""
    start, end = match.span()
    word = match["fuzzy"].lower()
    low: float
    high: float
    low, high = (6, 6) if word.startswith("half") else next(v for k, v in _FUZZY.items() if k in word)
    after = UNIT.match(text, end)
    unit = after["unit"].lower() if after else ""
    known = LOWER.get(unit)
    if after is not None and known is not None and known[0] == "time":
        end = after.end()
        heads, seconds = heads_after(text, end), known[1]
        return Quantity(start, end, low * seconds, high * seconds, "time", low, unit, heads, "~", True)
    heads = heads_after(text, end)
    return Quantity(start, end, low, high, "count", low, "", heads, "~", True) if heads else None


def _order(text: str, match: re.Match[str]) -> Quantity | None:
    """Give a quantity of thousands or millions, None where a number before them says how many."""
    start, end = match.span()
    before = text[max(0, start - 12) : start]
    if re.search(r"\d[\s-]?\Z", before):
        return None
    order = match["plural"].lower()
    base = SCALES[order.removesuffix("s")]
    prefix = _TIMES[(match["prefix"] or "").lower()]
    # "tens or hundreds of thousands" begin at tens of thousands
    least = (
        base * prefix if match["least"] is None else _TIMES[match["least"].lower()] * (base if match["prefix"] else 1)
    )
    low = 1.5 * least  # 1,500 are thousands by some
    high = (9.99 if base < 1e4 or prefix > 1 else 999) * base * prefix
    money = re.match(r"\s(?:of\s)?(dollars|euros|rupees)\b", text[end:])
    if money is not None:
        return Quantity(start, end + money.end(), low, high, UNITS[money[1]][0], 0, order, (), "", True)
    if before.endswith("$"):
        return Quantity(start, end, low, high, "money:USD", 0, order, (), "", True)
    of = re.match(r"\sof\s", text[end:])
    heads = heads_after(text, end + of.end() - 1 if of else end)
    return Quantity(start, end, low, high, "count", 0, order, heads, "", True)
