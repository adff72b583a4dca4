"""The presets' window while a saving is under way: nothing written is lost, nobody goes untold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.dressing import dressed_when_built
from support.preset_room import PresetRoom, preset_database, preset_room

from studio.chat.presets.keeper import PresetKeeper
from studio.ui.chat.composer.choice_rows import CHOICE
from studio.ui.chat.presets.editor import PresetEditor
from studio.ui.theme import Theme


@pytest.fixture
def room(tmp_path: Path) -> Iterator[PresetRoom]:
    with preset_database(tmp_path) as database:
        yield preset_room(tmp_path, database)


@pytest.fixture
def keeper(room: PresetRoom) -> PresetKeeper:
    return room.keeper()


def titles(editor: PresetEditor) -> list[str]:
    model = editor.parts.list.model()
    return [model.index(row, 0).data(CHOICE).title for row in range(model.rowCount())]


def index_of(editor: PresetEditor, title: str) -> QModelIndex:
    return editor.parts.list.model().index(titles(editor).index(title), 0)


class Queue:
    """A background in which work waits until the test lets it run."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []
        self.done = 0

    def __call__(self, work: Callable[[], None]) -> None:
        self.waiting.append(work)

    def run(self) -> None:
        """Do all that waits, and all that comes of it."""
        while self.waiting:
            self.waiting.pop(0)()
            self.done += 1
            QCoreApplication.sendPostedEvents()


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def slow(theme: Theme, qtbot: QtBot, keeper: PresetKeeper, queue: Queue) -> Iterator[PresetEditor]:
    """An editor whose changes wait in ``queue``, with a word typed."""
    window = QWidget()
    qtbot.addWidget(window)
    keeper.create("Mine")
    with dressed_when_built(theme):
        editor = PresetEditor(theme, window, keeper, ["tiny"], "mine", queue)
    with qtbot.waitExposed(editor):
        editor.show()
    QTest.keyClicks(editor.parts.form.system, "One")
    yield editor
    window.close()


def _refuse(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture
def full_disk(slow: PresetEditor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert slow.isVisible(), "what it begins with is on the disk"
    monkeypatch.setattr("studio.chat.presets.folder.write_private", _refuse)


def press_escape(editor: PresetEditor) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Escape)


def press_close(editor: PresetEditor) -> None:
    QTest.mouseClick(editor.parts.close, Qt.MouseButton.LeftButton)


CLOSINGS = pytest.mark.parametrize("close", [press_escape, press_close, PresetEditor.close])


@CLOSINGS
def test_the_window_closes_once_all_is_saved(
    slow: PresetEditor,
    keeper: PresetKeeper,
    queue: Queue,
    qtbot: QtBot,
    close: Callable[[PresetEditor], object],
) -> None:
    close(slow)
    close(slow)
    assert slow.isVisible()
    with qtbot.waitSignals([slow.presets_changed, slow.finished], order="strict"):
        queue.run()
    assert not slow.isVisible()
    assert queue.done == 1
    assert keeper.presets.get("mine").system == "One"
    assert len(keeper.history("mine")) == 2


@CLOSINGS
@pytest.mark.usefixtures("full_disk")
def test_the_window_stays_with_what_could_not_be_saved(
    slow: PresetEditor, queue: Queue, close: Callable[[PresetEditor], object]
) -> None:
    close(slow)
    queue.run()
    assert slow.isVisible()
    assert "No space left" in slow.parts.banner.text()
    assert slow.parts.form.system.toPlainText() == "One"
    assert queue.done == 1


def test_a_window_kept_by_a_failure_closes_when_saving_works_again(
    slow: PresetEditor, keeper: PresetKeeper, queue: Queue
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("studio.chat.presets.folder.write_private", _refuse)
        slow.close()
        queue.run()
    slow.save()
    queue.run()
    assert slow.isVisible(), "the wish to close went with the failure"
    slow.close()
    assert not slow.isVisible()
    assert keeper.presets.get("mine").system == "One"


def test_another_preset_is_shown_once_all_is_saved(
    slow: PresetEditor, keeper: PresetKeeper, queue: Queue
) -> None:
    slow.parts.list.setCurrentIndex(index_of(slow, "Brief"))
    assert slow.parts.form.title.text() == "Mine"
    queue.run()
    assert slow.parts.form.title.text() == "Brief"
    assert slow.parts.list.currentIndex() == index_of(slow, "Brief")
    assert keeper.presets.get("mine").system == "One"


@pytest.mark.usefixtures("full_disk")
def test_a_preset_that_could_not_be_saved_is_not_left(slow: PresetEditor, queue: Queue) -> None:
    slow.parts.list.setCurrentIndex(index_of(slow, "Brief"))
    queue.run()
    assert slow.parts.form.system.toPlainText() == "One"
    assert slow.parts.list.currentIndex() == index_of(slow, "Mine")
    assert "No space left" in slow.parts.banner.text()


def test_one_can_go_back_to_a_preset_before_it_was_left(slow: PresetEditor, queue: Queue) -> None:
    slow.parts.list.setCurrentIndex(index_of(slow, "Brief"))
    slow.parts.list.setCurrentIndex(index_of(slow, "Mine"))
    queue.run()
    assert slow.parts.form.title.text() == "Mine"


def test_what_is_typed_while_saving_stays(
    slow: PresetEditor, keeper: PresetKeeper, queue: Queue
) -> None:
    slow.save()
    QTest.keyClicks(slow.parts.form.system, "Two")
    queue.run()
    assert keeper.presets.get("mine").system == "One"
    assert slow.parts.form.system.toPlainText() == "OneTwo"
    assert slow.parts.state.text() == "Yours · version 2"
    assert slow.parts.history.list.count() == 2
    assert slow.parts.save.isEnabled()
    QTest.mouseClick(slow.parts.discard, Qt.MouseButton.LeftButton)
    assert slow.parts.form.system.toPlainText() == "One"


def test_what_is_typed_while_closing_is_saved_too(
    slow: PresetEditor, keeper: PresetKeeper, queue: Queue
) -> None:
    slow.close()
    QTest.keyClicks(slow.parts.form.system, "Two")
    queue.run()
    assert not slow.isVisible()
    assert keeper.presets.get("mine").system == "OneTwo"


def test_saving_twice_at_once_makes_one_version(
    slow: PresetEditor, keeper: PresetKeeper, queue: Queue
) -> None:
    slow.save()
    slow.save()
    queue.run()
    assert len(keeper.history("mine")) == 2


def test_a_new_preset_comes_after_the_saving(slow: PresetEditor, queue: Queue) -> None:
    QTest.mouseClick(slow.parts.new, Qt.MouseButton.LeftButton)
    queue.run()
    assert slow.parts.form.title.text() == "New preset"
    assert queue.done == 2


@pytest.mark.usefixtures("full_disk")
def test_nothing_new_is_made_after_a_failure(slow: PresetEditor, queue: Queue) -> None:
    QTest.mouseClick(slow.parts.new, Qt.MouseButton.LeftButton)
    queue.run()
    assert titles(slow) == ["Assistant", "Brief", "Mine"]
    assert slow.parts.form.system.toPlainText() == "One"


def test_deleting_waits_for_the_saving_and_closing_for_both(
    slow: PresetEditor, queue: Queue, qtbot: QtBot
) -> None:
    slow.save()
    QTest.mouseClick(slow.parts.delete, Qt.MouseButton.LeftButton)
    queue.waiting.pop(0)()
    QCoreApplication.sendPostedEvents()
    slow.close()
    assert slow.isVisible()
    with qtbot.waitSignals([slow.presets_changed, slow.finished], order="strict"):
        queue.run()
    assert titles(slow) == ["Assistant", "Brief"]
