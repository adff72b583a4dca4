"""“How this reply was made”: its recipe in plain words, and the way to make it again."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from studio.chat.conversation import Message
from studio.chat.recipe_words import Line, lines
from studio.translation import mark, tr
from studio.ui.theme import CONTROL, SPACE, Theme, set_look
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.dialog_frame import CopyButton, ExplainDialog
from studio.ui.widgets.labels import ElidedLabel, label, selectable

UNKNOWN = mark(
    "It is not known how this reply was made. That is kept for replies "
    "that are written here; this one was imported, edited, or not finished."
)
_ABOUT = mark("With all of this, the same machine and the same engine write the same text again.")
_SIZE = (760, 600)
_NAMES = 190
_HASH = "SHA-256"


class RecipeDialog(ExplainDialog):
    """Shows a reply's recipe.

    ``repeat_wished`` asks to make it again, ``prompt_wished`` to show what the model read.
    """

    repeat_wished = Signal()
    prompt_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget, reply: Message) -> None:
        super().__init__(theme, parent, "recipe_dialog", tr("How this reply was made"), _SIZE)
        self._lines = lines(reply)
        if not self._lines:
            self.say_only(tr(UNKNOWN))
            return
        self.about.setText(tr(_ABOUT))
        self.column.addWidget(self._scrolling(), 1)
        again = Button(theme, tr("Make it again"), "primary", "refresh-cw", name="make_again")
        again.on_click(self._repeat)
        prompt = Button(theme, tr("Show the exact prompt"), name="recipe_prompt")
        prompt.on_click(self.prompt_wished.emit)
        copy = CopyButton(theme, self.text, "copy_recipe")
        self.add_buttons(again, prompt, copy)
        again.setDefault(True)
        again.setFocus()

    def text(self) -> str:
        """Return the recipe as plain text."""
        groups = groupby(self._lines, lambda line: line.group)
        return "\n\n".join(
            "\n".join([group, *(f"{line.name}: {line.value}" for line in each)])
            for group, each in groups
        )

    def _repeat(self) -> None:
        self.accept()
        self.repeat_wished.emit()

    def _scrolling(self) -> QScrollArea:
        ground = QWidget()
        set_look(ground, "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, SPACE[2], 0)
        column.setSpacing(SPACE[3])
        for group, each in groupby(self._lines, lambda line: line.group):
            column.addLayout(self._group(group, list(each)))
        column.addStretch()
        scroll = QScrollArea()
        scroll.setObjectName("recipe_lines")
        scroll.setAccessibleName(tr("How this reply was made"))
        scroll.setWidget(ground)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return scroll

    def _group(self, title: str, told: list[Line]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[3])
        grid.setVerticalSpacing(SPACE[0])
        grid.setColumnMinimumWidth(0, self.theme.scaled(_NAMES))
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(title, "group"), 0, 0, 1, 2)
        for row, line in enumerate(told, 1):
            name, value = label(line.name, "muted"), self._value(line)
            name.setToolTip(line.technical)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        return grid

    def _value(self, line: Line) -> QWidget:
        told = f"{line.name}: {line.value}"
        if line.technical == _HASH:
            digits = ElidedLabel(self.theme, line.value, CONTROL)
            digits.setAccessibleName(told)
            return digits
        shown = selectable(label(line.value, wrap=True))
        shown.setAccessibleName(told)
        shown.setToolTip(line.technical)
        return shown
