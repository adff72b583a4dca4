"""One control for each kind of value, all used alike: show a value, hear what a person chose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from studio.ui import mirror
from studio.ui.theme import CONTROL, Theme
from studio.ui.widgets.toggle import Toggle

_ARROW = 14
_STEPPER_ARROW = 12
_STEPPER_WIDTH = 26  # as in the style sheet
_TEXT_INSET = 8
_WIDTH = 184
_SHORT_WIDTH = 120
_LONGEST_NUMBER = 9_999_999


class Editor(QWidget):
    """A control for one value. ``edited`` carries what a person chose, never what was shown."""

    edited = Signal(object)

    def __init__(self, control: QWidget, words: str) -> None:
        super().__init__()
        self._control = control
        self._showing = False
        control.setAccessibleName(words)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(control)
        self.setFocusProxy(control)

    def show_value(self, value: Any) -> None:
        """Show a value without telling anyone."""
        self._showing = True
        try:
            self._show(value)
        finally:
            self._showing = False

    def name_with(self, words: QLabel) -> None:
        """Let a label in front of the control be its name."""
        words.setBuddy(self._control)

    def value(self) -> Any:
        """Return the value on show."""
        raise NotImplementedError

    def wanted_width(self, theme: Theme) -> int:
        """Return the width that suits what is shown here, at the person's text size."""
        return _WIDTH * theme.scaled(CONTROL) // CONTROL

    def set_control_name(self, name: str, tip: str, description: str) -> None:
        """Name the control itself for tests, hover and screen readers."""
        self._control.setObjectName(name)
        self._control.setToolTip(tip)
        self._control.setAccessibleDescription(description)

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _tell(self) -> None:
        if not self._showing:
            self.edited.emit(self.value())


class SwitchEditor(Editor):
    """On or off."""

    def __init__(self, theme: Theme, words: str) -> None:
        self._toggle = Toggle(theme, words)
        super().__init__(self._toggle, words)
        self._column.setAlignment(self._toggle, Qt.AlignmentFlag.AlignRight)
        self._toggle.toggled.connect(self._tell)

    def value(self) -> bool:
        """Return whether it is on."""
        return self._toggle.isChecked()

    def _show(self, value: Any) -> None:
        self._toggle.setChecked(bool(value))


class NumberEditor(Editor):
    """A number within bounds; ``at_minimum`` words the smallest when it means something else.

    ``digits`` after the point; 0 makes it a whole number.
    """

    def __init__(
        self,
        theme: Theme,
        words: str,
        bounds: tuple[float, float],
        digits: int = 0,
        unit: str = "",
        at_minimum: str = "",
        step: float = 0,
    ) -> None:
        self._digits = digits
        self._field = NumberField(theme)
        self._field.setDecimals(digits)
        self._field.setRange(*bounds)
        self._field.setSingleStep(step or 10 ** min(0, 1 - digits))
        self._field.setSpecialValueText(at_minimum)
        self._field.setSuffix(f" {unit}" if unit else "")
        super().__init__(self._field, words)
        self._field.valueChanged.connect(self._tell)

    def value(self) -> int | float:
        """Return the number."""
        return self._field.value() if self._digits else round(self._field.value())

    def word_minimum(self, at_minimum: str) -> None:
        """Put other words in the place of the smallest value."""
        self._field.setSpecialValueText(at_minimum)

    def wanted_width(self, theme: Theme) -> int:
        """Return the width of short numbers, or the usual one; fields line up with only two."""
        field = self._field
        number = field.textFromValue(min(field.maximum(), _LONGEST_NUMBER))
        metrics = field.fontMetrics()
        texts = (f"{number}{field.suffix()}", field.specialValueText())
        text = max(metrics.horizontalAdvance(each) for each in texts)
        short = _SHORT_WIDTH * theme.scaled(CONTROL) // CONTROL
        fits = text + 2 * _TEXT_INSET + _STEPPER_WIDTH <= short
        return short if fits else super().wanted_width(theme)

    def _show(self, value: Any) -> None:
        self._field.setValue(float(value))


class NumberField(QDoubleSpinBox):
    """A number to type or to step through, with the product's own arrows at its end.

    The wheel only acts with the focus, so that scrolling a page never changes a value. Where a
    word stands for the smallest value, typing replaces the word, and an empty field means it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lineEdit().setTextMargins(_TEXT_INSET, 0, 0, 0)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Let a field be emptied where a word stands for the smallest value."""
        if self._is_emptied(text):
            return QValidator.State.Acceptable, text, pos
        return super().validate(text, pos)

    def valueFromText(self, text: str) -> float:
        """Read an emptied field as the smallest value."""
        return self.minimum() if self._is_emptied(text) else super().valueFromText(text)

    def _is_emptied(self, text: str) -> bool:
        return bool(self.specialValueText()) and not text.removesuffix(self.suffix()).strip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its two arrows, paler where there is nowhere to go."""
        super().paintEvent(event)
        painter = QPainter(self)
        enabled = self.stepEnabled()
        left = self.width() - (_STEPPER_WIDTH + _STEPPER_ARROW) // 2 - 1
        middle = self.height() // 2
        for icon, top, step in (
            ("chevron-up", middle - _STEPPER_ARROW, QAbstractSpinBox.StepEnabledFlag.StepUpEnabled),
            ("chevron-down", middle, QAbstractSpinBox.StepEnabledFlag.StepDownEnabled),
        ):
            painter.setOpacity(1.0 if enabled & step else 0.4)
            place = QRect(left, top, _STEPPER_ARROW, _STEPPER_ARROW)
            place = mirror.placed(place, self.rect())
            self._theme.icon(icon, "text", _STEPPER_ARROW).paint(painter, place)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select a word that stands for a value, for what is typed to take its place."""
        super().focusInEvent(event)
        if self.text() == self.specialValueText():
            QTimer.singleShot(0, self, self.selectAll)  # after the click has put the cursor

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class TextEditor(Editor):
    """One line of text, told when it is finished."""

    def __init__(self, words: str, placeholder: str = "") -> None:
        self._line = QLineEdit()
        super().__init__(self._line, words)
        self._line.setPlaceholderText(placeholder)
        self._line.editingFinished.connect(self._tell_if_new)
        self._shown = ""

    def value(self) -> str:
        """Return the text."""
        return self._line.text()

    def _show(self, value: Any) -> None:
        self._shown = str(value)
        self._line.setText(self._shown)

    def _tell_if_new(self) -> None:
        if self.value() != self._shown:
            self._shown = self.value()
            self._tell()


class ChoiceEditor(Editor):
    """One of a few, each a value with its word."""

    def __init__(self, theme: Theme, words: str, choices: Sequence[tuple[Any, str]]) -> None:
        self._box = Choice(theme)
        super().__init__(self._box, words)
        self._values: list[Any] = []
        self.set_choices(choices)
        self._box.currentIndexChanged.connect(self._tell)

    def value(self) -> Any:
        """Return the value of the word on show, or nothing when there is none to choose."""
        index = self._box.currentIndex()
        return self._values[index] if index >= 0 else ""

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other values; call ``show_value`` after it."""
        blocked = self._box.blockSignals(True)
        self._values = [value for value, _ in choices]
        self._box.clear()
        self._box.addItems([word for _, word in choices])
        self._box.blockSignals(blocked)

    def _show(self, value: Any) -> None:
        self._box.setCurrentIndex(self._values.index(value))


class Choice(QComboBox):
    """A drop-down with the product's own arrow; the wheel only acts with the focus."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and a small arrow at its end."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRect(self.width() - 24, (self.height() - _ARROW) // 2, _ARROW, _ARROW)
        place = mirror.placed(place, self.rect())
        self._theme.icon("chevron-down", "muted", _ARROW).paint(painter, place)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
