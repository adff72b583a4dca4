"""One control for each kind of value, all used alike: show a value, hear what a person chose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from studio.ui.theme import Theme
from studio.ui.widgets.toggle import Toggle

_ARROW = 14


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

    def value(self) -> Any:
        """Return the value on show."""
        raise NotImplementedError

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

    ``digits`` after the point; 0 makes it a whole number. The wheel only acts with the focus, so
    that scrolling a page never changes a value.
    """

    def __init__(
        self,
        words: str,
        bounds: tuple[float, float],
        digits: int = 0,
        unit: str = "",
        at_minimum: str = "",
        step: float = 0,
    ) -> None:
        self._spin: QSpinBox | QDoubleSpinBox
        if digits:
            spin = _CalmDoubleSpinBox()
            spin.setDecimals(digits)
            spin.setRange(*bounds)
            spin.setSingleStep(step or 10 ** (1 - digits))
            spin.setStepType(spin.StepType.DefaultStepType)
            self._spin = spin
        else:
            whole = _CalmSpinBox()
            whole.setRange(int(bounds[0]), int(bounds[1]))
            whole.setSingleStep(int(step or 1))
            self._spin = whole
        super().__init__(self._spin, words)
        self._spin.lineEdit().setTextMargins(8, 0, 8, 0)
        self._spin.setSpecialValueText(at_minimum)
        self._spin.setSuffix(f" {unit}" if unit else "")
        self._spin.setGroupSeparatorShown(True)
        self._spin.setKeyboardTracking(False)
        self._spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._spin.valueChanged.connect(self._tell)

    def value(self) -> int | float:
        """Return the number."""
        return self._spin.value()

    def _show(self, value: Any) -> None:
        if isinstance(self._spin, QSpinBox):
            self._spin.setValue(int(value))
        else:
            self._spin.setValue(float(value))


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
        self._theme.icon("chevron-down", "muted", _ARROW).paint(painter, place)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _CalmSpinBox(QSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _CalmDoubleSpinBox(QDoubleSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
