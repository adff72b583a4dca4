"""A verdict with an icon and words, coloured by its meaning but never by colour alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from studio.ui.theme import CONTROL, Theme, set_look
from studio.ui.widgets.labels import label

ICONS = {"success": "circle-check", "warning": "triangle-alert", "danger": "circle-alert"}
QUIET = "info"
_ICON = 14


class Badge(QFrame):
    """An icon and a few words; ``token`` is success, warning, danger or muted."""

    def __init__(self, theme: Theme, words: str = "", token: str = "muted") -> None:
        super().__init__()
        self._theme = theme
        self._token = token
        self._icon = QLabel()
        self._words = label(words, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.set_verdict(words, token)
        theme.changed.connect(self._show_icon)

    def set_verdict(self, words: str, token: str) -> None:
        """Show another verdict."""
        self._token = token
        self._words.setText(words)
        set_look(self._words, token)
        self.setAccessibleName(words)
        self._show_icon()

    def words(self) -> str:
        """Return the words on show."""
        return self._words.text()

    def _show_icon(self) -> None:
        icon = self._theme.icon(ICONS.get(self._token, QUIET), self._token, _ICON)
        self._icon.setPixmap(icon.pixmap(_ICON, _ICON))
        line = QFontMetrics(self._theme.font(CONTROL)).height()
        self._icon.setContentsMargins(0, max(0, (line - _ICON + 1) // 2), 0, 0)
