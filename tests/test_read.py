"""Reading: whatever the bytes are, a note comes out, and its places are true."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notelint.lint import engine
from notelint.lint.model import Note, Passage
from notelint.lint.note import claims, links, metadata, texts
from notelint.lint.note.markdown import parts
from notelint.lint.note.read import MAX_FRONT_MATTER, MAX_LINE, encoded, read
from notelint.lint.note.source import normalised_source
from notelint.rules import text_markup

VALUES = {
    "id": ("01234567890", "01234567890"),
    "clock": ("1:30:00", "1:30:00"),
    "date": ("2024-02-29", "2024-02-29"),
    "yes": ("yes", "yes"),
    "null": ("null", "null"),
    "number": ("007", "007"),
    "float": ("1e3", "1e3"),
    "quoted": ("'01234567890'", "01234567890"),
    "double": ('"a: b # c"', "a: b # c"),
    "comment": ("word # why", "word"),
    "folded": (">\n  one\n  two\n", "one two\n"),
    "list": ("[a, b, 1]", "a\nb\n1"),
    "block list": ("\n  - a\n  - b", "a\nb"),
    "mapping": ("{a: b}", ""),
    "tag": ("!!int '3'", "3"),
    "object": ("!!python/object/apply:os.system ['true']", "true"),
}


def front(*lines: str, body: str = "Body.\n") -> Note:
    return read("a.md", ("---\n" + "\n".join(lines) + "\n---\n" + body).encode())


@pytest.mark.parametrize(("written", "kept"), VALUES.values(), ids=VALUES)
def test_a_value_is_the_text_that_was_written(written: str, kept: str) -> None:
    note = front(f"key: {written}", "title: T")
    assert note.metadata == {"key": kept, "title": "T"}
    assert note.faults == ()
    assert note.text[note.body :] == "Body.\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_mark_change_nothing(end: str) -> None:
    text = f"---{end}title: Naps{end}videoId: aaaaaaaaaaa{end}---{end}{end}Body.{end}"
    for mark in ("", "\ufeff"):
        note = read("a.md", (mark + text).encode())
        assert (note.text, note.bom) == (text, bool(mark))
        assert note.metadata == {"title": "Naps", "videoId": "aaaaaaaaaaa"}
        assert note.source == "aaaaaaaaaaa"
        assert note.text[note.body :].strip() == "Body."


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\0\0", "utf-32-le"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_another_encoding_is_a_fault_and_is_read(encoding: str, mark: bytes, name: str) -> None:
    text = "The café is closed – “so they say”."
    data = mark + text.encode(encoding)
    note = read("a.md", data)
    assert (note.text, note.encoding) == (text, name)
    assert [fault.kind for fault in note.faults] == ["encoding"]
    assert encoded(note, note.text) == data


def test_utf_8_that_is_damaged_in_a_place_is_not_read_as_another_encoding() -> None:
    note = read("a.md", "Grüße aus Köln, schöne Wörter".encode() + b"\xff.")
    assert note.text == "Grüße aus Köln, schöne Wörter\ufffd."
    assert note.faults[0].message == "byte 0xff at offset 34 is not UTF-8; 1 character lost"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\0\x1a", b"a\0b", b"\xff\xfe\0", b"\xff\xfea"])
def test_what_is_no_text_has_no_text(data: bytes) -> None:
    note = read("a.md", data)
    assert note.text in ("", "ÿþa")
    assert note.faults


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\r\n\t"])
def test_an_empty_note_is_told(data: bytes) -> None:
    assert [fault.kind for fault in read("a.md", data).faults] == ["empty"]


@pytest.mark.parametrize(
    ("lines", "message", "place"),
    [
        (["title: Notes: two"], "mapping values are not allowed in this context", (2, 13)),
        (["a: 1", "title: 'open"], "found unexpected end of stream", (3, 13)),
        (["a: 1", "b: 2", "a: 3"], "the key 'a' stands twice in the front matter", (4, 1)),
        (["- a"], "the front matter is not a mapping of keys to values", (2, 1)),
        (["just words"], "the front matter is not a mapping of keys to values", (2, 1)),
        (["a: " + "[" * 1000 + "]" * 1000], "it is nested more than 20 deep", (2, 1)),
        (["a: \x01"], "control characters are not allowed", (2, 1)),
    ],
)
def test_broken_front_matter_is_a_fault_with_its_place(lines: list[str], message: str, place: tuple[int, int]) -> None:
    note = front(*lines)
    assert [fault.kind for fault in note.faults] == ["repeated-key" if "twice" in message else "front-matter"]
    assert message in note.faults[0].message
    assert note.place(note.faults[0].start) == place
    assert note.text[note.body :] == "Body.\n"


def test_front_matter_that_is_not_closed() -> None:
    assert "not closed" in read("a.md", b"---\ntitle: Naps\n\nBody.\n").faults[0].message
    assert "within" in read("a.md", b"---\ntitle: Naps\n" + b"a\n" * MAX_FRONT_MATTER + b"---\n").faults[0].message
    assert read("a.md", b"---\n\nA rule above.\n").faults == ()
    assert read("a.md", b"---\n---\nBody.").body == 8


def test_anchors_do_not_explode() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    note = front(*lines, "title: T")
    assert note.metadata["title"] == "T"
    assert all(len(value) < 100 for value in note.metadata.values())


def test_a_line_that_no_prose_has_is_left_out_and_the_rest_is_read() -> None:
    note = read("a.md", b"# Naps\n\n" + b"x" * (MAX_LINE + 1) + b"\n\nNaps are short.\n")
    assert note.text == "# Naps\n\n\n\nNaps are short.\n"
    assert note.faults[0].message == "a line of 1,000,001 characters; it is not checked"


@pytest.mark.parametrize(
    ("key", "value", "source"),
    [
        ("videoId", "aB3_-678901", "aB3_-678901"),
        ("url", "https://youtu.be/aB3_-678901?t=3", "aB3_-678901"),
        ("url", "https://m.youtube.com/watch?list=x&v=aB3_-678901", "aB3_-678901"),
        ("source", "https://www.youtube-nocookie.com/embed/aB3_-678901", "aB3_-678901"),
        ("source", "https://Example.org/talk/?utm_source=x&b=2&a=1#part", "example.org/talk?a=1&b=2"),
        ("doi", "https://doi.org/10.1000/ABC", "doi:10.1000/abc"),
        ("episode", "33", "episode:33"),
        ("source", "a talk I heard", None),
        ("source", "", None),
        ("url", "https://[broken", None),
        ("source", "https://", None),
        ("source", "https:///", None),
    ],
)
def test_a_source_is_written_alike_however_it_was_written(key: str, value: str, source: str | None) -> None:
    assert normalised_source(key, value) == source


MARKUP = r"""
[[ ]] [ ]( ) | # > - 1. ` ** _ ~~ ![ </a> [00:01:02] (1:02) [!note] <!-- --> %% <b> &amp; &#x \ \| " “ ” ’ é ß İ ﬁ ١ •
--- ``` |-| From: title: videoId: a Bo the Mr. end. [^1] [^1]: <https://a.b> https://a.b/c?d $x$ ==h== %%c%% ^b
"""
SPACED = ["\n", "\r\n", "\n\n", "    ", "\t", " ", '<a data-t="', '">', "---\n", "```\n", "> ", "- ", "1. ", "# "]
RARE = ["e\u0301", "\u200d", "👩\u200d🚀", "\ufeff", "\xa0", "\u2028", "\x0b", "\x00"]
HARD = st.sampled_from([*MARKUP.split(), *SPACED, *RARE])
NOTES = st.one_of(st.lists(HARD, max_size=60).map("".join), st.text(max_size=200))


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00\xd8")
@settings(max_examples=300, deadline=None)
def test_reading_bytes_never_raises(data: bytes) -> None:
    note = read("a.md", data)
    assert 0 <= note.body <= len(note.text)
    for fault in note.faults:
        assert 0 <= fault.start <= fault.end <= max(len(note.text), fault.end if not note.text else 0)


@given(NOTES, st.booleans())
@settings(max_examples=400, deadline=None)
def test_front_matter_never_raises(text: str, closed: bool) -> None:
    note = read("a.md", ("---\n" + text + ("\n---\n" if closed else "")).encode("utf-8", "replace"))
    assert all(isinstance(value, str) for value in note.metadata.values())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Apples <!-- if pears > plums --> fall.\n", ["Apples fall."]),
        ("<!--\nApples.\n\n- Pears [00:01:00]\n-->\n\nPlums.\n", ["Plums."]),
        ("<!-- see <a href='x'>pears</a> -->\nPlums.\n", ["Plums."]),
        ("<div>\n<!-- pears > plums -->\nApples.\n</div>\n", ["Apples."]),
        ("Apples %%or pears%% fall, &amp; %%so%% &amp; on.\n", ["Apples fall, & & on."]),
        ("%%\nApples.\n\n- Pears [00:01:00]\n%%\nPlums.\n", ["Plums."]),
        ("- Apples %%or pears%%\n\n> Plums %%\n> are blue%%\n", ["Apples", "Plums"]),
        ("Grew by 5%% a year.\n", ["Grew by 5%% a year."]),
        (
            "```mermaid\n%% pears\n```\n\nBy `%%` is\n\n    <!--\n\nhidden --> what 5%% is not.\n",
            ["By %% is", "hidden --> what 5%% is not."],
        ),
    ],
)
def test_comments_are_hidden(text: str, shown: list[str]) -> None:
    found = parts(read("a.md", text.encode()))
    assert [block.passage.text for block in found.blocks] == shown
    assert found.citations == []


def true_to_the_note(note: Note, passage: Passage) -> None:
    """Assert that each character of a passage is where the passage says, or stands for markup there."""
    for at, char in enumerate(passage.text):
        offset = passage.offset(at)
        written = note.text[offset]
        # a soft line break is a space; an entity stands for the character that it names
        assert written == char or (char == " " and written in "\r\n") or written in "&\0", (at, char, offset, written)
    if passage.text:
        span = passage.span(note.path)
        assert note.place(span.start) == (span.line, span.column)
        assert note.place(span.end) == (span.end_line, span.end_column)
        assert note.text[span.start : span.end] == passage.verbatim()


@given(NOTES, st.sampled_from(["a.md", "a.txt"]))
@settings(max_examples=300, deadline=None)
def test_every_passage_leads_back_to_the_note(text: str, path: str) -> None:
    note = read(path, text.encode("utf-8", "replace"))
    found = parts(note)
    for block in found.blocks:
        true_to_the_note(note, block.passage)
        assert len(block.cited) == len(block.citations)
        assert list(block.cited) == sorted(block.cited)
    for link in found.links:
        assert 0 <= link.start <= link.end <= len(note.text)
    for cited in found.citations:
        assert note.text[cited.at : cited.at + len(cited.time)] == cited.time
        assert note.place(cited.at) == (cited.line, cited.column)


@given(NOTES, st.sampled_from(["a.md", "a.txt"]))
@example("# ", "a.md")
@settings(max_examples=300, deadline=None)
def test_every_fact_has_its_place(text: str, path: str) -> None:
    note = read(path, text.encode("utf-8", "replace"))
    for extract in (
        claims.by_source,
        links.by_target,
        links.by_source,
        metadata.by_source,
        metadata.by_folder,
        texts.by_source,
    ):
        for fact in extract(note):
            span = fact.span
            assert 0 <= span.start <= span.end <= len(note.text)
            assert note.place(span.start) == (span.line, span.column)
            assert note.place(span.end) == (span.end_line, span.end_column)
            match fact.value:
                case claims.Claim() | claims.Quote():
                    true_to_the_note(note, fact.value.passage)
                case links.Use() | links.Caption():
                    assert note.text[span.start : span.end] == fact.value.target
                case texts.Spot() if fact.value.kind not in ("encoding", "binary", "long-line", "empty"):
                    assert note.text[span.start : span.end] == fact.value.text
                case metadata.Lost():
                    assert note.text[span.start : span.end] == fact.value.word


@pytest.mark.parametrize(("places", "told"), [(99, "99"), (120, "100 or more")])
def test_of_many_places_of_one_kind_as_many_are_told_as_are_known(places: int, told: str) -> None:
    note = front("videoId: aaaaaaaaaaa", body='Clay <a class="yt-timestamp" data-t="00:01:02"></a> dries.\n\n' * places)
    group = engine.group(note.key, list(texts.by_source(note)))
    assert f"{told} anchors without text, which no reader sees" in [
        found.message for found in text_markup.check(note.key, group)
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_separator_becomes_what_the_note_ends_its_lines_with(end: str) -> None:
    note = read("a.md", f"Clay dries.\u2028Slowly.{end}Then it is fired.{end}".encode())
    spots = [fact.value for fact in texts.by_source(note) if isinstance(fact.value, texts.Spot)]
    assert [spot.better for spot in spots if spot.kind == "separator"] == [end]


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["description: on kilns", "title: kilns"], 33),
        (["subtitle: kilns", "'title': >-", "  kilns"], 34),
        (["title: kilns # or ovens", "tags: kilns"], 11),
        (["description: on 'kilns'", "title: 'kil''ns'"], None),
    ],
)
def test_a_title_stands_under_its_own_key(lines: list[str], place: int | None) -> None:
    header = next(fact.value for fact in claims.by_source(front(*lines)) if isinstance(fact.value, claims.Header))
    assert header.title.replace("'", "") == "kilns"
    assert (header.passage.text, header.passage.start) == (("", 0) if place is None else ("kilns", place))
