"""Tells the person something through their system while they are at another program."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QStandardPaths
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

_TOOL = "notify-send"  # speaks to org.freedesktop.Notifications where there is no system tray
_NAME = "Local AI Studio"
_SHOWN_MS = 10_000
_MOST = 3

_log = logging.getLogger(__name__)


class Notifier(QObject):
    """Shows system notifications; where there are none, the task bar alone draws attention.

    Args:
        icon: of the program, asked for at the first notification.
        tool: finds the program that shows notifications without a tray; empty for none.
    """

    def __init__(
        self,
        window: QWidget,
        icon: Callable[[], QIcon],
        tool: Callable[[], str] = lambda: QStandardPaths.findExecutable(_TOOL),
    ) -> None:
        super().__init__(window)
        self._window = window
        self._icon = icon
        self._tool = tool
        self._tray: QSystemTrayIcon | None = None
        self._stays = False
        self._act: Callable[[], object] = lambda: None
        self._asked: list[QProcess] = []

    def tell(self, title: str, words: str, act: Callable[[], object]) -> None:
        """Show a notification and mark the window in the task bar; a click runs ``act``."""
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._act = act
            self.tray().show()  # a message belongs to an icon that can be seen
            self.tray().showMessage(title, words, self._icon(), _SHOWN_MS)
        elif tool := self._tool():
            self._ask(tool, title, words, act)

    def tray(self) -> QSystemTrayIcon:
        """Return the icon in the system tray; it may be hidden."""
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._icon(), self)
            self._tray.setToolTip(_NAME)
            self._tray.messageClicked.connect(lambda: self._act())
        return self._tray

    def keep_icon(self, keep: bool) -> None:
        """Leave the icon in the tray, or take it away again."""
        self._stays = keep
        if keep or self._tray is not None:
            self.tray().setVisible(keep)

    def clear(self) -> None:
        """Take away what only notifications have brought, since the person is back."""
        if self._tray is not None and not self._stays:
            self._tray.hide()

    def _ask(self, tool: str, title: str, words: str, act: Callable[[], object]) -> None:
        """Have another program show it. It tells of a click, which older ones cannot."""
        if len(self._asked) >= _MOST:
            self._asked[0].kill()
        named = [f"--app-name={_NAME}"]
        process = QProcess(self)
        process.setProgram(tool)
        process.setArguments([*named, "--action=default=Open", "--", title, _plain(words)])

        def ended(status: int) -> None:
            if process in self._asked:
                self._asked.remove(process)
            if bytes(process.readAllStandardOutput().data()).strip() == b"default":
                act()
            elif status == 1 and b"ption" in bytes(process.readAllStandardError().data()):
                QProcess.startDetached(tool, [*named, "--", title, _plain(words)])
            process.deleteLater()

        def failed(error: QProcess.ProcessError) -> None:
            _log.info("no notification: %s", error)
            if error == QProcess.ProcessError.FailedToStart and process in self._asked:
                self._asked.remove(process)
                process.deleteLater()

        process.finished.connect(ended)
        process.errorOccurred.connect(failed)
        self._asked.append(process)
        process.start()

    def close(self) -> None:
        """Take everything back."""
        for process in self._asked:
            process.finished.disconnect()
            process.kill()
        self._asked.clear()
        if self._tray is not None:
            self._tray.hide()


def _plain(words: str) -> str:
    """Return words of which a notification makes no markup."""
    return words.replace("&", "&amp;").replace("<", "&lt;")
