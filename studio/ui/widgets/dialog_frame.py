"""The frame that the windows about a reply share: heading, a line below it, and their buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label

_LEAST = (420, 320)
_SMALL = 480
_LINE = 160
_COPIED_MS = 1_500


class ExplainDialog(QDialog):
    """A window over ``parent`` that is deleted once it is closed, never larger than the parent.

    Parts go into ``column``; :meth:`add_buttons` closes it off.
    """

    def __init__(
        self, theme: Theme, parent: QWidget, name: str, title: str, size: tuple[int, int]
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        self.column.setSpacing(SPACE[2])
        self.about = label("", "muted", wrap=True)
        self.about.setObjectName(f"{name}_about")
        heading = QVBoxLayout()
        heading.setSpacing(SPACE[0])
        heading.addWidget(label(title, "section"))
        heading.addWidget(self.about)
        self.column.addLayout(heading)
        room = parent.window().size()
        self.setMinimumSize(*_LEAST)
        self.resize(
            max(_LEAST[0], min(theme.scaled(size[0]), room.width() - 2 * SPACE[5])),
            max(_LEAST[1], min(theme.scaled(size[1]), room.height() - 2 * SPACE[5])),
        )

    def say_only(self, words: str) -> None:
        """Say something in place of all parts, in a window that is just high enough."""
        self.about.setText(words)
        self.add_buttons().setFocus()
        self.setMinimumHeight(0)
        width = self.theme.scaled(_SMALL)
        self.about.setMinimumWidth(width - 2 * SPACE[4])
        self.resize(width, self.heightForWidth(width))

    def add_buttons(self, *left: QWidget) -> Button:
        """Add a row with these buttons and Close, which Return presses; return Close."""
        close = Button(self.theme, tr("Close"), name="close_dialog").on_click(self.reject)
        close.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for each in left:
            row.addWidget(each)
        row.addStretch()
        row.addWidget(close)
        self.column.addLayout(row)
        return close


def foretelling(words: str) -> QLabel:
    """Return what stands, until it is there, in the place of what a window is for."""
    made = label(words, "muted", wrap=True)
    made.setObjectName("foretelling")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setMargin(SPACE[4])
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return made


def shortened(question: str) -> str:
    """Return a question as one line, so long as a heading can be."""
    line = " ".join(question.split())
    return line if len(line) <= _LINE else f"{line[: _LINE - 1]}…"


class CopyButton(Button):
    """Copies what ``text`` returns, and says so for a moment."""

    def __init__(self, theme: Theme, text: Callable[[], str], name: str) -> None:
        super().__init__(theme, tr("Copy"), icon="copy", name=name)
        self._text = text
        self._copied = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._copied.timeout.connect(lambda: self._say(tr("Copy"), "copy"))
        self.on_click(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self._say(tr("Copied"), "check")
        self._copied.start()

    def _say(self, words: str, icon: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)
        self.set_icon_name(icon)
