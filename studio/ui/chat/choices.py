"""Which model and preset the next reply uses, shown in the composer and in the inspector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.chat.conversation import Conversation
from studio.errors import StudioError
from studio.ui.chat.inspector_pane import InspectorPane
from studio.ui.chat.work_area import WorkArea
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.presets import Preset, Presets
    from studio.chat.session import ChatSession
    from studio.library.shelf import ShelfModel

Background = Callable[[Callable[[], None]], object]
_ANSWERS = ("chat", "completion")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person's settings say, asked whenever it matters."""

    send_with_enter: Callable[[], bool]
    default_model: Callable[[], str]
    default_preset: Callable[[], str]
    confirm_links: Callable[[], bool]


class Choices:
    """Settles what was chosen, for a conversation or before there is one.

    ``session``, ``presets`` and ``models`` are asked for at need only, from :meth:`load` on.
    ``background`` runs work off the window's thread; without it, ``models`` is asked on it.
    """

    def __init__(
        self,
        work: WorkArea,
        inspector: InspectorPane,
        session: Callable[[], ChatSession],
        presets: Callable[[], Presets],
        models: Callable[[], Sequence[ShelfModel]],
        wishes: Wishes,
        background: Background | None = None,
    ) -> None:
        self._background = background
        self._relay = Relay(work)
        self._work = work
        self._inspector = inspector
        self._session = session
        self._presets = presets
        self._models = models
        self._wishes = wishes
        self._usable: list[str] = []
        self._is_loaded = False
        self._conversation: Conversation | None = None
        self.model = ""
        self.preset = ""

    @property
    def new_preset(self) -> str:
        """The preset that a new conversation is kept with; empty takes what suits the model."""
        wished = self._wishes.default_preset()
        is_there = not self._is_loaded or any(p.name == wished for p in self._presets().list())
        return self.preset or (wished if is_there else "")

    def load(self) -> None:
        """Take in presets and models."""
        self._is_loaded = True
        self._work.composer.set_presets(self._presets().list())
        self.refresh_models()

    def refresh_models(self) -> None:
        """Ask again what is on the shelf; it shows once it is known."""
        if self._background is None:
            self._show_models(self._models())
            return
        tell = self._relay.wrap(self._show_models)
        self._background(lambda: tell(self._models()))

    def _show_models(self, models: Sequence[ShelfModel]) -> None:
        self._usable = [m.name for m in models if m.header and m.header.purpose in _ANSWERS]
        self._work.composer.set_models(models)
        self._work.welcome.set_has_model(bool(self._usable))
        blocked = "" if self._usable else "A model comes first: open Models (Ctrl+4)."
        self._work.composer.set_blocked(blocked)
        self.show(self._conversation)

    def show(self, conversation: Conversation | None) -> None:
        """Show what the next reply of a conversation, or of a new one, will use."""
        self._conversation = conversation
        if conversation is not None:
            self.model, self.preset = conversation.model, conversation.preset
        if not self._is_loaded:
            return
        model = self.model or self._wishes.default_model() or next(iter(self._usable), "")
        preset = self._preset_for(model)
        self._work.composer.set_model(model)
        self._work.composer.set_preset(preset.title)
        system = conversation.system if conversation else None
        self._inspector.show_preset(preset, preset.system if system is None else system)
        self._inspector.show_model(self._session().loaded())

    def _preset_for(self, model: str) -> Preset:
        """Return the preset in force; one that is gone is told, and needs another choice."""
        presets = self._presets()
        if self.new_preset:
            try:
                return presets.get(self.new_preset)
            except StudioError as error:
                self._work.banner.show_error(error)
        return presets.for_model(model)
