"""Lets the Chat room change presets and insert prompts; attached to it from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from studio.ui.chat.composer.field import Field, MessageEditor
from studio.ui.chat.composer.pickers import PresetPicker
from studio.ui.chat.slash.insert import SlashInsert
from studio.ui.relay import Relay
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.presets.keeper import PresetKeeper
    from studio.chat.prompt_templates import PromptTemplate

Background = Callable[[Callable[[], None]], object]
Part = TypeVar("Part", bound=QWidget)


class PresetDoor(QObject):
    """Opens the presets' window from the composer's list, and the prompts with “/”.

    ``presets_changed`` tells that there are others now. Everything but ``room``, which holds the
    composer, is asked for at need only.

    Args:
        models: names of models that a preset can prefer; asked in the background.
    """

    presets_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        room: QWidget,
        keeper: Callable[[], PresetKeeper],
        templates: Callable[[], Sequence[PromptTemplate]],
        models: Callable[[], Sequence[str]],
        background: Background,
    ) -> None:
        super().__init__(room)
        self._theme = theme
        self._room = room
        self._keeper = keeper
        self._models = models
        self._background = background
        self._relay = Relay(self)
        self.editor: QDialog | None = None
        self.slash = SlashInsert(
            theme, _part(room, MessageEditor), _part(room, Field), templates, background
        )
        self._picker = _part(room, PresetPicker)
        self._picker.edit_requested.connect(self.open)

    def open(self) -> None:
        """Open the presets' window at the preset that holds, once the models are known."""
        show = self._relay.wrap(self._show)
        self._background(lambda: show(tuple(self._models()), self._keeper()))

    def _show(self, models: Sequence[str], keeper: PresetKeeper) -> None:
        if self.editor is not None:
            self.editor.raise_()
            return
        from studio.ui.chat.presets.editor import PresetEditor  # the window's start need not wait

        editor = PresetEditor(
            self._theme,
            self._room.window(),
            keeper,
            models,
            self._picker.current_key(),
            self._background,
        )
        editor.presets_changed.connect(self.presets_changed)
        editor.finished.connect(self._on_closed)
        self.editor = editor
        editor.open()

    def _on_closed(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.deleteLater()


def _part(room: QWidget, kind: type[Part]) -> Part:
    found = room.findChild(kind)
    if found is None:
        raise LookupError(f"the room has no {kind.__name__}")
    return found
