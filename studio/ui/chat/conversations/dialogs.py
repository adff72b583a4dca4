"""Small windows that ask for the name of a folder, or for the tags of a chat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.errors import StudioError
from studio.translation import tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label

_WIDTH = 380
_COLUMNS = 3
_MOST_KNOWN = 18
_NAME_LENGTH = 60


class AskDialog(QDialog):
    """One line to write and a button that takes it; what is refused is told above the buttons.

    ``take`` gets the line. Return takes it, Escape leaves all as it was.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        title: str,
        hint: str,
        words: str,
        take: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        self._take = take
        self.setObjectName("ask_dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line = QLineEdit()
        self.line.setObjectName("ask_line")
        self.line.setAccessibleName(title)
        self.line.setAccessibleDescription(hint)
        self.line.setMinimumWidth(_WIDTH)
        self.banner = Banner(theme, closable=False)
        self.accept_button = Button(theme, words, "primary", name="ask_accept")
        self.accept_button.on_click(self._on_accepted)
        self.accept_button.setDefault(True)
        self._cancel = Button(theme, tr("Cancel"), name="ask_cancel").on_click(self.reject)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        self._column.setSpacing(SPACE[1])
        self._column.addWidget(label(title, "section"))
        self._column.addWidget(label(hint, "muted", wrap=True))
        self._column.addWidget(self.line)
        self._column.addWidget(self.banner)
        self._column.addLayout(self._buttons())
        self.line.setFocus()

    def add_below(self, widget: QWidget) -> None:
        """Put something below the line."""
        self._column.insertWidget(self._column.indexOf(self.line) + 1, widget)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, SPACE[2], 0, 0)
        row.setSpacing(SPACE[1])
        row.addStretch()
        row.addWidget(self._cancel)
        row.addWidget(self.accept_button)
        return row

    def _on_accepted(self) -> None:
        try:
            self._take(self.line.text())
        except StudioError as error:
            self.banner.show_error(error)
            return
        self.accept()


def name_dialog(
    theme: Theme, parent: QWidget, title: str, name: str, take: Callable[[str], object]
) -> AskDialog:
    """Return a window that asks for the name of a folder; a blank one is not taken."""
    hint = tr("A folder is there while a chat is in it.")
    words = tr("Rename") if name else tr("Move")
    dialog = AskDialog(theme, parent, title, hint, words, take)
    dialog.line.setMaxLength(_NAME_LENGTH)
    dialog.line.setText(name)
    dialog.line.selectAll()
    dialog.accept_button.setEnabled(bool(name))
    dialog.line.textChanged.connect(
        lambda text: dialog.accept_button.setEnabled(bool(text.strip()))
    )
    return dialog


def tags_dialog(
    theme: Theme,
    parent: QWidget,
    tags: Sequence[str],
    known: Sequence[str],
    take: Callable[[Sequence[str]], object],
) -> AskDialog:
    """Return a window that asks for the tags of a chat; those in use are a click away."""
    hint = tr("Separate them with commas. Find them with tag: in the search.")
    dialog = AskDialog(
        theme, parent, tr("Tags"), hint, tr("Save"), lambda text: take(_parted(text))
    )
    dialog.line.setPlaceholderText(tr("work, ideas"))
    dialog.line.setText(", ".join(tags))
    if known:
        dialog.add_below(_KnownTags(theme, dialog.line, known[:_MOST_KNOWN]))
    return dialog


class _KnownTags(QWidget):
    """Buttons that put a tag into the line, or take it out."""

    def __init__(self, theme: Theme, line: QLineEdit, known: Sequence[str]) -> None:
        super().__init__()
        self._line = line
        self._buttons: dict[str, Button] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE[0])
        for number, tag in enumerate(known):
            button = Button(theme, tag.replace("&", "&&"), "category", name="known_tag")
            button.setAccessibleName(tr("Tag {tag}", tag=tag))
            button.setAutoDefault(False)
            button.setCheckable(True)
            button.on_click(partial(self._turn, tag))
            self._buttons[tag] = button
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        line.textChanged.connect(self._show)
        self._show()

    def _turn(self, tag: str) -> None:
        tags = _parted(self._line.text())
        kept = [each for each in tags if each.casefold() != tag.casefold()]
        self._line.setText(", ".join(kept if len(kept) < len(tags) else [*tags, tag]))

    def _show(self) -> None:
        there = {tag.casefold() for tag in _parted(self._line.text())}
        for tag, button in self._buttons.items():
            button.setChecked(tag.casefold() in there)


def _parted(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.split(",") if each.strip()]
