"""The rounded field of the composer: an editor that grows with its text, and a frame around it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from studio.translation import tr
from studio.ui.theme import CARD_RADIUS, CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.wrapping import show_text, wrap_for

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_INSET = 2


class MessageEditor(QPlainTextEdit):
    """Plain text, as high as its lines up to a limit, and scrolled from there on.

    ``edited`` tells the text after every change of it, ``replaced`` that another one is about to
    be shown; ``files_pasted`` carries the QMimeData of a clipboard with files or a picture;
    ``submitted`` tells that the keys for sending were pressed. While an input method composes
    a word, Enter belongs to that.
    """

    edited = Signal(str)
    replaced = Signal()
    submitted = Signal()
    focus_changed = Signal()
    files_pasted = Signal(object)

    def __init__(self, theme: Theme, send_with_enter: Callable[[], bool]) -> None:
        super().__init__()
        self._theme = theme
        self._send_with_enter = send_with_enter
        self._limit = 0
        self._known = ""
        self._is_composing = False
        self.setObjectName("message")
        self.setAccessibleName(tr("Message"))
        self.setPlaceholderText(tr("Message"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_INSET)
        self.textChanged.connect(self._on_text_changed)
        theme.changed.connect(self._dress)
        self._dress()
        self._begin_at_its_side()

    def text(self) -> str:
        """Return exactly what was written, with ``\\n`` between lines."""
        return self._known

    def set_text(self, text: str) -> None:
        """Show another text, with the cursor at its end."""
        self.replaced.emit()
        show_text(self, text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def add_text(self, text: str, instead_of: str) -> None:
        """Write a text below what is there, or in its place; Undo takes it back.

        Args:
            instead_of: what may be replaced, beside mere blanks.
        """
        wrap_for(self, text)
        cursor = QTextCursor(self.document())
        if not self._known.strip() or self._known == instead_of:
            self.replaced.emit()
            cursor.select(QTextCursor.SelectionType.Document)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            text = f"\n\n{text}"
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def set_placeholder(self, words: str) -> None:
        """Show other words while there are none; Qt draws only the changed part of the line."""
        self.setPlaceholderText(words)
        self.viewport().update()

    def set_limit(self, px: int) -> None:
        """Set the greatest height; one line is always shown."""
        if px != self._limit:
            self._limit = px
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send, or begin a new line, on Enter."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self._is_composing:
            event.accept()  # it ends the word, and is no new line in front of that
        elif self._sends(event.modifiers()):
            if not event.isAutoRepeat():
                self.submitted.emit()
        else:
            # Qt's own Shift+Enter would put in a line separator instead of a new line.
            self.insertPlainText("\n")
            self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether a word is being composed."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Tell whether something can be pasted: words, or what can be attached."""
        return _is_for_attaching(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in what is pasted or dropped; files and pictures are for others to take."""
        if _is_for_attaching(source):
            self.files_pasted.emit(source)
            return
        wrap_for(self, source.text())
        super().insertFromMimeData(source)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files to the window, which takes them; words and links may be dropped here."""
        if _has_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Leave files to the window."""
        if _has_files(event.mimeData()):
            event.ignore()
        else:
            super().dragMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus is here."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus has left."""
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again: another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self._fit()
        if self.isRightToLeft():  # Qt leaves an empty line as far right as it was
            self._begin_at_its_side()

    def _sends(self, modifiers: Qt.KeyboardModifier) -> bool:
        pressed = modifiers & ~Qt.KeyboardModifier.KeypadModifier
        if pressed == Qt.KeyboardModifier.ControlModifier:
            return True
        return pressed == Qt.KeyboardModifier.NoModifier and self._send_with_enter()

    def changeEvent(self, event: QEvent) -> None:
        """Begin at the other side where the window is read from there."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._begin_at_its_side()

    def _begin_at_its_side(self) -> None:
        """Have lines, and the cursor without any, stand where the placeholder begins.

        Qt turns the placeholder round by itself, but not the lines of plain text.
        """
        sides = Qt.AlignmentFlag
        option = self.document().defaultTextOption()
        option.setAlignment(sides.AlignRight if self.isRightToLeft() else sides.AlignLeft)
        self.document().setDefaultTextOption(option)

    def _on_text_changed(self) -> None:
        self._fit()
        # Not toPlainText, which turns hard spaces into ordinary ones.
        text = self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
        if text != self._known:  # Qt also tells changes of the word being composed
            self._known = text
            self.edited.emit(text)

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing() + 2 * _INSET
        limit = max(self._limit, line)
        wanted = self._wanted(limit)
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if wanted > limit else policy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(min(max(wanted, line), limit))

    def _wanted(self, enough: int) -> int:
        """Return the height of all lines, or any above ``enough``: long texts cost no more."""
        height = 2.0 * _INSET
        block = self.document().begin()
        while block.isValid() and height <= enough:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return round(height + 0.5)

    def _dress(self) -> None:
        faint = self._theme.palette.faint
        self.setStyleSheet(
            "QPlainTextEdit { border: none; background: transparent; padding: 0;"
            f" placeholder-text-color: {faint}; }}"
        )
        font = self._theme.reading_font()
        self.setFont(font)
        self.viewport().setFont(font)  # it draws the placeholder, and would follow a step late
        self._fit()


class Field(QFrame):
    """A rounded ground with an outline, which turns into the focus ring of the editor in it."""

    def __init__(self, theme: Theme, editor: MessageEditor) -> None:
        super().__init__()
        self._theme = theme
        self._editor = editor
        self.setObjectName("composer_field")
        editor.focus_changed.connect(self.update)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and its outline."""
        focused = self._editor.hasFocus()
        width = 2.0 if focused else 1.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent" if focused else "edge"), width))
        painter.setBrush(self._theme.color("surface"))
        inset = width / 2
        ground = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(ground, CARD_RADIUS, CARD_RADIUS)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Write wherever in the field one clicks."""
        self._editor.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()


def _is_for_attaching(source: QMimeData) -> bool:
    """Tell whether a clipboard holds files, or a picture and no words that stand for it."""
    return _has_files(source) or (source.hasImage() and not source.hasText())


def _has_files(source: QMimeData) -> bool:
    return any(url.isLocalFile() for url in source.urls())


FIELD_MARGIN = SPACE[2]
FIELD_GAP = SPACE[1]
# All of a field's height but the editor's.
AROUND_EDITOR = FIELD_MARGIN + FIELD_GAP + CONTROL_HEIGHT + SPACE[1]
