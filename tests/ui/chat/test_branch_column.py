"""Versions, other words and keys in the transcript, without anything behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from support.talk import message, on_screen, place_of, seen, talk

from studio.chat.conversation import Message, Role
from studio.chat.tree import Place
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.message_actions import NO_RECIPE, Act
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.wording_view import WordingView
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.widgets.markdown.text_view import TextView

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
MIDDLE = Place(2, 3, "before", "after")


def other(number: int, text: str) -> Message:
    """Return another version of the message with a number."""
    role: Role = "user" if number % 2 == 0 else "assistant"
    return replace(message(number, role, text), id=f"other{number}")


def focus(view: QWidget) -> QWidget:
    view.window().activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.hasFocus()
    return view


def menu_of(transcript: Transcript) -> dict[str, str]:
    """Return the acts of the menu on show with the reasons against them, and close it."""
    (menu,) = (m for m in transcript.findChildren(QMenu, "message_menu") if m.isVisible())
    found = {
        action.objectName(): "" if action.isEnabled() else action.toolTip()
        for action in menu.actions()
        if action.objectName()
    }
    menu.close()
    return found


def test_only_messages_with_others_beside_them_show_a_switcher(
    transcript: Transcript, qtbot: QtBot
) -> None:
    transcript.set_places({"m0": Place(1, 2, None, "x"), "m1": MIDDLE})
    transcript.show_branch(talk(4))
    qtbot.waitUntil(lambda: len(seen(transcript, PersonView)) == 2)  # one a turn later
    persons, footers = seen(transcript, PersonView), seen(transcript, FooterView)
    assert [v.switcher.text() for v in persons if v.switcher.isVisible()] == ["1 of 2"]
    assert [v.switcher.text() for v in footers if v.switcher.isVisible()] == ["2 of 3"]
    first = persons[0].switcher
    assert first.accessibleName() == "Version 1 of 2"
    assert not first.button(-1).isEnabled()
    assert first.button(1).isEnabled()
    assert first.button(1).accessibleName() == "Next version"
    assert first.button(1).toolTip() == "Next version  (Alt+Right)"
    assert first.geometry().bottom() <= persons[0].height()


def test_a_click_asks_for_the_version_beside(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.set_places({"m1": MIDDLE})
    transcript.show_branch(talk(2))
    (footer,) = seen(transcript, FooterView)
    for step, wanted in ((-1, "before"), (1, "after")):
        with qtbot.waitSignal(transcript.version_wanted) as told:
            QTest.mouseClick(footer.switcher.button(step), Qt.MouseButton.LeftButton)
        assert told.args == [wanted]


@pytest.mark.parametrize(
    ("key", "wanted"), [(Qt.Key.Key_Left, "before"), (Qt.Key.Key_Right, "after")]
)
def test_alt_and_arrows_ask_for_the_version_beside(
    transcript: Transcript, qtbot: QtBot, key: Qt.Key, wanted: str
) -> None:
    transcript.set_places({"m0": MIDDLE})
    transcript.show_branch(talk(2))
    with qtbot.waitSignal(transcript.version_wanted) as told:
        QTest.keyClick(focus(seen(transcript, PersonView)[0]), key, ALT)
    assert told.args == [wanted]


def test_a_message_without_versions_has_none_to_ask_for(
    transcript: Transcript, qtbot: QtBot
) -> None:
    transcript.show_branch(talk(2))
    with qtbot.assertNotEmitted(transcript.version_wanted):
        QTest.keyClick(focus(seen(transcript, PersonView)[0]), Qt.Key.Key_Right, ALT)


def test_another_branch_begins_where_the_one_before_did(transcript: Transcript) -> None:
    before = talk(60)
    transcript.set_places({"m30": MIDDLE})
    transcript.show_branch(before)
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    top = place_of(transcript, "Question 30?")
    transcript.set_places({"other30": MIDDLE})
    transcript.exchange([*before[:30], other(30, "In other words"), other(31, "Quite so. " * 90)])
    assert place_of(transcript, "In other words") == top
    assert "Quite so." in on_screen(transcript)
    assert len(transcript.entries) == 32
    assert transcript.entries[-1].is_last
    transcript.exchange(before)
    assert place_of(transcript, "Question 30?") == top
    assert [entry.message.id for entry in transcript.entries] == [m.id for m in before]
    assert [entry.is_last for entry in transcript.entries] == [False] * 59 + [True]


def test_messages_before_the_branch_are_not_made_again(transcript: Transcript) -> None:
    before = talk(20)
    transcript.show_branch(before)
    kept = list(transcript.entries[:10])
    transcript.exchange([*before[:10], other(10, "Else")])
    assert all(a is b for a, b in zip(kept, transcript.entries, strict=False))


def test_the_foot_of_a_long_reply_stays_where_its_arrows_are(transcript: Transcript) -> None:
    before = [message(0, "user", "Go"), message(1, "assistant", "Long. \n\n" * 80)]
    transcript.set_places({"m1": Place(1, 2, None, "other1")})
    transcript.show_branch(before)
    (footer,) = seen(transcript, FooterView)
    place = footer.y()
    transcript.set_places({"other1": Place(2, 2, "m1", None)})
    transcript.exchange([before[0], other(1, "Longer. \n\n" * 120)])
    (footer,) = seen(transcript, FooterView)
    assert footer.y() == pytest.approx(place, abs=2)
    assert footer.switcher.text() == "2 of 2"


def test_the_focus_stays_on_the_arrow_while_it_leads_on(transcript: Transcript) -> None:
    before = talk(2)
    transcript.set_places({"m1": Place(1, 3, None, "other1")})
    transcript.show_branch(before)
    focus(seen(transcript, FooterView)[0].switcher.button(1))
    transcript.set_places({"other1": MIDDLE})
    transcript.exchange([before[0], other(1, "Else")])
    (footer,) = seen(transcript, FooterView)
    assert footer.switcher.button(1).hasFocus()
    transcript.set_places({"m1": Place(3, 3, "other1", None)})
    transcript.exchange(before)
    (footer,) = seen(transcript, FooterView)
    assert footer.hasFocus(), "that arrow leads nowhere now"


def test_a_branch_without_messages_shows_none(transcript: Transcript) -> None:
    transcript.show_branch(talk(4))
    transcript.exchange([])
    assert list(transcript.entries) == []
    assert on_screen(transcript) == ""
    transcript.exchange(talk(4))
    assert "Question 0?" in on_screen(transcript)


def test_other_words_are_written_in_the_row(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(4))
    person = seen(transcript, PersonView)[-1]
    top = person.y()
    QTest.keyClick(focus(person), Qt.Key.Key_F2)
    (view,) = seen(transcript, WordingView)
    assert view.editor.hasFocus()
    assert view.text() == "Question 2?"
    assert view.y() == pytest.approx(top, abs=2)
    QTest.keyClicks(view.editor, " And why")
    with qtbot.waitSignal(transcript.reworded) as told:
        QTest.keyClick(view.editor, Qt.Key.Key_Return)
    assert told.args is not None
    assert (told.args[0].id, told.args[1]) == ("m2", "Question 2? And why")
    assert seen(transcript, WordingView) == [view], "until it is known that they are stored"


def test_the_setting_decides_which_keys_send(transcript: Transcript, qtbot: QtBot) -> None:
    transcript._pool.send_with_enter = lambda: False
    transcript.show_branch(talk(2))
    QTest.keyClick(focus(seen(transcript, PersonView)[0]), Qt.Key.Key_F2)
    (view,) = seen(transcript, WordingView)
    with qtbot.assertNotEmitted(transcript.reworded):
        QTest.keyClick(view.editor, Qt.Key.Key_Return)
    assert view.text() == "Question 0?\n"
    with qtbot.waitSignal(transcript.reworded):
        QTest.keyClick(view.editor, Qt.Key.Key_Return, CTRL)


def test_a_reply_is_saved_with_ctrl_enter_alone(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", "Yes")])
    QTest.keyClick(focus(seen(transcript, FooterView)[0]), Qt.Key.Key_F2)
    (view,) = seen(transcript, WordingView)
    assert view.submit.text() == "Save as another version"
    QTest.keyClick(view.editor, Qt.Key.Key_Return)
    assert view.text() == "Yes\n"
    with qtbot.waitSignal(transcript.reworded):
        QTest.keyClick(view.editor, Qt.Key.Key_Return, CTRL)


def test_escape_gives_the_words_up(transcript: Transcript) -> None:
    transcript.show_branch(talk(2))
    QTest.keyClick(focus(seen(transcript, PersonView)[0]), Qt.Key.Key_F2)
    (view,) = seen(transcript, WordingView)
    QTest.keyClicks(view.editor, " Never mind")
    QTest.keyClick(view.editor, Qt.Key.Key_Escape)
    assert seen(transcript, WordingView) == []
    (person,) = seen(transcript, PersonView)
    assert person.text.text() == "Question 0?"
    assert person.hasFocus()
    QTest.keyClick(person, Qt.Key.Key_F2)
    assert seen(transcript, WordingView)[0].text() == "Question 0?"


def test_nothing_is_not_sent(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(2))
    QTest.keyClick(focus(seen(transcript, PersonView)[0]), Qt.Key.Key_F2)
    (view,) = seen(transcript, WordingView)
    view.editor.set_text("  \n")
    assert not view.submit.isEnabled()
    with qtbot.assertNotEmitted(transcript.reworded):
        QTest.keyClick(view.editor, Qt.Key.Key_Return)


def test_half_written_words_outlive_scrolling_and_looking_elsewhere(
    transcript: Transcript,
) -> None:
    messages = talk(60)
    transcript.show_branch(messages)
    QTest.keyClick(focus(seen(transcript, PersonView)[-1]), Qt.Key.Key_F2)
    QTest.keyClicks(seen(transcript, WordingView)[0].editor, " And so on")
    transcript.setFocus()
    bar = transcript.verticalScrollBar()
    bar.setValue(0)
    transcript.lay_out()
    assert seen(transcript, WordingView) == []
    transcript.jump_to_end()
    assert seen(transcript, WordingView)[0].text() == "Question 58? And so on"
    transcript.show_branch([message(90, "user", "Elsewhere")])
    transcript.show_branch(messages)
    assert seen(transcript, WordingView)[0].text() == "Question 58? And so on"


def test_the_row_grows_with_its_words(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(2))
    QTest.keyClick(focus(seen(transcript, PersonView)[0]), Qt.Key.Key_F2)
    (view,) = seen(transcript, WordingView)
    height, text = view.height(), seen(transcript, TextView)[0]
    top = text.y()
    view.editor.set_text("one\ntwo\nthree\nfour")
    qtbot.waitUntil(lambda: view.height() > height + 40)
    assert text.y() - top == view.height() - height
    view.editor.set_text("line\n" * 500)
    qtbot.waitUntil(lambda: view.height() > 300)
    assert view.height() < transcript.viewport().height()


@pytest.mark.parametrize("way", ["shift and F10", "button", "right click", "Return"])
def test_the_menu_opens(transcript: Transcript, way: str) -> None:
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", "Yes")])
    (footer,) = seen(transcript, FooterView)
    if way == "shift and F10":
        QTest.keyClick(focus(footer), Qt.Key.Key_F10, SHIFT)
    elif way == "Return":
        QTest.keyClick(focus(footer), Qt.Key.Key_Return)
    elif way == "button":
        QTest.mouseClick(footer.menu, Qt.MouseButton.LeftButton)
    else:
        text = seen(transcript, TextView)[-1]
        place = QPoint(5, 5)
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(text, QContextMenuEvent(reason, place, text.mapToGlobal(place)))
    refused = dict.fromkeys(["message_certainty", "message_repeat"], NO_RECIPE)
    assert menu_of(transcript) == dict.fromkeys([f"message_{act}" for act in Act], "") | refused


def test_return_in_a_text_opens_no_menu(transcript: Transcript) -> None:
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", "Yes")])
    text = seen(transcript, TextView)[-1]
    text.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert transcript.findChildren(QMenu, "message_menu") == []


def test_a_right_click_on_a_selection_is_for_the_selection(transcript: Transcript) -> None:
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", "Yes")])
    text = seen(transcript, TextView)[-1]
    text.select_all()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(
        text, QContextMenuEvent(reason, QPoint(2, 2), text.mapToGlobal(QPoint()))
    )
    (menu,) = (m for m in transcript.findChildren(QMenu) if m.isVisible())
    assert menu.objectName() == "text_menu"
    menu.close()


def test_the_menu_says_why_something_cannot_be_done(transcript: Transcript) -> None:
    transcript.show_branch(talk(4))
    transcript.set_busy("here")
    first, last = seen(transcript, FooterView)[0], seen(transcript, FooterView)[-1]
    assert last.regenerate.isHidden()
    QTest.keyClick(focus(first), Qt.Key.Key_F10, SHIFT)
    found = menu_of(transcript)
    assert found["message_copy"] == found["message_fork"] == ""
    assert found["message_delete"].startswith("A reply is being written.")
    transcript.set_busy("")
    assert not last.regenerate.isHidden()


def test_versions_stay_while_a_reply_is_written_here(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.set_places({"m1": MIDDLE})
    transcript.show_branch(talk(2))
    transcript.set_busy("here")
    (footer,) = seen(transcript, FooterView)
    assert not footer.switcher.button(1).isEnabled()
    assert footer.switcher.button(1).toolTip().startswith("A reply is being written.")
    with qtbot.assertNotEmitted(transcript.version_wanted):
        QTest.keyClick(focus(footer), Qt.Key.Key_Left, ALT)
    transcript.set_busy("elsewhere")
    assert footer.switcher.button(1).isEnabled()


def test_no_key_alone_deletes(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(2))
    view = focus(seen(transcript, PersonView)[0])
    with qtbot.assertNotEmitted(transcript.acted):
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_D):
            QTest.keyClick(view, key)
    with qtbot.waitSignal(transcript.acted) as told:
        QTest.keyClick(view, Qt.Key.Key_Delete, CTRL)
    assert told.args is not None
    assert (told.args[0].id, told.args[1]) == ("m0", Act.DELETE)


def test_the_message_with_the_focus_is_copied(transcript: Transcript) -> None:
    transcript.show_branch(talk(2))
    QTest.keyClick(focus(seen(transcript, PersonView)[0]), Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Question 0?"


def test_a_reply_that_was_cut_off_offers_to_go_on(transcript: Transcript, qtbot: QtBot) -> None:
    cut = message(1, "assistant", "So", stop="max_tokens")
    transcript.show_branch([message(0, "user", "Go"), cut])
    (footer,) = seen(transcript, FooterView)
    with qtbot.waitSignal(transcript.acted) as told:
        QTest.mouseClick(footer.go_on, Qt.MouseButton.LeftButton)
    assert told.args is not None
    assert told.args[1] is Act.CONTINUE
    transcript.show_branch([message(0, "user", "Go"), cut, message(2, "user", "And?")])
    (footer,) = seen(transcript, FooterView)
    assert not footer.go_on.isVisible(), "only the last reply can be gone on with"


def test_a_reply_is_gone_on_with_in_its_row(transcript: Transcript, qtbot: QtBot) -> None:
    cut = message(1, "assistant", "First half,", stop="max_tokens")
    transcript.show_branch([message(0, "user", "Go"), cut])
    assert "length limit" in on_screen_words(transcript)
    transcript.resume(replace(cut, status="streaming"))
    assert "length limit" not in on_screen_words(transcript)
    assert seen(transcript, FooterView) == []
    transcript.reading(1, 4, None)
    qtbot.waitUntil(lambda: "Reading 1 of 4 tokens" in on_screen_words(transcript))
    transcript.grow("m1", " second half.", "")
    qtbot.waitUntil(lambda: "First half, second half." in on_screen(transcript))
    assert "Reading" not in on_screen_words(transcript)
    transcript.finish(replace(cut, content="First half, second half.", stop="end"))
    assert len(transcript.entries) == 2
    assert len(seen(transcript, FooterView)) == 1


def on_screen_words(transcript: Transcript) -> str:
    """Return what is told around the messages, for readers of the screen."""
    return "\n".join(view.accessibleName() for view in seen(transcript, QWidget))
