"""A block of source code: its language and Copy on top, the colours of the palette below."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.translation import tr
from studio.ui import mirror
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.card import draw_card
from studio.ui.widgets.code_colors import CodeColors
from studio.ui.widgets.labels import label
from studio.ui.widgets.markdown.parser import clean
from studio.ui.widgets.markdown.pieces import Code
from studio.ui.widgets.markdown.sideways import SidewaysArea
from studio.ui.widgets.markdown.text_view import TextView

MAX_LINES = 1_000
MAX_LINE_CHARS = 2_000
_HEADER = 36
_COPIED_MS = 1_500
_LONG = re.compile(f"[^\n]{{{MAX_LINE_CHARS}}}(?=[^\n])")
_NAMES = {
    "py": "Python",
    "python": "Python",
    "js": "JavaScript",
    "javascript": "JavaScript",
    "ts": "TypeScript",
    "typescript": "TypeScript",
    "cpp": "C++",
    "csharp": "C#",
    "cs": "C#",
    "sh": "Shell",
    "bash": "Shell",
    "html": "HTML",
    "css": "CSS",
    "json": "JSON",
    "sql": "SQL",
    "yaml": "YAML",
    "yml": "YAML",
    "xml": "XML",
    "php": "PHP",
}


class CodeView(QWidget):
    """Shows a piece of code, which scrolls sideways inside itself.

    Lines of more than ``MAX_LINE_CHARS`` are broken, and those past ``MAX_LINES`` left out, for
    the eye only: Copy gives the code as it was written.
    """

    selection_begun = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._piece = Code("")
        self._shown = ""
        self.renders = 0
        self._name = label("", "caption")
        self._name.setParent(self)
        self._copy = Button(theme, tr("Copy"), "quiet", "copy", name="copy_code")
        self._copy.on_click(self.copy).setParent(self)
        self._area = SidewaysArea(theme)
        self._area.setParent(self)
        self._colors: CodeColors | None = None
        self._copied = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._copied.timeout.connect(self._on_copied_long_ago)
        self._area.text.selection_begun.connect(self.selection_begun)
        theme.changed.connect(self._on_theme_changed)

    @property
    def piece(self) -> Code:
        """What is on show."""
        return self._piece

    @property
    def text(self) -> TextView:
        """The view of the lines."""
        return self._area.text

    def show_piece(self, piece: Code) -> None:
        """Show another piece; code that has only grown is appended to."""
        old, self._piece = self._piece, piece
        language = piece.language.lower()
        self._name.setText(_NAMES.get(language, piece.language) or tr("Code"))
        self._copy.setAccessibleName(tr("Copy the {language} code", language=self._name.text()))
        shown = shown_code(piece.text)
        same_language = old.language == piece.language and self._colors is not None
        if same_language and self._shown and shown.startswith(self._shown):
            self._append(shown[len(self._shown) :], settle=piece.closed and not old.closed)
        else:
            self._show_whole(shown)
        self._shown = shown

    def copy(self) -> None:
        """Put the whole code on the clipboard."""
        QGuiApplication.clipboard().setText(self._piece.text)
        self._copy.setText(tr("Copied"))
        self._copy.set_icon_name("check")
        self._copied.start()
        self._place()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.text.clear_selection()

    def heightForWidth(self, width: int) -> int:
        """Return the height of header and lines at a width."""
        return _HEADER + self._area.heightForWidth(width - 2 * SPACE[3]) + SPACE[2]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place header and lines."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        draw_card(self, self._theme, "code")

    def _show_whole(self, shown: str) -> None:
        self.renders += 1
        self.text.show_piece(Code(shown, self._piece.language))
        self._area.measure()
        self._colors = CodeColors(self._theme, self.text.document, self._piece.language)
        self._colors.begin()

    def _append(self, text: str, settle: bool) -> None:
        """Add text at the end; a whole pass over it all waits until the block is closed."""
        if text:
            line = self.text.append(text)
            self._area.measure()
            if self._colors is not None and not settle:
                self._colors.begin(line)
        if settle and self._colors is not None:
            self._colors.begin()

    def _place(self) -> None:
        self._copy.adjustSize()
        right = self.width() - self._copy.width() - 2
        copy = QRect(QPoint(right, (_HEADER - self._copy.height()) // 2), self._copy.size())
        self._copy.move(mirror.placed(copy, self.rect()).topLeft())
        name = QRect(SPACE[3], 0, max(0, right - SPACE[3]), _HEADER)
        self._name.setGeometry(mirror.placed(name, self.rect()))
        height = max(0, self.height() - _HEADER - SPACE[1])
        self._area.setGeometry(SPACE[3], _HEADER, self.width() - 2 * SPACE[3], height)

    def _on_theme_changed(self) -> None:
        self._show_whole(self._shown)

    def _on_copied_long_ago(self) -> None:
        self._copy.setText(tr("Copy"))
        self._copy.set_icon_name("copy")
        self._place()


def shown_code(text: str) -> str:
    """Return the lines of code as they are shown."""
    lines = _LONG.sub(lambda found: found.group() + "\n", clean(text)).split("\n")
    if len(lines) <= MAX_LINES:
        return "\n".join(lines)
    rest = tr(
        "… %n more line; Copy gives them all",
        "… %n more lines; Copy gives them all",
        len(lines) - MAX_LINES,
    )
    return "\n".join([*lines[:MAX_LINES], rest])
