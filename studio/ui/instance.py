"""One window per data folder: a second start brings the first window to the front."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500
_DIGEST = QCryptographicHash.Algorithm.Sha256


class SingleInstance(QObject):
    """Claims a data folder for this process's window.

    The claim is a local socket (a pipe on Windows) named after the folder; it is open to this
    user alone and never leaves the computer.
    """

    raised = Signal()

    def __init__(self, data_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = QCryptographicHash.hash(str(data_folder).encode(), _DIGEST).toHex().toStdString()
        self._name = f"local-ai-studio-{digest[:16]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)

    def claim(self) -> bool:
        """Return whether this is the only window; otherwise the other one comes to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT_MS):
            socket.disconnectFromServer()
            return False
        QLocalServer.removeServer(self._name)  # left by a window that was killed
        return self._server.listen(self._name)

    def release(self) -> None:
        """Let another window have the folder."""
        self._server.close()

    def _on_connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.deleteLater()
            self.raised.emit()
