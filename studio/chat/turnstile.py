"""Lets one exchange run at a time, and none in a conversation that is being deleted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from studio.errors import StudioError
from studio.translation import tr


class Turnstile:
    """Knows where an exchange runs. May be asked from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running_in: str | None = None
        self._leaving: set[str] = set()

    @property
    def running_in(self) -> str | None:
        """The conversation whose turn runs now."""
        return self._running_in

    def enter(self, conversation_id: str) -> None:
        """Begin a turn; :meth:`leave` ends it.

        Raises:
            StudioError: ``chat.busy``, or ``chat.leaving`` in a conversation that goes for good.
        """
        with self._lock:
            if self._running_in is not None:
                raise busy()
            if conversation_id in self._leaving:
                raise StudioError(
                    "chat.leaving",
                    tr("This chat is being deleted for good."),
                    tr("Begin a new one."),
                )
            self._running_in = conversation_id

    def leave(self) -> None:
        """End the turn that runs."""
        self._running_in = None

    @contextmanager
    def shut(self, conversation_id: str) -> Iterator[None]:
        """Let no turn begin in a conversation meanwhile.

        Raises:
            StudioError: ``chat.busy`` while one runs in it.
        """
        with self._lock:
            if self._running_in == conversation_id:
                raise busy()
            self._leaving.add(conversation_id)
        try:
            yield
        finally:
            self._leaving.discard(conversation_id)


def busy() -> StudioError:
    """Return the error of what cannot be done while a reply is being written."""
    return StudioError(
        "chat.busy", tr("A reply is being written."), tr("Wait for it to finish, or stop it first.")
    )
