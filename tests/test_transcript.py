"""Transcripts: read to cues, told from notes, found by name, and asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.lint import engine
from notelint.lint.backends.memory import Memory
from notelint.lint.language import differ
from notelint.lint.model import Note
from notelint.lint.note import claims, transcript
from notelint.lint.note.claims import Cue
from notelint.lint.note.read import read
from notelint.lint.quotes.spoken import transcript as spoken
from notelint.lint.sources import sketch
from notelint.rules import RULES

WORDS = st.lists(
    st.sampled_from(["plant", "the", "beans", "late", "don't", "&", "été", "won"]), min_size=1, max_size=12
)

TALK = """\
[00:00:01] Mary Gale: The hardest part, and I mean it, is to guess the right week of the whole year.
[00:00:08] Bob: Why so, if I may ask you that?
[00:00:10] Mary Gale: Because the weather turns, and the pears do not wait for anybody here at all.
[00:00:18] Bob: I have always wondered about that, since my own trees are so late in the year.
[00:00:23] Mary Gale: Late trees are another matter, they can be left until the first frost.
[00:00:30] Bob: And the early ones, do they suffer when they hang for long?
[00:00:35] Mary Gale: They do, they turn mealy, and nobody wants a mealy apple in a pie.
[00:00:43] Bob: That is a hard test for any apple.
"""


def note(path: str, text: str) -> Note:
    return read(path, text.encode())


def cues(path: str, text: str) -> list[tuple[int, int, str, str]]:
    facts = [fact for fact in claims.by_source(note(path, text)) if isinstance(fact.value, Cue)]
    return [(fact.value.start, fact.value.end, fact.value.speaker, fact.value.passage.text) for fact in facts]


def test_webvtt_with_voices_tags_notes_and_entities() -> None:
    text = (
        "WEBVTT - a talk\n\nNOTE nothing\n\n1\n00:01.500 --> 00:04.000 align:start\n"
        "<v Mary Gale>plant <i>the</i>\nbeans &amp; peas</v>\n\n01:00:04.000 --> 01:00:06.000\n- late\n"
    )
    assert cues("a.vtt", text) == [(1, 4, "Mary Gale", "plant the beans & peas"), (3604, 3606, "", "- late")]


def test_rolling_captions_are_read_once() -> None:
    text = (
        "WEBVTT\n\n00:00:00.080 --> 00:00:02.389\n \nplant<00:00:01.000><c> the</c>\n\n"
        "00:00:02.389 --> 00:00:02.399\nplant the\n \n\n00:00:02.399 --> 00:00:05.000\nplant the\nbeans<00:00:03.000><c> late</c>\n"
    )
    assert [said for *_, said in cues("a.vtt", text)] == ["plant the", "beans late"]


def test_subrip_with_windows_line_ends() -> None:
    text = (
        "1\r\n00:00:01,000 --> 00:00:04,000\r\nplant the\r\nbeans\r\n\r\n2\r\n00:00:04,000 --> 00:00:06,000\r\nlate\r\n"
    )
    assert cues("a.srt", text) == [(1, 4, "", "plant the beans"), (4, 6, "", "late")]


def test_a_text_with_times_and_speakers() -> None:
    found = cues("a.txt", TALK)
    assert found[0][:3] == (1, 8, "Mary Gale")
    assert found[1] == (8, 10, "Bob", "Why so, if I may ask you that?")
    assert len(found) == 8


@pytest.mark.parametrize(
    "text",
    [
        "# Pears\n\nShe plants late [00:01:00]. He does not [00:02:00].\n",
        "".join(
            f"[00:{minute:02}:00] Chapter {minute} of the talk, in which she plants beans\n" for minute in range(12)
        ),
        "".join(f"- [00:00:{second:02}] plant the beans late and water the roots well\n" for second in range(0, 50, 4)),
        "",
    ],
)
def test_a_note_with_times_is_no_transcript(text: str) -> None:
    assert not transcript.is_transcript(note("a.md", text))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("aB3-5_7890x.vtt", "aB3-5_7890x"),
        ("talks/aB3-5_7890x.en.vtt", "aB3-5_7890x"),
        ("Growing pears [aB3-5_7890x].en-GB.srt", "aB3-5_7890x"),
        ("gardenparty.vtt", None),
        ("pears.vtt", None),
    ],
)
def test_the_video_that_a_file_is_named_after(path: str, source: str | None) -> None:
    assert transcript.named_source(path) == source
    assert note(path, "WEBVTT\n").source == source


@given(st.lists(st.tuples(WORDS, st.integers(1, 9)), min_size=1, max_size=6))
def test_what_is_written_as_subtitles_is_read_again(said: list[tuple[list[str], int]]) -> None:
    at, blocks, expected = 0, [], []
    for number, (words, seconds) in enumerate(said):
        words = [str(number), *words]  # a line that stands twice is a rolling one
        blocks.append(f"{_time(at)} --> {_time(at + seconds)}\n{' '.join(words)}\n")
        expected.append((at, at + seconds, " ".join(words)))
        at += seconds
    read_again = cues("a.vtt", "WEBVTT\n\n" + "\n".join(blocks))
    assert [(start, end, text) for start, end, _, text in read_again] == expected


@given(st.text(st.sampled_from("ab <v>&;\n\r:-0159.,é"), max_size=80))
def test_any_bytes_in_a_subtitle_file_are_read_and_know_where_they_stand(text: str) -> None:
    document = note(
        "a.vtt", f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{text}\n\n00:00:03.000 --> 00:00:04.000\nlast\n"
    )
    for fact in claims.by_source(document):
        if isinstance(fact.value, Cue):
            passage, span = fact.value.passage, fact.span
            assert document.text[span.start : span.end] == (passage.raw or passage.text)
            assert "".join(passage.text.split()) == "".join(
                document.text[passage.offset(at)] for at, char in enumerate(passage.text) if not char.isspace()
            )


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


# whose it is ------------------------------------------------------------------

SAID = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nplant the beans late\n"


@pytest.mark.parametrize(
    ("path", "front", "name"),
    [
        ("talks/pears.md", "url: https://example.org/pears", "talks/pears.en.vtt"),
        ("talks/pears.md", "url: https://example.org/pears\ntranscript: said/talk-7.srt", "said/talk-7.srt"),
        ("talks/pears.md", 'url: https://example.org/pears\ntranscript: "[[talk-7.vtt]]"', "talk-7.vtt"),
        ("talks/pears.md", "title: Pears", "subtitles/pears.vtt"),
    ],
)
def test_a_transcript_is_found_by_a_note(path: str, front: str, name: str) -> None:
    notes = [note(path, f"---\n{front}\n---\n\nShe plants late.\n"), note(name, SAID), note("apples.md", "Apples.\n")]
    memory = Memory(list(RULES))
    memory.run(notes)
    group = memory.group(notes[0].key)
    assert [fact.span.path for fact in group if isinstance(fact.value, Cue)] == [name]


def test_a_name_that_two_notes_share_finds_neither() -> None:
    sketches = {
        document.path: sketch.sketch(claims.by_source(document))
        for document in (note("a/pears.md", "Pears.\n"), note("b/pears.md", "Pears.\n"), note("c/pears.vtt", SAID))
    }
    assert sketch.infer(sketches, {}) == []


# what it is asked -------------------------------------------------------------


def test_words_are_found_with_what_was_said_instead() -> None:
    group = engine.group("note:a.txt", claims.by_source(note("a.txt", TALK)))
    said = spoken(group)
    assert said is not None
    assert said.complete
    right = said.find(differ.words("the pears do not wait for anybody"))
    assert right is not None
    assert (right.ratio, right.cue.value.start, right.missing) == (1.0, 10, ())
    wrong = said.find(differ.words("to guess the right month of the year"))
    assert wrong is not None
    assert (wrong.text, wrong.missing) == ("to guess the right week of the whole year", ("month",))
    assert said.find(differ.words("roses are never pruned in spring")) is None


@given(WORDS)
def test_what_is_said_is_found(words: list[str]) -> None:
    text = f"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nfirst {' '.join(words)} last\n"
    said = spoken(engine.group("note:a.vtt", claims.by_source(note("a.vtt", text))))
    assert said is not None
    wanted = differ.words(" ".join(words))
    match = said.find(wanted)
    assert (match is None) == (not wanted)
    assert match is None or match.ratio == 1


def test_a_transcript_that_ends_early_or_has_a_hole_is_not_whole() -> None:
    hole = SAID + "\n00:20:01.000 --> 00:20:04.000\nand water them\n"
    for text in (hole, SAID.replace("00:00:0", "00:40:0")):
        said = spoken(engine.group("note:a.vtt", claims.by_source(note("a.vtt", text))))
        assert said is not None
        assert not said.complete
