"""Ctrl and the wheel as steps of zoom; turns that come fast are one change of the text size."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QWheelEvent

_NOTCH = 120  # eighths of a degree, https://doc.qt.io/qt-6/qwheelevent.html#angleDelta
_PAUSE_MS = 30


def is_zoom(event: QWheelEvent) -> bool:
    """Tell whether a turn of the wheel is meant as zoom, so that it is left to the window."""
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class WheelZoom(QObject):
    """Counts the notches and calls ``zoom`` with how many steps larger or smaller."""

    def __init__(self, parent: QObject, zoom: Callable[[int], object]) -> None:
        super().__init__(parent)
        self._zoom = zoom
        self._turned = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_paused)

    def take(self, event: QWheelEvent) -> None:
        """Count a turn with Ctrl, and leave any other."""
        if not is_zoom(event):
            event.ignore()
            return
        event.accept()
        self._turned += event.angleDelta().y()
        if abs(self._turned) >= _NOTCH and not self._pause.isActive():
            self._pause.start()

    def _on_paused(self) -> None:
        notches = round(self._turned / _NOTCH)
        self._turned = 0
        if notches:
            self._zoom(notches)
