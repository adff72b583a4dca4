"""Has Python's garbage collected on the window's thread alone.

The collector runs on whatever thread allocates next. On another than the window's it would destroy
Qt objects there, which Qt answers with a crash. So it is switched off, and a timer collects.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000
_SETTLING_TICKS = 3


class Collector(QObject):
    """Collects in place of Python's own trigger, by the same thresholds, until it is closed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._tick)
        self._settling = _SETTLING_TICKS
        gc.disable()
        self._timer.start()

    def collect_if_due(self) -> None:
        """Collect the oldest generation that is due, and the younger ones with it."""
        due = [count > most for count, most in zip(gc.get_count(), self._thresholds, strict=True)]
        if any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))

    def set_aside(self) -> None:
        """Exempt what is there now: modules and the window itself, which live to the end.

        Looking at all of that would be most of every collection, and a pause to feel.
        """
        gc.freeze()

    def close(self) -> None:
        """Collect once more and leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.collect()
        gc.enable()

    def _tick(self) -> None:
        if self._settling:
            self._settling -= 1
            self.set_aside()
        else:
            self.collect_if_due()
