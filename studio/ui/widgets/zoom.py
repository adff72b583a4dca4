"""Steps of zoom as one change of the text size: each change dresses the whole window anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from studio.ui.theme import READING, TEXT_SIZES, Theme

GATHER_MS = 120


class Zoom(QObject):
    """Gathers steps until none has come for a moment; ``chosen`` tells the text size in pixels."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wanted: int | None = None
        self._pause = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._pause.timeout.connect(self.settle)

    def by(self, px: int) -> None:
        """Make text larger or smaller by so many pixels; 0 takes the usual size."""
        before = self._theme.text_size if self._wanted is None else self._wanted
        wanted = before + px if px else READING
        self._wanted = min(max(wanted, TEXT_SIZES.start), TEXT_SIZES.stop - 1)
        self._pause.start()

    def settle(self) -> None:
        """Take now the size that the steps so far lead to, if there were any."""
        self._pause.stop()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._theme.set_text_size(wanted)
            self.chosen.emit(wanted)
