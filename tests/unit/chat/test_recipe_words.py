"""A reply's recipe in plain words, also when it is old, imported, or nonsense."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest

from studio.chat.conversation import Message
from studio.chat.recipe_words import lines
from studio.engine.language import LoadSettings, Sampling

RECIPE: dict[str, Any] = {
    "model": "tiny",
    "file": "/models/tiny.gguf",
    "file_sha256": "ab" * 32,
    "template_sha256": "cd" * 32,
    "engine": "llama-cpp-python 0.3.36",
    "processor": "CPU : AVX2 = 1",
    "device": "CPU",
    "load": asdict(LoadSettings(context=8192, threads=2)),
    "preset": "brief",
    "preset_version": 3,
    "examples": [{"user": "a", "assistant": "b"}],
    "system": "Be brief.",
    "sampling": asdict(Sampling(temperature=0.2, seed=1397643601, repeat_penalty=1.1)),
    "left_out": 2,
    "prompt_tokens": 1030,
}


def told(recipe: dict[str, Any]) -> dict[str, str]:
    reply = Message("r", "c", "q", "assistant", "Hi", datetime.now(UTC), recipe=recipe)
    return {line.name: line.value for line in lines(reply)}


def test_everything_is_named_in_plain_words() -> None:
    found = told(RECIPE)
    assert found["Model"] == "tiny"
    assert found["File"] == "tiny.gguf"
    assert found["Hash of the file"] == "ab" * 32
    assert found["Hash of the chat template"] == "cd" * 32
    assert found["Engine"] == "llama-cpp-python 0.3.36"
    assert found["Ran on"] == "CPU"
    assert found["Preset"] == "Brief, version 3"
    assert found["Instructions"] == "Be brief."
    assert found["Examples"] == "1 from the preset"
    assert found["Length of the prompt"] == "1,030 tokens"
    assert found["Left out, for want of room"] == "the 2 oldest messages"
    assert found["Creativity"] == "0.2"
    assert found["Seed"] == "1397643601"
    assert found["Length limit"] == "none"
    assert found["Repetition brake"] == "1.1"
    assert found["Conversation length"] == "8,192 tokens"
    assert found["Processor threads"] == "2"


def test_what_is_off_or_usual_is_left_out() -> None:
    found = told(RECIPE)
    for name in ("Steady surprise", "Stops at", "Grammar", "Reading step", "Keep weights"):
        assert name not in found


def test_a_hash_that_is_not_known_yet_is_said() -> None:
    assert told(RECIPE | {"file_sha256": ""})["Hash of the file"] == "not known yet"
    old = {key: value for key, value in RECIPE.items() if key != "file_sha256"}
    assert "Hash of the file" not in told(old)


def test_nothing_left_out_is_said_too() -> None:
    assert told(RECIPE | {"left_out": 0})["Left out, for want of room"] == "nothing"
    assert told(RECIPE | {"left_out": 1})["Left out, for want of room"] == "the 1 oldest message"


def test_the_technical_names_are_there_to_look_up() -> None:
    reply = Message("r", "c", "q", "assistant", "Hi", datetime.now(UTC), recipe=RECIPE)
    technical = {line.name: line.technical for line in lines(reply)}
    assert technical["Creativity"] == "temperature"
    assert technical["File"] == "/models/tiny.gguf"
    assert technical["Engine"] == "CPU : AVX2 = 1"


def test_without_a_recipe_there_is_nothing_to_tell() -> None:
    assert told({}) == {}
    assert told({"model": ""}) == {}


@pytest.mark.parametrize("value", [None, 7, [1, 2], {"a": 1}, "text", True, 1.5, [], ""])
@pytest.mark.parametrize("key", sorted(RECIPE.keys() - {"model"}))
def test_nonsense_from_an_import_is_endured(key: str, value: object) -> None:
    assert told(RECIPE | {key: value})["Model"] == "tiny"


def test_nonsense_inside_the_settings_is_endured() -> None:
    recipe = RECIPE | {
        "sampling": {"temperature": ["x"], "stop": [1, None], "later": 3, "seed": None},
        "load": {"context": "many", "threads": {"a": 1}, "later": 3},
    }
    found = told(recipe)
    assert found["Creativity"] == "x"
    assert found["Seed"] == "drawn"
    assert found["Conversation length"] == "many tokens"
