"""Leads from the composer to the shape of replies, and keeps what is chosen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.chat.options import Options
from studio.chat.shape import Shape, own_shape, shape_of, with_shape
from studio.ui.chat.choices import Background, Choices
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation
    from studio.chat.preset_file import Preset
    from studio.chat.store import ConversationStore
    from studio.ui.chat.shape_dialog import ShapeDialog
    from studio.ui.chat.work_area import WorkArea


class ShapeDoor(QObject):
    """Shows in the composer what the next reply is held to, and opens the window that changes it.

    ``background`` runs the check of a schema off the window's thread.
    """

    def __init__(
        self,
        theme: Theme,
        work: WorkArea,
        store: ConversationStore,
        choices: Choices,
        background: Background | None,
    ) -> None:
        super().__init__(work)
        self._theme = theme
        self._work = work
        self._store = store
        self._choices = choices
        self._background = background
        self._conversation_id = ""
        self._preset = Shape()
        self.dialog: ShapeDialog | None = None
        work.composer.shape.on_click(self.open)
        choices.shown.append(self._on_shown)

    def open(self) -> None:
        """Open the window at the conversation on show, or at the one that is begun."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        from studio.ui.chat.shape_dialog import ShapeDialog  # the window's start need not wait

        key = self._conversation_id
        self.dialog = ShapeDialog(
            self._theme,
            self._work.window(),
            own_shape(self._options(key)),
            self._preset,
            lambda shape: self._keep(key, shape),
            self._background,
        )
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _keep(self, key: str, shape: Shape | None) -> None:
        options = with_shape(self._options(key), shape)
        if key:
            self._store.set_options(key, options)
        else:
            self._choices.options = options
        self._show()

    def _options(self, key: str) -> Options:
        # What is on show may be older than what is stored.
        return self._store.get(key).options if key else self._choices.options

    def _on_shown(self, conversation: Conversation | None, preset: Preset) -> None:
        self._conversation_id = conversation.id if conversation else ""
        self._preset = shape_of(preset.sampling)
        if conversation is not None:
            self._choices.options = Options()  # those of a new chat begin with it
        self._show()

    def _show(self) -> None:
        own = own_shape(self._options(self._conversation_id))
        self._work.composer.shape.show_shape(self._preset if own is None else own)

    def _on_closed(self) -> None:
        self.dialog = None
