"""Which model and preset the next reply uses, shown in the composer and in the inspector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.chat.conversation import Conversation
from studio.errors import StudioError
from studio.library.choose import ANSWERS
from studio.ui.chat.inspector_pane import InspectorPane
from studio.ui.chat.work_area import WorkArea
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.presets import Preset, Presets
    from studio.chat.session import ChatSession
    from studio.library.shelf import ShelfModel

Background = Callable[[Callable[[], None]], object]


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
        self._usable: list[str] | None = None  # not yet known
        self._used: dict[str, str] = {}
        self._is_loaded = False
        self._conversation: Conversation | None = None
        self._told: StudioError | None = None
        self.model = ""
        self.preset = ""

    @property
    def new_preset(self) -> str:
        """The preset that a new conversation is kept with; empty takes what suits the model."""
        wishes = (self.preset, self._wishes.default_preset())
        if not self._is_loaded:
            return next(filter(None, wishes), "")
        known = {preset.name for preset in self._presets().list()}
        return next((name for name in wishes if name in known), "")

    def load(self) -> None:
        """Take in presets and models."""
        self._is_loaded = True
        self._work.composer.set_presets(self._presets().list())
        self.refresh_models()

    def refresh_models(self) -> None:
        """Ask again what is on the shelf; it shows once it is known."""
        session = self._session()

        def ask() -> tuple[Sequence[ShelfModel], str]:
            return self._models(), _used(session, "")

        self._ask(ask, self._show_models)

    def show(self, conversation: Conversation | None) -> None:
        """Show what the next reply of a conversation, or of a new one, will use."""
        self._conversation = conversation
        if conversation is not None:
            self.model, self.preset = conversation.model, conversation.preset
        if not self._is_loaded:
            return
        self._render()
        wished = self._wished()
        if wished not in (self._usable or ()):
            session = self._session()
            self._ask(lambda: (wished, _used(session, wished)), self._show_used)

    def _ask(self, ask: Callable[[], tuple[Any, ...]], answered: Callable[..., object]) -> None:
        """Ask what takes a look at the disk or the machine; ``answered`` gets it in the window."""
        if self._background is None:
            answered(*ask())
            return
        tell = self._relay.wrap(answered)
        self._background(lambda: tell(*ask()))

    def _show_models(self, models: Sequence[ShelfModel], first: str) -> None:
        self._usable = [m.name for m in models if m.header and m.header.purpose in ANSWERS]
        self._used = {"": first}
        self._work.composer.set_models(models)
        self.show(self._conversation)

    def _show_used(self, wished: str, used: str) -> None:
        if self._used.get(wished) != used:
            self._used[wished] = used
            self._render()

    def _wished(self) -> str:
        return self.model or self._wishes.default_model()

    def _render(self) -> None:
        conversation, wished = self._conversation, self._wished()
        loaded = self._session().loaded()
        model = self._used.get(wished) or wished
        preset = self._preset_for(model)
        self._work.composer.set_model(model)
        self._work.composer.set_preset(preset.title)
        system = conversation.system if conversation else None
        self._inspector.show_preset(preset, preset.system if system is None else system)
        self._inspector.show_model(loaded)
        if self._usable is not None:
            # A model whose file was deleted goes on for as long as it is loaded.
            self._show_whether_any(bool(self._usable) or loaded is not None)

    def _show_whether_any(self, can_answer: bool) -> None:
        self._work.welcome.set_has_model(can_answer)
        blocked = "" if can_answer else "A model comes first: open Models (Ctrl+4)."
        self._work.composer.set_blocked(blocked)

    def _preset_for(self, model: str) -> Preset:
        """Return the preset in force; one that is gone is told, and needs another choice."""
        presets = self._presets()
        name = self._conversation.preset if self._conversation else self.new_preset
        try:
            preset = presets.in_force(name, model)
        except StudioError as error:
            self._tell(error)
            return presets.for_model(model)
        self._tell(None)
        return preset

    def _tell(self, trouble: StudioError | None) -> None:
        """Show what is wrong with the chat on show, and take away what was with the one before."""
        banner, before = self._work.banner, self._told
        self._told = trouble
        if trouble is not None:
            banner.show_error(trouble)
        elif before is not None and banner.text() == str(before):
            banner.hide()


def _used(session: ChatSession, wished: str) -> str:
    """Return the model that answers; when none can, the one that was wished for."""
    try:
        return session.would_use(wished)
    except StudioError:  # told by the reply that is asked for nevertheless
        return wished
