"""Sees to it that no reply ends unnoticed: a dot in the list, and a word through the system."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from studio.chat.turn import TurnEvent, TurnFailed, TurnFinished, TurnStarted
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.conversations.rows import title_of

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation, Message
    from studio.chat.presets.preset_file import Preset
    from studio.chat.store import ConversationStore
    from studio.chat.unseen import Unseen
    from studio.ui.chat.tab import ChatTab

_T = TypeVar("_T")
LONG_S = 10.0
_MOST_WORDS = 160

_log = logging.getLogger(__name__)


class Teller(Protocol):
    """Shows notifications of the system."""

    def tell(self, title: str, words: str, act: Callable[[], object], /) -> None:
        """Show one; a click runs ``act``."""

    def clear(self) -> None:
        """Take away what is told no longer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person's settings say, asked whenever it matters."""

    notify: Callable[[], bool]
    words: Callable[[], bool]


def is_in_front() -> bool:
    """Tell whether the person is at this program."""
    return QApplication.activeWindow() is not None


class Attention(QObject):
    """Follows every turn. What ended while nobody looked keeps a dot until it is looked at.

    Args:
        open_chat: brings the window with a conversation to the front.
        in_front: whether the person is at this program.
        now: seconds on a clock that only goes forward.
    """

    def __init__(
        self,
        tab: ChatTab,
        store: ConversationStore,
        unseen: Unseen,
        wanted: Wanted,
        open_chat: Callable[[str], object],
        teller: Teller,
        in_front: Callable[[], bool] = is_in_front,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(tab)
        self._tab = tab
        self._store = store
        self._unseen = unseen
        self._wanted = wanted
        self._open_chat = open_chat
        self._teller = teller
        self._in_front = in_front
        self._now = now
        self._began: dict[str, float] = {}
        self._marked = self._try(unseen.ids) or set()
        tab.list.list.rows.set_unseen(self._marked)
        tab.choices.shown.append(self._on_shown)

    def on_turn(self, event: TurnEvent) -> None:
        """Take note of what becomes of a turn."""
        if isinstance(event, TurnStarted):
            self._began[event.conversation_id] = self._now()
        elif isinstance(event, TurnFinished | TurnFailed):
            took = self._now() - self._began.pop(event.conversation_id, self._now())
            if event.reply is not None and event.reply.status != "cancelled":
                self._on_ended(event.conversation_id, event.reply, took)

    def look(self) -> None:
        """Note that the person is back and sees the chat on show."""
        self._teller.clear()
        if self._sees(self._tab.conversation_id):
            self._clear(self._tab.conversation_id)

    def _on_ended(self, key: str, reply: Message, took: float) -> None:
        if self._sees(key):
            return
        self._try(lambda: self._unseen.add(key))
        self._show(self._marked | {key})
        if took >= LONG_S and not self._in_front() and self._wanted.notify():
            conversation = self._try(lambda: self._store.get(key))
            if conversation is not None:
                self._tell(conversation, reply)

    def _tell(self, conversation: Conversation, reply: Message) -> None:
        words = tr("The reply is finished.")
        if reply.status != "finished":
            words = tr("The reply could not be finished.")
        elif self._wanted.words() and (said := _first_words(reply.content)):
            words = said
        key = conversation.id
        self._teller.tell(title_of(conversation), words, lambda: self._open(key))

    def _open(self, key: str) -> None:
        try:
            self._open_chat(key)
        except StudioError as error:  # such as that it was deleted for good meanwhile
            self._tab.work.banner.show_error(error)
        self._clear(key)

    def _sees(self, key: str) -> bool:
        is_shown = self._tab.isVisible() and self._tab.conversation_id == key
        return is_shown and self._in_front()

    def _on_shown(self, conversation: Conversation | None, _preset: Preset) -> None:
        if conversation is not None and self._sees(conversation.id):
            self._clear(conversation.id)

    def _clear(self, key: str) -> None:
        if key in self._marked:
            self._try(lambda: self._unseen.remove(key))
            self._show(self._marked - {key})

    def _show(self, marked: set[str]) -> None:
        self._marked = marked
        self._tab.list.list.rows.set_unseen(marked)

    def _try(self, act: Callable[[], _T]) -> _T | None:
        """Do what only a dot depends on: a disk that refuses is told by what matters more."""
        try:
            return act()
        except StudioError as error:
            _log.info("a mark for a reply that is not seen: %s", error)
            return None


def _first_words(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MOST_WORDS else f"{plain[: _MOST_WORDS - 1]}…"
