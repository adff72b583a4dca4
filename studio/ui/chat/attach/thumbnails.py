"""Makes the small pictures on the cards of attached ones, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.attachments.attachments import Attachments
    from studio.chat.conversation import Attachment
    from studio.ui.chat.attach.chips import ChipRow

_SMALL = QSize(56, 56)


class Thumbnails(QObject):
    """Loads small pictures. What cannot be read keeps its sign."""

    def __init__(
        self,
        attachments: Attachments,
        background: Callable[[Callable[[], None]], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._attachments = attachments
        self._background = background
        self._relay = Relay(self)

    def load(self, row: ChipRow, attachment: Attachment) -> None:
        """Give the card of a picture its small picture soon, if it is in the row then."""
        tell = self._relay.wrap(lambda picture: _show(row, attachment, picture))

        def work() -> None:
            from studio.ui.chat.attach.viewer import small_picture  # once there is a picture

            if self._attachments.has(attachment.sha256):  # it may be removed already
                content = self._attachments.content(attachment.sha256)
                tell(small_picture(content, _SMALL))

        self._background(work)


def _show(row: ChipRow, attachment: Attachment, picture: QImage | None) -> None:
    for chip in row.chips:
        if chip.attachment == attachment and picture is not None:
            chip.set_picture(picture)
    row.refit()
