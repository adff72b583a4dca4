"""Presets of the program and of the person; a damaged file costs itself alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.source_tree import ROOT

from studio.chat.presets import preset_file
from studio.chat.presets.presets import Example, Presets
from studio.engine.language import Sampling
from studio.errors import StudioError

GOOD: dict[str, Any] = {
    "title": "Good",
    "system": "Be good.",
    "sampling": {"temperature": 1, "stop": ["END"], "seed": None, "max_tokens": 5},
    "suits": ["tiny-"],
}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Return the program's folder with the default preset, and the person's."""
    program, person = tmp_path / "program", tmp_path / "person"
    program.mkdir()
    person.mkdir()
    put(program / "assistant.json", {"title": "Assistant"})
    return program, person


def put(path: Path, content: object) -> None:
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")


def test_the_person_s_preset_replaces_the_program_s(folders: tuple[Path, Path]) -> None:
    put(folders[1] / "good.json", GOOD)
    put(folders[1] / "assistant.json", {"title": "Mine"})
    presets = Presets(folders)
    assert [preset.title for preset in presets.list()] == ["Good", "Mine"]
    assert presets.warnings == ()
    assert presets.get("good").sampling == Sampling(temperature=1, stop=("END",), max_tokens=5)
    assert presets.for_model("Tiny 1B").name == "good"
    assert presets.for_model("other").name == "assistant"


def test_an_unknown_preset_is_told_with_those_there_are(folders: tuple[Path, Path]) -> None:
    with pytest.raises(StudioError, match=r"There is no preset “x”\. Choose one of: assistant\."):
        Presets(folders).get("x")


def test_a_preset_of_nearly_that_name_is_named(folders: tuple[Path, Path]) -> None:
    put(folders[1] / "good.json", GOOD)
    with pytest.raises(StudioError, match=r"Did you mean good\?$"):
        Presets(folders).get("Goood")


NUMBER = "Creativity (temperature) takes a number from 0 to 5, not"
DAMAGED: dict[str, tuple[object, str]] = {
    "no JSON": ("{", "It is not valid JSON (line 1, column 2)."),
    "empty": ("", "It is not valid JSON (line 1, column 1)."),
    "too deep": ("[" * 100_000, "It is nested too deeply."),
    "a list": (["title"], "It is no JSON object."),
    "no title": ({"system": "x"}, "The name (title) is missing."),
    "a title that is no text": ({"title": 3}, "Name (title) must be a text."),
    "a title of spaces": ({"title": "  "}, "The name (title) is missing."),
    "a title that is not one line": (
        {"title": "a\nb"},
        "The name has characters that cannot be shown.",
    ),
    "a system prompt that is no text": (
        {"title": "x", "system": ["Be good."]},
        "Instructions (system) must be a text.",
    ),
    "a system prompt of 1 MB": (
        {"title": "x", "system": "x" * 1_000_000},
        "Instructions: 1,000,000 characters are too many; at most 200,000 can be used.",
    ),
    "half a character": (
        '{"title": "x", "system": "\\ud83d"}',
        "There is half a character in it, which is no text.",
    ),
    "sampling that is no table": (
        {"title": "x", "sampling": "hot"},
        "The sampling must be a JSON object.",
    ),
    "an unknown setting": (
        {"title": "x", "sampling": {"heat": 1}},
        "There is no setting of sampling named “heat”.",
    ),
    "a word for a number": (
        {"title": "x", "sampling": {"temperature": "hot"}},
        f"{NUMBER} “hot”.",
    ),
    "no finite number": ('{"title": "x", "sampling": {"temperature": NaN}}', f"{NUMBER} nan."),
    "too hot": ({"title": "x", "sampling": {"temperature": 9}}, f"{NUMBER} 9."),
    "half a token": (
        {"title": "x", "sampling": {"max_tokens": 1.5}},
        "Length limit (max_tokens) takes a whole number from 1 to 1,000,000, or nothing, not 1.5.",
    ),
    "a truth for a number": (
        {"title": "x", "sampling": {"top_k": True}},
        "Choices (top_k) takes a whole number from 0 to 1,000,000, not True.",
    ),
    "nothing for a number": (
        {"title": "x", "sampling": {"top_k": None}},
        "Choices (top_k) takes a whole number from 0 to 1,000,000, not nothing.",
    ),
    "a number for a text": (
        {"title": "x", "sampling": {"grammar": 1}},
        "Grammar (grammar) takes a text, or nothing, not 1.",
    ),
    "a schema that is none": (
        {"title": "x", "sampling": {"json_schema": "{"}},
        "JSON schema (json_schema) cannot be used. Line 1, column 2: This is not JSON: a name in "
        "double quotes belongs here.",
    ),
    "one text for a list": (
        {"title": "x", "suits": "tiny"},
        "Made for models (suits) must be a list of texts.",
    ),
    "numbers in a list of texts": (
        {"title": "x", "sampling": {"stop": [1]}},
        "Stops at (stop) takes a list of at most 32 texts, not [1].",
    ),
    "examples that are no list": (
        {"title": "x", "examples": {}},
        "Examples (examples) must be a list.",
    ),
    "an example without an answer": (
        {"title": "x", "examples": [{"user": "a", "assistant": "b"}, {"user": "a"}]},
        "Example 2 must have the texts “user” and “assistant”.",
    ),
    "an empty answer": (
        {"title": "x", "examples": [{"user": "a", "assistant": " "}]},
        "Example 1 needs both a question and an answer.",
    ),
    "too many examples": (
        {"title": "x", "examples": [{"user": "a", "assistant": "b"}] * 51},
        "There are 51 examples; at most 50 fit.",
    ),
    "a model that is no name": ({"title": "x", "model": 3}, "Model (model) must be a text."),
}


@pytest.mark.parametrize(("content", "reason"), DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_preset_is_left_out_and_told(
    content: object, reason: str, folders: tuple[Path, Path]
) -> None:
    path = folders[1] / "odd.json"
    put(path, content)
    put(folders[1] / "good.json", GOOD)
    presets = Presets(folders)
    assert [preset.name for preset in presets.list()] == ["assistant", "good"]
    (told,) = presets.warnings
    assert told.startswith(f"The preset odd.json cannot be used. {reason} ")
    assert told.endswith(f": {path}")
    with pytest.raises(StudioError) as caught:
        presets.get("odd")
    assert caught.value.code == "preset.damaged"
    assert caught.value.details == reason


def test_a_file_larger_than_any_preset_is_not_read(folders: tuple[Path, Path]) -> None:
    with (folders[1] / "odd.json").open("wb") as file:
        file.truncate(preset_file.MOST_BYTES + 1)
    assert "It is larger than 16 MB." in Presets(folders).warnings[0]


def test_what_is_not_known_is_kept(folders: tuple[Path, Path]) -> None:
    put(folders[1] / "good.json", GOOD | {"colour": {"tint": ["red"]}})
    preset = Presets(folders).get("good")
    assert json.loads(preset_file.to_text(preset))["colour"] == {"tint": ["red"]}


def test_a_preset_is_written_as_it_was_read(folders: tuple[Path, Path]) -> None:
    whole = {
        "title": "Whole",
        "description": "All of it.",
        "system": "Be whole. ⅓",
        "sampling": {"temperature": 0.5, "stop": ["END"], "max_tokens": 5},
        "model": "tiny",
        "examples": [{"user": "One?", "assistant": "Two."}],
        "suits": ["tiny-"],
    }
    put(folders[1] / "whole.json", whole)
    preset = Presets(folders).get("whole")
    assert preset.examples == (Example("One?", "Two."),)
    assert preset.model == "tiny"
    assert json.loads(preset_file.to_text(preset)) == whole


def test_two_names_alike_are_told_and_both_kept(folders: tuple[Path, Path]) -> None:
    put(folders[1] / "a.json", GOOD)
    put(folders[1] / "b.json", GOOD | {"title": "GOOD"})
    presets = Presets(folders)
    assert {preset.name for preset in presets.list()} >= {"a", "b"}
    (told,) = presets.warnings
    assert told == (
        "Two presets are named “Good”: b.json and a.json. Give one of them another name."
    )


def test_a_deleted_preset_is_said_to_lie_in_the_trash(folders: tuple[Path, Path]) -> None:
    (folders[1] / "trash").mkdir()
    put(folders[1] / "trash" / "old.json", GOOD)
    with pytest.raises(StudioError, match=r"There is no preset “old”\. It is in the trash"):
        Presets(folders).get("old")


def test_what_comes_with_the_program_can_be_used() -> None:
    presets = Presets([ROOT / "resources" / "presets"])
    assert presets.warnings == ()
    assert {"assistant", "brief", "translator", "programmer"} <= {p.name for p in presets.list()}
    assert len(presets.list()) >= 8
    for preset in presets.list():
        assert preset.description.endswith("."), preset.name
        assert len(preset.system) < 600, preset.name
    assert presets.for_model("SmolLM2-135M-Instruct").name == "brief"


def test_a_damaged_copy_leaves_the_program_s_preset_in_use(folders: tuple[Path, Path]) -> None:
    put(folders[1] / "assistant.json", "{")
    presets = Presets(folders)
    assert presets.get("assistant").title == "Assistant"
    assert len(presets.warnings) == 1


def test_a_file_that_is_no_text_is_told(folders: tuple[Path, Path]) -> None:
    (folders[1] / "odd.json").write_bytes(b"\xff\xfe\x00")
    (folders[1] / "folder.json").mkdir()
    assert len(Presets(folders).warnings) == 2


def test_folders_that_are_not_there_hold_nothing(tmp_path: Path) -> None:
    assert Presets([tmp_path / "none"]).list() == []


def test_a_number_beyond_all_floats_damages_one_preset_only(tmp_path: Path) -> None:
    (tmp_path / "huge.json").write_text(
        '{"title": "Huge", "sampling": {"seed": 1' + "0" * 400 + "}}", encoding="utf-8"
    )
    (tmp_path / "good.json").write_text('{"title": "Good"}', encoding="utf-8")
    presets = Presets([tmp_path])
    assert [preset.title for preset in presets.list()] == ["Good"]
    assert len(presets.warnings) == 1


def test_an_empty_beginning_suits_no_model(tmp_path: Path) -> None:
    (tmp_path / "greedy.json").write_text(
        '{"title": "Greedy", "suits": ["", " "]}', encoding="utf-8"
    )
    assert Presets([tmp_path]).get("greedy").suits == ()
