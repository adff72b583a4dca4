"""Has the pickers show presets that another program, such as the terminal, has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.presets.presets import Presets


class PresetWatch(QObject):
    """Looks at the folders when it is told to, off the window's thread.

    Args:
        show: shows the presets there are.
        background: runs work off the window's thread.
    """

    def __init__(
        self,
        presets: Callable[[], Presets],
        show: Callable[[], object],
        background: Callable[[Callable[[], None]], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._presets = presets
        self._show = show
        self._background = background
        self._is_looking = False
        self._tell = Relay(self).wrap(self._on_looked)

    def look(self) -> None:
        """Read the presets again, if their files have changed."""
        if not self._is_looking:
            self._is_looking = True
            self._background(self._look)

    def _look(self) -> None:
        has_changed = False
        try:
            has_changed = self._presets().reload_if_changed()
        finally:
            self._tell(has_changed)

    def _on_looked(self, has_changed: bool) -> None:
        self._is_looking = False
        if has_changed:
            self._show()
