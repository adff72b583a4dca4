"""Presets of the program and of the person; a damaged file costs itself alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from studio.chat.presets import Presets
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


DAMAGED: dict[str, object] = {
    "no JSON": "{",
    "empty": "",
    "too deep": "[" * 100_000,
    "a list": ["title"],
    "no title": {"system": "x"},
    "a title that is no text": {"title": 3},
    "a system prompt that is no text": {"title": "x", "system": ["Be good."]},
    "sampling that is no table": {"title": "x", "sampling": "hot"},
    "an unknown setting": {"title": "x", "sampling": {"heat": 1}},
    "a word for a number": {"title": "x", "sampling": {"temperature": "hot"}},
    "no finite number": '{"title": "x", "sampling": {"temperature": NaN}}',
    "half a token": {"title": "x", "sampling": {"max_tokens": 1.5}},
    "a truth for a number": {"title": "x", "sampling": {"top_k": True}},
    "nothing for a number": {"title": "x", "sampling": {"top_k": None}},
    "a number for a text": {"title": "x", "sampling": {"grammar": 1}},
    "one text for a list": {"title": "x", "suits": "tiny"},
    "numbers in a list of texts": {"title": "x", "sampling": {"stop": [1]}},
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_preset_is_left_out_and_told(content: object, folders: tuple[Path, Path]) -> None:
    path = folders[1] / "odd.json"
    put(path, content)
    put(folders[1] / "good.json", GOOD)
    presets = Presets(folders)
    assert [preset.name for preset in presets.list()] == ["assistant", "good"]
    assert presets.warnings == (
        f"The preset odd.json cannot be read. Correct or remove the file: {path}",
    )
    with pytest.raises(StudioError) as caught:
        presets.get("odd")
    assert caught.value.code == "preset.damaged"
    assert caught.value.details


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
