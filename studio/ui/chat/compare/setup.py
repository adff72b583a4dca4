"""What is to be compared: a prompt, a model and a preset on each side, and whether blind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.chat.compare.comparison import Chosen
from studio.translation import tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.editors import Choice
from studio.ui.widgets.labels import label
from studio.ui.widgets.toggle import Toggle
from studio.ui.widgets.wrapping import show_text, wrap_for

Choices = Sequence[tuple[str, str]]
_PROMPT_HEIGHT = 120
_SENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CompareSetup(QWidget):
    """Asks for it all; ``wanted`` tells that the comparison is to begin."""

    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("compare_setup")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.prompt = _Prompt()
        self.prompt.setFixedHeight(theme.scaled(_PROMPT_HEIGHT))
        self.prompt.sent.connect(self.wanted)
        self.left = SideChoice(theme, tr("Left"), "left")
        self.right = SideChoice(theme, tr("Right"), "right")
        blind = tr("Hide which is which until the vote")
        self.blind = Toggle(theme, blind)
        self.blind.setObjectName("compare_blind")
        self.start = Button(theme, tr("Compare"), "primary", name="compare_start")
        self.start.on_click(self.wanted.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        words = label(tr("Prompt"), "strong")
        words.setBuddy(self.prompt)
        column.addWidget(words)
        column.addWidget(self.prompt)
        sides = QHBoxLayout()
        sides.setSpacing(SPACE[4])
        sides.addWidget(self.left, 1)
        sides.addWidget(self.right, 1)
        column.addLayout(sides)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE[1])
        foot.addWidget(self.blind)
        told = label(blind)
        told.setBuddy(self.blind)
        foot.addWidget(told)
        foot.addStretch()
        foot.addWidget(self.start)
        column.addLayout(foot)

    def set_choices(self, models: Choices, presets: Choices) -> None:
        """Offer these models and presets; what is chosen stays, as far as it is still there."""
        for side in (self.left, self.right):
            side.set_choices(models, presets)

    def set_running(self, running: bool) -> None:
        """Let nothing be changed meanwhile."""
        for widget in (self.prompt, self.left, self.right, self.blind, self.start):
            widget.setEnabled(not running)


class SideChoice(QWidget):
    """The model and the preset of one side."""

    def __init__(self, theme: Theme, title: str, name: str) -> None:
        super().__init__()
        self.model, self.preset = Choice(theme), Choice(theme)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[1])
        grid.setVerticalSpacing(SPACE[0])
        grid.addWidget(label(title, "strong"), 0, 0, 1, 2)
        rows = ((self.model, tr("Model"), "model"), (self.preset, tr("Preset"), "preset"))
        for row, (box, words, kind) in enumerate(rows, 1):
            box.setObjectName(f"compare_{name}_{kind}")
            box.setAccessibleName(f"{title}: {words}")
            box.setMinimumContentsLength(12)
            told = label(words, "muted")
            told.setBuddy(box)
            told.setAccessibleName(box.accessibleName())  # which is the box's name on some systems
            grid.addWidget(told, row, 0)
            grid.addWidget(box, row, 1)
        grid.setColumnStretch(1, 1)

    def chosen(self) -> Chosen:
        """Return what is chosen."""
        return Chosen(str(self.model.currentData() or ""), str(self.preset.currentData() or ""))

    def choose(self, chosen: Chosen) -> None:
        """Choose something, as far as it is there."""
        for box, name in ((self.model, chosen.model), (self.preset, chosen.preset)):
            box.setCurrentIndex(max(0, box.findData(name)))

    def set_choices(self, models: Choices, presets: Choices) -> None:
        """Offer these."""
        before = self.chosen()
        for box, choices in ((self.model, models), (self.preset, presets)):
            box.clear()
            for name, words in choices:
                box.addItem(words, name)
        self.choose(before)


class _Prompt(QPlainTextEdit):
    """Plain text; Ctrl+Enter sends it, and Tab leaves it."""

    sent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("compare_prompt")
        self.setAccessibleName(tr("Prompt"))
        self.setTabChangesFocus(True)
        self.setPlaceholderText(tr("What both are to answer"))

    def set_text(self, text: str) -> None:
        """Show another text, all of it selected."""
        show_text(self, text)
        self.selectAll()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in what is pasted or dropped, quick to lay out."""
        wrap_for(self, source.text())
        super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send with Ctrl+Enter."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _SENDING and held:
            self.sent.emit()
        else:
            super().keyPressEvent(event)
