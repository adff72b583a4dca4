"""A JSON value as the rows of a tree: names, values and kinds, each made when it is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from studio.translation import mark, tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_BATCH = 500
_MOST_SHOWN = 300
_MOST_TIP = 2_000
_KINDS = {
    dict: mark("object"),
    list: mark("list"),
    str: mark("text"),
    bool: mark("true or false"),
    type(None): mark("nothing"),
}
_NUMBER = mark("number")
NAME, VALUE, KIND = range(3)
_TITLES = (mark("Name"), mark("Value"), mark("Kind"))


@dataclass(slots=True)
class _Node:
    """One value; ``shown`` of its children have been asked for so far."""

    name: str
    value: Any
    parent: int
    row: int
    children: list[int] = field(default_factory=list)
    shown: int = 0


class JsonRows(QAbstractItemModel):
    """A read-only model. Long lists come in batches, as the view asks for more."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        # Node 0 holds the whole; an object or list shows its parts at once, a bare value one row.
        whole = value if isinstance(value, dict | list) else [value]
        self._nodes = [_Node("", whole, -1, 0)]
        self._is_bare = not isinstance(value, dict | list)
        self._nodes[0].shown = min(_BATCH, len(whole))

    def value(self, index: Index) -> Any:
        """Return the JSON value of a row, the whole for no row."""
        node = self._node(index)
        return node.value[0] if self._is_bare and not index.isValid() else node.value

    def text(self, index: Index) -> str:
        """Return a row's value to be copied: a text as it is, all else as JSON."""
        value = self.value(index)
        if isinstance(value, str) and index.isValid():
            return value
        try:
            return json.dumps(value, ensure_ascii=False, indent=2)
        except RecursionError:  # Python goes deeper without lines of their own
            return json.dumps(value, ensure_ascii=False)

    def path(self, index: Index) -> str:
        """Return where a row stands, as a JSON pointer such as ``/people/0/name``."""
        steps = []
        while index.isValid():
            steps.append(self._node(index).name.replace("~", "~0").replace("/", "~1"))
            index = self.parent(index)
        return "".join(f"/{step}" for step in reversed(steps))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many parts of a value have been asked for."""
        return self._node(parent).shown if parent.column() <= 0 else 0

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Return 3: name, value and kind."""
        return len(_TITLES)

    def hasChildren(self, parent: Index = _ROOT) -> bool:
        """Return whether a value has parts."""
        value = self._node(parent).value
        return parent.column() <= 0 and isinstance(value, dict | list) and bool(value)

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether there are parts that were not asked for yet."""
        node = self._node(parent)
        return isinstance(node.value, dict | list) and node.shown < len(node.value)

    def fetchMore(self, parent: Index) -> None:
        """Show the next parts."""
        node = self._node(parent)
        more = min(_BATCH, len(node.value) - node.shown)
        above = self.createIndex(node.row, 0, self._number(parent)) if parent.isValid() else _ROOT
        self.beginInsertRows(above, node.shown, node.shown + more - 1)
        node.shown += more
        self.endInsertRows()

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Return the index of a part, which is made now if it was not."""
        number = self._number(parent)
        node = self._nodes[number]
        if not (0 <= row < node.shown and 0 <= column < len(_TITLES)):
            return QModelIndex()
        if row >= len(node.children):
            self._make(number)
        return self.createIndex(row, column, node.children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return the index of the value that a row is a part of."""
        above = self._node(index).parent if index.isValid() else 0
        return self.createIndex(self._nodes[above].row, 0, above) if above > 0 else QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words for the eye, the tip or a screen reader."""
        if not index.isValid():
            return None
        node = self._node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return (node.name, _shown(node.value, _MOST_SHOWN), _kind(node.value))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == VALUE:
            return _shown(node.value, _MOST_TIP) if isinstance(node.value, str) else None
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == NAME:
            return tr(
                "{name}: {value}, {kind}",
                name=node.name,
                value=_shown(node.value, _MOST_SHOWN),
                kind=_kind(node.value),
            )
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(_TITLES[section])
        return None

    def _node(self, index: Index) -> _Node:
        return self._nodes[self._number(index)]

    def _number(self, index: Index) -> int:
        return int(index.internalId()) if index.isValid() else 0

    def _make(self, number: int) -> None:
        """Make the parts of a value that were asked for and are not there."""
        node = self._nodes[number]
        first = len(node.children)
        for row, (name, value) in enumerate(_parts(node.value, first, node.shown), first):
            node.children.append(len(self._nodes))
            made = _Node(name, value, number, row)
            if isinstance(value, dict | list):
                made.shown = min(_BATCH, len(value))
            self._nodes.append(made)


def _parts(value: Any, first: int, end: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from list(value.items())[first:end]
    else:
        yield from ((str(row), value[row]) for row in range(first, end))


def _shown(value: Any, most: int) -> str:
    if isinstance(value, dict):
        return tr("%n entry", "%n entries", len(value))
    if isinstance(value, list):
        return tr("%n item", "%n items", len(value))
    text = value if isinstance(value, str) else json.dumps(value)
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text
    text = text[: most + 1].replace("\n", " ↵ ")
    return text if len(text) <= most else f"{text[:most]}…"


def kinds() -> list[str]:
    """Return all words that a value's kind is told in."""
    return [tr(_NUMBER), *map(tr, _KINDS.values())]


def _kind(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return tr(_NUMBER)
    return tr(_KINDS[type(value)])
