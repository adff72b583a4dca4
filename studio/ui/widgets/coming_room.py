"""A room that later versions fill: says what it is for, and that it is not there yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.translation import mark, tr
from studio.ui.theme import Theme
from studio.ui.widgets.empty_state import EmptyState

_LATER = mark("This room is not in this version. It comes with a later one.")


class ComingRoom(QWidget):
    """A page without anything to press, until there is something to press."""

    def __init__(self, theme: Theme, name: str, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(EmptyState(theme, icon, title, sentence, keyboard=tr(_LATER)))
