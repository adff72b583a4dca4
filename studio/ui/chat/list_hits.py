"""Opens a chat at the message in which a search has found something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer

from studio.errors import StudioError
from studio.ui.chat.conversation_list import ConversationList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.chat.store import ConversationStore
    from studio.chat.tree import ConversationTree
    from studio.ui.chat.entry import Entry
    from studio.ui.chat.rows import Row
    from studio.ui.chat.work_area import WorkArea


class HitOpener(QObject):
    """Brings the branch that has the message on show, then scrolls to where the words are.

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
        self._way: Iterator[None] = iter(())
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)
        chats.message_chosen.connect(self.open)

    def open(self, conversation_id: str, message_id: str) -> None:
        """Show a conversation at one of its messages."""
        term = self._chats.found_term(conversation_id)
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
            self._way = self._walk_to(entry, term)
            self._next.start()

    def _brought_on_show(self, conversation_id: str, message_id: str) -> bool:
        """Have the branch with the message be the one on show; return whether it was not."""
        branch = self._store.branch(conversation_id)
        if any(message.id == message_id for message in branch):
            return False
        if self._running() == conversation_id:  # its reply would be on a branch that is not shown
            self._work.banner.say(
                "This is in another version of the chat.",
                "Open it once the reply is finished.",
            )
            return False
        self._tree().show(message_id)
        return True

    def _go_on(self) -> None:
        try:
            next(self._way)
        except StopIteration:
            self._next.stop()

    def _walk_to(self, entry: Entry, term: str) -> Iterator[None]:
        """Parse as much as it takes, a slice at a time, and show the row with the words."""
        # With the transcript, which is made after the window stands.
        from studio.ui.chat.find_texts import count_in

        while entry.prepare():
            yield
        if entry.is_person and entry.is_folded:
            entry.unfold()
        found: Row | None = None
        for row in entry.rows:
            if count_in(row.content, term):
                found = row
                break
            yield
        transcript = self._work.transcript
        if entry in transcript.entries and entry.rows:
            transcript.reveal(entry, found or entry.rows[0], _top)


def _top(view: QWidget) -> QRect:
    return QRect(0, 0, view.width(), 1)
