"""Names: where they are, which are one, and what is only a difference of form."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.lint.engine import group
from notelint.lint.language import forms, homophones, variants
from notelint.lint.language.words import lexicon, stem
from notelint.lint.model import Fact, Finding, Group
from notelint.lint.names import kin, quoted
from notelint.lint.names import mentions as names
from notelint.lint.names.around import Context
from notelint.lint.names.reading import reading, role_of
from notelint.lint.names.scan import mentions
from notelint.lint.note.claims import by_source
from notelint.lint.note.read import SOURCE_KEYS, read
from notelint.lint.terms import writing
from notelint.lint.terms.ways import respelled
from notelint.rules import name_spelling


def found(text: str, lead: int = 0) -> list[str]:
    return [text[start:end] for start, end, _ in mentions(text, lead)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met Mara Quill in Brennvik.", ["Mara Quill", "Brennvik"]),
        ("Many people like this. However, they left.", []),
        ("Servers were full.", []),
        ("Mara Quill's lab and the lab of Facebook's Tove Askerud", ["Mara Quill", "Facebook", "Tove Askerud"]),
        ("as Dr. Mara Quill and CEO Tove Askerud said", ["Mara Quill", "Tove Askerud"]),
        ("met Tristan de Montebello and Ludwig van der Berg", ["Tristan de Montebello", "Ludwig van der Berg"]),
        ("the tools v0, iPhone, GPT-4o, Next.js and R&D", ["v0", "iPhone", "GPT-4o", "Next.js", "R&D"]),
        ("with Élodie Brûlé, Søren Åkerlund and Јован Петровић", ["Élodie Brûlé", "Søren Åkerlund", "Јован Петровић"]),
        ("see https://Example.org/Foo and mail@Example.org", []),
        ("in March and on Monday I said", []),
        ("works on RDMA/RoCE today", ["RDMA", "RoCE"]),
        ("مرحبا بالعالم 你好", []),
        ("", []),
    ],
)
def test_mentions(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_bold_lead_is_no_name() -> None:
    assert found("Cost Control: it helps", lead=13) == []


def test_a_courtesy_title_is_beside_the_name() -> None:
    text = "as Dr. Mara Quill said"
    ((start, end, titled),) = mentions(text)
    assert (text[start:end], text[titled:end]) == ("Mara Quill", "Dr. Mara Quill")


@given(st.text(max_size=200), st.integers(0, 20))
def test_mentions_are_in_order_apart_and_within_the_text(text: str, lead: int) -> None:
    at = 0
    for start, end, titled in mentions(text, lead):
        assert at <= titled <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        at = end


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("nccl", "nickel"),
        ("roce", "rocky"),
        ("vercel", "versell"),
        ("groq", "grok"),
        ("v0", "vzero"),
        ("xanadu", "ksanadu"),
    ],
)
def test_said_alike(a: str, b: str) -> None:
    assert variants.sounds_alike(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("google", "googlers"),
        ("somalis", "somalian"),
        ("sikhs", "sikhism"),
        ("paparazzo", "paparazzi"),
        ("italy", "italian"),
    ],
)
def test_forms_of_one_word(a: str, b: str) -> None:
    assert variants.inflected(a, b)
    assert variants.inflected(b, a)


@given(st.text("abcdeghiknrsz0", min_size=1, max_size=8), st.text("abcdeghiknrsz0", min_size=1, max_size=8))
def test_likeness_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert variants.likeness(a, b) == pytest.approx(variants.likeness(b, a))
    assert 0 <= variants.likeness(a, b) <= 1
    assert variants.likeness(a, a) == 1
    assert variants.sounds_alike(a, b) == variants.sounds_alike(b, a)


LINES = st.lists(
    st.text("ABNTabentol -.\"'*[]|2", max_size=40).map(lambda text: text.strip() + "."), min_size=1, max_size=6
)


@given(st.lists(LINES, min_size=2, max_size=4))
def test_whatever_notes_say_every_place_is_where_it_says(notes: list[list[str]]) -> None:
    texts = {f"{n}.md": "\n\n".join(lines) for n, lines in enumerate(notes)}
    facts = [
        fact
        for path, text in texts.items()
        for fact in by_source(read(path, f"---\nvideoId: aaaaaaaaaaa\n---\n{text}".encode(), SOURCE_KEYS))
    ]
    together = group("aaaaaaaaaaa", facts)
    cast = names.cast(together)
    for name in cast.names.values():
        for mention in name.mentions:
            text = cast.claims[mention.claim].value.passage.text
            assert text[mention.start : mention.end] == mention.form
            assert names.joined(mention.form) == name.key
    for term in writing.written(together):
        assert len(term.places) > 1
        for places in term.places.values():
            for place in places:
                assert term.claims[place.claim].value.passage.text[place.start : place.end] == place.form
    for family in kin.kin(together):
        assert len(family.keys) > 1
        assert set(family.keys) <= set(cast.names)


def test_the_lexicon_is_quick_and_whole() -> None:
    entries = lexicon()
    assert len(entries) > 70_000
    assert entries["the"].rarity < 10
    assert entries["paul"].given
    assert entries["table"].listed
    assert not entries["table"].given


def _quoting(*terms: str) -> list[Fact]:
    lines = "\n\n".join(f'They call it the "{term}" of the house [00:10:00].' for term in terms)
    return [
        fact
        for path, text in (("a.md", lines), ("b.md", 'They call it the "patent cellar method" there [00:10:02].'))
        for fact in by_source(read(path, f"---\nvideoId: aaaaaaaaaaa\n---\n\n{text}\n".encode(), SOURCE_KEYS))
    ]


def test_a_word_of_very_many_quoted_terms_tells_nothing_of_two() -> None:
    few = ["patient cellar method"]
    many = [*few, *(f"{chr(97 + at // 26)}{chr(97 + at % 26)}zix cellar method" for at in range(quoted.COMMON))]
    assert len(quoted.heard(group("k", _quoting(*few)))) == 1
    assert quoted.heard(group("k", _quoting(*many))) == ()


def test_very_many_words_with_one_sound_are_no_words() -> None:
    assert [*homophones.homophones(["council", "counsel"])] == [("council", "counsel")]
    vowels = ["".join(run) for size in (2, 3) for run in itertools.product("aeiou", repeat=size)]
    assert [*homophones.homophones(f"ca{vowel}nsal" for vowel in vowels)] == []


@pytest.mark.parametrize(
    ("form", "suggestion", "expected"),
    [
        ("Ferrish", "Nadia Ferris", "Ferris"),
        ("Sorrel Pagers", "Sorel Pager", None),
        ("Cortex Studio", "Kortex", "Kortex Studio"),
        ("SPEA (Sync, Plan)", "SPE", "SPE (Sync, Plan)"),
        ("Tidal Draft Gates (TDGA)", "TDG", "Tidal Draft Gates (TDG)"),
        ("Rim OCastle", "Raml", None),
        ("Realmeadow", "Real Meadows", None),
    ],
)
def test_a_place_reads_as_much_as_stands_there(form: str, suggestion: str, expected: str | None) -> None:
    assert reading(form, suggestion) == expected


def test_a_short_form_of_the_right_spelling_is_right() -> None:
    assert role_of("Ferris", "Nadia Ferris") == "canonical"
    assert role_of("Nadia Ferrish", "Nadia Ferris") == "variant"


def _told(*texts: str) -> Group:
    notes = [
        read(f"{number}.md", f"---\nvideoId: aaaaaaaaaaa\n---\n\n{text}\n".encode(), SOURCE_KEYS)
        for number, text in enumerate(texts)
    ]
    return group("aaaaaaaaaaa", [fact for note in notes for fact in by_source(note)])


def _spelled(*texts: str) -> list[Finding]:
    return list(name_spelling.check("aaaaaaaaaaa", _told(*texts)))


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("The JPDG or, later on, the JGDG did it.", True),
        ("The JPDG (JGDG) did it.", False),
        ("Jpdg when they JGDG.", True),
    ],
)
def test_what_one_claim_has_is_two_things_unless_one_is_the_name_of_the_other(text: str, two: bool) -> None:
    facts = _told(text, "They call it JPDG.")
    cast = names.cast(facts)
    assert Context(facts, cast).beside(cast.names["jgdg"], cast.names["jpdg"]) is two


def test_that_no_note_has_both_is_said_of_all_spellings_that_are_listed() -> None:
    one = "Nadia Ferrish, who runs the harbor project, opened the new pier in spring [00:01:10]."
    other = "Nadia Ferris, who runs the harbor project, opened the new pier in spring [00:01:12]."
    (apart,) = _spelled(one, other)
    assert "never both in one note" in apart.evidence
    third = "Nadia Ferriss, who runs the harbor project, opened the new pier in spring [00:01:11]."
    (both,) = _spelled(f"{one}\n\nLater the pier was moved by Nadia Ferris.", f"{other}", third)
    assert "never both in one note" not in both.evidence


@pytest.mark.parametrize(
    ("text", "right", "free", "expected"),
    [
        ("finetuned", "fine-tuning", 0, "fine-tuned"),
        ("Finetuned", "fine-tune", 1, "Fine-tuned"),
        ("Open Source", "open-source", 11, "Open-Source"),
        ("Nextjs", "Next.js", 6, "Next.js"),
        ("road map", "roadmaps", 0, "roadmap"),
        ("industry standards", "industry-standard", 0, "industry standards"),
        ("high quality videos", "high-quality", 0, "high-quality videos"),
        ("our dev tool", "DevTools", 0, "our DevTool"),
        ("colour", "color", 0, None),
    ],
)
def test_a_place_keeps_its_ending(text: str, right: str, free: int, expected: str | None) -> None:
    assert respelled(text, right, free) == expected


def test_every_opposite_and_irregular_form_is_one_of_a_word() -> None:
    stems = {stem(word) for word in lexicon()}
    assert [sorted(pair) for pair in forms.OPPOSITES if not pair <= stems or len(pair) < 2] == []
    assert sorted(forms.IRREGULAR - stems - lexicon().keys()) == []
