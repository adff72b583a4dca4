"""A part of a column that tells when what is in it takes another height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget


class Growing(QWidget):
    """``resized`` tells that it wants another height now, such as for one more line."""

    resized = Signal()

    def event(self, event: QEvent) -> bool:
        """Tell that something in it has changed its size."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return done
