"""What a list shows, in words."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView


def listed(view: QAbstractItemView) -> list[str]:
    """Return the words of every row, from top to bottom."""
    rows = view.model()
    return [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]
