"""What can be attached of that which is dropped on a conversation or pasted into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from studio.translation import tr
from studio.ui.theme import Theme
from studio.ui.widgets.file_drop import FileDrop, Offer

_MODEL = ".gguf"  # goes to the Models page, wherever it is dropped


def attach_drop(theme: Theme, work: QWidget) -> FileDrop:
    """Return what takes the files that are dropped on a conversation, from now on."""
    offer = Offer(tr("Attach"), tr("to the next message"), "paperclip")
    drop = FileDrop(theme, work, offer, unless_models)
    drop.watch()
    return drop


def unless_models(files: list[Path]) -> list[Path]:
    """Return files to attach; none when one of them is a model."""
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
