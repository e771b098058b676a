"""Quantities and dates: what is read, what is not, and which two can both be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.lint.facts.numbers import quantities
from notelint.lint.facts.quantity import Quantity, compatible
from notelint.lint.facts.units import value_of


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "low", "high", "dimension"),
    [
        ("about $20 for it", 20, 20, "money:USD"),
        ("raised $1.5B last spring", 1.5e9, 1.5e9, "money:USD"),
        ("worth ₹2 trillion: a record", 2e12, 2e12, "money:INR"),
        ("nearly 97-98% cheaper", 97, 98, "percent"),
        ("5% to 10% of it", 5, 10, "percent"),
        ("two-thirds of them", 200 / 3, 200 / 3, "percent"),
        ("1 in 7 people", 100 / 7, 100 / 7, "percent"),
        ("grew tenfold", 10, 10, "factor"),
        ("by a factor of ten", 10, 10, "factor"),
        ("10x-70x smaller", 10, 70, "factor"),
        ("nine years", 9 * 31557600, 9 * 31557600, "time"),
        ("18–24 months", 18 * 2629800, 24 * 2629800, "time"),
        ("in a couple of hours", 7200, 10800, "time"),
        ("400 gigabits per second", 4e11, 4e11, "bit"),
        ("400 GB/s", 4e11, 4e11, "byte"),
        ("draws 7-15 KW", 7000, 15000, "power"),
        ("5 lakh villagers", 5e5, 5e5, "count"),
        ("over a billion calls", 1e9, 1e9, "count"),
        ("billions of calls", 1.5e9, 999e9, "count"),
        ("tens of thousands of dollars", 1.5e4, 9.99e4, "money:USD"),
        ("hundreds or thousands of fonts", 150, 9990, "count"),
        ("tens or even hundreds of thousands of pages", 1.5e4, 9.99e5, "count"),
        ("four of the boats", 4, 4, "count"),
        ("from 300 to 200 BC", -3600, -2388.01, "date"),
        ("in the 19th century", 18 * 1200 + 11.99, 19 * 1200 + 11.99, "date"),
        ("out in October", 9, 9.99, "day"),
        ("between 2012 and 2016", 2012 * 12, 2016 * 12 + 11.99, "date"),
        ("twenty-five boats", 25, 25, "count"),
        ("Two to three boats", 2, 3, "count"),
        ("one or two boats", 1, 2, "count"),
        ("GPT-3.5 did", 3.5, 3.5, "version"),
    ],
)
def test_a_quantity_is_read_to_an_interval(text: str, low: float, high: float, dimension: str) -> None:
    found = only(text)
    assert found.dimension == dimension
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


@pytest.mark.parametrize(
    "text",
    [
        "at 3:00 AM",
        "a 1:10 ratio",
        "open 24/7",
        "call 9-1-1",
        "see chapter 3",
        "one of them",
        "model 03 found",
        "a third option",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in 2011", "October 2011"),
        ("late 2026", "by the end of 2026"),
        ("in the 1990s", "in 1994"),
        ("between 1908 and 1942", "in 1942"),
        ("over 25,000 boats", "25,000+ boats"),
        ("$1.3 million", "$1.28 million"),
        ("$1.3 million", "$1.25 million"),
        ("80% of the boats", "75% of the boats"),
        ("up to 50 boats", "30 boats"),
        ("nine years", "9 years"),
        ("about 100 boats", "95 boats"),
        ("95 to 110 boats", "100 to 110 boats"),
        ("five to ten boats", "ten boats"),
    ],
)
def test_both_can_be_right(one: str, other: str) -> None:
    assert compatible(only(one), only(other))
    assert compatible(only(other), only(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in 2011", "in 2012"),
        ("late 2024", "by the end of 2026"),
        ("1.4 million words", "4 million words"),
        ("152 kW", "15.2 kW"),
        ("$7 million", "$6 million"),
        ("75% of the boats", "70% of the boats"),
        ("thousands of dollars", "tens of thousands of dollars"),
        ("billions of calls", "over a billion calls"),
        ("three to five boats", "four to five boats"),
        ("GPT-4o did", "GPT-4 did"),
    ],
)
def test_both_cannot_be_right(one: str, other: str) -> None:
    assert not compatible(only(one), only(other))
    assert not compatible(only(other), only(one))


@given(st.text(max_size=200))
def test_any_text_is_read_to_ordered_places_within_it(text: str) -> None:
    end = 0
    for found in quantities(text):
        assert end <= found.start < found.end <= len(text)
        assert found.low <= found.high
        end = found.end


@given(st.integers(min_value=2, max_value=10**12))
def test_a_number_agrees_with_itself_however_it_is_grouped(number: int) -> None:
    one, other = only(f"exactly {number} wooden boats"), only(f"exactly {number:,} wooden boats")
    if one.dimension == "count":
        assert compatible(one, other)


@given(st.integers(min_value=20, max_value=99))
def test_words_and_digits_are_one_number(number: int) -> None:
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()[number // 10 - 2]
    ones = "zero one two three four five six seven eight nine".split()[number % 10]
    assert value_of(tens if number % 10 == 0 else f"{tens}-{ones}") == number
