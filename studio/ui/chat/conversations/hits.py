"""Opens a chat at the message in which a search has found something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer

from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.chat.conversations.query import parse_query

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.chat.store import ConversationStore
    from studio.chat.tree import ConversationTree
    from studio.ui.chat.messages.entry import Entry
    from studio.ui.chat.work_area import WorkArea


class HitOpener(QObject):
    """Brings the branch that has the message on show, then marks the words and goes to them.

    Args:
        open_chat: shows another conversation, from its end.
        show_again: shows the one on show again, after another branch was chosen.
        shown: the id of the conversation on show.
        running: the id of the one in which a reply is being written.
    """

    def __init__(
        self,
        chats: ConversationList,
        store: ConversationStore,
        tree: Callable[[], ConversationTree],
        work: WorkArea,
        open_chat: Callable[[str], object],
        show_again: Callable[[str], object],
        shown: Callable[[], str],
        running: Callable[[], str | None],
    ) -> None:
        super().__init__(chats)
        self._chats = chats
        self._store = store
        self._tree = tree
        self._work = work
        self._open_chat = open_chat
        self._show_again = show_again
        self._shown = shown
        self._running = running
        self._shown_words = ""
        self._way: Iterator[None] = iter(())
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)
        chats.message_chosen.connect(self.open)
        chats.search.searched.connect(self._on_searched)

    def open(self, conversation_id: str, message_id: str) -> None:
        """Show a conversation at one of its messages."""
        words, terms = parse_query(self._chats.search.text()).words, self._chats.found_terms()
        try:
            turned = self._brought_on_show(conversation_id, message_id)
            if self._shown() != conversation_id:
                self._open_chat(conversation_id)
            elif turned:
                self._show_again(conversation_id)
        except StudioError as error:  # such as that it was deleted meanwhile
            self._work.banner.show_error(error)
            return
        entry = self._work.transcript.entry_of(message_id)
        if entry is not None:
            self._way = self._walk_to(entry, words, terms)
            self._next.start()

    def _brought_on_show(self, conversation_id: str, message_id: str) -> bool:
        """Have the branch with the message be the one on show; return whether it was not."""
        branch = self._store.branch(conversation_id)
        if any(message.id == message_id for message in branch):
            return False
        if self._running() == conversation_id:  # its reply would be on a branch that is not shown
            self._work.banner.say(
                tr("This is in another version of the chat."),
                tr("Open it once the reply is finished."),
            )
            return False
        self._tree().show(message_id)
        return True

    def _go_on(self) -> None:
        try:
            next(self._way)
        except StopIteration:
            self._next.stop()

    def _walk_to(self, entry: Entry, words: str, terms: str) -> Iterator[None]:
        """Show the message, then the first of the words in it; they may only be in an address."""
        while entry.prepare():
            yield
        transcript = self._work.transcript
        if entry in transcript.entries and entry.rows:
            transcript.reveal(entry, entry.rows[0], _top)
            self._shown_words = words
            transcript.find_bar().show_found(words, terms, entry)

    def _on_searched(self, text: str) -> None:
        """Take the marks away when something else, or nothing, is searched for."""
        words = parse_query(text).words
        if self._shown_words and words != self._shown_words:
            self._work.transcript.find_bar().end_found(self._shown_words)
            self._shown_words = ""


def _top(view: QWidget) -> QRect:
    return QRect(0, 0, view.width(), 1)
