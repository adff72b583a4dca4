"""Lets messages wait while the model is at something, and sends them one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.chat.queue import Queue, Queued
from studio.chat.store import title_from
from studio.chat.turn import TurnEvent, TurnFailed, TurnFinished
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.relay import Relay
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.chat.conversation import Conversation
    from studio.chat.session import ChatSession
    from studio.ui.chat.queue.strip import QueueStrip
    from studio.ui.chat.tab import ChatTab
    from studio.ui.widgets.toast import Toasts


class Queueing(QObject):
    """The queue of a Chat room.

    What was queued while a reply ran is sent when the model is free again. Where a reply was
    stopped or has failed, or the program was closed meanwhile, the rest waits for the person.

    Args:
        session: asked for at need.
        send_with_enter: as in the composer.
    """

    def __init__(
        self,
        theme: Theme,
        tab: ChatTab,
        queue: Queue,
        session: Callable[[], ChatSession],
        toasts: Toasts,
        send_with_enter: Callable[[], bool],
    ) -> None:
        super().__init__(tab)
        self._theme = theme
        self._tab = tab
        self._queue = queue
        self._session = session
        self._toasts = toasts
        self._send_with_enter = send_with_enter
        self._relay = Relay(self)
        self._observed: ChatSession | None = None
        self._flows: set[str] = set()  # conversations in which the next message goes by itself
        self._next: Queued | None = None
        self._on_free_told = self._relay.wrap(self._on_free)
        self._strip: QueueStrip | None = None
        tab.sending.waits = self
        tab.draft.settled.connect(self.refresh)
        tab.turns.started.connect(lambda _key: self.refresh())
        self.refresh()

    def close(self) -> None:
        """Send nothing any more: the data is about to be closed."""
        self._relay.close()
        if self._observed is not None:
            self._observed.lane.forget(self._on_free_told)
            self._observed = None

    def must_wait(self, conversation: Conversation | None) -> bool:
        """Tell whether a message cannot be sent at once: something runs, or others come first."""
        if self._tab.turns.is_busy:
            return True
        if conversation is None or conversation.id not in self._flows:
            return False
        return bool(self._waiting(conversation.id))

    def take(self, conversation: Conversation | None, text: str) -> Conversation | None:
        """Let a message wait in a conversation, which is made for it if there is none."""
        self._observe()
        found = conversation
        try:
            found = found or self._tab.sending.made()
            self._queue.add(found.id, text, title_from(text))
        except StudioError as error:
            self._tab.work.banner.show_error(error)
            return self._tab.sending.kept(found, opens=conversation is None)
        self._flows.add(found.id)
        self._tab.draft.move_to(found.id)
        self._tab.composer.clear()
        self._tab.draft.keep()
        if conversation is None:
            self._tab.transcript.show_branch([])
            self._tab.work.show_transcript()
            self._tab.list.refresh()
            self._tab.list.select(found.id)
            self._tab.choices.show(found)
        self._tab.draft.settled.emit()
        if not self._tab.turns.is_busy:  # it has ended just now
            self._send_next()
        return found

    def refresh(self) -> None:
        """Show what waits in the conversation on show."""
        shown = self._tab.draft.conversation_id
        items = self._waiting(shown) if shown else ()
        if not items and self._strip is None:
            return
        strip = self._strip or self._made_strip()
        strip.show_items(items, self._told(shown), runs=self._runs())

    def send_now(self, queued_id: str) -> None:
        """Send one message before the others, and stop what runs for it."""
        found = next((each for each in self._waiting() if each.id == queued_id), None)
        if found is None:
            self.refresh()
            return
        self._observe()
        self._flows.add(found.conversation_id)
        self._next = found
        if self._runs():
            self._session().stop()
        else:
            self._send_next()

    def withdraw(self, queued_id: str) -> None:
        """Take a message out of the queue; this can be undone."""
        try:
            taken = self._queue.withdraw(queued_id)
        except StudioError as error:
            self._tab.work.banner.show_error(error)
        else:
            self._toasts.show_words(tr("Withdrawn."), lambda: self._put_back(taken))
        self._tab.draft.settled.emit()
        self._tab.composer.focus_text()

    def _put_back(self, taken: Queued) -> None:
        try:
            self._queue.put_back(taken)
        except StudioError as error:
            self._tab.work.banner.show_error(error)
        self._tab.draft.settled.emit()

    def _edit(self, queued_id: str, text: str) -> None:
        try:
            self._queue.edit(queued_id, text)
        except StudioError as error:
            self._tab.work.banner.show_error(error)

    def _on_editing_ended(self) -> None:
        self.refresh()
        self._tab.composer.focus_text()
        if not self._runs():
            self._send_next()

    def _on_free(self, last: TurnEvent | None) -> None:
        """Go on with the queue after a reply that is complete, or in another conversation."""
        if isinstance(last, TurnFailed | TurnFinished):
            key = (
                last.conversation_id if isinstance(last, TurnFailed) else last.reply.conversation_id
            )
            is_whole = isinstance(last, TurnFinished) and last.reply.status == "finished"
            is_asked_for = self._next is not None and self._next.conversation_id == key
            if not is_whole and not is_asked_for:
                self._flows.discard(key)
        self._send_next()

    def _send_next(self) -> None:
        if self._runs():
            return
        chosen, self._next = self._next, None
        editing = self._strip.editing if self._strip else ""
        for each in self._waiting():
            may_go = each.conversation_id in self._flows and each.id != editing
            if each.id == chosen.id if chosen else may_go:
                if not self._tab.sending.send_queued(each):
                    self._flows.discard(each.conversation_id)
                break
            if each.id == editing and each.conversation_id in self._flows:
                break  # those behind it wait for it
        self.refresh()

    def _told(self, conversation_id: str) -> str:
        if conversation_id not in self._flows:
            if self._session().running_in == conversation_id:  # the person goes on with it
                return tr("Not sent by itself. Choose “Send now” when you like.")
            return tr(
                "Not sent yet: the reply before did not come to its end. "
                "Choose “Send now” when you like."
            )
        running = self._session().running_in
        if running is not None and running != conversation_id:
            return tr("Sent when the reply in another chat has ended")
        return tr("Sent when the reply has ended")

    def _waiting(self, conversation_id: str = "") -> tuple[Queued, ...]:
        try:
            return self._queue.waiting(conversation_id)
        except StudioError as error:
            self._tab.work.banner.show_error(error)
            return ()

    def _runs(self) -> bool:
        """Tell whether a reply is being written; a session that is not built yet writes none."""
        return self._observed is not None and self._observed.running_in is not None

    def _observe(self) -> None:
        if self._observed is None:
            self._observed = self._session()
            self._observed.lane.observe(self._on_free_told)

    def _made_strip(self) -> QueueStrip:
        from studio.ui.chat.queue.strip import QueueStrip  # only once something waits

        strip = QueueStrip(self._theme, self._send_with_enter)
        strip.edited.connect(self._edit)
        strip.editing_ended.connect(self._on_editing_ended)
        strip.withdrawn.connect(self.withdraw)
        strip.wanted_now.connect(self.send_now)
        self._tab.work.add_above_composer(strip)
        self._strip = strip
        return strip
