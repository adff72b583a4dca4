"""The Documents room: says what it is for, and that it is not there yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.theme import Theme
from studio.ui.widgets.empty_state import EmptyState


class DocumentsTab(QWidget):
    """A page without anything to press, until there is something to press."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("documents_tab")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            EmptyState(
                theme,
                "book-open",
                "Documents",
                "Ask questions of your own papers, and get answers in which every claim opens at "
                "the page it comes from.",
                keyboard="This room is not in this version. It comes with a later one.",
            )
        )
