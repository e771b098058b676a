"""Citations: the timestamps by which a note points into its source, in every form that notes use.

Each is read to seconds or kept with what is wrong about it; what merely looks
like one (ratios, verses, scores, clock times, code) is not a citation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

_ANCHOR = re.compile(
    r"<a\b(?P<attributes>[^<>\n]*(?:timestamp|data-)[^<>\n]*)>(?:(?P<label>[^<\n]{0,80})</a>)?", re.IGNORECASE
)
_DATA = re.compile(r"data-?t?\s*=\s*[\"']?([^\"'>\s]*)[\"']?|data-(\d[\d:.]*)")
_TIME = r"\d{1,4}(?::\d{1,3}){1,3}"
_BRACKET = re.compile(
    rf"(?P<open>[\[(])\s*(?P<times>{_TIME}(?:\s*(?:,|;|\||-|–|—|to|and|&)\s*{_TIME})*)\s*(?P<close>[\])])(?!\()"
)
_PLACEHOLDER = re.compile(
    r"\[(?P<times>(?:HH|MM|hh|mm|XX|xx|\?\?):(?:MM|SS|mm|ss|XX|xx|\?\?|\d\d)(?::(?:SS|ss|XX|xx|\?\?|\d\d))?)\]"
)
_ONE = re.compile(_TIME)
_URL_TIME = re.compile(
    r"\]\((?P<url>https?://[^\s()]*(?:youtu|vimeo)[^\s()]*?[?&#](?:t|start)=(?P<time>\d+h(?:\d+m)?(?:\d+s)?|\d+m(?:\d+s)?|\d+s?|\d{1,2}(?::\d{2}){1,2}))[^\s()]*\)"
)
_HMS = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?")


class Citation(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One time that a note cites.

    `time` is the time as written in the label ("00:13:37"), or "" where the
    label is empty; `data` what the anchor's `data-t` has, or None where there is no
    anchor. [start, end) is the whole citation in the note, code points; the
    label's own place is [at, at + len(time)), and `line` and `column` are of
    `at`. `form` is `anchor`, `bracket`, `paren`, `url` or `placeholder`.
    """

    time: str
    data: str | None
    start: int
    end: int
    at: int
    line: int
    column: int
    form: str

    @property
    def parts(self) -> tuple[int, ...]:
        """The numbers of the label, or of `data` where the label is empty."""
        return numbers(self.time or self.data or "")

    @property
    def seconds(self) -> int | None:
        """The time as a player would read it: the data where there is any, else the label."""
        for written in (self.data, self.time):
            if written:
                value = read_time(written)
                if value is not None:
                    return value
        return None


def numbers(written: str) -> tuple[int, ...]:
    """Give the numbers between the colons of a written time; () when there is anything else."""
    try:
        return tuple(int(part) for part in written.split(":")) if written.replace(":", "").isdigit() else ()
    except ValueError:
        return ()


def read_time(written: str) -> int | None:
    """Read MM:SS, HH:MM:SS, plain seconds or 1h2m3s to seconds; None when no player would.

    Minutes after hours and seconds must be below 60; four-part times are not read.
    """
    written = written.strip(" []()")
    values = numbers(written)
    if len(values) == 3 and values[1] < 60 and values[2] < 60:
        return values[0] * 3600 + values[1] * 60 + values[2]
    if len(values) == 2 and values[1] < 60:
        return values[0] * 60 + values[1]
    if len(values) == 1 and written.isdigit():
        return values[0]
    match = _HMS.fullmatch(written)
    if match and written and any(match.groups()):
        return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0)
    return None


def write_time(seconds: int) -> str:
    """Write seconds as HH:MM:SS."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def citations(text: str, start: int, code: Sequence[tuple[int, int]]) -> list[Citation]:
    """Find the citations of a note from `start` on, outside of the `code` ranges, in order."""
    found: list[tuple[int, int, int, str, str | None, str]] = []
    if "<a" in text or "<A" in text:
        for match in _ANCHOR.finditer(text, start):
            _anchor(match, found)
    if ":" in text:
        taken = [item[:2] for item in found]
        for match in _BRACKET.finditer(text, start):
            if not _inside(match.start(), taken):
                _bracket(match, text, found)
        if "t=" in text:
            for match in _URL_TIME.finditer(text, start):
                found.append((match.start("time"), match.end("time"), match.start("time"), match["time"], None, "url"))
        for match in _PLACEHOLDER.finditer(text, start):
            if not _inside(match.start(), taken):
                found.append((match.start(), match.end(), match.start("times"), match["times"], None, "placeholder"))
    found.sort()
    if code:
        found = [item for item in found if not any(a <= item[0] < b for a, b in code)]
    return _all_placed(text, found)


def _anchor(match: re.Match[str], found: list[tuple[int, int, int, str, str | None, str]]) -> None:
    data = _DATA.search(match["attributes"])
    value = (data[1] if data[1] is not None else data[2]) if data else ""
    label = match["label"] or ""
    times = list(_ONE.finditer(label))
    if len(times) > 1:
        for time in times:
            at = match.start("label") + time.start()
            found.append((match.start(), match.end(), at, time[0], None if len(times) > 1 else value, "anchor"))
        return
    if times:
        found.append(
            (match.start(), match.end(), match.start("label") + times[0].start(), times[0][0], value, "anchor")
        )
        return
    stripped = label.strip(" []()")
    if stripped and match["label"] is not None:
        at = match.start("label") + label.index(stripped)
        found.append((match.start(), match.end(), at, stripped, value, "anchor"))
        return
    at = match.start("attributes") + (data.start(1) if data and data[1] is not None else 0)
    found.append((match.start(), match.end(), at, "", value, "anchor"))


def _bracket(match: re.Match[str], text: str, found: list[tuple[int, int, int, str, str | None, str]]) -> None:
    times = list(_ONE.finditer(match["times"]))
    form = "bracket" if match["open"] == "[" else "paren"
    if all(time[0].count(":") == 1 for time in times) and not _two_part(match, times, form, text):
        return
    for time in times:
        at = match.start("times") + time.start()
        found.append((match.start(), match.end(), at, time[0], None, form))


def _two_part(match: re.Match[str], times: list[re.Match[str]], form: str, text: str) -> bool:
    """Tell MM:SS from ratios, verses and scores: two digits of seconds, and brackets that fit."""
    for time in times:
        minutes, _, seconds = time[0].partition(":")
        if len(seconds) != 2 or (int(seconds) > 59 and form == "paren"):
            return False
        if form == "paren" and len(minutes) > 3:
            return False
    return (match["open"] == "[") == (match["close"] == "]")


def _inside(at: int, ranges: list[tuple[int, int]]) -> bool:
    index = bisect_right(ranges, (at, 1 << 60)) - 1
    return index >= 0 and ranges[index][0] <= at < ranges[index][1]


def _placed(text: str, item: tuple[int, int, int, str, str | None, str]) -> Citation:
    start, end, at, time, data, form = item
    line = text.count("\n", 0, at) + 1
    return Citation(time, data, start, end, at, line, at - text.rfind("\n", 0, at), form)


def _all_placed(text: str, found: list[tuple[int, int, int, str, str | None, str]]) -> list[Citation]:
    placed: list[Citation] = []
    line, seen, line_start = 1, 0, 0
    for start, end, at, time, data, form in found:
        if at >= seen:
            breaks = text.count("\n", seen, at)
            if breaks:
                line += breaks
                line_start = text.rfind("\n", seen, at) + 1
            seen = at
            placed.append(Citation(time, data, start, end, at, line, at - line_start + 1, form))
        else:
            placed.append(_placed(text, (start, end, at, time, data, form)))
    return placed
