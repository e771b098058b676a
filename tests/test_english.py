"""Which notes are English, and that words of no others are judged."""

from __future__ import annotations

import pytest

from notelint.lint.language.english import FEW, english
from notelint.lint.model import Group
from notelint.lint.note import claims, texts
from notelint.lint.note.read import read

OTHERS = {
    "Danish": "Det er vigtigt at forstå, at der i den nye mølle er en række måder at presse æbler på, og at man skal have tid.",
    "Dutch": "Het is belangrijk om te weten dat er in de nieuwe molen een aantal manieren is om appels te persen, of te drogen.",
    "Finnish": "On tärkeää ymmärtää, että uudessa myllyssä omenoita voidaan puristaa usealla tavalla, ja että siihen tarvitaan aikaa.",
    "French": "Il est important de savoir que dans le nouveau moulin on presse les pommes de plusieurs manières, le matin surtout.",
    "German": "Man muss wissen, dass in der neuen Mühle die Äpfel auf mehrere Arten gepresst werden, vor allem am frühen Morgen.",
    "Greek": "Είναι σημαντικό να ξέρουμε ότι στον νέο μύλο τα μήλα πιέζονται με πολλούς τρόπους, κυρίως νωρίς το πρωί.",
    "Hindi": "यह जानना ज़रूरी है कि नई चक्की में सेब कई तरीकों से दबाए जाते हैं, ख़ासकर सुबह जल्दी, और इसमें समय लगता है।",
    "Italian": "È importante sapere che nel nuovo mulino le mele si spremono in diversi modi, soprattutto la mattina presto.",
    "Japanese": "新しい工場ではりんごをいくつかの方法で絞ることを知っておくことが大切です。特に朝早くに行われます。"
    * 2,
    "Korean": "새 방앗간에서는 사과를 여러 가지 방법으로 짠다는 것을 아는 것이 중요합니다. 특히 이른 아침에 그렇습니다. 시간이 걸립니다.",
    "Polish": "Warto wiedzieć, że w nowym młynie jabłka wyciska się na kilka sposobów, zwłaszcza wczesnym rankiem, gdy jest chłodno.",
    "Portuguese": "É importante saber que no novo moinho as maçãs são prensadas de várias maneiras, sobretudo de manhã cedo.",
    "Russian": "Важно знать, что на новой мельнице яблоки отжимают несколькими способами, особенно рано утром, и на это нужно время.",
    "Spanish": "Es importante saber que en el molino nuevo las manzanas se prensan de varias maneras, sobre todo por la mañana.",
    "Turkish": "Yeni değirmende elmaların birkaç şekilde sıkıldığını bilmek önemlidir, özellikle sabah erken saatlerde, zaman alır.",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_another_language_is_told(text: str) -> None:
    assert not english([text])


@pytest.mark.parametrize(
    "text",
    [
        "Press: Voran 100 P2, 80 kg. Price: 5,200 euros. Owner: Jonas Zanderling, once miller at Ohligs. Sorts: Boskoop, Jonagold.",
        "The Zanderling brothers press Boskoop, Berlepsch and Gravenstein apples, and the pomace of Schöner aus Nordhausen is dried.",
        "It’s “naïve” – they’d said – to press apples that aren’t ripe…",
        "Äpfel!",
        "",
    ],
    ids=["no sentence", "many names", "signs", "too little to tell", "nothing"],
)
def test_english_is_told_and_so_is_what_is_too_short(text: str) -> None:
    assert english([text])


def test_the_pieces_of_a_text_are_weighed_together() -> None:
    words = OTHERS["German"].split()
    assert all(len(word) < FEW for word in words)
    assert not english(words)


def test_the_notes_of_other_languages_are_left_out_of_a_group_and_no_group_is_copied_without_need() -> None:
    head = "---\nvideoId: aaaaaaaaaaa\n---\n\n"
    notes = {
        "de.md": OTHERS["German"],
        "en.md": "The new mill presses apples in several ways, most of all early in the morning, when it is cold.",
    }
    facts = {path: list(claims.by_source(read(path, (head + body).encode()))) for path, body in notes.items()}
    mixed = claims.in_english(Group("aaaaaaaaaaa", [*facts["de.md"], *facts["en.md"]], frozenset({"Boskoop"})))
    assert (mixed.key, list(mixed), mixed.vocabulary) == ("aaaaaaaaaaa", facts["en.md"], {"Boskoop"})
    alone = Group("aaaaaaaaaaa", facts["en.md"])
    assert claims.in_english(alone) is alone


def test_letters_of_a_guessed_encoding_are_told_as_a_whole() -> None:
    guessed = read("a.md", "яблоки отжимают рано утром".encode("cp1251"))
    assert guessed.encoding == "cp1252"
    assert [fact.value.kind for fact in texts.by_source(guessed)] == ["encoding"]
    mixed = read("a.md", "cafÃ©".encode())
    assert [fact.value.kind for fact in texts.by_source(mixed)] == ["mojibake"]
