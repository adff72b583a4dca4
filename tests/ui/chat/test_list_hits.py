"""A search marks what it has found, and a hit opens its chat at the message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom

from studio.chat.ordering import Ordering
from studio.ui.chat.conversations.drawing import cut_to
from studio.ui.chat.conversations.found import Marked, in_sight
from studio.ui.chat.conversations.rows import EXCERPT, TITLE
from studio.ui.chat.find.bar import FindBar
from studio.ui.chat.find.finder import text_of
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


def open_hit(room: ChatRoom, words: str, title: str) -> FindBar:
    """Look for words, open the hit with the keyboard, and wait until its marks are there."""
    look_for(room, words, title)
    room.tab.list.list.setCurrentIndex(place(room, title))
    QTest.keyClick(room.tab.list.list, Qt.Key.Key_Return)
    bar = room.tab.transcript.find_bar()
    room.wait(lambda: bar.isVisible() and " of " in bar.figures.text() and "…" not in told(bar))
    return bar


def told(bar: FindBar) -> str:
    return bar.figures.text()


def go(room: ChatRoom, command: str) -> None:
    room.tab.page_commands()[command]()


def marks(room: ChatRoom) -> list[str]:
    """Return the marked words in the rows that can be seen, from the top."""
    found: list[str] = []
    for _row, view in room.tab.transcript._pool.lent():
        if (text := text_of(view)) is not None:
            chosen = text.found.selections(text.document, room.tab._theme)
            found += [each.cursor.selectedText() for each in chosen]
    return found


def test_a_hit_shows_how_many_there_are_and_f3_goes_through_them(room: ChatRoom) -> None:
    say(room, "Animals", ("A zebra?", "No zebra."), ("Sure?", "One zebra, and a zebra foal."))
    bar = open_hit(room, "zebra foal", "Animals")
    assert bar.field.text() == "zebra foal"
    assert told(bar) == "3 of 5"  # any of the words, from the message of the hit on
    assert "foal" in marks(room)
    go(room, "find_next")
    room.wait(lambda: told(bar) == "4 of 5")
    go(room, "find_previous")
    go(room, "find_previous")
    room.wait(lambda: told(bar) == "2 of 5")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    room.wait(lambda: told(bar) == "3 of 5")


def test_escape_takes_the_marks_away_and_gives_the_focus_to_the_composer(room: ChatRoom) -> None:
    say(room, "Animals", ("A zebra?", "No."))
    bar = open_hit(room, "zebra", "Animals")
    assert bar.field.hasFocus()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert marks(room) == []
    assert room.tab.composer.isAncestorOf(room.tab.focusWidget() or room.tab)


def test_the_marks_stay_as_long_as_the_search_stands(room: ChatRoom) -> None:
    say(room, "Animals", ("A zebra?", "No."))
    bar = open_hit(room, "zebra", "Animals")
    room.tab.list.refresh()
    assert bar.isVisible()
    room.tab.list.search.clear()
    room.wait(lambda: not bar.isVisible())
    assert marks(room) == []


def test_what_the_person_looks_for_since_is_left_alone(room: ChatRoom) -> None:
    say(room, "Animals", ("A zebra and an ape?", "No."))
    bar = open_hit(room, "zebra", "Animals")
    bar.field.setText("an ape")
    room.wait(lambda: told(bar) == "1 of 1")
    room.tab.list.search_for("")
    room.settle()
    assert bar.isVisible()
    assert bar.field.text() == "an ape"


def test_a_chat_whose_title_matches_too_shows_what_was_said(room: ChatRoom) -> None:
    say(room, "The zebra", ("Tell me", "A zebra is striped."))
    row = look_for(room, "zebra", "The zebra")
    assert row.data(TITLE).spans == ((4, 9),)
    assert row.data(EXCERPT).text == "A zebra is striped."
    open_hit(room, "", "The zebra")
    assert is_in_view(room, "A zebra is striped.")


@pytest.mark.parametrize("width", [4, 8, 12, 20, 29, 80])
def test_a_match_beyond_the_end_of_a_title_is_brought_into_sight(width: int) -> None:
    title = "Give me three facts about the moon"
    line = in_sight(Marked(title, [(30, 34)]), width, len)
    (span,) = line.spans
    assert line.text[span[0] : span[1]] == "moon"
    assert span[1] <= max(width, 5)
    assert line.text.endswith(title[30:])
    assert (line.text == title) is (width >= len(title))


def test_a_title_whose_match_is_seen_is_cut_at_its_end_only() -> None:
    line = Marked("The moon and much more than that", [(4, 8)])
    assert in_sight(line, 12, len) is line
    assert in_sight(Marked("No match in all of this", ()), 5, len).spans == ()


def test_a_title_that_was_cut_already_is_not_cut_in_its_middle_too(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font(13))
    whole = "Write a friendly note that moves a meeting to Thursday"
    for title, dots in ((whole, 1), (f"{whole}…", 1)):
        shown, _spans = cut_to(metrics, 120, Marked(title, ()), is_name=True)
        assert shown.count("…") == dots
    assert shown.endswith("…")


def test_matches_before_the_cut_are_kept_as_far_as_they_are_seen() -> None:
    line = in_sight(Marked("abcdefghij moon x moon y", [(11, 15), (18, 22)]), 9, len)
    assert [line.text[begin:end] for begin, end in line.spans] == ["moon", "moon"]
