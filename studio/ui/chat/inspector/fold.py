"""A part of the inspector that is folded away behind "More" until somebody wants it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Unfolder


class Fold(QWidget):
    """Shows ``parts`` below its button, or not; it stays as the person left it.

    ``told`` is what a screen reader says of the button to show more, and to show less.
    """

    def __init__(self, theme: Theme, name: str, told: tuple[str, str], *parts: QWidget) -> None:
        super().__init__()
        self._told = told
        self.setObjectName(name)
        self.button = Unfolder(theme, f"{name}_button")
        self.button.on_click(lambda: self.set_open(not self.is_open))
        self._inside = QWidget(self)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE[1])
        for part in parts:
            inside.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._inside)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether the parts are on show."""
        return not self._inside.isHidden()

    def set_open(self, opened: bool) -> None:
        """Fold out or in."""
        self._inside.setVisible(opened)
        shown = tr("Less") if opened else tr("More")
        self.button.show_state(shown, opened, self._told[opened])
