"""The parts of the presets' window and where they stand: list at the left, fields at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.chat.presets import shipped_words
from studio.chat.presets.preset_file import Preset
from studio.translation import tr
from studio.ui.chat.composer.choice_rows import CHOICE, Choice, ChoiceDelegate, ChoiceRows
from studio.ui.chat.presets.form import PresetForm
from studio.ui.chat.presets.history import PresetHistory
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label, line
from studio.ui.widgets.toast import Toasts

_SIZE = (960, 680)
_LIST_WIDTH = 268
_MOST_PROBLEMS = 2
_SIGN = 16


class EditorParts:
    """Every widget of the window, laid out in ``dialog``; what they do is connected by it."""

    def __init__(self, theme: Theme, dialog: QDialog) -> None:
        self._rows = ChoiceRows()
        self.list = QListView()
        self.new = Button(theme, tr("New preset"), icon="plus", name="new_preset")
        self.trash = Button(theme, tr("Deleted presets"), "quiet", "trash-2", "deleted_presets")
        self.banner = Banner(theme)
        self.heading = label("", "section")
        self.state = label("", "muted")
        self.switch = Button(theme, tr("History"), icon="undo-2", name="preset_switch")
        self.form = PresetForm(theme)
        self.history = PresetHistory(theme)
        self.pages = QStackedWidget()
        self.problem = Problem(theme)
        self.duplicate = Button(theme, tr("Duplicate"), icon="copy", name="preset_duplicate")
        self.delete = Button(theme, tr("Delete"), icon="trash-2", name="preset_delete")
        self.reset = Button(
            theme, tr("Put back as it came"), icon="rotate-ccw", name="preset_reset"
        )
        self.discard = Button(theme, tr("Discard changes"), "quiet", name="preset_discard")
        self.save = Button(theme, tr("Save"), "primary", name="preset_save")
        self.close = Button(theme, tr("Close"), name="preset_close")
        self._delegate = ChoiceDelegate(theme)
        self._set_up_list()
        self._lay_out(dialog)
        self.toasts = Toasts(theme, dialog)
        for each in dialog.findChildren(Button):
            each.setAutoDefault(False)  # Enter in a field must not press the first button
        dialog.resize(*_SIZE)

    def show_rows(self, rows: Sequence[Choice]) -> None:
        """List other presets."""
        selection = self.list.selectionModel()
        blocked = selection.blockSignals(True)
        self._rows.set_rows(rows)
        selection.blockSignals(blocked)

    def select(self, name: str) -> None:
        """Mark the preset on show."""
        for row in range(self._rows.rowCount()):
            index = self._rows.index(row)
            if index.data(CHOICE).key == name:
                selection = self.list.selectionModel()
                blocked = selection.blockSignals(True)
                self.list.setCurrentIndex(index)
                selection.blockSignals(blocked)
                self.list.viewport().update()

    def set_usable(self, usable: bool) -> None:
        """Leave only the list where there is no preset to show."""
        for part in (self.pages, self.switch, self.duplicate, self.delete, self.reset, self.save):
            part.setEnabled(usable)

    def show_heading(self, preset: Preset, is_shipped: bool) -> None:
        """Show what is being looked at, and where it comes from."""
        self.heading.setText(shipped_words.of_preset(preset).title)
        origin = tr("Came with the program")
        if preset.is_own:
            origin = tr("Changed by you") if is_shipped else tr("Yours")
        if preset.version:
            origin = tr("{origin} · version {version}", origin=origin, version=preset.version)
        self.state.setText(origin)

    def show_problems(self, problems: Sequence[str]) -> None:
        """Tell what keeps the fields from being saved."""
        self.problem.tell(" ".join(problems[:_MOST_PROBLEMS]))

    def show_fields(self) -> None:
        """Show the fields in place of the history."""
        if self.pages.currentWidget() is self.history:
            self.turn()

    def turn(self) -> None:
        """Change between the fields and the history."""
        to_history = self.pages.currentWidget() is not self.history
        self.pages.setCurrentIndex(1 if to_history else 0)
        self.switch.setText(tr("Fields") if to_history else tr("History"))
        self.switch.setAccessibleName(self.switch.text())
        self.switch.set_icon_name("sliders-horizontal" if to_history else "undo-2")

    def _set_up_list(self) -> None:
        self.list.setObjectName("preset_list")
        self.list.setAccessibleName(tr("Presets"))
        self.list.setModel(self._rows)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self, dialog: QDialog) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACE[1])
        left.addWidget(self.list, 1)
        left.addWidget(self.new)
        left.addWidget(self.trash)
        right = QVBoxLayout()
        right.setSpacing(SPACE[2])
        right.addWidget(self.banner)
        right.addLayout(self._heading_row())
        self.pages.addWidget(_scrolling(self.form))
        self.pages.addWidget(self.history)
        right.addWidget(self.pages, 1)
        right.addWidget(self.problem)
        right.addWidget(line())
        right.addLayout(self._button_row())
        row = QHBoxLayout(dialog)
        row.setContentsMargins(SPACE[3], SPACE[3], SPACE[3], SPACE[3])
        row.setSpacing(SPACE[4])
        row.addLayout(left)
        row.addLayout(right, 1)

    def _heading_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        row.addWidget(self.heading)
        row.addWidget(self.state, 1)
        row.addWidget(self.switch)
        return row

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for button in (self.duplicate, self.delete, self.reset):
            row.addWidget(button)
        row.addStretch()
        for button in (self.discard, self.save, self.close):
            row.addWidget(button)
        return row


class Problem(QWidget):
    """A sentence about what is wrong, with a sign before it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sign = QLabel()
        self._words = label("", "warning", wrap=True)
        self._words.setObjectName("preset_problem")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._dress)
        self._dress()

    def tell(self, words: str) -> None:
        """Show a sentence, or nothing."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """Return the sentence on show."""
        return self._words.text()

    def _dress(self) -> None:
        self._sign.setPixmap(self._theme.icon("triangle-alert", "warning", _SIGN).pixmap(_SIGN))


def _scrolling(form: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName("preset_fields")
    area.setAccessibleName(tr("Fields of the preset"))
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(form)
    return area
