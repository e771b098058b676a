"""A spaCy pipeline of the user's own, named in the configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from notelint.lint import config
from notelint.lint.backends.memory import Memory
from notelint.lint.names.entities import entities
from notelint.lint.note.read import read
from notelint.rules import RULES

LOWER = "the lab at zanskar energy drilled three wells in the dry valley last winter [00:01:05]"
OTHER = "the lab at zansker energy drilled three wells in the dry valley last winter [00:01:05]"


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline that knows two names by rule, saved as a trained one would be."""
    import spacy

    made = spacy.blank("en")
    made.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "ORG", "pattern": [{"LOWER": {"REGEX": "^zansk[ae]r$"}}, {"LOWER": "energy"}]},
            {"label": "ORG", "pattern": [{"LOWER": "the"}, {"LOWER": "lab"}]},
            {"label": "DATE", "pattern": "last winter"},
        ]
    )
    folder = tmp_path_factory.mktemp("pipeline")
    made.to_disk(folder)
    return str(folder)


def test_names_come_without_article_and_other_kinds_are_left(pipeline: str) -> None:
    (found,) = entities([LOWER], pipeline)
    assert [LOWER[start:end] for start, end in found] == ["lab", "zanskar energy"]


def test_a_pipeline_shows_whole_names_that_capitals_do_not_show(pipeline: str) -> None:
    filler = "\n\n".join(
        f"A sentence number {n} on {word} and {word} alone [00:0{n}:00]."
        for n, word in enumerate(["turbines", "copper", "granite", "rivers"], 2)
    )
    notes = [
        read(f"{name}.md", f"---\nvideoId: aaaaaaaaaaa\n---\n\n{text}.\n\n{filler}\n".encode())
        for name, text in (("a", LOWER), ("b", LOWER), ("c", OTHER))
    ]

    def named(model: str | None) -> set[str]:
        outcome = Memory(list(RULES), pipeline=model).run(notes)
        assert not outcome.failures
        return {label.text for found in outcome.findings if found.rule == "name-spelling" for label in found.labels}

    assert named(None) == {"zanskar", "zansker"}  # words that no dictionary has
    assert named(pipeline) >= {"zanskar energy", "zansker energy"}


@pytest.mark.parametrize("name", ["xx_no_such_pipeline", "json", "notes"])
def test_a_pipeline_that_is_not_installed_is_refused_with_the_remedy(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(config.ConfigError, match=f"python -m spacy download {name}"):
        config.check_pipeline(config.Config(spacy_model=name))


def test_a_pipeline_in_a_folder_is_taken(pipeline: str) -> None:
    config.check_pipeline(config.Config(spacy_model=pipeline))
