"""Carries turns between the session and the page: questions out, events in, wherever one looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.chat.turn import (
    ModelLoading,
    PromptReading,
    ReplyGrew,
    ReplySaved,
    SavingChanged,
    Summarising,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from studio.errors import StudioError
from studio.ui.chat.live import LiveReply
from studio.ui.chat.live_use import LiveUse
from studio.ui.chat.messages.unsaved_words import being_unsaved, kept_open
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.session import ChatSession
    from studio.ui.chat.transcript.transcript import Transcript


class Turns(QObject):
    """Starts turns and shows their events in the transcript while their conversation is on show.

    ``started`` and ``ended`` carry a conversation's id. ``refused`` carries a StudioError because
    of which a turn was not begun; ``unplaced`` one that has no place in the transcript, since
    nothing of the turn could be stored, and the id of its conversation. ``saved`` carries the id of
    one in which a reply was saved that could not be when it ended. ``strayed`` carries the id of a
    message after which a turn goes on, and which is not on show: another program has added it.
    """

    started = Signal(str)
    ended = Signal(str)
    refused = Signal(object)
    unplaced = Signal(str, object)
    saved = Signal(str)
    strayed = Signal(str)

    def __init__(
        self,
        session: Callable[[], ChatSession],
        transcript: Callable[[], Transcript],
        shown: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._transcript = transcript
        self._shown_conversation = shown
        self._relay = Relay(self)
        self._messages: set[str] = set()
        self.live = LiveReply()
        self.use = LiveUse(self)

    @property
    def shown(self) -> str:
        """The conversation on show; empty before its first message."""
        return self._shown_conversation()

    def note_shown(self, message_ids: set[str]) -> None:
        """Note which messages the transcript shows."""
        self._messages = message_ids

    @property
    def is_busy(self) -> bool:
        """Whether the model is at something, here or in another window."""
        return self.running_in is not None

    @property
    def running_in(self) -> str | None:
        """The conversation for which it is."""
        return self._session().running_in

    def send(
        self, conversation_id: str, text: str, *, beside: str | None = None, queued: str = ""
    ) -> bool:
        """Ask what is the draft, one ``beside`` another, or a queued one; tell if it was taken."""
        listener = self._relay.wrap(self._on_event)
        is_draft = not (beside or queued)
        return self._try(
            lambda: self._session().send(
                conversation_id, text, listener, beside=beside, queued=queued, is_draft=is_draft
            )
        )

    def regenerate(
        self, conversation_id: str, *, force: bool = False, question_id: str | None = None
    ) -> bool:
        """Ask for another reply to a question, the last by default; return whether it was taken."""
        listener = self._relay.wrap(self._on_event)
        return self._try(
            lambda: self._session().regenerate(
                conversation_id, listener, force=force, question_id=question_id
            )
        )

    def go_on(self, conversation_id: str) -> bool:
        """Ask for the last reply to be gone on with; return whether that was taken."""
        listener = self._relay.wrap(self._on_event)
        return self._try(lambda: self._session().go_on(conversation_id, listener))

    def repeat(self, reply_id: str) -> bool:
        """Ask for a reply to be made again, beside itself; return whether that was taken."""
        listener = self._relay.wrap(self._on_event)
        return self._try(lambda: self._session().repeat(reply_id, listener))

    def stop(self) -> None:
        """Stop the turn that runs."""
        self._try(lambda: self._session().stop())

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except StudioError as error:
            self.refused.emit(error)
            return False
        return True

    def _on_event(self, event: TurnEvent) -> None:
        if isinstance(event, ReplySaved):
            self._on_saved(event)
            return
        self.use.take(event)
        if isinstance(event, TurnFailed) and event.reply is not None and not event.is_saved:
            event, kept = kept_open(event, event.reply)
            self.live.keep(kept)
        if isinstance(event, TurnStarted):
            self.live.begin(event.reply)
            self.started.emit(event.conversation_id)
        elif isinstance(event, ReplyGrew):
            self.live.grow(event.text, event.reasoning)
        is_shown = event.conversation_id == self._shown_conversation()
        has_begun = self.live.conversation_id == event.conversation_id
        if isinstance(event, TurnFinished | TurnFailed):
            self.live.end()
        if isinstance(event, TurnFailed) and event.reply is None and not (has_begun and is_shown):
            self.unplaced.emit(event.conversation_id, event.error)
        elif is_shown:
            self._show(event)
        if isinstance(event, TurnFinished | TurnFailed):
            self.ended.emit(event.conversation_id)

    def _on_saved(self, event: ReplySaved) -> None:
        self.live.let_go(event.reply.id)
        if event.conversation_id == self._shown_conversation():
            self._transcript().correct(event.reply)
        self.saved.emit(event.conversation_id)

    def _show(self, event: TurnEvent) -> None:
        if isinstance(event, TurnStarted):
            self._show_start(event)
        elif isinstance(event, ModelLoading):
            self._transcript().loading(event.model, event.share)
        elif isinstance(event, Summarising):
            self._transcript().summarising(event.messages, event.share)
        elif isinstance(event, PromptReading):
            self._transcript().reading(event.done, event.total, event.seconds_left)
        elif isinstance(event, ReplyGrew):
            self._transcript().grow(event.reply_id, event.text, event.reasoning)
        elif isinstance(event, SavingChanged):
            self._transcript().note(being_unsaved(event.trouble))
        elif isinstance(event, TurnFinished):
            self._transcript().finish(event.reply, event.notices)
        elif isinstance(event, TurnFailed):
            self._transcript().fail(event.error, event.reply)

    def _show_start(self, event: TurnStarted) -> None:
        transcript = self._transcript()
        if event.reply.id in self._messages:
            transcript.resume(event.reply)
        else:
            again = event.question.id in self._messages
            before = event.question.parent_id
            if not again and before is not None and before not in self._messages:
                self.strayed.emit(before)
            transcript.keep_up_to(event.question.id if again else before)
            transcript.begin(None if again else event.question, event.reply)
        self._messages |= {event.question.id, event.reply.id}
