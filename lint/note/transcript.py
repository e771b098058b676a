"""Transcripts: what was really said, cue by cue, from subtitle files and from text with times.

WebVTT (also the rolling captions that YouTube makes), SubRip, and plain text
whose paragraphs begin with a time are read alike: into cues of words with the
seconds from which and to which they were said. Where there is a transcript, it
outranks whatever notes agree on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Note, Passage

SUBTITLES = (".vtt", ".srt")
"""Ends of names of files that can be nothing else."""

MIN_CUES = 8
"""Paragraphs with times from which on a text is a transcript and not a note with some times in it."""

GAP_LAST = 5
"""Seconds that the last cue of a text is taken to last, since nothing follows that would end it."""

SPEECH = (0.8, 6.0)
"""Words a second that people say; a list of chapters with remarks has far fewer."""

_VIDEO_NAME = re.compile(r"(?:\A|[\[(_ -])([A-Za-z0-9_-]{11})(?:[\])]?(?:\.[A-Za-z-]{2,10})?)\Z")
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_ARROW = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\n]*$", re.MULTILINE)
_LINE_TIME = re.compile(rf"^[ \t]*(?:\*\*)?[\[(]?{_TIME}[\])]?(?:\*\*)?[ \t]*(?:[-–—:|][ \t]*)?", re.MULTILINE)
_TAG = re.compile(r"<[^<>\n]*>|(?<=&)amp;|&(?:nbsp|lrm|rlm|lt|gt);")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+([^<>\n]+)>")
_BLANK = re.compile(r"\n\r?\n")
_SPEAKER = re.compile(r"(?:\*\*)?([^\W\d_][\w.'’-]*(?:[ \t][\w.'’&-]+){0,4}?)[ \t]*:(?:\*\*)?[ \t]+")


def named_source(path: str) -> str | None:
    """Give the video that a file is named after: `dQw4w9WgXcQ.en.vtt`, `Title [dQw4w9WgXcQ].srt`."""
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0]
    match = _VIDEO_NAME.search(stem)
    # an eleven letter word is as likely a title as an id; an id has a digit, a capital within or a mark
    if match is None or (match[1].isalpha() and (match[1].islower() or match[1].istitle())):
        return None
    return match[1]


def is_transcript(note: Note) -> bool:
    """Say whether a document is a transcript, by its name or by its shape."""
    if note.path.endswith(SUBTITLES):
        return True
    head = note.text[note.body : note.body + 400]
    if _LINE_TIME.search(head) is None:
        return False
    body = note.text[note.body :]
    starts = [_seconds(match.groups()) for match in _LINE_TIME.finditer(body)]
    paragraphs = sum(1 for line in body.split("\n") if line.strip())
    if len(starts) < MIN_CUES or 2 * len(starts) < paragraphs or starts != sorted(starts):
        return False
    rate = (len(body.split()) - len(starts)) / max(1, starts[-1] - starts[0])
    return SPEECH[0] <= rate <= SPEECH[1]


def cues(note: Note) -> Iterator[tuple[Passage, int, int, str]]:
    """Give the cues of a transcript: words, start and end in seconds, who says them where that stands there."""
    text = note.text
    before: list[str] = []
    for start, end, begin, stop in _timed(note):
        lines, speaker = _lines(text, begin, stop)
        said = ["".join(text[a:b] for a, b in line).split() for line in lines]
        # rolling captions show each line twice: as the new one, then as the old one
        first = next((at for at, words in enumerate(said) if words != before), len(lines))
        if said:
            before = said[-1]
        if first < len(lines):
            yield _passage(note, [piece for line in lines[first:] for piece in line]), start, end, speaker


def _timed(note: Note) -> Iterator[tuple[int, int, int, int]]:
    """Give (start, end, offset of the words, their end) of each cue."""
    text = note.text
    arrows = list(_ARROW.finditer(text, note.body))
    if arrows:
        for index, arrow in enumerate(arrows):
            following = arrows[index + 1].start() if index + 1 < len(arrows) else len(text)
            blank = _BLANK.search(text, arrow.end(), following)
            groups = arrow.groups()
            yield _seconds(groups[:4]), _seconds(groups[4:]), arrow.end(), blank.start() if blank else following
        return
    lines = list(_LINE_TIME.finditer(text, note.body))
    for index, line in enumerate(lines):
        start = _seconds(line.groups())
        last = index + 1 == len(lines)
        end = start + GAP_LAST if last else _seconds(lines[index + 1].groups())
        yield start, end, line.end(), len(text) if last else lines[index + 1].start()


def _seconds(groups: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, _ = groups
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)


def _lines(text: str, begin: int, stop: int) -> tuple[list[list[tuple[int, int]]], str]:
    """Give the lines of a cue as stretches of words between tags, and who says them where the cue names one."""
    voice = _VOICE.search(text, begin, stop)
    speaker = voice[1].strip() if voice else ""
    at = begin
    named = None if voice else _SPEAKER.match(text, _skip(text, begin, stop), stop)
    if named is not None:
        speaker, at = named[1], named.end()
    found: list[list[tuple[int, int]]] = []
    while at < stop:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        line, cursor = [], at
        for tag in _TAG.finditer(text, at, end):
            line.append((cursor, tag.start()))
            cursor = tag.end()
        line.append((cursor, end))
        line = [(a, b) for a, b in line if text[a:b].strip()]
        if line:
            found.append(line)
        at = end + 1
    return found, speaker


def _skip(text: str, at: int, stop: int) -> int:
    while at < stop and text[at] in " \t\r\n>-":
        at += 1
    return at


def _passage(note: Note, pieces: list[tuple[int, int]]) -> Passage:
    """Join stretches of a note into one passage that knows where each stands, spaces and line ends as one space."""
    text = note.text
    built: list[str] = []
    shifts: list[int] = []
    length, first, before = 0, -1, 0
    for begin, end in pieces:
        chunk = text[begin:end].strip()
        a = text.index(chunk, begin)
        if first < 0:
            first = a
        else:
            if any(char.isspace() for char in text[before:a]):
                built.append(" ")
                length += 1
            shifts += (length, a)
        built.append(chunk)
        length += len(chunk)
        before = a + len(chunk)
    whole = "".join(built)
    passage = Passage(whole, "", first, *note.place(first), tuple(shifts))
    raw = text[first : passage.offset(len(whole) - 1) + 1]
    return Passage(whole, "" if raw == whole else raw, first, passage.line, passage.column, tuple(shifts))
