"""The scenes of docs/pictures/ that are about the list of chats."""

from __future__ import annotations

import picture_talks as talks
from photographer import Photographer
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from studio.chat.ordering import Ordering
from studio.ui.chat.conversations.chat_menu import ChatMenu
from studio.ui.chat.transfer.transfers import ListTransfers


def search(at: Photographer) -> None:
    """Words found in all chats."""
    at.open(talks.PLANTS)
    field = at.part(QLineEdit, at.tab.list)
    field.setText("bread")
    at.rest(1.5)
    at.take("search")
    field.clear()
    at.rest()


def order(at: Photographer) -> None:
    """Folders, tags and pins, and the menu that makes them."""
    at.open(talks.CODE)
    menu = at.part(ChatMenu)
    menu.show_chat(at.chat(talks.CODE))
    menu.popup(at.tab.list.mapToGlobal(QPoint(150, 312)))
    folders = next(each for each in menu.actions() if each.menu() is not None)
    menu.setActiveAction(folders)
    QTest.keyClick(menu, Qt.Key.Key_Right)
    at.take("folders")


def archive(at: Photographer) -> None:
    """What was put aside: the archive, and the trash in place of the list."""
    chats, ordering = at.parts.conversations, Ordering(at.parts.database)
    aside = [at.chat(title).id for title in (talks.REASONED, talks.RIGHT, talks.GERMAN)]
    gone = [at.chat(title).id for title in (talks.DRAWINGS, talks.LINKS)]
    for key in aside:
        ordering.archive(key, archived=True)
    for key in gone:
        chats.trash(key)
    at.open(talks.PLANTS)
    at.tab.list.refresh()
    at.tab.list.foot.archive.click()
    at.take("archive")
    at.tab.list.head.back.click()
    at.tab.list.foot.trash.click()
    at.take("trash")
    at.tab.side.show_list()
    for key in aside:
        ordering.archive(key, archived=False)
    for key in gone:
        chats.restore(key)
    at.tab.list.refresh()


def transfer(at: Photographer) -> None:
    """Export and import."""
    at.open(talks.TABLE)
    transfers = at.part(ListTransfers)
    transfers.export([at.chat(talks.TABLE)])
    at.take_dialog("export")
    file = at.folder / "chats.json"
    file.write_text(talks.TALKS.read_text("utf-8").replace("picture-", "old-"), encoding="utf-8")
    dialog = transfers.bring_in(file)
    at.until(lambda: not dialog.strip.isVisible())
    at.take_dialog("import")
