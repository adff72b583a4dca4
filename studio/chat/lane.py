"""The one thread on which models are asked, by however many sessions, and who may go first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from studio.chat.turn import TurnEvent
from studio.chat.turnstile import Turnstile

Observer = Callable[[TurnEvent | None], object]


class Lane:
    """One thing after another. Sessions over one engine share it. Close it at the end."""

    def __init__(self) -> None:
        self.executor = ThreadPoolExecutor(1, thread_name_prefix="chat")
        self.turnstile = Turnstile()
        self._is_closing = False
        self._observers: list[Observer] = []

    @property
    def is_wanted(self) -> bool:
        """Whether what nobody waits for must make way: for a person's wish, or for the end."""
        return self._is_closing or self.turnstile.running_in is not None

    def observe(self, observer: Observer) -> None:
        """Have ``observer`` told, on that thread, whenever the model is free again."""
        self._observers.append(observer)

    def forget(self, observer: Observer) -> None:
        """Tell ``observer`` no more."""
        self._observers.remove(observer)

    def tell_free(self, last: TurnEvent | None = None) -> None:
        """Tell that the model is free, after a turn with its last event."""
        for observer in tuple(self._observers):
            observer(last)

    def begin_close(self) -> None:
        """Let what nobody waits for end."""
        self._is_closing = True

    def close(self) -> None:
        """Wait for all that was begun."""
        self.begin_close()
        self.executor.shutdown(wait=True)
