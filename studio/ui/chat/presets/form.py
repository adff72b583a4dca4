"""The fields of one preset, checked while one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from studio.chat.presets.preset_file import Preset
from studio.chat.presets.values import KNOBS, MOST_SYSTEM, too_long
from studio.chat.shape import shape_of, shaped
from studio.engine.language import Sampling
from studio.translation import mark, tr
from studio.ui.chat.presets.examples_form import ExamplesForm
from studio.ui.chat.presets.kept_text import kept
from studio.ui.chat.presets.shape import PresetShape
from studio.ui.chat.presets.thinking import PresetThinking
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Unfolder
from studio.ui.widgets.editors import ChoiceEditor, NumberEditor
from studio.ui.widgets.labels import label
from studio.ui.widgets.plain_text import LongText
from studio.ui.widgets.setting_row import SettingRow

_SYSTEM_HEIGHT = 148
_NONE = mark("Any")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of sampling as a person meets it; ``nothing`` words the one that means none."""

    field: str
    help: str
    digits: int = 0
    nothing: str = ""
    step: float = 0


_USUAL = (
    _Number("temperature", mark("Higher is more varied; 0 always takes the likeliest words."), 2),
    _Number("max_tokens", mark("The longest reply, in tokens."), 0, mark("No limit"), 50),
)
_RARE = (
    _Number(
        "top_p", mark("Only the likeliest words that make up this share together."), 2, "", 0.05
    ),
    _Number("top_k", mark("Only this many of the likeliest words; 0 takes all.")),
    _Number("min_p", mark("Only words at least this likely, measured against the likeliest."), 2),
    _Number("repeat_penalty", mark("Above 1, words just used become less likely."), 2, "", 0.05),
    _Number("frequency_penalty", mark("Words become less likely with every use."), 2),
    _Number("presence_penalty", mark("Words become less likely once they are used."), 2),
    _Number(
        "seed",
        mark("The same seed and settings give the same reply."),
        0,
        mark("New for each reply"),
    ),
    _Number(
        "think_tokens",
        mark("Longest thinking, in tokens, for models that think; 0 has them answer at once."),
        0,
        mark("As long as it likes"),
        64,
    ),
)


class PresetForm(QWidget):
    """Shows a preset and what a person makes of it; ``edited`` tells every change by them.

    ``refused`` carries a sentence about a paste that was too long to be taken.
    What has no field here, such as rarer settings of sampling, stays as it is.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._preset = Preset("", "", "", "", Sampling())
        self._shows = False
        self.title = _line("preset_title", tr("Name"))
        self.about = _line("preset_description", tr("What it is for"))
        self.system = LongText("preset_system", tr("Instructions to the model"), MOST_SYSTEM)
        self.system.setFixedHeight(_SYSTEM_HEIGHT)
        self.system.setPlaceholderText(tr("None. The model gets only what you write."))
        self._model = ChoiceEditor(theme, tr("Model"), [("", tr(_NONE))])
        self._gone = label("", "warning", wrap=True)
        self._numbers: dict[str, NumberEditor] = {}
        self.shape = PresetShape(theme)
        self.thinking = PresetThinking(theme)
        self.examples = ExamplesForm(theme)
        self._more = Unfolder(theme, "preset_more")
        self._more.on_click(self._turn)
        self._rare = QWidget()
        self._lay_out(theme)
        for field in (self.title, self.about):
            field.textEdited.connect(self._tell)
        self.system.textChanged.connect(self._tell)
        self.system.refused.connect(
            lambda length: self._on_refused(too_long(tr("Instructions"), length, MOST_SYSTEM))
        )
        self.examples.refused.connect(self._on_refused)
        self.shape.edited.connect(self._tell)
        self.thinking.edited.connect(self._tell)
        self.examples.edited.connect(self._tell)
        self._model.edited.connect(self._tell)
        self._fold(is_open=False)

    def show_preset(self, preset: Preset, models: Sequence[str]) -> None:
        """Show another preset; a model it names that is not among ``models`` is told as gone."""
        self._shows = True
        self._preset = preset
        self.title.setText(preset.title)
        self.about.setText(preset.description)
        self.system.set_text(preset.system)
        choices = [("", tr(_NONE)), *((name, name) for name in models)]
        is_gone = bool(preset.model) and preset.model not in models
        self._gone.setText(_not_here(preset.model) if is_gone else "")
        self._gone.setVisible(is_gone)
        if is_gone:
            choices.append((preset.model, tr("{value} (not here)", value=preset.model)))
        self._model.set_choices(choices)
        self._model.show_value(preset.model)
        for name, editor in self._numbers.items():
            value = getattr(preset.sampling, name)
            editor.show_value(_nothing(name) if value is None else value)
        self.shape.show_shape(shape_of(preset.sampling))
        self.thinking.show_sampling(preset.sampling)
        self.examples.show_examples(preset.examples)
        self._shows = False

    def preset(self) -> Preset:
        """Return the preset as it stands in the fields."""
        about = self.about.text()
        return replace(
            self._preset,
            title=self.title.text(),
            description=about if about == self._preset.description else about.strip(),
            system=kept(self.system.toPlainText(), self._preset.system),
            model=str(self._model.value()),
            sampling=self._sampling(),
            examples=self.examples.examples(),
        )

    def _sampling(self) -> Sampling:
        before = self._preset.sampling
        sampling = self.thinking.told(replace(before, **self._changed_numbers()))
        shape = self.shape.shape()
        return sampling if shape == shape_of(before) else shaped(sampling, shape)

    def _changed_numbers(self) -> dict[str, Any]:
        """Return the numbers that differ, so that rounding in a field changes nothing."""
        changed: dict[str, Any] = {}
        for name, editor in self._numbers.items():
            value: float | None = editor.value()
            before = getattr(self._preset.sampling, name)
            if KNOBS[name].may_be_open and value == _nothing(name):
                value = None
            rounds = before is not None and value is not None and round(before, 2) == value
            if value != before and not rounds:
                changed[name] = value
        return changed

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE[2], 0)
        column.setSpacing(SPACE[1])
        for words, field in (
            (tr("Name"), self.title),
            (tr("What it is for"), self.about),
            (tr("Instructions to the model"), self.system),
        ):
            name = label(words, "strong")
            name.setBuddy(field)
            column.addWidget(name)
            column.addWidget(field)
        self.system.setToolTip(tr("System prompt: it stands before every conversation"))
        column.addSpacing(SPACE[1])
        told = tr("Answers when none is chosen for the conversation itself.")
        column.addWidget(SettingRow(theme, tr("Model"), told, self._model, "preset_model"))
        column.addWidget(self._gone)
        for number in _USUAL:
            column.addWidget(self._row(theme, number))
        column.addWidget(self.shape)
        column.addWidget(self._more)
        inner = QVBoxLayout(self._rare)
        inner.setContentsMargins(0, 0, 0, 0)
        for number in _RARE:
            if number.field == "think_tokens":
                inner.addWidget(self.thinking)
            inner.addWidget(self._row(theme, number))
        column.addWidget(self._rare)
        column.addWidget(label(tr("Examples"), "strong"))
        column.addWidget(self.examples)
        column.addStretch()

    def _row(self, theme: Theme, number: _Number) -> SettingRow:
        knob = KNOBS[number.field]
        low = _nothing(number.field) if knob.may_be_open else knob.least
        name, nothing = tr(knob.name), tr(number.nothing) if number.nothing else ""
        editor = NumberEditor(
            theme, name, (low, knob.most), number.digits, "", nothing, number.step
        )
        editor.edited.connect(self._tell)
        self._numbers[number.field] = editor
        return SettingRow(
            theme, name, tr(number.help), editor, f"preset_{number.field}", number.field
        )

    def _on_refused(self, reason: str) -> None:
        self.refused.emit(tr("Nothing was pasted. {reason}", reason=reason))

    def _turn(self) -> None:
        self._fold(is_open=self._rare.isHidden())

    def _fold(self, *, is_open: bool) -> None:
        self._rare.setVisible(is_open)
        self._more.show_state(tr("Fewer settings") if is_open else tr("More settings"), is_open)

    def _tell(self) -> None:
        if not self._shows:
            self.edited.emit()


def _not_here(model: str) -> str:
    return tr(
        "{model} is not here: until it is back, the model that would answer without this preset "
        "does.",
        model=model,
    )


def _nothing(field: str) -> float:
    """Return the number that stands for nothing in a field, one step below the least."""
    return KNOBS[field].least - 1


def _line(name: str, words: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(words)
    return made
