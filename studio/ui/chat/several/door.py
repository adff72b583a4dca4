"""Leads from a message to several replies beside one another, and shows the one that is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.chat.several import several
from studio.chat.turn import TurnEvent, TurnFinished
from studio.errors import StudioError, in_words
from studio.translation import tr
from studio.ui.chat.messages.message_actions import Act
from studio.ui.relay import Relay
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.conversation import Message
    from studio.chat.session import ChatSession
    from studio.chat.store import ConversationStore
    from studio.chat.tree import ConversationTree
    from studio.ui.chat.several.dialog import SeveralDialog
    from studio.ui.chat.tab import ChatTab
    from studio.ui.chat.transcript.transcript import Transcript
    from studio.ui.widgets.toast import Toasts


class SeveralDoor(QObject):
    """Serves a Chat room. Each reply is stored as it comes, so closing the window loses nothing."""

    def __init__(
        self,
        theme: Theme,
        tab: ChatTab,
        store: ConversationStore,
        session: Callable[[], ChatSession],
        tree: Callable[[], ConversationTree],
        toasts: Toasts,
    ) -> None:
        super().__init__(tab)
        self._theme = theme
        self._tab = tab
        self._store = store
        self._session = session
        self._tree = tree
        self._toasts = toasts
        self._relay = Relay(self)
        self._question: Message | None = None
        self._end_before = ""
        self._written: list[Message] = []
        self._kept = ""
        self._asked: several.Asked | None = None
        self.dialog: SeveralDialog | None = None
        tab.work.transcript_made.connect(self._on_transcript_made)
        if tab.work.has_transcript:
            self._on_transcript_made(tab.transcript)

    def open_last(self) -> None:
        """Ask for several replies to the last question on show."""
        key = self._tab.conversation_id
        branch = self._store.branch(key) if key else []
        asked = next((each for each in reversed(branch) if each.role == "user"), None)
        if asked is None:
            self._toasts.show_words(tr("There is no question here yet. Write one first."))
        else:
            self.open(asked)

    def open(self, message: Message) -> None:
        """Ask for several replies to a question, or to that of a reply."""
        if self._asked is not None or self.dialog is not None:
            return
        try:
            question = message
            if message.role != "user":
                question = self._store.message(message.parent_id or "")
            chat = self._store.get(question.conversation_id)
        except StudioError as error:  # such as a reply without a question, from an import
            self._tab.work.banner.show_error(error)
            return
        from studio.ui.chat.several.dialog import SeveralDialog  # seldom wanted

        self._question, self._kept, self._written = question, "", []
        self._end_before = "" if chat.leaf_id == question.id else chat.leaf_id or ""
        dialog = SeveralDialog(
            self._theme,
            self._tab.window(),
            question.content,
            self._begin,
            self._stop,
            self._end_reply,
        )
        dialog.kept.connect(self._on_kept)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def _begin(self, count: int, force: bool) -> None:
        if self._question is None:
            return
        wishes = several.wishes(self._question, count, force=force)
        session, tell = self._session(), self._relay.wrap(self._on_event)

        def listener(event: TurnEvent) -> None:
            tell(event, session.running_in is None)  # as it is now, not once the window hears

        asked = self._asked = session.in_turn(wishes, listener, past_failures=False)
        self._tab.composer.set_running(True)
        self._tab.transcript.set_busy("here")
        asked.add_done_callback(self._relay.wrap(self._on_done))

    def _stop(self) -> None:
        if self._asked is not None:
            self._session().stop()

    def _end_reply(self) -> None:
        """Have the next reply begun; the one that is being written stays as it is."""
        if self._asked is not None:
            self._session().end_reply()

    def _on_event(self, event: TurnEvent, is_last: bool) -> None:
        if isinstance(event, TurnFinished):
            self._written.append(event.reply)
        if self.dialog is not None:
            self.dialog.take(event)
        if is_last:
            self._end()  # before what waits in the queue is sent, which follows what is on show

    def _on_done(self, done: several.Asked) -> None:
        if done is self._asked:
            self._end()
        if (error := done.exception()) is not None:
            self._tab.work.banner.show_error(in_words(error))

    def _end(self) -> None:
        """Free the room for what comes next."""
        if self._asked is None:
            return
        self._asked = None
        self._tab.composer.set_running(False)
        self._tab.transcript.set_busy("")
        self._settle()
        if self.dialog is not None:
            self.dialog.finish()

    def _on_kept(self, reply_id: str) -> None:
        self._kept = reply_id
        if self._asked is not None:
            self._stop()
        else:
            self._settle()
        self._toasts.show_words(tr("Kept. The other replies stay beside it."))

    def _on_closed(self) -> None:
        self.dialog = None
        self._stop()

    def _settle(self) -> None:
        """Bring on show what was kept, or what was on show before."""
        if self._question is None:
            return
        try:
            if self._kept:
                self._tree().show(self._kept)
            elif self._end_before:
                self._tree().show_end(self._end_before)
            elif (central := several.agreement_of(self._written).central) is not None:
                self._tree().show(self._written[central].id)
            self._tab.branches.show_changed(self._question.conversation_id)
        except StudioError as error:  # such as that another window has removed it
            self._tab.work.banner.show_error(error)
        self._tab.list.refresh()

    def _on_transcript_made(self, transcript: Transcript) -> None:
        transcript.acted.connect(self._on_acted)

    def _on_acted(self, message: Message, act: Act) -> None:
        if act is Act.SEVERAL:
            self.open(message)
