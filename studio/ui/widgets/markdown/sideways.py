"""Text that may be wider than its place: it scrolls sideways inside itself, and only sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from studio.ui.theme import Theme, set_look
from studio.ui.widgets.markdown.text_view import TextView


class SidewaysArea(QScrollArea):
    """Holds a :class:`TextView` at the width that its text asks for."""

    link_followed = Signal(str)
    selection_begun = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_look(self, "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = TextView(theme)
        self._ideal = 0
        self._has_bar_below = True
        self.setWidget(self.text)
        for ground in (self.viewport(), self.text):
            ground.setAutoFillBackground(False)
        self.text.link_followed.connect(self.link_followed)
        self.text.selection_begun.connect(self.selection_begun)

    def measure(self) -> None:
        """Ask the text again how wide it is."""
        self._ideal = self.text.ideal_width()
        self._lay_out()

    def set_bar_below(self, wanted: bool) -> None:
        """Have a scroll bar where one is needed, or leave it to another part of the same text."""
        self._has_bar_below = wanted
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            policy.ScrollBarAsNeeded if wanted else policy.ScrollBarAlwaysOff
        )

    def clear_selection(self) -> None:
        """Select nothing."""
        self.text.clear_selection()

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width, with the scroll bar if one is needed."""
        inner = self.inner_width(width)
        has_bar = self._has_bar_below and inner > width
        bar = self.horizontalScrollBar().sizeHint().height() if has_bar else 0
        return self.text.heightForWidth(inner) + bar

    def inner_width(self, width: int) -> int:
        """Return how wide the text is laid out in a place of some width."""
        return max(self._ideal, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll sideways with the arrow keys; all others are for whoever scrolls the reply."""
        is_sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if is_sideways and self.horizontalScrollBar().maximum() > 0:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways only; the rest is for whoever scrolls the reply."""
        is_turned = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if is_turned and self.horizontalScrollBar().maximum() > 0:
            self._scroll_by(-event.angleDelta().y() or -event.angleDelta().x())
            event.accept()
        elif abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()

    def _scroll_by(self, turned: int) -> None:
        """Scroll by what a wheel was turned, in eighths of a degree."""
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + turned // 2)

    def _lay_out(self) -> None:
        inner = self.inner_width(self.width())
        self.text.resize(inner, self.text.heightForWidth(inner))
