"""Takes files that are dropped on a conversation or pasted into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from studio.translation import tr
from studio.ui.theme import Theme
from studio.ui.widgets.drop_overlay import DropOverlay

_MODEL = ".gguf"  # goes to the Models page, wherever it is dropped


class AttachDrop(QObject):
    """``dropped`` carries the paths of files; models and other drags pass on."""

    dropped = Signal(list)

    def __init__(self, theme: Theme, work: QWidget) -> None:
        super().__init__(work)
        self.overlay = DropOverlay(theme, work)
        work.setAcceptDrops(True)
        work.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take drags that carry files, and leave every other event alone."""
        if event.type() == QEvent.Type.DragLeave:
            self.overlay.hide()
        elif isinstance(event, QDragEnterEvent | QDragMoveEvent):
            return self._on_hovered(event)
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._on_dropped(event)
        return False

    def _on_hovered(self, event: QDragMoveEvent) -> bool:
        if not files_in(event.mimeData()):
            return False
        if self.overlay.isHidden():
            self.overlay.offer(tr("Attach"), tr("to the next message"), "paperclip")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _on_dropped(self, event: QDropEvent) -> bool:
        self.overlay.hide()
        files = files_in(event.mimeData())
        if not files:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(files)
        return True


def files_in(data: QMimeData) -> list[Path]:
    """Return the files that are carried, if there are such and none of them is a model."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [] if any(file.suffix.lower() == _MODEL for file in files) else files


def picture_in(data: QMimeData) -> bytes | None:
    """Return a picture that is carried as such, such as a piece of the screen, as PNG."""
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return None
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    buffer.close()
    return bytes(written.data())
