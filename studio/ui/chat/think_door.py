"""Leads from the composer and the inspector to how a chat's model thinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.chat import thinking
from studio.engine.language import Sampling
from studio.translation import tr
from studio.ui.chat.choices import Choices
from studio.ui.chat.own_options import OwnOptions
from studio.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.chat.presets.preset_file import Preset
    from studio.chat.session import ChatSession
    from studio.engine.language import ModelLoaded
    from studio.ui.chat.inspector.inspector import Inspector
    from studio.ui.chat.inspector.pane import InspectorPane
    from studio.ui.chat.inspector.think_choice import ThinkChoice
    from studio.ui.chat.work_area import WorkArea


class ThinkDoor(QObject):
    """Shows whether the next reply is thought over, and changes that.

    ``session`` is asked for at need only. What a model can do is known for certain once it is
    loaded; before, its template tells whether it thinks at all.
    """

    def __init__(
        self,
        theme: Theme,
        work: WorkArea,
        inspector: InspectorPane,
        choices: Choices,
        own: OwnOptions,
        session: Callable[[], ChatSession],
    ) -> None:
        super().__init__(work)
        self._theme = theme
        self._work = work
        self._choices = choices
        self._own = own
        self._session = session
        self._sampling = Sampling()
        self._choice: ThinkChoice | None = None
        work.composer.think.on_click(self.turn)
        inspector.made.connect(self._on_inspector_made)
        own.shown.connect(self._on_shown)

    def turn(self) -> None:
        """Have the next replies of this chat thought over, or no longer."""
        button = self._work.composer.think
        if button.isHidden() or not button.isEnabled():
            self._work.banner.say(
                _why_not(), tr("Choose another model below the message."), token="warning"
            )
            return
        is_on, tokens = self._is_on(), self._own.now().reasoning_tokens
        self._keep(
            reasoning=not is_on,
            reasoning_tokens=None if tokens == 0 and not is_on else tokens,
        )

    def choose_tokens(self, tokens: int | None) -> None:
        """Keep how long the model may think in this chat; ``None`` leaves it to the preset."""
        reasoning = self._own.now().reasoning
        if tokens and reasoning is False:
            reasoning = None
        self._keep(reasoning=reasoning, reasoning_tokens=tokens)

    def choose_effort(self, effort: str) -> None:
        """Keep how hard the model thinks in this chat."""
        self._keep(reasoning_effort=effort)

    def _keep(self, **values: object) -> None:
        self._own.change(**values)
        self._show()

    def _loaded(self) -> ModelLoaded | None:
        """Return the model that answers, if it is loaded."""
        loaded = self._session().loaded() if self._choices.is_loaded else None
        is_it = loaded is not None and loaded.path == self._choices.answering_path
        return loaded if is_it else None

    def _can_think(self) -> bool:
        loaded = self._loaded()
        if loaded is not None:
            return bool(loaded.reasoning_switch)
        if not self._choices.answering_template:
            return False
        from studio.prompting.formats import detect  # seldom wanted

        return detect(self._choices.answering_template).has_reasoning

    def _is_on(self) -> bool:
        sampling = thinking.in_force(self._own.now(), self._sampling)
        loaded = self._loaded()
        if loaded is not None:
            return thinking.thinks(sampling, loaded)
        return sampling.think is not False and sampling.think_tokens != 0

    def _on_shown(self, preset: Preset) -> None:
        self._sampling = preset.sampling
        self._show()

    def _show(self) -> None:
        button, can = self._work.composer.think, self._can_think()
        own = self._own.now()
        why_not = "" if can else _why_not()
        button.show_state(is_on=can and self._is_on(), why_not=why_not)
        button.setVisible(can or own.reasoning is not None)
        if self._choice is not None:
            loaded = self._loaded()
            self._choice.setVisible(can)
            self._choice.show_options(own, loaded.efforts if loaded else ())

    def _on_inspector_made(self, inspector: Inspector) -> None:
        from studio.ui.chat.inspector.think_choice import (
            ThinkChoice,  # the window's start need not wait
        )

        self._choice = ThinkChoice(self._theme)
        self._choice.tokens_chosen.connect(self.choose_tokens)
        self._choice.effort_chosen.connect(self.choose_effort)
        inspector.add_to_chat(self._choice)
        self._show()


def _why_not() -> str:
    return tr("This model does not think before it answers.")
