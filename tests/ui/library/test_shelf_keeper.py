"""The shelf as the Models page meets it, with a real shelf and database."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from support import tiny_gguf
from support.databases import database_with
from support.starter import STARTER

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library.choose import Chooser
from studio.library.hardware import Hardware, probe
from studio.library.migrations import MIGRATIONS
from studio.library.shelf import Shelf
from studio.library.store import LibraryStore
from studio.settings import Settings
from studio.ui.library.entry import ModelEntry, RemovedModel, Verdict
from studio.ui.library.keeper import ShelfKeeper

NAME = "SmolLM2-135M-Instruct.Q4_1"


def refuse(error: StudioError) -> None:
    raise AssertionError(str(error))


def finish(keeper: ShelfKeeper) -> None:
    """Wait until the keeper's thread has done all that it was asked."""
    done = Event()
    keeper.list(lambda _entries: done.set(), refuse)
    assert done.wait(20)


class Threads:
    """The two threads that the program gives to the page; ``is_closing`` as if it were closed."""

    def __init__(self) -> None:
        self.background = ThreadPoolExecutor(1)
        self.transfers = ThreadPoolExecutor(1)
        self.is_closing = False

    def transfer(self, work: Callable[[Callable[[], bool]], None]) -> None:
        self.transfers.submit(work, lambda: self.is_closing)

    def finish_transfers(self) -> None:
        self.transfers.submit(lambda: None).result(20)


class Held:
    """A progress that waits, once it is asked to hold, until the test lets it go."""

    def __init__(self) -> None:
        self.begun, self.released = Event(), Event()

    def __call__(self, _done: float, _total: float, _left: float | None) -> None:
        self.begun.set()
        assert self.released.wait(20)


class Heard:
    """Collects what callbacks are given."""

    def __init__(self) -> None:
        self.entries: Sequence[ModelEntry] = ()
        self.names: list[str] = []
        self.errors: list[str] = []
        self.verdicts: list[Verdict] = []
        self.progress: list[tuple[float, float]] = []
        self.removed: Sequence[RemovedModel] = ()

    def set_entries(self, entries: Sequence[ModelEntry]) -> None:
        self.entries = entries

    def set_removed(self, removed: Sequence[RemovedModel]) -> None:
        self.removed = removed

    def note_progress(self, done: float, total: float, _left: float | None) -> None:
        self.progress.append((done, total))

    def fail(self, error: StudioError) -> None:
        self.errors.append(error.code)


def own(tmp_path: Path) -> list[str]:
    """Return the files in the person's folder, finished or not."""
    return sorted(path.name for path in (tmp_path / "models").iterdir() if path.is_file())


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    own = tmp_path / "models"
    own.mkdir()
    with database_with(tmp_path, MIGRATIONS) as database:
        yield Shelf(own, tmp_path / "program" / "models", LibraryStore(database))


@pytest.fixture
def threads() -> Iterator[Threads]:
    threads = Threads()
    with threads.background, threads.transfers:
        yield threads


@pytest.fixture
def keeper(shelf: Shelf, tmp_path: Path, threads: Threads) -> ShelfKeeper:
    hardware: Hardware = probe()
    chooser = Chooser(shelf, Settings(tmp_path / "settings.json"), lambda: hardware)
    return ShelfKeeper(
        shelf, chooser, lambda: hardware, threads.background.submit, threads.transfer
    )


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def arriving() -> Path:
    """A model of many blocks, which is not on the shelf yet."""
    if not STARTER.is_file():
        pytest.skip("the starter model is not here")
    return STARTER


@pytest.fixture
def starter(shelf: Shelf, tmp_path: Path, arriving: Path) -> Path:
    return Path(shutil.copy(arriving, tmp_path / "models" / arriving.name))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A model of a few kilobytes, which is not on the shelf yet."""
    return tiny_gguf.write(tmp_path / "small.gguf")


def test_a_model_is_told_with_all_its_facts(
    keeper: ShelfKeeper, heard: Heard, starter: Path
) -> None:
    keeper.list(heard.set_entries, refuse)
    finish(keeper)
    (entry,) = heard.entries
    assert entry.name == NAME
    assert entry.purpose == "chat"
    assert entry.architecture == "llama"
    assert entry.quantization == "Q4_1"
    assert entry.context_trained == 8192
    assert entry.own
    assert entry.about == "Chat, small and very quick"
    assert entry.fit is not None
    assert entry.fit.level in ("success", "warning", "danger")
    assert entry.fit.short


def test_a_damaged_file_is_listed_with_its_problem(
    keeper: ShelfKeeper, heard: Heard, tmp_path: Path
) -> None:
    (tmp_path / "models" / "page.gguf").write_text("<html>not found</html>", encoding="utf-8")
    keeper.list(heard.set_entries, refuse)
    finish(keeper)
    (entry,) = heard.entries
    assert entry.problem is not None
    assert entry.fit is None


def test_removing_and_bringing_back(keeper: ShelfKeeper, heard: Heard, starter: Path) -> None:
    keeper.list(heard.set_entries, refuse)
    finish(keeper)
    keeper.remove(NAME, lambda: heard.names.append("removed"), refuse)
    finish(keeper)
    keeper.list(heard.set_entries, refuse)
    finish(keeper)
    assert heard.entries == []
    keeper.undo_remove(NAME, lambda: heard.names.append("back"), refuse)
    finish(keeper)
    keeper.list(heard.set_entries, refuse)
    finish(keeper)
    assert [entry.name for entry in heard.entries] == [NAME]
    assert heard.names == ["removed", "back"]


def test_files_that_are_no_models_are_told_each_and_keep_no_other_away(
    keeper: ShelfKeeper, heard: Heard, threads: Threads, tmp_path: Path, small: Path
) -> None:
    letters = [tmp_path / "letter.gguf", tmp_path / "note.gguf"]
    for letter in letters:
        letter.write_bytes(b"Dear all")
    lot = [letters[0], small, letters[1]]
    keeper.add(lot, heard.note_progress, heard.names.extend, heard.fail)
    threads.finish_transfers()
    assert heard.names == ["small"]
    assert len(heard.errors) == 2
    assert all(code.startswith("model.") for code in heard.errors)


def test_a_fault_of_ours_ends_an_addition_and_a_look_in_words(
    keeper: ShelfKeeper,
    heard: Heard,
    threads: Threads,
    shelf: Shelf,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("a mistake of ours")

    ended: list[Sequence[str]] = []
    monkeypatch.setattr(shelf, "add", fail)
    keeper.add([small], heard.note_progress, ended.append, heard.fail)
    threads.finish_transfers()
    assert ended == [[]]
    monkeypatch.setattr(shelf, "remove", fail)
    keeper.remove("small", lambda: None, heard.fail)
    finish(keeper)
    assert heard.errors == ["program.bug", "program.bug"]
    assert "a mistake of ours" in caplog.text


def test_settings_are_kept_and_judged(keeper: ShelfKeeper, heard: Heard, starter: Path) -> None:
    keeper.list(heard.set_entries, refuse)
    finish(keeper)
    wish = LoadSettings(context=1024, gpu_layers=0)
    keeper.save_settings(NAME, wish)
    assert keeper.settings_of(NAME) == wish
    keeper.judge(NAME, wish, heard.verdicts.append)
    finish(keeper)
    assert len(heard.verdicts) == 1
    assert heard.verdicts[0].words


def test_the_starter_is_offered(keeper: ShelfKeeper) -> None:
    offer = keeper.starter()
    assert offer.licence == "Apache-2.0"
    assert offer.size_bytes > 90_000_000


def test_a_removed_model_is_told_restored_and_deleted_for_good(
    keeper: ShelfKeeper, heard: Heard, starter: Path
) -> None:
    keeper.remove(NAME, lambda: None, refuse)
    keeper.removed(heard.set_removed, refuse)
    finish(keeper)
    (removed,) = heard.removed
    assert removed.name == NAME
    assert removed.size_bytes > 90_000_000
    keeper.restore(removed.key, heard.names.append, refuse)
    finish(keeper)
    assert heard.names == [NAME]
    assert starter.is_file()
    keeper.remove(NAME, lambda: None, refuse)
    keeper.removed(heard.set_removed, refuse)
    finish(keeper)
    keeper.delete(heard.removed[0].key, lambda: heard.names.append("gone"), refuse)
    keeper.removed(heard.set_removed, refuse)
    finish(keeper)
    assert heard.names == [NAME, "gone"]
    assert heard.removed == []


def test_what_is_not_in_the_trash_cannot_be_restored(keeper: ShelfKeeper, heard: Heard) -> None:
    keeper.restore("nothing", heard.names.append, heard.fail)
    finish(keeper)
    assert heard.errors == ["model.not_in_trash"]


def test_adding_tells_how_far_it_is(
    keeper: ShelfKeeper, heard: Heard, threads: Threads, arriving: Path
) -> None:
    keeper.add([arriving], heard.note_progress, heard.names.extend, refuse)
    threads.finish_transfers()
    assert heard.names == [NAME]
    assert heard.progress[-1] == (arriving.stat().st_size, arriving.stat().st_size)
    assert len(heard.progress) > 10


def test_adding_can_be_cancelled_and_what_is_there_by_then_stays(
    keeper: ShelfKeeper,
    heard: Heard,
    threads: Threads,
    tmp_path: Path,
    arriving: Path,
    small: Path,
) -> None:
    held = Held()

    def hold_second(done: float, total: float, left: float | None) -> None:
        if total == arriving.stat().st_size:
            held(done, total, left)

    lot = [small, arriving, tmp_path / "never looked at.gguf"]
    cancel = keeper.add(lot, hold_second, heard.names.extend, heard.fail)
    assert held.begun.wait(20)
    cancel()
    held.released.set()
    threads.finish_transfers()
    assert heard.names == ["small"]
    assert heard.errors == ["cancelled"]
    assert own(tmp_path) == ["small.gguf"]


def test_a_copy_holds_nothing_else_up_and_ends_with_the_program(
    keeper: ShelfKeeper, heard: Heard, threads: Threads, tmp_path: Path, arriving: Path
) -> None:
    held = Held()
    keeper.add([arriving], held, heard.names.extend, heard.fail)
    assert held.begun.wait(20)
    finish(keeper)  # a look at the shelf, while the copy stands still
    assert own(tmp_path) == [f"{arriving.name}.part"]
    threads.is_closing = True
    held.released.set()
    threads.finish_transfers()
    assert heard.names == []
    assert own(tmp_path) == []


@pytest.mark.parametrize("frozen", [True, False])
def test_a_hidden_starter_that_came_with_the_program_is_shown_again(
    frozen: bool,
    keeper: ShelfKeeper,
    heard: Heard,
    threads: Threads,
    shelf: Shelf,
    tmp_path: Path,
    arriving: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf.shipped.mkdir(parents=True)
    shutil.copy(arriving, shelf.shipped / arriving.name)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "program"), raising=False)
    assert keeper.starter().ships == frozen
    keeper.remove(NAME, lambda: None, refuse)
    keeper.list(heard.set_entries, refuse)
    finish(keeper)
    assert heard.entries == []
    keeper.get_starter(heard.note_progress, heard.names.append, refuse)
    threads.finish_transfers()
    keeper.list(heard.set_entries, refuse)
    finish(keeper)
    assert heard.names == [NAME]
    assert [entry.name for entry in heard.entries] == [NAME]
    assert own(tmp_path) == []


def test_a_link_in_the_trash_is_told_as_one(
    keeper: ShelfKeeper, heard: Heard, shelf: Shelf, small: Path
) -> None:
    shelf.add(small, copy=False)
    keeper.remove("small", lambda: None, refuse)
    keeper.removed(heard.set_removed, refuse)
    finish(keeper)
    (removed,) = heard.removed
    assert removed.is_link
    assert removed.size_bytes < small.stat().st_size
    keeper.delete(removed.key, lambda: heard.names.append("gone"), refuse)
    finish(keeper)
    assert heard.names == ["gone"]
    assert small.is_file()


def test_the_need_is_told_as_memory(keeper: ShelfKeeper, heard: Heard, starter: Path) -> None:
    keeper.judge(NAME, LoadSettings(context=4_194_304), heard.verdicts.append)
    finish(keeper)
    (verdict,) = heard.verdicts
    assert verdict.level == "danger"
    assert verdict.short.removeprefix("Needs ") in verdict.words
