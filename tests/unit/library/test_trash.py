"""A removed model can come back, and no file of another owner is ever touched."""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlite_utils
from support import tiny_gguf

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library.shelf import Shelf
from studio.library.store import LibraryStore
from studio.library.trash import is_link
from studio.storage.database import Database

Folders = dict[str, Path]

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


def _names(shelf: Shelf) -> list[str]:
    return [model.name for model in shelf.list()]


def test_removed_model_goes_to_the_trash_and_comes_back(shelf: Shelf, folders: Folders) -> None:
    path = tiny_gguf.write(folders["own"] / "model.gguf")
    content = path.read_bytes()
    shelf.set_load_settings(shelf.find("model"), LoadSettings(context=999))
    removal = shelf.remove("model")
    assert not removal.is_hidden_only
    assert removal.size_bytes == len(content)
    assert shelf.list() == []
    assert not path.exists()
    assert shelf.trashed() == [removal]
    model = shelf.restore(removal)
    assert path.read_bytes() == content
    assert (model.name, shelf.trashed()) == ("model", [])
    assert shelf.load_settings(model) == LoadSettings(context=999)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes")
def test_the_trash_is_for_its_owner_alone(shelf: Shelf, folders: Folders) -> None:
    tiny_gguf.write(folders["own"] / "model.gguf")
    ((_, now),) = shelf.remove("model").files
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in (now.parent, now.parent.parent)]
    assert modes == [0o700, 0o700]


def test_all_parts_of_a_split_model_are_removed_together(shelf: Shelf, folders: Folders) -> None:
    for number in (1, 2):
        tiny_gguf.write(
            folders["own"] / f"big-{number:05}-of-00002.gguf",
            extra_keys={"split.count": 2, "split.no": number - 1},
        )
    removal = shelf.remove("big")
    assert [before.name for before, _ in removal.files] == [
        "big-00001-of-00002.gguf",
        "big-00002-of-00002.gguf",
    ]
    shelf.restore(removal)
    assert _names(shelf) == ["big"]


def test_deleted_for_good_is_gone(shelf: Shelf, folders: Folders) -> None:
    tiny_gguf.write(folders["own"] / "model.gguf")
    shelf.delete(shelf.remove("model"))
    assert shelf.trashed() == []
    assert [path for path in folders["own"].rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("owner", ["shipped", "extra"])
def test_files_of_others_are_only_hidden(shelf: Shelf, folders: Folders, owner: str) -> None:
    path = tiny_gguf.write(folders[owner] / "model.gguf")
    removal = shelf.remove("model")
    assert removal.is_hidden_only
    assert path.exists()
    assert shelf.list() == []
    assert shelf.find("model").path == path  # conversations that use it go on
    with pytest.raises(StudioError, match="not on the list"):
        shelf.remove("model")
    shelf.restore(removal)
    assert _names(shelf) == ["model"]


def test_hidden_model_that_is_added_again_is_shown(shelf: Shelf, folders: Folders) -> None:
    path = tiny_gguf.write(folders["shipped"] / "model.gguf")
    shelf.remove("model")
    assert shelf.add(path).origin == "shipped"
    assert _names(shelf) == ["model"]


def test_a_file_off_the_shelf_is_not_removed(shelf: Shelf, tmp_path: Path) -> None:
    path = tiny_gguf.write(tmp_path / "mine.gguf")
    with pytest.raises(StudioError) as caught:
        shelf.remove(str(path))
    assert caught.value.code == "model.unknown"
    assert path.exists()


def test_restoring_never_overwrites(shelf: Shelf, folders: Folders) -> None:
    path = tiny_gguf.write(folders["own"] / "model.gguf", seed=1)
    removal = shelf.remove("model")
    tiny_gguf.write(path, seed=2)
    now = path.read_bytes()
    with pytest.raises(StudioError) as caught:
        shelf.restore(removal)
    assert caught.value.code == "model.place_taken"
    assert path.read_bytes() == now
    assert shelf.trashed() == [removal]


def test_restoring_from_a_trash_emptied_by_hand_is_told(shelf: Shelf, folders: Folders) -> None:
    tiny_gguf.write(folders["own"] / "model.gguf")
    removal = shelf.remove("model")
    shutil.rmtree(folders["own"] / ".trash")
    with pytest.raises(StudioError) as caught:
        shelf.restore(removal)
    assert caught.value.code == "model.missing"


@needs_links
def test_removing_a_link_leaves_its_file_alone(
    shelf: Shelf, folders: Folders, tmp_path: Path
) -> None:
    source = tiny_gguf.write(tmp_path / "big.gguf")
    model = shelf.add(source, copy=False)
    assert model.path.is_symlink()
    removal = shelf.remove("big")
    shelf.delete(removal)
    assert source.exists()
    assert not model.path.is_symlink()


def test_move_that_fails_leaves_everything_in_place(
    shelf: Shelf, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        tiny_gguf.write(
            folders["own"] / f"big-{number:05}-of-00002.gguf",
            extra_keys={"split.count": 2, "split.no": number - 1},
        )
    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if path.name.startswith("big-00002") and ".trash" in target.parts:
            raise PermissionError(13, "Permission denied")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(StudioError) as caught:
        shelf.remove("big")
    assert caught.value.code == "data.read_only"
    assert _names(shelf) == ["big"]
    assert shelf.list()[0].problem is None
    assert shelf.trashed() == []


def test_a_removed_model_comes_back_by_its_name_after_a_restart(
    shelf: Shelf, store: LibraryStore, folders: Folders
) -> None:
    (folders["own"] / "sub").mkdir()
    path = tiny_gguf.write(folders["own"] / "sub" / "model.gguf")
    removal = shelf.remove("model")
    path.parent.rmdir()
    later = Shelf(folders["own"], folders["shipped"], store)
    assert later.trashed() == [removal]
    assert later.restore("MODEL").path == path
    assert later.trashed() == []


def test_of_two_with_one_name_the_last_removed_comes_back_first(
    shelf: Shelf, folders: Folders
) -> None:
    path = folders["own"] / "model.gguf"
    removals = []
    for seed in (1, 2):
        tiny_gguf.write(path, seed=seed)
        removals.append(shelf.remove("model"))
    assert shelf.trashed() == removals[::-1]
    shelf.restore("model.gguf")
    assert shelf.trashed() == removals[:1]


def test_a_model_that_was_never_removed_is_told_with_those_that_were(
    shelf: Shelf, folders: Folders
) -> None:
    with pytest.raises(StudioError, match="No model was removed") as caught:
        shelf.restore("pear")
    assert caught.value.code == "model.not_in_trash"
    tiny_gguf.write(folders["own"] / "apple.gguf")
    shelf.remove("apple")
    with pytest.raises(StudioError, match="There is apple"):
        shelf.delete("pear")


def test_what_was_deleted_in_the_trash_by_hand_is_forgotten(
    shelf: Shelf, store: LibraryStore, folders: Folders
) -> None:
    tiny_gguf.write(folders["own"] / "model.gguf")
    shelf.remove("model")
    shutil.rmtree(folders["own"] / ".trash")
    assert shelf.trashed() == []
    assert store.removals() == []


def test_files_that_a_killed_program_left_in_the_trash_are_found(
    shelf: Shelf, store: LibraryStore, folders: Folders
) -> None:
    for number in (1, 2):
        tiny_gguf.write(
            folders["own"] / f"big-{number:05}-of-00002.gguf",
            extra_keys={"split.count": 2, "split.no": number - 1},
        )
    removal = shelf.remove("big")
    store.forget_removal(removal.id)  # as if it had been killed before the note
    (found,) = shelf.trashed()
    assert (found.name, found.size_bytes) == ("big", removal.size_bytes)
    shelf.restore("big")
    assert _names(shelf) == ["big"]
    assert shelf.trashed() == []


@needs_links
def test_of_a_link_only_the_link_is_counted_and_deleted(
    shelf: Shelf, folders: Folders, tmp_path: Path
) -> None:
    path = tiny_gguf.write(tmp_path / "model.gguf")
    shelf.add(path, copy=False)
    removal = shelf.remove("model")
    assert is_link(removal)
    assert removal.size_bytes < path.stat().st_size
    shelf.delete(removal)
    assert path.is_file()
    assert [each for each in folders["own"].rglob("*") if not each.is_dir()] == []


def test_a_file_of_its_own_is_no_link(shelf: Shelf, folders: Folders) -> None:
    tiny_gguf.write(folders["own"] / "model.gguf")
    removal = shelf.remove("model")
    assert not is_link(removal)
    shelf.delete(removal)
    assert not is_link(removal)


def test_a_stray_is_found_whatever_the_case_of_its_ending(
    shelf: Shelf, store: LibraryStore, folders: Folders
) -> None:
    tiny_gguf.write(folders["own"] / "LOUD.GGUF")
    store.forget_removal(shelf.remove("LOUD").id)
    (found,) = shelf.trashed()
    assert found.path.name == "LOUD.GGUF"
    shelf.restore(found)
    assert _names(shelf) == ["LOUD"]


def test_hiding_and_its_note_are_one_step(
    shelf: Shelf,
    store: LibraryStore,
    database: Database,
    folders: Folders,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tiny_gguf.write(folders["shipped"] / "model.gguf")
    assert _names(shelf) == ["model"]
    seen: list[tuple[bool, bool]] = []
    transaction = database.transaction

    @contextmanager
    def watched() -> Iterator[sqlite_utils.Database]:
        with transaction() as db:
            yield db
        seen.append((bool(store.removals()), path in store.hidden()))

    monkeypatch.setattr(database, "transaction", watched)
    shelf.remove("model")
    shelf.restore("model")
    assert seen[0] == (True, True)
    assert seen[-1] == (False, False)
    assert all(noted == hidden for noted, hidden in seen)


def test_a_hidden_model_that_is_shown_again_is_not_among_the_removed(
    shelf: Shelf, folders: Folders
) -> None:
    path = tiny_gguf.write(folders["shipped"] / "model.gguf")
    removal = shelf.remove("model")
    assert shelf.trashed() == [removal]
    shelf.add(path)
    assert shelf.trashed() == []


def test_a_name_is_enough_to_delete_for_good(shelf: Shelf, folders: Folders) -> None:
    tiny_gguf.write(folders["own"] / "model.gguf")
    removal = shelf.remove("model")
    assert shelf.delete("model") == removal
    assert [path for path in folders["own"].rglob("*") if path.is_file()] == []


def test_a_removal_that_cannot_be_noted_moves_nothing(
    shelf: Shelf, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        tiny_gguf.write(
            folders["own"] / f"big-{number:05}-of-00002.gguf",
            extra_keys={"split.count": 2, "split.no": number - 1},
        )

    def refuse(_store: LibraryStore, _removal: object) -> None:
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    monkeypatch.setattr(LibraryStore, "note_removal", refuse)
    with pytest.raises(StudioError, match="disk is full"):
        shelf.remove("big")
    assert _names(shelf) == ["big"]
    assert shelf.trashed() == []
    assert list((folders["own"] / ".trash").iterdir()) == []


def test_a_model_comes_back_whole_or_not_at_all(
    shelf: Shelf, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        tiny_gguf.write(
            folders["own"] / f"big-{number:05}-of-00002.gguf",
            extra_keys={"split.count": 2, "split.no": number - 1},
        )
    removal = shelf.remove("big")
    rename = Path.rename

    def refuse_the_second(path: Path, target: Path) -> Path:
        if target == removal.files[1][0]:
            raise PermissionError(13, "another program has it open")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse_the_second)
    with pytest.raises(StudioError):
        shelf.restore(removal)
    monkeypatch.undo()
    assert [each.id for each in shelf.trashed()] == [removal.id]
    assert shelf.restore(removal).name == "big"
