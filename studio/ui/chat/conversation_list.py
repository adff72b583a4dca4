"""The left side of the Chat room: search, a new chat, and every conversation by day."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.chat.conversation import Conversation
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.ui.chat.conversation_days import local_now
from studio.ui.chat.conversation_rows import ConversationRows, title_of
from studio.ui.chat.conversation_view import ConversationView
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.search_field import SearchField
from studio.ui.widgets.trash_pane import TrashEntry

_AGEING_MS = 60_000
_LEAST = 240
Result = TypeVar("Result")


class ConversationList(QWidget):
    """Lists the store's conversations and lets the person find, open, rename and remove them.

    ``chosen`` carries the id of a conversation to show; ``trashed`` the id and the title of one
    that is in the trash now. ``listed`` comes after each reading, ``trash_requested`` asks for what
    is in the trash. ``now`` tells the time, with its zone. Without ``load`` it stays empty until
    its first :meth:`refresh`.
    """

    chosen = Signal(str)
    new_requested = Signal()
    trashed = Signal(str, str)
    listed = Signal()
    trash_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        store: ConversationStore,
        now: Callable[[], datetime] = local_now,
        load: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName("conversation_pane")
        self.setAccessibleName("Chats")
        self.setMinimumWidth(_LEAST)
        self._theme = theme
        self._store = store
        self._now = now
        self._failed_at = ""
        self._also: tuple[str, Collection[str]] = ("", ())
        self._is_due = False
        self._listed_on: date | None = None
        self._rows = ConversationRows(self._rename, now)
        self._rows.setParent(self)
        self.search = SearchField(theme, "Search chats", "Ctrl+K")
        self.list = ConversationView(theme, self._rows)
        self.banner = Banner(theme)
        self._again = Button(theme, "Try again", icon="refresh-cw", name="list_again")
        self._again.on_click(self.refresh)
        self._again.hide()
        self._nothing = label("", "muted", wrap=True)
        self._nothing.setObjectName("no_conversations")
        self.trash = TrashEntry(theme, "Trash", "open_trash")
        self._later = QTimer(self, singleShot=True, interval=0)
        self._ageing = QTimer(self, interval=_AGEING_MS)
        self._lay_out()
        self._connect()
        if load:
            self.refresh()

    def focus_search(self) -> None:
        """Begin a search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def refresh(self) -> None:
        """Read the list again; cursor, open conversation and place on the page stay.

        While a title is being edited, this waits until that has ended.
        """
        self._is_due = self.list.is_renaming
        if self._is_due:
            return
        words = self.search.text().strip()
        also = self._also[1] if self._also[0] == words else ()
        found = self._tried("list", lambda: self._store.list(matching=words, also=also))
        if found is not None:
            self._show(found)
            self.listed.emit()

    def show_also(self, words: str, ids: Collection[str]) -> None:
        """Show these chats too, for as long as just these words are searched for."""
        self._also = (words, ids)
        self.refresh()

    def select(self, conversation_id: str | None) -> None:
        """Mark the conversation that is on show and bring it into view; ``None`` marks none."""
        self._rows.set_open(conversation_id)
        self.list.setCurrentIndex(self._rows.index_of(conversation_id))

    def mark_running(self, conversation_id: str | None) -> None:
        """Mark the conversation in which a reply is being written; ``None`` marks none."""
        self._rows.set_running(conversation_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the times on show grow older."""
        super().showEvent(event)
        self._grow_older()
        self._ageing.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the times rest while nobody sees them."""
        super().hideEvent(event)
        self._ageing.stop()

    def _lay_out(self) -> None:
        new = Button(self._theme, "New chat", icon="plus", name="new_chat")
        keys = QKeySequence("Ctrl+N").toString(QKeySequence.SequenceFormat.NativeText)
        new.setToolTip(f"New chat  ({keys})")
        new.on_click(self.new_requested.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[3], SPACE[2], SPACE[2])
        column.setSpacing(SPACE[1])
        for widget in (self.search, new, self.banner, self._again, self._nothing):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.trash)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _words: self.refresh())
        self.search.left.connect(self._on_search_left)
        self.list.opened.connect(self._on_opened)
        self.trash.on_click(self.trash_requested.emit)
        self.list.removal_requested.connect(self._on_removal_requested)
        self.list.renaming_ended.connect(self._later.start)
        self._later.timeout.connect(self._on_renaming_ended)
        self._ageing.timeout.connect(self._grow_older)

    def _show(self, conversations: list[Conversation]) -> None:
        current = self.list.conversation()
        row = self.list.currentIndex().row()
        place = self.list.verticalScrollBar().value()
        self._listed_on = self._now().date()
        if self._rows.set_conversations(conversations):
            self.list.doItemsLayout()
            if current is not None:
                self._put_cursor(self._kept(current.id, row))
            self.list.verticalScrollBar().setValue(place)
        self._tell_nothing(bool(conversations))

    def _kept(self, conversation_id: str, row: int) -> QModelIndex:
        """Return where the cursor goes: to its conversation, or to the one now in its place."""
        found = self._rows.index_of(conversation_id)
        if found.isValid():
            return found
        row = min(row, self._rows.rowCount() - 1)
        below = self._rows.neighbour(row, 1)
        return below if below.isValid() else self._rows.neighbour(row, -1)

    def _put_cursor(self, index: QModelIndex) -> None:
        """Move the cursor without scrolling to it."""
        automatic = self.list.hasAutoScroll()
        self.list.setAutoScroll(False)
        self.list.setCurrentIndex(index)
        self.list.setAutoScroll(automatic)

    def _tell_nothing(self, is_any: bool) -> None:
        self._nothing.setText(_nothing(self.search.text().strip()))
        self._nothing.setVisible(not is_any)

    def _grow_older(self) -> None:
        if self._listed_on not in (None, self._now().date()):
            self.refresh()
        self.list.viewport().update()

    def _rename(self, conversation_id: str, title: str) -> Conversation | None:
        return self._tried("rename", lambda: self._store.rename(conversation_id, title))

    def _on_opened(self, conversation_id: str) -> None:
        self._rows.set_open(conversation_id)
        self.chosen.emit(conversation_id)

    def _on_removal_requested(self, conversation: Conversation) -> None:
        if not self._tried("trash", lambda: self._trash(conversation.id)):
            return
        if self._rows.open_id == conversation.id:
            self._rows.set_open(None)
        self.refresh()
        self.trashed.emit(conversation.id, title_of(conversation))

    def _trash(self, conversation_id: str) -> bool:
        self._store.trash(conversation_id)
        return True

    def _on_search_left(self) -> None:
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._rows.first())
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_renaming_ended(self) -> None:
        if self._is_due:
            self.refresh()

    def _tried(self, what: str, act: Callable[[], Result]) -> Result | None:
        """Return what ``act`` does; a failure is told until the same thing succeeds."""
        try:
            result = act()
        except StudioError as error:
            self._failed_at = what
            self.banner.show_error(error)
            self._again.setVisible(what == "list")
            return None
        if self._failed_at == what:
            self._failed_at = ""
            self.banner.hide()
            self._again.hide()
        return result


def _nothing(words: str) -> str:
    """Return what an empty list says."""
    if words:
        return f"No chat has “{words}” in it. Try fewer letters."
    keys = QKeySequence("Ctrl+N").toString(QKeySequence.SequenceFormat.NativeText)
    return f"Your chats are kept here, the newest on top. {keys} begins one."
