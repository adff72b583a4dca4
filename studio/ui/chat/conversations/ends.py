"""Above and below the chats: a new one and the menu of the whole list; archive and trash."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button, IconButton
from studio.ui.widgets.labels import label
from studio.ui.widgets.trash_pane import TrashEntry


class ListHead(QWidget):
    """New chat and, beside it, a menu; or the way back from the archive.

    ``menu_requested`` comes before the menu is shown, for whoever fills it; without any, there is
    no button for it.
    """

    new_requested = Signal()
    left = Signal()
    menu_requested = Signal(QMenu)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        keys = QKeySequence("Ctrl+N").toString(QKeySequence.SequenceFormat.NativeText)
        self.new = Button(theme, tr("New chat"), icon="plus", name="new_chat")
        self.new.setToolTip(f"{self.new.text()}  ({keys})")
        self.new.setAccessibleDescription(keys)
        self.new.on_click(self.new_requested.emit)
        self.more = IconButton(
            theme, "ellipsis", tr("More for all chats"), name="more_for_all_chats"
        )
        self.more.clicked.connect(self._open)
        self.more.hide()
        self.menu = QMenu(self)
        self.menu.setObjectName("chats_menu")
        self.menu.setAccessibleName(tr("All chats"))
        self.back = Button(theme, tr("Chats"), "category", "chevron-left", "archive_back")
        self.back.on_click(self.left.emit)
        self._title = label(tr("Archived"), "section")
        self._title.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        row.addWidget(self.new, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addLayout(row)
        column.addWidget(self.back)
        column.addWidget(self._title)
        self.show_archive(False)

    def offer_menu(self) -> None:
        """Show the button of the menu."""
        self.more.show()

    def show_archive(self, is_shown: bool) -> None:
        """Say whether the list below is the archive."""
        self.back.setVisible(is_shown)
        self._title.setVisible(is_shown)

    def _open(self) -> None:
        for part in self.menu.findChildren(QMenu):  # clear() leaves them alive
            part.deleteLater()
        self.menu.clear()
        self.menu_requested.emit(self.menu)
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))


class ListFoot(QWidget):
    """The quiet lines that lead to the archive and the trash, each while there is something."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.archive = TrashEntry(theme, tr("Archived"), "open_archive")
        self.archive.set_icon_name("archive")
        self.trash = TrashEntry(theme, tr("Trash"), "open_trash")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.archive)
        column.addWidget(self.trash)
