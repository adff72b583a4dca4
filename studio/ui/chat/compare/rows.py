"""The rows of the tally and of the history of comparisons, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from studio.chat.compare.comparison import Comparison, Pair
from studio.translation import mark, tr
from studio.ui.chat.compare.view import VOTE_WORDS
from studio.ui.chat.conversations.days import age_words, exact_words, local_now
from studio.ui.widgets.labels import plain_tip
from studio.ui.widgets.quantities import count

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
TALLY_HEADS = (
    mark("One"),
    mark("One better"),
    mark("Other"),
    mark("Other better"),
    mark("Both good"),
    mark("Both bad"),
)
HISTORY_HEADS = (mark("When"), mark("Prompt"), mark("Left"), mark("Right"), mark("Vote"))
_PROMPT_LENGTH = 120


class WordRows(QAbstractTableModel):
    """Plain words under headings."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._tips: Mapping[tuple[int, int], str] = {}

    def set_rows(
        self,
        rows: Sequence[tuple[str, ...]],
        tips: Mapping[tuple[int, int], str] = MappingProxyType({}),
    ) -> None:
        """Show other rows; ``tips`` tell more of some cells, by row and column."""
        self.beginResetModel()
        self._rows, self._tips = tuple(rows), tips
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the words of a cell, also as what is told when they are cut."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = (index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole and cell in self._tips:
            return self._tips[cell]
        words = self._rows[index.row()][index.column()]
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """Return a heading."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return tr(self._heads[section])


def moment_tip(comparison: Comparison) -> str:
    """Return when a comparison was made, to the minute."""
    return exact_words(comparison.created_at, local_now())


def tally_row(pair: Pair) -> tuple[str, ...]:
    """Return a pair in words."""
    numbers = (pair.one_wins, pair.other_wins, pair.both_good, pair.both_bad)
    one, other, good, bad = (count(number) for number in numbers)
    return pair.one, one, pair.other, other, good, bad


def history_row(comparison: Comparison) -> tuple[str, ...]:
    """Return a comparison in words; what is hidden until the vote stays so."""
    when = age_words(comparison.created_at, local_now())
    prompt = " ".join(comparison.prompt.split())[:_PROMPT_LENGTH]
    hidden = comparison.names_are_hidden
    left, right = (tr("hidden") if hidden else s.name for s in (comparison.left, comparison.right))
    vote = tr(VOTE_WORDS[comparison.vote]) if comparison.vote else tr("no vote yet")
    return when, prompt, left, right, vote
