"""Takes files of one kind that are dropped anywhere on a window, and says so while they hover."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from studio.ui.theme import Theme
from studio.ui.widgets.drop_overlay import DropOverlay


class FileDrop(QObject):
    """Watches the native window, so that no text field takes the file's address as text.

    Call :meth:`watch` once the window has been shown. Files of other kinds pass on to whatever
    lies under the pointer.
    """

    dropped = Signal(list)

    def __init__(self, theme: Theme, window: QWidget, suffix: str, what: str, detail: str) -> None:
        super().__init__(window)
        self._window = window
        self._suffix = suffix
        self._words = (what, detail)
        self.overlay = DropOverlay(theme, window)

    def watch(self) -> None:
        """Begin to watch the window's native handle."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take drags that carry files of the kind, and leave every other event alone."""
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self.overlay.hide()
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._on_dropped(event)
        elif isinstance(event, QDragEnterEvent | QDragMoveEvent):
            return self._on_hovered(event)
        return False

    def _on_hovered(self, event: QDragMoveEvent) -> bool:
        if not self._files(event.mimeData()):
            return False
        if self.overlay.isHidden():
            self.overlay.offer(*self._words)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _on_dropped(self, event: QDropEvent) -> bool:
        self.overlay.hide()
        files = self._files(event.mimeData())
        if not files:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(files)
        return True

    def _files(self, data: QMimeData) -> list[Path]:
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return [file for file in files if file.suffix.lower() == self._suffix]
