"""Leads from the composer to the shape of replies, and shows the one in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.chat.shape import Shape, own_shape, shape_of, with_shape
from studio.ui.chat.choices import Background
from studio.ui.chat.own_options import OwnOptions
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.presets.preset_file import Preset
    from studio.ui.chat.shape.dialog import ShapeDialog
    from studio.ui.chat.work_area import WorkArea


class ShapeDoor(QObject):
    """Shows in the composer what the next reply is held to, and opens the window that changes it.

    ``background`` runs the check of a schema off the window's thread.
    """

    def __init__(
        self, theme: Theme, work: WorkArea, own: OwnOptions, background: Background | None
    ) -> None:
        super().__init__(work)
        self._theme = theme
        self._work = work
        self._own = own
        self._background = background
        self._preset = Shape()
        self.dialog: ShapeDialog | None = None
        work.composer.shape.on_click(self.open)
        own.shown.connect(self._on_shown)

    def open(self) -> None:
        """Open the window at the conversation on show, or at the one that is begun."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        from studio.ui.chat.shape.dialog import ShapeDialog  # the window's start need not wait

        key = self._own.conversation_id
        self.dialog = ShapeDialog(
            self._theme,
            self._work.window(),
            own_shape(self._own.now()),
            self._preset,
            lambda shape: self._keep(key, shape),
            self._background,
        )
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _keep(self, key: str, shape: Shape | None) -> None:
        """Keep a shape; that it cannot be kept is told where it was written, which stays open."""
        self._own.keep(key, with_shape(self._own.of(key), shape))
        self._show()

    def _on_shown(self, preset: Preset) -> None:
        self._preset = shape_of(preset.sampling)
        self._show()

    def _show(self) -> None:
        own = own_shape(self._own.now())
        self._work.composer.shape.show_shape(self._preset if own is None else own)

    def _on_closed(self) -> None:
        self.dialog = None
