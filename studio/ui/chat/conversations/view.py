"""How the conversation list looks and answers to the keyboard; titles are renamed in place."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.chat.conversation import Conversation
from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.conversations.chat_menu import ChatMenu
from studio.ui.chat.conversations.drawing import draw_badges, draw_chosen, draw_folder, draw_marked
from studio.ui.chat.conversations.found import Marked
from studio.ui.chat.conversations.rows import (
    AGE,
    BADGES,
    CONVERSATION,
    EXCERPT,
    FOLDER,
    IS_OPEN,
    IS_RUNNING,
    IS_TALL,
    IS_UNSEEN,
    TITLE,
    ConversationRows,
    Index,
)
from studio.ui.chat.conversations.sections import Folder
from studio.ui.theme import CAPTION, CONTROL, CONTROL_HEIGHT, RADIUS, SPACE, Theme
from studio.ui.widgets.keys_of_parts import MENU_KEYS

_TITLE_LENGTH = 200
_DOT = 8
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FOLDING: dict[int, bool] = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}
_TURNING = (*_OPENING, Qt.Key.Key_Space)
# The key that Apple's keyboards call Delete is the one that Qt calls Backspace.
_REMOVING: tuple[Qt.Key, ...] = (Qt.Key.Key_Delete,) + (
    (Qt.Key.Key_Backspace,) if sys.platform == "darwin" else ()
)


class ConversationView(QListView):
    """The list itself. Arrow keys move the cursor; signals tell what is to be done at it."""

    opened = Signal(str)
    removal_requested = Signal(object)
    renaming_ended = Signal()
    folder_turned = Signal(str)

    def __init__(self, theme: Theme, rows: ConversationRows) -> None:
        super().__init__()
        self._rows = rows
        self.setObjectName("conversation_list")
        self.setAccessibleName(tr("Chats"))
        self.setModel(rows)
        self._delegate = ConversationDelegate(theme)
        self._delegate.setParent(self)
        self._delegate.closeEditor.connect(self.renaming_ended)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.menu = ChatMenu(self)
        # The cursor may have moved since the menu was opened.
        self.menu.renaming_requested.connect(lambda chat: self.edit(self._rows.index_of(chat.id)))
        self.menu.removal_requested.connect(self.removal_requested)
        self.menu.folding_requested.connect(self.folder_turned)
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self.doItemsLayout)

    @property
    def rows(self) -> ConversationRows:
        """What is listed."""
        return self._rows

    @property
    def is_renaming(self) -> bool:
        """Whether a title is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    def conversation(self) -> Conversation | None:
        """Return the conversation under the cursor."""
        found: Conversation | None = self.currentIndex().data(CONVERSATION)
        return found

    def chosen(self) -> list[Conversation]:
        """Return the chats that are selected, from the top, if there are several; else none."""
        places = sorted(self.selectedIndexes(), key=QModelIndex.row)
        found = [chat for each in places if (chat := each.data(CONVERSATION)) is not None]
        return found if len(found) > 1 else []

    def has_several(self) -> bool:
        """Tell the same as :meth:`chosen` without looking at more rows than it takes."""
        selected = self.selectionModel().selection()
        parts = (selected.at(number) for number in range(selected.count()))
        rows = (row for part in parts for row in range(part.top(), part.bottom() + 1))
        chats = (row for row in rows if self._rows.index(row).data(CONVERSATION) is not None)
        return len([*islice(chats, 2)]) > 1

    def choose(self, conversation_ids: Sequence[str]) -> None:
        """Select chats, as far as they are listed, and leave the cursor where it is."""
        found = (self._rows.index_of(key).row() for key in conversation_ids)
        wanted = QItemSelection()
        for first, last in _runs(sorted(row for row in found if row >= 0)):
            wanted.append(QItemSelectionRange(self._rows.index(first), self._rows.index(last)))
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.Select)

    def folder(self) -> Folder | None:
        """Return the folder whose heading is under the cursor."""
        found: Folder | None = self.currentIndex().data(FOLDER)
        return found

    def go_to(self, index: QModelIndex) -> None:
        """Put the cursor on one row, which alone is selected then, whatever keys are held down.

        Qt would add to the selection, or take away from it, while Ctrl+Z is still down.
        """
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)

    def settle_heights(self) -> None:
        """Measure each row by itself where some have a second line; a long list is spared that."""
        self.setUniformItemSizes(not self._rows.has_excerpts)
        self.doItemsLayout()

    def rename(self) -> None:
        """Edit the title under the cursor in place."""
        if self.conversation() is not None:
            self.edit(self.currentIndex())

    def remove(self) -> None:
        """Ask for the conversations that are selected to go, or for the one under the cursor."""
        conversation = self.conversation()
        if chosen := self.chosen():
            self.menu.many_removal_requested.emit(chosen)
        elif conversation is not None:
            self.removal_requested.emit(conversation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, rename or remove what is under the cursor.

        Return in the field of a title comes here too: a line edit does not keep it for itself.
        """
        conversation = None if self.is_renaming else self.conversation()
        if not self.is_renaming and QKeySequence(event.keyCombination()).toString() == MENU_KEYS:
            self.offer_menu()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif conversation is None:
            if self.is_renaming or not self._turned(event.key()):
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
        if not reached.isValid() or reached.flags() & Qt.ItemFlag.ItemIsSelectable:
            return reached
        step = -1 if action in _BACKWARD else 1
        beyond = self._rows.neighbour(reached.row(), step)
        return beyond if beyond.isValid() else self._rows.neighbour(reached.row(), -step)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the row under the pointer, or at the cursor."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._offer_menu(self.indexAt(event.pos()), event.pos())
        else:
            self.offer_menu()

    def offer_menu(self) -> None:
        """Offer what can be done with the row at the cursor."""
        index = self.currentIndex()
        self.scrollTo(index)
        self._offer_menu(index, self.visualRect(index).center())

    def _offer_menu(self, index: QModelIndex, place: QPoint) -> None:
        chosen = self.chosen()
        if chosen and index in self.selectedIndexes():
            self.menu.show_chats(chosen)
            self.menu.popup(self.viewport().mapToGlobal(place))
            return
        if (conversation := index.data(CONVERSATION)) is not None:
            self.menu.show_chat(conversation)
        elif (folder := index.data(FOLDER)) is not None:
            self.menu.show_folder(folder)
        else:
            return
        self.go_to(index)
        self.menu.popup(self.viewport().mapToGlobal(place))

    def _turned(self, key: int) -> bool:
        """Fold or unfold the folder under the cursor if the key does that; return whether."""
        folder = self.folder()
        if folder is None:
            return False
        folds = _FOLDING.get(key)
        if key in _TURNING or (folds is not None and folder.is_folded is folds ^ mirror.is_on()):
            self.folder_turned.emit(folder.name)
            return True
        return key in _FOLDING

    def _on_clicked(self, index: Index) -> None:
        if QApplication.keyboardModifiers() & _SELECTING:
            return
        conversation: Conversation | None = index.data(CONVERSATION)
        folder: Folder | None = index.data(FOLDER)
        if conversation is not None:
            self.opened.emit(conversation.id)
        elif folder is not None:
            self.folder_turned.emit(folder.name)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of rows that follow one another."""
    begin = 0
    for place, row in enumerate(rows, 1):
        if place == len(rows) or rows[place] != row + 1:
            yield rows[begin], row
            begin = place


_SELECTING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_BACKWARD = (
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MoveLeft,
    QAbstractItemView.CursorAction.MovePrevious,
    QAbstractItemView.CursorAction.MovePageUp,
)


def _has_several(view: object) -> bool:
    """Tell whether several chats are selected; a single one is where the cursor is."""
    return isinstance(view, ConversationView) and view.has_several()


class ConversationDelegate(QStyledItemDelegate):
    """Draws a heading, or a title with badges and its time; a dot while a reply is written.

    What was found in a chat stands in a second line.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._measure()
        theme.changed.connect(self._measure)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return one height for every row of one line, and another for those of two."""
        return self._tall if index.data(IS_TALL) else self._low

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        rect: QRect = option.rect
        inner = rect.adjusted(SPACE[2], 0, -SPACE[2], 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(CONVERSATION) is not None:
            self._draw_ground(painter, option, index)
            self._draw_title(painter, inner, index)
        elif (folder := index.data(FOLDER)) is not None:
            self._draw_ground(painter, option, index)
            draw_folder(painter, rect, folder, self._theme)
        else:
            self._draw_heading(painter, rect, index.data())
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        """Return the field in which a title is changed."""
        editor = QLineEdit(parent)
        editor.setObjectName("conversation_title")
        editor.setAccessibleName(tr("Title of the chat"))
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
        room = rect.adjusted(SPACE[2], 0, -SPACE[2], -SPACE[1] + 2)
        room.setTop(room.bottom() + 1 - painter.fontMetrics().height())
        painter.drawText(room, mirror.at_start(words), words)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        from PySide6.QtWidgets import QStyle  # hundreds of names, which an empty list spares

        state: QStyle.StateFlag = option.state
        plate: QRect = option.rect.adjusted(1, 2, -1, -2)
        at_cursor = state & QStyle.StateFlag.State_HasFocus
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_one_of_several = is_selected and _has_several(option.widget)
        token = ""
        if index.data(IS_OPEN):
            token = "accent_pale"
        elif at_cursor or state & QStyle.StateFlag.State_MouseOver or is_one_of_several:
            token = "raised"
        if not token:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if at_cursor:
            painter.setPen(QPen(self._theme.color("accent"), 2))  # the list itself has none then
        painter.setBrush(self._theme.color(token))
        painter.drawRoundedRect(plate, RADIUS, RADIUS)
        if is_one_of_several:
            draw_chosen(painter, plate, self._theme)

    def _draw_title(self, painter: QPainter, rect: QRect, index: Index) -> None:
        excerpt: Marked | None = index.data(EXCERPT)
        first = QRect(rect.left(), rect.top(), rect.width(), rect.height())
        if excerpt is not None:
            below = QRect(
                rect.left(),
                rect.top() + self._first - SPACE[1] - 1,
                rect.width(),
                self._second,
            )
            painter.setFont(self._theme.font(CAPTION))
            draw_marked(painter, below, excerpt, self._theme, "muted")
            first.setHeight(self._first)
        used = self._draw_end(painter, first, index) + SPACE[1]
        first.adjust(0, 0, -used, 0)
        if badges := index.data(BADGES):
            first.adjust(0, 0, -draw_badges(painter, first, rect, badges, self._theme), 0)
        painter.setFont(self._theme.font(CONTROL, 600 if index.data(IS_UNSEEN) else 400))
        room = mirror.placed(first, rect)
        draw_marked(painter, room, index.data(TITLE), self._theme, "text", is_name=True)

    def _measure(self) -> None:
        line = max(CONTROL_HEIGHT, round(self._theme.scaled(CONTROL) * 1.4) + 2 * SPACE[1])
        self._first = line + SPACE[0]
        self._second = round(self._theme.scaled(CAPTION) * 1.4) + 2
        self._low = QSize(200, self._first)
        self._tall = QSize(200, self._first + self._second)

    def _draw_end(self, painter: QPainter, rect: QRect, index: Index) -> int:
        """Draw the dot of a running or unseen reply, or the time; return the width taken."""
        if index.data(IS_RUNNING) or index.data(IS_UNSEEN):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            top = rect.center().y() - _DOT // 2 + 1
            dot = QRect(rect.right() - _DOT, top, _DOT, _DOT)
            painter.drawEllipse(mirror.placed(dot, rect))
            return _DOT
        age: str = index.data(AGE)
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("muted" if index.data(IS_OPEN) else "faint"))
        painter.drawText(rect, mirror.at_end(age), age)
        return painter.fontMetrics().horizontalAdvance(age)
