"""Takes what is in the composer on its way, and brings it back when it could not be stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from studio.chat.attachments.attachments import Attachments
from studio.chat.conversation import Conversation
from studio.chat.options import Options
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.choices import Choices
from studio.ui.chat.conversations.rows import title_of
from studio.ui.chat.draft import Draft
from studio.ui.chat.elsewhere import Elsewhere
from studio.ui.chat.turns import Turns
from studio.ui.chat.work_area import WorkArea

if TYPE_CHECKING:
    from studio.chat.queue import Queued


@dataclass(frozen=True, slots=True)
class _Sent:
    """A message that is not yet stored; ``opens`` its conversation, which was made for it."""

    conversation_id: str
    opens: bool


class Waits(Protocol):
    """Takes messages while the model is at something else: :mod:`studio.ui.chat.queue.queueing`."""

    def must_wait(self, conversation: Conversation | None) -> bool:
        """Tell whether a message cannot be sent at once."""

    def take(self, conversation: Conversation | None, text: str) -> Conversation | None:
        """Let it wait; return its conversation, made for it if there was none."""


class Sending(QObject):
    """Sends messages. At every moment each is in the composer, a draft, or a stored question.

    ``withdrawn`` tells that the conversation on show is none any more: it was made for a message
    that could not be stored, and that is in the composer again.
    """

    withdrawn = Signal()

    def __init__(
        self,
        work: WorkArea,
        store: ConversationStore,
        draft: Draft,
        choices: Choices,
        turns: Turns,
    ) -> None:
        super().__init__(work)
        self._banner = work.banner
        self._composer = work.composer
        self._store = store
        self._draft = draft
        self._choices = choices
        self._turns = turns
        self._sent: _Sent | None = None
        self._refused_with = ""
        self.waits: Waits | None = None
        Elsewhere(work.composer, store, draft, turns)
        turns.started.connect(self._on_started)
        turns.unplaced.connect(self._on_unplaced)
        turns.saved.connect(self._on_saved)
        turns.use.told.connect(draft.show_use)

    def send(self, conversation: Conversation | None, text: str) -> Conversation | None:
        """Send a message; return its conversation, made for it if there was none.

        What cannot be sent stays in the composer, with the reason in the banner.
        """
        self._banner.hide()
        if (refusal := self._composer.refusal()) is not None:
            self._banner.show_error(refusal)
            return conversation
        if self.waits is not None and self.waits.must_wait(conversation):
            return self.waits.take(conversation, text)
        opens = conversation is None
        try:
            conversation = conversation or self.made()
            self._draft.keep_sent(conversation.id, text)  # until it is stored as a question
        except StudioError as error:
            self._banner.show_error(error)
            return self.kept(conversation, opens=opens)
        self._sent = _Sent(conversation.id, opens)
        if not self._turns.send(conversation.id, text):
            self._sent = None
            return self.kept(conversation, opens=opens)
        self._draft.send_off(conversation.id, text)
        self._composer.set_running(True)
        return conversation

    def send_queued(self, queued: Queued) -> bool:
        """Send a message from the queue; return whether it was taken."""
        turns = self._turns
        return self._noted(turns.send(queued.conversation_id, queued.text, queued=queued.id))

    def send_beside(self, conversation_id: str, text: str, beside: str) -> bool:
        """Ask a question in other words; return whether it was taken."""
        self._banner.hide()
        return self._noted(self._turns.send(conversation_id, text, beside=beside))

    def answer(
        self, conversation_id: str, *, force: bool = False, question_id: str | None = None
    ) -> bool:
        """Ask for another reply to a question, by default the last one on show."""
        self._banner.hide()
        turns = self._turns
        return self._noted(turns.regenerate(conversation_id, force=force, question_id=question_id))

    def go_on(self, conversation_id: str) -> bool:
        """Ask for the last reply to be gone on with."""
        self._banner.hide()
        return self._noted(self._turns.go_on(conversation_id))

    def repeat(self, reply_id: str) -> bool:
        """Ask for a reply to be made again, beside itself."""
        self._banner.hide()
        return self._noted(self._turns.repeat(reply_id))

    def _noted(self, was_taken: bool) -> bool:
        if was_taken:
            self._composer.set_running(True)
        return was_taken

    def made(self) -> Conversation:
        """Return a new conversation with what was chosen for it.

        Raises:
            StudioError: it could not be stored; nothing of it is left.
        """
        choices = self._choices
        made = self._store.create(model=choices.model, preset=choices.new_preset)
        try:
            Attachments(self._store.database).move_waiting("", made.id)
            if choices.options == Options():
                return made
            return self._store.set_options(made.id, choices.options)
        except StudioError:
            self._discarded(made.id)
            raise

    def kept(self, conversation: Conversation | None, *, opens: bool) -> Conversation | None:
        """Return where a message that could not go on its way belongs; ``None`` is a new chat.

        Args:
            opens: the conversation was made for it, and is taken away again.
        """
        if conversation is None or (opens and self._discarded(conversation.id)):
            self._draft.settled.emit()  # its files are those of the new chat again
            return None
        self._draft.move_to(conversation.id)
        return conversation

    def _on_started(self, conversation_id: str) -> None:
        """Let go of a message that is stored now."""
        self._sent = None
        self._draft.let_go(conversation_id)

    def _on_unplaced(self, conversation_id: str, error: StudioError) -> None:
        sent, self._sent = self._sent, None
        is_shown = conversation_id == self._draft.conversation_id
        if sent is not None:
            self._draft.take_back(conversation_id)
            if is_shown and sent.opens and self._discarded(conversation_id):
                self._draft.move_to_new()
                self.withdrawn.emit()
        self._banner.show_error(error if is_shown else self._elsewhere(conversation_id, error))

        self._refused_with = self._banner.text()

    def _on_saved(self, _conversation_id: str) -> None:
        """Take back that a message could not be stored: the disk takes things again."""
        if self._refused_with and self._banner.text() == self._refused_with:
            self._banner.hide()
        self._refused_with = ""

    def _discarded(self, conversation_id: str) -> bool:
        """Take away a conversation without a message; return whether it is gone."""
        try:
            return self._store.discard_if_empty(conversation_id)
        except StudioError:  # told already: it is why the message could not be stored
            return False

    def _elsewhere(self, conversation_id: str, error: StudioError) -> StudioError:
        """Return a failure with the name of the chat that it is about, which is not on show."""
        try:
            title = title_of(self._store.get(conversation_id))
        except StudioError:  # it was deleted meanwhile; what went wrong is worth telling still
            return error
        what = tr("In “{title}”: {problem}", title=title, problem=error.what)
        hint = " ".join((error.hint, tr("What you wrote is kept there.")))
        return StudioError(error.code, what, hint, error.details)
