"""A ring that fills as the context does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from studio.translation import tr
from studio.ui.theme import CONTROL_HEIGHT, RADIUS, Theme
from studio.ui.widgets.quantities import count

_RING = 18
_STROKE = 3.0
_NEARLY_FULL = 0.8
_FULL = 0.95


class Meter(QAbstractButton):
    """Shows ``used`` of ``limit``; empty until both are known. Clicking it is up to its owner."""

    def __init__(self, theme: Theme, words: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._words = words or tr("Context used")
        self._used = 0
        self._limit = 0
        self.setObjectName("meter")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_use(0, 0)
        theme.changed.connect(self.update)

    @property
    def share(self) -> float:
        """How full it is, from 0 to 1."""
        return min(1.0, self._used / self._limit) if self._limit > 0 else 0.0

    def set_use(self, used: int, limit: int, unit: str = "") -> None:
        """Show ``used`` of ``limit`` units, which are tokens unless they are named."""
        self._used, self._limit = max(0, used), max(0, limit)
        told = tr("not known")
        if limit > 0:
            told = tr(
                "{used} of {limit} {unit}",
                used=count(self._used),
                limit=count(self._limit),
                unit=unit or tr("tokens"),
            )
        self.setToolTip(f"{self._words}: {told}")
        self.setAccessibleName(f"{self._words}: {told}")
        self.update()

    def token(self) -> str:
        """Return the palette token of the ring: it warns before the context is full."""
        if self.share >= _FULL:
            return "danger"
        return "warning" if self.share >= _NEARLY_FULL else "accent"

    def sizeHint(self) -> QSize:
        """Return the size of a square control."""
        return QSize(CONTROL_HEIGHT, CONTROL_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track, the part in use, and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = _RING - _STROKE
        ring = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(self._theme.color("border"), _STROKE))
        painter.drawEllipse(ring)
        if self.share > 0:
            pen = QPen(self._theme.color(self.token()), _STROKE)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(max(0.02, self.share) * 360 * 16))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()
