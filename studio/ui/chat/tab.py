"""The Chat room: conversations at the left, the talk in the middle, what drives it at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.chat.conversation import Conversation
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.branch_acts import BranchActs
from studio.ui.chat.choices import Background, Choices, Wishes
from studio.ui.chat.conversations.side import ChatSide
from studio.ui.chat.draft import Draft
from studio.ui.chat.explain.doors import Explain
from studio.ui.chat.inspector.pane import InspectorPane
from studio.ui.chat.overflow_door import OverflowDoor
from studio.ui.chat.own_options import OwnOptions
from studio.ui.chat.page_commands import page_commands
from studio.ui.chat.sending import Sending
from studio.ui.chat.shape_door import ShapeDoor
from studio.ui.chat.summary_door import SummaryDoor
from studio.ui.chat.think_door import ThinkDoor
from studio.ui.chat.turns import Turns
from studio.ui.chat.work_area import WorkArea
from studio.ui.theme import Theme
from studio.ui.widgets.split_pane import SplitPane
from studio.ui.widgets.toast import Toasts

if TYPE_CHECKING:
    from studio.chat.presets.presets import Presets
    from studio.chat.session import ChatSession
    from studio.chat.tree import ConversationTree
    from studio.library.shelf import ShelfModel
    from studio.ui.chat.transcript.transcript import Transcript


class ChatTab(QWidget):
    """Shows one conversation and passes on what the person does with it.

    ``session``, ``presets``, ``models`` and ``tree`` are asked for at need only; what they and
    ``store`` have to show comes with :meth:`load`. A message can be sent before that.
    ``background`` runs what takes long, such as asking ``models``, off the window's thread.
    ``starter_requested`` and ``models_requested`` lead to the Models page.
    """

    starter_requested = Signal()
    models_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        store: ConversationStore,
        session: Callable[[], ChatSession],
        presets: Callable[[], Presets],
        models: Callable[[], Sequence[ShelfModel]],
        wishes: Wishes,
        toasts: Toasts,
        tree: Callable[[], ConversationTree],
        background: Background | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("chat_tab")
        self._theme = theme
        self._store = store
        self._session = session
        self._wishes = wishes
        self._toasts = toasts
        self._current: Conversation | None = None
        self.side = ChatSide(theme, store, lambda key: session().purge(key), background)
        self.list = self.side.list
        self.work = WorkArea(theme, wishes.send_with_enter)
        self.composer = self.work.composer
        self.inspector = InspectorPane(theme)
        self.choices = Choices(
            self.work, self.inspector, session, presets, models, wishes, background
        )
        own = OwnOptions(self.work, store, self.choices)
        self.shape = ShapeDoor(theme, self.work, own, background)
        self.think = ThinkDoor(theme, self.work, self.inspector, self.choices, own, session)
        self.draft = Draft(self.work, store, session, self.choices.unmade)
        summaries = SummaryDoor(theme, self.work, own, store, session, self.draft, toasts)
        self.overflow = OverflowDoor(theme, self.work, self.inspector, own, session, summaries)
        self.turns = Turns(
            session, lambda: self.transcript, lambda: self.conversation_id, parent=self
        )
        self.sending = Sending(self.work, store, self.draft, self.choices, self.turns)
        self.branches = BranchActs(
            tree, store, self.work, self.turns, self.sending, toasts, background
        )
        self.explain = Explain(theme, store, session, background, self)
        self.explain.serve(self.work, self.sending)
        self._pane = SplitPane(self.side, self.work, self.inspector)
        _fill(self, self._pane)
        self._connect()
        self.begin_new()

    @property
    def transcript(self) -> Transcript:
        """The messages of the conversation on show."""
        return self.work.transcript

    @property
    def conversation_id(self) -> str:
        """The conversation on show; empty before its first message."""
        return self._current.id if self._current else ""

    def begin_new(self) -> None:
        """Show an empty conversation; it is kept from its first message on."""
        self.draft.show("")
        self._current = None
        self.turns.note_shown(set())
        self.list.select(None)
        self.work.show_welcome()
        self._show_choices()
        self.composer.focus_text()

    def open(self, conversation_id: str) -> None:
        """Show a conversation."""
        if self.conversation_id == conversation_id:
            return
        self.draft.keep()
        found = self._store.get(conversation_id)
        self.draft.show(conversation_id)
        self._current = found  # not before the text in the composer is its own
        self.list.select(conversation_id)
        self.branches.show(conversation_id)
        self._show_choices()
        self.composer.focus_text()

    def use_model(self, name: str) -> None:
        """Choose the model for the next replies."""
        self.choices.model = name
        self._keep(lambda key: self._store.set_model(key, name))

    def load(self) -> None:
        """Show what there is: half-written words, conversations, models and presets."""
        self.draft.load()
        self.list.refresh()
        self.choices.load()

    def refresh_models(self) -> None:
        """Ask again what is on the shelf."""
        self.choices.refresh_models()

    def page_commands(self) -> dict[str, Callable[[], object]]:
        """Return what the window's commands do here."""
        parts = page_commands(self.work, self.side, self._pane, self.overflow)
        return {**parts, "new": self.begin_new, "stop": self.turns.stop}

    def _connect(self) -> None:
        self.list.chosen.connect(self.open)
        self.list.new_requested.connect(self.begin_new)
        self.list.trashed.connect(self._on_trashed)
        self.side.told.connect(self._toasts.show_words)
        self.turns.started.connect(self._on_turn_started)
        self.turns.ended.connect(self._on_turn_ended)
        self.turns.refused.connect(self.work.banner.show_error)
        self.sending.withdrawn.connect(self._on_withdrawn)
        self.branches.changed.connect(self._show_choices)
        self.branches.forked.connect(lambda _key: self.list.refresh())
        self.branches.forked.connect(self.open)
        self.draft.failed.connect(self.work.banner.show_error)
        welcome, composer = self.work.welcome, self.composer
        welcome.example_chosen.connect(composer.add_example)
        welcome.starter_requested.connect(self.starter_requested)
        welcome.models_requested.connect(self.models_requested)
        self.work.transcript_made.connect(self._on_transcript_made)
        composer.sent.connect(self._send)
        composer.stopped.connect(self.turns.stop)
        composer.model_chosen.connect(self.use_model)
        composer.preset_chosen.connect(self._use_preset)

    def _on_transcript_made(self, transcript: Transcript) -> None:
        transcript.copied.connect(lambda _text: self._toasts.show_words(tr("Copied.")))
        transcript.link_followed.connect(self._follow)
        transcript.wordings.keep_in(self._store.drafts)

    def _follow(self, address: str) -> None:
        from studio.ui.widgets.markdown.link_dialog import follow

        follow(self._theme, self, address, self._wishes.confirm_links())

    def _send(self, text: str) -> None:
        self._current = self.sending.send(self._current, text)

    def _on_turn_started(self, conversation_id: str) -> None:
        self.list.refresh()
        self.list.mark_running(conversation_id)
        if conversation_id != self.conversation_id:
            return
        self.list.select(conversation_id)
        self.choices.show(self._current)  # what is chosen from now on is this chat's
        if not self.work.shows_transcript:
            self.transcript.show_branch([])
            self.work.show_transcript()

    def _on_turn_ended(self, _conversation_id: str) -> None:
        self.list.mark_running(None)
        self.list.refresh()
        self.composer.set_running(False)
        self._show_choices()

    def _on_withdrawn(self) -> None:
        self._current = None
        self.list.select(None)

    def _on_trashed(self, conversation_id: str, title: str) -> None:
        if conversation_id == self._session().running_in:
            self.turns.stop()
        if conversation_id == self.conversation_id:
            self.begin_new()
        self._toasts.show_words(
            tr("Moved “{title}” to the trash.", title=title or tr("New chat")),
            lambda: self._restore(conversation_id),
        )

    def _restore(self, conversation_id: str) -> None:
        try:
            self._store.restore(conversation_id)
            self.list.refresh()
            self.open(self.conversation_id or conversation_id)  # a chat on show stays there
        except StudioError as error:  # such as that it was deleted for good meanwhile
            self.work.banner.show_error(error)

    def _use_preset(self, name: str) -> None:
        self.choices.preset = name
        self._keep(lambda key: self._store.set_preset(key, name))

    def _keep(self, change: Callable[[str], Conversation]) -> None:
        if (current := self._current) is not None:  # on a full disk, what held before goes on
            self._current = self.work.banner.tried(lambda: change(current.id), current)
        self._show_choices()

    def _show_choices(self) -> None:
        self.choices.show(self._current)
        self.draft.count_soon()


def _fill(room: QWidget, pane: QWidget) -> None:
    outer = QHBoxLayout(room)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(pane)
