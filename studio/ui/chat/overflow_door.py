"""Leads to what happens when a chat outgrows the model's context, and to its summaries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtWidgets import QWidget

from studio.chat.options import Options, Overflow
from studio.errors import StudioError, in_words
from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.choices import Choices
from studio.ui.relay import Relay
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.compaction import Asked
    from studio.chat.conversation import Conversation, Message
    from studio.chat.presets import Preset
    from studio.chat.session import ChatSession
    from studio.chat.store import ConversationStore
    from studio.chat.summaries import Summary
    from studio.ui.chat.inspector import Inspector
    from studio.ui.chat.inspector_pane import InspectorPane
    from studio.ui.chat.overflow_choice import OverflowChoice
    from studio.ui.chat.overflow_menu import OverflowMenu
    from studio.ui.chat.transcript import Transcript
    from studio.ui.chat.work_area import WorkArea
    from studio.ui.widgets.progress_strip import ProgressStrip
    from studio.ui.widgets.toast import Toasts


class Counts(Protocol):
    """What keeps the ring up to date."""

    def count_soon(self) -> None:
        """Count the context anew in a moment."""


class OverflowDoor(QObject):
    """Opens the menu of the ring beside Send, and does what is chosen there.

    ``session`` is asked for at need only.
    """

    def __init__(
        self,
        theme: Theme,
        work: WorkArea,
        inspector: InspectorPane,
        choices: Choices,
        store: ConversationStore,
        session: Callable[[], ChatSession],
        draft: Counts,
        toasts: Toasts,
    ) -> None:
        super().__init__(work)
        self._theme = theme
        self._work = work
        self._choices = choices
        self._store = store
        self._session = session
        self._draft = draft
        self._toasts = toasts
        self._relay = Relay(self)
        self._conversation_id = ""
        self._strip: ProgressStrip | None = None
        self._choice: OverflowChoice | None = None
        self.menu: OverflowMenu | None = None
        work.composer.context_asked.connect(self.open)
        work.transcript_made.connect(self._on_transcript_made)
        inspector.made.connect(self._on_inspector_made)
        choices.shown.append(self._on_shown)

    def open(self, beside: QWidget | None = None) -> None:
        """Open the menu, by default above the ring."""
        from studio.ui.chat.overflow_menu import OverflowMenu  # the window's start need not wait

        if self.menu is None:
            self.menu = OverflowMenu(self._work)
            self.menu.chosen.connect(self.choose)
            self.menu.summary_wanted.connect(self.summarise)
            self.menu.whole_wanted.connect(self.use_the_whole_text)
        ring = self._work.composer.ring
        self.menu.show_state(
            ring.toolTip(),
            self._options().overflow,
            self._session().usual_overflow(),
            self._refusal(),
            has_summary=bool(self._summaries()),
        )
        place = beside if isinstance(beside, QWidget) else ring
        self.menu.popup(place.mapToGlobal(_spot(self.menu.sizeHint(), place, above=place is ring)))

    def choose(self, overflow: Overflow | None) -> None:
        """Keep what is to happen in this chat; ``None`` leaves it to the settings."""
        options = replace(self._options(), overflow=overflow)
        try:
            if self._conversation_id:
                self._store.set_options(self._conversation_id, options)
            else:
                self._choices.options = options
        except StudioError as error:  # such as a full disk
            self._work.banner.show_error(error)
        self._show_choice()

    def summarise(self) -> None:
        """Have the model sum up the oldest part of the chat on show, now."""
        if refusal := self._refusal():
            self._toasts.show_words(refusal)
            return
        key = self._conversation_id
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
        try:
            branch = self._store.branch(self._conversation_id)
            taken = self._session().summaries.take_away(branch)
        except StudioError as error:
            self._work.banner.show_error(error)
            return
        self._look_again()
        if taken:
            self._toasts.show_words(
                tr("The model reads the whole text again, as far as it fits."),
                lambda: self._put_back(taken),
            )

    def _put_back(self, taken: Sequence[Summary]) -> None:
        try:
            self._session().summaries.put(taken)
        except StudioError as error:
            self._work.banner.show_error(error)
        self._look_again()

    def _take_back(self, made: Summary) -> None:
        try:
            self._session().summaries.remove(made.id)
        except StudioError as error:
            self._work.banner.show_error(error)
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
            if key == self._conversation_id:
                self._toasts.show_words(
                    tr("The model reads the oldest part as a summary from now on."),
                    lambda: self._take_back(done.result()),
                )
        elif not (isinstance(error, StudioError) and error.code == "chat.stopped"):
            self._work.banner.show_error(in_words(error))

    def _progress(self) -> ProgressStrip:
        if self._strip is None:
            from studio.ui.widgets.progress_strip import ProgressStrip  # as above

            self._strip = ProgressStrip(self._theme)
            self._work.add_above_composer(self._strip)
        return self._strip

    def _refusal(self) -> str:
        """Return why nothing can be summed up now; empty when it can."""
        if not self._conversation_id:
            return tr("There is nothing to summarise yet.")
        if self._session().running_in is not None:
            return tr("A reply is being written. Wait for it to finish, or stop it first.")
        return ""

    def _options(self) -> Options:
        # What is on show may be older than what is stored.
        key = self._conversation_id
        return self._store.get(key).options if key else self._choices.options

    def _summaries(self) -> Sequence[Summary]:
        if not self._conversation_id:
            return ()
        return self._find(self._store.branch(self._conversation_id))

    def _find(self, branch: Sequence[Message]) -> Sequence[Summary]:
        try:
            return self._session().summaries.on(branch)
        except StudioError as error:  # the messages stay on show
            self._work.banner.show_error(error)
            return ()

    def _look_again(self) -> None:
        if self._work.has_transcript:
            self._work.transcript.mark_seen()
        self._draft.count_soon()

    def _on_transcript_made(self, transcript: Transcript) -> None:
        transcript.find_summaries = self._find
        transcript.whole_wanted.connect(self.use_the_whole_text)
        transcript.overflow_wanted.connect(self.open)

    def _on_inspector_made(self, inspector: Inspector) -> None:
        from studio.ui.chat.overflow_choice import OverflowChoice  # as above

        self._choice = OverflowChoice(self._theme)
        self._choice.button.clicked.connect(lambda: self.open(self._choice and self._choice.button))
        inspector.add_to_chat(self._choice)
        self._show_choice()

    def _on_shown(self, conversation: Conversation | None, _preset: Preset) -> None:
        self._conversation_id = conversation.id if conversation else ""
        self._show_choice()

    def _show_choice(self) -> None:
        if self._choice is not None:
            own = self._options().overflow
            self._choice.show_choice(own or self._session().usual_overflow(), is_own=bool(own))


def _spot(menu: QSize, place: QWidget, *, above: bool) -> QPoint:
    """Return where a menu begins: above the ring and within the window, or below another place."""
    if not above:
        return QPoint(0, place.height())
    return QPoint(0 if mirror.is_on() else place.width() - menu.width(), -menu.height())
