"""How the conversation list looks and answers to the keyboard: one line a row, renamed in place."""

from __future__ import annotations

import sys

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.chat.conversation import Conversation
from studio.ui.chat.conversation_rows import (
    AGE,
    CONVERSATION,
    IS_OPEN,
    IS_RUNNING,
    ConversationRows,
    Index,
)
from studio.ui.theme import CAPTION, CONTROL, CONTROL_HEIGHT, RADIUS, SPACE, Theme

_TITLE_LENGTH = 200
_DOT = 8
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_FOOT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# The key that Apple's keyboards call Delete is the one that Qt calls Backspace.
_REMOVING: tuple[Qt.Key, ...] = (Qt.Key.Key_Delete,) + (
    (Qt.Key.Key_Backspace,) if sys.platform == "darwin" else ()
)


class ConversationView(QListView):
    """The list itself. Arrow keys move the cursor; signals tell what is to be done at it."""

    opened = Signal(str)
    removal_requested = Signal(object)
    renaming_ended = Signal()

    def __init__(self, theme: Theme, rows: ConversationRows) -> None:
        super().__init__()
        self._rows = rows
        self.setObjectName("conversation_list")
        self.setAccessibleName("Chats")
        self.setModel(rows)
        self._delegate = ConversationDelegate(theme)
        self._delegate.setParent(self)
        self._delegate.closeEditor.connect(self.renaming_ended)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.menu = self._made_menu()
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self.doItemsLayout)

    @property
    def is_renaming(self) -> bool:
        """Whether a title is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    def conversation(self) -> Conversation | None:
        """Return the conversation under the cursor."""
        found: Conversation | None = self.currentIndex().data(CONVERSATION)
        return found

    def rename(self) -> None:
        """Edit the title under the cursor in place."""
        if self.conversation() is not None:
            self.edit(self.currentIndex())

    def remove(self) -> None:
        """Ask for the conversation under the cursor to go."""
        conversation = self.conversation()
        if conversation is not None:
            self.removal_requested.emit(conversation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, rename or remove what is under the cursor.

        Return in the field of a title comes here too: a line edit does not keep it for itself.
        """
        conversation = None if self.is_renaming else self.conversation()
        if conversation is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in _OPENING:
            self.opened.emit(conversation.id)
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        elif event.key() in _REMOVING:
            self.remove()
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Move as lists do, and step over the headings."""
        reached = super().moveCursor(action, modifiers)
        if not reached.isValid() or reached.data(CONVERSATION) is not None:
            return reached
        step = -1 if action in _BACKWARD else 1
        beyond = self._rows.neighbour(reached.row(), step)
        return beyond if beyond.isValid() else self._rows.neighbour(reached.row(), -step)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the conversation under the pointer, or at the cursor."""
        index = self.currentIndex()
        place = self.visualRect(index).center()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            place = event.pos()
            index = self.indexAt(place)
        if index.data(CONVERSATION) is None:
            return
        self.setCurrentIndex(index)
        self.menu.popup(self.viewport().mapToGlobal(place))

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("conversation_menu")
        menu.setAccessibleName("Chat")
        for words, key, act in (("Rename", "F2", self.rename), ("Delete", "Del", self.remove)):
            keys = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{words}\t{keys}").triggered.connect(act)
        return menu

    def _on_clicked(self, index: Index) -> None:
        conversation: Conversation | None = index.data(CONVERSATION)
        if conversation is not None:
            self.opened.emit(conversation.id)


_BACKWARD = (
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MoveLeft,
    QAbstractItemView.CursorAction.MovePrevious,
    QAbstractItemView.CursorAction.MovePageUp,
)


class ConversationDelegate(QStyledItemDelegate):
    """Draws a heading, or a title with its time at the right; a dot while a reply is written."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return one height for every row, so that long lists need not be measured."""
        height = max(CONTROL_HEIGHT, round(self._theme.scaled(CONTROL) * 1.4) + 2 * SPACE[1])
        return QSize(200, height + SPACE[0])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(CONVERSATION) is None:
            self._draw_heading(painter, rect, index.data())
        else:
            self._draw_ground(painter, option, index)
            self._draw_title(painter, rect.adjusted(SPACE[2], 0, -SPACE[2], 0), index)
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        """Return the field in which a title is changed."""
        editor = QLineEdit(parent)
        editor.setObjectName("conversation_title")
        editor.setAccessibleName("Title of the chat")
        editor.setPlaceholderText(index.data())
        editor.setMaxLength(_TITLE_LENGTH)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the field, but never over what was typed when the row changes meanwhile."""
        if not isinstance(editor, QLineEdit) or not editor.isModified():
            super().setEditorData(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Lay the field over its row."""
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(0, 1, 0, -1))

    def _draw_heading(self, painter: QPainter, rect: QRect, words: str) -> None:
        painter.setFont(self._theme.font(CAPTION, 600))
        painter.setPen(self._theme.color("faint"))
        painter.drawText(rect.adjusted(SPACE[2], 0, -SPACE[2], -SPACE[1] + 2), _FOOT, words)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        plate: QRect = option.rect.adjusted(1, 2, -1, -2)
        at_cursor = state & QStyle.StateFlag.State_HasFocus
        token = ""
        if index.data(IS_OPEN):
            token = "accent_pale"
        elif at_cursor or state & QStyle.StateFlag.State_MouseOver:
            token = "raised"
        if not token:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if at_cursor:
            painter.setPen(QPen(self._theme.color("accent"), 1))
        painter.setBrush(self._theme.color(token))
        painter.drawRoundedRect(plate, RADIUS, RADIUS)

    def _draw_title(self, painter: QPainter, rect: QRect, index: Index) -> None:
        used = self._draw_end(painter, rect, index)
        painter.setFont(self._theme.font(CONTROL))
        painter.setPen(self._theme.color("text"))
        room = rect.adjusted(0, 0, -used - SPACE[2], 0)
        metrics = painter.fontMetrics()
        title = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, title)

    def _draw_end(self, painter: QPainter, rect: QRect, index: Index) -> int:
        """Draw the dot of a running reply, or the time; return the width taken."""
        if index.data(IS_RUNNING):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            top = rect.center().y() - _DOT // 2 + 1
            painter.drawEllipse(QRect(rect.right() - _DOT, top, _DOT, _DOT))
            return _DOT
        age: str = index.data(AGE)
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("muted" if index.data(IS_OPEN) else "faint"))
        painter.drawText(rect, _RIGHT, age)
        return painter.fontMetrics().horizontalAdvance(age)
