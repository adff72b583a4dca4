"""Keeps the foot of the window true: network, loaded model and memory, looked at off its thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studio.engine import offline
from studio.ui.relay import Relay
from studio.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from studio.engine.language import ModelLoaded

_EVERY_MS = 2000


class StatusTeller(QObject):
    """Tells a status line what there is, every two seconds from :meth:`start` on.

    Args:
        line: its own owner.
        loaded: asked for what the engine holds.
        background: runs work off the window's thread, one piece after another.
    """

    def __init__(
        self,
        line: StatusLine,
        loaded: Callable[[], ModelLoaded | None],
        background: Callable[[Callable[[], None]], object],
    ) -> None:
        super().__init__(line)
        self._line = line
        self._loaded = loaded
        self._background = background
        self._found = Relay(self).wrap(self._on_found)
        self._is_looking = False
        self._is_asked_again = False
        self._sized: tuple[ModelLoaded, int] | None = None
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.tell)

    @property
    def is_running(self) -> bool:
        """Whether it was started and not stopped."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin to tell."""
        self.tell()
        self._timer.start()

    def stop(self) -> None:
        """Tell nothing more."""
        self._timer.stop()

    def tell(self) -> None:
        """Look now, or again once the look that is under way has ended."""
        self._line.tell(connections=offline.open_connections())
        self._is_asked_again = self._is_looking
        if not self._is_looking:
            self._is_looking = True
            loaded = self._loaded()
            self._background(lambda: self._look(loaded))

    def _look(self, loaded: ModelLoaded | None) -> None:
        from studio.library.hardware import ram  # with what answers, after the window stands

        facts: dict[str, object] = {}
        try:
            total, free = ram()
            facts = {
                "model": Path(loaded.path).stem if loaded else "",
                "model_bytes": self._size(loaded) if loaded else 0,
                "device": loaded.device if loaded else "",
                "memory_used": total - free,
                "memory_total": total,
            }
        finally:
            self._found(facts)

    def _size(self, loaded: ModelLoaded) -> int:
        """Return the size that the shelf tells, found out once for each load."""
        if self._sized is None or self._sized[0] != loaded:
            self._sized = (loaded, _files_bytes(loaded))
        return self._sized[1]

    def _on_found(self, facts: dict[str, object]) -> None:
        self._is_looking = False
        self._line.tell(**facts)
        if self._is_asked_again:
            self.tell()


def _files_bytes(loaded: ModelLoaded) -> int:
    """Return the size of all parts, or that of the weights where a file is gone."""
    from studio.library.gguf import parts_of  # as above

    try:
        return sum(part.stat().st_size for part in parts_of(Path(loaded.path)))
    except OSError:
        return loaded.weights_bytes
