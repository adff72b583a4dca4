"""The examples of a preset: a question and its answer in each row, added and taken away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.chat.presets.preset_file import Example
from studio.chat.presets.values import MOST_EXAMPLE, MOST_EXAMPLES, too_long
from studio.translation import tr
from studio.ui.chat.presets.kept_text import kept
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button, IconButton
from studio.ui.widgets.labels import label
from studio.ui.widgets.plain_text import LongText

_LINES = 4
_AROUND_LINES = 24  # the frame, its padding and the margin of the text


class ExampleRow(QWidget):
    """One question and its answer. ``refused`` carries why what was pasted is not taken."""

    edited = Signal()
    removed = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme, number: int, example: Example) -> None:
        super().__init__()
        self._number = number
        self._before = example
        self.question = _field(f"question_of_example_{number}", example.user)
        self.question.setAccessibleName(tr("Question of example {number}", number=number))
        self.question.setPlaceholderText(tr("A question"))
        self.answer = _field(f"answer_of_example_{number}", example.assistant)
        self.answer.setAccessibleName(tr("Answer of example {number}", number=number))
        self.answer.setPlaceholderText(tr("The answer to it"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        for field in (self.question, self.answer):
            field.textChanged.connect(self.edited)
            field.refused.connect(self._on_refused)
            row.addWidget(field, 1)
        words = tr("Remove example {number}", number=number)
        button = IconButton(theme, "x", words, size=14, name=f"remove_example_{number}")
        button.clicked.connect(self.removed)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def example(self) -> Example:
        """Return what stands in the row."""
        return Example(
            kept(self.question.toPlainText(), self._before.user),
            kept(self.answer.toPlainText(), self._before.assistant),
        )

    def _on_refused(self, length: int) -> None:
        name = tr("Example {number}", number=self._number)
        self.refused.emit(too_long(name, length, MOST_EXAMPLE))


class ExamplesForm(QWidget):
    """All examples of a preset. ``edited`` tells every change by the person.

    ``refused`` carries why what was pasted is not taken.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[ExampleRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE[1])
        self._add = Button(theme, tr("Add example"), icon="plus", name="add_example")
        self._add.on_click(self._on_add_clicked)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE[1])
        told = tr(
            "Put before every conversation as if they had been said. They show the model the form."
        )
        outer.addWidget(label(told, "muted", wrap=True))
        outer.addLayout(self._column)
        outer.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_examples(self, examples: Sequence[Example]) -> None:
        """Show other examples without telling anyone."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        for example in examples:
            self._append(example)
        self._add.setEnabled(len(self._rows) < MOST_EXAMPLES)

    def examples(self) -> tuple[Example, ...]:
        """Return what stands in the rows; rows left empty are passed over."""
        told = (row.example() for row in self._rows)
        return tuple(each for each in told if each.user.strip() or each.assistant.strip())

    def _append(self, example: Example) -> ExampleRow:
        row = ExampleRow(self._theme, len(self._rows) + 1, example)
        row.edited.connect(self.edited)
        row.removed.connect(lambda: self._remove(row))
        row.refused.connect(self.refused)
        self._rows.append(row)
        self._column.addWidget(row)
        return row

    def _on_add_clicked(self) -> None:
        row = self._append(Example("", ""))
        row.question.setFocus(Qt.FocusReason.OtherFocusReason)
        self._add.setEnabled(len(self._rows) < MOST_EXAMPLES)

    def _remove(self, row: ExampleRow) -> None:
        kept = [each.example() for each in self._rows if each is not row]
        self.show_examples(kept)  # so that the numbers in their names stay right
        self.edited.emit()


class _Field(LongText):
    """As high as some lines of its letters; more are scrolled."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + _AROUND_LINES)


def _field(name: str, text: str) -> LongText:
    field = _Field(name, "", MOST_EXAMPLE)
    field.set_text(text)
    return field
