"""Composition of the window of temporary chats, made when the first one is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.equipment import Equipment, fit_out
from studio.errors import StudioError
from studio.temporary import TemporaryParts
from studio.translation import tr
from studio.ui.chat.choices import Wishes
from studio.ui.chat.tab import ChatTab
from studio.ui.temporary_frame import TemporaryFrame

if TYPE_CHECKING:
    from studio.assembly import Parts
    from studio.ui.theme import Theme
    from studio.ui.window import MainWindow


class TemporaryChats:
    """Opens the window, and forgets all that was in it when it is closed.

    Args:
        main: the window whose chats last; ``chats`` is the room in it.
        wishes: as for the room.
    """

    def __init__(
        self, theme: Theme, parts: Parts, main: MainWindow, chats: ChatTab, wishes: Wishes
    ) -> None:
        self._theme = theme
        self._lasting = parts
        self._main = main
        self._chats = chats
        self._wishes = wishes
        self.parts: TemporaryParts | None = None
        self.frame: TemporaryFrame | None = None
        self.tab: ChatTab | None = None
        self._equipment: Equipment | None = None

    def open(self) -> None:
        """Begin a temporary chat, in the window that is there or in a new one."""
        if self.frame is None or self.tab is None:
            self._build()
        else:
            self.tab.begin_new()
        if self.frame is not None:
            if self.frame.isVisible():
                self.frame.raise_()
            self.frame.show()
            self.frame.activateWindow()
        if self.tab is not None:
            self.tab.composer.focus_text()

    def close(self) -> None:
        """Close the window, if it is open."""
        if self.frame is not None:
            self.frame.close()

    def keep(self) -> None:
        """Put the chat on show among those that last, and show it there."""
        parts, tab, frame = self.parts, self.tab, self.frame
        if parts is None or tab is None or frame is None or not tab.conversation_id:
            return
        key = tab.conversation_id
        try:
            parts.keep(key)
            tab.begin_new()
            parts.conversations.trash(key)
            parts.conversations.purge(key)
        except StudioError as error:
            tab.work.banner.show_error(error)
            return
        tab.list.refresh()
        self._chats.list.refresh()
        self._main.open_room("chat")
        self._chats.open(key)
        self._main.raise_and_focus()
        self._main.toasts.show_words(tr("Kept. It is among your chats now."))

    def _build(self) -> None:
        parts = TemporaryParts(self._lasting)
        frame = TemporaryFrame(self._theme)
        tab = ChatTab(
            self._theme,
            parts.conversations,
            lambda: parts.session,
            lambda: parts.presets,
            lambda: parts.shelf.list(),
            self._wishes,
            frame.toasts,
            lambda: parts.tree,
            background=parts.background,
        )
        tab.explain.know_files(lambda: parts.file_hashes)
        tab.models_requested.connect(self._chats.models_requested)
        tab.starter_requested.connect(self._chats.starter_requested)
        for wanted in (tab.models_requested, tab.starter_requested):
            wanted.connect(self._main.raise_and_focus)
        frame.activated.connect(tab.load)  # what was added or changed in the other window
        frame.take_in(tab, tab.page_commands())
        frame.keep_wanted.connect(self.keep)
        tab.draft.settled.connect(lambda: frame.set_keepable(bool(tab.draft.conversation_id)))
        tab.turns.started.connect(lambda _key: frame.set_keepable(bool(tab.draft.conversation_id)))
        frame.closed.connect(self._on_closed)
        tab.list.nothing.instead = tr(
            "Temporary chats stand here for as long as this window is open."
        )
        tab.load()
        self.parts, self.frame, self.tab = parts, frame, tab
        self._equipment = fit_out(frame, self._theme, tab, parts)

    def _on_closed(self) -> None:
        parts, equipment = self.parts, self._equipment
        self.parts = self.frame = self.tab = self._equipment = None
        if equipment is not None:
            equipment.queueing.close()
        if parts is not None:
            parts.close()
