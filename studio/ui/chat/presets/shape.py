"""The row of a preset's fields that tells which shape its replies are held to, and changes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.chat.shape import Shape
from studio.translation import tr
from studio.ui.chat.shape.check import Background
from studio.ui.chat.shape.words import TITLE, TITLES
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label


class PresetShape(QWidget):
    """``edited`` tells that another shape was chosen.

    ``background`` runs the check of a schema off the window's thread.
    """

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shape = Shape()
        self.background: Background | None = None
        self.setObjectName("preset_shape")
        self._words = label("", "muted")
        self.change = Button(theme, tr("Change…"), name="preset_shape_change")
        self.change.on_click(self.open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[2])
        row.addWidget(label(tr(TITLE), "strong"))
        row.addWidget(self._words, 1)
        row.addWidget(self.change)
        self.show_shape(Shape())

    def shape(self) -> Shape:
        """Return the shape on show."""
        return self._shape

    def show_shape(self, shape: Shape) -> None:
        """Show another shape."""
        self._shape = shape
        kind = tr(TITLES[shape.kind])
        self._words.setText(kind)
        self.change.setAccessibleName(tr("Shape of replies: {kind}. Change", kind=kind))

    def open(self) -> None:
        """Open the window that changes it."""
        from studio.ui.chat.shape.dialog import ShapeDialog  # seldom wanted

        ShapeDialog(
            self._theme, self.window(), self._shape, None, self._take, self.background
        ).open()

    def _take(self, shape: Shape | None) -> None:
        self.show_shape(shape or Shape())
        self.edited.emit()
