"""Notes that declare no source: joined where one source stands out, else alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from notelint.lint.model import Sharing
from notelint.lint.note.claims import by_source
from notelint.lint.note.read import SOURCE_KEYS, read
from notelint.lint.sources import sketch

SEEDS = Path(__file__).parents[1] / "seeds"


def of(path: str, text: str) -> frozenset[str]:
    return sketch.sketch(by_source(read(path, text.encode(), SOURCE_KEYS)))


TALK = of(
    "talk.md",
    "Mara Quillfeather of Harborlight met Tove Askerud in Brennvik. They use the Kelpdrive and Sandmeter tools.",
)
OTHER = of("other.md", "Jon Ferrowick of Stonegate met Ane Dravik in Oslo. They use the Rainmeter.")


def test_a_note_joins_the_source_whose_names_it_shares() -> None:
    note = of(
        "loose.md", "At Harborlight, Mara Quillfeather said to Tove Askerud that the Kelpdrive beats the Sandmeter."
    )
    (sharing,) = sketch.infer({"loose.md": note}, {"talk": TALK, "other": OTHER})
    assert (sharing.path, sharing.source) == ("loose.md", "talk")
    (told,) = sharing.evidence
    assert told.startswith("both name ")
    assert all(name in told for name in ("Mara Quillfeather", "Kelpdrive", "Harborlight")), "as they are written"


def test_shared_quotes_are_told_in_their_marks() -> None:
    names = frozenset(["Kelpdrive", "Sandmeter", "Harborlight", "Brennvik"])
    quotes = frozenset(['"never plant in a hurry"', '"the heaviest soil of all soils warms last"'])
    (sharing,) = sketch.infer({"loose.md": names | quotes}, {"talk": names | quotes})
    assert sharing.evidence == (
        "both name Brennvik, Harborlight, Kelpdrive, Sandmeter",
        'both quote "never plant in a hurry", "the heaviest soil of all soils warms last…"',
    )


def test_a_note_on_the_same_subject_stays_alone() -> None:
    note = of("article.md", "The role of a chief at Harborlight is critical. OpenAI and Google have one as well.")
    assert sketch.infer({"article.md": note}, {"talk": TALK, "other": OTHER}) == []


def test_a_note_between_two_sources_stays_alone() -> None:
    both = TALK | OTHER
    assert sketch.infer({"both.md": both}, {"talk": TALK, "other": OTHER}) == []


def test_what_many_sources_have_tells_of_none() -> None:
    many = {f"talk{number}": TALK for number in range(5)}
    assert sketch.infer({"loose.md": TALK}, many) == []


def test_nothing_to_do_without_loose_notes_or_sources() -> None:
    assert sketch.infer({}, {"talk": TALK}) == []
    assert sketch.infer({"loose.md": TALK}, {}) == []


def test_the_order_of_the_sources_does_not_matter() -> None:
    note = {"loose.md": TALK | {"Stonegate"}}
    assert sketch.infer(note, {"a": TALK, "b": OTHER}) == sketch.infer(note, {"b": OTHER, "a": TALK})


@pytest.fixture(scope="module")
def seeds() -> list[Sharing]:
    loose, declared = {}, {}
    for file in sorted(SEEDS.iterdir()):
        note = read(file.name, file.read_bytes(), SOURCE_KEYS)
        facts = sketch.sketch(by_source(note))
        if note.source:
            declared[note.source] = declared.get(note.source, frozenset()) | facts
        else:
            loose[file.name[:3]] = facts
    assert sorted(loose) == ["003", "004"]
    return sketch.infer(loose, declared)


def test_of_the_seeds_003_joins_the_video_and_004_stays_alone(seeds: list[Sharing]) -> None:
    (sharing,) = seeds
    assert sharing.path == "003"
    assert all(name in sharing.evidence[0] for name in ("Gigascale", "Faiss"))
