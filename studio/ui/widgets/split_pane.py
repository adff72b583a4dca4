"""The three columns of a room: a list that folds away, the work, and an inspector on demand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

LIST_WIDTHS = (240, 264, 300)
INSPECTOR_WIDTHS = (300, 320, 340)
LEAST_WORK = 480
_REST = 4000


class SplitPane(QSplitter):
    """Lays out list, work and inspector.

    The person shows and hides the outer columns. When there is too little room for all, the list
    steps aside by itself and comes back when there is room, unless the person had hidden it.
    """

    list_shown = Signal(bool)
    inspector_shown = Signal(bool)

    def __init__(
        self, list_pane: QWidget | None, work: QWidget, inspector: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._list = list_pane
        self._inspector = inspector
        self._list_wanted = True
        self._list_forced = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for pane, widths in ((list_pane, LIST_WIDTHS), (inspector, INSPECTOR_WIDTHS)):
            if pane is not None:
                pane.setMinimumWidth(widths[0])
                pane.setMaximumWidth(widths[2])
        for pane in (list_pane, work, inspector):
            if pane is not None:
                self.addWidget(pane)
        put_in_reading_order(self)
        self.setStretchFactor(self.indexOf(work), 1)
        if inspector is not None:
            inspector.hide()
        self._spread()

    @property
    def list_visible(self) -> bool:
        """Whether the list is on show now."""
        return self._list is not None and not self._list.isHidden()

    @property
    def inspector_visible(self) -> bool:
        """Whether the inspector is on show now."""
        return self._inspector is not None and not self._inspector.isHidden()

    def set_list_visible(self, visible: bool) -> None:
        """Show or hide the list as the person wishes, however narrow the window is."""
        self._list_wanted = visible
        self._list_forced = visible and not self._has_room()
        self._settle()

    def set_inspector_visible(self, visible: bool) -> None:
        """Show or hide the inspector."""
        if self._inspector is None or visible == self.inspector_visible:
            return
        self._inspector.setVisible(visible)
        self._list_forced = False
        self._spread()
        self._settle()
        self.inspector_shown.emit(visible)

    def toggle_list(self) -> None:
        """Show the list if it is hidden, and the other way round."""
        self.set_list_visible(not self.list_visible)

    def toggle_inspector(self) -> None:
        """Show the inspector if it is hidden, and the other way round."""
        self.set_inspector_visible(not self.inspector_visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the list away when it leaves too little room for the work."""
        super().resizeEvent(event)
        self._settle()

    def _spread(self) -> None:
        """Give the outer columns their usual widths and the work all the rest."""
        usual = {self._list: LIST_WIDTHS[1], self._inspector: INSPECTOR_WIDTHS[1]}
        self.setSizes([usual.get(self.widget(i), _REST) for i in range(self.count())])

    def _has_room(self) -> bool:
        inspector = INSPECTOR_WIDTHS[0] if self.inspector_visible else 0
        return self.width() - LIST_WIDTHS[0] - inspector >= LEAST_WORK

    def _settle(self) -> None:
        if self._list is None:
            return
        visible = self._list_wanted and (self._list_forced or self._has_room())
        if visible != self.list_visible:
            self._list.setVisible(visible)
            self.list_shown.emit(visible)


def put_in_reading_order(splitter: QSplitter) -> None:
    """Undo that Qt lays each new part under those before: screen readers follow that."""
    parts = range(splitter.count())
    for part in (*map(splitter.widget, parts), *map(splitter.handle, parts)):
        if part is not None:
            part.raise_()
