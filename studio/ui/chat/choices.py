"""Which model and preset the next reply uses, shown in the composer and in the inspector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.chat.conversation import Conversation
from studio.chat.options import Options
from studio.chat.presets import shipped_words
from studio.chat.presets.model import model_gone, preferred
from studio.errors import StudioError
from studio.library.purposes import ANSWERS
from studio.translation import tr
from studio.ui.chat.inspector.pane import InspectorPane
from studio.ui.chat.work_area import WorkArea
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.chat.presets.presets import Preset, Presets
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


@dataclass(frozen=True, slots=True)
class _Wish:
    """A model and a preset that were chosen, or neither; and the name of the model they mean."""

    model: str
    preset: str
    name: str


@dataclass(frozen=True, slots=True)
class _Used:
    """The model that answers; ``passed_over`` is the preset's own, if that is gone."""

    model: str
    passed_over: str = ""


class Choices:
    """Settles what was chosen, for a conversation or before there is one.

    ``session``, ``presets`` and ``models`` are asked for at need only, from :meth:`load` on.
    ``background`` runs work off the window's thread; without it, ``models`` is asked on it.
    ``answering_path`` and ``answering_template`` are of the model that answers, once it is known.
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
        self._used: dict[_Wish, _Used] = {}
        self.is_loaded = False
        self._files: dict[str, tuple[str, str]] = {}
        self.answering_path = self.answering_template = ""
        self._conversation: Conversation | None = None
        self._told: StudioError | None = None
        self._told_in = ""
        self.model = ""
        self.preset = ""
        self.options = Options()
        self.shown: list[Callable[[Conversation | None, Preset], object]] = []

    @property
    def new_preset(self) -> str:
        """The preset that a new conversation is kept with; empty takes what suits the model."""
        wishes = filter(None, (self.preset, self._wishes.default_preset()))
        if not self.is_loaded:
            return next(wishes, "")
        presets = self._presets()
        return next((name for name in wishes if presets.has(name)), "")

    @property
    def wished(self) -> tuple[str, str]:
        """The model and the preset that the next reply is to have; each may be left open."""
        wish = self._wished()
        return wish.model, wish.preset

    def unmade(self) -> Conversation | None:
        """Return the conversation that the first message of a new chat would open, if known."""
        if not self.is_loaded:
            return None
        now = datetime.now(UTC)
        return Conversation("", "", now, now, self.model, self.new_preset, options=self.options)

    def load(self) -> None:
        """Take in presets and models."""
        self.is_loaded = True
        self._work.composer.set_presets(self._presets().list())
        self.refresh_models()

    def refresh_models(self) -> None:
        """Ask again what is on the shelf; it shows once it is known."""
        session, wish = self._session(), self._wished()

        def ask() -> tuple[Sequence[ShelfModel], _Wish, _Used]:
            return self._models(), wish, _used(session, wish)

        self._ask(ask, self._show_models)

    def show(self, conversation: Conversation | None) -> None:
        """Show what the next reply of a conversation, or of a new one, will use."""
        self._conversation = conversation
        if conversation is not None:
            self.model, self.preset = conversation.model, conversation.preset
        if not self.is_loaded:
            return
        self._render()
        wish = self._wished()
        if wish.name not in (self._usable or ()):
            session = self._session()
            self._ask(lambda: (wish, _used(session, wish)), self._show_used)

    def _ask(self, ask: Callable[[], tuple[Any, ...]], answered: Callable[..., object]) -> None:
        """Ask what takes a look at the disk or the machine; ``answered`` gets it in the window."""
        if self._background is None:
            answered(*ask())
            return
        tell = self._relay.wrap(answered)
        self._background(lambda: tell(*ask()))

    def _show_models(self, models: Sequence[ShelfModel], wish: _Wish, used: _Used) -> None:
        self._usable = [m.name for m in models if m.header and m.header.purpose in ANSWERS]
        self._files = {
            m.name: (str(m.path), m.header.chat_template or "") for m in models if m.header
        }
        self._used = {wish: used}
        self._work.composer.set_models(models)
        self.show(self._conversation)

    def _show_used(self, wish: _Wish, used: _Used) -> None:
        if self._used.get(wish) != used:
            self._used[wish] = used
            self._render()

    def _wished(self) -> _Wish:
        """Return what is wished for, as the next reply takes it."""
        preset = self._preset_name()
        try:
            wanted = preferred(self._presets(), self.model, preset)
        except StudioError:  # told with the preset, which is gone
            wanted = ""
        return _Wish(self.model, preset, self.model or wanted or self._wishes.default_model())

    def _preset_name(self) -> str:
        return self._conversation.preset if self._conversation else self.new_preset

    def _render(self) -> None:
        conversation, wish = self._conversation, self._wished()
        loaded = self._session().loaded()
        used = self._used.get(wish, _Used(wish.name))
        model = used.model
        self.answering_path, self.answering_template = self._files.get(model, ("", ""))
        preset = self._preset_for(used)
        self._work.composer.set_model(model)
        self._work.composer.set_preset(shipped_words.of_preset(preset).title)
        system = conversation.system if conversation else None
        self._inspector.show_preset(preset, preset.system if system is None else system)
        self._inspector.show_model(loaded)
        for tell in self.shown:
            tell(conversation, preset)
        if self._usable is not None:
            # A model whose file was deleted goes on for as long as it is loaded.
            self._show_whether_any(bool(self._usable) or loaded is not None)

    def _show_whether_any(self, can_answer: bool) -> None:
        self._work.welcome.set_has_model(can_answer)
        blocked = "" if can_answer else tr("A model comes first: open Models (Ctrl+4).")
        self._work.composer.set_blocked(blocked)

    def _preset_for(self, used: _Used) -> Preset:
        """Return the preset in force; it, or its model, may be gone: that needs another choice."""
        presets = self._presets()
        try:
            preset = presets.in_force(self._preset_name(), used.model)
        except StudioError as error:
            self._tell(error)
            return presets.for_model(used.model)
        gone = used.passed_over
        self._tell(model_gone(preset, gone, used.model) if gone else None, "warning")
        return preset

    def _tell(self, trouble: StudioError | None, token: str = "danger") -> None:
        """Show what is wrong with the chat on show, and take away what was with the one before.

        What was told of it already is not told again: it may have been dismissed.
        """
        banner, before = self._work.banner, self._told
        now_told = self._conversation.id if self._conversation else ""
        is_known = now_told == self._told_in and str(trouble) == str(before)
        self._told, self._told_in = trouble, now_told
        if trouble is not None and not is_known:
            details = f"{trouble.details}\n\n{trouble.code}".strip()
            banner.say(trouble.what, trouble.hint, token=token, details=details)
        elif trouble is None and before is not None and banner.text() == str(before):
            banner.hide()


def _used(session: ChatSession, wish: _Wish) -> _Used:
    """Return the model that answers; when none can, the one that was wished for."""
    try:
        taken = session.would_use(wish.model, wish.preset)
    except StudioError:  # told by the reply that is asked for nevertheless
        return _Used(wish.name)
    return _Used(taken.choice.name, taken.passed_over)
