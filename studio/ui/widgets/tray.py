"""Keeps the program running in the system tray when its window is closed, if that is wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from studio.translation import tr
from studio.ui.widgets.notifier import Notifier


def refusal() -> str:
    """Return why the program cannot stay in the tray; empty when it can."""
    if QSystemTrayIcon.isSystemTrayAvailable():
        return ""
    return tr("This desktop has no system tray, so closing the window ends the program.")


class Tray(QObject):
    """Hides the window in place of closing it, and has a menu to come back or to end.

    Only a click at the window's frame hides it; Quit still ends the program. Where the tray has
    gone meanwhile, the window closes as ever.

    Args:
        raise_window: brings the window to the front.
        new_chat: begins a chat, with the window in front.
    """

    def __init__(
        self,
        window: QWidget,
        notifier: Notifier,
        raise_window: Callable[[], object],
        new_chat: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._notifier = notifier
        self._raise = raise_window
        self.menu = QMenu(window)
        self.menu.setObjectName("tray_menu")
        for words, act in (
            (tr("Open", "the window"), raise_window),
            (tr("New chat"), new_chat),
            (tr("Quit"), window.close),
        ):
            self.menu.addAction(words).triggered.connect(lambda _on=False, act=act: act())
        icon = notifier.tray()
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._on_activated)
        notifier.keep_icon(True)
        window.installEventFilter(self)
        QApplication.setQuitOnLastWindowClosed(False)

    def stop(self) -> None:
        """Let closing the window end the program again."""
        self._window.removeEventFilter(self)
        icon = self._notifier.tray()
        icon.activated.disconnect(self._on_activated)
        self._notifier.keep_icon(False)
        QApplication.setQuitOnLastWindowClosed(True)
        self.menu.deleteLater()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide the window when the person closes it."""
        is_closed = watched is self._window and event.type() == QEvent.Type.Close
        if not (is_closed and event.spontaneous() and not refusal()):
            return super().eventFilter(watched, event)
        event.ignore()
        self._window.hide()
        return True

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self._raise()
