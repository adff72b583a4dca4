"""What ships with the program is called in the window as the person's language has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio import translation
from studio.chat.presets import shipped_words
from studio.chat.presets.presets import Presets
from studio.chat.presets.shipped_words import PRESETS, PROMPTS, Words
from studio.chat.prompt_templates import PromptTemplates

RESOURCES = Path(__file__).parents[3] / "resources"
IN_GERMAN = {"Brief": "Kurz", "Translate": "Übersetzen"}


@pytest.fixture
def german() -> Iterator[None]:
    translation.use(lambda text, _many, _count: IN_GERMAN.get(text, text))
    yield
    translation.use(None)


def test_the_words_of_the_presets_are_those_that_the_resources_hold() -> None:
    presets = Presets([RESOURCES / "presets"]).list()
    assert {each.name: Words(each.title, each.description) for each in presets} == PRESETS


def test_the_words_of_the_prompts_are_those_that_the_resources_hold() -> None:
    prompts = PromptTemplates([RESOURCES / "prompts"]).list()
    assert {each.name: Words(each.title, each.description) for each in prompts} == PROMPTS


@pytest.mark.usefixtures("german")
def test_what_ships_is_said_in_the_persons_language() -> None:
    brief = Presets([RESOURCES / "presets"]).get("brief")
    assert shipped_words.of_preset(brief).title == "Kurz"
    (prompt,) = (
        each for each in PromptTemplates([RESOURCES / "prompts"]).list() if each.name == "translate"
    )
    assert shipped_words.of_prompt(prompt).title == "Übersetzen"


@pytest.mark.usefixtures("german")
def test_what_a_person_named_is_shown_as_they_wrote_it() -> None:
    brief = Presets([RESOURCES / "presets"]).get("brief")
    renamed = replace(brief, title="Translate")
    assert shipped_words.of_preset(renamed).title == "Translate"
    assert shipped_words.of_preset(replace(brief, name="letter")).title == "Brief"
