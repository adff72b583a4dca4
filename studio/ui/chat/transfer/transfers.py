"""Leads from the list of chats to export and import: from menus, and by a file dropped there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from studio.translation import tr
from studio.ui.chat.conversations.query import tag_filter
from studio.ui.chat.transfer.transfer_work import Transfer
from studio.ui.relay import Relay
from studio.ui.widgets.file_drop import FileDrop, Offer

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation
    from studio.chat.ordering import Ordering
    from studio.chat.store import ConversationStore
    from studio.chat.transfer.archives import Archives
    from studio.ui.chat.conversations.conversation_list import ConversationList
    from studio.ui.chat.transfer.export_dialog import ExportDialog
    from studio.ui.chat.transfer.import_dialog import ImportDialog
    from studio.ui.theme import Theme

_MOST_TAGS = 30
_ENDINGS = {".json", ".zip"}
ChooseFile = Callable[[QWidget], Path | None]


def ask_file(parent: QWidget) -> Path | None:
    """Ask which file to import; ``None`` for none."""
    chats, every = tr("Exported chats"), tr("All files")
    kinds = f"{chats} (*.json *.zip);;{every} (*)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, tr("Import chats"), "", kinds)
    return Path(chosen) if chosen else None


class ListTransfers(QObject):
    """Opens the windows for export and import over the list.

    Args:
        archives: made off the window's thread.
        choose: asks the person for a file to import.
    """

    def __init__(
        self,
        theme: Theme,
        chats: ConversationList,
        store: ConversationStore,
        archives: Callable[[], Archives],
        ordering: Callable[[], Ordering],
        transfer: Transfer,
        choose: ChooseFile = ask_file,
    ) -> None:
        super().__init__(chats)
        self._theme = theme
        self._chats = chats
        self._store = store
        self._archives = archives
        self._ordering = ordering
        self._transfer = transfer
        self._choose = choose
        self._relay = Relay(self)
        chats.list.menu.offer_export()
        chats.list.menu.export_requested.connect(lambda chat: self.export([chat]))
        chats.list.menu.many_export_requested.connect(self.export)
        chats.head.offer_menu()
        chats.head.menu_requested.connect(self._fill)
        offer = Offer(tr("Import chats"), tr("from this file"), "message-square")
        drop = FileDrop(theme, chats, offer, _one_file_of_chats)
        drop.dropped.connect(lambda files: self.bring_in(files[0]))
        drop.watch()
        chats.search.setAcceptDrops(False)  # else a file dropped on it would be text

    def export(self, chats: Sequence[Conversation]) -> ExportDialog:
        """Open the window that exports these chats."""
        # Seldom wanted, and the start of the program need not wait for them; as below.
        from studio.ui.chat.transfer.export_dialog import ExportDialog
        from studio.ui.chat.transfer.export_work import ExportWork

        work = ExportWork(self._archives, self._transfer, self._relay, self)
        dialog = ExportDialog(self._theme, self._chats.window(), chats, work)
        dialog.open()
        return dialog

    def export_all(self) -> None:
        """Open the window for all chats outside the trash, the archived ones too."""
        chats = self._chats.trouble.tried("export", self._store.list)
        if chats:
            self.export(chats)

    def choose_and_import(self) -> None:
        """Ask for a file and import it."""
        file = self._choose(self._chats.window())
        if file is not None:
            self.bring_in(file)

    def bring_in(self, file: Path) -> ImportDialog:
        """Import a file."""
        from studio.chat.transfer.importing import Importing
        from studio.ui.chat.transfer.import_dialog import ImportDialog, ImportWork

        def importing() -> Importing:
            return Importing(self._archives(), self._store)

        work = ImportWork(importing, self._transfer, self._relay, self)
        work.ended.connect(lambda _result: self._chats.refresh())
        dialog = ImportDialog(self._theme, self._chats.window(), file, work)
        dialog.open()
        return dialog

    def _fill(self, menu: QMenu) -> None:
        """Put what concerns all chats into the menu at the head of the list."""
        menu.addAction(tr("Import…")).triggered.connect(lambda: self.choose_and_import())
        every = menu.addAction(tr("Export all…"))
        every.setEnabled(bool(self._store.ids()))
        every.triggered.connect(lambda: self.export_all())
        tags = self._chats.trouble.tried("tags", lambda: self._ordering().tags())
        if not tags:
            return
        filters = QMenu(tr("Filter by tag"), menu)
        filters.setObjectName("tag_menu")
        filters.setAccessibleName(tr("Filter by tag"))
        for tag in tags[:_MOST_TAGS]:
            action = filters.addAction(tag.replace("&", "&&"))
            action.triggered.connect(lambda _on, tag=tag: self._chats.search_for(tag_filter(tag)))
        menu.addSeparator()
        menu.addMenu(filters)


def _one_file_of_chats(files: list[Path]) -> list[Path]:
    """Return the file if it is the only one and might hold chats; importing it tells for sure."""
    return files if [file.suffix.lower() in _ENDINGS for file in files] == [True] else []
