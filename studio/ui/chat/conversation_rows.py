"""The rows of the conversation list: a heading for each group of days, and what lies below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from studio.chat.conversation import Conversation
from studio.ui.chat.conversation_days import age_words, day_group, exact_words, local_now

Index = QModelIndex | QPersistentModelIndex
Row = str | Conversation
CONVERSATION = Qt.ItemDataRole.UserRole
AGE = Qt.ItemDataRole.UserRole + 1
IS_OPEN = Qt.ItemDataRole.UserRole + 2
IS_RUNNING = Qt.ItemDataRole.UserRole + 3

_UNTITLED = "New chat"
_ROOT = QModelIndex()
_USABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


def title_of(conversation: Conversation) -> str:
    """Return the words that stand for a conversation."""
    return " ".join(conversation.title.split()) or _UNTITLED


class ConversationRows(QAbstractListModel):
    """Conversations under headings. A heading is a row that cannot be selected.

    ``rename`` is called with an id and a new title when a row was edited; it returns the changed
    conversation, or ``None`` when it could not be changed. ``now`` tells the time, with its zone.
    """

    def __init__(
        self,
        rename: Callable[[str, str], Conversation | None],
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__()
        self._rename = rename
        self._now = now
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self._open_id: str | None = None
        self._running_id: str | None = None

    @property
    def open_id(self) -> str | None:
        """The conversation that is on show beside the list."""
        return self._open_id

    def set_conversations(self, conversations: Sequence[Conversation]) -> bool:
        """Show other conversations, newest first, under the headings of their days.

        Returns:
            Whether rows came, went or moved. If not, what was known of them is brought up to
            date in place, which costs next to nothing in a long list.
        """
        rows = _under_headings(conversations, self._now())
        if [_identity(row) for row in rows] == [_identity(row) for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return False
        self.beginResetModel()
        self._rows = rows
        self._places = {row.id: i for i, row in enumerate(rows) if isinstance(row, Conversation)}
        self.endResetModel()
        return True

    def set_open(self, conversation_id: str | None) -> None:
        """Mark the conversation that is on show."""
        before, self._open_id = self._open_id, conversation_id
        self._tell_changed(before, conversation_id)

    def set_running(self, conversation_id: str | None) -> None:
        """Mark the conversation in which a reply is being written."""
        before, self._running_id = self._running_id, conversation_id
        self._tell_changed(before, conversation_id)

    def index_of(self, conversation_id: str | None) -> QModelIndex:
        """Return a conversation's place; not valid when it is not in the list."""
        return self.index(self._places.get(conversation_id or "", -1), 0)

    def first(self) -> QModelIndex:
        """Return the place of the newest conversation; not valid when there is none."""
        return self.index(min(self._places.values(), default=-1), 0)

    def neighbour(self, row: int, step: int) -> QModelIndex:
        """Return the conversation nearest to a row in steps of 1 or -1; the row itself counts."""
        while 0 <= row < len(self._rows) and isinstance(self._rows[row], str):
            row += step
        return self.index(row, 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many conversations and headings there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that conversations can be selected and renamed, and headings nothing."""
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return _USABLE | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading's words, or what is known of a conversation."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        return self._about(row, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a conversation. A blank or unchanged title leaves it as it is."""
        row = self._rows[index.row()] if index.isValid() else ""
        title = " ".join(str(value).split())
        if isinstance(row, str) or role != Qt.ItemDataRole.EditRole:
            return False
        if title in ("", row.title):
            return False
        renamed = self._rename(row.id, title)
        if renamed is None:
            return False
        self._rows[index.row()] = renamed
        self._tell_changed(row.id)
        return True

    def _about(self, row: Conversation, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(row)
            case Qt.ItemDataRole.EditRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join((title_of(row), self._exact(row), *self._marks(row)))
        if role == AGE:
            return age_words(row.updated_at, self._now())
        if role == IS_OPEN:
            return row.id == self._open_id
        if role == IS_RUNNING:
            return row.id == self._running_id
        return row if role == CONVERSATION else None

    def _tip(self, row: Conversation) -> str:
        """Return paragraphs of HTML, so that a title is never taken for markup itself."""
        lines = [title_of(row), self._exact(row)]
        if row.id == self._running_id:
            lines.append(_RUNNING)
        return "".join(f"<div>{escape(line)}</div>" for line in lines)

    def _exact(self, row: Conversation) -> str:
        return exact_words(row.updated_at, self._now())

    def _marks(self, row: Conversation) -> list[str]:
        marks = ["open"] if row.id == self._open_id else []
        return [*marks, _RUNNING] if row.id == self._running_id else marks

    def _tell_changed(self, *conversation_ids: str | None) -> None:
        for conversation_id in conversation_ids:
            index = self.index_of(conversation_id)
            if index.isValid():
                self.dataChanged.emit(index, index)


_RUNNING = "A reply is being written"


def _under_headings(conversations: Sequence[Conversation], now: datetime) -> list[Row]:
    rows: list[Row] = []
    today, heading, known = now.date(), "", None
    for conversation in conversations:
        day = conversation.updated_at.astimezone(now.tzinfo).date()
        if day != known:
            known = day
            if (group := day_group(day, today)) != heading:
                rows.append(group)
                heading = group
        rows.append(conversation)
    return rows


def _identity(row: Row) -> tuple[bool, str]:
    return (False, row) if isinstance(row, str) else (True, row.id)
