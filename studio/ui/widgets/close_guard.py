"""Asks before the window closes while something in it would be lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from studio.errors import StudioError
from studio.translation import tr
from studio.ui.theme import Theme


class CloseGuard(QObject):
    """Holds the closing of ``window`` back until the person has said that it shall close.

    Args:
        loses: returns why a reply would be lost now, if one would.
    """

    def __init__(
        self, theme: Theme, window: QWidget, loses: Callable[[], StudioError | None]
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._loses = loses
        self._is_agreed = False
        self._asks = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse to close, and ask, where something would be lost."""
        is_closing = watched is self._window and event.type() == QEvent.Type.Close
        if not is_closing or self._is_agreed or (reason := self._loses()) is None:
            return super().eventFilter(watched, event)
        event.ignore()
        if not self._asks:
            self._ask(reason)
        return True

    def _ask(self, reason: StudioError) -> None:
        from studio.ui.widgets.confirm import confirm_dialog  # hardly ever

        dialog = confirm_dialog(
            self._theme,
            self._window,
            tr("Close and lose a reply?"),
            " ".join(
                (
                    tr("A reply is not saved. {reason}", reason=reason.what),
                    tr(
                        "With the program open, it is saved by itself once that works. Closing now"
                        " loses what is not saved of it."
                    ),
                )
            ),
            tr("Close anyway"),
            self._close,
        )
        self._asks = True
        dialog.finished.connect(self._on_answered)
        dialog.open()

    def _on_answered(self) -> None:
        self._asks = False

    def _close(self) -> None:
        self._is_agreed = True
        self._window.close()
