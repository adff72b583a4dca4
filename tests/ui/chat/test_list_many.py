"""Several chats at once: selected by mouse and keys, moved, archived, exported, thrown away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from support.chat_data import chat_database
from support.chat_list import show_with_focus, shown

from studio.chat.conversation import Conversation
from studio.chat.ordering import Ordering
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.storage.database import Database
from studio.ui.chat.conversations.acts import ListActs
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.chat.conversations.cursor import Cursor
from studio.ui.chat.conversations.dialogs import AskDialog
from studio.ui.chat.conversations.many import ManyActs
from studio.ui.chat.conversations.rows import CONVERSATION, ConversationRows
from studio.ui.chat.conversations.view import ConversationView
from studio.ui.theme import Theme

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TITLES = ["Ants", "Bees", "Cats", "Dogs"]


class Moves(Ordering):
    """Refuses the chats that it is told to."""

    refused: Collection[str] = ()

    def move(self, conversation_id: str, folder: str):  # type: ignore[no-untyped-def]
        if conversation_id in self.refused:
            raise StudioError("disk.full", "The disk is full.", "Free some space.")
        return super().move(conversation_id, folder)


class Room:
    """The list over a real store, what was told, and which chats were left for the trash."""

    def __init__(self, theme: Theme, database: Database) -> None:
        self.store = ConversationStore(database)
        for title in reversed(TITLES):
            self.store.rename(self.store.create().id, title)
        self.list = ConversationList(theme, self.store)
        self.ordering = Moves(database)
        self.words = ""
        self.undo: Callable[[], object] = lambda: None
        self.left: Collection[str] = ()
        ListActs(theme, self.list, lambda: self.ordering, self._tell)
        ManyActs(theme, self.list, self.store, lambda: self.ordering, self._tell, self._leave)
        self.list.list.menu.offer_export()

    def _tell(self, words: str, undo: Callable[[], object]) -> None:
        self.words, self.undo = words, undo

    def _leave(self, chats: Collection[str]) -> None:
        self.left = chats

    def row(self, title: str) -> QModelIndex:
        return self.list.list.model().index(shown(self.list).index(title), 0)

    def click(self, title: str, *keys: Qt.KeyboardModifier) -> None:
        held = keys[0] if keys else Qt.KeyboardModifier.NoModifier
        spot = self.list.list.visualRect(self.row(title)).center()
        QTest.mouseClick(self.list.list.viewport(), Qt.MouseButton.LeftButton, held, spot)

    def chosen(self) -> list[str]:
        return [chat.title for chat in self.list.list.chosen()]

    def choose(self, words: str) -> None:
        """Ask for the menu with its key, and choose a line of it."""
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        QApplication.sendEvent(self.list.list.viewport(), event)
        assert self.list.list.menu.isVisible()
        self.list.list.menu.action(words).trigger()
        self.list.list.menu.close()

    def folders(self) -> dict[str, str]:
        return {chat.title: chat.folder for chat in self.store.list()}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with chat_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def room(qtbot: QtBot, theme: Theme, database: Database) -> Room:
    room = Room(theme, database)
    show_with_focus(qtbot, room.list)
    assert [row for row in shown(room.list) if row in TITLES] == TITLES
    return room


def test_clicks_with_ctrl_and_shift_select_and_open_nothing(room: Room, qtbot: QtBot) -> None:
    with qtbot.waitSignal(room.list.chosen):
        room.click("Ants")
    with qtbot.assertNotEmitted(room.list.chosen):
        room.click("Cats", CTRL)
        assert room.chosen() == ["Ants", "Cats"]
        room.click("Ants", CTRL)
        assert room.chosen() == []  # a single one is not several
        room.click("Dogs", SHIFT)
    assert "Dogs" in room.chosen()


def test_a_chat_that_is_opened_while_ctrl_is_down_is_the_only_one_marked(
    room: Room, qtbot: QtBot
) -> None:
    room.click("Ants")
    held = QLineEdit()
    qtbot.addWidget(held)
    held.show()
    QTest.keyPress(held, Qt.Key.Key_Control, CTRL)  # as during Ctrl+Z
    try:
        room.list.select(room.row("Cats").data(Qt.ItemDataRole.UserRole).id)
        marked = room.list.list.selectedIndexes()
    finally:
        QTest.keyRelease(held, Qt.Key.Key_Control)
    assert [each.data() for each in marked] == ["Cats"]


def test_shift_and_the_arrows_select_over_headings(room: Room) -> None:
    room.ordering.pin(room.row("Dogs").data(Qt.ItemDataRole.UserRole).id, pinned=True)
    room.list.refresh()
    room.list.list.setCurrentIndex(room.row("Dogs"))
    QTest.keyClick(room.list.list, Qt.Key.Key_Down, SHIFT)
    assert room.chosen() == ["Dogs", "Ants"]
    QTest.keyClick(room.list.list, Qt.Key.Key_Down, SHIFT)
    assert room.chosen() == ["Dogs", "Ants", "Bees"]
    QTest.keyClick(room.list.list, Qt.Key.Key_Up, SHIFT)
    assert room.chosen() == ["Dogs", "Ants"]
    QTest.keyClick(room.list.list, Qt.Key.Key_Down)
    assert room.chosen() == []


def test_several_move_into_a_folder_and_back_each_to_its_own(room: Room) -> None:
    cats = room.row("Cats").data(Qt.ItemDataRole.UserRole).id
    room.ordering.move(cats, "Pets")
    room.list.refresh()
    room.click("Ants")
    room.click("Cats", CTRL)
    room.click("Dogs", CTRL)
    room.choose("New folder…")
    (dialog,) = room.list.findChildren(AskDialog)
    QTest.keyClicks(dialog.line, "Farm")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert room.folders() == {"Ants": "Farm", "Bees": "", "Cats": "Farm", "Dogs": "Farm"}
    room.list.list.choose([])
    room.click("Ants")
    room.click("Cats", SHIFT)
    room.choose("No folder")
    assert room.words == "Moved 2 chats out of their folders."
    assert room.folders()["Cats"] == ""
    room.undo()
    assert room.folders()["Cats"] == room.folders()["Ants"] == "Farm"


def test_chats_that_went_into_a_new_folder_before_a_refusal_are_shown_there(room: Room) -> None:
    room.click("Ants")
    room.click("Cats", SHIFT)
    room.ordering.refused = {room.row("Cats").data(CONVERSATION).id}
    room.choose("New folder…")
    (dialog,) = room.list.findChildren(AskDialog)
    QTest.keyClicks(dialog.line, "Farm")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.banner.isVisibleTo(dialog)
    chats = {title: room.row(title).data(CONVERSATION).folder for title in TITLES}
    assert chats == {"Ants": "Farm", "Bees": "Farm", "Cats": "", "Dogs": ""}
    dialog.reject()


def test_several_are_archived_and_brought_back(room: Room) -> None:
    room.click("Bees")
    room.click("Dogs", CTRL)
    room.choose("Archive")
    assert room.words == "Archived 2 chats."
    assert [row for row in shown(room.list) if row in TITLES] == ["Ants", "Cats"]
    room.list.foot.archive.click()
    room.click("Bees")
    room.click("Dogs", SHIFT)
    room.choose("Bring back")
    assert [row for row in shown(room.list) if row in TITLES] == TITLES
    room.undo()
    assert all(chat.archived for chat in room.store.list() if chat.title in ("Bees", "Dogs"))


def test_delete_throws_all_that_are_selected_away_and_undo_brings_them_back(room: Room) -> None:
    room.click("Ants")
    room.click("Cats", SHIFT)
    assert room.chosen() == ["Ants", "Bees", "Cats"]
    QTest.keyClick(room.list.list, Qt.Key.Key_Delete)
    assert room.words == "Moved 3 chats to the trash."
    assert len(room.left) == 3
    assert [row for row in shown(room.list) if row in TITLES] == ["Dogs"]
    room.undo()
    assert [row for row in shown(room.list) if row in TITLES] == TITLES


def test_several_are_exported_together(room: Room, qtbot: QtBot) -> None:
    room.click("Bees")
    room.click("Cats", SHIFT)
    with qtbot.waitSignal(room.list.list.menu.many_export_requested) as asked:
        room.choose("Export…")
    assert asked.args is not None
    assert [chat.title for chat in asked.args[0]] == ["Bees", "Cats"]


def test_a_refresh_leaves_the_selection(room: Room) -> None:
    room.click("Ants")
    room.click("Cats", CTRL)
    room.store.rename(room.store.create().id, "Eels")
    room.list.refresh()
    assert room.chosen() == ["Ants", "Cats"]


def test_what_is_refused_in_between_is_told_and_the_others_stay_moved(room: Room) -> None:
    room.ordering.move(room.row("Dogs").data(Qt.ItemDataRole.UserRole).id, "Pets")
    room.list.refresh()
    room.ordering.refused = {room.row("Bees").data(Qt.ItemDataRole.UserRole).id}
    room.click("Ants")
    room.click("Bees", SHIFT)
    room.choose("Pets")
    assert room.list.banner.text().startswith("The disk is full.")
    assert room.folders()["Ants"] == "Pets"
    assert room.folders()["Bees"] == ""
    assert room.words == "Moved 1 chat into “Pets”."


def test_the_menu_of_one_beside_the_selection_is_about_that_one(room: Room) -> None:
    room.click("Ants")
    room.click("Bees", SHIFT)
    spot = room.list.list.visualRect(room.row("Dogs")).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, QPoint())
    QApplication.sendEvent(room.list.list.viewport(), event)
    assert room.list.list.menu.action("Rename").isEnabled()
    room.list.list.menu.close()
    assert room.chosen() == []


def test_thousands_selected_are_drawn_and_read_again_without_a_stall(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    many = [
        Conversation(f"c{n}", f"Chat {n}", now, now - timedelta(hours=n), pinned=n == 0)
        for n in range(3_000)
    ]
    rows = ConversationRows(lambda _id, _title: None, lambda: now)
    view = ConversationView(theme, rows)
    qtbot.addWidget(view)
    view.resize(300, 600)
    view.show()
    rows.set_conversations(many)
    view.selectAll()
    with monkeypatch.context() as patched:
        patched.setattr(view, "chosen", lambda: pytest.fail("looked at every row"))
        view.grab()
    told: list[object] = []
    view.selectionModel().selectionChanged.connect(lambda *parts: told.append(parts))
    cursor = Cursor(view, rows)
    rows.set_conversations(many[1:])
    cursor.put_back()
    assert [chat.id for chat in view.chosen()] == [chat.id for chat in many[1:]]
    assert len(told) < 10


def test_one_chat_and_a_folder_are_not_several(room: Room) -> None:
    view = room.list.list
    room.ordering.move(room.row("Bees").data(CONVERSATION).id, "Pets")
    room.list.refresh()
    view.clearSelection()
    select = view.selectionModel().SelectionFlag.Select
    view.selectionModel().select(view.rows.folder_index("Pets"), select)
    view.selectionModel().select(room.row("Ants"), select)
    assert not view.has_several()
    view.selectionModel().select(room.row("Cats"), select)
    assert view.has_several()
