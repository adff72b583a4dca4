"""Files of several presets: whole, and read whole or not at all."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from studio.chat.presets import bundle as preset_bundle
from studio.chat.presets.preset_file import Example, Preset, to_text
from studio.engine.language import Sampling
from studio.errors import StudioError

MINE = Preset(
    "mine",
    "Mine",
    "For me.",
    "Be mine. 日本",
    Sampling(temperature=0.1, stop=("END",)),
    model="tiny",
    examples=(Example("a", "b"),),
    extra={"colour": "red"},
)
OTHER = Preset("other", "Other", "", "", Sampling())


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "presets.json"
    assert preset_bundle.write(path, [MINE, OTHER]) == 2
    assert preset_bundle.read(path) == [MINE, OTHER]


def test_the_file_of_one_preset_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(to_text(MINE), "utf-8")
    assert preset_bundle.read(path) == [MINE]


HEAD = {"format": preset_bundle.FORMAT, "version": 1}
BAD: dict[str, tuple[object, str]] = {
    "cut off": ('{"format": "local-ai-st', "import.unreadable"),
    "too deep": ("[" * 100_000, "import.unreadable"),
    "something else": ({"format": "local-ai-studio/conversations"}, "import.not_ours"),
    "a list": ([1], "import.not_ours"),
    "newer": (HEAD | {"version": 2, "presets": []}, "import.newer"),
    "no list": (HEAD | {"presets": {}}, "import.unreadable"),
    "too many": (HEAD | {"presets": [{}] * 1_001}, "import.unreadable"),
    "no preset": (HEAD | {"presets": [{"title": "x"}, 3]}, "import.unreadable"),
    "a bad preset": (HEAD | {"presets": [{"title": 3}]}, "import.unreadable"),
}


@pytest.mark.parametrize(("content", "code"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_taken_in_is_refused(content: object, code: str, tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    with pytest.raises(StudioError) as caught:
        preset_bundle.read(path)
    assert caught.value.code == code
    assert caught.value.what.startswith("in.json ")


def test_the_preset_at_fault_is_named(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(HEAD | {"presets": [{"title": "x"}, {"title": ""}]}), "utf-8")
    with pytest.raises(StudioError, match=r"Preset 2: The name \(title\) is missing"):
        preset_bundle.read(path)


def test_a_preset_that_can_be_read_but_not_worked_with_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    refusals = set()
    for depth in range(600, 1_000, 3):  # at the edge, it depends on who calls
        path.write_text('{"title": "x", "more": ' + "[" * depth + "]" * depth + "}", "utf-8")
        with contextlib.suppress(StudioError):
            preset_bundle.read(path)
            continue
        refusals.add(depth)
    assert refusals


def test_files_that_are_not_there_or_too_large_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="There is no file"):
        preset_bundle.read(tmp_path / "none.json")
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(17_000_000)
    with pytest.raises(StudioError, match="larger than 16 MB"):
        preset_bundle.read(large)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        preset_bundle.write(tmp_path / "none" / "out.json", [MINE])
    assert caught.value.code == "export.not_saved"
