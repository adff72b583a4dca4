"""Takes files of chats that are dropped on the list, and says so while they hover."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from studio.translation import tr
from studio.ui.theme import Theme
from studio.ui.widgets.drop_overlay import DropOverlay

_ENDINGS = {".json", ".zip"}


class ImportDrop(QObject):
    """``dropped`` carries a file that might hold chats; other drags pass on.

    What is in a file is looked at only when it is imported.
    """

    dropped = Signal(object)

    def __init__(self, theme: Theme, pane: QWidget) -> None:
        super().__init__(pane)
        self._overlay = DropOverlay(theme, pane)
        pane.setAcceptDrops(True)
        pane.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take drags that carry one such file, and leave every other event alone."""
        if event.type() == QEvent.Type.DragLeave:
            self._overlay.hide()
        elif isinstance(event, QDragEnterEvent | QDragMoveEvent):
            return self._on_hovered(event)
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._on_dropped(event)
        return False

    def _on_hovered(self, event: QDragMoveEvent) -> bool:
        if _file(event.mimeData()) is None:
            return False
        if self._overlay.isHidden():
            self._overlay.offer(tr("Import chats"), tr("from this file"), "message-square")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _on_dropped(self, event: QDropEvent) -> bool:
        self._overlay.hide()
        file = _file(event.mimeData())
        if file is None:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(file)
        return True


def _file(data: QMimeData) -> Path | None:
    """Return the one file that is carried, if it is of a kind that can hold chats."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in _ENDINGS else None
