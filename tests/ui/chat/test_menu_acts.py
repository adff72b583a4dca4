"""What the menus of the Chat room offer is found in the palette, too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from support.answering_host import AnsweringHost
from support.desktop import chat_of, opened
from support.listed import listed

from studio.app import Desktop
from studio.assembly import open_data
from studio.equipment import Places
from studio.ui.chat.conversations.chat_menu import ChatMenu
from studio.ui.chat.several.door import SeveralDoor
from studio.ui.palette.items import Item
from studio.ui.palette.offers import command_items


@pytest.fixture
def desktop(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Desktop]:
    """The window with a chat in a folder on show, that has a question and its reply."""
    parts = open_data(profile, lambda _worker: AnsweringHost())
    with opened(parts, qapp) as made:
        qtbot.waitUntil(lambda: made.window.findChild(SeveralDoor) is not None, timeout=20_000)
        store = parts.conversations
        chat = store.create()
        _, reply = store.ask(chat.id, "What is it?", "tiny")
        store.finish_reply(reply.id, "finished", content="This", reasoning="")
        chat_of(made).list.refresh()
        chat_of(made).open(chat.id)
        yield made


def offered(desktop: Desktop, kind: str = "") -> dict[str, Item]:
    items = Places(desktop.window, desktop.parts, lambda: chat_of(desktop)).menus()
    return {each.title: each for each in items if kind in ("", each.kind)}


def lines(menu: QMenu) -> set[str]:
    """Return the lines of a menu without those that open another."""
    found = (each for each in menu.actions() if each.text() and each.menu() is None)
    return {each.text().partition("\t")[0].rstrip("…") for each in found}


def test_every_line_of_the_chat_s_menu_is_offered(desktop: Desktop) -> None:
    tab = chat_of(desktop)
    menu = tab.list.list.menu
    assert isinstance(menu, ChatMenu)
    menu.show_chat(desktop.parts.conversations.get(tab.conversation_id))
    wanted = lines(menu)
    assert {"Rename", "Pin", "Tags", "Export", "Archive", "Move to trash"} <= wanted
    found = offered(desktop, "This chat")
    assert wanted <= set(found)
    assert "Move to folder: New folder" in found
    assert "Move to folder: No folder" not in found, "it is in none"
    every = [*command_items(desktop.window.commands), *offered(desktop).values()]
    assert [each.title for each in every if not each.icon] == []


def test_what_is_chosen_is_done_with_the_chat_on_show(desktop: Desktop) -> None:
    tab, store = chat_of(desktop), desktop.parts.conversations
    offered(desktop)["Pin"].act()
    assert store.get(tab.conversation_id).pinned
    assert "Pin" not in offered(desktop)
    offered(desktop)["Unpin"].act()
    assert not store.get(tab.conversation_id).pinned
    offered(desktop)["Export"].act()
    (dialog,) = (each for each in desktop.window.findChildren(QDialog) if each.isVisible())
    dialog.reject()
    offered(desktop)["Move to trash"].act()
    assert offered(desktop, "This chat") == {}


def test_the_open_chat_is_renamed_in_its_row_as_long_as_it_is_there(
    desktop: Desktop, qtbot: QtBot
) -> None:
    tab = chat_of(desktop)
    offered(desktop)["Rename"].act()
    qtbot.waitUntil(lambda: tab.list.list.is_renaming)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("Bees")
    QTest.keyClick(field, Qt.Key.Key_Return)
    store, key = desktop.parts.conversations, tab.conversation_id
    qtbot.waitUntil(lambda: store.get(key).title == "Bees")
    tab.list.search_for("wasps")
    assert "Rename" not in offered(desktop), "there is no row of it"
    item = offered(desktop)["Pin"]
    store.trash(key)
    store.purge(key)
    item.act()
    assert tab.work.banner.isVisible(), "that it was removed meanwhile is told"


def test_the_last_message_has_its_own_lines_and_typing_finds_all(
    desktop: Desktop, qtbot: QtBot
) -> None:
    tab = chat_of(desktop)
    desktop.window.open_room("models")
    found = offered(desktop, "Last message")
    entry = tab.transcript.entries[-1]
    can = {each.words for each in tab.transcript.offered(entry) if not each.refusal}
    assert set(found) == can - {"Write several replies…"}
    found["Copy"].act()
    assert QGuiApplication.clipboard().text() == "This"
    assert tab.isVisible()
    tab.begin_new()
    assert offered(desktop, "Last message") == {}
    palette = desktop.window.palette_door.palette()
    palette.open()

    def is_found(title: str) -> bool:
        return any(row.startswith(title) for row in listed(palette.list))

    for words, title in (
        ("import", "Import chats"),
        ("export", "Export all chats"),
        ("trash", "Trash of chats"),
    ):
        palette.field.setText(words)
        qtbot.waitUntil(partial(is_found, title))
    palette.leave()
