"""A short word at the foot of the window that something was done, with Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from studio.ui.theme import SPACE, Theme, set_look
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label

_SHOWN_MS = 8000
_WIDEST = 560


class Toasts(QFrame):
    """Lies over ``host``, at the bottom centre, one message at a time; a newer one replaces it.

    ``undoable`` tells whether the message on show can be undone. The pointer on the toast keeps
    it there.
    """

    undoable = Signal(bool)

    def __init__(self, theme: Theme, host: QWidget, lift: int = SPACE[5]) -> None:
        super().__init__(host)
        self._host = host
        self._lift = lift
        self._undo: Callable[[], object] | None = None
        self.setObjectName("toast")
        set_look(self, "toast")
        self._words = label("", wrap=False)
        self._button = Button(theme, "Undo", name="toast_undo").on_click(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[0], SPACE[1], SPACE[0])
        row.setSpacing(SPACE[2])
        row.addWidget(self._words)
        row.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.dismiss)
        host.installEventFilter(self)
        self.hide()

    def show_words(
        self, words: str, undo: Callable[[], object] | None = None, action: str = "Undo"
    ) -> None:
        """Say what was done; ``undo`` takes it back and ``action`` is the word for that."""
        self._undo = undo
        metrics = self._words.fontMetrics()
        self._words.setText(metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, _WIDEST))
        self._words.setToolTip(words)
        self.setAccessibleName(words)
        self._button.setText(action)
        self._button.setAccessibleName(f"{action}: {words}")
        self._button.setVisible(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        self.undoable.emit(undo is not None)

    def words(self) -> str:
        """Return the message on show, or nothing."""
        return self.accessibleName() if self.isVisible() else ""

    def undo(self) -> None:
        """Take back what the message on show told of."""
        undo = self._undo
        self.dismiss()
        if undo is not None:
            undo()

    def dismiss(self) -> None:
        """Take the message away."""
        self._undo = None
        self._timer.stop()
        self.hide()
        self.undoable.emit(False)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Leave some time after the pointer left."""
        if self.isVisible():
            self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the host."""
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        left = (self._host.width() - self.width()) // 2
        self.move(max(0, left), self._host.height() - self.height() - self._lift)
