"""Citations: the timestamps by which a note points into its source, in every form that notes use.

Each is read to seconds or kept with what is wrong about it; what merely looks
like one (ratios, verses, scores, clock times, ports, code) is not a citation.
Nothing here raises, whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from .clock import HMS, STRAY, numbers, read_time
from .leading import leading
from .source import video_id

# A field has up to three digits, the first also four when it is padded: 0003:57, but not port 5000:80.
_TIME = r"(?:0\d{3}|\d{1,3})(?::\d{1,3}){1,5}"
_ONE = re.compile(_TIME)
_ANCHOR = re.compile(
    rf"<a\b(?P<attributes>[^<>\n]{{0,400}})>(?:(?P<label>[^<\n]{{0,80}})</a>|(?P<loose>\[?{_TIME}\]?))?", re.IGNORECASE
)
_OPENING = re.compile(r"<[aA]\b")
# How nine in ten are written, and what stands for one while a note is parsed, of the same length: letters between
# two signs that mean nothing to Markdown. After a space alone, where neither can belong to what comes before.
_FIXED = re.compile(r' <a class="yt-timestamp" data-t="\d\d:\d\d:\d\d">\[\d\d:\d\d:\d\d\]</a>')
_RULED = (re.compile(r"\|[ \t]*:?-"), re.compile(r"-:?[ \t]*\|"))
"""What the line under the head of a table has; two patterns, for one that begins with one character is searched for fast."""
_FILLER = " ," + "x" * 54 + ","
# What makes an anchor a citation: the player's class, or data with a time; an ordinary link has neither.
_COMMON = re.compile(
    r'<a (?:class="[\w -]*" )?data-t="(?P<value>\d\d:\d\d(?::\d\d)?)">\[(?P<label>\d\d:\d\d(?::\d\d)?)\]</a>'
)
"""The anchor as it is nearly always written, so that the others' many forms need not be tried on it."""
_MARKED = re.compile(r"timestamp|[\s\"']data(?:-t|-time|-start|-seconds)?\s*=|\sdata-\d|=\s*[\"']?yt\b", re.IGNORECASE)
_ELSE = re.compile(
    r"(?<![\w-])(?:href|id|name|title|rel|target)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE
)
"""Attributes whose values say nothing of a time: an address and a place in a page may well be called a timestamp."""
_DOUBLE = re.compile(rf"\[[ \t]*(?:{_TIME})?[ \t]*\]\(\Z")
_DATA = re.compile(r"[\s\"']data(?P<of>-[a-z]+)?\s*=\s*[\"']?(?P<value>[^\"'>\s]*)", re.IGNORECASE)
_GLUED = re.compile(r"=\s*\"[^\"\s]*=\"")
_BRACKET = re.compile(
    rf"(?P<open>[\[(])[ \t]*/?(?P<times>{_TIME}(?:\.?[ \t]*(?:,|;|\||/|-|–|—|→|to\b|and\b|&)[ \t]*{_TIME})*)[ \t]*(?P<close>[\])])(?!\()"
)
_PLACEHOLDER = re.compile(
    r"\[(?<!\[\[)(?P<times>(?:HH|MM|hh|mm|XX|xx|\?\?):(?:MM|SS|mm|ss|XX|xx|\?\?|\d\d)(?::(?:SS|ss|XX|xx|\?\?|\d\d))?)\](?!\()"
)
_FORMAT = re.compile(r"(?:format|form|pattern|style|as|like)\W{0,3}\Z", re.IGNORECASE)
_URL = re.compile(
    rf"(?:\[[ \t]*(?P<label>{_TIME})[ \t]*\]\(|\]\(|(?<![\w\"'=/.]))<?(?P<url>https?://[^\s()<>\"'\]]{{4,400}})"
)
_URL_TIME = re.compile(
    r"[?&#;](?:t|start|time_continue)=(?P<time>\d{1,3}h(?:\d{1,3}m)?(?:\d{1,3}s)?|\d{1,4}m(?:\d{1,3}s)?|\d{1,6}s?|\d{1,2}(?::\d{2}){1,2})(?![\w:])"
)
_MEDIA = re.compile(r"youtu|vimeo|\.(?:mp[34]|webm|m4[av]|ogg)\b")
_SOUND = re.compile(r"[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?")
# Two fields in round brackets after these are a verse, a score, a ratio or the hour of the day.
_NO_TIME = re.compile(
    r"(?:ratio|scale|scores?|scored|won|lost|beat|verses?|chapter|psalm|surah?|aspect|format|resolution|odds|at|by|until|am|pm)(?:\W+(?:of|is|was|to))?\W*\Z",
    re.IGNORECASE,
)

_VERSE = re.compile(r"(?<![\w.])[A-Z]\w+\W\Z")

BROKEN = {
    "unpaired": "has an unpaired quotation mark",
    "cut": 'has an attribute that ends in "="',
    "data": 'has its time in "data", and not in "data-t"',
}
"""Forms of anchors that no player reads as they are meant, and what is wrong with each."""

Found: TypeAlias = tuple[int, int, int, str, str | None, str]
"""Start, end, at, time, data and form of a citation that is not yet placed in lines."""


class Citation(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One time that a note cites.

    `time` is the time as written in the label ("00:13:37"), or "" where the
    label is empty; `data` what the anchor's `data-t` or the link's `t=` has, "" where an
    anchor has none, None where there is neither anchor nor link. [start, end) is the whole citation
    in the note, code points; the label's own place is [at, at + len(time)),
    or that of the data where the label is empty, and `line` and `column` are
    of `at`. `form` is `anchor`, one of BROKEN, `bracket`, `paren`, `url` or `placeholder`.
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
    def written(self) -> str:
        """What stands at `at`: the label, or the data where there is none."""
        return self.time or self.data or ""

    @property
    def parts(self) -> tuple[int, ...]:
        """The numbers of the label, or of `data` where the label is empty."""
        return numbers(self.written)

    @property
    def seconds(self) -> int | None:
        """The time as a player would read it: the data where there is any, else the label."""
        for written in (self.data, self.time):
            if written:
                value = read_time(written)
                if value is not None:
                    return value
        return None


class Trouble(NamedTuple):
    """What keeps a player or a reader from following a citation, in a few words; `readable` where a player still does."""

    said: str
    readable: bool = False


def fault(citation: Citation) -> Trouble | None:
    """Give what keeps a player or a reader from following a citation; None when nothing does."""
    form, time, data = citation.form, citation.time, citation.data
    if form == "placeholder":
        return Trouble(f"{time} is a placeholder")
    if form == "url":
        return None
    if form == "anchor" or form in BROKEN:
        if data and (trouble := _unreadable(data)) is not None:
            return trouble
        if form in BROKEN and citation.written:
            return Trouble(f"the anchor of {citation.written} {BROKEN[form]}")
        if not data and data is not None:
            return Trouble(f"the anchor of {time} has no time" if time else "the anchor has neither a time nor a label")
        if data == time:
            return None
        if not time:
            return None if data is None else Trouble(f"the anchor of {data} has no label", readable=True)
    return _unreadable(time)


def _unreadable(written: str) -> Trouble | None:
    if _SOUND.fullmatch(written) is not None:
        return None
    if not numbers(written):
        if written and HMS.fullmatch(written):
            return None
        bare = written.strip(STRAY)
        if bare != written and numbers(bare):
            stray = next(char for char in written if char in STRAY)
            return Trouble(f"{written} has a stray {stray!r}", readable=True)
        return Trouble(f"{written} is not a time")
    fields = written.split(":")
    values = numbers(written)
    if len(fields) > 3:
        return Trouble(f"{written} has {len(fields)} fields")
    if any(value > 59 for value in values[1:]):
        return Trouble(f"{written} has a field above 59")
    if any(len(field) != 2 for field in fields[1:]) or len(fields[0]) > 2 + (len(fields) == 2 and fields[0][0] != "0"):
        return Trouble(f"{written} has a field of the wrong width", readable=True)
    return None


def masked(text: str) -> str:
    """Give a text with as many letters in the place of anchors as they are mostly written: to Markdown the same, but less.

    A text with a table stays as it is: there an anchor is told from a line's other text by its tags.
    """
    if "|" in text and any(pattern.search(text) is not None for pattern in _RULED):
        return text
    return _FIXED.sub(_FILLER, text)


def citations(
    text: str, start: int, code: Sequence[tuple[int, int]], source: str | None = None, rest: str | None = None
) -> list[Citation]:
    """Find the citations of a note from `start` on, outside of the `code` ranges, in order.

    `source` is what the note is about: a link to a moment of another video is
    no citation. `rest` is the text as `masked` gives it, where that is at hand.
    """
    rest = text if rest is None else rest
    found: list[Found] = []
    if "<a" in text or "<A" in text:
        end = start
        for opening in _OPENING.finditer(text, start):
            at = opening.start()
            if at < end:
                continue
            common = _COMMON.match(text, at)
            if common is not None:
                end = common.end()
                item = (at, end, common.start("label"), common["label"], common["value"], "anchor")
                found.append(_doubled(text, item) if text.endswith("](", 0, at) else item)
                continue
            match = _ANCHOR.match(text, at)
            if match is not None:
                end = match.end()
                if _MARKED.search(_ELSE.sub("", match["attributes"])) is not None:
                    found.extend(_doubled(text, item) for item in _anchor(match))
    if "t=" in text and "://" in text:
        taken = [item[:2] for item in found]
        for match in _URL.finditer(rest, start):
            if not inside(match.start(), taken):
                found.extend(_url(match, source))
    if ":" in text:
        taken = sorted(item[:2] for item in found)
        marked = len(found)
        pairs: list[tuple[re.Match[str], str]] = []
        for match in _BRACKET.finditer(rest, start):
            if not inside(match.start(), taken):
                form = "bracket" if match["open"] == "[" else "paren"
                if match["times"].count(":") == 1 and form == "paren":
                    pairs.append((match, form))
                else:
                    found.extend(_bracket(match, form, text))
        # "(12:34)" is a citation in a note that cites so; among other citations it is an hour or a verse
        if pairs and len(found) < 2 * len(pairs) and not marked:
            for match, form in pairs:
                found.extend(_bracket(match, form, text))
        for match in _PLACEHOLDER.finditer(rest, start):
            if not inside(match.start(), taken) and not _FORMAT.search(text, max(0, match.start() - 12), match.start()):
                found.append((match.start(), match.end(), match.start("times"), match["times"], None, "placeholder"))
    if not found and source is not None and ":" in text:
        found.extend(leading(text, start))
    found.sort(key=lambda item: item[:3])
    if code:
        ranges = sorted(code)
        found = [item for item in found if not inside(item[0], ranges)]
    return _placed(text, found)


def _anchor(match: re.Match[str]) -> Iterator[Found]:
    """Read an anchor: what its data says, and each time in its label."""
    attributes = match["attributes"]
    offset = match.start("attributes")
    data = _DATA.search(attributes)
    form = "anchor"
    if attributes.count('"') % 2:
        form = "unpaired"
    elif _GLUED.search(attributes) is not None:
        form = "cut"
    elif data is not None and data["of"] is None:
        form = "data"
    # a broken attribute still has its time: data-23:11:00, class="yt-09:59:00"
    loose = _ONE.search(attributes) if data is None or not data["value"] else None
    value, at = "", match.start()
    if loose is not None:
        at = offset + loose.start()
    elif data is not None and data["value"]:
        value, at = data["value"], offset + data.start("value")
    group = "label" if match["label"] is not None else "loose"
    label = match[group] or ""
    times = list(_ONE.finditer(label))
    if len({time[0] for time in times}) > 1:
        for time in times:
            yield (match.start(), match.end(), match.start(group) + time.start(), time[0], None, form)
        return
    stripped = label.strip(" []()")
    if times and (stripped == times[0][0] or len(stripped) > len(times[0][0]) + 2):
        yield (match.start(), match.end(), match.start(group) + times[0].start(), times[0][0], value, form)
        return
    if stripped:
        yield (match.start(), match.end(), match.start(group) + label.index(stripped), stripped, value, form)
    elif loose is not None:
        yield (match.start(), match.end(), at, loose[0], "", form)
    else:
        yield (match.start(), match.end(), at, "", value, form)


def _doubled(text: str, item: Found) -> Found:
    """Take in what doubles an anchor: the link in `[00:01:02](<a …>[00:01:02]</a>)`."""
    start, end = item[0], item[1]
    if not text.endswith("](", max(0, start - 2), start):
        return item
    double = _DOUBLE.search(text, max(0, start - 40), start)
    if double is None:
        return item
    return (double.start(), end + text.startswith(")", end), *item[2:])


def _url(match: re.Match[str], source: str | None) -> Iterator[Found]:
    """Read a link to a moment of the source: `?t=1h2m3s`, `#t=90`, `&start=90`."""
    url = match["url"]
    time = _URL_TIME.search(url)
    if time is None or _MEDIA.search(url) is None:
        return
    video = video_id(url)
    if source is not None and video is not None and len(source) == len(video) and source != video:
        return
    at = match.start("url") + time.start("time")
    if match["label"] is not None:
        yield (match.start("label"), match.end("label"), match.start("label"), match["label"], time["time"], "url")
    else:
        yield (at, at + len(time["time"]), at, time["time"], None, "url")


def _bracket(match: re.Match[str], form: str, text: str) -> Iterator[Found]:
    """Read a time, a list or a range of times in brackets, unless it is something else."""
    if (match["open"] == "[") != (match["close"] == "]"):
        return
    times = list(_ONE.finditer(match["times"]))
    for time in times:
        fields = time[0].split(":")
        if len(fields) == 2:
            # one digit of seconds makes a ratio or a verse; two fields need two, and 0-padding only in front
            if len(fields[1]) != 2 or (form == "paren" and (int(fields[1]) > 59 or len(fields[0]) > 2)):
                return
            if form == "paren" and (
                _NO_TIME.search(text, max(0, match.start() - 14), match.start())
                or (len(fields[0]) == 1 and _VERSE.search(text, max(0, match.start() - 24), match.start()))
            ):
                return
        elif len(fields) == 3 and all(len(field) == 1 for field in fields):
            return
    if text.startswith("[[", match.start() - 1) and all(time[0].count(":") == 1 for time in times):
        return
    for time in times:
        yield (match.start(), match.end(), match.start("times") + time.start(), time[0], None, form)


def inside(at: int, ranges: list[tuple[int, int]]) -> bool:
    """Say whether an offset lies in one of the ranges, which are in order and apart."""
    index = bisect_right(ranges, (at, 1 << 60)) - 1
    return index >= 0 and ranges[index][0] <= at < ranges[index][1]


def _placed(text: str, found: list[Found]) -> list[Citation]:
    """Give the citations their lines and columns, in one pass; `found` is in order of `start`."""
    placed: list[Citation] = []
    line, seen, line_start = 1, 0, 0
    for start, end, at, time, data, form in found:
        # within one anchor the label stands before or after the data, on one line
        breaks = text.count("\n", seen, start) if start > seen else 0
        if breaks:
            line += breaks
            line_start = text.rfind("\n", seen, start) + 1
        seen = max(seen, start)
        placed.append(Citation(time, data, start, end, at, line, at - line_start + 1, form))
    return placed
