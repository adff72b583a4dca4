"""The rows of a preset's fields that tell whether a model thinks before it answers, and how hard.

What is chosen for a conversation itself comes before them.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.chat.presets.values import KNOBS
from studio.engine.language import Sampling
from studio.translation import mark, tr
from studio.ui.chat.inspector.think_choice import EFFORTS
from studio.ui.theme import Theme
from studio.ui.widgets.editors import ChoiceEditor
from studio.ui.widgets.setting_row import SettingRow

_THINKS: dict[str, bool | None] = {"": None, "yes": True, "no": False}
_THINK_WORDS = {"": mark("As the model likes"), "yes": mark("Yes"), "no": mark("No")}


class PresetThinking(QWidget):
    """``edited`` tells that another choice was made."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("preset_thinking")
        names = {field: tr(KNOBS[field].name) for field in ("think", "think_effort")}
        choices = [(word, tr(told)) for word, told in _THINK_WORDS.items()]
        self.think = ChoiceEditor(theme, names["think"], choices)
        self.effort = ChoiceEditor(theme, names["think_effort"], _efforts(""))
        help_texts = {
            "think": tr("For models that think; the others answer at once. A chat can change it."),
            "think_effort": tr("For models that can be told how hard to think."),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for field, editor in (("think", self.think), ("think_effort", self.effort)):
            editor.edited.connect(lambda _word: self.edited.emit())
            row = SettingRow(
                theme, names[field], help_texts[field], editor, f"preset_{field}", field
            )
            column.addWidget(row)

    def show_sampling(self, sampling: Sampling) -> None:
        """Show what a preset says; a word that this program does not know is shown as it is."""
        self.effort.set_choices(_efforts(sampling.think_effort))
        self.effort.show_value(sampling.think_effort)
        self.think.show_value(next(word for word, on in _THINKS.items() if on is sampling.think))

    def told(self, sampling: Sampling) -> Sampling:
        """Return sampling with what is chosen here."""
        return replace(
            sampling,
            think=_THINKS[str(self.think.value())],
            think_effort=str(self.effort.value()),
        )


def _efforts(word: str) -> list[tuple[str, str]]:
    known = [("", tr(_THINK_WORDS[""])), *((each, tr(told)) for each, told in EFFORTS.items())]
    return known if word in ("", *EFFORTS) else [*known, (word, word)]
