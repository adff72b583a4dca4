"""A place on top of a page for banners and running work, which takes no room while empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.theme import SPACE

_TURNS = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class Notes(QWidget):
    """Shows itself exactly while one of its widgets is meant to be seen."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = widgets
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[3], SPACE[3], SPACE[3], 0)
        column.setSpacing(SPACE[1])
        for widget in widgets:
            column.addWidget(widget)
            widget.installEventFilter(self)
        if not self._is_wanted():
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the widgets."""
        if event.type() in _TURNS:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        self.setVisible(self._is_wanted())

    def _is_wanted(self) -> bool:
        return any(not widget.isHidden() for widget in self._widgets)
