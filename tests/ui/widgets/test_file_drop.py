"""Files over a part of a window: an offer while they are there, taken or passed on when let go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.file_drop import FileDrop, Offer

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Place:
    """A part that takes text files."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.host.resize(300, 200)
        self.drop = FileDrop(theme, self.host, Offer("Read", "it aloud", "play"), _texts)
        self.taken: list[list[Path]] = []
        self.drop.dropped.connect(self.taken.append)
        self.drop.watch()
        self.host.show()

    def enter(self, data: QMimeData) -> bool:
        event = QDragEnterEvent(QPoint(20, 20), COPY | Qt.DropAction.MoveAction, data, LEFT, NONE)
        event.ignore()
        QApplication.sendEvent(self.host, event)
        return event.isAccepted()

    def let_go(self, data: QMimeData) -> QDropEvent:
        event = QDropEvent(QPointF(20, 20), COPY | Qt.DropAction.MoveAction, data, LEFT, NONE)
        event.ignore()
        QApplication.sendEvent(self.host, event)
        return event


def _texts(files: list[Path]) -> list[Path]:
    return [file for file in files if file.suffix == ".txt"]


def dragged(*addresses: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(address) for address in addresses])
    return data


@pytest.fixture
def place(theme: Theme, qtbot: QtBot) -> Place:
    return Place(theme, qtbot)


def test_what_is_wanted_of_it_is_taken_as_a_copy(place: Place) -> None:
    data = dragged("file:///a.txt", "file:///b.png", "https://example.org/c.txt")
    assert place.enter(data)
    assert place.drop.overlay.isVisible()
    assert place.drop.overlay.accessibleName() == "Read"
    event = place.let_go(data)
    assert event.isAccepted()
    assert event.dropAction() == COPY
    assert place.taken == [[Path("/a.txt")]]
    assert place.drop.overlay.isHidden()


@pytest.mark.parametrize("address", ["file:///b.png", "https://example.org/c.txt"])
def test_anything_else_passes_on(place: Place, address: str) -> None:
    assert not place.enter(dragged(address))
    assert place.drop.overlay.isHidden()
    assert not place.let_go(dragged(address)).isAccepted()
    assert place.taken == []


def test_what_leaves_again_takes_the_offer_along(place: Place) -> None:
    place.enter(dragged("file:///a.txt"))
    QApplication.sendEvent(place.host, QDragLeaveEvent())
    assert place.drop.overlay.isHidden()
    assert place.taken == []
