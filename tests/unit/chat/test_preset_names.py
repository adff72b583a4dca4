"""Names of presets in capital or small letters are one name, with one history."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.preset_room import PresetRoom, preset_database, preset_room

from studio.chat.presets.keeper import PresetKeeper
from studio.chat.presets.preset_file import name_key
from studio.errors import StudioError
from studio.storage.database import Database

# Elsewhere two such files cannot be in one folder.
tells_letters_apart = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="file names are the same there"
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with preset_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def room(tmp_path: Path, database: Database) -> PresetRoom:
    return preset_room(tmp_path, database)


def numbers(keeper: PresetKeeper, name: str) -> list[int]:
    return [version.number for version in keeper.history(name)]


def test_letters_and_accents_written_in_two_ways_are_one_name() -> None:
    assert name_key("\u00c9mile") == name_key("e\u0301mile")
    assert name_key("STRASSE") == name_key("stra\u00dfe")
    assert name_key("one") != name_key("two")


@tells_letters_apart
def test_of_two_files_the_one_in_small_letters_counts_and_the_other_is_told(
    room: PresetRoom,
) -> None:
    room.put("Mine", {"title": "Mine", "system": "Capital."})
    room.put("mine", {"title": "Mine too", "system": "Small."})
    for _ in range(3):
        keeper = room.keeper()
        assert keeper.presets.get("MINE").system == "Small."
        assert numbers(keeper, "mine") == numbers(keeper, "Mine") == [1]
    (told,) = keeper.presets.warnings
    assert "The preset Mine.json cannot be used." in told
    assert "that of mine.json" in told
    assert "another name" in told
    assert (room.person / "Mine.json").exists()


@tells_letters_apart
def test_the_second_file_is_deleted_without_harm_to_the_first(room: PresetRoom) -> None:
    room.put("Mine", {"title": "Mine", "system": "Capital."})
    room.put("mine", {"title": "Mine too", "system": "Small."})
    keeper = room.keeper()
    keeper.delete("Mine")
    assert keeper.trashed() == ["Mine"]
    assert keeper.presets.warnings == ()
    with pytest.raises(StudioError, match="There is a preset “Mine” again") as caught:
        keeper.undelete("Mine")
    assert caught.value.code == "preset.is_there"
    keeper.purge("Mine")
    assert numbers(keeper, "mine") == [1]


@tells_letters_apart
def test_a_damaged_file_leaves_its_name_to_another(room: PresetRoom) -> None:
    room.put("mine", "{")
    room.put("Mine", {"title": "Mine", "system": "Capital."})
    assert room.keeper().presets.get("mine").system == "Capital."


def test_a_file_in_capitals_replaces_the_program_s_and_is_put_back(room: PresetRoom) -> None:
    room.put("Brief", {"title": "Brief", "system": "Mine."})
    keeper = room.keeper()
    assert [preset.title for preset in keeper.presets.list()] == ["Assistant", "Brief"]
    brief = keeper.presets.get("brief")
    assert (brief.system, brief.is_own) == ("Mine.", True)
    assert keeper.presets.shipped(brief.name) is not None
    keeper.save(replace(brief, system="Other."))
    keeper.save(replace(brief, name="brief", system="Third."))
    assert [path.name for path in room.person.glob("*.json")] == ["Brief.json"]
    assert keeper.reset("brief").system == "Be brief."
    assert list(room.person.glob("*.json")) == []
    assert room.keeper().presets.get("Brief").system == "Be brief."


def test_a_file_that_is_spelled_anew_keeps_its_history(room: PresetRoom) -> None:
    path = room.put("\u00c9mile", {"title": "Emile", "system": "One."})
    assert numbers(room.keeper(), "\u00e9mile") == [1]
    path.unlink()
    room.put("\u00e9mile", {"title": "Emile", "system": "Two."})
    keeper = room.keeper()
    assert numbers(keeper, "\u00e9mile") == numbers(keeper, "\u00c9mile") == [2, 1]
    assert keeper.restore("\u00e9MILE", 1).system == "One."
    assert numbers(room.keeper(), "\u00e9mile") == [3, 2, 1]
    keeper.delete("\u00c9mile")
    assert keeper.trashed() == ["\u00e9mile"]
    assert "It is in the trash" in why_not(keeper, "\u00c9MILE")
    keeper.undelete("\u00c9MILE")
    keeper.delete("\u00e9mile")
    keeper.purge("\u00c9MILE")
    assert keeper.trashed() == []
    assert "There is no preset" in why_not(keeper, "\u00e9mile")


def test_a_path_is_no_name(room: PresetRoom) -> None:
    keeper = room.keeper()
    keeper.create("Mine")
    keeper.delete(keeper.create("Other").name)
    with pytest.raises(StudioError) as caught:
        keeper.undelete("../mine")
    assert caught.value.code == "preset.not_trashed"
    keeper.purge("../mine")
    assert (room.person / "mine.json").exists()


def why_not(keeper: PresetKeeper, name: str) -> str:
    with pytest.raises(StudioError) as caught:
        keeper.presets.get(name)
    return str(caught.value)
