"""The list of conversations, over a store that keeps them in a list."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from support.chat_list import show_with_focus, shown

from studio.chat.conversation import Conversation
from studio.chat.reader import Conversations
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.chat.conversations.rows import AGE
from studio.ui.theme import Theme

NOW = datetime(2026, 6, 17, 14, 30, tzinfo=UTC)
FULL = StudioError("disk.full", "The disk is full.", "Free some space.", "ENOSPC")


def conversation(name: str, title: str, age: timedelta) -> Conversation:
    return Conversation(name, title, NOW - age, NOW - age)


SKY = conversation("sky", "Why is the sky blue?", timedelta(minutes=12))
BLANK = conversation("blank", "", timedelta(hours=2))
GARDEN = conversation("garden", "Plan for the garden", timedelta(hours=27))
BEES = conversation("bees", "Essay on <b>bees</b>", timedelta(days=400))
Ids = Collection[str]
Ask = Callable[[ConversationList], None]
SHIFT = Qt.KeyboardModifier.ShiftModifier


class ListStore(ConversationStore):
    """Keeps conversations in a list, refuses when told to, and remembers what it was asked."""

    def __init__(self, *conversations: Conversation) -> None:
        self.kept = list(conversations)
        self.refusal: StudioError | None = None
        self.asked: list[str] = []

    def list(self, matching: str = "", trashed: bool = False, also: Ids = ()) -> Conversations:
        self._refuse()
        self.asked.append(matching)
        kept = [each for each in self.kept if bool(each.trashed_at) == trashed]
        return [each for each in kept if matching.lower() in each.title.lower() or each.id in also]

    def rename(self, conversation_id: str, title: str) -> Conversation:
        return self._change(conversation_id, title=title)

    def trash(self, conversation_id: str) -> None:
        self._change(conversation_id, trashed_at=NOW)

    def restore(self, conversation_id: str) -> None:
        self._change(conversation_id, trashed_at=None)

    def _change(self, conversation_id: str, **changes: object) -> Conversation:
        self._refuse()
        place = [kept.id for kept in self.kept].index(conversation_id)
        self.kept[place] = replace(self.kept[place], **changes)  # type: ignore[arg-type]
        return self.kept[place]

    def _refuse(self) -> None:
        if self.refusal is not None:
            raise self.refusal


@pytest.fixture
def store() -> ListStore:
    return ListStore(SKY, BLANK, GARDEN, BEES)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, store: ListStore) -> ConversationList:
    pane = ConversationList(theme, store, lambda: NOW)
    show_with_focus(qtbot, pane)
    return pane


def under_cursor(pane: ConversationList) -> str:
    found = pane.list.conversation()
    return found.id if found else ""


def place_of(pane: ConversationList, title: str) -> QModelIndex:
    return pane.list.model().index(shown(pane).index(title), 0)


def press(pane: ConversationList, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(pane.list, key)


def editor(pane: ConversationList) -> QLineEdit:
    field = pane.list.indexWidget(pane.list.currentIndex())
    assert isinstance(field, QLineEdit)
    return field


def write_title(pane: ConversationList, title: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    field = editor(pane)
    field.selectAll()
    QTest.keyClicks(field, title)
    QTest.keyClick(field, end)
    QApplication.processEvents()
    assert not pane.list.is_renaming


def test_conversations_stand_under_their_days(pane: ConversationList) -> None:
    assert shown(pane) == [
        "Today",
        "Why is the sky blue?",
        "New chat",
        "Yesterday",
        "Plan for the garden",
        "May 2025",
        "Essay on <b>bees</b>",
    ]
    assert [place_of(pane, title).data(AGE) for title in ("New chat", "Plan for the garden")] == [
        "2 h",
        "1 d",
    ]


def test_arrow_keys_step_over_headings(pane: ConversationList) -> None:
    assert under_cursor(pane) == "sky"
    seen = []
    for key in (Qt.Key.Key_Down,) * 4 + (Qt.Key.Key_Up,) * 4 + (Qt.Key.Key_End, Qt.Key.Key_Home):
        press(pane, key)
        seen.append(under_cursor(pane))
    down = ["blank", "garden", "bees", "bees"]
    assert seen == [*down, "garden", "blank", "sky", "sky", "bees", "sky"]


def test_page_keys_reach_both_ends(pane: ConversationList) -> None:
    pane.select("garden")
    press(pane, Qt.Key.Key_PageUp)
    assert under_cursor(pane) == "sky"
    press(pane, Qt.Key.Key_PageDown)
    assert under_cursor(pane) == "bees"


def test_moving_opens_nothing_until_enter_is_pressed(qtbot: QtBot, pane: ConversationList) -> None:
    with qtbot.assertNotEmitted(pane.chosen):
        press(pane, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.chosen) as chosen:
        press(pane, Qt.Key.Key_Return)
    assert chosen.args == ["blank"]


def test_a_click_opens_and_a_click_on_a_heading_does_not(
    qtbot: QtBot, pane: ConversationList
) -> None:
    def click(title: str) -> None:
        spot = pane.list.visualRect(place_of(pane, title)).center()
        QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    with qtbot.waitSignal(pane.chosen) as chosen:
        click("Plan for the garden")
    assert chosen.args == ["garden"]
    with qtbot.assertNotEmitted(pane.chosen):
        click("Yesterday")
    assert under_cursor(pane) == "garden"


def test_marks_can_be_seen(pane: ConversationList) -> None:
    looks = [pane.list.grab().toImage()]
    for mark in (pane.select, pane.mark_running):
        mark("garden")
        looks.append(pane.list.grab().toImage())
    assert looks[0] != looks[1]
    assert looks[1] != looks[2]
    pane.select(None)
    assert under_cursor(pane) == ""


def test_f2_renames_in_place(qtbot: QtBot, pane: ConversationList, store: ListStore) -> None:
    press(pane, Qt.Key.Key_F2)
    assert editor(pane).text() == "Why is the sky blue?"
    with qtbot.assertNotEmitted(pane.chosen):
        write_title(pane, "  The   sky ")
    assert store.kept[0].title == "The sky"
    assert shown(pane)[1] == "The sky"
    assert pane.list.hasFocus()


@pytest.mark.parametrize(("title", "end"), [("   ", Qt.Key.Key_Return), ("Sea", Qt.Key.Key_Escape)])
def test_blank_titles_and_escape_change_nothing(
    pane: ConversationList, store: ListStore, title: str, end: Qt.Key
) -> None:
    press(pane, Qt.Key.Key_F2)
    write_title(pane, title, end)
    assert store.kept == [SKY, BLANK, GARDEN, BEES]
    assert shown(pane)[1] == "Why is the sky blue?"


def test_a_refused_title_is_told_and_stays_as_it_was(
    pane: ConversationList, store: ListStore
) -> None:
    press(pane, Qt.Key.Key_F2)
    store.refusal = FULL
    write_title(pane, "The sky")
    assert pane.banner.text() == "The disk is full. Free some space."
    assert shown(pane)[1] == "Why is the sky blue?"
    store.refusal = None
    pane.refresh()
    assert pane.banner.isVisible()
    press(pane, Qt.Key.Key_F2)
    write_title(pane, "The sky")
    assert not pane.banner.isVisible()


def test_a_title_being_written_survives_a_refresh(
    qtbot: QtBot, pane: ConversationList, store: ListStore
) -> None:
    press(pane, Qt.Key.Key_F2)
    QTest.keyClicks(editor(pane), "The s")
    store.kept.insert(0, conversation("new", "Newest", timedelta()))
    pane.refresh()
    pane.mark_running("sky")
    assert editor(pane).text() == "The s"
    QTest.keyClick(editor(pane), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(pane)[1:3] == ["Newest", "The s"])
    assert under_cursor(pane) == "sky"


def test_delete_moves_to_the_trash_and_tells(
    qtbot: QtBot, pane: ConversationList, store: ListStore
) -> None:
    pane.select("blank")
    with qtbot.waitSignal(pane.trashed) as trashed:
        press(pane, Qt.Key.Key_Delete)
    assert trashed.args == ["blank", "New chat"]
    assert store.kept[1].trashed_at == NOW
    assert "New chat" not in shown(pane)
    assert under_cursor(pane) == "garden"
    store.restore("blank")
    pane.refresh()
    assert "New chat" in shown(pane)
    assert under_cursor(pane) == "garden"
    pane.select("bees")
    press(pane, Qt.Key.Key_Delete)
    assert under_cursor(pane) == "garden"


def test_a_refused_removal_is_told_and_nothing_leaves(
    qtbot: QtBot, pane: ConversationList, store: ListStore
) -> None:
    pane.select("sky")
    store.refusal = FULL
    with qtbot.assertNotEmitted(pane.trashed):
        press(pane, Qt.Key.Key_Delete)
    assert pane.banner.text().startswith("The disk is full.")
    assert "Why is the sky blue?" in shown(pane)


def test_a_list_that_cannot_be_read_can_be_tried_again(
    pane: ConversationList, store: ListStore
) -> None:
    again = pane.findChild(QPushButton, "list_again")
    assert again is not None
    store.refusal = FULL
    pane.refresh()
    assert pane.banner.isVisible()
    assert again.isVisible()
    store.refusal = None
    again.click()
    assert not pane.banner.isVisible()
    assert not again.isVisible()


def test_keys_without_a_cursor_do_nothing(
    qtbot: QtBot, pane: ConversationList, store: ListStore
) -> None:
    store.kept.clear()
    pane.refresh()
    with qtbot.assertNotEmitted(pane.trashed), qtbot.assertNotEmitted(pane.chosen):
        press(pane, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Return)
    assert not pane.list.is_renaming


def test_search_asks_the_store_after_a_pause(
    qtbot: QtBot, pane: ConversationList, store: ListStore
) -> None:
    pane.focus_search()
    assert pane.search.hasFocus()
    QTest.keyClicks(pane.search, "garden")
    assert store.asked == [""]
    qtbot.waitUntil(lambda: shown(pane) == ["Yesterday", "Plan for the garden"])
    assert store.asked == ["", "garden"]
    QTest.keyClick(pane.search, Qt.Key.Key_Down)
    assert pane.list.hasFocus()
    assert under_cursor(pane) == "garden"


def test_a_search_without_a_find_says_so(pane: ConversationList) -> None:
    words = pane.findChild(QLabel, "no_conversations")
    assert words is not None
    assert not words.isVisible()
    QTest.keyClicks(pane.search, "zebra")
    QTest.keyClick(pane.search, Qt.Key.Key_Return)
    assert words.text() == "No chat has “zebra” in it. Try fewer letters."
    QTest.keyClick(pane.search, Qt.Key.Key_Escape)
    assert not words.isVisible()
    assert "Plan for the garden" in shown(pane)


def test_an_empty_list_tells_the_way_to_begin(qtbot: QtBot, theme: Theme) -> None:
    pane = ConversationList(theme, ListStore(), lambda: NOW)
    qtbot.addWidget(pane)
    words = pane.findChild(QLabel, "no_conversations")
    assert words is not None
    assert not words.isHidden()
    assert "begins one" in words.text()


def test_new_chat_is_asked_for(qtbot: QtBot, pane: ConversationList) -> None:
    button = pane.findChild(QPushButton, "new_chat")
    assert button is not None
    with qtbot.waitSignal(pane.new_requested):
        button.click()


def test_the_menu_acts_on_the_row_under_the_pointer(
    qtbot: QtBot, pane: ConversationList, store: ListStore
) -> None:
    def ask(title: str) -> None:
        spot = pane.list.visualRect(place_of(pane, title)).center()
        reason = QContextMenuEvent.Reason.Mouse
        everywhere = pane.list.viewport().mapToGlobal(spot)
        event = QContextMenuEvent(reason, spot, everywhere)
        QApplication.sendEvent(pane.list.viewport(), event)

    ask("Yesterday")
    assert not pane.list.menu.isVisible()
    with qtbot.assertNotEmitted(pane.chosen):
        ask("Plan for the garden")
    assert pane.list.menu.isVisible()
    pane.list.menu.action("Rename").trigger()
    assert editor(pane).text() == "Plan for the garden"
    write_title(pane, "Garden")
    pane.list.menu.action("Move to trash").trigger()
    assert store.kept[2].trashed_at == NOW
    pane.list.menu.close()


def ask_with_the_menu_key(pane: ConversationList) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(pane.list.viewport(), event)


@pytest.mark.parametrize(
    "ask", [ask_with_the_menu_key, lambda pane: QTest.keyClick(pane.list, Qt.Key.Key_F10, SHIFT)]
)
def test_the_menu_keys_ask_at_the_cursor(pane: ConversationList, ask: Ask) -> None:
    pane.select("garden")
    ask(pane)
    assert pane.list.menu.isVisible()
    assert under_cursor(pane) == "garden"
    pane.list.menu.close()


def test_a_refresh_keeps_the_place_in_a_long_list(qtbot: QtBot, theme: Theme) -> None:
    many = [conversation(f"c{i}", f"Number {i}", timedelta(hours=i)) for i in range(2000)]
    store = ListStore(*many)
    pane = ConversationList(theme, store, lambda: NOW)
    qtbot.addWidget(pane)
    pane.resize(264, 400)
    pane.show()
    pane.select("c1500")
    assert pane.list.viewport().rect().intersects(pane.list.visualRect(pane.list.currentIndex()))
    place = pane.list.verticalScrollBar().value()
    store.kept.insert(0, conversation("new", "Newest", timedelta()))
    pane.refresh()
    assert pane.list.verticalScrollBar().value() == place
    assert under_cursor(pane) == "c1500"


def test_a_new_day_brings_new_headings(qtbot: QtBot, theme: Theme, store: ListStore) -> None:
    clock = [NOW]
    pane = ConversationList(theme, store, lambda: clock[0])
    qtbot.addWidget(pane)
    assert shown(pane)[0] == "Today"
    clock[0] = NOW + timedelta(days=1)
    pane.show()
    assert shown(pane)[0] == "Yesterday"


def test_everything_has_a_name(pane: ConversationList) -> None:
    for widget in (pane, pane.search, pane.list, pane.list.menu):
        assert widget.objectName()
        assert widget.accessibleName()
