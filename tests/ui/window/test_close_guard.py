"""Closing the window while a reply is in memory alone: it asks first, and both answers hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.errors import StudioError
from studio.ui.theme import Theme
from studio.ui.widgets.close_guard import CloseGuard

FULL = StudioError("disk.full", "The disk is full.", "Free some space.")


class Disk:
    """Tells the guard what would be lost."""

    def __init__(self) -> None:
        self.trouble: StudioError | None = FULL

    def loses(self) -> StudioError | None:
        return self.trouble


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, disk: Disk) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    CloseGuard(theme, window, disk.loses)
    window.show()
    yield window
    disk.trouble = None
    window.close()


def dialogs(window: QWidget) -> list[QDialog]:
    return [each for each in window.findChildren(QDialog, "confirm_dialog") if each.isVisible()]


def press(dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_it_asks_and_says_why(window: QWidget) -> None:
    assert not window.close()
    [dialog] = dialogs(window)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "A reply is not saved. The disk is full." in words
    assert "Closing now loses what is not saved of it." in words


def test_asked_again_it_does_not_ask_twice(window: QWidget) -> None:
    assert not window.close()
    assert not window.close()
    assert len(dialogs(window)) == 1


def test_on_cancel_the_window_stays_and_it_asks_again_later(window: QWidget) -> None:
    window.close()
    press(dialogs(window)[0], "confirm_cancel")
    assert window.isVisible()
    assert dialogs(window) == []
    assert not window.close()
    assert len(dialogs(window)) == 1


def test_on_close_anyway_it_closes(window: QWidget) -> None:
    window.close()
    press(dialogs(window)[0], "confirm_act")
    assert not window.isVisible()


def test_where_all_is_saved_it_closes_at_once(window: QWidget, disk: Disk) -> None:
    disk.trouble = None
    assert window.close()
    assert dialogs(window) == []
