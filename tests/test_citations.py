"""Citations: every form is read, nothing that merely looks like one is, and no text upsets the reader."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.lint.note.citations import Citation, citations, fault
from notelint.lint.note.clock import mended_time, numbers, read_time, spoken, write_time
from notelint.lint.times.garble import digits_kept, traces, way


def found(text: str, source: str | None = None) -> list[Citation]:
    return citations(text, 0, (), source)


READ = [
    ('<a class="yt-timestamp" data-t="00:13:37">[00:13:37]</a>', [817]),
    ('<a class="yt-timestamp" data-t="00:13:37"></a>', [817]),
    ('<a class="yt-timestamp" data-t="41:50">41:50</a>', [2510]),
    ('<a class="yt-timestamp" data-timestamp="00:16:48">[00:16:48]</a>', [1008]),
    ('<a class="yt-timestamp" data-t= "00:09:37">[00:09:37]</a>', [577]),
    ('<a class="yt-timestamp" data-t="00:04:14">00:04:14>. Next', [254]),
    ('<a class="yt-timestamp" data-t="00:15:58">[00:15:58]].', [958]),
    ('<a class="yt-timestamp" data-t="00:20:41">[00:20:41]</sup>', [1241]),
    ('[00:00:04](<a class="yt-timestamp" data-t="00:00:04">00:00:04</a>)', [4]),
    ('<a class="yt-timestamp" data-t="00:01:00">[00:01:00, 00:02:00]</a>', [60, 120]),
    ("[00:00:44]", [44]),
    ("[00:06:52 - 00:07:05, 00:07:13 – 00:07:30]", [412, 425, 433, 450]),
    ("[00:00:22 | 00:00:25]", [22, 25]),
    ("[00:00:00. - 00:00:52]", [0, 52]),
    ("[0:53]", [53]),
    ("[1:16:39]", [4599]),
    ("(12:34)", [754]),
    ("[there](https://youtu.be/aaaaaaaaaaa?t=1h2m3s)", [3723]),
    ("https://www.youtube.com/watch?v=aaaaaaaaaaa&t=90s", [90]),
    ("https://example.org/talk.mp4#t=90", [90]),
    ("[00:01:30](https://youtu.be/aaaaaaaaaaa?t=91)", [91]),
]

LED = [
    ("0:45 The press\n\n12:34 – Apples\n\n1:02:03: Pears\n", [45, 754, 3723]),
    ("- **00:45** The press\n- [ ] 12:34 - Apples\n* 13:10 | Pears\n", [45, 754, 790]),
    ("## 00:45 The press\n\n> 12:34 – 13:10 Apples\n\n1. __14:00__ Pears\n", [45, 754, 790, 840]),
    ("0:45 a\n\n13:37 b\n\n1:40:05 c\n\n31:40 d\n\n40:00 e\n", [45, 817, 6005, 1900, 2400]),
    ("| Time | What |\n|---|---|\n| 0:45 | The press |\n| 12:34 | Apples |\n|13:10|Pears|\n", [45, 754, 790]),
]
"""Times that lines begin with."""

UNLED = [
    "0:45 The press\n\n12:34 – Apples\n",
    "0:45 The press\n\n12:34 – Apples\n\n11:00 Pears\n",
    "06:45 The press\n\n12:34 – Apples\n\n13:00 Pears\n",
    "0:45 am The press\n\n2:34 pm – Apples\n\n3:00 p.m. Pears\n",
    "0:45\n\n12:34\n\n13:00\n",
    "0:45the\n\n12:34:56:07 a\n\n13:00x b\n\n3:2 won\n",
]
"""Too few, out of order, of a day, of a clock, without words, or no times."""

FAULTY = [
    ('<a class="yt-timestamp" data-t="HH:MM:SS">[00:00:20]</a>', "HH:MM:SS is not a time"),
    ('<a class="yt-timestamp" data-t="N/A">[N/A]</a>', "N/A is not a time"),
    ('<a class="yt-timestamp" data-23:11:00>[02:31:11]</a>', "the anchor of 02:31:11 has no time"),
    ('<a class="yt-09:59:00">[09:59:00]</a>', "the anchor of 09:59:00 has no time"),
    ('<a class="yt-timestamp" data-t="00:00:20"></a>', "the anchor of 00:00:20 has no label"),
    (
        '<a class="yt_timestamp" data="00:00:59">[00:00:59]</a>',
        'the anchor of 00:00:59 has its time in "data", and not in "data-t"',
    ),
    (
        '<a class="yt="yt-timestamp" data-t="00:07:01">[00:07:01]</a>',
        "the anchor of 00:07:01 has an unpaired quotation mark",
    ),
    (
        '<a class="yt-timestamp" data-t="00:07:01>[00:07:01]</a>',
        "the anchor of 00:07:01 has an unpaired quotation mark",
    ),
    (
        '<a class="yt>timestamp" data-t="00:37:04">[00:37:04]</a>',
        "the anchor of 00:37:04 has an unpaired quotation mark",
    ),
    ('<a class="yt=" data-t="00:02:24">[00:02:24]</a>', 'the anchor of 00:02:24 has an attribute that ends in "="'),
    ('<a class="yt" data-t=""></a>', "the anchor has neither a time nor a label"),
    ('<a class="yt-timestamp" data-t="2:40">[/2:40]</a>', "/2:40 has a stray '/'"),
    ("[01:06:06:09:44]", "01:06:06:09:44 has 5 fields"),
    ("[00:75:10]", "00:75:10 has a field above 59"),
    ("[0003:57]", "0003:57 has a field of the wrong width"),
    ("[10:25:2]", "10:25:2 has a field of the wrong width"),
    ("[HH:MM:SS]", "HH:MM:SS is a placeholder"),
]

OTHER = [
    "a ratio of (16:10), or [1:1], in [1:1:2] parts",
    "Genesis (3:16)",
    "they won (21:19)",
    "at (10:30) in the morning",
    "the gate opens (9:00 a.m. to 10:30 a.m.)",
    "map -p [5000:8080]",
    "[[12:30]]",
    '<a href="https://example.org/data-1">Data</a>',
    '<a href="https://example.org/12:30">[12:30:00 UTC]</a>',
    "write it in the form [HH:MM:SS]",
    "https://example.org/?t=90",
    "a bare 00:12:15 in a sentence",
]


@pytest.mark.parametrize(("text", "seconds"), LED)
def test_times_that_lines_begin_with_are_read_in_a_note_on_a_source(text: str, seconds: list[int]) -> None:
    assert [citation.seconds for citation in found(text, "aaaaaaaaaaa")] == seconds
    assert found(text) == []
    assert [citation.time for citation in found(text + "And [00:50:00]\n", "aaaaaaaaaaa")] == ["00:50:00"]


@pytest.mark.parametrize("text", UNLED)
def test_other_numbers_at_the_beginning_of_lines_are_left_alone(text: str) -> None:
    assert found(text, "aaaaaaaaaaa") == []


@pytest.mark.parametrize("text, seconds", READ)
def test_every_form_is_read(text: str, seconds: list[int]) -> None:
    assert [citation.seconds for citation in found(text)] == seconds
    assert not any(fault(citation) for citation in found(text) if citation.time)


@pytest.mark.parametrize("text, said", FAULTY)
def test_what_cannot_be_followed_is_said(text: str, said: str) -> None:
    assert [trouble and trouble.said for trouble in map(fault, found(text))] == [said]


@pytest.mark.parametrize("text", OTHER)
def test_what_only_looks_like_a_citation_is_none(text: str) -> None:
    assert found(text) == []


def test_a_link_to_another_video_is_none() -> None:
    link = "[there](https://youtu.be/bbbbbbbbbbb?t=90)"
    assert found(link, "aaaaaaaaaaa") == []
    assert len(found(link, "bbbbbbbbbbb")) == len(found(link)) == 1


def test_code_holds_no_citation() -> None:
    text = "`[00:00:44]` [00:00:45]"
    assert [citation.time for citation in citations(text, 0, [(0, 12)])] == ["00:00:45"]


def test_a_doubled_form_is_one_citation_with_its_link() -> None:
    text = 'so it is [00:00:04](<a class="yt-timestamp" data-t="00:00:04">00:00:04</a>).'
    (citation,) = found(text)
    assert text[citation.start : citation.end].startswith("[00:00:04](<a")
    assert text[citation.end :] == "."


@pytest.mark.parametrize(
    "written, seconds",
    [("00:01:10:02", 4202), ("01:00:32:00", 3632), ("01:23:04:01:23:08", 4984), ("00:75:10", None), ("N/A", None)],
)
def test_a_time_is_mended_where_one_reading_is_left(written: str, seconds: int | None) -> None:
    assert mended_time(written) == seconds


@pytest.mark.parametrize(
    "fields, meant, shown, kept, named",
    [
        ((41, 50, 0), 2510, {"minutes", "empty"}, "all", "minutes"),
        ((8, 55, 0), 4135, {"over"}, "", "minutes"),
        ((1, 13, 37), 817, {"hour", "tens"}, "all", "hour"),
        ((0, 59, 35), 575, {"digit"}, "all", "digit"),
        ((1, 37, 37), 817, {"tens", "field"}, "all", "squeezed"),
        ((1, 59, 26), 1166, {"tens", "second"}, "all", "squeezed"),
        ((3, 23, 36), 1943, {"tens"}, "most", "squeezed"),
        ((2, 44, 0), 1484, {"tens", "field"}, "most", "squeezed"),
        ((0, 20, 20), 1121, set(), "", ""),
    ],
)
def test_what_a_garbled_time_shows_of_the_meant_one(
    fields: tuple[int, int, int], meant: int, shown: set[str], kept: str, named: str
) -> None:
    found = traces(fields, meant)
    assert (set(found), digits_kept(fields, meant)) == (shown, kept)
    assert way({*found, kept}) == named


@given(st.integers(0, 359_999))
def test_a_written_time_is_read_back(seconds: int) -> None:
    assert read_time(write_time(seconds)) == seconds
    assert spoken(seconds)


# Text that is dense in what citations are made of finds more than arbitrary text does.
DENSE = st.lists(
    st.sampled_from(
        [
            *"0123456789:[](),-–|/ \n\r\"'<>=htms.?#&",
            *("00:12", ":34", "<a ", " data-t=", "yt-timestamp", "</a>", "](", "[HH:MM:SS]", "https://youtu.be/x?t="),
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), DENSE), st.integers(0, 40))
def test_any_text_is_read_without_a_murmur(text: str, start: int) -> None:
    placed = citations(text, start, [(3, 9)], "aaaaaaaaaaa")
    for citation in placed:
        assert start <= citation.start <= citation.end <= len(text)
        assert text[citation.at : citation.at + len(citation.written)] == citation.written
        line = text.split("\n")[citation.line - 1]
        assert line[citation.column - 1 : citation.column - 1 + len(citation.written)] == citation.written
        assert citation.seconds is None or citation.seconds >= 0
        fault(citation)
        mended_time(citation.written)
    assert placed == sorted(placed, key=lambda citation: citation.start)


@given(st.text(max_size=60))
def test_any_written_time_is_read_or_refused(written: str) -> None:
    value = read_time(written)
    assert value is None or value >= 0
    assert all(number >= 0 for number in numbers(written))
