"""A block of source code: its language and Copy on top, the colours of the palette below."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import ceil

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.translation import tr
from studio.ui import mirror
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.card import draw_card
from studio.ui.widgets.code_colors import CodeColors
from studio.ui.widgets.labels import label
from studio.ui.widgets.language_names import name_of
from studio.ui.widgets.markdown.parser import clean
from studio.ui.widgets.markdown.pieces import Code
from studio.ui.widgets.markdown.sideways import SidewaysArea
from studio.ui.widgets.markdown.text_view import TextView

MAX_LINES = 1_000
MAX_LINE_CHARS = 2_000
STEP_LINES, STEP_CHARS = 100, 8_000  # put into the document at once
_HEADER = 36
_COPIED_MS = 1_500
_SEPARATOR = " \N{MIDDLE DOT} "


class CodeView(QWidget):
    """Shows a piece of code, which scrolls sideways inside itself.

    Lines of more than ``MAX_LINE_CHARS`` are broken, and those past ``MAX_LINES`` left out, for
    the eye only: Copy gives the code as it was written. The first lines of long code are there at
    once, the others within the next moments; ``resized`` tells if they are of another height than
    was reckoned.
    """

    selection_begun = Signal()
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._piece = Code("")
        self._shown = ""
        self._told = ""
        self._waiting: list[str] = []
        self.renders = 0
        self._name = label("", "caption")
        self._name.setParent(self)
        self._copy = Button(theme, tr("Copy"), "quiet", "copy", name="copy_code")
        self._copy.on_click(self.copy).setParent(self)
        self._area = SidewaysArea(theme)
        self._area.setParent(self)
        self._colors: CodeColors | None = None
        self._soon = QTimer(self, interval=0)
        self._soon.timeout.connect(self._go_on)
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
        """The view of the lines, with all of them."""
        if self._waiting:
            self._add("".join(self._waiting))
            self._end_waiting()
        return self._area.text

    def show_piece(self, piece: Code) -> None:
        """Show another piece; code that has only grown is appended to."""
        old, self._piece = self._piece, piece
        language = name_of(piece.language)
        self._told = clean(_SEPARATOR.join(filter(None, (language, piece.title)))) or tr("Code")
        self._name.setAccessibleName(self._told)
        known = tr("Copy the {language} code", language=self._told)
        self._copy.setAccessibleName(known if language or piece.title else tr("Copy the code"))
        self._place_name()
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
        self._area.text.clear_selection()

    def heightForWidth(self, width: int) -> int:
        """Return the height of header and lines at a width."""
        lines = self._area.heightForWidth(width - 2 * SPACE[3])
        return _HEADER + lines + self._height_waiting() + SPACE[2]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place header and lines."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        draw_card(self, self._theme, "code")

    def _show_whole(self, shown: str) -> None:
        self.renders += 1
        first, *self._waiting = steps(shown)
        text = self._area.text
        text.show_piece(Code(first, self._piece.language))
        self._area.measure()
        self._colors = CodeColors(self._theme, text.document, self._piece.language)
        self._colors.begin()
        if self._waiting:
            self._soon.start()
        else:
            self._soon.stop()

    def _append(self, text: str, settle: bool) -> None:
        """Add text at the end; a whole pass over it all waits until the block is closed."""
        if self._waiting:
            self._waiting += steps(text) if text else ()
            return
        if text:
            line = self._add(text)
            if self._colors is not None and not settle:
                self._colors.begin(line)
        if settle and self._colors is not None:
            self._colors.begin()

    def _add(self, text: str) -> int:
        line = self._area.text.append(text)
        self._area.measure()
        return line

    def _go_on(self) -> None:
        """Show the next lines of those that wait."""
        reckoned = self.heightForWidth(self.width())
        self._add(self._waiting.pop(0))
        if self._waiting:
            return
        self._end_waiting()
        if self.heightForWidth(self.width()) != reckoned:
            self.updateGeometry()
            self.resized.emit()

    def _end_waiting(self) -> None:
        self._waiting = []
        self._soon.stop()
        if self._colors is not None:
            self._colors.begin()

    def _height_waiting(self) -> int:
        """Return the height of the lines that wait: as those that are there, one like the other."""
        document = self._area.text.document
        lines = sum(step.count("\n") for step in self._waiting)
        height = document.size().height()
        return ceil(height + lines * height / document.blockCount()) - ceil(height)

    def _place(self) -> None:
        self._copy.adjustSize()
        right = self.width() - self._copy.width() - 2
        copy = QRect(QPoint(right, (_HEADER - self._copy.height()) // 2), self._copy.size())
        self._copy.move(mirror.placed(copy, self.rect()).topLeft())
        name = QRect(SPACE[3], 0, max(0, right - SPACE[3] - SPACE[2]), _HEADER)
        self._name.setGeometry(mirror.placed(name, self.rect()))
        self._place_name()
        height = max(0, self.height() - _HEADER - SPACE[1])
        self._area.setGeometry(SPACE[3], _HEADER, self.width() - 2 * SPACE[3], height)

    def _place_name(self) -> None:
        """Show as much of what the code is as there is room for, the whole in the tool-tip."""
        metrics, middle = self._name.fontMetrics(), Qt.TextElideMode.ElideMiddle
        shown = metrics.elidedText(self._told, middle, self._name.width())
        self._name.setText(shown)
        self._name.setToolTip(f"<qt>{escape(self._told)}</qt>" if shown != self._told else "")

    def _on_theme_changed(self) -> None:
        self._show_whole(self._shown)

    def _on_copied_long_ago(self) -> None:
        self._copy.setText(tr("Copy"))
        self._copy.set_icon_name("copy")
        self._place()


def shown_code(text: str) -> str:
    """Return the lines of code as they are shown."""
    written = text.split("\n")
    lines = [part for line in written[:MAX_LINES] for part in _broken(line)]
    more = len(lines) - MAX_LINES + _count(written[MAX_LINES:])
    if more <= 0:
        return clean("\n".join(lines))
    rest = tr("… %n more line; Copy gives them all", "… %n more lines; Copy gives them all", more)
    return clean("\n".join([*lines[:MAX_LINES], rest]))


def steps(text: str) -> Iterator[str]:
    """Cut code into steps that are quickly laid out; all but the first begin with a line's end."""
    start = 0
    while True:
        at = start
        for _ in range(STEP_LINES):
            at = text.find("\n", at + 1)
            if at < 0 or at - start >= STEP_CHARS:
                break
        if at < 0:
            yield text[start:]
            return
        yield text[start:at]
        start = at


def _broken(line: str) -> Iterator[str]:
    for start in range(0, max(1, len(line)), MAX_LINE_CHARS):
        yield line[start : start + MAX_LINE_CHARS]


def _count(lines: list[str]) -> int:
    """Return how many lines these are once the long ones are broken."""
    if max(map(len, lines), default=0) <= MAX_LINE_CHARS:
        return len(lines)
    return sum(max(1, -(-len(line) // MAX_LINE_CHARS)) for line in lines)
