"""Takes one change of presets after another, and only then what was wished meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from studio.chat.presets.preset_file import Preset
from studio.errors import StudioError
from studio.ui.chat.presets.work import Background, PresetWork

Result = TypeVar("Result")
Wish = Callable[[], object]


class PresetSteps:
    """At most one change is under way and one wish waits: the last. A failure drops the wish.

    Args:
        written: returns what is in the fields.
        failed: told what went wrong, once nothing is under way any more.
    """

    def __init__(
        self,
        owner: QObject,
        written: Callable[[], Preset],
        failed: Callable[[StudioError], object],
        background: Background | None = None,
    ) -> None:
        self._work = PresetWork(owner, self._on_failed, background)
        self._written = written
        self._failed = failed
        self._before: Preset | None = None
        self._wish: Wish | None = None
        self._is_touched = False

    @property
    def is_busy(self) -> bool:
        """Whether a change is under way."""
        return self._before is not None

    @property
    def is_touched(self) -> bool:
        """Whether a person wrote something while the last change was under way."""
        return self._is_touched

    def run(
        self, work: Callable[[], Result], done: Callable[[Result], object], wish: Wish | None = None
    ) -> None:
        """Do ``work``, tell ``done`` what it returned, then fulfil the wish that waits."""
        if self.is_busy:
            self._wish = lambda: self.run(work, done, wish)
            return
        self._before, self._wish = self._written(), wish
        try:
            self._work.run(work, partial(self._on_done, done))
        except BaseException:  # a window that waits for what never began could not be closed
            self._before = self._wish = None
            raise

    def wait(self, wish: Wish | None) -> None:
        """Let a wish wait for the change under way, in place of the one that waits."""
        self._wish = wish

    def _on_done(self, done: Callable[[Result], object], result: Result) -> None:
        self._is_touched = self._written() != self._before
        wish, self._wish, self._before = self._wish, None, None
        done(result)
        if wish is not None:
            wish()

    def _on_failed(self, error: StudioError) -> None:
        self._before = self._wish = None
        self._failed(error)
