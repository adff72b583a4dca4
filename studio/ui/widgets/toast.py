"""A short word at the foot of the window that something was done, with Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from studio.translation import tr
from studio.ui.accessibility import announce
from studio.ui.theme import SPACE, Theme, set_look
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label, plain_tip

_SHOWN_MS = 8000
_WIDEST = 560
_MOVING = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class Toasts(QFrame):
    """Lies over ``host``, at the bottom centre, one message at a time; a newer one replaces it.

    ``undoable`` tells whether the message on show can be undone. The pointer on the toast keeps
    it there. While a part of the host is on show that :meth:`stay_in` names, it lies at the foot
    of that instead, so that nothing below is covered.
    """

    undoable = Signal(bool)

    def __init__(self, theme: Theme, host: QWidget, lift: int = SPACE[5]) -> None:
        super().__init__(host)
        self._host = host
        self._lift = lift
        self._part: QWidget | None = None
        self._undo: Callable[[], object] | None = None
        self.setObjectName("toast")
        set_look(self, "toast")
        self._words = label("", wrap=False)
        self._button = Button(theme, tr("Undo"), name="toast_undo").on_click(self.undo)
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
        self, words: str, undo: Callable[[], object] | None = None, action: str = ""
    ) -> None:
        """Say what was done; ``undo`` takes it back and ``action`` is another word for that."""
        action = action or tr("Undo")
        self._undo = undo
        metrics = self._words.fontMetrics()
        self._words.setText(metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, _WIDEST))
        self._words.setToolTip(plain_tip(words))
        self.setAccessibleName(words)
        self._button.setText(action)
        self._button.setAccessibleName(f"{action}: {words}")
        self._button.setVisible(undo is not None)
        self._place()
        self.show()
        self.raise_()
        announce(self, words)
        self._timer.start()
        self.undoable.emit(undo is not None)

    def stay_in(self, part: QWidget) -> None:
        """Lie at the foot of a part of the host for as long as that can be seen."""
        self._part = part
        part.installEventFilter(self)

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
        """Follow the size of the host, and the part that it stays in."""
        if event.type() in _MOVING and watched in (self._host, self._part) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        ground, lift = self._host.rect(), self._lift
        if self._part is not None and self._part.isVisible():
            corner = self._part.mapTo(self._host, QPoint(0, 0))
            ground, lift = QRect(corner, self._part.size()), SPACE[1]
        left = ground.left() + (ground.width() - self.width()) // 2
        left = min(left, self._host.width() - self.width())
        self.move(max(0, left), ground.top() + ground.height() - self.height() - lift)
