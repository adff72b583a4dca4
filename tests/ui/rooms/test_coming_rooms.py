"""Rooms that are not there yet say so, and offer nothing that does not work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.documents.tab import DocumentsTab
from studio.ui.images.tab import ImagesTab
from studio.ui.theme import Theme


@pytest.mark.parametrize("room", [DocumentsTab, ImagesTab])
def test_a_coming_room_is_honest(
    theme: Theme,
    qtbot: QtBot,
    room: type[DocumentsTab] | type[ImagesTab],
    actionable: Callable[[QWidget], list[QWidget]],
) -> None:
    tab = room(theme)
    qtbot.addWidget(tab)
    tab.show()
    words = " ".join(made.text() for made in tab.findChildren(QLabel))
    assert "not in this version" in words
    assert actionable(tab) == []
