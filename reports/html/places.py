"""Places and dots as markup: what a large report has by the hundred thousand, so it is put together here, not in a template.

Each text is escaped once and whole. Where a mark begins and ends is told by
control characters, which `visible` has already taken out of what notes bring,
and which become tags after the escaping.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from markupsafe import Markup, escape

from ..words import checked, is_video, note_link, visible, watch
from .difference import Piece

OPEN, CLOSE = "\x01", "\x02"
"""Stand for <mark> and </mark> in a text that is yet to be escaped."""

_LIGHT, _DARK = "\x05", "\x06"
"""Stand for <u> and </u>."""


def marked(before: str, mark: str, after: str) -> str:
    """Give a text as markup, one stretch of it marked."""
    text = f"{visible(before)}{OPEN}{visible(mark)}{CLOSE}{visible(after)}"
    return _tagged(text)


def _tagged(text: str) -> str:
    """Escape a text, and make its marks tags."""
    return str(escape(text)).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")


def cut(pieces: Iterable[Piece]) -> Markup:
    """Give a text in pieces as markup: those that differ underlined, those that the conflict is about marked."""
    text = "".join(
        words if not kind else f"{_LIGHT}{words}{_DARK}" if kind == 1 else f"{OPEN}{words}{CLOSE}"
        for kind, words in pieces
    )
    return Markup(_tagged(text).replace(_LIGHT, "<u>").replace(_DARK, "</u>"))


def where(link: str, path: str, line: int, column: int) -> str:
    """Give the link to a place in a note, by its name and place."""
    start, rest, end = _note(link, path)
    if start:
        start = start.replace("{line}", str(line)).replace("{column}", str(column))
    return f"{start}{rest}<span>:{line}:{column}</span>{end}"


def play(key: str, seconds: int | None, told: str) -> str:
    """Give the link that plays a source at a second; "" where that cannot be done."""
    base = _watch(key)
    if seconds is None or not base:
        return ""
    at = f"&amp;t={seconds}s" if seconds and is_video(key) else ""
    return f' <a href="{base}{at}">play at {told}</a>'


def becomes(text: str) -> str:
    """Give what should stand at a place."""
    return f' <span class="becomes">→ {escape(visible(text))}</span>' if text else ""


def place(at: str, role: str, words: str, change: str) -> str:
    """Give a place in its context."""
    named = f"<span>{_escaped(role)}</span>" if role else ""
    return f'<li><p class="at">{at}{named}</p><p class="words"><bdi>{words}</bdi>{change}</p></li>'


@functools.lru_cache(maxsize=256)
def _escaped(role: str) -> str:
    return str(escape(visible(role)))


@functools.lru_cache(maxsize=4096)
def _note(link: str, path: str) -> tuple[str, str, str]:
    """Give the markup around a place's line and column; the first part has still to be told these."""
    shown = visible(path)
    name = shown.rpartition("/")[2] or shown
    href = note_link(link.replace("{line}", "\x03").replace("{column}", "\x04"), path, 0, 0)
    if not href:
        return "", f'<span title="{escape(shown)}"><bdi>{escape(name)}</bdi>', "</span>"
    start = str(escape(href)).replace("\x03", "{line}").replace("\x04", "{column}")
    return f'<a href="{start}', f'" title="{escape(shown)}"><bdi>{escape(name)}</bdi>', "</a>"


@functools.lru_cache(maxsize=4096)
def _watch(key: str) -> str:
    return str(escape(checked(watch(key))))
