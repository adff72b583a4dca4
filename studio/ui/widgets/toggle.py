"""A switch for what is either on or off."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from studio.ui import mirror
from studio.ui.theme import CONTROL_HEIGHT, Theme

_WIDTH, _HEIGHT = 36, 20
_KNOB = 14


class Toggle(QAbstractButton):
    """A checkable switch; the knob slides unless the system asks for less motion."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme = theme
        self._place = 0.0
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._on_slid)
        self.toggled.connect(self._on_toggled)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size with room for the focus ring."""
        return QSize(_WIDTH + 8, CONTROL_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, knob and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        if mirror.is_on():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        top = (self.height() - _HEIGHT) / 2
        track = QRectF(4, top, _WIDTH, _HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent" if self.isChecked() else "edge"))
        painter.drawRoundedRect(track, _HEIGHT / 2, _HEIGHT / 2)
        painter.setBrush(self._theme.color("on_accent" if self.isChecked() else "surface"))
        margin = (_HEIGHT - _KNOB) / 2
        left = track.left() + margin + self._place * (_WIDTH - _KNOB - 2 * margin)
        painter.drawEllipse(QPointF(left + _KNOB / 2, track.center().y()), _KNOB / 2, _KNOB / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            ring = track.adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()

    def _on_toggled(self, checked: bool) -> None:
        self._slide.stop()
        target = 1.0 if checked else 0.0
        if self._theme.motion_ms == 0 or not self.isVisible():
            self._on_slid(target)
            return
        self._slide.setDuration(self._theme.motion_ms)
        self._slide.setStartValue(self._place)
        self._slide.setEndValue(target)
        self._slide.start()

    def _on_slid(self, place: float) -> None:
        self._place = float(place)
        self.update()
