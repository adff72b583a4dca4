"""Stands for the command palette, which is imported and made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.ui.palette.items import Background, Items
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.ui.palette.panel import CommandPalette


class PaletteDoor:
    """Opens and closes the palette of ``host``.

    ``commands`` are asked for at each opening, on the window's thread; what takes a look at the
    disk is added with :meth:`offer`.
    """

    def __init__(self, theme: Theme, host: QWidget, commands: Callable[[], Items]) -> None:
        self._theme = theme
        self._host = host
        self._commands = commands
        self._offers: list[tuple[Callable[[], Items], Background | None]] = []
        self._made: CommandPalette | None = None

    def offer(self, more: Callable[[], Items], background: Background | None = None) -> None:
        """Offer these items too, asked for at each opening; by ``background``, if that is given."""
        self._offers.append((more, background))

    def toggle(self) -> None:
        """Open the palette, or close it when it is open."""
        self.palette().toggle()

    def palette(self) -> CommandPalette:
        """Return the palette."""
        if self._made is None:
            from studio.ui.palette.panel import CommandPalette  # the window stands without it

            self._made = CommandPalette(self._theme, self._host, self._commands, self._offers)
        return self._made
