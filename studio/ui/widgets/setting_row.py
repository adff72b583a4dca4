"""One setting on a page: its name, a sentence, its control, and the way back to the default."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui.theme import CONTROL_HEIGHT, SPACE, Theme, set_look
from studio.ui.widgets.buttons import IconButton, slug
from studio.ui.widgets.editors import Editor
from studio.ui.widgets.labels import label

_LEAST_WIDTH = 260
_RIGHT_TOP = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_LEFT_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class SettingRow(QWidget):
    """Shows ``title``, ``help_text`` and ``editor``; ``reset`` asks for the default.

    ``technical`` is what experts call it, for the tool-tip. ``below`` puts a large control under
    the words instead of at their right. ``also`` are more words that find it.
    """

    reset = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        help_text: str,
        editor: Editor,
        name: str = "",
        technical: str = "",
        below: bool = False,
        also: str = "",
    ) -> None:
        super().__init__()
        self.editor = editor
        self._theme = theme
        self._is_below = below
        self.words = f"{title} {help_text} {technical} {name} {also}".casefold()
        self._mark = _mark()
        self._note = label("", "muted", wrap=True)
        self._note.hide()
        self._reset = IconButton(theme, "rotate-ccw", tr("Reset {title}", title=title), size=14)
        self._reset.setObjectName(f"reset_{slug(name or title)}")
        self._reset.clicked.connect(self.reset)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._heading = QHBoxLayout()
        self._right = QWidget()
        self._controls = QHBoxLayout(self._right)
        self._lay_out(title, help_text, technical)
        tip = f"{help_text}\n{technical}" if technical else help_text
        editor.set_control_name(slug(name or title), tip, help_text)
        self.set_changed(False)
        self._fit_control()
        theme.changed.connect(self._fit_control)

    def set_changed(self, changed: bool) -> None:
        """Mark the value as different from the default, and offer the way back."""
        self._mark.setVisible(changed)
        self._reset.setVisible(changed)

    def set_note(self, words: str) -> None:
        """Add a sentence that holds now to the one that always does; none takes it away."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def refuse(self, why: str) -> None:
        """Show that the value cannot be changed here, and why."""
        self.editor.setEnabled(False)
        self.set_note(why)

    @property
    def note(self) -> str:
        """The sentence that was added."""
        return self._note.text()

    @property
    def is_marked(self) -> bool:
        """Whether the row says that its value was changed."""
        return not self._mark.isHidden()

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the control stands below the words."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    @property
    def width_beside(self) -> int:
        """The width that the words and the control need side by side, mark included."""
        hidden_mark = 0 if self.is_marked else self._mark.sizeHint().width() + SPACE[1]
        words = self._heading.sizeHint().width() + hidden_mark
        return words + self._right.sizeHint().width() + SPACE[1]

    def place_control(self, beside: bool) -> None:
        """Put the control beside the words, or below them where it is narrow."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._row.setAlignment(self._right, _RIGHT_TOP if beside else _LEFT_TOP)
        self._controls.setDirection(direction.LeftToRight if beside else direction.RightToLeft)

    def _lay_out(self, title: str, help_text: str, technical: str) -> None:
        self._heading.setSpacing(SPACE[1])
        name = label(title, "strong")
        name.setToolTip(technical)
        self.editor.name_with(name)
        self._heading.addWidget(name)
        self._heading.addWidget(self._mark)
        self._heading.addStretch()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(self._heading)
        words.addWidget(label(help_text, "muted", wrap=True))
        words.addWidget(self._note)
        self._row.setContentsMargins(0, SPACE[2], 0, SPACE[2])
        self._row.setSpacing(SPACE[1])
        self._row.addLayout(words, 1)
        self._controls.setContentsMargins(0, 0, 0, 0)
        self._controls.setSpacing(SPACE[1])
        self._controls.addWidget(self._held_place(), 0, Qt.AlignmentFlag.AlignTop)
        if self._is_below:
            words.addSpacing(SPACE[0])
            words.addWidget(self.editor)
        else:
            self._controls.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._right, 0, _RIGHT_TOP)

    def _fit_control(self) -> None:
        if not self._is_below:
            self.editor.setFixedWidth(self.editor.wanted_width(self._theme))

    def _held_place(self) -> QWidget:
        """Return the reset button in a place of its own, so that nothing moves as it comes."""
        place = QWidget()
        place.setFixedWidth(CONTROL_HEIGHT)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._reset)
        return place


def _mark() -> QLabel:
    mark = label(tr("Changed"), "changed")
    mark.setAccessibleName(tr("Changed from the default"))
    return mark


class Section(QFrame):
    """A card that holds rows under a heading, parted by hairlines."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.rows: list[SettingRow] = []
        self._lines: list[QFrame] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE[1])
        if title:
            outer.addWidget(label(title, "section"))
        self._card = QFrame()
        set_look(self._card, "card")
        self._column = QVBoxLayout(self._card)
        self._column.setContentsMargins(SPACE[3], SPACE[0], SPACE[3], SPACE[0])
        self._column.setSpacing(0)
        outer.addWidget(self._card)

    def add(self, row: SettingRow) -> None:
        """Add a row at the end."""
        divider = QFrame()
        set_look(divider, "line")
        self._lines.append(divider)
        self._column.addWidget(divider)
        divider.setVisible(bool(self.rows))  # not before it has a parent: it would be a window
        self._column.addWidget(row)
        self.rows.append(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put all controls beside their words, or all below them where one does not fit."""
        super().resizeEvent(event)
        room = self.width() - 2 * SPACE[3] - 2
        beside = all(row.width_beside <= room for row in self.rows)
        for row in self.rows:
            row.place_control(beside)

    def filter(self, words: str) -> int:
        """Show only rows with every one of ``words``; return how many are left."""
        wanted = words.casefold().split()
        shown = 0
        for row, divider in zip(self.rows, self._lines, strict=True):
            visible = all(word in row.words for word in wanted)
            row.setVisible(visible)
            divider.setVisible(visible and shown > 0)
            shown += visible
        self.setVisible(shown > 0)
        return shown
