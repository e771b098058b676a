"""Facts: what a baseline knows a conflict by."""

from __future__ import annotations

from notelint.lint import engine
from notelint.lint.note import claims
from notelint.lint.note.read import read
from notelint.rules import fact_number

FILL = (
    "The orchard keeps eleven kinds of pears behind its brick wall.",
    "A choir of retired sailors sings beneath the lighthouse stairs.",
    "Beekeepers carry smoke cans through the heather before sunrise.",
    "The archive stores glass negatives in drawers lined with felt.",
)


def test_two_conflicts_of_the_same_values_are_known_apart() -> None:
    notes = {
        name: [
            f"The harbour company repaired {value} wooden fishing boats for the northern villages [00:08:00].",
            f"Later the mountain railway hired {value} retired drivers to clear snow from its tunnels [00:31:00].",
            *(FILL if name == "a.md" else ()),
        ]
        for name, value in (("a.md", "250"), ("b.md", "370"))
    }
    facts = [
        fact
        for name, lines in notes.items()
        for fact in claims.by_source(
            read(name, ("---\nvideoId: aaaaaaaaaaa\n---\n\n" + "\n\n".join(lines)).encode(), ("videoId",))
        )
    ]
    found = [*fact_number.check("aaaaaaaaaaa", engine.group("aaaaaaaaaaa", facts))]
    assert len(found) == 2
    assert found[0].ballot == found[1].ballot
    assert found[0].fingerprint != found[1].fingerprint
