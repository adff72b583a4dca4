"""Keeps what is half written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.chat.drafts import NEW_CHAT, DraftKey
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.ui.chat.draft_count import DraftCount
from studio.ui.chat.work_area import WorkArea
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.context_use import ContextUse
    from studio.chat.conversation import Conversation
    from studio.chat.session import ChatSession


@dataclass(slots=True)
class _OnTheWay:
    """A message that was sent and is no question yet, and what was written since."""

    conversation_id: str
    text: str
    since: str = ""


class Draft(QObject):
    """The text in the composer, on behalf of the conversation on show.

    Each change of it is given to the drafts of the store, which write it soon after. Until
    :meth:`load`, nothing is read, and what is written in a new chat is held here alone. What it
    fills of the context is counted too.
    ``failed`` carries a StudioError when it could not be kept or counted; ``settled`` tells that
    another message is in the composer now, or that of another conversation.
    """

    failed = Signal(object)
    settled = Signal()

    def __init__(
        self,
        work: WorkArea,
        store: ConversationStore,
        session: Callable[[], ChatSession],
        unmade: Callable[[], Conversation | None],
    ) -> None:
        super().__init__(work)
        self._composer = composer = work.composer
        self._drafts = store.drafts
        self._relay = Relay(self)
        self._conversation = ""
        self._known = ""
        self._early = ""
        self._is_loaded = False
        self._on_the_way: _OnTheWay | None = None
        self._drafts.observe(self._relay.wrap(self.failed.emit))
        self._counting = DraftCount(work, session, unmade, lambda: self._conversation)
        self._counting.failed.connect(self.failed)
        composer.edited.connect(self._on_edited)

    def load(self) -> None:
        """Bring back what an earlier run has left in the new chat, before what is there now."""
        if self._is_loaded:
            return
        try:
            text = _joined(self._drafts.text(NEW_CHAT) or "", self._early)
        except StudioError as error:
            self.failed.emit(error)
            return
        self._is_loaded = True
        if self._early:
            self._drafts.note(NEW_CHAT, text)
            self._early = ""
        if not self._conversation and text != self._composer.text():
            self._put(text)

    def show(self, conversation_id: str) -> None:
        """Show what is half written in a conversation, or with an empty id in a new one.

        Raises:
            StudioError: it cannot be read; the text before is still on show, and kept.
        """
        text = self._text_of(conversation_id)
        self._conversation = conversation_id
        self._put(text)
        self.settled.emit()

    @property
    def conversation_id(self) -> str:
        """The conversation on whose behalf the text is kept; empty before its first message."""
        return self._conversation

    def keep(self) -> bool:
        """Keep the text now; return whether the store has it."""
        if self._early:
            self.load()
        try:
            self._drafts.flush()
        except StudioError as error:
            self.failed.emit(error)
            return False
        return True

    def keep_sent(self, conversation_id: str, text: str) -> None:
        """Keep a message that is about to be sent as the draft of its conversation.

        Raises:
            StudioError: it could not be kept.
        """
        self._drafts.keep(DraftKey(conversation_id), text)

    def send_off(self, conversation_id: str, text: str) -> None:
        """Let the composer be empty, since its text is on its way to become a question."""
        self._on_the_way = _OnTheWay(conversation_id, text)
        self._belong_to(conversation_id)
        self._put("")  # not noted: the message is the draft until it is a question

    def let_go(self, conversation_id: str) -> None:
        """Forget the message that was on its way: it is a question now."""
        sent = self._taken(conversation_id)
        if sent is None:
            return
        is_shown = conversation_id == self._conversation
        rest = _without(sent.text, self._composer.text() if is_shown else sent.since)
        if rest or sent.since:  # storing the question has emptied the draft
            self._drafts.note(DraftKey(conversation_id), rest)
        if is_shown and rest != self._composer.text():
            self._put(rest)
        self.settled.emit()

    def take_back(self, conversation_id: str) -> None:
        """Put the message that was on its way before what was written since."""
        sent = self._taken(conversation_id)
        if sent is not None and conversation_id == self._conversation:
            self._show_and_note(_joined(sent.text, self._composer.text()))
        self.settled.emit()

    def move_to(self, conversation_id: str) -> None:
        """Say which conversation the text on show is part of from now on."""
        if conversation_id != self._conversation:
            self._belong_to(conversation_id)
            self._drafts.note(DraftKey(conversation_id), self._composer.text())
        self.settled.emit()

    def move_to_new(self) -> None:
        """Say that the conversation on show is none any more: its text begins a new chat."""
        try:
            waiting = self._text_of("")
        except StudioError as error:
            self.failed.emit(error)
            waiting = ""
        self._conversation = ""
        self._show_and_note(_joined(self._composer.text(), waiting))
        self.settled.emit()

    def show_use(self, conversation_id: str, use: ContextUse) -> None:
        """Show how full the context is while a reply is written, if that is on show."""
        if conversation_id == self._conversation:
            self._counting.show_while_written(use)

    def count_soon(self) -> None:
        """Count the context anew in a moment."""
        self._counting.soon()

    def _on_edited(self, text: str) -> None:
        if text != self._known:
            self._note(text)

    def _note(self, text: str) -> None:
        self._known = text
        sent = self._on_the_way
        if not self._conversation and not self._is_loaded:
            self._early = text  # noted with what is there already, once that is known
            return
        if sent is not None and sent.conversation_id == self._conversation:
            sent.since = text
            text = _joined(sent.text, text)
        self._drafts.note(DraftKey(self._conversation), text)

    def _show_and_note(self, text: str) -> None:
        self._put(text)
        self._note(text)

    def _put(self, text: str) -> None:
        """Show a text that is kept already."""
        self._known = text
        self._composer.set_text(text)

    def _text_of(self, conversation_id: str) -> str:
        if not conversation_id and not self._is_loaded:
            return self._early
        return self._drafts.text(DraftKey(conversation_id)) or ""

    def _belong_to(self, conversation_id: str) -> None:
        """Let the text on show be part of a conversation, and of a new chat no more."""
        if not self._conversation:
            self._early = ""
            if self._is_loaded:
                self._drafts.note(NEW_CHAT, None)
            self._counting.move_to(conversation_id)
        self._conversation = conversation_id

    def _taken(self, conversation_id: str) -> _OnTheWay | None:
        sent = self._on_the_way
        if sent is None or sent.conversation_id != conversation_id:
            return None
        self._on_the_way = None
        return sent


def _joined(first: str, second: str) -> str:
    """Return one text before another, or one of them if the other is in it or has no words."""
    if not second.strip() or first == second:
        return first or second
    if not first or second.startswith(f"{first}\n\n"):
        return second
    return f"{first}\n\n{second}"


def _without(first: str, whole: str) -> str:
    """Return what remains of a text without the one before it, if that is how it begins."""
    return "" if whole == first else whole.removeprefix(f"{first}\n\n")
