"""The way of the Tab key through the transcript: from row to row as they stand, then out of it.

Widgets are used again for other rows, so the order in which Qt made them says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def next_stop(views: Iterable[QWidget], inside: QWidget, forward: bool) -> QWidget | None:
    """Return what gets the focus after the widget that has it, or ``None`` outside of ``inside``.

    ``views`` are the widgets of the rows from top to bottom. Past the last one the next widget
    of the window is returned.
    """
    now = QApplication.focusWidget()
    stops = [stop for view in views for stop in _stops(view)]
    if now is None or not stops:
        return None
    if now is inside:
        return stops[0] if forward else None
    if now not in stops:
        return None
    target = stops.index(now) + (1 if forward else -1)
    if target < 0:
        return inside
    return stops[target] if target < len(stops) else _beyond(inside)


def hidden_by(widget: QWidget, window: QWidget) -> int:
    """Return by how many pixels to scroll so that a widget can be seen in the middle, or 0."""
    top = widget.mapTo(window, widget.rect().topLeft()).y()
    if top >= 0 and top + widget.height() <= window.height():
        return 0
    return top - (window.height() - widget.height()) // 2


def _stops(view: QWidget) -> Iterator[QWidget]:
    for widget in (view, *view.findChildren(QWidget)):
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and widget.isVisible() and widget.isEnabled():
            yield widget


def _beyond(inside: QWidget) -> QWidget | None:
    widget = inside.nextInFocusChain()
    while widget is not None and widget is not inside:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        is_outside = not inside.isAncestorOf(widget) and widget.focusProxy() is None
        if takes_tab and is_outside and widget.isVisible() and widget.isEnabled():
            return widget
        widget = widget.nextInFocusChain()
    return None
