"""One window per data folder: a second start brings the first window to the front."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QObject, Signal

from studio.errors import StudioError
from studio.paths import FileLock
from studio.translation import tr

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_KNOCK_MS = 1000
_WAIT_S = 0.5
_PATIENCE_S = 12.0  # longer than a window that closes takes to save what its engine holds
_ANSWER = b"\n"
_DIGEST = QCryptographicHash.Algorithm.Sha256

_log = logging.getLogger(__name__)


class SingleInstance(QObject):
    """Claims a data folder, which must exist, for this process's window.

    The claim is a lock that the system itself gives back when its holder dies. The other start
    knocks at a local socket (a pipe on Windows) named after the folder; it is open to this user
    alone and never leaves the computer. Only a byte from the window itself is an answer: the
    system takes a connection also for a program whose event loop hangs, or has just ended.
    """

    raised = Signal()

    def __init__(self, data_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = QCryptographicHash.hash(str(data_folder).encode(), _DIGEST).toHex().toStdString()
        self._name = f"local-ai-studio-{digest[:16]}"
        self._lock = FileLock(data_folder / "window.lock")
        self._server: QLocalServer | None = None

    def claim(self, patience_s: float = _PATIENCE_S) -> bool:
        """Return whether this is the only window; otherwise the other one comes to the front.

        One that is closing is waited for, and one that has only just begun.

        Raises:
            StudioError: ``window.no_answer``, when the other one stays and does not answer.
        """
        deadline = time.monotonic() + patience_s
        try:
            while not self._lock.acquire(timeout_s=0):
                if self._knock():
                    return False
                if time.monotonic() >= deadline:
                    raise _no_answer()
                if self._lock.acquire(timeout_s=_WAIT_S):
                    return True
        except OSError as error:  # a file system without locks: better two windows than none
            _log.warning("the window's lock cannot be used: %s", error)
        return True

    def listen(self) -> None:
        """Hear other starts from now on; the window need not wait for this to stand."""
        from PySide6.QtNetwork import QLocalServer  # a hundredth of a second, after the first look

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        QLocalServer.removeServer(self._name)  # left by a window that was killed
        if not self._server.listen(self._name):
            _log.warning("other starts cannot be heard: %s", self._server.errorString())

    def deafen(self) -> None:
        """Hear other starts no more, for this window closes; they wait for the folder."""
        if self._server is not None:
            self._server.close()

    def release(self) -> None:
        """Let another window have the folder."""
        self.deafen()
        self._lock.release()

    def _knock(self) -> bool:
        """Return whether the other window says that it has heard."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_KNOCK_MS):
            return False
        if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
            socket.waitForDisconnected(_KNOCK_MS)  # the other one answers and hangs up
        heard = socket.readAll().data() == _ANSWER
        socket.abort()
        return heard

    def _on_connected(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()):
            socket.disconnected.connect(socket.deleteLater)
            socket.write(_ANSWER)
            socket.flush()
            socket.disconnectFromServer()
            self.raised.emit()


def _no_answer() -> StudioError:
    return StudioError(
        "window.no_answer",
        tr("Local AI Studio is open already, but its window does not answer."),
        tr("Wait a moment, or end the other program, then start again."),
    )
