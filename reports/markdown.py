"""Markdown: a comment on a pull request, or the summary of a CI job; cut to what such a page takes."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from ..lint.judge import Judged
from ..lint.model import SEVERITIES, Label
from . import Material
from .words import clip, counted, flat, of_severity, reasons

MAX_LENGTH = 60_000
"""Characters: GitHub refuses a comment of more than 65,536, and a summary of more than a megabyte."""

MAX_PLACES = 8
"""Places of a finding that are named."""

OPEN = 5
"""Findings that are open at first; the others are a click away."""

_MARKS = {"error": "🔴", "warning": "🟡", "info": "🔵"}
_TICKS = re.compile(r"`+")


def render(material: Material) -> Iterator[str]:
    """Give a heading, the counts, and the findings, those that weigh most first."""
    judged = sorted(material.judged, key=lambda item: SEVERITIES.index(item.severity))
    title = _plain(material.title) or "notelint"
    notes = counted(material.outcome.notes, "note")
    failed = "".join(
        f"- could not be checked: {_code(failure.path)} {_code(clip(failure.message, 200))}\n"
        for failure in material.outcome.failures[:10]
    )
    if len(material.outcome.failures) > 10:
        failed += f"- and {len(material.outcome.failures) - 10} more could not be checked\n"
    failed = f"\n{failed}" if failed else ""
    if not judged:
        yield f"### {title}: no conflicts\n\n{notes} checked.\n{failed}"
        return
    tally = Counter(item.severity for item in judged)
    sums = ", ".join(
        f"{_MARKS[severity]} {of_severity(tally[severity], severity)}" for severity in SEVERITIES if tally[severity]
    )
    head = f"### {title}: {counted(len(judged), 'conflict')}\n\n{sums} in {notes}.\n{failed}"
    yield head
    room = MAX_LENGTH - len(head) - 200  # for the last line
    for index, item in enumerate(judged):
        text = "\n" + _finding(item, open_=index < OPEN)
        if len(text) > room:
            yield f"\n{counted(len(judged) - index, 'more conflict')}: `notelint check` shows all of them.\n"
            return
        room -= len(text)
        yield text


def _finding(item: Judged, *, open_: bool) -> str:
    """Give one finding as a fold: its message, then values, places, and how to go on."""
    found = item.finding
    known = "" if item.status == "new" else f" ({item.status})"
    head = f"{_MARKS[item.severity]} <code>{_markup(found.rule)}</code> {_markup(clip(found.message, 400))}{known}"
    lines = [f"<details{' open' if open_ else ''}><summary>{head}</summary>", ""]
    lines += [f"- {_place(label)}" for label in found.labels[:MAX_PLACES]]
    if len(found.labels) > MAX_PLACES:
        lines.append(f"- and {counted(len(found.labels) - MAX_PLACES, 'more place')}")
    lines.append("")
    if found.suggestion is not None:
        why = _plain(", ".join(reasons(found)))
        because = f" ({why})" if why else ""
        lines += [f"Suggested: {_code(clip(found.suggestion, 300))}{because}", ""]
    if found.evidence:
        lines += ["Because: " + "; ".join(_plain(clip(text, 300)) for text in found.evidence[:4]), ""]
    lines += [f"<sub><code>notelint explain {found.fingerprint[:8]}</code></sub>", "", "</details>", ""]
    return "\n".join(lines)


def _place(label: Label) -> str:
    becomes = ""
    if label.suggestion is not None and label.suggestion != label.text:
        becomes = f" → {_code(clip(label.suggestion, 200))}"
    where = f"{label.span.path}:{label.span.line}:{label.span.column}"
    return f"{_code(where)} {_code(clip(label.text, 300))}{becomes}"


def _code(text: str) -> str:
    """Give text as a code span that it cannot end."""
    line = flat(text) or " "
    fence = "`" * (max((len(run) for run in _TICKS.findall(line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def _plain(text: str) -> str:
    """Give text as words alone: no markup, no link, nobody called by name."""
    return re.sub(r"([\\`*_\[\]|~$]|(?<!&)#)", r"\\\1", _markup(text))


def _markup(text: str) -> str:
    """Give text to stand in an element; a name after "@" would call a person, so the two are parted."""
    return html.escape(flat(text), quote=False).replace("@", "@\u200b")
