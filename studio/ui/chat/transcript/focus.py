"""The way of the Tab key through the transcript: from row to row as they stand, then out of it.

Widgets are used again for other rows, so the order in which Qt made them says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from studio.ui.accessibility import put_in_order
from studio.ui.chat.messages.pool import RowPool
from studio.ui.chat.messages.rows import Content
from studio.ui.chat.transcript.placing import Placed


class TabOrder:
    """Keeps the stops of the rows behind ``area`` in the window's tab order, ``last`` after them.

    A widget that is new to the window comes last in it, far from the rows around it.
    """

    def __init__(self, area: QWidget, pool: RowPool, last: QWidget) -> None:
        self._area = area
        self._pool = pool
        self._last = last
        self._known: list[tuple[QWidget | None, Content]] = []

    def begin_after(self, widget: QWidget) -> None:
        """Let the rows come after another widget than the area."""
        self._area = widget
        self._known = []

    def follow(self, placed: Sequence[Placed]) -> None:
        """Put the stops in the order of these rows; costs nothing when it is the same as before."""
        shown = [(self._pool.view_of(each.row), each.row.content) for each in placed]
        if _same(shown, self._known):
            return
        self._known = shown
        before = self._area
        for view, _content in shown:
            for stop in _stops(view) if view is not None else ():
                QWidget.setTabOrder(before, stop)
                before = stop
        QWidget.setTabOrder(before, self._last)
        put_in_order([*(view for view, _content in shown if view is not None), self._last])


def hidden_by(widget: QWidget, window: QWidget) -> int:
    """Return by how many pixels to scroll so that a widget can be seen in the middle, or 0."""
    top = widget.mapTo(window, widget.rect().topLeft()).y()
    if top >= 0 and top + widget.height() <= window.height():
        return 0
    return top - (window.height() - widget.height()) // 2


def _same(
    some: Sequence[tuple[QWidget | None, Content]],
    others: Sequence[tuple[QWidget | None, Content]],
) -> bool:
    """Compare by identity: an equal content may still be another, with new buttons."""
    return len(some) == len(others) and all(
        one[0] is other[0] and one[1] is other[1] for one, other in zip(some, others, strict=True)
    )


def _stops(view: QWidget) -> Iterator[QWidget]:
    for widget in (view, *view.findChildren(QWidget)):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus:
            yield widget
