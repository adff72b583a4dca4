"""A list of folders: each with a button that takes it off, and one that adds another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui.theme import CONTROL, SPACE, Theme
from studio.ui.widgets.buttons import Button, IconButton, slug
from studio.ui.widgets.editors import Editor
from studio.ui.widgets.labels import ElidedLabel


class FolderListEditor(Editor):
    """A tuple of full folder names. ``choose`` asks the person for one; empty means none."""

    def __init__(self, theme: Theme, words: str, choose: Callable[[], str] | None = None) -> None:
        self._theme = theme
        self._folders: list[str] = []
        self._choose = choose or self._ask
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE[0])
        column.addLayout(self._rows)
        self._add = Button(theme, tr("Add folder"), icon="folder", name="add_folder").on_click(
            self._on_add_clicked
        )
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        super().__init__(self._holder, words)
        self.setFocusProxy(self._add)

    def value(self) -> tuple[str, ...]:
        """Return the folders in their order."""
        return tuple(self._folders)

    def _show(self, value: Any) -> None:
        self._folders = [str(folder) for folder in value]
        self._draw()

    def _draw(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for folder in self._folders:
            self._rows.addWidget(self._row(folder))

    def _row(self, folder: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        row.addWidget(ElidedLabel(self._theme, folder, CONTROL, token="muted"), 1)
        button = IconButton(
            self._theme,
            "x",
            tr("Take {folder} off the list", folder=folder),
            size=14,
            name=slug(f"Take {folder} off the list"),
        )
        button.clicked.connect(lambda: self._drop(folder))
        row.addWidget(button)
        return holder

    def _on_add_clicked(self) -> None:
        folder = self._choose()
        if folder and folder not in self._folders:
            self._folders.append(folder)
            self._draw()
            self._tell()

    def _drop(self, folder: str) -> None:
        self._folders.remove(folder)
        self._draw()
        self._tell()

    def _ask(self) -> str:
        return QFileDialog.getExistingDirectory(self, tr("Add folder"))
