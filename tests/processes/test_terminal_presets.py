"""`studio presets`: list, history, differences and files, as a person or a script sees them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import terminal
from support.command import studio
from support.terminal import answer


def run(home: Path, *arguments: str) -> Any:
    finished = studio("presets", *arguments, "--json", home=home)
    assert finished.returncode == 0, finished.stderr
    return answer(finished)


def refused(home: Path, *arguments: str) -> dict[str, str]:
    finished = studio("presets", *arguments, "--json", home=home)
    assert finished.returncode == 1, finished.stdout
    error: dict[str, str] = answer(finished)["error"]
    assert finished.stderr.strip() == f"{error['message']} {error['hint']}"
    return error


@pytest.fixture
def mine(profile: Path) -> Path:
    """Write a preset by hand, twice, with a start of the program between; return its file."""
    path = profile / "presets" / "mine.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"title": "My own", "system": "Be short."}), "utf-8")
    run(profile, "list")
    changed = {"title": "My own", "system": "Be kind.", "sampling": {"temperature": 0.5}}
    path.write_text(json.dumps(changed), "utf-8")
    return path


def test_the_list_tells_what_is_one_s_own(profile: Path, mine: Path) -> None:
    rows = {row["name"]: row for row in run(profile, "list")["presets"]}
    assert len(rows) >= 9
    assert (rows["mine"]["own"], rows["mine"]["version"]) == (True, 2)
    assert (rows["brief"]["own"], rows["brief"]["version"]) == (False, 1)
    text = studio("presets", "list", home=profile).stdout
    assert "yours, version 2" in text


def test_a_preset_is_shown_now_and_as_it_was(profile: Path, mine: Path) -> None:
    assert run(profile, "show", "my own")["preset"]["system"] == "Be kind."
    shown = run(profile, "show", "mine", "--version", "1")
    assert (shown["version"], shown["preset"]["system"]) == (1, "Be short.")
    text = terminal.studio("presets", "show", "mine", home=profile).stdout
    assert json.loads(text)["title"] == "My own"


def test_history_difference_and_restoring(profile: Path, mine: Path) -> None:
    versions = run(profile, "history", "mine")["versions"]
    assert [(row["version"], row["origin"]) for row in versions] == [(2, "file"), (1, "file")]
    told = run(profile, "diff", "mine")
    assert (told["from"], told["to"]) == (1, 2)
    assert told["changes"] == [
        {"field": "system", "name": "Instructions", "before": "Be short.", "after": "Be kind."},
        {"field": "temperature", "name": "Creativity", "before": "0.8", "after": "0.5"},
    ]
    lines = studio("presets", "diff", "mine", "2", "1", home=profile).stdout.splitlines()
    assert lines == ["Instructions: Be kind. → Be short.", "Creativity: 0.5 → 0.8"]
    assert run(profile, "restore", "mine", "1") == {"preset": "mine", "version": 3}
    assert json.loads(mine.read_text("utf-8"))["system"] == "Be short."
    text = studio("presets", "history", "mine", home=profile).stdout
    assert "Restored from version 1" in text.splitlines()[0]
    assert studio("presets", "diff", "mine", "1", "3", home=profile).stdout == (
        "Versions 1 and 3 are the same.\n"
    )


def test_one_version_has_no_difference(profile: Path) -> None:
    assert run(profile, "diff", "brief")["changes"] == []
    assert studio("presets", "diff", "brief", home=profile).stdout == (
        "There is only one version.\n"
    )


def test_a_removed_preset_comes_back(profile: Path, mine: Path) -> None:
    assert run(profile, "remove", "My Own") == {"removed": "mine"}
    assert run(profile, "list")["trash"] == ["mine"]
    assert "It is in the trash" in refused(profile, "show", "mine")["hint"]
    assert run(profile, "restore", "mine")["preset"] == "mine"
    assert refused(profile, "restore", "mine")["code"] == "preset.not_trashed"
    assert refused(profile, "remove", "brief")["code"] == "preset.shipped"


def test_presets_go_from_one_place_to_another(
    profile: Path, mine: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file, other = profile / "out.json", tmp_path_factory.mktemp("other")
    assert run(profile, "export", str(file)) == {"path": str(file), "presets": 1}
    assert run(other, "import", str(file), "--dry-run")["added"] == []
    told = {"found": 1, "without_model": []}
    assert run(other, "import", str(file)) == told | {"added": ["my-own"], "skipped": 0}
    assert run(other, "import", str(file)) == told | {"added": [], "skipped": 1}
    assert run(other, "show", "my-own")["preset"]["system"] == "Be kind."


def test_a_path_in_place_of_a_model_is_left_out_and_told(profile: Path) -> None:
    profile.mkdir()
    file = profile / "nice.json"
    file.write_text(json.dumps({"title": "Nice", "model": str(profile / "evil.gguf")}), "utf-8")
    text = studio("presets", "import", str(file), home=profile).stdout
    assert "Nice named its model by the path of a file, which was left out. Choose a model" in text
    assert run(profile, "show", "nice")["preset"].get("model", "") == ""
    again = {"found": 1, "added": [], "skipped": 1, "without_model": []}
    assert run(profile, "import", str(file)) == again


def test_what_cannot_be_done_is_told(profile: Path) -> None:
    assert refused(profile, "show", "nothing")["code"] == "preset.unknown"
    assert refused(profile, "history", "nothing")["code"] == "preset.unknown"
    assert refused(profile, "diff", "brief", "7")["code"] == "preset.no_version"
    assert refused(profile, "restore", "brief", "7")["code"] == "preset.no_version"
    assert refused(profile, "export", str(profile / "x.json"))["code"] == "export.nothing"
    assert refused(profile, "import", str(profile / "none"))["code"] == "import.unreadable"
    assert studio("presets", "diff", "brief", "zero", home=profile).returncode == 2


def test_a_damaged_preset_is_told_beside_the_result(profile: Path, mine: Path) -> None:
    mine.write_text("{", "utf-8")
    finished = studio("presets", "list", "--json", home=profile)
    assert finished.returncode == 0
    assert "The preset mine.json cannot be used. It is not valid JSON" in finished.stderr
    assert run(profile, "restore", "mine", "1")["version"] == 1
    assert json.loads(mine.read_text("utf-8"))["system"] == "Be short."
