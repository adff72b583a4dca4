"""The rows of the conversation list: headings, folders, and the conversations below them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from studio.chat.conversation import Conversation
from studio.translation import mark, tr
from studio.ui.chat.conversations.days import age_words, exact_words, local_now
from studio.ui.chat.conversations.found import Found
from studio.ui.chat.conversations.sections import Folder, Row, by_day, by_section, identity

Index = QModelIndex | QPersistentModelIndex
CONVERSATION = Qt.ItemDataRole.UserRole
AGE = Qt.ItemDataRole.UserRole + 1
IS_OPEN = Qt.ItemDataRole.UserRole + 2
IS_RUNNING = Qt.ItemDataRole.UserRole + 3
FOLDER = Qt.ItemDataRole.UserRole + 4
TITLE = Qt.ItemDataRole.UserRole + 5
EXCERPT = Qt.ItemDataRole.UserRole + 6
BADGES = Qt.ItemDataRole.UserRole + 7
IS_TALL = Qt.ItemDataRole.UserRole + 8
IS_UNSEEN = Qt.ItemDataRole.UserRole + 9

_UNTITLED = mark("New chat")
_ROOT = QModelIndex()
_REACHED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_USABLE = _REACHED | Qt.ItemFlag.ItemIsEditable


def title_of(conversation: Conversation) -> str:
    """Return the words that stand for a conversation."""
    return " ".join(conversation.title.split()) or tr(_UNTITLED)


class ConversationRows(QAbstractListModel):
    """Conversations under headings. A heading is a row that cannot be selected, unless a folder's.

    ``rename`` is called with an id and a new title when a row was edited; it returns the changed
    conversation, or ``None`` when it could not be changed. ``now`` tells the time, with its zone.
    ``folded`` are the folders that fold away what is in them, from the next showing on.
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
        self._found: Found | None = None
        self._unseen: set[str] = set()
        self.folded: set[str] = set()

    @property
    def open_id(self) -> str | None:
        """The conversation that is on show beside the list."""
        return self._open_id

    @property
    def found(self) -> Found:
        """What was searched for and found; nothing while the list is not a search's answer."""
        return self._found or Found()

    @property
    def has_excerpts(self) -> bool:
        """Whether some rows have a second line."""
        return bool(self._tall())

    def set_conversations(
        self,
        conversations: Sequence[Conversation],
        found: Found | None = None,
        *,
        in_sections: bool = True,
    ) -> bool:
        """Show other conversations, newest first, in sections, or under their days alone.

        Args:
            found: the search that they answer; the answer is never in sections.

        Returns:
            Whether rows came, went, moved or grew. If not, what was known of them is brought up to
            date in place, which costs next to nothing in a long list.
        """
        now, were_tall = self._now(), self._tall()
        in_sections = in_sections and found is None
        rows = (
            by_section(conversations, now, self.folded)
            if in_sections
            else by_day(conversations, now)
        )
        self._found = found
        is_same = [*map(identity, rows)] == [*map(identity, self._rows)]
        if is_same and were_tall == self._tall():
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return False
        self.beginResetModel()
        self._rows = rows
        self._places = {row.id: i for i, row in enumerate(rows) if isinstance(row, Conversation)}
        self.endResetModel()
        return True

    def turn_folder(self, name: str) -> None:
        """Have a folder fold what is in it away at the next showing, or show it again."""
        self.folded ^= {name}

    def set_open(self, conversation_id: str | None) -> None:
        """Mark the conversation that is on show."""
        before, self._open_id = self._open_id, conversation_id
        self._tell_changed(before, conversation_id)

    def set_running(self, conversation_id: str | None) -> None:
        """Mark the conversation in which a reply is being written."""
        before, self._running_id = self._running_id, conversation_id
        self._tell_changed(before, conversation_id)

    def set_unseen(self, conversation_ids: set[str]) -> None:
        """Mark the conversations with a reply that nobody has seen yet."""
        before, self._unseen = self._unseen, conversation_ids
        self._tell_changed(*before ^ conversation_ids)

    def index_of(self, conversation_id: str | None) -> QModelIndex:
        """Return a conversation's place; not valid when it is not in the list."""
        return self.index(self._places.get(conversation_id or "", -1), 0)

    def folder_index(self, name: str) -> QModelIndex:
        """Return the place of a folder's heading; not valid when it has none."""
        places = (
            number
            for number, row in enumerate(self._rows)
            if isinstance(row, Folder) and row.name == name
        )
        return self.index(next(places, -1), 0)

    def first(self) -> QModelIndex:
        """Return the place of the first conversation; not valid when there is none."""
        return self.index(min(self._places.values(), default=-1), 0)

    def neighbour(self, row: int, step: int) -> QModelIndex:
        """Return what the cursor can be on nearest to a row, in steps of 1 or -1."""
        while 0 <= row < len(self._rows) and isinstance(self._rows[row], str):
            row += step
        return self.index(row, 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many conversations and headings there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that conversations can be selected and renamed, and headings nothing."""
        row = self._rows[index.row()] if index.isValid() else ""
        if isinstance(row, str):
            return Qt.ItemFlag.NoItemFlags
        usable = _REACHED if isinstance(row, Folder) else _USABLE
        return usable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading's words, or what is known of a conversation."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        return about_folder(row, role) if isinstance(row, Folder) else self._about(row, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a conversation. A blank or unchanged title leaves it as it is."""
        row = self._rows[index.row()] if index.isValid() else ""
        title = " ".join(str(value).split())
        if not isinstance(row, Conversation) or role != Qt.ItemDataRole.EditRole:
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
        asked = _ROLES.get(role)
        return asked(self, row) if asked is not None else None

    def _tip(self, row: Conversation) -> str:
        """Return paragraphs of HTML, so that a title is never taken for markup itself."""
        lines = [title_of(row), self._exact(row)]
        lines += [", ".join(row.tags)] if row.tags else []
        lines += [tr(_RUNNING)] if row.id == self._running_id else []
        return "".join(f"<div>{escape(line)}</div>" for line in lines)

    def _exact(self, row: Conversation) -> str:
        return exact_words(row.updated_at, self._now())

    def _marks(self, row: Conversation) -> list[str]:
        marks = [tr("open", "a chat")] if row.id == self._open_id else []
        marks += [tr("pinned")] if row.pinned else []
        marks += [tr("in the folder {folder}", folder=row.folder)] if row.folder else []
        marks += self._badges(row)
        marks += [tr(_RUNNING)] if row.id == self._running_id else []
        marks += [tr(_UNSEEN)] if row.id in self._unseen else []
        excerpt = self.found.excerpt(row.id)
        return [*marks, excerpt.text] if excerpt else marks

    def _tall(self) -> set[str]:
        return {
            key for key in self.found.hits if key in self._places and self.found.message_id(key)
        }

    def _badges(self, row: Conversation) -> list[str]:
        """Return the tags; in what a search has found, also that a chat is archived."""
        return self.found.badges(row.tags, is_archived=row.archived and self._found is not None)

    def _tell_changed(self, *conversation_ids: str | None) -> None:
        for conversation_id in conversation_ids:
            index = self.index_of(conversation_id)
            if index.isValid():
                self.dataChanged.emit(index, index)


_RUNNING = mark("A reply is being written")
_UNSEEN = mark("A new reply")


_ROLES: Mapping[int, Callable[[ConversationRows, Conversation], Any]] = {
    CONVERSATION: lambda _rows, row: row,
    AGE: lambda rows, row: age_words(row.updated_at, rows._now()),
    IS_OPEN: lambda rows, row: row.id == rows._open_id,
    IS_RUNNING: lambda rows, row: row.id == rows._running_id,
    IS_UNSEEN: lambda rows, row: row.id in rows._unseen,
    TITLE: lambda rows, row: rows.found.title(title_of(row)),
    EXCERPT: lambda rows, row: rows.found.excerpt(row.id),
    IS_TALL: lambda rows, row: bool(rows.found.message_id(row.id)),
    BADGES: lambda rows, row: rows._badges(row),
}


def _folder_words(folder: Folder) -> str:
    if folder.is_folded:
        return tr(
            "Folder {name}, %n chat, folded",
            "Folder {name}, %n chats, folded",
            folder.count,
            name=folder.name,
        )
    return tr(
        "Folder {name}, %n chat, unfolded",
        "Folder {name}, %n chats, unfolded",
        folder.count,
        name=folder.name,
    )


def about_folder(folder: Folder, role: int) -> Any:
    """Return what is known of a folder."""
    if role == FOLDER:
        return folder
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        return folder.name
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return _folder_words(folder)
    return None
