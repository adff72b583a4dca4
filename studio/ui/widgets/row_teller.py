"""Has the row at hand of a list spoken while the keyboard stays in the field that finds it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from studio.ui.accessibility import announce


class RowTeller:
    """Tells each row once, until another is at hand.

    Args:
        field: where the keyboard is; of a list that has the keyboard itself, Qt tells.
        nothing: what is told while there is no row.
    """

    def __init__(
        self, view: QAbstractItemView, field: QWidget, nothing: Callable[[], str] = str
    ) -> None:
        self._view = view
        self._field = field
        self._nothing = nothing
        self._told = ""

    def forget(self) -> None:
        """Tell the next row even if it is the one that was told last, as in a list opened anew."""
        self._told = ""

    def tell(self) -> None:
        """Have the row at hand spoken if it is another one."""
        if self._view.hasFocus() or not self._field.isVisible():
            return
        words = self._view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        words = str(words or self._nothing())
        if words != self._told:
            self._told = words
            announce(self._field, words)
