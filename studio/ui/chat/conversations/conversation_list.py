"""The left side of the Chat room: search, a new chat, and every conversation in its section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.chat.conversation import Conversation
from studio.chat.store import ConversationStore
from studio.translation import tr
from studio.ui.chat.conversations.contents import Contents, ListContents
from studio.ui.chat.conversations.cursor import Cursor, put_cursor
from studio.ui.chat.conversations.days import local_now
from studio.ui.chat.conversations.ends import ListFoot, ListHead
from studio.ui.chat.conversations.nothing_listed import NothingListed
from studio.ui.chat.conversations.query import parse_query
from studio.ui.chat.conversations.rows import ConversationRows, title_of
from studio.ui.chat.conversations.trouble import Trouble
from studio.ui.chat.conversations.view import ConversationView
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from studio.chat.search.search import Hit

_AGEING_MS = 60_000
_LEAST = 240


class ConversationList(QWidget):
    """Lists the store's conversations and lets the person find, open, rename and remove them.

    ``chosen`` carries the id of a conversation to show, ``message_chosen`` also that of a message
    in it; ``trashed`` the id and the title of one that is in the trash now. ``listed`` comes after
    each reading, ``trash_requested`` asks for what is in the trash. ``now`` tells the time, with
    its zone. Without ``load`` it stays empty until its first :meth:`refresh`.
    """

    chosen = Signal(str)
    message_chosen = Signal(str, str)
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
        self.setAccessibleName(tr("Chats"))
        self.setMinimumWidth(_LEAST)
        self._theme = theme
        self._store = store
        self._contents = ListContents(store)
        self._now = now
        self._is_due = False
        self._listed_on: date | None = None
        self._rows = ConversationRows(self._rename, now)
        self._rows.setParent(self)
        self.head = ListHead(theme)
        self.search = SearchField(theme, tr("Search chats"), "Ctrl+Shift+F", "search_chats")
        self.list = ConversationView(theme, self._rows)
        self.trouble = Trouble(theme, self.refresh)
        self.banner = self.trouble.banner
        self.nothing = self._nothing = NothingListed()
        self.foot = ListFoot(theme)
        self.trash = self.foot.trash
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

    def search_for(self, text: str) -> None:
        """Search as if this had been typed."""
        self.search.setText(text)
        self.search.searched.emit(text)

    def refresh(self) -> None:
        """Read the list again; cursor, open conversation and place on the page stay.

        While a title is being edited, this waits until that has ended.
        """
        self._is_due = self.list.is_renaming
        if self._is_due:
            return
        query = parse_query(self.search.text())
        contents = self.trouble.tried("list", lambda: self._contents.read(query))
        if contents is not None:
            self._show(contents)
            self._nothing.tell(query.words or query.text, is_any=bool(contents.conversations))
            self.listed.emit()

    def expect_also(self, words: str) -> None:
        """Say of nothing that it is not there before :meth:`show_also` comes for these words."""
        self._nothing.wait_for(words)

    def show_also(self, words: str, hits: Mapping[str, Hit]) -> None:
        """Show these chats too, for as long as just these words are searched for."""
        self._contents.take(words, hits)
        self._nothing.end_waiting(words)
        self.refresh()

    def show_archive(self, is_shown: bool = True) -> None:
        """Show the archived chats in place of the others, or these again."""
        self._contents.shows_archive = is_shown
        self.search.clear()
        self.refresh()
        self.list.setCurrentIndex(self._rows.first())
        self.list.setFocus()

    def turn_folder(self, name: str) -> None:
        """Fold away what is in a folder, or show it again."""
        self._rows.turn_folder(name)
        self.refresh()
        put_cursor(self.list, self._rows.folder_index(name))

    def found_terms(self) -> str:
        """Return what the list answers to, as texts are compared: one term a line."""
        return self._rows.found.terms()

    def select(self, conversation_id: str | None) -> None:
        """Mark the conversation that is on show and bring it into view; ``None`` marks none."""
        self._rows.set_open(conversation_id)
        self.list.go_to(self._rows.index_of(conversation_id))

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
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[3], SPACE[2], SPACE[2])
        column.setSpacing(SPACE[1])
        for widget in (
            self.search,
            self.head,
            self.banner,
            self.trouble.again,
            self._nothing.label,
        ):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _words: self.refresh())
        self.search.left.connect(self._on_search_left)
        self.list.opened.connect(self._on_opened)
        self.list.folder_turned.connect(self.turn_folder)
        self.head.new_requested.connect(self.new_requested)
        self.head.left.connect(lambda: self.show_archive(False))
        self.trash.on_click(self.trash_requested.emit)
        self.foot.archive.on_click(self.show_archive)
        self.list.removal_requested.connect(self._on_removal_requested)
        self.list.renaming_ended.connect(self._later.start)
        self._later.timeout.connect(self._on_renaming_ended)
        self._ageing.timeout.connect(self._grow_older)

    def _show(self, contents: Contents) -> None:
        cursor = Cursor(self.list, self._rows)
        self._listed_on = self._now().date()
        shows_archive = self._contents.shows_archive and contents.found is None
        self.head.show_archive(shows_archive)
        if contents.archived_count is not None:
            self.foot.archive.tell(0 if shows_archive else contents.archived_count)
        if self._rows.set_conversations(
            contents.conversations, contents.found, in_sections=not shows_archive
        ):
            self.list.settle_heights()
            cursor.put_back()

    def _grow_older(self) -> None:
        if self._listed_on not in (None, self._now().date()):
            self.refresh()
        self.list.viewport().update()

    def _rename(self, conversation_id: str, title: str) -> Conversation | None:
        return self.trouble.tried("rename", lambda: self._store.rename(conversation_id, title))

    def _on_opened(self, conversation_id: str) -> None:
        self._rows.set_open(conversation_id)
        if message_id := self._rows.found.message_id(conversation_id):
            self.message_chosen.emit(conversation_id, message_id)
        else:
            self.chosen.emit(conversation_id)

    def _on_removal_requested(self, conversation: Conversation) -> None:
        if not self.trouble.tried("trash", lambda: self._trash(conversation.id)):
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
