"""What a note is about: ids of sources, written alike however they were written."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
_VIDEO_HOSTS = {"youtube.com", "youtube-nocookie.com", "youtu.be"}
_VIDEO_PATH = re.compile(r"/(?:embed|shorts|live|v|e)/([A-Za-z0-9_-]{11})(?:/|$)")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_VIDEO_KEYS = {"videoid", "video_id", "video", "youtube"}
SHAPES = {
    "videoid": (_VIDEO, "a video id of 11 characters"),
    "video_id": (_VIDEO, "a video id of 11 characters"),
    "doi": (_DOI, "a DOI"),
    "arxiv": (re.compile(r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z.-]+/\d{7})(?:v\d+)?", re.IGNORECASE), "an arXiv id"),
    "isbn": (re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]"), "an ISBN"),
}
"""Front matter keys whose values have one shape, and what to call it."""

_TRACKING = re.compile(r"^(?:utm_.*|fbclid|gclid|si|feature|t|start|ref)$")


def normalised_source(key: str, value: str) -> str | None:
    """Give the id of the source that front matter `key: value` names, or None.

    Every YouTube form becomes the 11-character id, a DOI its lower case name,
    any other address its host and path without scheme, `www.`, fragment,
    tracking and trailing slash; other values are kept under their key.
    """
    value = value.strip()
    if not value or len(value) > 2000 or "\n" in value:
        return None
    video = video_id(value)
    if video:
        return video
    lowered = key.lower()
    if lowered in _VIDEO_KEYS and _VIDEO.fullmatch(value):
        return value
    doi = _DOI.fullmatch(value)
    if doi:
        return "doi:" + doi[1].lower()
    if value.startswith(("http://", "https://")):
        return address(value)
    if lowered in {"source", "url", "video", "youtube"} | _VIDEO_KEYS and " " in value:
        return None  # prose: "a talk I heard"
    return f"{lowered}:{value}"


def video_id(address_text: str) -> str | None:
    """Give the id of the YouTube video that an address leads to, or None."""
    if "://" not in address_text or "you" not in address_text:
        return None
    try:
        parts = urlsplit(address_text)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("music.")
    if host not in _VIDEO_HOSTS:
        return None
    if host == "youtu.be":
        candidate = parts.path.strip("/")
    elif (found := _VIDEO_PATH.match(parts.path)) is not None:
        candidate = found[1]
    else:
        candidate = parse_qs(parts.query).get("v", [""])[0]
    return candidate if _VIDEO.fullmatch(candidate) else None


def address(url: str) -> str | None:
    """Give an address without what does not tell one page from another; None where it leads nowhere."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host:
        return None
    query = "&".join(
        sorted(item for item in parts.query.split("&") if item and not _TRACKING.match(item.partition("=")[0]))
    )
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "")
