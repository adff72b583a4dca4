"""Has the chat on show take up what another program has written in it, such as the terminal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studio.errors import StudioError
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.conversation import Message
    from studio.chat.store import ConversationStore
    from studio.chat.tree import ConversationTree, Place
    from studio.ui.chat.tab import ChatTab

_AGAIN_MS = 3_000
_STATE = """
SELECT id, status, length(content), length(reasoning) FROM chat_messages WHERE conversation_id = ?
"""
_END = "SELECT leaf_id FROM chat_conversations WHERE id = ?"
_Shown = tuple[tuple[str, str, int, int], ...]


class TakingUp(QObject):
    """Looks when it is told to, which costs the window nothing: all is read in the background.

    Nothing is taken up while a reply is being written here, nor what was read before something
    else came on show; it is looked for again then.

    Args:
        is_busy: whether a reply is being written here.
        background: runs work off the window's thread.
    """

    def __init__(
        self,
        tab: ChatTab,
        store: ConversationStore,
        tree: Callable[[], ConversationTree],
        is_busy: Callable[[], bool],
        background: Callable[[Callable[[], None]], object],
    ) -> None:
        super().__init__(tab)
        self._tab = tab
        self._store = store
        self._tree = tree
        self._is_busy = is_busy
        self._background = background
        self._is_looking = False
        self._known: tuple[str, int] | None = None
        relay = Relay(self)
        self._tell_read = relay.wrap(self._on_read)
        self._tell_same = relay.wrap(self._on_same)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.look)

    def look(self) -> None:
        """Read the conversation on show, if anything in it has changed since the last look."""
        key = self._tab.conversation_id
        if not key or not self._tab.work.has_transcript:
            return
        if self._is_looking or self._is_busy():
            self._again.start()
            return
        self._is_looking = True
        shown, known = self._shown(), self._known
        self._background(lambda: self._read(key, shown, known))

    def _read(self, key: str, shown: _Shown, known: tuple[str, int] | None) -> None:
        """Read it, in the background, and tell the window."""
        try:
            with self._store.database.reading() as connection:
                state = hash((*connection.execute(_END, [key]), *connection.execute(_STATE, [key])))
                if (key, state) == known:
                    self._tell_same()
                    return
                branch, places = self._store.branch(key), self._tree().places(key)
        except (StudioError, sqlite3.Error):  # told by whoever needs more than a look
            self._tell_same()
        else:
            self._tell_read(key, state, shown, branch, places)

    def _on_same(self) -> None:
        self._is_looking = False

    def _on_read(
        self,
        key: str,
        state: int,
        shown: _Shown,
        branch: Sequence[Message],
        places: Mapping[str, Place],
    ) -> None:
        self._is_looking = False
        if key != self._tab.conversation_id:
            return
        if not self._is_busy() and shown == self._shown() and self._took(branch, places):
            self._known = (key, state)
        else:
            self._again.start()

    def _took(self, branch: Sequence[Message], places: Mapping[str, Place]) -> bool:
        """Bring on show what is new, if anything is; tell whether that could be done."""
        transcript, turns = self._tab.transcript, self._tab.turns
        now = turns.live.freshened(branch)
        before = [entry.message for entry in transcript.entries]
        is_new = [*map(_said, now)] != [*map(_said, before)]
        transcript.set_places(places)
        if is_new and not transcript.take_up(now):
            return False
        if is_new:
            turns.note_shown({message.id for message in now})
            self._tab.work.show_branch_or_welcome(has_messages=bool(now))
            self._tab.draft.count_soon()
        else:
            transcript.lay_out()
        return True

    def _shown(self) -> _Shown:
        messages = (entry.message for entry in self._tab.transcript.entries)
        return tuple((m.id, m.status, len(m.content), len(m.reasoning)) for m in messages)


def _said(message: Message) -> tuple[str, ...]:
    """Return what is seen of a message; its recipe is completed later, such as by a file's hash."""
    return (message.id, message.status, message.stop, message.content, message.reasoning)
