"""A search marks what it has found, and a hit opens its chat at the message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom

from studio.chat.ordering import Ordering
from studio.ui.chat.conversation_rows import EXCERPT, TITLE
from studio.ui.chat.list_tools import equip
from studio.ui.theme import Theme
from studio.ui.widgets.toast import Toasts

LONG = "\n\n".join(f"Paragraph {number} of many, to scroll through." for number in range(60))


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[ChatRoom]:
    room = ChatRoom(theme, qtbot, tmp_path / "home")
    host = QWidget()
    qtbot.addWidget(host)
    equip(room.tab, theme, room.parts, Toasts(theme, host))
    yield room
    room.close()


def say(room: ChatRoom, title: str, *talk: tuple[str, str]) -> str:
    chat = room.store.create().id
    for question, reply in talk:
        _asked, begun = room.store.ask(chat, question, "")
        room.store.finish_reply(begun.id, "finished", content=reply, reasoning="")
    room.store.rename(chat, title)
    return chat


def look_for(room: ChatRoom, words: str, title: str) -> QModelIndex:
    """Type words, and return the row of a chat once its excerpt is there."""
    room.tab.list.search.setFocus()
    QTest.keyClicks(room.tab.list.search, words)
    room.wait(lambda: (row := place(room, title)).isValid() and row.data(EXCERPT) is not None)
    return place(room, title)


def place(room: ChatRoom, title: str) -> QModelIndex:
    rows = room.tab.list.list.model()
    found = (rows.index(row, 0) for row in range(rows.rowCount()))
    return next((each for each in found if each.data() == title), QModelIndex())


def is_in_view(room: ChatRoom, words: str) -> bool:
    """Tell whether a row with these words is in the window of the transcript."""
    transcript = room.tab.transcript
    height = transcript.viewport().height()
    return any(
        words in str(placed.row.content) and placed.bottom > 0 and placed.top < height
        for placed in transcript._placing.rows
    )


def test_what_was_said_stands_below_the_title_with_its_matches(room: ChatRoom) -> None:
    say(room, "Animals of zoos", ("Where do they sleep?", "Zebras sleep standing in the zoo."))
    row = look_for(room, "zebra", "Animals of zoos")
    marked = row.data(EXCERPT)
    assert [marked.text[begin:end] for begin, end in marked.spans] == ["Zebra"]
    assert "Zebra" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    view = room.tab.list.list
    assert view.visualRect(row).height() > view.visualRect(row.siblingAtRow(0)).height()
    QTest.keyClick(room.tab.list.search, Qt.Key.Key_Escape)
    room.wait(lambda: place(room, "Animals of zoos").data(EXCERPT) is None)
    row = place(room, "Animals of zoos")
    assert view.visualRect(row).height() == view.visualRect(row.siblingAtRow(0)).height()


def test_matches_in_titles_are_marked_whatever_their_accents(room: ChatRoom) -> None:
    say(room, "Résumé for Ana", ("Improve it", "Done."))
    room.tab.list.search_for("résumé")
    assert place(room, "Résumé for Ana").data(TITLE).spans == ((0, 6),)
    room.tab.list.search_for("resume")
    room.wait(lambda: place(room, "Résumé for Ana").isValid())
    assert place(room, "Résumé for Ana").data(TITLE).spans == ((0, 6),)
    assert place(room, "Résumé for Ana").data(EXCERPT) is None


def test_return_on_a_hit_opens_the_chat_at_the_words(room: ChatRoom) -> None:
    say(
        room,
        "Long talk",
        ("First", LONG),
        ("Second", f"{LONG}\n\nThe zebra is here.\n\n{LONG}"),
        ("Third", LONG),
    )
    look_for(room, "zebra", "Long talk")
    QTest.keyClick(room.tab.list.search, Qt.Key.Key_Down)
    assert room.tab.list.list.conversation() is not None
    QTest.keyClick(room.tab.list.list, Qt.Key.Key_Return)
    room.wait(lambda: is_in_view(room, "The zebra is here."))
    assert room.tab.composer.isVisible()


def test_a_hit_on_another_branch_brings_that_on_show(room: ChatRoom) -> None:
    chat = say(room, "Two ways", ("Tell me", "About the walrus."))
    question = room.store.branch(chat)[0]
    other = room.store.begin_reply(question.id, "")
    room.store.finish_reply(other.id, "finished", content="About nothing.", reasoning="")
    room.tab.list.refresh()
    room.tab.open(chat)
    assert room.branch()[-1].content == "About nothing."
    row = look_for(room, "walrus", "Two ways")
    spot = room.tab.list.list.visualRect(row).center()
    QTest.mouseClick(room.tab.list.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    room.wait(lambda: is_in_view(room, "About the walrus."))
    assert room.branch()[-1].content == "About the walrus."
    assert [entry.message.content for entry in room.tab.transcript.entries] == [
        "Tell me",
        "About the walrus.",
    ]


def test_a_hit_on_the_branch_on_show_leaves_the_branch_alone(room: ChatRoom) -> None:
    chat = say(room, "Two ways", ("Where is the walrus?", "First."))
    question = room.store.branch(chat)[0]
    newer = room.store.begin_reply(question.id, "")
    room.store.finish_reply(newer.id, "finished", content="Second.", reasoning="")
    room.parts.tree.show(room.store.all_messages(chat)[1].id)
    look_for(room, "walrus", "Two ways")
    room.tab.list.list.opened.emit(chat)
    assert room.branch()[-1].content == "First."


def test_a_chat_that_was_deleted_meanwhile_is_told(room: ChatRoom) -> None:
    chat = say(room, "Gone", ("Hello", "The zebra."))
    look_for(room, "zebra", "Gone")
    room.store.trash(chat)
    room.store.purge(chat)
    room.tab.list.list.opened.emit(chat)
    assert "There is no conversation" in room.told()


def test_words_and_a_tag_are_looked_for_together(room: ChatRoom) -> None:
    one = say(room, "One", ("a", "The zebra."))
    say(room, "Two", ("a", "The zebra."))
    Ordering(room.parts.database).tag(one, ["animals"])
    look_for(room, "tag:animals zebra", "One")
    assert not place(room, "Two").isValid()
