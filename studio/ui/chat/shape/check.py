"""Checks a schema or grammar a moment after the last key, away from the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from studio.chat.shape import Shape
from studio.prompting.shapes.in_force import check
from studio.prompting.shapes.problem import Checked, Problem
from studio.translation import mark, tr
from studio.ui.relay import Relay

Background = Callable[[Callable[[], None]], object]
WAIT_MS = 250
_EMPTY = {
    "json_schema": mark("Write a schema, or begin with an example."),
    "grammar": mark("Write a grammar, or begin with an example."),
}


class ShapeCheck(QObject):
    """``settled`` carries a Shape and the Checked of it; of what changed meanwhile it says nothing.

    ``background`` runs the check off the window's thread; without it, it runs on it.
    """

    settled = Signal(object, object)

    def __init__(self, background: Background | None, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._relay = Relay(self)
        self._shape = Shape()
        self._soon = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._soon.timeout.connect(self._check)

    def ask(self, shape: Shape, *, at_once: bool = False) -> None:
        """Have a shape checked; what is empty or free text is settled without waiting."""
        self._shape = shape
        self._soon.stop()
        if not shape.kind:
            self.settled.emit(shape, Checked())
        elif not shape.text.strip():
            self.settled.emit(shape, Checked(Problem(tr(_EMPTY[shape.kind]))))
        elif at_once:
            self._check()
        else:
            self._soon.start()

    def _check(self) -> None:
        shape = self._shape
        if self._background is None:
            self._answer(shape, check(shape.kind, shape.text))
            return
        tell = self._relay.wrap(self._answer)
        self._background(lambda: tell(shape, check(shape.kind, shape.text)))

    def _answer(self, shape: Shape, checked: Checked) -> None:
        if shape == self._shape:
            self.settled.emit(shape, checked)
