"""The tray keeps the program running where there is one, and notifications never fail."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QCloseEvent, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot
from support.desktop import chat_of, no_worker, opened

from studio.assembly import open_data
from studio.equipment import refusals
from studio.errors import StudioError
from studio.settings import Settings
from studio.ui.chat.attention import Attention
from studio.ui.palette.offers import setting_items
from studio.ui.settings.page import SettingsPage
from studio.ui.theme import Theme
from studio.ui.widgets import notifier as notifier_module
from studio.ui.widgets import tray as tray_module
from studio.ui.widgets.notifier import Notifier
from studio.ui.widgets.tray import Tray, refusal

NO_TRAY = "This desktop has no system tray, so closing the window ends the program."


class FakeTray(QSystemTrayIcon):
    """An icon in a tray that this test's screen does not have."""

    is_there = True
    made: ClassVar[list[FakeTray]] = []

    def __init__(self, icon: QIcon, parent: QWidget) -> None:
        super().__init__(icon, parent)
        self.told: list[tuple[str, str]] = []
        self.is_shown = False
        FakeTray.made.append(self)

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        return FakeTray.is_there

    @staticmethod
    def supportsMessages() -> bool:
        return FakeTray.is_there

    def setVisible(self, visible: bool) -> None:
        self.is_shown = visible

    def show(self) -> None:
        self.is_shown = True

    def hide(self) -> None:
        self.is_shown = False

    def showMessage(self, title: str, words: str, *_more: object) -> None:
        self.told.append((title, words))


class ByThePerson(QCloseEvent):
    """The close button of the window's frame."""

    def spontaneous(self) -> bool:
        return True


@pytest.fixture
def tray_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeTray]]:
    for module in (notifier_module, tray_module):
        monkeypatch.setattr(module, "QSystemTrayIcon", FakeTray)
    FakeTray.is_there, FakeTray.made = True, []
    yield FakeTray
    QApplication.setQuitOnLastWindowClosed(True)


@pytest.fixture
def frame(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def icon() -> QIcon:
    return QIcon(QPixmap(16, 16))


def tray_over(frame: QWidget, log: list[str]) -> tuple[Tray, Notifier]:
    notifier = Notifier(frame, icon, lambda: "")
    tray = Tray(frame, notifier, lambda: log.append("raised"), lambda: log.append("new"))
    return tray, notifier


def test_a_notification_brings_the_icon_and_a_click_acts(
    frame: QWidget, tray_here: type[FakeTray]
) -> None:
    clicks: list[str] = []
    notifier = Notifier(frame, icon, lambda: "")
    notifier.tell("A chat", "The reply is finished.", lambda: clicks.append("one"))
    (made,) = tray_here.made
    assert made.told == [("A chat", "The reply is finished.")]
    assert made.is_shown
    made.messageClicked.emit()
    assert clicks == ["one"]
    notifier.clear()
    assert not made.is_shown


def test_closing_hides_and_the_menu_comes_back(frame: QWidget, tray_here: type[FakeTray]) -> None:
    log: list[str] = []
    tray, notifier = tray_over(frame, log)
    QCoreApplication.sendEvent(frame, ByThePerson())
    assert not frame.isVisible()
    assert not QApplication.quitOnLastWindowClosed()
    actions = {action.text(): action for action in tray.menu.actions()}
    assert list(actions) == ["Open", "New chat", "Quit"]
    actions["Open"].trigger()
    actions["New chat"].trigger()
    tray_here.made[0].activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray_here.made[0].activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert log == ["raised", "new", "raised"]
    notifier.clear()
    assert tray_here.made[0].is_shown  # it stays for as long as the setting is on


def test_quit_closes_the_window_for_good(frame: QWidget, tray_here: type[FakeTray]) -> None:
    tray, _ = tray_over(frame, [])
    QCoreApplication.sendEvent(frame, ByThePerson())
    closed: list[QCloseEvent] = []
    frame.closeEvent = closed.append  # type: ignore[method-assign]
    tray.menu.actions()[-1].trigger()
    assert len(closed) == 1


def test_without_the_tray_closing_closes(frame: QWidget, tray_here: type[FakeTray]) -> None:
    tray_over(frame, [])
    tray_here.is_there = False  # the desktop's panel has ended
    event = ByThePerson()
    QCoreApplication.sendEvent(frame, event)
    assert event.isAccepted()


def test_switched_off_closing_closes_again(frame: QWidget, tray_here: type[FakeTray]) -> None:
    tray, _ = tray_over(frame, [])
    tray.stop()
    assert not tray_here.made[0].is_shown
    assert QApplication.quitOnLastWindowClosed()
    event = ByThePerson()
    QCoreApplication.sendEvent(frame, event)
    assert event.isAccepted()


def test_without_a_tray_the_setting_says_why(
    theme: Theme, qtbot: QtBot, tmp_path: Path, tray_here: type[FakeTray]
) -> None:
    tray_here.is_there = False
    assert refusal() == NO_TRAY
    refusals = {"window.tray": refusal}
    page = SettingsPage(theme, Settings(tmp_path / "settings.json"), refusals=refusals)
    qtbot.addWidget(page)
    row = page.row("window.tray")
    assert not row.editor.isEnabled()
    assert row.note == NO_TRAY
    assert page.row("window.notify").editor.isEnabled()
    tray_here.is_there = True
    assert refusal() == ""


def test_the_palette_says_why_as_well(
    qtbot: QtBot, tmp_path: Path, tray_here: type[FakeTray]
) -> None:
    settings = Settings(tmp_path / "settings.json")
    told: list[StudioError] = []

    def choose() -> None:
        items = setting_items(settings, str, str, told.append, refusals())
        (item,) = (each for each in items if each.title == "Keep running in the system tray: On")
        item.act()

    tray_here.is_there = False
    choose()
    assert [error.what for error in told] == [NO_TRAY]
    assert not settings.get("window.tray")
    tray_here.is_there = True
    choose()
    assert len(told) == 1
    assert settings.get("window.tray")


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="there, a tray always is")
def test_without_a_tray_another_program_shows_it(
    frame: QWidget, tray_here: type[FakeTray], qtbot: QtBot, tmp_path: Path
) -> None:
    tray_here.is_there = False
    tool = script(tmp_path / "show", f'echo "$@" > {tmp_path}/told\necho default')
    clicks: list[str] = []
    notifier = Notifier(frame, icon, lambda: tool)
    notifier.tell("A chat", "1 < 2", lambda: clicks.append("one"))
    qtbot.waitUntil(lambda: clicks == ["one"])
    told = (tmp_path / "told").read_text()
    assert told.strip().endswith("-- A chat 1 &lt; 2")
    notifier.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there, a tray always is")
def test_an_older_program_that_knows_no_clicks_shows_it_too(
    frame: QWidget, tray_here: type[FakeTray], qtbot: QtBot, tmp_path: Path
) -> None:
    tray_here.is_there = False
    refuses = 'case "$*" in *--action*) echo "Unknown option --action" >&2; exit 1;; esac'
    tool = script(tmp_path / "show", f'{refuses}\necho "$@" > {tmp_path}/told')
    notifier = Notifier(frame, icon, lambda: tool)
    notifier.tell("A chat", "Done.", lambda: None)
    qtbot.waitUntil((tmp_path / "told").exists)
    notifier.close()


@pytest.mark.parametrize("tool", ["", "/nowhere/notify"])
def test_where_nothing_can_show_it_nothing_fails(
    frame: QWidget, tray_here: type[FakeTray], qtbot: QtBot, tool: str
) -> None:
    tray_here.is_there = False
    notifier = Notifier(frame, icon, lambda: tool)
    notifier.tell("A chat", "Done.", lambda: None)
    qtbot.wait(50)
    notifier.close()
    assert tray_here.made == []
    assert frame.findChildren(QMenu) == []


def test_the_setting_is_followed_in_the_window(
    tray_here: type[FakeTray], profile: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    Settings(profile / "settings.json").set("window.tray", True)
    parts = open_data(profile, no_worker)
    with opened(parts, qapp) as desktop:
        qtbot.waitUntil(lambda: bool(tray_here.made), timeout=20_000)
        (made,) = tray_here.made
        QCoreApplication.sendEvent(desktop.window, ByThePerson())
        assert not desktop.window.isVisible()
        menu = desktop.window.findChild(QMenu, "tray_menu")
        assert isinstance(menu, QMenu)
        desktop.window.open_room("models")
        menu.actions()[1].trigger()
        assert desktop.window.isVisible()
        assert desktop.window.room == "chat"
        parts.settings.set("window.tray", False)
        qtbot.waitUntil(lambda: not made.is_shown)
        parts.settings.set("window.tray", True)
        qtbot.waitUntil(lambda: made.is_shown)


def test_without_the_setting_there_is_no_icon(
    tray_here: type[FakeTray], profile: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with opened(open_data(profile, no_worker), qapp) as desktop:
        chat = chat_of(desktop)
        qtbot.waitUntil(lambda: chat.findChild(Attention) is not None, timeout=20_000)
        qtbot.wait(50)
        assert tray_here.made == []
