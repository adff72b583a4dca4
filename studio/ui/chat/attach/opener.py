"""Opens an attached file to be looked at; what is in it is read off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from studio.errors import StudioError
from studio.ui.relay import Relay
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.attachments.attachments import Attachments
    from studio.chat.conversation import Attachment


class AttachmentOpener(QObject):
    """Opens one window at a time over that of ``parent``.

    Args:
        background: runs work off the window's thread.
        refused: told why a file cannot be shown.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        attachments: Attachments,
        background: Callable[[Callable[[], None]], object],
        refused: Callable[[StudioError], object],
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parent = parent
        self._attachments = attachments
        self._background = background
        self._refused = refused
        self._relay = Relay(self)
        self._is_reading = False

    def open(self, attachment: Attachment) -> None:
        """Show what is in a file soon; asked while another one is being read, it does nothing."""
        if self._is_reading:
            return
        self._is_reading = True
        show = self._relay.wrap(partial(self._show, attachment))
        refuse, end = self._relay.wrap(self._refused), self._relay.wrap(self._end)

        def read() -> None:
            from studio.ui.chat.attach.viewer import fitted  # only when something is looked at

            try:
                content = self._attachments.content(attachment.sha256)
                show(content, fitted(content) if attachment.kind == "picture" else None)
            except StudioError as error:
                refuse(error)
            finally:
                end()

        self._background(read)

    def _show(self, attachment: Attachment, content: bytes, picture: QImage | None) -> None:
        from studio.ui.chat.attach.viewer import viewer  # as above

        viewer(self._theme, self._parent.window(), attachment, content, picture).open()

    def _end(self) -> None:
        self._is_reading = False
