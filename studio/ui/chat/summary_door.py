"""Leads to a chat's summaries: has them made, reworded and taken away, and each of that undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from studio.errors import StudioError, in_words
from studio.translation import tr
from studio.ui.chat.own_options import OwnOptions
from studio.ui.relay import Relay
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.compaction import Asked
    from studio.chat.conversation import Message
    from studio.chat.overflow.summaries import Summaries, Summary
    from studio.chat.session import ChatSession
    from studio.chat.store import ConversationStore
    from studio.ui.chat.transcript.transcript import Transcript
    from studio.ui.chat.work_area import WorkArea
    from studio.ui.widgets.progress_strip import ProgressStrip
    from studio.ui.widgets.toast import Toasts


class Counts(Protocol):
    """What keeps the ring up to date."""

    def count_soon(self) -> None:
        """Count the context anew in a moment."""


class SummaryDoor(QObject):
    """Serves the transcript, and the menu of the ring. ``session`` is asked for at need only."""

    def __init__(
        self,
        theme: Theme,
        work: WorkArea,
        own: OwnOptions,
        store: ConversationStore,
        session: Callable[[], ChatSession],
        draft: Counts,
        toasts: Toasts,
    ) -> None:
        super().__init__(work)
        self._theme = theme
        self._work = work
        self._own = own
        self._store = store
        self._session = session
        self._draft = draft
        self._toasts = toasts
        self._relay = Relay(self)
        self._strip: ProgressStrip | None = None
        work.transcript_made.connect(self._on_transcript_made)

    def refusal(self) -> str:
        """Return why nothing can be summed up now; empty when it can."""
        if not self._own.conversation_id:
            return tr("There is nothing to summarise yet.")
        if self._session().running_in is not None:
            return tr("A reply is being written. Wait for it to finish, or stop it first.")
        return ""

    def has_any(self) -> bool:
        """Tell whether a summary holds in the chat on show."""
        key = self._own.conversation_id
        return bool(key and self._find(self._store.branch(key)))

    def summarise(self) -> None:
        """Have the model sum up the oldest part of the chat on show, now."""
        if refusal := self.refusal():
            self._toasts.show_words(refusal)
            return
        key = self._own.conversation_id
        told, ended = self._relay.wrap(self._on_told), self._relay.wrap(self._on_ended)
        self._work.banner.hide()
        try:
            future = self._session().summarise(key, told)
        except StudioError as error:  # such as a reply that has begun meanwhile
            self._work.banner.show_error(error)
            return
        self._work.composer.set_running(True)
        self._work.transcript.set_busy("here")
        self._progress().begin(tr("Summarising the oldest messages"), self._session().stop)
        future.add_done_callback(lambda done: ended(key, done))

    def use_the_whole_text(self) -> None:
        """Let the model read again what was summed up; that can be undone."""
        key = self._own.conversation_id
        taken: list[Summary] = self._work.banner.tried(
            lambda: self._summaries.take_away(self._store.branch(key)), []
        )
        self._look_again()
        if taken:
            self._toasts.show_words(
                tr("The model reads the whole text again, as far as it fits."),
                lambda: self._do(lambda: self._summaries.put(taken)),
            )

    @property
    def _summaries(self) -> Summaries:
        return self._session().summaries

    def _on_reworded(self, summary: Summary, text: str) -> None:
        """Keep other words for a summary; where they cannot be kept, they stay in the row."""
        tried = self._work.banner.tried
        before = tried(lambda: self._summaries.rewrite(summary.id, text), None)
        if before is None:
            return
        self._work.transcript.drop_summary_wording(summary.id)
        self._look_again()
        if before.text != text:
            self._toasts.show_words(
                tr("The model reads your words for the summary from now on."),
                lambda: self._do(lambda: self._summaries.rewrite(summary.id, before.text)),
            )

    def _do(self, change: Callable[[], object]) -> None:
        """Take something back; tell why if that cannot be done."""
        self._work.banner.tried(change, None)
        self._look_again()

    def _on_told(self, _messages: int, share: float) -> None:
        self._progress().advance(share, 1.0, told=f"{round(100 * share)} %")

    def _on_ended(self, key: str, done: Asked) -> None:
        self._progress().finish()
        running = self._session().running_in  # what waited may have begun, also elsewhere
        is_running = running is not None and running in self._store.ids()
        self._work.composer.set_running(is_running)
        if not is_running:
            self._work.transcript.set_busy("")
        error = done.exception()
        if error is None:
            self._look_again()
            if key == self._own.conversation_id:
                self._toasts.show_words(
                    tr("The model reads the oldest part as a summary from now on."),
                    lambda: self._do(lambda: self._summaries.remove(done.result().id)),
                )
        elif not (isinstance(error, StudioError) and error.code == "chat.stopped"):
            self._work.banner.show_error(in_words(error))

    def _progress(self) -> ProgressStrip:
        if self._strip is None:
            # The window's start need not wait for it.
            from studio.ui.widgets.progress_strip import ProgressStrip

            self._strip = ProgressStrip(self._theme)
            self._work.add_above_composer(self._strip)
        return self._strip

    def _find(self, branch: Sequence[Message]) -> Sequence[Summary]:
        return self._work.banner.tried(lambda: self._summaries.on(branch), [])

    def _look_again(self) -> None:
        if self._work.has_transcript:
            self._work.transcript.mark_seen()
        self._draft.count_soon()

    def _on_transcript_made(self, transcript: Transcript) -> None:
        transcript.find_summaries = self._find
        transcript.whole_wanted.connect(self.use_the_whole_text)
        transcript.summary_reworded.connect(self._on_reworded)
