"""A plain window on an attached file: the text as it stands, or the picture fitted."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from studio.chat.attachments.files import MOST_PIXELS, is_guessed
from studio.chat.attachments.picture_size import measure
from studio.chat.conversation import Attachment
from studio.translation import tr
from studio.ui.theme import CONTROL, SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.quantities import count, file_size
from studio.ui.widgets.wrapping import show_text

_LARGEST = QSize(720, 480)


def viewer(
    theme: Theme,
    parent: QWidget,
    attachment: Attachment,
    content: bytes,
    picture: QImage | None,
) -> QDialog:
    """Return a window that shows an attached file; a picture as :func:`fitted` has made it."""
    dialog = QDialog(parent)
    dialog.setObjectName("attachment_viewer")
    dialog.setWindowTitle(attachment.name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
    column.setSpacing(SPACE[2])
    title = label(attachment.name, "section", wrap=True)
    column.addWidget(title)
    column.addWidget(label(_facts(attachment, content), "caption", wrap=True))
    if attachment.kind == "text":
        column.addWidget(_text(theme, attachment, content.decode()), 1)
        dialog.resize(_LARGEST.width(), _LARGEST.height() + 120)
    else:
        column.addWidget(_picture(attachment, picture), 1)
    row = QHBoxLayout()
    row.addStretch()
    close = Button(theme, tr("Close"), name="close_dialog").on_click(dialog.accept)
    close.setDefault(True)
    row.addWidget(close)
    column.addLayout(row)
    return dialog


def fitted(content: bytes) -> QImage | None:
    """Return a picture as it is shown in the window. May be called from any thread."""
    return small_picture(content, _LARGEST)


def small_picture(content: bytes, largest: QSize) -> QImage | None:
    """Return a picture made to fit, or ``None`` where it cannot be read or is too large to unpack.

    May be called from any thread.
    """
    said = measure(content)
    if said is None or not 0 < said.width * said.height <= MOST_PIXELS:
        return None
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and (size.width() > largest.width() or size.height() > largest.height()):
        turned = size.scaled(largest, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(turned.expandedTo(QSize(1, 1)))
    found = reader.read()
    buffer.close()
    return None if found.isNull() else found


def _facts(attachment: Attachment, content: bytes) -> str:
    told = [file_size(attachment.size_bytes)]
    if (size := measure(content)) is not None and attachment.kind == "picture":
        told.append(
            tr(
                "{width} by {height} pixels",
                width=count(size.width),
                height=count(size.height),
            )
        )
    if is_guessed(attachment.media_type):
        told.append(tr("Its encoding is not known; it was read as Western European text."))
    return " · ".join(told)


def _text(theme: Theme, attachment: Attachment, text: str) -> QWidget:
    shown = QPlainTextEdit()
    shown.setObjectName("attachment_text")
    shown.setAccessibleName(tr("Text of {name}", name=attachment.name))
    shown.setReadOnly(True)
    shown.setFont(theme.font(CONTROL, mono=True))
    show_text(shown, text)
    return shown


def _picture(attachment: Attachment, picture: QImage | None) -> QWidget:
    shown = QLabel()
    shown.setObjectName("attachment_picture")
    shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
    if picture is None:
        words = tr("This picture cannot be shown here; its file is kept as it is.")
        shown.setText(words)
        shown.setAccessibleName(words)
    else:
        shown.setPixmap(QPixmap.fromImage(picture))
        shown.setAccessibleName(tr("The picture {name}", name=attachment.name))
    return shown
