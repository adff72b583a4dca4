"""Tells in the inspector how long and how hard a chat's model may think, and changes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.chat.options import Options
from studio.chat.presets.values import KNOBS
from studio.translation import mark, tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.editors import ChoiceEditor, NumberEditor
from studio.ui.widgets.labels import label

_AS_BEFORE = -1
_STEP = 64
EFFORTS = {
    "minimal": mark("Very little"),
    "low": mark("Little"),
    "medium": mark("Medium"),
    "high": mark("Much"),
    "max": mark("As much as it can"),
}
"""The words that a model may know for how hard it thinks, and their names in English."""


class ThinkChoice(QWidget):
    """A heading, the longest thinking, and how hard it is where the model can be told.

    ``tokens_chosen`` carries a number or ``None``, ``effort_chosen`` a word or nothing.
    """

    tokens_chosen = Signal(object)
    effort_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("think_choice")
        words, most = tr("Longest thinking, in tokens"), KNOBS["think_tokens"].most
        heading = label(words, "strong", wrap=True)
        heading.setToolTip(tr("Reasoning budget"))
        self.tokens = NumberEditor(
            theme, words, (_AS_BEFORE, most), 0, "", tr("As the preset says"), _STEP
        )
        about = label(
            tr("After so many tokens it is made to answer; with 0 it answers at once."),
            "caption",
            wrap=True,
        )
        self._hard = label(tr("Effort of thinking"), "strong", wrap=True)
        self.effort = ChoiceEditor(theme, tr("Effort of thinking"), [("", "")])
        self.tokens.name_with(heading)
        self.effort.name_with(self._hard)
        self.tokens.edited.connect(self._on_tokens)
        self.effort.edited.connect(lambda word: self.effort_chosen.emit(str(word)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        for part in (heading, self.tokens, about, self._hard, self.effort):
            column.addWidget(part)

    def show_options(self, options: Options, efforts: Sequence[str]) -> None:
        """Show what a chat has chosen, and the words that its model takes."""
        tokens = options.reasoning_tokens
        self.tokens.show_value(_AS_BEFORE if tokens is None else tokens)
        self._hard.setVisible(bool(efforts))
        self.effort.setVisible(bool(efforts))
        known = [(word, tr(EFFORTS[word]) if word in EFFORTS else word) for word in efforts]
        self.effort.set_choices([("", tr("As the model likes")), *known])
        wished = options.reasoning_effort
        self.effort.show_value(wished if wished in efforts else "")

    def _on_tokens(self, number: int) -> None:
        self.tokens_chosen.emit(None if number == _AS_BEFORE else number)
