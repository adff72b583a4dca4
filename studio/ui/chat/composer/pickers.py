"""The pop-up lists behind the composer's pills: which model answers, and by which preset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QSizePolicy, QVBoxLayout, QWidget

from studio.chat.presets import shipped_words
from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.composer.choice_rows import (
    CHOICE,
    Choice,
    ChoiceDelegate,
    ChoiceRows,
    FoundChoices,
)
from studio.ui.theme import CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.buttons import Pill
from studio.ui.widgets.card import cut_corners, draw_card
from studio.ui.widgets.labels import label
from studio.ui.widgets.quantities import file_size, parameters
from studio.ui.widgets.row_teller import RowTeller
from studio.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from studio.chat.presets.presets import Preset
    from studio.library.shelf import ShelfModel

_WIDTH = 460
_MOST_ROWS = 7
_AIR = SPACE[0]
_GAP = SPACE[0]
_LONGEST = 28
_LEAST_PILL = 112
_SHORT_TITLE = 12
_SLACK = 2
_ANSWERING = ("chat", "completion")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class _Words(NamedTuple):
    """What a screen reader calls the window, its field and its list."""

    choose: str
    find: str
    all: str


class Picker(QFrame):
    """A pop-up list of choices; ``chosen`` tells the key of another one than the current.

    The arrows move, Enter chooses, Escape first clears what is looked for and then closes, and
    typing finds. A field for that is there when the list is long, and comes when one types.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, words: _Words, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._owner = owner
        self.setObjectName(name)
        self.setAccessibleName(words.choose)
        # A click on the pill closes the list; replayed, it would open it again at once.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self._rows = ChoiceRows()
        self._found = FoundChoices(self._rows)
        self._delegate = ChoiceDelegate(theme)
        self._field = SearchField(theme, words.find, name=f"{name}_find")
        self._list = QListView()
        self._nothing = label("", "muted", wrap=True)
        self._teller = RowTeller(self._list, self._field, self._nothing.text)
        self._column = QVBoxLayout(self)
        self._set_up_list(name, words.all)
        self._lay_out()
        self._field.textChanged.connect(self._on_find_changed)
        theme.changed.connect(self.update)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show other choices."""
        self._rows.set_rows(choices)
        if self.isVisible():
            self._start()

    def set_current(self, title: str) -> None:
        """Mark the choice with this title as the one that holds."""
        self._rows.set_current(title)

    def open(self) -> None:
        """Open above or below its owner, wherever there is room for all of it."""
        self._field.clear()
        self._field.setVisible(self._rows.rowCount() > _MOST_ROWS)
        self._show_whether_found()
        self._take_place()
        self.show()
        self._start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the keys out between the list and its field."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._on_key(watched, event)
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # or the window's own Escape would stop a running reply
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have no corners outside the ground."""
        super().resizeEvent(event)
        cut_corners(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        draw_card(self, self._theme, "surface")

    def _set_up_list(self, name: str, words: str) -> None:
        self._nothing.setObjectName(f"{name}_nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        self._list.setObjectName(f"{name}_list")
        self._list.setAccessibleName(words)
        self._list.setModel(self._found)
        self._list.setItemDelegate(self._delegate)
        self._list.setMouseTracking(True)
        self._list.setMinimumHeight(CONTROL_HEIGHT)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        # The row at hand carries the focus ring here, not the whole list.
        self._list.setStyleSheet("QListView, QListView:focus { border: none; }")
        self._list.entered.connect(self._on_entered)
        self._list.clicked.connect(self._choose)
        for part in (self._list, self._field):
            part.installEventFilter(self)

    def _lay_out(self) -> None:
        column = self._column
        column.setContentsMargins(_AIR, _AIR, _AIR, _AIR)
        column.setSpacing(_AIR)
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addWidget(self._nothing)

    def _take_place(self) -> None:
        self._column.activate()  # or parts hidden just now would still claim their room
        size = self._measure()
        self.resize(size)
        self.move(_place(self._owner, size))

    def _measure(self) -> QSize:
        rows = min(max(self._rows.rowCount(), 1), _MOST_ROWS)
        height = rows * self._delegate.row_height() + 2 * _AIR
        if not self._field.isHidden():
            height += CONTROL_HEIGHT + _AIR
        screen = self._owner.screen().availableGeometry()
        width = max(self._theme.scaled(_WIDTH), self._owner.width())
        return QSize(min(width, screen.width()), min(height, screen.height()))

    def _start(self) -> None:
        """Begin at the current choice, or at the first that can be chosen."""
        self._delegate.shows_ring = True
        self._list.setCurrentIndex(self._first_with(Qt.ItemDataRole.CheckStateRole))
        self._show_whether_found()
        shown = self._list if self._field.isHidden() else self._field
        shown.setFocus(Qt.FocusReason.PopupFocusReason)
        self._teller.forget()
        self._teller.tell()

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        self._delegate.shows_ring = True
        if event.key() in _ENTER:
            self._choose(self._list.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif watched is self._field and event.key() in _MOVES:
            QApplication.sendEvent(self._list, event)
            self._teller.tell()
        elif watched is self._list and event.text().strip() and event.text().isprintable():
            self._field.show()
            self._take_place()
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendEvent(self._field, event)
        else:
            return False
        return True

    def _leave(self) -> None:
        if self._field.text():
            self._field.clear()
        else:
            self.close()

    def _on_find_changed(self, words: str) -> None:
        self._found.find(words)
        self._list.setCurrentIndex(self._first_with(CHOICE))
        self._show_whether_found()
        self._teller.tell()

    def _first_with(self, role: int) -> QModelIndex:
        """Return the first row to choose that has something in a role, or the first of all."""
        rows = [self._found.index(row, 0) for row in range(self._found.rowCount())]
        usable = [row for row in rows if row.flags() & Qt.ItemFlag.ItemIsEnabled]
        with_role = [row for row in usable if row.data(role) is not None]
        return next(iter(with_role or usable), QModelIndex())

    def _show_whether_found(self) -> None:
        is_empty = self._found.rowCount() == 0
        self._nothing.setText(
            tr("Nothing here matches “{words}”.", words=self._field.text().strip())
        )
        self._nothing.setVisible(is_empty)
        self._list.setVisible(not is_empty)

    def _on_entered(self, index: QModelIndex) -> None:
        self._delegate.shows_ring = False
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._list.selectionModel().setCurrentIndex(
                index, self._list.selectionModel().SelectionFlag.ClearAndSelect
            )

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        choice: Choice = index.data(CHOICE)
        self.close()
        if not self._rows.is_current(choice):
            self.chosen.emit(choice.key)


class ModelPicker(Picker):
    """The models that can answer, damaged ones with what is wrong with them."""

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        words = _Words(tr("Choose a model"), tr("Find a model"), tr("Models"))
        super().__init__(theme, "model_picker", words, owner)
        self.set_models(())

    def set_models(self, models: Sequence[ShelfModel]) -> None:
        """Show other models; those that do not write text are left out."""
        rows = [_model_row(model) for model in models if _answers(model)]
        rows.sort(key=lambda row: row.trouble)
        self.set_choices(rows or [_no_model()])


class PresetPicker(Picker):
    """The presets, each with what it is good for.

    The last row leads to their own window, which ``edit_requested`` asks for.
    """

    edit_requested = Signal()

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        words = _Words(tr("Choose a preset"), tr("Find a preset"), tr("Presets"))
        super().__init__(theme, "preset_picker", words, owner)
        about = tr("Your own, their examples, and what they were")
        self._last = Choice("", tr("Edit presets …"), about)
        self.set_presets(())

    def set_presets(self, presets: Sequence[Preset]) -> None:
        """Show other presets."""
        rows = [Choice(preset.name, *shipped_words.of_preset(preset)) for preset in presets]
        self.set_choices([*rows, self._last])

    def current_key(self) -> str:
        """Return the name of the preset that holds, or nothing."""
        rows = (self._rows.index(row).data(CHOICE) for row in range(self._rows.rowCount()))
        return next((row.key for row in rows if self._rows.is_current(row)), "")

    def _choose(self, index: QModelIndex) -> None:
        if index.data(CHOICE) == self._last:
            self.close()
            self.edit_requested.emit()
        else:
            super()._choose(index)


class PickerPill(Pill):
    """A pill that opens a picker, also with the arrow down key, and shortens as room gets scarce.

    Its picker is in ``picker`` once that is set.
    """

    def __init__(self, theme: Theme, words: str, icon: str, name: str) -> None:
        super().__init__(theme, words, icon, name)
        self.picker: Picker | None = None
        self._title = ""
        self.setAccessibleDescription(tr("Opens a list"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def show_title(self, title: str) -> None:
        """Show the choice that holds, and mark it in the picker."""
        self._title = title
        self.set_choice(title)
        self.updateGeometry()
        self._cut()
        if self.picker is not None:
            self.picker.set_current(title)

    def open_choices(self) -> None:
        """Open the picker."""
        if self.picker is not None:
            self.picker.open()

    def sizeHint(self) -> QSize:
        """Return the size for the whole choice, however little of it fits just now."""
        width = self._around() + self._width_of(self._wanted()) + _SLACK
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which a choice can still be told from others."""
        whole = self.sizeHint().width()
        is_short = len(self._wanted()) < _SHORT_TITLE
        return QSize(whole if is_short else min(_LEAST_PILL, whole), CONTROL_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the picker on the arrow keys and on Enter."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, *_ENTER):
            self.open_choices()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the choice anew."""
        super().resizeEvent(event)
        self._cut()

    def _wanted(self) -> str:
        return _short(self._title) if self._title else self._words

    def _around(self) -> int:
        """Return the width of all but the words, whatever words are on show."""
        self.ensurePolished()
        return super().sizeHint().width() - self._width_of(self.text())

    def _width_of(self, words: str) -> int:
        """Return a width as Qt's own button measures it, to the pixel."""
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()

    def _cut(self) -> None:
        wanted = self._wanted()
        if len(wanted) >= _SHORT_TITLE:
            room = max(self.width() - self._around(), 0)
            middle = Qt.TextElideMode.ElideMiddle
            wanted = self.fontMetrics().elidedText(wanted, middle, room)
        self.setText(wanted or "…")  # Qt measures a button without words in another way

    def _on_theme_changed(self) -> None:
        """Take the room that the title needs in the new type."""
        self.updateGeometry()
        self._cut()


def _short(title: str) -> str:
    half = (_LONGEST - 1) // 2
    return title if len(title) <= _LONGEST else f"{title[:half]}…{title[-half:]}"


def _place(owner: QWidget, size: QSize) -> QPoint:
    screen = owner.screen().availableGeometry()
    above = owner.mapToGlobal(QPoint(0, -size.height() - _GAP))
    below = owner.mapToGlobal(QPoint(0, owner.height() + _GAP))
    fits_above = above.y() >= screen.top()
    spot = above if fits_above else below
    begin = mirror.placed(QRect(QPoint(0, 0), size), owner.rect()).left()
    left = max(min(spot.x() + begin, screen.right() - size.width()), screen.left())
    top = max(min(spot.y(), screen.bottom() - size.height()), screen.top())
    return QPoint(left, top)


def _answers(model: ShelfModel) -> bool:
    return model.header is None or model.header.purpose in _ANSWERING


def _model_row(model: ShelfModel) -> Choice:
    size = file_size(model.size_bytes)
    if model.problem is not None or model.header is None:
        what = model.problem.what if model.problem else tr("This file could not be read.")
        return Choice(model.name, model.name, what, size, is_usable=False, trouble=True)
    facts = [model.header.quantization]
    if model.header.parameters:
        facts.append(tr("{number} parameters", number=parameters(model.header.parameters)))
    if model.header.purpose == "completion":
        facts.append(tr("completes text, does not chat"))
    return Choice(model.name, model.name, " · ".join(filter(None, facts)), size)


def _no_model() -> Choice:
    about = tr("Add one in Models; it then shows here.")
    return Choice("", tr("No model yet"), about, is_usable=False)
