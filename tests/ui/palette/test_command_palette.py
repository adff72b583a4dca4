"""The palette in the real window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from support.dressing import dressed_when_built
from support.listener import Listener

from studio.errors import StudioError
from studio.ui.palette.items import Item
from studio.ui.palette.panel import CommandPalette
from studio.ui.theme import Theme
from studio.ui.window import MainWindow, Page, Room

CTRL = Qt.KeyboardModifier.ControlModifier


class Work:
    """Rooms with a field each, and a note of what was done."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.waiting: list[Callable[[], None]] = []

    def rooms(self) -> list[Room]:
        return [
            Room(name, name.title(), "box", partial(self._page, name))
            for name in ("chat", "models")
        ]

    def note(self, what: str) -> Callable[[], None]:
        return lambda: self.done.append(what)

    def later(self, work: Callable[[], None]) -> None:
        self.waiting.append(work)

    def _page(self, name: str) -> Page:
        widget = QWidget()
        field = QLineEdit()
        field.setObjectName(f"field_{name}")
        QVBoxLayout(widget).addWidget(field)
        return Page(widget, {"new": self.note("new"), "stop": self.note("stop")}, field)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def window(theme: Theme, work: Work, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    with dressed_when_built(theme):
        window = MainWindow(theme, work.rooms(), tmp_path / "window.json", restore=False)
        window.resize(1024, 700)
        window.open_first_room()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def opened(window: MainWindow) -> CommandPalette:
    QTest.keyClick(focused(), Qt.Key.Key_K, CTRL)
    palette = window.palette_door.palette()
    assert palette.isVisible()
    assert focused() is palette.field
    return palette


def typed(palette: CommandPalette, words: str) -> list[str]:
    palette.field.clear()
    QTest.keyClicks(palette.field, words)
    return shown(palette)


def shown(palette: CommandPalette) -> list[str]:
    rows = palette.rows
    return [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]


def chosen(palette: CommandPalette) -> str:
    return str(palette.list.currentIndex().data())


def test_it_finds_a_command_and_does_it(window: MainWindow, work: Work) -> None:
    palette = opened(window)
    assert typed(palette, "nwch")[0] == "New chat"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert work.done == ["new"]


def test_it_opens_a_room(window: MainWindow) -> None:
    palette = opened(window)
    typed(palette, "models")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.room == "models"
    assert focused().objectName() == "field_models"


def test_the_arrows_move_and_go_round(window: MainWindow) -> None:
    palette = opened(window)
    titles = shown(palette)
    assert chosen(palette) == titles[0]
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert chosen(palette) == titles[1]
    QTest.keyClick(palette.field, Qt.Key.Key_Tab)
    assert chosen(palette) == titles[2]
    QTest.keyClick(palette.field, Qt.Key.Key_Backtab)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert chosen(palette) == titles[-1]
    QTest.keyClick(palette.field, Qt.Key.Key_PageUp)
    assert chosen(palette) == titles[-9]
    assert focused() is palette.field


def test_escape_gives_the_focus_back_and_stops_nothing(window: MainWindow, work: Work) -> None:
    palette = opened(window)
    QTest.keyClicks(palette.field, "abc")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert focused().objectName() == "field_chat"
    assert work.done == []


def test_the_focus_goes_back_straight(window: MainWindow, qapp: QApplication) -> None:
    opened(window)
    seen: list[str] = []
    qapp.focusChanged.connect(lambda _before, now: seen.append(now.objectName() if now else ""))
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert seen == ["field_chat"]


def test_it_closes_after_what_had_the_focus_has_gone_for_good(window: MainWindow) -> None:
    field = focused()
    palette = opened(window)
    delete(field)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_same_key_closes_it(window: MainWindow) -> None:
    palette = opened(window)
    QTest.keyClick(focused(), Qt.Key.Key_K, CTRL)
    assert not palette.isVisible()
    assert focused().objectName() == "field_chat"


def test_it_goes_when_the_focus_does_and_on_a_click_beside_it(window: MainWindow) -> None:
    palette = opened(window)
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not palette.isVisible()
    opened(window)
    field = window.page("chat").findChild(QLineEdit, "field_chat")
    assert field is not None
    field.setFocus()
    assert not palette.isVisible()


def test_what_is_not_there_is_said(window: MainWindow) -> None:
    palette = opened(window)
    assert typed(palette, "zzqx") == []
    nothing = palette.findChild(QLabel, "palette_nothing")
    assert nothing is not None
    assert nothing.isVisible()
    assert nothing.text() == "Nothing is called “zzqx”. Try fewer letters."
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert typed(palette, "quit")[0] == "Quit"
    assert not nothing.isVisible()


def test_chats_come_from_the_background(window: MainWindow, work: Work, qtbot: QtBot) -> None:
    chats = [Item(f"Trip to {x}", "Chat", work.note(x)) for x in ("Zürich", "Oslo")]
    window.palette_door.offer(lambda: chats, work.later)
    palette = opened(window)
    QTest.keyClicks(palette.field, "zurich")
    assert shown(palette) == []
    nothing = palette.findChild(QLabel, "palette_nothing")
    assert nothing is not None
    assert nothing.text() == "Looking through what is stored …"
    work.waiting.pop()()
    qtbot.waitUntil(lambda: shown(palette) == ["Trip to Zürich"])
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert work.done == ["Zürich"]


def test_what_comes_late_does_not_move_the_cursor(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    window.palette_door.offer(lambda: [Item("Old chat", "Chat", work.note("old"))], work.later)
    palette = opened(window)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    here = chosen(palette)
    work.waiting.pop()()
    qtbot.waitUntil(lambda: "Old chat" in shown(palette))
    assert chosen(palette) == here


def test_what_comes_for_an_earlier_opening_is_dropped(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    window.palette_door.offer(lambda: [Item("Old chat", "Chat", work.note("old"))], work.later)
    palette = opened(window)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    opened(window)
    first, second = work.waiting
    second()
    first()
    qtbot.waitUntil(lambda: "Old chat" in shown(palette))
    qtbot.wait(20)
    assert shown(palette).count("Old chat") == 1


def test_enter_waits_for_the_answer_to_what_was_typed(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    many = [Item(f"Chat about shoes {n}", "Chat", work.note(str(n))) for n in range(8_000)]
    window.palette_door.offer(lambda: many)
    palette = opened(window)
    palette.field.setText("shoes 7999")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(work.done))
    assert work.done == ["7999"]
    assert not palette.isVisible()


def test_commands_that_cannot_be_used_now_are_not_offered(window: MainWindow) -> None:
    palette = opened(window)
    titles = shown(palette)
    assert "Stop" in titles
    assert "Undo the last removal" not in titles
    assert "Find in conversation" not in titles
    assert not any("palette" in title.lower() for title in titles)


def test_a_screen_reader_hears_title_kind_and_keys_of_each_row_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener(monkeypatch)
    for _ in range(3):
        window.palette_door.offer(list)
    palette = opened(window)
    assert listener.words() == ["New chat, Command, Ctrl+N"]
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert len(listener.words()) == 1
    typed(palette, "new chat")
    typed(palette, "new chat ")
    assert listener.words() == ["New chat, Command, Ctrl+N"]
    typed(palette, "zzqx")
    assert listener.words()[-1] == "Nothing is called “zzqx”. Try fewer letters."
    assert not palette.field.accessibleDescription(), "it would be spoken a second time"
    assert palette.field.accessibleName()
    assert palette.list.accessibleName()
    assert palette.accessibleName() == "Command palette"


@pytest.mark.parametrize("size", [(1024, 700), (720, 520), (2560, 1440)])
def test_it_fits_into_the_window(window: MainWindow, size: tuple[int, int]) -> None:
    palette = opened(window)
    window.resize(*size)
    card = palette.field.parentWidget()
    assert card is not None
    assert palette.rect() == window.rect()
    assert palette.rect().contains(card.geometry())
    assert card.width() <= 600
    assert palette.list.height() >= 3 * 34


def test_a_few_rows_are_all_in_view(window: MainWindow) -> None:
    palette = opened(window)
    for words in ("find", "text", "quit"):
        typed(palette, words)
        assert palette.list.height() >= palette.list.wanted_height() - 2
        assert palette.list.verticalScrollBar().maximum() == 0


def test_what_fails_in_the_background_is_not_waited_for(
    window: MainWindow, work: Work, qtbot: QtBot
) -> None:
    def fails() -> list[Item]:
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    window.palette_door.offer(fails, work.later)
    palette = opened(window)
    typed(palette, "zzqx")
    with pytest.raises(StudioError):
        work.waiting.pop()()
    nothing = palette.findChild(QLabel, "palette_nothing")
    assert nothing is not None
    qtbot.waitUntil(lambda: nothing.text() == "Nothing is called “zzqx”. Try fewer letters.")
