"""The right side of the Chat room: the preset that shapes replies, and the model that is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.chat.presets import shipped_words
from studio.translation import mark, tr
from studio.ui.chat.inspector.facts import Fact, model_facts, sampling_facts
from studio.ui.chat.inspector.fold import Fold
from studio.ui.theme import CONTROL, SECTION, SPACE, Theme, set_look
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.labels import ElidedLabel, label, line, selectable
from studio.ui.widgets.wrapping import show_text

if TYPE_CHECKING:
    from studio.chat.presets.presets import Preset
    from studio.engine.language import ModelLoaded

_WIDTHS = (300, 340)
_NAME_WIDTH = 104
_TEXT_AIR = 24
_TALLEST_TEXT = 220
_MOST_MEASURED = 4_000  # characters, which are higher than that in any type
_LATER = mark(
    "Presets are chosen below the conversation; the end of that list leads to editing them."
)
_NO_MODEL = mark("No model is loaded yet. It loads with your first message.")
_IDLE = mark("These have no effect with the settings above.")
_NO_SYSTEM = mark("None. The model gets only what you write.")


class FactGrid(QWidget):
    """Names at the left, values at the right; technical names are in the tool-tips."""

    def __init__(self, theme: Theme, name: str, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE[2])
        self._grid.setVerticalSpacing(SPACE[1])
        self._grid.setColumnStretch(1, 1)
        theme.changed.connect(self._fill)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts on show."""
        return self._facts

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        if tuple(facts) != self._facts:
            self._facts = tuple(facts)
            self._fill()

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, fact in enumerate(self._facts):
            self._grid.addWidget(self._name(fact), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._value(fact), row, 1, Qt.AlignmentFlag.AlignTop)

    def _name(self, fact: Fact) -> QLabel:
        made = label(fact.name, "muted", wrap=True)
        width = _NAME_WIDTH * self._theme.scaled(CONTROL) // CONTROL
        made.setFont(self._theme.font(CONTROL))  # in which the longest word is measured
        made.setFixedWidth(max(width, made.minimumSizeHint().width()))
        made.setToolTip(fact.tip)
        return made

    def _value(self, fact: Fact) -> QWidget:
        if fact.warns:
            badge = Badge(self._theme, fact.value, "warning")
            badge.setToolTip(fact.tip)
            return badge
        made = selectable(label(fact.value, wrap=True))
        made.setFont(self._theme.font(CONTROL, tabular=True))
        made.setAccessibleName(f"{fact.name}: {fact.value}")
        made.setToolTip(fact.tip)
        return made


class SystemText(QPlainTextEdit):
    """The system prompt: as tall as its words, up to a limit, then it scrolls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("system_prompt")
        self.setAccessibleName(tr("Instructions to the model"))
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.textChanged.connect(self.updateGeometry)
        theme.changed.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        """Return that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words and the frame around them."""
        room = QRect(0, 0, max(1, width - _TEXT_AIR), _TALLEST_TEXT * 10)
        words = self.toPlainText()[:_MOST_MEASURED] or " "
        taken = self.fontMetrics().boundingRect(room, _WRAPPED, words).height()
        return min(self._theme.scaled(_TALLEST_TEXT), taken + _TEXT_AIR)

    def sizeHint(self) -> QSize:
        """Return the size at the width of now."""
        return QSize(_WIDTHS[0], self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return a size that layouts may shrink it to: one line."""
        return QSize(_NAME_WIDTH, self.fontMetrics().lineSpacing() + _TEXT_AIR)


_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)


class Inspector(QWidget):
    """Tells how replies are made. ``system_edited`` comes with every change of an editable prompt.

    Asked again for what is on show already, it does nothing.
    """

    system_edited = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chat_inspector")
        self.setAccessibleName(tr("Preset and model"))
        self.setMinimumWidth(_WIDTHS[0])
        self.setMaximumWidth(_WIDTHS[1])
        self._theme = theme
        self._preset = ElidedLabel(theme, "", SECTION, 600)
        self._preset.setObjectName("preset_title")
        self._about = _said(label("", "muted", wrap=True), "preset_description")
        self._system = SystemText(theme)
        self._is_typed = True
        self._no_system = _said(label(tr(_NO_SYSTEM), "muted", wrap=True), "no_system_prompt")
        self._own = _said(
            label(tr("Only for this chat."), "caption", wrap=True), "own_system_prompt"
        )
        self._first = FactGrid(theme, "sampling", tr("How replies are written"))
        self._telling = FactGrid(theme, "more_sampling", tr("More of how replies are written"))
        self._idle_note = _said(label(tr(_IDLE), "caption", wrap=True), "idle_sampling_note")
        self._idle = FactGrid(theme, "idle_sampling", tr("Settings that have no effect now"))
        parts = (self._telling, self._idle_note, self._idle)
        told = (tr("More settings of the preset"), tr("Less settings of the preset"))
        self._more = Fold(theme, "sampling_fold", told, *parts)
        self._chat = QVBoxLayout()
        self._later = _said(label(tr(_LATER), "caption", wrap=True), "presets_note")
        self._model = ElidedLabel(theme, "", SECTION, 600)
        self._model.setObjectName("model_name")
        self._model_facts = FactGrid(theme, "model_facts", tr("The loaded model"))
        self._more_facts = FactGrid(theme, "more_model_facts", tr("More about the loaded model"))
        told = (tr("More about the model"), tr("Less about the model"))
        self._more_model = Fold(theme, "model_fold", told, self._more_facts)
        self._no_model = _said(label(tr(_NO_MODEL), "muted", wrap=True), "no_model_loaded")
        self._lay_out()
        self._system.textChanged.connect(self._on_text_changed)
        self.show_model(None)

    def show_preset(self, preset: Preset, system: str, editable: bool = False) -> None:
        """Show a preset and the system prompt in force, which may be the conversation's own."""
        words = shipped_words.of_preset(preset)
        self._preset.set_text(words.title)
        self._about.setText(words.description)
        self._about.setVisible(bool(words.description))
        self._show_system(system, editable)
        self._own.setVisible(system != preset.system)
        self._later.setVisible(not editable)
        told = sampling_facts(preset.sampling)
        self._first.show_facts(told.first)
        self._telling.show_facts(told.telling)
        self._idle.show_facts(told.idle)
        self._telling.setVisible(bool(told.telling))

    def add_to_chat(self, part: QWidget) -> None:
        """Add something that a chat can have its own way, below what the preset says."""
        self._chat.addSpacing(SPACE[1])
        self._chat.addWidget(part)

    def show_model(self, loaded: ModelLoaded | None) -> None:
        """Show what is loaded, or that nothing is."""
        self._no_model.setVisible(loaded is None)
        self._model.setVisible(loaded is not None)
        self._model_facts.setVisible(loaded is not None)
        self._more_model.setVisible(loaded is not None)
        if loaded is not None:
            first, more = model_facts(loaded)
            self._model.set_text(PurePath(loaded.path).stem)  # as everywhere else
            self._model_facts.show_facts(first)
            self._more_facts.show_facts(more)

    def _show_system(self, system: str, editable: bool) -> None:
        if self._system.toPlainText() != system:
            self._is_typed = False
            show_text(self._system, system)
            self._is_typed = True
        self._system.setReadOnly(not editable)
        self._system.setTextInteractionFlags(_EDITING if editable else _READING)
        self._system.setVisible(editable or bool(system))
        self._no_system.setVisible(not editable and not system)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(SPACE[3], SPACE[3], SPACE[3], SPACE[3])
        column.setSpacing(SPACE[1])
        column.addWidget(label(tr("Preset"), "group"))
        column.addWidget(self._preset)
        column.addWidget(self._about)
        column.addSpacing(SPACE[1])
        instructions = _heading(tr("Instructions to the model"), tr("System prompt"))
        instructions.setBuddy(self._system)
        column.addWidget(instructions)
        column.addWidget(self._system)
        column.addWidget(self._no_system)
        column.addWidget(self._own)
        column.addSpacing(SPACE[1])
        column.addWidget(_heading(tr("How replies are written"), tr("Sampling")))
        column.addWidget(self._first)
        column.addWidget(self._more)
        column.addWidget(self._later)
        column.addLayout(self._chat)
        column.addSpacing(SPACE[2])
        column.addWidget(line())
        column.addSpacing(SPACE[2])
        column.addWidget(label(tr("Model"), "group"))
        column.addWidget(self._model)
        column.addWidget(self._model_facts)
        column.addWidget(self._more_model)
        column.addWidget(self._no_model)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(_scrolling(column))

    def _on_text_changed(self) -> None:
        if self._is_typed:
            self.system_edited.emit(self._system.toPlainText())


_READING = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
_EDITING = Qt.TextInteractionFlag.TextEditorInteraction


def _heading(words: str, technical: str) -> QLabel:
    made = label(words, "strong")
    made.setToolTip(technical)
    return made


def _said(made: QLabel, name: str) -> QLabel:
    made.setObjectName(name)
    return made


def _scrolling(column: QVBoxLayout) -> QScrollArea:
    ground = QWidget()
    set_look(ground, "ground")
    ground.setLayout(column)
    scroll = QScrollArea()
    scroll.setObjectName("chat_inspector_scroll")
    scroll.setAccessibleName(tr("Preset and model"))
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(ground)
    return scroll
