"""What a citation is taken to mean where it is wrong: the time that is suggested."""

from __future__ import annotations

import pytest

from notelint.lint.backends.memory import Memory
from notelint.lint.config import Config
from notelint.lint.model import Finding, Group
from notelint.lint.note import claims
from notelint.lint.note.read import read
from notelint.lint.times.timeline import timeline
from notelint.rules import RULES

STATEMENTS = {
    "00:00:41": "the potter grew up beside a river in Umbria",
    "00:11:47": "her first kiln cracked during a frosty night",
    "00:21:19": "iron oxide turns the glaze green under smoke",
    "00:24:32": "an apprentice counted every broken jar",
    "00:31:13": "customers from Lyon ordered forty blue plates",
    "00:37:48": "the tax office closed her stall at Easter",
    "00:41:38": "a mental picture of the vessel guides both thumbs",
    "00:45:05": "salt is thrown through the chimney at dusk",
    "00:52:58": "her daughter speaks four languages with merchants",
    "01:08:54": "the museum bought seven bowls for its entrance hall",
    "01:25:18": "clay will become synonymous with patience",
}
"""Eleven statements about one source of an hour and a half, and when they are made."""


def suggested(cited: dict[str, str]) -> dict[str, str | None]:
    """Give what is suggested for the times of a note that cites the statements otherwise, beside two sound notes."""
    notes = {"cited.md": {time: STATEMENTS[meant] for time, meant in cited.items()}}
    notes |= dict.fromkeys(("one.md", "other.md"), STATEMENTS)
    return {
        label.text: label.suggestion or item.suggestion
        for item in findings(notes, "duration: 88min\n")
        for label in item.labels
        if label.role == "place" and label.span.path == "cited.md"
    }


def findings(notes: dict[str, dict[str, str]], header: str = "") -> list[Finding]:
    """Give what is found in the times of notes on one source, each of which says what it cites when."""
    texts = {
        path: f"---\nvideoId: aaaaaaaaaaa\n{header}---\n\n"
        + "\n\n".join(f"{said.capitalize()} [{time}]." for time, said in said_at.items())
        for path, said_at in notes.items()
    }
    read_notes = [read(path, text.encode(), Config().source_keys) for path, text in texts.items()]
    found = Memory(list(RULES), frozenset()).run(read_notes).findings
    return [item for item in found if item.rule.startswith("timestamp")]


@pytest.mark.parametrize(
    "cited",
    [
        # MM:SS as HH:MM:00, among them one that lost its hour
        {"11:47:00": "00:11:47", "21:19:00": "00:21:19", "31:13:00": "00:31:13", "08:54:00": "01:08:54"},
        # the tens of the minutes stand as the hour, and what follows is of no use
        {"02:02:00": "00:24:32", "03:05:00": "00:37:48", "04:17:00": "00:41:38", "05:31:00": "00:52:58"},
        # the digit between them is lost
        {"02:19:00": "00:21:19", "03:13:00": "00:31:13", "04:38:00": "00:41:38"},
        # a mechanical reading leads to what is said elsewhere, and another note says where the statement is made
        {"00:11:47": "00:11:47", "00:41:00": "01:25:18", "00:45:05": "00:45:05"},
        # a field too many, which the order of the note bears out
        {"01:08:54:00": "01:08:54", "01:25:18:00": "01:25:18"},
    ],
)
def test_the_time_that_all_evidence_speaks_for_is_suggested(cited: dict[str, str]) -> None:
    assert suggested(cited) == {time: meant for time, meant in cited.items() if time != meant}


def test_a_source_lasts_as_long_as_half_of_its_notes_although_two_of_them_agree_only_on_its_beginning() -> None:
    beginning = {
        f"00:0{at // 60}:{at % 60:02d}": f"potter {at} fires bowl {at + 7} for guild {at + 11}"
        for at in range(5, 590, 24)
    }
    notes = {
        "a.md": beginning | {"00:36:40": "salt is thrown through the chimney at dusk"},
        "b.md": beginning,
        "c.md": {"04:10:00": "a loom", "20:11:00": "a warp", "30:05:00": "a weft", "36:41:00": "a shuttle"},
        "d.md": {"05:10:00": "madder", "21:31:00": "woad", "29:06:00": "weld", "36:52:00": "walnut"},
    }
    assert {label.span.path for item in findings(notes) for label in item.labels} == {"c.md", "d.md"}


LED = """---
videoId: aaaaaaaaaaa
---

- [00:01:00] The kiln is lit. It burns "for a whole week" without rest.
- [00:02:00] The glaze is made.
- [00:03:00] Bowls are sold. {}
"""


@pytest.mark.parametrize(
    ("behind", "times"),
    [
        ("Plates are not.", [60, 60, 60, 120, 180, 180]),
        ("Plates are not [00:03:30].", [60, 60, 60, 120, 180, 210]),
    ],
    ids=["before alone", "and behind"],
)
def test_a_citation_before_a_statement_is_its_own_and_covers_the_rest_of_the_block(
    behind: str, times: list[int]
) -> None:
    group = Group("aaaaaaaaaaa", claims.by_source(read("a.md", LED.format(behind).encode(), Config().source_keys)))
    facts = [fact for fact in group if isinstance(fact.value, claims.Claim | claims.Quote)]
    assert [timeline(group).seconds(fact) for fact in facts] == times


def test_a_citation_behind_a_statement_covers_what_comes_before_it() -> None:
    text = "The kiln is lit. It burns [00:01:00]. The glaze is made. Bowls are sold [00:02:00]. Plates are not."
    head = "---\nvideoId: aaaaaaaaaaa\n---\n\n"
    group = Group("aaaaaaaaaaa", claims.by_source(read("a.md", (head + text).encode(), Config().source_keys)))
    facts = [fact for fact in group if isinstance(fact.value, claims.Claim)]
    assert [timeline(group).seconds(fact) for fact in facts] == [60, 60, 120, 120, None]
