"""The one door from other threads to the thread of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class Relay(QObject):
    """Runs callbacks on the thread that made it, in the order in which they were called.

    Qt itself carries the call: a queued signal is the only thing that is safe to use from a
    thread that Qt does not know. The relay has no parent, so that a call from another thread
    never meets a deleted object; it falls silent instead when ``owner`` is destroyed.
    """

    _called = Signal(object, object)

    def __init__(self, owner: QObject | None = None) -> None:
        super().__init__()
        self._open = True
        self._called.connect(self._run, Qt.ConnectionType.QueuedConnection)
        if owner is not None:
            owner.destroyed.connect(self.close)

    def wrap(self, callback: Callable[..., object]) -> Callable[..., None]:
        """Return a function that any thread may call; ``callback`` then runs in the window."""

        def send(*args: object) -> None:
            if self._open:
                self._called.emit(callback, args)

        return send

    def close(self) -> None:
        """Drop every call from now on, also those that are on their way."""
        self._open = False

    def _run(self, callback: Callable[..., object], args: tuple[Any, ...]) -> None:
        if self._open:
            callback(*args)
