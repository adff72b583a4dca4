"""Shows one document: text that can be selected, copied and followed, drawn without a scroll area.

Cheap enough to be made by the dozen while scrolling, and to be given another document instead of
being thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from studio.translation import tr
from studio.ui.accessibility import HEADING, announce
from studio.ui.theme import READING, Theme
from studio.ui.widgets.markdown.document import document as make_document
from studio.ui.widgets.markdown.document import mono_family
from studio.ui.widgets.markdown.formula_places import first_text, plain_text, whole_text
from studio.ui.widgets.markdown.found import Found
from studio.ui.widgets.markdown.links import shown_address
from studio.ui.widgets.markdown.marks import Marks, Stretch
from studio.ui.widgets.markdown.pieces import Code, Piece, Plain, Rich
from studio.ui.widgets.markdown.text_drawing import draw_text
from studio.ui.widgets.markdown.text_lines import Lines

_BEGIN, _EXTEND = QTextCursor.MoveMode.MoveAnchor, QTextCursor.MoveMode.KeepAnchor
_SPOKEN_CHARS = 2_000
_FOCUS = {True: Qt.FocusPolicy.StrongFocus, False: Qt.FocusPolicy.ClickFocus}


class TextView(QWidget):
    """Draws a piece of text; the height follows from the width.

    ``link_followed`` carries an address that the person wants opened; ``selection_begun`` tells
    that text is being selected here, so that another selection can be given up.
    """

    link_followed = Signal(str)
    selection_begun = Signal()

    def __init__(self, theme: Theme, size: int = READING, token: str = "text") -> None:
        super().__init__()
        self._theme = theme
        self._size = size
        self._token = token
        self._piece: Piece = Plain("")
        self._document = QTextDocument(self)
        self._cursor = QTextCursor(self._document)
        self._lines = Lines(self._document)
        self._marks = Marks()
        self.found = Found()
        self._link = -1
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        theme.changed.connect(self._read)

    @property
    def piece(self) -> Piece:
        """What is on show."""
        return self._piece

    @property
    def document(self) -> QTextDocument:
        """The document on show; another one after each ``show_piece``."""
        return self._document

    def show_piece(self, piece: Piece) -> None:
        """Show another piece."""
        if piece != self._piece or self._document.isEmpty() or self._document.isModified():
            self._piece = piece
            self._read()

    def append(self, text: str) -> int:
        """Add plain text at the end; return the number of the line on which it begins."""
        cursor = QTextCursor(self._document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        line = cursor.blockNumber()
        cursor.insertText(text)
        self.update()
        return line

    def text(self) -> str:
        """Return the text without its formatting, formulas as they were written."""
        return whole_text(self._document)

    def selected_text(self) -> str:
        """Return what is selected, with its lines."""
        return plain_text(self._cursor)

    def clear_selection(self) -> None:
        """Select nothing."""
        if self._cursor.hasSelection():
            self._cursor.clearSelection()
            self.update()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text at a width."""
        return self._lines.height(width)

    def ideal_width(self) -> int:
        """Return the width at which no line would have to be broken."""
        return self._lines.ideal_width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grounds of code, the bars of quotes, bullets, the text and the selection."""
        self._lines.set_width(self.width())
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._marks.draw_code(painter, self._theme.color("raised"))
        self._marks.draw_bars(painter, self._theme.color("border"))
        self._marks.draw_markers(painter, self._theme.color(self._token))
        if self.hasFocus() and self._link >= 0:
            self._marks.draw_ring(painter, self._link, self._theme.color("accent"))
        draw_text(painter, self._cursor, self._lines, self._theme, self._token, self.found)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        keep = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._cursor.setPosition(self._position(event.position()), _EXTEND if keep else _BEGIN)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.selection_begun.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection, or show what is under the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._cursor.setPosition(self._position(event.position()), _EXTEND)
            self.update()
            return
        is_text = not self._address(event.position())
        shape = Qt.CursorShape.IBeamCursor if is_text else Qt.CursorShape.PointingHandCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a link that was clicked rather than selected."""
        address = self._address(event.position())
        is_click = event.button() == Qt.MouseButton.LeftButton
        if address and is_click and not self._cursor.hasSelection():
            self.link_followed.emit(address)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word."""
        self._cursor.setPosition(self._position(event.position()))
        self._cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, select all, or follow the link that has the focus."""
        if event.matches(QKeySequence.StandardKey.Copy) and self._cursor.hasSelection():
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._link >= 0:
            self.link_followed.emit(self._marks.links[self._link].address)
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go through the links before the focus leaves."""
        target = self._link + (1 if forward else -1)
        if 0 <= target < len(self._marks.links):
            self._link = target
            _show_link(self, self._document, self._marks.links[target : target + 1])
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first or the last link when the Tab key leads here."""
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._link = 0
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._link = len(self._marks.links) - 1
        super().focusInEvent(event)
        _show_link(self, self._document, self._marks.links[self._link : self._link + 1])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget which link had the focus."""
        self._link = -1
        super().focusOutEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the selection or the address under the pointer; else leave it to others."""
        address = self._address(QPointF(event.pos()))
        if not address and not self._cursor.hasSelection():
            event.ignore()  # such as the message that this is a part of
            return
        text_menu(self, self._cursor.hasSelection(), address).popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Tell the address of a link in its tool-tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            address = self._address(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), shown_address(address) if address else "", self)
            return True
        return super().event(event)

    def copy(self) -> None:
        """Put the selection on the clipboard."""
        QGuiApplication.clipboard().setText(self.selected_text())

    def _read(self) -> None:
        self._document.deleteLater()
        self._document = make_document(self._piece, self._theme, self, self._size)
        self._cursor = QTextCursor(self._document)
        self._lines = Lines(self._document)
        has_marks = not isinstance(self._piece, Plain | Code)
        self._marks = Marks(self._document if has_marks else None, mono_family(self._theme))
        self._link = -1
        self.setFocusPolicy(_FOCUS[bool(self._marks.links)])
        _name(self, self._document)
        self.update()

    def select_all(self) -> None:
        """Select the whole text."""
        self._cursor.select(QTextCursor.SelectionType.Document)
        self.selection_begun.emit()
        self.update()

    def _position(self, point: QPointF) -> int:
        fuzzy = Qt.HitTestAccuracy.FuzzyHit
        return max(0, self._document.documentLayout().hitTest(point, fuzzy))

    def _address(self, point: QPointF) -> str:
        return self._document.documentLayout().anchorAt(point)


def _name(view: TextView, document: QTextDocument) -> None:
    """Have screen readers know what is on show, and whether it is a heading."""
    piece = view.piece
    view.setAccessibleName(first_text(document, _SPOKEN_CHARS))
    view.setProperty(HEADING, isinstance(piece, Rich) and piece.kind == "heading")


def _show_link(view: TextView, document: QTextDocument, links: Sequence[Stretch]) -> None:
    """Draw the ring around the link that the keyboard has reached, and have its words spoken.

    They come after the news that the focus has arrived, which would break them off.
    """
    view.update()
    for link in links:
        cursor = QTextCursor(document)
        cursor.setPosition(link.start)
        cursor.setPosition(link.end, _EXTEND)
        words = tr("Link: {words}", words=cursor.selectedText())
        QTimer.singleShot(0, view, partial(announce, view, words, at_once=True))


def text_menu(view: TextView, has_selection: bool, address: str) -> QMenu:
    """Return the menu of a text: copy the selection, select all, copy the address if any."""
    menu = QMenu(view)
    menu.setObjectName("text_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    copy = menu.addAction(tr("Copy"))
    copy.setEnabled(has_selection)
    copy.triggered.connect(view.copy)
    menu.addAction(tr("Select all")).triggered.connect(view.select_all)
    if address:
        copy_address = menu.addAction(tr("Copy address"))
        copy_address.triggered.connect(lambda: QGuiApplication.clipboard().setText(address))
    return menu
