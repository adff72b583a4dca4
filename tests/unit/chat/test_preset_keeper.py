"""Presets that are changed: each change is a version, and each can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.preset_room import SHIPPED, PresetRoom, preset_database, preset_room

from studio.chat.presets.keeper import PresetKeeper
from studio.chat.presets.migrations import MIGRATIONS, create_preset_versions
from studio.chat.presets.preset_file import Example, Preset
from studio.engine.language import Sampling
from studio.errors import StudioError
from studio.storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with preset_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def room(tmp_path: Path, database: Database) -> PresetRoom:
    return preset_room(tmp_path, database)


@pytest.fixture
def keeper(room: PresetRoom) -> PresetKeeper:
    return room.keeper()


def numbers(keeper: PresetKeeper, name: str) -> list[tuple[int, str]]:
    return [(version.number, version.origin) for version in keeper.history(name)]


def test_the_migration_makes_one_table(database: Database) -> None:
    assert MIGRATIONS.steps == (create_preset_versions,)
    assert database.versions() == {"presets": 1}


def test_a_new_preset_is_there_at_the_next_start(room: PresetRoom, keeper: PresetKeeper) -> None:
    made = keeper.create("My Editor")
    assert (made.name, made.title, made.version, made.is_own) == ("my-editor", "My Editor", 1, True)
    assert room.keeper().presets.get("my-editor") == made


def test_every_change_is_a_version(room: PresetRoom, keeper: PresetKeeper) -> None:
    made = keeper.create("Mine")
    keeper.save(replace(made, system="Be mine."))
    last = keeper.save(replace(made, system="Be mine.", examples=(Example("a", "b"),)))
    assert last.version == 3
    assert numbers(keeper, "mine") == [(3, "saved"), (2, "saved"), (1, "saved")]
    assert keeper.version("mine", 2).system == "Be mine."
    assert keeper.version("mine", 2).examples == ()
    assert [change.field for change in keeper.difference("mine", 1, 3)] == ["system", "examples"]
    assert room.keeper().presets.get("mine").version == 3


def test_saving_what_is_there_already_makes_no_version(keeper: PresetKeeper) -> None:
    made = keeper.create("Mine")
    assert keeper.save(made).version == 1
    assert len(keeper.history("mine")) == 1


def test_a_preset_of_the_program_is_changed_and_put_back(
    room: PresetRoom, keeper: PresetKeeper
) -> None:
    brief = keeper.presets.get("brief")
    assert (brief.version, brief.is_own) == (1, False)
    changed = keeper.save(replace(brief, system="Be very brief."))
    assert (changed.version, changed.is_own) == (2, True)
    assert json.loads((room.program / "brief.json").read_text("utf-8")) == SHIPPED["brief"]
    back = keeper.reset("brief")
    assert (back.system, back.version, back.is_own) == ("Be brief.", 3, False)
    assert numbers(keeper, "brief") == [(3, "reset"), (2, "saved"), (1, "program")]
    assert not (room.person / "brief.json").exists()


def test_an_older_version_is_restored_as_a_new_one(keeper: PresetKeeper) -> None:
    made = keeper.create("Mine")
    keeper.save(replace(made, system="Later."))
    back = keeper.restore("mine", 1)
    assert (back.system, back.version) == ("", 3)
    newest = keeper.history("mine")[0]
    assert (newest.origin, newest.restored_from) == ("restored", 1)
    assert newest.words == "Restored from version 1"


def test_a_file_changed_by_hand_is_a_version_too(room: PresetRoom, keeper: PresetKeeper) -> None:
    keeper.create("Mine")
    room.put("mine", {"title": "Mine", "system": "By hand."})
    again = room.keeper()
    assert again.presets.get("mine").version == 2
    assert again.history("mine")[0].words == "Changed outside the program"


def test_a_file_changed_by_hand_since_the_start_is_not_lost(
    room: PresetRoom, keeper: PresetKeeper
) -> None:
    made = keeper.create("Mine")
    room.put("mine", {"title": "Mine", "system": "By hand."})
    assert keeper.save(replace(made, system="In the window.")).version == 3
    assert keeper.version("mine", 2).system == "By hand."


def test_an_update_of_the_program_is_a_version(room: PresetRoom, keeper: PresetKeeper) -> None:
    assert keeper.presets.get("brief").version == 1
    (room.program / "brief.json").write_text('{"title": "Brief", "system": "New."}', "utf-8")
    assert room.keeper().presets.get("brief").version == 2


def test_a_change_broken_off_between_file_and_history_is_whole_at_the_next_start(
    room: PresetRoom, keeper: PresetKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keeper.create("Mine")
    half = replace(made, system="Half done.")
    with monkeypatch.context() as patched:
        patched.setattr("studio.chat.presets.keeper.PresetVersions.add", _killed)
        patched.setattr("studio.chat.presets.folder.write_private", _write_but_never_back())
        with pytest.raises(SystemExit):
            keeper.save(half)
    again = room.keeper()
    assert again.presets.get("mine").system == "Half done."
    assert again.presets.get("mine").version == 2


def _killed(*_: object) -> int:
    raise SystemExit


def _write_but_never_back() -> object:
    calls: list[Path] = []

    def write(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) == 1:
            path.write_bytes(content)

    return write


def test_a_change_that_the_history_refuses_leaves_all_as_it_was(
    room: PresetRoom, keeper: PresetKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keeper.create("Mine")
    before = (room.person / "mine.json").read_bytes()

    def refuse(*_: object) -> int:
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr("studio.chat.presets.versions._add", refuse)
        with pytest.raises(StudioError, match="The disk is full"):
            keeper.save(replace(made, system="Too much."))
        with pytest.raises(StudioError, match="The disk is full"):
            keeper.create("Another")
    assert (room.person / "mine.json").read_bytes() == before
    assert [path.name for path in room.person.glob("*.json")] == ["mine.json"]


def test_a_folder_that_cannot_be_written_is_told(
    keeper: PresetKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("studio.chat.presets.folder.write_private", refuse)
    with pytest.raises(StudioError) as caught:
        keeper.create("Mine")
    assert caught.value.code == "preset.not_saved"
    assert caught.value.what == "The preset “Mine” could not be saved: Permission denied."


def test_presets_go_on_without_numbers_when_the_history_cannot_be_kept(
    room: PresetRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    monkeypatch.setattr("studio.chat.presets.versions._add", refuse)
    presets = room.keeper().presets
    assert presets.get("brief").version == 0
    assert presets.warnings[0].startswith("The history of presets could not be kept. ")


@pytest.mark.parametrize("title", ["Brief", " BRIEF ", "brief"])
def test_two_names_alike_are_refused(title: str, keeper: PresetKeeper) -> None:
    with pytest.raises(StudioError) as caught:
        keeper.create(title)
    assert caught.value.code == "preset.title_taken"
    made = keeper.create("Mine")
    assert keeper.problems(replace(made, title=title)) == [str(caught.value)]
    with pytest.raises(StudioError, match="already"):
        keeper.rename("mine", title)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": " "}, "The name (title) is missing."),
        ({"system": "x" * 1_000_000}, "Instructions: 1,000,000 characters are too many"),
        ({"sampling": Sampling(top_p=2)}, "Variety limit (top_p) takes a number from 0 to 1"),
        ({"examples": (Example("", "b"),)}, "Example 1 needs both"),
    ],
)
def test_what_cannot_be_used_is_not_saved(
    change: dict[str, object], told: str, keeper: PresetKeeper
) -> None:
    made = keeper.create("Mine")
    wrong = replace(made, **change)  # type: ignore[arg-type]
    with pytest.raises(StudioError) as caught:
        keeper.save(wrong)
    assert caught.value.code == "preset.invalid"
    assert told in caught.value.what
    assert told in keeper.problems(wrong)[0]
    assert keeper.presets.get("mine") == made


def test_spaces_around_a_name_are_left_out(room: PresetRoom, keeper: PresetKeeper) -> None:
    made = keeper.create("  My \n Editor ")
    assert made.title == "My Editor"
    assert room.keeper().presets.get(made.name).version == 1


def test_a_copy_is_named_apart(keeper: PresetKeeper) -> None:
    first, second = keeper.duplicate("brief"), keeper.duplicate("brief")
    assert (first.title, second.title) == ("Brief copy", "Brief copy 2")
    assert (first.name, second.name) == ("brief-copy", "brief-copy-2")
    assert first.sampling.temperature == 0.2


def test_a_renamed_preset_keeps_what_conversations_know_it_by(keeper: PresetKeeper) -> None:
    keeper.create("Mine")
    renamed = keeper.rename("mine", "Yours")
    assert (renamed.name, renamed.title, renamed.version) == ("mine", "Yours", 2)


def test_a_deleted_preset_comes_back_with_its_history(
    room: PresetRoom, keeper: PresetKeeper
) -> None:
    made = keeper.create("Mine")
    keeper.save(replace(made, system="Later."))
    assert keeper.delete("mine").title == "Mine"
    assert keeper.trashed() == ["mine"]
    with pytest.raises(StudioError, match="It is in the trash"):
        room.keeper().presets.get("mine")
    other = keeper.create("Mine")
    assert other.name == "mine-2"
    back = keeper.undelete("mine")
    assert (back.title, back.system) == ("Mine 2", "Later.")
    assert keeper.trashed() == []
    assert len(keeper.history("mine")) == 3


def test_what_lies_in_the_trash_goes_for_good_when_asked(keeper: PresetKeeper) -> None:
    keeper.create("Mine")
    keeper.purge("mine")
    assert keeper.presets.get("mine").title == "Mine"
    keeper.delete("mine")
    keeper.purge("mine")
    assert keeper.trashed() == []
    with pytest.raises(StudioError, match=r"There is no preset “mine”"):
        keeper.history("mine")
    with pytest.raises(StudioError, match=r"No preset “mine” lies in the trash"):
        keeper.undelete("mine")


def test_what_came_with_the_program_is_not_deleted(keeper: PresetKeeper) -> None:
    with pytest.raises(StudioError) as caught:
        keeper.delete("brief")
    assert caught.value.code == "preset.shipped"
    keeper.create("Mine")
    with pytest.raises(StudioError) as caught:
        keeper.reset("mine")
    assert caught.value.code == "preset.not_shipped"


def test_a_damaged_file_is_replaced_by_an_older_version_and_put_aside(
    room: PresetRoom, keeper: PresetKeeper
) -> None:
    keeper.create("Mine")
    room.put("mine", '{"title": "Mine", "sys')
    again = room.keeper()
    assert "mine" in again.presets.damaged()
    assert again.restore("mine", 1).title == "Mine"
    aside = room.person / "trash" / "mine.json.damaged"
    assert aside.read_text("utf-8") == '{"title": "Mine", "sys'


def test_a_damaged_file_can_be_deleted(room: PresetRoom) -> None:
    room.put("brief", "{")
    keeper = room.keeper()
    keeper.delete("brief")
    assert keeper.presets.damaged() == {}
    assert keeper.trashed() == ["brief"]


def test_a_version_that_is_not_there_is_told(keeper: PresetKeeper) -> None:
    with pytest.raises(StudioError, match="The preset “brief” has no version 7"):
        keeper.version("brief", 7)


def test_imported_presets_never_replace_others(keeper: PresetKeeper) -> None:
    same = keeper.presets.get("brief")
    other = Preset("brief", "Brief", "", "Another.", Sampling())
    taken = keeper.take_in([same, other])
    assert (taken.known, taken.without_model) == (1, [])
    assert [(each.name, each.title) for each in taken.added] == [("brief-2", "Brief 2")]
    assert keeper.presets.get("brief").system == "Be brief."
    assert numbers(keeper, "brief-2") == [(1, "imported")]


@pytest.mark.parametrize("model", ["/etc/x.gguf", "../x", "a\\b", "C:x", "//host/share/x"])
def test_an_imported_preset_names_no_file_to_be_opened(keeper: PresetKeeper, model: str) -> None:
    strange = Preset("nice", "Nice", "", "Be nice.", Sampling(), suits=("qwen",), model=model)
    taken = keeper.take_in([strange])
    assert [each.title for each in taken.without_model] == ["Nice"]
    assert keeper.presets.get("nice").model == ""
    again = keeper.take_in([strange])
    assert (again.known, again.added, again.without_model) == (1, [], [])


def test_an_imported_preset_keeps_the_name_of_its_model(keeper: PresetKeeper) -> None:
    named = Preset("nice", "Nice", "", "Be nice.", Sampling(), model="Qwen2.5-0.5B: Q4")
    taken = keeper.take_in([named])
    assert (taken.added[0].model, taken.without_model) == ("Qwen2.5-0.5B: Q4", [])


def test_a_preset_of_one_s_own_with_a_path_is_known_again(keeper: PresetKeeper) -> None:
    own = keeper.save(Preset("mine", "Mine", "", "Be.", Sampling(), model="/models/x.gguf"))
    assert keeper.take_in([own]).known == 1
    assert keeper.presets.get("mine").model == "/models/x.gguf"


@pytest.mark.parametrize("title", ["../../out", "NUL", "…", "日本語", "a" * 120, "C:\\x"])
def test_any_title_makes_a_file_in_the_folder(
    title: str, room: PresetRoom, keeper: PresetKeeper
) -> None:
    made = keeper.create(title)
    assert [path.stem for path in room.person.glob("*.json")] == [made.name]
    assert room.keeper().presets.get(made.name).title == title
