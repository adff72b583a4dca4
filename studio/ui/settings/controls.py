"""Which control belongs to which kind of setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QFontDatabase, QShowEvent

from studio.setting import Setting
from studio.translation import tr
from studio.ui.relay import Relay
from studio.ui.theme import Theme
from studio.ui.widgets.editors import (
    ChoiceEditor,
    Editor,
    NumberEditor,
    SwitchEditor,
    TextEditor,
)
from studio.ui.widgets.folder_list import FolderListEditor

Choices = Sequence[tuple[str, str]]
Background = Callable[[Callable[[], None]], object]
_WIDEST = (-(2**31), 2**31 - 1)
_STEPS = {"tokens": 1024, "GB": 0.5}


def editor_for(
    theme: Theme,
    setting: Setting,
    offered: Callable[[], Choices] | None = None,
    background: Background | None = None,
) -> Editor:
    """Return the control for a setting; ``offered`` lists values that only other parts know."""
    if offered is not None:
        return OfferedEditor(theme, tr(setting.title), offered, background)
    makers: dict[str, Callable[[Theme, Setting], Editor]] = {
        "bool": lambda theme, setting: SwitchEditor(theme, tr(setting.title)),
        "int": _number,
        "float": _number,
        "str": lambda _theme, setting: TextEditor(tr(setting.title), tr("Automatic")),
        "choice": _choice,
        "folders": lambda theme, setting: FolderListEditor(theme, tr(setting.title)),
        "font": _fonts,
        "code_font": _fonts,
    }
    return makers[setting.kind](theme, setting)


class OfferedEditor(ChoiceEditor):
    """A choice among values that another part knows, asked again whenever it comes into view.

    A value that is no longer offered stays, and stays visible, until a person changes it.
    ``background`` runs ``offered`` off the window's thread; without it, it is asked on it.
    """

    def __init__(
        self,
        theme: Theme,
        words: str,
        offered: Callable[[], Choices],
        background: Background | None = None,
    ) -> None:
        self._offered = offered
        self._background = background
        self._known: Choices | None = None
        super().__init__(theme, words, ())
        self._relay = Relay(self)
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask what there is to choose from."""
        self._ask()
        super().showEvent(event)

    def _ask(self) -> None:
        if self._background is None:
            self._on_told(self._offered())
            return
        tell = self._relay.wrap(self._on_told)
        self._background(lambda: tell(self._offered()))

    def _on_told(self, choices: Choices) -> None:
        self._known = choices
        self.show_value(self.value())

    def _show(self, value: Any) -> None:
        choices = list(self._known or ())
        if self._known is None:
            choices.append((value, str(value) or tr("Automatic")))
        elif value not in [offered for offered, _ in choices]:
            choices.append(
                (value, tr("{value} (not here)", value=value) if value else tr("Automatic"))
            )
        self.set_choices(choices)
        super()._show(value)


def _number(theme: Theme, setting: Setting) -> Editor:
    low, high = setting.bounds or _WIDEST
    bounds = (max(low, _WIDEST[0]), min(high, _WIDEST[1]))
    digits = 1 if setting.kind == "float" else 0
    step = _STEPS.get(setting.unit, 0)
    unit, at_minimum = (tr(word) if word else "" for word in (setting.unit, setting.at_minimum))
    return NumberEditor(theme, tr(setting.title), bounds, digits, unit, at_minimum, step)


def _choice(theme: Theme, setting: Setting) -> Editor:
    words = [tr(label) for label in setting.labels] or setting.choices
    return ChoiceEditor(theme, tr(setting.title), list(zip(setting.choices, words, strict=True)))


def _fonts(theme: Theme, setting: Setting) -> Editor:
    labels = [tr(label) for label in setting.labels]
    named = list(zip(setting.choices, labels, strict=True))
    is_fixed = setting.kind == "code_font"
    return OfferedEditor(theme, tr(setting.title), lambda: [*named, *_families(is_fixed)])


def _families(is_fixed: bool) -> Choices:
    """Return the families that are installed here, the hidden ones of the system left out."""
    return [
        (family, family)
        for family in QFontDatabase.families()
        if not QFontDatabase.isPrivateFamily(family)
        and (not is_fixed or QFontDatabase.isFixedPitch(family))
    ]
