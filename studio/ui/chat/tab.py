"""The Chat room: conversations at the left, the talk in the middle, what drives it at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.chat.conversation import Conversation
from studio.chat.presets import Presets
from studio.chat.prompt import ContextUse
from studio.chat.session import ChatSession
from studio.chat.store import ConversationStore
from studio.chat.turn import (
    ModelLoading,
    PromptReading,
    ReplyGrew,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from studio.errors import StudioError
from studio.library.shelf import ShelfModel
from studio.ui.chat.composer import Composer
from studio.ui.chat.conversation_list import ConversationList
from studio.ui.chat.inspector import Inspector
from studio.ui.chat.live import LiveReply
from studio.ui.chat.transcript import Transcript
from studio.ui.chat.welcome import Welcome
from studio.ui.relay import Relay
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.markdown.link_dialog import link_dialog, open_address
from studio.ui.widgets.split_pane import SplitPane
from studio.ui.widgets.toast import Toasts

MEASURE = 760
_DRAFT_MS = 500
_COUNT_MS = 300
_COMPOSER_SHARE = 0.4


class ChatTab(QWidget):
    """Shows one conversation and passes on what the person does with it.

    ``starter_requested`` and ``models_requested`` lead to the Models page.
    """

    starter_requested = Signal()
    models_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        store: ConversationStore,
        session: ChatSession,
        presets: Presets,
        models: Callable[[], Sequence[ShelfModel]],
        send_with_enter: Callable[[], bool],
        default_model: Callable[[], str],
        confirm_links: Callable[[], bool],
        toasts: Toasts,
    ) -> None:
        super().__init__()
        self.setObjectName("chat_tab")
        self._store = store
        self._session = session
        self._presets = presets
        self._models = models
        self._default_model = default_model
        self._confirm_links = confirm_links
        self._theme = theme
        self._toasts = toasts
        self._relay = Relay(self)
        self._current: Conversation | None = None
        self._model = ""
        self._preset = ""
        self._live = LiveReply()
        self._shown: set[str] = set()
        self._usable: list[str] = []
        self.list = ConversationList(theme, store)
        self.welcome = Welcome(theme)
        self.transcript = Transcript(theme)
        self.banner = Banner(theme)
        self.composer = Composer(theme, send_with_enter)
        self.inspector = Inspector(theme)
        self._lay_out()
        self._draft_timer = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._count_timer = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._connect()
        self.composer.set_presets(presets.list())
        self.refresh_models()
        self.begin_new()

    def begin_new(self) -> None:
        """Show an empty conversation; it is kept from its first message on."""
        self._keep_draft()
        self._current = None
        self.list.select(None)
        self.composer.set_text("")
        self._stack.setCurrentWidget(self.welcome)
        self._show_choices()
        self.composer.focus_text()

    def open(self, conversation_id: str) -> None:
        """Show a conversation."""
        if self._current is not None and self._current.id == conversation_id:
            return
        self._keep_draft()
        self._current = self._store.get(conversation_id)
        self._model, self._preset = self._current.model, self._current.preset
        self.list.select(conversation_id)
        self.composer.set_text(self._current.draft)
        branch = self._live.freshened(self._store.branch(conversation_id))
        self._shown = {message.id for message in branch}
        self.transcript.show_branch(branch)
        self._stack.setCurrentWidget(self.transcript)
        self._show_choices()
        self.composer.focus_text()

    def use_model(self, name: str) -> None:
        """Choose the model for the next replies."""
        self._model = name
        if self._current is not None:
            self._current = self._store.set_model(self._current.id, name)
        self._show_choices()

    def refresh_models(self) -> None:
        """Ask again what is on the shelf."""
        models = list(self._models())
        usable = [m for m in models if m.header and m.header.purpose in ("chat", "completion")]
        self.composer.set_models(models)
        self.welcome.set_has_model(bool(usable))
        self.composer.set_blocked("" if usable else "A model comes first: open Models (Ctrl+4).")
        self._usable = [model.name for model in usable]
        self._show_choices()

    def stop(self) -> None:
        """Stop the reply that is being written."""
        self._session.stop()

    def page_commands(self) -> dict[str, Callable[[], object]]:
        """Return what the window's commands do here."""
        return {
            "new": self.begin_new,
            "find": self.list.focus_search,
            "stop": self.stop,
            "list": self._pane.toggle_list,
            "inspector": self._pane.toggle_inspector,
        }

    def close_down(self) -> None:
        """Keep what is half written."""
        self._keep_draft()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the composer grow to its share of the height."""
        super().resizeEvent(event)
        self.composer.set_limit(int(self.height() * _COMPOSER_SHARE))

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self.transcript)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE[4], 0, SPACE[4], SPACE[3])
        foot.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(SPACE[1])
        column.addWidget(self.banner)
        column.addWidget(self.composer)
        self.composer.setMaximumWidth(MEASURE)
        self.banner.setMaximumWidth(MEASURE)
        foot.addLayout(column, MEASURE)
        foot.addStretch(1)
        work = QWidget()
        rows = QVBoxLayout(work)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._stack, 1)
        rows.addLayout(foot)
        self._pane = SplitPane(self.list, work, self.inspector)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pane)
        self.setFocusProxy(self.composer)

    def _connect(self) -> None:
        self.list.chosen.connect(self.open)
        self.list.new_requested.connect(self.begin_new)
        self.list.trashed.connect(self._on_trashed)
        self.welcome.example_chosen.connect(self._on_example_chosen)
        self.welcome.starter_requested.connect(self.starter_requested)
        self.welcome.models_requested.connect(self.models_requested)
        self.transcript.regenerated.connect(self._regenerate)
        self.transcript.copied.connect(lambda _text: self._toasts.show_words("Copied."))
        self.transcript.link_followed.connect(self._on_link_followed)
        self.transcript.load_anyway_requested.connect(lambda: self._regenerate(force=True))
        self.composer.sent.connect(self._send)
        self.composer.stopped.connect(self.stop)
        self.composer.edited.connect(self._on_edited)
        self.composer.model_chosen.connect(self.use_model)
        self.composer.preset_chosen.connect(self._use_preset)
        self._draft_timer.timeout.connect(self._keep_draft)
        self._count_timer.timeout.connect(self._count)

    def _send(self, text: str) -> None:
        self.banner.hide()
        try:
            if self._current is None:
                self._current = self._store.create(model=self._model, preset=self._preset)
            self._session.send(self._current.id, text, self._relay.wrap(self._on_event))
        except StudioError as error:
            self.banner.show_error(error)
            return
        self.composer.clear()
        self.composer.set_running(True)

    def _regenerate(self, *, force: bool = False) -> None:
        if self._current is None:
            return
        self.banner.hide()
        listener = self._relay.wrap(self._on_event)
        try:
            self._session.regenerate(self._current.id, listener, force=force)
        except StudioError as error:
            self.banner.show_error(error)
            return
        self.composer.set_running(True)

    def _on_event(self, event: TurnEvent) -> None:
        if isinstance(event, TurnStarted):
            self._on_started(event)
        elif isinstance(event, ReplyGrew):
            self._live.grow(event.text, event.reasoning)
        elif isinstance(event, TurnFinished | TurnFailed):
            self._on_ended()
        if self._shows(event.conversation_id):
            self._show_event(event)

    def _show_event(self, event: TurnEvent) -> None:
        if isinstance(event, ModelLoading):
            self.transcript.loading(event.model, event.share)
        elif isinstance(event, PromptReading):
            self.transcript.reading(event.done, event.total, event.seconds_left)
        elif isinstance(event, ReplyGrew):
            self.transcript.grow(event.reply_id, event.text, event.reasoning)
        elif isinstance(event, TurnFinished):
            self.transcript.finish(event.reply, event.notices)
        elif isinstance(event, TurnFailed):
            self._show_failure(event)

    def _on_started(self, event: TurnStarted) -> None:
        self._live.begin(event.reply)
        self.list.refresh()
        self.list.mark_running(event.conversation_id)
        if not self._shows(event.conversation_id):
            return
        self.list.select(event.conversation_id)
        if self._stack.currentWidget() is not self.transcript:
            self.transcript.show_branch([])
            self._shown = set()
            self._stack.setCurrentWidget(self.transcript)
        if event.reply.id not in self._shown:
            again = event.question.id in self._shown
            self.transcript.begin(None if again else event.question, event.reply)
        self._shown |= {event.question.id, event.reply.id}

    def _on_ended(self) -> None:
        self._live.end()
        self.list.mark_running(None)
        self.list.refresh()
        self.composer.set_running(False)
        self._show_choices()
        self._count_timer.start()

    def _show_failure(self, event: TurnFailed) -> None:
        if event.reply is not None:
            self.transcript.fail(event.error, event.reply)
            return
        self.banner.show_error(event.error)

    def _shows(self, conversation_id: str) -> bool:
        return self._current is not None and self._current.id == conversation_id

    def _on_edited(self, _text: str) -> None:
        self._draft_timer.start()
        self._count_timer.start()

    def _on_example_chosen(self, text: str) -> None:
        self.composer.set_text(text)
        self.composer.focus_text()

    def _on_link_followed(self, address: str) -> None:
        if self._confirm_links():
            link_dialog(self._theme, self, address).open()
        else:
            open_address(address)

    def _on_trashed(self, conversation_id: str, title: str) -> None:
        if self._shows(conversation_id):
            self._current = None
            self.begin_new()
        self._toasts.show_words(
            f"Moved “{title or 'New chat'}” to the trash.", lambda: self._restore(conversation_id)
        )

    def _restore(self, conversation_id: str) -> None:
        self._store.restore(conversation_id)
        self.list.refresh()
        self.open(conversation_id)

    def _keep_draft(self) -> None:
        self._draft_timer.stop()
        if self._current is None or self._current.draft == self.composer.text():
            return
        try:
            self._store.set_draft(self._current.id, self.composer.text())
            self._current = self._store.get(self._current.id)
        except StudioError as error:
            self.banner.show_error(error)

    def _count(self) -> None:
        if self._current is None:
            self.composer.set_context(None, None)
            return
        listener = self._relay.wrap(self._on_counted)
        self._session.count(self._current.id, self.composer.text(), listener)

    def _on_counted(self, use: ContextUse) -> None:
        self.composer.set_context(use.tokens, use.limit)

    def _use_preset(self, name: str) -> None:
        self._preset = name
        if self._current is not None:
            self._current = self._store.set_preset(self._current.id, name)
        self._show_choices()

    def _show_choices(self) -> None:
        model = self._model or self._default_model() or next(iter(self._usable), "")
        preset = self._presets.get(self._preset) if self._preset else self._presets.for_model(model)
        self.composer.set_model(model)
        self.composer.set_preset(preset.title)
        system = self._current.system if self._current else None
        self.inspector.show_preset(preset, preset.system if system is None else system)
        self.inspector.show_model(self._session.loaded())
        self._count_timer.start()
