"""Nothing flashes as a window of its own while a page is being built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.settings import Settings
from studio.ui.chat.inspector.inspector import Inspector
from studio.ui.library.details import Details
from studio.ui.settings.controls import editor_for
from studio.ui.settings.page import SettingsPage
from studio.ui.theme import Theme
from studio.ui.widgets.notes import Notes
from studio.ui.widgets.setting_row import Section, SettingRow


class Windows(QObject):
    """Notes every widget that is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[Windows]:
    watch = Windows()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def test_the_watch_sees_a_stray_window(windows: Windows, qtbot: QtBot) -> None:
    stray = QLabel("Stray")
    qtbot.addWidget(stray)
    stray.setVisible(True)
    assert windows.shown == ["QLabel "]


def _all_settings(theme: Theme, folder: Path) -> QWidget:
    section = Section("All")
    for setting in Settings(folder / "settings.json").declared:
        editor = editor_for(theme, setting)
        section.add(SettingRow(theme, setting.title, setting.help, editor, setting.name))
    return section


@pytest.mark.parametrize(
    "build",
    [
        _all_settings,
        lambda theme, folder: SettingsPage(theme, Settings(folder / "settings.json")),
        lambda theme, _folder: Details(theme),
        lambda theme, _folder: Inspector(theme),
        lambda theme, _folder: Notes(QLabel("Wanted")),
    ],
)
def test_no_part_is_shown_before_it_has_a_window(
    theme: Theme,
    windows: Windows,
    qtbot: QtBot,
    tmp_path: Path,
    build: Callable[[Theme, Path], QWidget],
) -> None:
    page = build(theme, tmp_path)
    main = QWidget()
    qtbot.addWidget(main)
    page.setParent(main)
    page.show()
    assert windows.shown == []
