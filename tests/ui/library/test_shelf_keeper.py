"""The shelf as the Models page meets it, with a real shelf and database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library.choose import Chooser
from studio.library.hardware import Hardware, probe
from studio.library.migrations import MIGRATIONS
from studio.library.shelf import Shelf
from studio.library.store import LibraryStore
from studio.settings import Settings
from studio.storage.database import Database
from studio.ui.library.entry import ModelEntry, RemovedModel, Verdict
from studio.ui.library.keeper import ShelfKeeper

STARTER = Path(__file__).parents[3] / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
NAME = "SmolLM2-135M-Instruct.Q4_1"


def refuse(error: StudioError) -> None:
    raise AssertionError(str(error))


def finish(keeper: ShelfKeeper) -> None:
    """Wait until the keeper's thread has done all that it was asked."""
    done = Event()
    keeper.list(lambda _entries: done.set(), refuse)
    assert done.wait(20)


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


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    database = Database.open(tmp_path / "studio.db", tmp_path / "backups", [MIGRATIONS])
    own = tmp_path / "models"
    own.mkdir()
    yield Shelf(own, tmp_path / "none", LibraryStore(database))
    database.close()


@pytest.fixture
def keeper(shelf: Shelf, tmp_path: Path) -> Iterator[ShelfKeeper]:
    hardware: Hardware = probe()
    chooser = Chooser(shelf, Settings(tmp_path / "settings.json"), lambda: hardware)
    with ThreadPoolExecutor(1) as executor:
        yield ShelfKeeper(shelf, chooser, lambda: hardware, tmp_path / "models", executor.submit)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def starter(shelf: Shelf, tmp_path: Path) -> Path:
    if not STARTER.is_file():
        pytest.skip("the starter model is not here")
    return Path(shutil.copy(STARTER, tmp_path / "models" / STARTER.name))


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


def test_adding_a_file_that_is_no_model_fails_in_words(
    keeper: ShelfKeeper, heard: Heard, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.gguf"
    letter.write_bytes(b"Dear all")
    keeper.add([letter], heard.note_progress, heard.names.extend, heard.fail)
    finish(keeper)
    assert heard.names == []
    assert len(heard.errors) == 1
    assert heard.errors[0].startswith("model.")


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
    keeper: ShelfKeeper, heard: Heard, tmp_path: Path, shelf: Shelf
) -> None:
    if not STARTER.is_file():
        pytest.skip("the starter model is not here")
    keeper.add([STARTER], heard.note_progress, heard.names.extend, refuse)
    finish(keeper)
    assert heard.names == [NAME]
    assert heard.progress[-1] == (STARTER.stat().st_size, STARTER.stat().st_size)
    assert len(heard.progress) > 10


def test_adding_can_be_cancelled_and_what_is_there_by_then_stays(
    keeper: ShelfKeeper, heard: Heard, tmp_path: Path
) -> None:
    if not STARTER.is_file():
        pytest.skip("the starter model is not here")
    begun, cancelled = Event(), Event()

    def wait(_done: float, _total: float, _left: float | None) -> None:
        begun.set()
        assert cancelled.wait(20)

    cancel = keeper.add([STARTER], wait, heard.names.extend, heard.fail)
    assert begun.wait(20)
    cancel()
    cancelled.set()
    finish(keeper)
    assert heard.names == []
    assert heard.errors == ["cancelled"]
    assert list((tmp_path / "models").glob("*.gguf*")) == []


def test_the_need_is_told_as_memory(keeper: ShelfKeeper, heard: Heard, starter: Path) -> None:
    keeper.judge(NAME, LoadSettings(context=4_194_304), heard.verdicts.append)
    finish(keeper)
    (verdict,) = heard.verdicts
    assert verdict.level == "danger"
    assert verdict.short.removeprefix("Needs ") in verdict.words
