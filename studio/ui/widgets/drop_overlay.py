"""The veil over the window that says what will happen to what is being dragged."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio.ui.theme import CARD_RADIUS, CONTROL, SECTION, SPACE, Theme

_ICON = 40


class DropOverlay(QWidget):
    """Covers ``host`` while something is dragged over it; lets every event through."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._words = ("", "")
        self._icon_name = "download"
        self.setObjectName("drop_overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def offer(self, what: str, detail: str, icon: str = "download") -> None:
        """Cover the host and say what a drop would do."""
        self._words = (what, detail)
        self._icon_name = icon
        self.setAccessibleName(what)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the veil, a dashed frame, and the words in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = self._theme.color("bg")
        veil.setAlphaF(0.94)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(SPACE[3], SPACE[3], -SPACE[3], -SPACE[3])
        pen = QPen(self._theme.color("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(frame, CARD_RADIUS, CARD_RADIUS)
        middle = self.rect().center()
        icon = self._theme.icon(self._icon_name, "accent", _ICON)
        icon.paint(painter, middle.x() - _ICON // 2, middle.y() - _ICON - SPACE[3], _ICON, _ICON)
        what, detail = self._words
        self._draw_line(painter, what, middle.y(), SECTION, 600, "text")
        self._draw_line(painter, detail, middle.y() + SPACE[5], CONTROL, 400, "muted")
        painter.end()

    def _draw_line(
        self, painter: QPainter, text: str, top: int, size: int, weight: int, token: str
    ) -> None:
        painter.setFont(self._theme.font(size, weight))
        painter.setPen(self._theme.color(token))
        room = QRectF(SPACE[4], top, self.width() - 2 * SPACE[4], SPACE[5])
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
