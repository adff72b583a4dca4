"""The shelf shows what is on disk, good or damaged, and loses nothing when it changes."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from support import tiny_gguf

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library import headers
from studio.library.shelf import Shelf, lasting_name
from studio.library.store import LibraryStore

Folders = dict[str, Path]

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


def _names(shelf: Shelf) -> list[str]:
    return [model.name for model in shelf.list()]


def test_empty_folders_make_an_empty_shelf(shelf: Shelf) -> None:
    assert shelf.list() == []
    assert shelf.notices == ()


def test_models_of_all_folders_are_listed_by_name(shelf: Shelf, folders: Folders) -> None:
    tiny_gguf.write(folders["own"] / "banana.gguf")
    tiny_gguf.write(folders["shipped"] / "Apple.GGUF")
    deep = folders["extra"] / "maker" / "kind"
    deep.mkdir(parents=True)
    tiny_gguf.write(deep / "cherry.gguf", "qwen3")
    models = shelf.list()
    assert [model.name for model in models] == ["Apple", "banana", "cherry"]
    assert [model.origin for model in models] == ["shipped", "own", "extra"]
    assert models[2].facts().architecture == "qwen3"
    assert models[1].size_bytes == (folders["own"] / "banana.gguf").stat().st_size


def test_what_is_not_a_model_is_left_out(shelf: Shelf, folders: Folders) -> None:
    tiny_gguf.write(folders["own"] / "good.gguf")
    for name in ("half.gguf.part", "notes.txt", ".hidden.gguf"):
        (folders["own"] / name).write_bytes(b"GGUF")
    assert _names(shelf) == ["good"]


def test_damaged_files_are_listed_with_their_problem(shelf: Shelf, folders: Folders) -> None:
    whole = tiny_gguf.write(folders["own"] / "cut.gguf").read_bytes()
    (folders["own"] / "cut.gguf").write_bytes(whole[:1000])
    (folders["own"] / "page.gguf").write_text("<!DOCTYPE html>")
    cut, page = shelf.list()
    assert cut.problem is not None
    assert cut.problem.code == "model.truncated"
    assert cut.size_bytes == 1000
    assert page.problem is not None
    assert page.problem.code == "model.html"
    with pytest.raises(StudioError, match="web page"):
        page.facts()


def test_second_listing_reads_no_file(
    shelf: Shelf, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_gguf.write(folders["own"] / "good.gguf", "lfm2", chat_template=tiny_gguf.CHATML)
    (folders["own"] / "bad.gguf").write_bytes(b"no model at all")
    first = shelf.list()

    def refuse(path: Path) -> None:
        raise AssertionError(f"{path} was read again")

    monkeypatch.setattr(headers, "read_header", refuse)
    second = shelf.list()
    assert [model.header for model in second] == [model.header for model in first]
    before, after = first[0].problem, second[0].problem
    assert before is not None
    assert after is not None
    assert (after.to_dict(), after.details) == (before.to_dict(), before.details)


def test_replaced_file_is_read_again(shelf: Shelf, folders: Folders) -> None:
    path = tiny_gguf.write(folders["own"] / "model.gguf", "llama")
    shelf.list()
    tiny_gguf.write(path, "qwen3")
    os.utime(path, ns=(1, 1))
    assert shelf.list()[0].facts().architecture == "qwen3"


def test_repaired_file_loses_its_problem(shelf: Shelf, folders: Folders) -> None:
    path = folders["own"] / "model.gguf"
    path.write_bytes(b"GGUF")
    assert shelf.list()[0].problem is not None
    tiny_gguf.write(path)
    assert shelf.list()[0].problem is None


def test_vanished_file_is_not_listed(shelf: Shelf, folders: Folders) -> None:
    path = tiny_gguf.write(folders["own"] / "model.gguf")
    shelf.list()
    path.unlink()
    assert shelf.list() == []


def test_folder_that_is_missing_is_told(store: LibraryStore, folders: Folders) -> None:
    gone = folders["extra"] / "unplugged"
    shelf = Shelf(folders["own"], folders["shipped"], store, lambda: [gone])
    assert shelf.list() == []
    assert shelf.notices == (f"The folder {gone} is not there, so its models are not listed.",)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such permission")
def test_folder_that_may_not_be_opened_is_told(
    shelf: Shelf, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = folders["extra"] / "locked"
    locked.mkdir()
    tiny_gguf.write(folders["own"] / "good.gguf")
    real = os.scandir

    def scandir(folder: Path) -> object:
        if Path(folder) == locked:
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert _names(shelf) == ["good"]
    assert shelf.notices == (f"The folder {locked} cannot be opened: Permission denied.",)


@needs_links
def test_links_are_followed_once_and_loops_end(shelf: Shelf, folders: Folders) -> None:
    elsewhere = folders["own"].parent / "elsewhere"
    elsewhere.mkdir()
    tiny_gguf.write(elsewhere / "linked.gguf")
    (folders["own"] / "there").symlink_to(elsewhere, target_is_directory=True)
    (elsewhere / "back").symlink_to(folders["own"], target_is_directory=True)
    (elsewhere / "self").symlink_to(elsewhere / "self")
    (folders["extra"] / "again.gguf").symlink_to(elsewhere / "linked.gguf")
    assert _names(shelf) == ["linked"]


@needs_links
def test_link_to_a_vanished_file_is_listed_with_its_problem(shelf: Shelf, folders: Folders) -> None:
    (folders["own"] / "dangling.gguf").symlink_to(folders["own"].parent / "gone.gguf")
    model = shelf.list()[0]
    assert model.problem is not None
    assert model.problem.code == "model.missing"
    assert model.size_bytes == 0


def test_split_model_is_listed_once_and_its_gap_is_told(shelf: Shelf, folders: Folders) -> None:
    for number in (1, 2, 3):
        tiny_gguf.write(
            folders["own"] / f"big-{number:05}-of-00003.gguf",
            extra_keys={"split.count": 3, "split.no": number - 1},
        )
    (model,) = shelf.list()
    assert model.name == "big"
    (folders["own"] / "big-00002-of-00003.gguf").unlink()
    (model,) = shelf.list()
    assert model.problem is not None
    assert "big-00002-of-00003.gguf" in model.problem.what
    (folders["own"] / "big-00001-of-00003.gguf").unlink()
    (model,) = shelf.list()
    assert model.problem is not None
    assert model.problem.code == "model.later_part"


def test_same_names_get_numbers_and_keep_them(shelf: Shelf, folders: Folders) -> None:
    tiny_gguf.write(folders["extra"] / "model.gguf")
    assert _names(shelf) == ["model"]
    tiny_gguf.write(folders["own"] / "MODEL.gguf")
    by_name = {model.name: model.path.parent.name for model in shelf.list()}
    assert by_name == {"model": "extra", "MODEL (2)": "own"}
    assert {model.name: model.path.parent.name for model in shelf.list()} == by_name


def test_moved_model_keeps_name_and_settings(shelf: Shelf, folders: Folders) -> None:
    tiny_gguf.write(folders["extra"] / "model.gguf")
    shelf.set_load_settings(shelf.find("model"), LoadSettings(context=1234))
    (folders["extra"] / "sub").mkdir()
    shutil.move(folders["extra"] / "model.gguf", folders["extra"] / "sub" / "model.gguf")
    moved = shelf.find("model")
    assert moved.path == folders["extra"] / "sub" / "model.gguf"
    assert shelf.load_settings(moved) == LoadSettings(context=1234)


def test_load_settings_are_kept_per_model(shelf: Shelf, folders: Folders) -> None:
    for name in ("one", "two"):
        tiny_gguf.write(folders["own"] / f"{name}.gguf")
    wished = LoadSettings(context=2048, cache_type="q8_0", flash_attention=False, gpu_layers=0)
    shelf.set_load_settings(shelf.find("one"), wished)
    assert shelf.load_settings(shelf.find("one")) == wished
    assert shelf.load_settings(shelf.find("two")) == LoadSettings()


@pytest.mark.parametrize("wished", ["Tiny.Q4", "tiny.q4", "Tiny.Q4.gguf", " Tiny.Q4 "])
def test_find_by_name_or_file_name(shelf: Shelf, folders: Folders, wished: str) -> None:
    path = tiny_gguf.write(folders["own"] / "Tiny.Q4.gguf")
    assert shelf.find(wished).path == path


def test_find_by_path_on_and_off_the_shelf(shelf: Shelf, folders: Folders) -> None:
    on_shelf = tiny_gguf.write(folders["own"] / "here.gguf")
    elsewhere = tiny_gguf.write(folders["own"].parent / "there.gguf", "qwen2")
    assert shelf.find(str(on_shelf)).name == "here"
    found = shelf.find(str(elsewhere))
    assert (found.name, found.path) == ("there", elsewhere)
    assert _names(shelf) == ["here"]


def test_find_tells_why_a_path_cannot_be_read(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "page.gguf").write_text("<html>")
    with pytest.raises(StudioError) as caught:
        shelf.find(str(tmp_path / "page.gguf"))
    assert caught.value.code == "model.html"


def test_unknown_name_suggests_similar_ones(shelf: Shelf, folders: Folders) -> None:
    for name in ("SmolLM2-135M-Instruct", "Qwen2.5-0.5B"):
        tiny_gguf.write(folders["own"] / f"{name}.gguf")
    with pytest.raises(StudioError) as caught:
        shelf.find("SmolLM2-153M-Instruct")
    assert caught.value.code == "model.unknown"
    assert caught.value.what == "There is no model named “SmolLM2-153M-Instruct”."
    assert caught.value.hint == "Did you mean SmolLM2-135M-Instruct?"
    with pytest.raises(StudioError) as caught:
        shelf.find("qwen")
    assert caught.value.hint == "Did you mean Qwen2.5-0.5B?"
    with pytest.raises(StudioError) as caught:
        shelf.find("zzz")
    assert caught.value.hint == "On the list: Qwen2.5-0.5B and SmolLM2-135M-Instruct."


@pytest.mark.parametrize(("same", "name"), [(True, "starter"), (False, "starter (2)")])
def test_the_same_model_elsewhere_takes_over_the_name_of_one_that_nobody_looks_for(
    same: bool, name: str, store: LibraryStore, folders: Folders, tmp_path: Path
) -> None:
    """As when another copy of the program uses the data, and the first one is still there."""
    first, second = tmp_path / "first", tmp_path / "second"
    for seed, folder in enumerate((first, second)):
        folder.mkdir()
        tiny_gguf.write(folder / "starter.gguf", seed=0 if same else seed)
    before = Shelf(folders["own"], first, store)
    settings = LoadSettings(context=1024)
    before.set_load_settings(before.find("starter"), settings)
    now = Shelf(folders["own"], second, store)
    assert _names(now) == [name]
    assert (now.load_settings(now.find(name)) == settings) is same


def test_a_name_that_nobody_has_is_answered_with_names_on_the_list_only(
    shelf: Shelf, folders: Folders
) -> None:
    tiny_gguf.write(folders["shipped"] / "apple.gguf")
    shelf.remove("apple")
    with pytest.raises(StudioError) as caught:
        shelf.find("appl")
    assert "apple" not in str(caught.value)
    assert "no model is here yet" in caught.value.what
    assert shelf.find("apple").name == "apple"


@pytest.mark.parametrize(
    "wished", ["anything", "", "a\0b", "~nobody-at-all/x.gguf", "x" * 9999 + ".gguf"]
)
def test_unknown_name_on_an_empty_shelf(shelf: Shelf, wished: str) -> None:
    with pytest.raises(StudioError) as caught:
        shelf.find(wished)
    assert caught.value.code == "model.unknown"
    assert "add a GGUF file" in caught.value.hint


def test_added_model_is_copied_and_listed(shelf: Shelf, folders: Folders, tmp_path: Path) -> None:
    source = tiny_gguf.write(tmp_path / "new.gguf")
    told: list[tuple[int, int]] = []
    model = shelf.add(source, progress=lambda *done: told.append(done))
    assert model.path == folders["own"] / "new.gguf"
    assert model.path.read_bytes() == source.read_bytes()
    assert told[-1] == (model.size_bytes, model.size_bytes)
    source.unlink()
    assert _names(shelf) == ["new"]


def test_damaged_model_is_not_added(shelf: Shelf, folders: Folders, tmp_path: Path) -> None:
    source = tmp_path / "page.gguf"
    source.write_text("<!doctype html>")
    with pytest.raises(StudioError) as caught:
        shelf.add(source)
    assert caught.value.code == "model.html"
    assert list(folders["own"].iterdir()) == []


def test_adding_twice_changes_nothing(shelf: Shelf, folders: Folders, tmp_path: Path) -> None:
    source = tiny_gguf.write(tmp_path / "new.gguf")
    first = shelf.add(source)
    assert shelf.add(source) == first
    assert shelf.add(first.path) == first
    assert [path.name for path in folders["own"].iterdir()] == ["new.gguf"]


def test_adding_another_model_of_the_same_name_overwrites_nothing(
    shelf: Shelf, folders: Folders, tmp_path: Path
) -> None:
    first = shelf.add(tiny_gguf.write(tmp_path / "new.gguf", seed=1))
    before = first.path.read_bytes()
    second = shelf.add(tiny_gguf.write(tmp_path / "new.gguf", seed=2))
    assert second.path.name == "new (2).gguf"
    assert second.name == "new (2)"
    assert first.path.read_bytes() == before


def test_a_folder_that_the_system_will_not_look_at_is_told(
    store: LibraryStore, folders: dict[str, Path]
) -> None:
    endless = folders["extra"] / ("a" * 300)
    tiny_gguf.write(folders["own"] / "model.gguf")
    shelf = Shelf(folders["own"], folders["shipped"], store, lambda: [endless])
    assert [model.name for model in shelf.list()] == ["model"]
    assert shelf.notices == (f"The folder {endless} is not there, so its models are not listed.",)


def test_a_file_that_the_system_will_not_look_at_is_listed_with_its_problem(
    shelf: Shelf, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tiny_gguf.write(folders["own"] / "model.gguf")
    stat = Path.stat

    def refuse(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return stat(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    [model] = shelf.list()
    assert model.problem is not None
    assert model.problem.code == "model.unreadable"
    assert model.size_bytes == 0


def test_a_model_is_found_again_from_any_folder(
    shelf: Shelf, folders: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_gguf.write(folders["own"] / "Listed.gguf")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = tiny_gguf.write(elsewhere / "mine.gguf")
    monkeypatch.chdir(elsewhere)
    assert lasting_name(shelf, "listed") == "Listed"
    assert lasting_name(shelf, "mine.gguf") == str(path)
    monkeypatch.chdir(tmp_path)
    assert shelf.find(lasting_name(shelf, str(path))).path == path
