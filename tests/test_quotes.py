"""Quotes: where they are, what is one utterance, how two wordings differ."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notelint.lint import engine
from notelint.lint.language import differ
from notelint.lint.model import Group
from notelint.lint.note import claims
from notelint.lint.note.quotes import quote_spans
from notelint.lint.note.read import read
from notelint.lint.quotes import quoted
from notelint.lint.quotes.sounds import akin, heard
from notelint.lint.quotes.speakers import same_person, speaker
from notelint.lint.quotes.utterances import likenesses, utterances
from notelint.lint.quotes.wordings import wordings
from notelint.rules import quote_wording

TEXTS = st.text(st.sampled_from("aAbé eE'’-.,!?[]12\n\t“”… "), max_size=60)


def group(*bodies: str) -> Group:
    notes = [
        read(f"{number}.md", f"---\nvideoId: aaaaaaaaaaa\n---\n\n{body}\n".encode())
        for number, body in enumerate(bodies)
    ]
    return engine.group("aaaaaaaaaaa", [fact for note in notes for fact in claims.by_source(note)])


def found(*bodies: str) -> list[tuple[str, str, str]]:
    facts = group(*bodies)
    every = wordings(facts)
    return [(like.kind, every[like.short].text.strip(), every[like.long].text.strip()) for like in likenesses(facts)]


# where quotes are ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "it grows" twice.', ["it grows"]),
        ("She said “it grows” twice.", ["it grows"]),
        ("She said «it grows» twice.", ["it grows"]),
        ('A 6" pot and a 10" pot', []),
        ("the users' trees and the growers' beds", []),
        ('("it grows")', ["it grows"]),
        ("“He told me ‘it grows’ twice.”", ["He told me ‘it grows’ twice."]),
        ('"it grows," she says, "and grows"', ["it grows,", "and grows"]),
    ],
)
def test_quotes_of_a_paragraph(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end, _ in quote_spans(text, "text")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It grows.", ["It grows."]),
        ("“It grows.”", ["It grows."]),
        ("It grows. — Ada Palmer", ["It grows."]),
        ("[!TIP] It grows.", []),
    ],
)
def test_quotes_of_a_block_quote(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end, _ in quote_spans(text, "quote")] == expected


@given(TEXTS, st.sampled_from(["text", "quote", "item"]))
@example("““", "quote")
def test_quote_spans_lie_in_the_text_in_order(text: str, kind: str) -> None:
    at = 0
    for start, end, _ in quote_spans(text, kind):
        assert at <= start < end <= len(text)
        at = end


# how two wordings differ -----------------------------------------------------


def test_a_difference_names_each_change_and_its_place() -> None:
    a, b = "But you have to guess the full-stack week, Right", "guessing the full stack week right now"
    said = [(op.tag, a[op.a_start : op.a_end], b[op.b_start : op.b_end]) for op in differ.difference(a, b)]
    assert said == [
        ("delete", "But you have to", ""),
        ("replace", "guess", "guessing"),
        ("equal", "the full", "the full"),
        ("punctuation", "-", " "),
        ("equal", "stack week", "stack week"),
        ("punctuation", ", ", " "),
        ("form", "Right", "right"),
        ("insert", "", "now"),
    ]


@given(TEXTS, TEXTS)
def test_a_difference_turns_one_text_into_the_other(a: str, b: str) -> None:
    made: list[str] = []
    at_a = at_b = 0
    for op in differ.difference(a, b):
        assert at_a <= op.a_start <= op.a_end <= len(a)
        assert at_b <= op.b_start <= op.b_end <= len(b)
        if op.tag == "equal":
            assert a[op.a_start : op.a_end].split() == b[op.b_start : op.b_end].split()
        if op.tag != "delete":
            made += differ.words(b[op.b_start : op.b_end])
        at_a, at_b = op.a_end, op.b_end
    assert tuple(made) == differ.words(b)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {op.tag for op in differ.difference(text, text)} <= {"equal"}


@given(TEXTS, TEXTS)
def test_a_difference_is_the_same_both_ways_for_words_that_stay(a: str, b: str) -> None:
    def kept(ops: tuple[differ.Op, ...]) -> bool:
        return all(op.tag in ("equal", "form", "punctuation") for op in ops)

    assert kept(differ.difference(a, b)) == kept(differ.difference(b, a)) == (differ.words(a) == differ.words(b))


# what is one utterance -------------------------------------------------------


def test_a_distinctive_wording_needs_no_time() -> None:
    assert found(
        'Late: "guessing the right harvest week" is the art [00:02:10].',
        'The art lies elsewhere: "you have to guess the right harvest week" [03:41:10].',
    ) == [("wording", "guessing the right harvest week", "you have to guess the right harvest week")]


def test_a_short_wording_needs_its_time_or_its_sentence() -> None:
    assert found('She likes the "slow mower" [00:02:10].', 'Bees hate a "mower" on the verge [02:41:10].') == []
    assert found(
        'She pushes the "slow mower" over the wet clover meadow [00:02:10].',
        'A "mower" is pushed over the wet clover meadow [00:02:12].',
    ) == [("truncated", "mower", "slow mower")]


def test_two_terms_put_against_each_other_are_two() -> None:
    assert (
        found('Beds are "inner beds" near the wall [00:01:00].', 'Others are "outer beds" near the wall [00:01:00].')
        == []
    )


def test_one_note_does_not_contradict_itself() -> None:
    assert found('She said "guess the harvest week" and "guessing the harvest week" [00:01:00].') == []


def test_an_elision_is_a_cut_and_not_another_wording() -> None:
    assert found(
        'She said: "plant the tall beans late, whatever the almanac says, and water the roots" [00:01:00].',
        'She said: "plant the tall beans late ... and water the roots" [00:01:00].',
    ) == [
        (
            "truncated",
            "plant the tall beans late and water the roots",
            "plant the tall beans late whatever the almanac says and water the roots",
        )
    ]


def test_an_interrupted_quote_is_one() -> None:
    said = 'She said "plant the tall beans late and water the roots" [00:01:00].'
    assert found(said, '"Plant the tall beans late," she says, "and water the roots" [00:01:00].') == []
    assert found(said, '"Plant the tall beans late" she says now, and "and water the roots" [00:01:00].') != []


def test_many_wordings_of_one_utterance_are_one() -> None:
    facts = group(
        'Art: "guessing the right harvest week" [00:01:00].',
        'Art: "you have to guess the right harvest week" [00:01:00].',
        'Art: "they guessed the right harvest weeks" [00:01:00].',
    )
    every = wordings(facts)
    assert [len(utterance.wordings) for utterance in utterances(facts, "wording")] == [3]
    assert len(every) == 3


def test_no_pair_is_found_twice() -> None:
    facts = group(
        'Art: "guess the right harvest week" and "the harvest week" [00:01:00].',
        'Art: "guessing the right harvest week" [00:01:00].',
        'Art: "Guess the Right Harvest Week" [00:01:00].',
    )
    pairs = [frozenset((like.short, like.long)) for like in likenesses(facts)]
    assert len(pairs) == len(set(pairs))


@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_any_notes_can_be_compared(bodies: list[str]) -> None:
    facts = group(*(f'She said "{body}" [00:01:00].' for body in bodies))
    assert list(likenesses(facts)) == list(likenesses(group(*(f'She said "{body}" [00:01:00].' for body in bodies))))


@pytest.mark.parametrize(
    ("word", "other", "related", "misheard"),
    [
        ("price", "prize", True, True),  # a letter
        ("sync", "sink", True, True),  # one sound
        ("seven", "7", True, True),
        ("2018", "2019", False, False),
        ("tool", "toll", True, True),  # one sound, so the places must speak
        ("cat", "cut", False, False),  # of short words a letter makes another
        ("box", "boxing", True, False),  # an ending
        ("magic", "magical", True, False),  # a root
        ("inner", "outer", False, False),
    ],
)
def test_words_that_are_one(word: str, other: str, related: bool, misheard: bool) -> None:
    assert (akin(word, other), heard(word, other)) == (akin(other, word), heard(other, word)) == (related, misheard)


def test_what_is_left_out_may_stand_beside_the_quote() -> None:
    first, second = 'The "joy of muddy hands" sells [00:41:10].', 'There is "joy" in muddy hands [00:41:35].'
    assert found(first, second) == [("truncated", "joy", "joy of muddy hands")]
    assert found(first, second.replace("muddy hands", "a letter")) == []


# how it is said --------------------------------------------------------------


def test_a_form_is_without_house_style() -> None:
    assert quoted.form("“It’s   late,”".strip("“”")) == "It's late"
    assert quoted.form("It is late...") == "It is late…"


def test_changes_are_named() -> None:
    assert quoted.changes("guess the week", "guessing the right week") == '"guess" against "guessing"; "right" added'


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ('As Ada Palmer says, "', '".', "Ada Palmer"),
        ('"', '," said Ada Palmer.', "Ada Palmer"),
        ("", " — Ada Palmer", "Ada Palmer"),
        ('Critics say "', '".', ""),
        ('They argue that "', '".', ""),
    ],
)
def test_a_speaker_is_the_name_beside_a_quote(before: str, after: str, name: str) -> None:
    assert speaker(before, after) == name


def test_one_person_under_two_names() -> None:
    assert same_person("Ada Palmer", "Palmer")
    assert same_person("Ada Palmer", "Ada Pallmer")
    assert not same_person("Ada Palmer", "Bo Lindqvist")


@pytest.mark.parametrize(
    ("most", "suggested"),
    [
        ("jailed for grinding barley", "jailed for grinding barley"),
        ("grinding barleys", None),  # the other says more: it may be all that these notes wanted to quote
    ],
)
def test_the_wording_of_most_notes_is_suggested_unless_others_have_more(most: str, suggested: str | None) -> None:
    other = 'He fears to be "fined for grinding barley" [00:04:10].'
    facts = group(other, *[f'He was punished, "{most}" it said [00:04:10].'] * 3)
    assert [found.suggestion for found in quote_wording.check(facts.key, facts)] == [suggested]


def test_a_label_is_no_suggestion_for_a_sentence() -> None:
    one = 'With each season there is more "hiding in the shadows of their gardens and walls" [00:05:00].'
    facts = group(one, *['There are more "shadows of gardens" with each season [00:05:00].'] * 3)
    assert [found.suggestion for found in quote_wording.check(facts.key, facts)] == [None]
