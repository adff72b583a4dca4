"""One window per data folder: a second start brings the first window to the front."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QObject, Signal

from studio.errors import StudioError
from studio.paths import FileLock

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_WAIT_MS = 500
_WAIT_S = 0.5
_TRIES = 6
_DIGEST = QCryptographicHash.Algorithm.Sha256

_log = logging.getLogger(__name__)


class SingleInstance(QObject):
    """Claims a data folder, which must exist, for this process's window.

    The claim is a lock that the system itself gives back when its holder dies. The other start
    knocks at a local socket (a pipe on Windows) named after the folder; it is open to this user
    alone and never leaves the computer.
    """

    raised = Signal()

    def __init__(self, data_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = QCryptographicHash.hash(str(data_folder).encode(), _DIGEST).toHex().toStdString()
        self._name = f"local-ai-studio-{digest[:16]}"
        self._lock = FileLock(data_folder / "window.lock")
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Return whether this is the only window; otherwise the other one comes to the front.

        Raises:
            StudioError: ``window.no_answer``, when the other one does not answer.
        """
        try:
            for _ in range(_TRIES):
                if self._lock.acquire(timeout_s=0):
                    return True
                if self._knock():
                    return False
                # The other one may have begun only just now, or may be ending.
                if self._lock.acquire(timeout_s=_WAIT_S):
                    return True
        except OSError as error:  # a file system without locks: better two windows than none
            _log.warning("the window's lock cannot be used: %s", error)
            return True
        raise StudioError(
            "window.no_answer",
            "Local AI Studio is open already, but its window does not answer.",
            "Wait a moment, or end the other program, then start again.",
        )

    def listen(self) -> None:
        """Hear other starts from now on; the window need not wait for this to stand."""
        from PySide6.QtNetwork import QLocalServer  # a hundredth of a second, after the first look

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        QLocalServer.removeServer(self._name)  # left by a window that was killed
        if not self._server.listen(self._name):
            _log.warning("other starts cannot be heard: %s", self._server.errorString())

    def release(self) -> None:
        """Let another window have the folder."""
        if self._server is not None:
            self._server.close()
        self._lock.release()

    def _knock(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.disconnectFromServer()
        return True

    def _on_connected(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()):
            socket.deleteLater()
            self.raised.emit()
