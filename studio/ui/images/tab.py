"""The Images room: says what it is for, and that it is not there yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.theme import Theme
from studio.ui.widgets.empty_state import EmptyState


class ImagesTab(QWidget):
    """A page without anything to press, until there is something to press."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("images_tab")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            EmptyState(
                theme,
                "image",
                "Images",
                "Describe a picture and watch it being drawn on this machine; each remembers how "
                "it was made.",
                keyboard="This room is not in this version. It comes with a later one.",
            )
        )
