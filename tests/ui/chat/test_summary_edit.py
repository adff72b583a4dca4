"""A summary is put into other words in its place, by mouse and keyboard, and that is undone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model
from support.talk import seen

from studio.errors import StudioError
from studio.ui.chat.messages.seen_views import SummaryView
from studio.ui.chat.messages.wording_view import WordingEditor
from studio.ui.chat.transcript.column import MessageColumn
from studio.ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier
TOLD = "The model reads your words for the summary from now on."


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        for text in ("One", "Two", "Three"):
            made.ask(text)
        branch = made.branch()
        made.parts.session.summaries.add(
            branch[0].conversation_id, branch[1].id, "They spoke of bees."
        )
        reopen(made)
        summary(made).heading.click()
        yield made


def reopen(room: ChatRoom) -> None:
    key = room.tab.conversation_id
    room.tab.begin_new()
    room.tab.open(key)


def summary(room: ChatRoom) -> SummaryView:
    (view,) = seen(room.tab.transcript, SummaryView)
    return view


def texts(room: ChatRoom) -> list[str]:
    return [each.text for each in room.parts.session.summaries.of(room.tab.conversation_id)]


def begin(room: ChatRoom) -> WordingEditor:
    """Press Edit; return the editor, which has the focus."""
    QTest.mouseClick(summary(room).edit, Qt.MouseButton.LeftButton)
    editor = summary(room).findChild(WordingEditor)
    assert isinstance(editor, WordingEditor)
    assert editor.isVisible()
    assert room.tab.window().focusWidget() is editor
    return editor


def write(editor: QWidget, text: str) -> None:
    QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(editor, text)


def test_other_words_are_kept_by_mouse_and_taken_back(room: ChatRoom) -> None:
    editor = begin(room)
    view = summary(room)
    assert editor.text() == "They spoke of bees."
    assert not view.words.isVisible()
    assert not view.whole.isVisible()
    write(editor, "They spoke of wasps.")
    assert texts(room) == ["They spoke of bees."]
    room.button("wording_submit").click()
    assert texts(room) == ["They spoke of wasps."]
    assert summary(room).words.text() == "They spoke of wasps."
    assert summary(room).words.isVisible()
    assert not editor.isVisible()
    assert room.tab._toasts.words() == TOLD
    room.tab._toasts.undo()
    assert texts(room) == ["They spoke of bees."]
    assert summary(room).words.text() == "They spoke of bees."


def test_it_goes_by_keyboard(room: ChatRoom) -> None:
    view = summary(room)
    view.edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.edit, Qt.Key.Key_Space)
    editor = room.tab.window().focusWidget()
    assert isinstance(editor, WordingEditor)
    write(editor, "Wasps,")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "then bees.")
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert texts(room) == ["Wasps,\nthen bees."]
    assert room.tab.window().focusWidget() is summary(room).edit


def test_escape_leaves_it_and_gives_the_focus_back(room: ChatRoom) -> None:
    editor = begin(room)
    write(editor, "Wasps.")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert texts(room) == ["They spoke of bees."]
    assert summary(room).words.text() == "They spoke of bees."
    assert room.tab.window().focusWidget() is summary(room).edit
    assert begin(room).text() == "They spoke of bees."
    room.button("wording_cancel").click()
    assert not room.tab._toasts.words()


def test_the_same_words_again_need_no_undo(room: ChatRoom) -> None:
    QTest.keyClick(begin(room), Qt.Key.Key_Return, CTRL)
    assert summary(room).words.isVisible()
    assert texts(room) == ["They spoke of bees."]
    assert not room.tab._toasts.words()


def test_without_words_it_cannot_be_saved(room: ChatRoom) -> None:
    editor = begin(room)
    QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert not room.button("wording_submit").isEnabled()
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert texts(room) == ["They spoke of bees."]


def test_everything_says_what_it_is(room: ChatRoom) -> None:
    assert summary(room).edit.accessibleName() == "Edit"
    editor = begin(room)
    assert editor.accessibleName() == "Other words for the summary"
    save = room.button("wording_submit")
    assert save.accessibleName() == "Save"
    assert "Ctrl" in save.toolTip()
    assert room.button("wording_cancel").toolTip() == "Leave the summary as it is  (Esc)"


def test_keys_in_it_do_nothing_to_the_message_above(room: ChatRoom) -> None:
    editor = begin(room)
    QTest.keyClick(editor, Qt.Key.Key_F2)
    QTest.keyClick(editor, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert [entry.wording for entry in room.tab.transcript.entries] == [None] * 6


def test_half_written_words_stay_when_another_chat_is_shown_and_when_folded(room: ChatRoom) -> None:
    write(begin(room), "Wasps, and")
    view = summary(room)
    view.heading.click()
    assert view.wording is not None
    assert not view.wording.isVisible()
    view.heading.click()
    assert view.wording.isVisible()
    reopen(room)
    wording = summary(room).wording
    assert wording is not None
    assert wording.isVisible()
    assert wording.text() == "Wasps, and"
    QTest.keyClick(wording.editor, Qt.Key.Key_Escape)
    reopen(room)
    summary(room).heading.click()
    assert summary(room).words.isVisible()


def test_half_written_words_outlive_the_program(
    room: ChatRoom, theme: Theme, qtbot: QtBot, profile: Path
) -> None:
    write(begin(room), "Wasps, and")
    key = room.tab.conversation_id
    room.close()
    with contextlib.closing(ChatRoom(theme, qtbot, profile)) as again:
        again.tab.open(key)
        wording = summary(again).wording
        assert wording is not None
        assert wording.text() == "Wasps, and"
        QTest.keyClick(wording.editor, Qt.Key.Key_Return, CTRL)
        assert texts(again) == ["Wasps, and"]


def test_what_the_disk_does_not_take_stays_in_the_row(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise StudioError("disk.full", "The disk is full.", "Make room.")

    editor = begin(room)
    write(editor, "Wasps.")
    with monkeypatch.context() as patch:
        patch.setattr(type(room.parts.session.summaries), "rewrite", full)
        QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert room.told() == "The disk is full. Make room."
    assert editor.isVisible()
    assert editor.text() == "Wasps."
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert texts(room) == ["Wasps."]


def test_one_that_went_meanwhile_is_told(room: ChatRoom) -> None:
    editor = begin(room)
    write(editor, "Wasps.")
    summaries = room.parts.session.summaries
    summaries.take_away(room.branch())
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert "no longer there" in room.told()
    assert editor.text() == "Wasps."


def focus_is_in_sight(room: ChatRoom) -> bool:
    focus = room.tab.window().focusWidget()
    return focus is not None and not focus.visibleRegion().isEmpty()


@pytest.mark.parametrize("how", ["superseded", "taken away"])
@pytest.mark.parametrize("end", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_one_that_is_edited_stays_in_sight_until_that_ends(
    room: ChatRoom, how: str, end: Qt.Key
) -> None:
    editor = begin(room)
    write(editor, "Half ")
    branch, summaries = room.branch(), room.parts.session.summaries
    if how == "superseded":
        summaries.add(branch[0].conversation_id, branch[3].id, "Bees and wasps.")
    else:
        summaries.take_away(branch)
    room.tab.transcript.mark_seen()
    room.tab.transcript.mark_seen()
    room.qtbot.wait(50)
    assert room.tab.window().focusWidget() is editor
    assert focus_is_in_sight(room)
    QTest.keyClicks(editor, "written")
    assert editor.text() == "Half written"
    if end == Qt.Key.Key_Return and how == "taken away":
        QTest.keyClick(editor, end, CTRL)
        assert "no longer there" in room.told()
        assert editor.isVisible()
        end = Qt.Key.Key_Escape
    QTest.keyClick(editor, end, CTRL if end == Qt.Key.Key_Return else Qt.KeyboardModifier(0))
    room.qtbot.wait(50)
    shown = [view.text() for view in seen(room.tab.transcript, SummaryView) if view.y() > -5_000]
    assert shown == (
        ["The 4 messages above, summarised for the model"] if how == "superseded" else []
    )
    assert not editor.isVisible()
    assert focus_is_in_sight(room)
    focus = room.tab.window().focusWidget()
    assert focus is not None
    assert room.tab.transcript.isAncestorOf(focus)


def test_the_next_reply_is_told_the_new_words(room: ChatRoom) -> None:
    write(begin(room), "They spoke of wasps.")
    room.button("wording_submit").click()
    room.ask("Four")
    key = room.tab.conversation_id
    history = room.parts.session._composer.history(room.store.get(key), "")
    assert "They spoke of wasps." in history.messages()[0].content
    assert summary(room).words.text() == "They spoke of wasps."


def test_a_long_one_has_room_in_the_window_and_no_more(room: ChatRoom) -> None:
    editor = begin(room)
    short = summary(room).height()
    editor.insertPlainText("A line of it.\n" * 8)
    room.wait(lambda: summary(room).height() > short + 100)
    editor.insertPlainText("A line of it.\n" * 200)
    half = room.tab.transcript.viewport().height() / 2
    room.wait(lambda: summary(room).height() > half)
    assert editor.height() <= half + 1
    save = room.button("wording_submit")
    assert summary(room).rect().contains(save.mapTo(summary(room), save.rect().bottomRight()))


def test_in_a_small_window_it_comes_into_view_whole(room: ChatRoom) -> None:
    resize(room, 720, 520)
    room.tab.transcript.verticalScrollBar().setValue(0)
    view = summary(room)
    view.edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.edit, Qt.Key.Key_Space)
    wording = summary(room).wording
    assert wording is not None
    window = room.tab.transcript.viewport()
    place = wording.editor.mapTo(window, wording.editor.rect().topLeft())
    assert place.y() >= 0
    assert place.y() + wording.editor.height() <= window.height()


def test_nothing_is_laid_out_while_nothing_happens(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(room)
    transcript = room.tab.transcript
    room.qtbot.wait(300)
    done = 0
    lay_out = type(transcript).lay_out

    def counted(column: MessageColumn) -> None:
        nonlocal done
        done += 1
        lay_out(column)

    monkeypatch.setattr(type(transcript), "lay_out", counted)
    room.qtbot.wait(300)
    assert done <= 2, "the caret's blinking needs none"


def test_its_buttons_break_where_they_do_not_fit(room: ChatRoom) -> None:
    view = summary(room)
    assert view.whole.y() == view.edit.y()
    view.whole.setText("Let the model read the whole text again now")
    resize(room, 720, 520)
    view = summary(room)
    assert view.whole.geometry().top() > view.copy.geometry().bottom()
    assert view.rect().contains(view.whole.mapTo(view, view.whole.rect().bottomRight()))
    for button in (view.edit, view.copy, view.whole):
        assert button.width() >= button.sizeHint().width()


def resize(room: ChatRoom, width: int, height: int) -> None:
    for part in (room.tab.window(), room.tab):
        part.resize(width, height)
    room.settle()
