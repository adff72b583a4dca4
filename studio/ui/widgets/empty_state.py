"""What a room shows while it has nothing: its purpose, the one action, the keyboard way."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.ui.theme import READING, SPACE, Theme, set_look
from studio.ui.widgets.labels import label

WIDTH = 460
_EMBLEM = 72
_UNEVENNESS = 1.12


class EmptyState(QWidget):
    """A centred sentence with an emblem above and, if there are any, actions below.

    Where it has too little height for all, the emblem gives way, then the keyboard way, and last
    what :meth:`can_do_without` names.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        sentence: str,
        *actions: QWidget,
        keyboard: str = "",
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        self._emblem = QLabel()
        self._emblem.setFixedSize(_EMBLEM, _EMBLEM)
        self._emblem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_look(self._emblem, "emblem")
        self._words: list[QLabel] = []
        self._less_wanted: list[QWidget] = [self._emblem]
        column = QVBoxLayout()
        column.setSpacing(SPACE[1])
        column.addLayout(centred(self._emblem))
        column.addSpacing(SPACE[2])
        for text, look in ((title, "page"), (sentence, "lead")):
            column.addLayout(centred(self._say(text, look)))
        if actions:
            column.addSpacing(SPACE[2])
            column.addLayout(centred(*actions))
        if keyboard:
            column.addSpacing(SPACE[0])
            column.addLayout(centred(told := self._say(keyboard, "caption")))
            self._less_wanted.append(told)
        self.column = column
        outer = self._rows = QVBoxLayout(self)
        outer.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        outer.addStretch(5)
        outer.addLayout(column)
        outer.addStretch(6)
        self._show_emblem()
        theme.changed.connect(self._show_emblem)
        theme.changed.connect(self._balance)

    def can_do_without(self, part: QWidget) -> None:
        """Let one of the actions give way, too."""
        self._less_wanted.append(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is height for."""
        super().resizeEvent(event)
        self._give_way()

    def showEvent(self, event: QShowEvent) -> None:
        """Break lines evenly once the type is known."""
        super().showEvent(event)
        self._balance()
        self._give_way()

    def _give_way(self) -> None:
        rows = self._rows
        for part in self._less_wanted:
            part.show()
        for part in self._less_wanted:
            rows.activate()  # else the rows within rows tell what they were before
            if rows.minimumSize().height() <= self.height():
                return
            part.hide()

    def _say(self, text: str, look: str) -> QLabel:
        made = label(text, look, wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words.append(made)
        return made

    def _balance(self) -> None:
        for words in self._words:
            words.ensurePolished()
            length = words.fontMetrics().horizontalAdvance(words.text())
            widest = round(WIDTH * self._theme.text_size / READING)
            lines = ceil(length / widest)
            share = length / lines * (1.0 if lines == 1 else _UNEVENNESS)
            words.setFixedWidth(min(widest, ceil(share) + 4))

    def _show_emblem(self) -> None:
        self._emblem.setPixmap(self._theme.icon(self._icon_name, "accent", 32).pixmap(32, 32))


def centred(*widgets: QWidget) -> QHBoxLayout:
    """Return widgets in the middle of a row, where wrapped words keep their true height."""
    row = QHBoxLayout()
    row.setSpacing(SPACE[1])
    row.addStretch()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
