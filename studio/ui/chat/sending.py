"""Takes what is in the composer on its way, and brings it back when it could not be stored."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from studio.chat.conversation import Conversation
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.ui.chat.choices import Choices
from studio.ui.chat.conversation_rows import title_of
from studio.ui.chat.draft import Draft
from studio.ui.chat.turns import Turns
from studio.ui.chat.work_area import WorkArea


@dataclass(frozen=True, slots=True)
class _Sent:
    """A message that is not yet stored; ``opens`` its conversation, which was made for it."""

    conversation_id: str
    text: str
    opens: bool


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
        self._returned: dict[str, str] = {}
        turns.started.connect(self._on_started)
        turns.unplaced.connect(self._on_unplaced)

    def send(self, conversation: Conversation | None, text: str) -> Conversation | None:
        """Send a message; return its conversation, made for it if there was none.

        What cannot be sent stays in the composer, with the reason in the banner.
        """
        self._banner.hide()
        opens = conversation is None
        try:
            conversation = conversation or self._made()
            self._store.set_draft(conversation.id, text)  # until it is stored as a question
        except StudioError as error:
            self._banner.show_error(error)
            return self._kept(conversation, opens)
        self._sent = _Sent(conversation.id, text, opens)
        if not self._turns.send(conversation.id, text):
            self._sent = None
            return self._kept(conversation, opens)
        self._composer.clear()
        self._draft.belongs_to(conversation.id)
        self._composer.set_running(True)
        return conversation

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

    def give_back(self) -> None:
        """Show again what came back to the conversation on show while another one was."""
        if (text := self._returned.pop(self._draft.conversation_id, "")) != "":
            self._put_back(text)

    def _noted(self, was_taken: bool) -> bool:
        if was_taken:
            self._composer.set_running(True)
        return was_taken

    def _made(self) -> Conversation:
        return self._store.create(model=self._choices.model, preset=self._choices.new_preset)

    def _on_started(self, conversation_id: str) -> None:
        """Let go of a message that is stored now."""
        sent, self._sent = self._sent, None
        if sent is None or self._draft.conversation_id != conversation_id:
            return
        if self._composer.text() == sent.text:  # shown as a draft by looking elsewhere and back
            self._composer.clear()
        self._draft.belongs_to(conversation_id)

    def _on_unplaced(self, conversation_id: str, error: StudioError) -> None:
        sent, self._sent = self._sent, None
        is_shown = conversation_id == self._draft.conversation_id
        if sent is not None and is_shown:
            self._put_back(sent.text)
            if sent.opens and self._discarded(conversation_id):
                self._draft.belongs_to("")
                self.withdrawn.emit()
        elif sent is not None:
            self._returned[conversation_id] = sent.text
        self._banner.show_error(error if is_shown else self._elsewhere(conversation_id, error))

    def _put_back(self, text: str) -> None:
        """Put a message before what was written since."""
        written = self._composer.text()
        if not written.startswith(text):
            self._composer.set_text(f"{text}\n\n{written}" if written.strip() else text)

    def _kept(self, conversation: Conversation | None, opens: bool) -> Conversation | None:
        if conversation is None or (opens and self._discarded(conversation.id)):
            return None
        self._draft.belongs_to(conversation.id)
        return conversation

    def _discarded(self, conversation_id: str) -> bool:
        """Take away a conversation without a message; return whether it is gone."""
        try:
            self._store.discard_if_empty(conversation_id)
        except StudioError:  # told already: it is why the message could not be stored
            return False
        return True

    def _elsewhere(self, conversation_id: str, error: StudioError) -> StudioError:
        """Return a failure with the name of the chat that it is about, which is not on show."""
        try:
            title = title_of(self._store.get(conversation_id))
        except StudioError:  # it was deleted meanwhile; what went wrong is worth telling still
            return error
        what = f"In “{title}”: {error.what}"
        hint = f"{error.hint} What you wrote is kept there."
        return StudioError(error.code, what, hint, error.details)
