"""Changes presets off the window's thread, and tells in the window what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from studio.errors import StudioError, in_words
from studio.ui.relay import Relay

Background = Callable[[Callable[[], None]], object]
Result = TypeVar("Result")


class PresetWork:
    """Runs one change after another; without ``background`` at once."""

    def __init__(
        self,
        owner: QObject,
        failed: Callable[[StudioError], object],
        background: Background | None = None,
    ) -> None:
        self._relay = Relay(owner)
        self._failed = failed
        self._background = background

    def run(self, work: Callable[[], Result], done: Callable[[Result], object]) -> None:
        """Do ``work``; ``done`` is told in the window what it returned, or a failure is told."""
        if self._background is None:
            try:
                result = work()
            except StudioError as error:
                self._failed(error)
                return
            done(result)
            return
        told, failed = self._relay.wrap(done), self._relay.wrap(self._failed)

        def apart() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - told in the window, a bug with its report
                failed(in_words(error))
            else:
                told(result)

        self._background(apart)
