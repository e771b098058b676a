"""The words of a note made fit to be shown: hidden characters made visible, long ones cut, links checked."""

from __future__ import annotations

import functools
import re
from urllib.parse import quote, urlsplit

from ..lint.model import Finding, Severity

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# a quote may begin or end inside a link, so that only one half of the link is there
_MARKUP = re.compile(
    r"\[\[(?:[^\[\]|]*\|)?\s*([^\[\]|]*?)\s*\]\]|\[([^\[\]]*)\]\([^()]*\)|<[^<>]*>|\*\*|__|==|`|\]\]|\[\[(?:[^\[\]|]*\|)?"
)
_SCHEMES = {"http", "https", "file", "vscode", "vscodium", "obsidian", "cursor", "zed"}
_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?].*)?", re.IGNORECASE)


def visible(text: str) -> str:
    """Give text in which what a reader could not see, or what would turn the line around, is named."""
    if text.isprintable():
        return text
    return _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def plain(text: str) -> str:
    """Give text without the usual inline markup, on one line."""
    return " ".join(_MARKUP.sub(lambda match: match[1] or match[2] or "", text).split())


def flat(text: str) -> str:
    """Give text as `visible` does, on one line, every stretch of white space one space."""
    return " ".join(visible(text).split())


def clip(text: str, length: int) -> str:
    """Cut text after `length` code points, at a word's end where one is near."""
    if len(text) <= length:
        return text
    space = text.rfind(" ", length - 24, length)
    return text[: space if space > 0 else length].rstrip() + "…"


def window(text: str, start: int, end: int, room: int = 280) -> tuple[str, str, str]:
    """Give what stands before, at and after [start, end) of a text, `room` code points around it at most."""
    before, mark, after = text[:start], text[start:end], text[end:]
    right = min(len(after), max(room // 3, room - len(before)))
    left = min(len(before), room - right)
    if left < len(before):
        cut = len(before) - left
        space = before.find(" ", cut, cut + 24)
        before = "…" + before[space + 1 if space >= 0 else cut :]
    return before, clip(mark, 600), clip(after, right)


def checked(link: str) -> str:
    """Give a link back when following it can only open something: by its scheme, or relative and rooted."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme:
        return link if parts.scheme in _SCHEMES else ""
    return link if link.startswith(("./", "../", "#")) else ""


def note_link(template: str, path: str, line: int, column: int) -> str:
    """Give the address of a line of a note: `template` with its {path}, {line} and {column} filled in, or "" without one.

    Every character of the path that could mean something in an address is encoded.
    """
    if not template:
        return ""
    return _note_link(template, path).replace("{line}", str(line)).replace("{column}", str(column))


@functools.lru_cache(maxsize=4096)
def _note_link(template: str, path: str) -> str:
    return checked(template.replace("{path}", quote(path.encode("utf-8", "surrogatepass"), safe="/")))


def is_video(key: str) -> bool:
    """Tell whether a source's key is a YouTube id."""
    return _VIDEO.fullmatch(key) is not None


def watch(key: str, seconds: int | None = None) -> str:
    """Give the address at which a source can be seen, at a second where that is known; "" where there is none."""
    if is_video(key):
        at = f"&t={seconds}s" if seconds else ""
        return f"https://www.youtube.com/watch?v={key}{at}"
    if key.startswith("doi:"):
        return "https://doi.org/" + quote(key[4:], safe="/().;:-_")
    if _HOST.fullmatch(key):
        return "https://" + quote(key, safe="/?&=.-_~%")
    return ""


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun: "1 note", "2,300 notes"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def of_severity(number: int, severity: Severity) -> str:
    """Write how many findings have a severity: "1 error", "2 warnings", "3 info"."""
    return counted(number, severity, "info" if severity == "info" else "")


def reasons(found: Finding) -> list[str]:
    """Say what speaks for a finding's suggestion: in how many of the notes that disagree it stands, and what else."""
    vote = next((vote for vote in found.ballot if vote.value == found.suggestion), None)
    if vote is None:
        return []
    total = sum(vote.notes for vote in found.ballot)
    several = total > 1 and len({label.span.path for label in found.labels}) > 1
    return [*([f"{vote.notes} of {counted(total, 'note')}"] if several else []), *vote.why]
