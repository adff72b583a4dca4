"""The field on top of every list: finds as one types, and Escape clears it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QToolButton

from studio.translation import tr
from studio.ui.theme import Theme, set_look
from studio.ui.widgets.buttons import slug

_PAUSE_MS = 120


class SearchField(QLineEdit):
    """A line of text with a magnifier; ``searched`` comes after a short pause in typing.

    ``shortcut`` is only told in the tool-tip. The arrow down key leaves for the list: ``left``.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, placeholder: str, shortcut: str = "", name: str = "") -> None:
        super().__init__()
        self._theme = theme
        set_look(self, "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setObjectName(name or slug(placeholder))
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(keys)
        self._glass = QAction(tr("Search"), self)
        self._glass.triggered.connect(self.setFocus)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(tr("Clear"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(button.defaultAction().text())
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._on_text_changed)
        self._show_icons()
        theme.changed.connect(self._show_icons)

    def event(self, event: QEvent) -> bool:
        """Keep Escape for itself while there is something to clear."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear on Escape, search at once on Return, leave on arrow down."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text().strip())

    def _show_icons(self) -> None:
        self._glass.setIcon(self._theme.icon("search", "faint", 16))
        self._clear.setIcon(self._theme.icon("x", "muted", 16))
