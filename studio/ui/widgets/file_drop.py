"""Takes files that are dropped on a part of a window, and says what becomes of them meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from studio.ui.theme import Theme
from studio.ui.widgets.drop_overlay import DropOverlay


@dataclass(frozen=True, slots=True)
class Offer:
    """What would become of the files, in words and a picture."""

    what: str
    detail: str
    icon: str = "download"


class FileDrop(QObject):
    """Covers ``host`` with an offer while files are over it; ``dropped`` carries their paths.

    Args:
        wanted: returns those of the files that are taken. When there are none, the drag passes on
            to whatever lies below.
    """

    dropped = Signal(list)

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        offer: Offer,
        wanted: Callable[[list[Path]], list[Path]],
    ) -> None:
        super().__init__(host)
        self._host = host
        self._offer = offer
        self._wanted = wanted
        self.overlay = DropOverlay(theme, host)

    def watch(self) -> None:
        """Begin to take what is dropped on the host."""
        self._host.setAcceptDrops(True)
        self._host.installEventFilter(self)

    def watch_window(self) -> None:
        """Begin to take what is dropped anywhere on the window that the host is.

        Call it once the window has been shown. It watches the native window, so that no text field
        takes the file's address as text.
        """
        handle = self._host.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take drags that carry such files, and leave every other event alone."""
        if event.type() == QEvent.Type.DragLeave:
            self.overlay.hide()
        elif isinstance(event, QDragEnterEvent | QDragMoveEvent):
            return self._on_hovered(event)
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._on_dropped(event)
        return False

    def _on_hovered(self, event: QDragMoveEvent) -> bool:
        if not self._taken(event):
            return False
        if self.overlay.isHidden():
            self.overlay.offer(self._offer.what, self._offer.detail, self._offer.icon)
        return True

    def _on_dropped(self, event: QDropEvent) -> bool:
        self.overlay.hide()
        files = self._taken(event)
        if files:
            self.dropped.emit(files)
        return bool(files)

    def _taken(self, event: QDropEvent) -> list[Path]:
        """Return the files that are wanted, and accept the event if there are any."""
        files = self._wanted(files_in(event.mimeData()))
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        return files


def files_in(data: QMimeData) -> list[Path]:
    """Return the files that a drag, or the clipboard, carries."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
