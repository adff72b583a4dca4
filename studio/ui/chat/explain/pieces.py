"""A reply's text with each piece on a ground of its certainty; one can point at it, or walk it."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from studio.chat.certainty import Judged
from studio.translation import tr
from studio.ui.chat.explain.alternatives import spoken
from studio.ui.chat.explain.levels import DOUBTFUL, LEVELS, char_format, level_of
from studio.ui.theme import READING, SPACE, Theme
from studio.ui.widgets.wrapping import wrap_for

_LINE_HEIGHT = 118.0
_Key = Qt.Key
# What Qt takes for the edges of a frame, and would lay out as such.
_CLEANED = str.maketrans({"\0": "\ufffd", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})


class PiecesView(QTextEdit):
    """Shows pieces; ``moved`` carries the number of the one pointed at or walked to.

    Left and right go from piece to piece, up and down by lines, Home and End to the first and the
    last, N and Shift+N to the next and the last doubtful one.
    """

    moved = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pieces: Sequence[Judged] = ()
        self._begins: list[int] = []  # of their words, behind a space
        self._ends: list[int] = []
        self._walked: tuple[int, QTextCursor] | None = None
        self.current = -1
        self.setObjectName("certainty_text")
        self.setAccessibleName(tr("The reply, with how sure the model was of each piece"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.document().setDocumentMargin(SPACE[2])
        self.document().setUndoRedoEnabled(False)
        self._show_type()
        theme.changed.connect(self._on_theme_changed)

    def show_plain(self, text: str) -> None:
        """Show the text while nothing is known of it."""
        self._forget(())
        self.clear()
        wrap_for(self, text)
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(_spaced())
        cursor.insertText(_clean(text), QTextCharFormat())
        self.verticalScrollBar().setValue(0)

    def show_pieces(self, pieces: Sequence[Judged]) -> None:
        """Show the pieces of a reply; together they are its text."""
        self._forget(pieces)
        self.clear()
        wrap_for(self, "".join(piece.text for piece in pieces))
        formats = {level.words: char_format(self._theme, level) for level in LEVELS}
        bare = QTextCharFormat()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setBlockFormat(_spaced())  # which the blocks behind it take over
        for piece in pieces:
            text = _clean(piece.text)
            words = text.lstrip()
            # The space before a word stays bare, so that one piece can be told from the next.
            if len(words) < len(text):
                cursor.insertText(text[: len(text) - len(words)], bare)
            self._begins.append(cursor.position())
            if words:
                cursor.insertText(words, formats[level_of(piece.probability).words])
            self._ends.append(cursor.position())
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(0)

    def go(self, number: int) -> None:
        """Mark a piece, bring it into view, and tell of it."""
        if not self._pieces:
            return
        number = min(max(0, number), len(self._pieces) - 1)
        if number == self.current:
            return
        self._mark(number)
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._start(number))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        words = spoken(self._pieces[number])
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def go_to_doubt(self, by: int = 1) -> None:
        """Go to the next piece that was less likely than not, or to the one before; around."""
        total = len(self._pieces)
        at = self.current if self.current >= 0 or by > 0 else 0
        for step in range(1, total + 1):
            number = (at + by * step) % total
            if is_doubtful(self._pieces[number]):
                self.go(number)
                return

    def piece_at(self, place: QPointF) -> int:
        """Return the number of the piece under a place of the viewport; -1 for none."""
        if not self._ends:
            return -1
        cursor = self.cursorForPosition(place.toPoint())
        layout = cursor.block().layout()
        line = layout.lineForTextPosition(cursor.positionInBlock())
        if not line.isValid():
            return -1
        x = place.x() + self.horizontalScrollBar().value() - layout.position().x()
        y = place.y() + self.verticalScrollBar().value() - layout.position().y()
        if not line.naturalTextRect().contains(QPointF(x, y)):
            return -1
        # Qt gives a pair for C++ callers who keep the position; only its first part is meant.
        letter = line.xToCursor(x, line.CursorPosition.CursorOnCharacter)
        position = cursor.block().position() + (letter[0] if isinstance(letter, tuple) else letter)
        return min(bisect.bisect_right(self._ends, position), len(self._ends) - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the piece under the pointer; the last one stays until there is another."""
        super().mouseMoveEvent(event)
        number = self.piece_at(event.position())
        if number >= 0 and number != self.current and not event.buttons():
            self._mark(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the pieces."""
        keys: dict[int, Callable[[], object]] = {
            _Key.Key_Left: lambda: self.go(self.current - 1),
            _Key.Key_Right: lambda: self.go(self.current + 1),
            _Key.Key_Up: lambda: self._go_line(QTextCursor.MoveOperation.Up),
            _Key.Key_Down: lambda: self._go_line(QTextCursor.MoveOperation.Down),
            _Key.Key_Home: lambda: self.go(0),
            _Key.Key_End: lambda: self.go(len(self._pieces) - 1),
            _Key.Key_N: lambda: self.go_to_doubt(-1 if _is_shifted(event) else 1),
        }
        act = keys.get(event.key())
        if act is None or event.modifiers() & ~_HARMLESS:
            super().keyPressEvent(event)
            return
        act()
        event.accept()

    def _go_line(self, where: QTextCursor.MoveOperation) -> None:
        walked = self._walked
        if walked is None or walked[0] != self.current:
            walked = self.current, QTextCursor(self.document())
            walked[1].setPosition(self._start(max(0, self.current)))
        cursor = walked[1]
        if self.current < 0 or not cursor.movePosition(where):
            self.go(max(0, self.current))
            return
        self.go(bisect.bisect_right(self._ends, cursor.position()))
        # A piece may reach over several lines; the next step goes on from the line, not the piece.
        self._walked = self.current, cursor

    def _forget(self, pieces: Sequence[Judged]) -> None:
        self._pieces, self._begins, self._ends, self.current = pieces, [], [], -1
        self._walked = None
        self.setExtraSelections([])

    def _start(self, number: int) -> int:
        return self._ends[number - 1] if number else 0

    def _mark(self, number: int) -> None:
        self.current = number
        mark = QTextEdit.ExtraSelection()
        mark.format.setBackground(self._theme.color("accent"))
        mark.format.setForeground(self._theme.color("on_accent"))
        cursor = QTextCursor(self.document())
        begin, end = self._begins[number], self._ends[number]
        cursor.setPosition(begin if begin < end else self._start(number))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        self.setExtraSelections([mark])
        self.moved.emit(number)

    def _show_type(self) -> None:
        self.setFont(self._theme.reading_font(READING))

    def _on_theme_changed(self) -> None:
        self._show_type()
        if self._pieces:
            current = self.current
            self.show_pieces(self._pieces)
            if current >= 0:
                self.go(current)


def is_doubtful(piece: Judged) -> bool:
    """Tell whether a piece was less likely than not, and is one that can be seen."""
    return piece.probability < DOUBTFUL and bool(piece.text.strip())


_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def _spaced() -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made


def _is_shifted(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEANED)
