"""The transcript: long conversations, few widgets, the keyboard, hostile replies."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHoverEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.talk import REPLY, message, on_screen, seen, talk

from studio.chat.conversation import Failure
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.pool import SPARE
from studio.ui.chat.transcript.placing import PAD_BOTTOM, PAD_TOP
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.theme import Theme
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.markdown.document import BLEED
from studio.ui.widgets.markdown.text_view import TextView


def test_a_conversation_opens_at_its_end(transcript: Transcript) -> None:
    transcript.show_branch(talk(40))
    assert "Last words." in on_screen(transcript)
    bar = transcript.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    (footer,) = (view for view in seen(transcript, FooterView) if not view.copy.isHidden())
    bottom = footer.mapTo(transcript.viewport(), QPoint(0, footer.height())).y()
    assert bottom == pytest.approx(transcript.viewport().height() - PAD_BOTTOM, abs=2)


def test_a_short_conversation_begins_at_the_top(transcript: Transcript) -> None:
    transcript.show_branch([message(0, "user", "Hi"), message(1, "assistant", "Hello.")])
    (person,) = seen(transcript, PersonView)
    assert person.y() == PAD_TOP
    assert transcript.verticalScrollBar().maximum() == 0


def test_two_thousand_messages_need_the_widgets_of_one_window(transcript: Transcript) -> None:
    transcript.show_branch(talk(2_000))
    assert transcript.living_widgets < 90
    bar = transcript.verticalScrollBar()
    chance = random.Random(3)
    for _ in range(40):
        bar.setValue(chance.randrange(bar.maximum()))
        for _ in range(5):
            bar.setValue(bar.value() - 97)
    spare_kinds = 11
    assert transcript.living_widgets < 90 + SPARE * spare_kinds
    prepared = sum(entry.is_ready for entry in transcript.entries)
    assert prepared < 700


def test_every_message_is_met_in_order_while_scrolling(transcript: Transcript) -> None:
    transcript.show_branch(talk(60))
    bar = transcript.verticalScrollBar()
    found: list[int] = []
    for _ in range(2_000):
        for view in reversed(seen(transcript, PersonView)):
            number = int(view.text.text().split()[1].rstrip("?"))
            if number not in found:
                found.append(number)
        if bar.value() == 0:
            break
        bar.setValue(bar.value() - 150)
    assert found == list(range(58, -1, -2))
    assert seen(transcript, PersonView)[0].y() == PAD_TOP


def test_what_is_read_moves_by_exactly_what_was_scrolled(transcript: Transcript) -> None:
    transcript.show_branch(talk(400))
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    QApplication.processEvents()
    for _ in range(60):
        visible = min(seen(transcript, PersonView), key=lambda view: abs(view.y() - 300))
        words, before = visible.text.text(), visible.y()
        bar.setValue(bar.value() - 37)
        (after,) = (v.y() for v in seen(transcript, PersonView) if v.text.text() == words)
        assert after - before == 37


def test_a_jump_shows_a_filled_window(transcript: Transcript) -> None:
    transcript.show_branch(talk(1_000))
    bar = transcript.verticalScrollBar()
    for share in (0.0, 0.3, 0.7, 1.0):
        bar.setValue(round(bar.maximum() * share))
        tops = [view.y() for view in seen(transcript, TextView)]
        assert min(tops) < 120
        assert max(tops) > 350


def test_copy_gives_the_markdown_of_the_reply(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(2))
    (footer,) = seen(transcript, FooterView)
    with qtbot.waitSignal(transcript.copied):
        QTest.mouseClick(footer.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f"Answer 1. {REPLY}"


def test_actions_of_a_message_show_under_the_pointer(transcript: Transcript) -> None:
    transcript.show_branch(talk(4))
    first = seen(transcript, FooterView)[0]
    assert first.copy.isHidden()
    place = QPointF(first.geometry().center())
    origin = QPointF(-1, -1)
    hover = QHoverEvent(QHoverEvent.Type.HoverMove, place, QPointF(), origin)
    QApplication.sendEvent(transcript.viewport(), hover)
    assert not first.copy.isHidden()
    assert not first.regenerate.isHidden(), "any reply can be written anew"
    leave = QHoverEvent(QHoverEvent.Type.HoverLeave, origin, origin, place)
    QApplication.sendEvent(transcript.viewport(), leave)
    assert first.copy.isHidden()


def test_the_tab_key_goes_from_top_to_bottom_and_out(
    transcript: Transcript, qtbot: QtBot, theme: Theme
) -> None:
    transcript.show_branch(talk(2))
    transcript.activateWindow()
    transcript.setFocus()
    names = []
    for _ in range(7):
        QTest.keyClick(QApplication.focusWidget() or transcript, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        names.append(focus.objectName() or type(focus).__name__)
    assert names == [
        "your_message",
        "TextView",
        "copy_code",
        "reply_footer",
        "copy_the_reply",
        "write_another_reply",
        "more_for_this_reply",
    ]
    QTest.keyClick(QApplication.focusWidget() or transcript, Qt.Key.Key_Backtab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "write_another_reply"


def test_the_keyboard_scrolls(transcript: Transcript) -> None:
    transcript.show_branch(talk(30))
    bar = transcript.verticalScrollBar()
    QTest.keyClick(transcript, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(transcript, Qt.Key.Key_PageDown)
    assert 0 < bar.value() < bar.maximum()
    QTest.keyClick(transcript, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()


def test_what_has_the_focus_is_scrolled_into_view(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(8))
    transcript.activateWindow()
    qtbot.waitUntil(lambda: any(view.y() < 0 for view in seen(transcript, CodeView)))
    hidden = next(view for view in seen(transcript, CodeView) if view.y() < 0)
    button = hidden.findChild(QPushButton, "copy_code")
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.hasFocus()
    assert button.mapTo(transcript.viewport(), QPoint(0, 0)).y() >= 0


def test_the_widget_with_the_focus_outlives_scrolling(transcript: Transcript) -> None:
    transcript.show_branch(talk(200))
    transcript.activateWindow()
    footer = seen(transcript, FooterView)[-1]
    footer.copy.setFocus()
    bar = transcript.verticalScrollBar()
    for _ in range(40):
        bar.setValue(bar.value() - 200)
    assert footer.copy.hasFocus()
    assert footer.y() < -1000
    transcript.jump_to_end()
    assert 0 < footer.y() < transcript.viewport().height()


def test_only_one_text_is_selected(transcript: Transcript) -> None:
    transcript.show_branch(talk(2))
    first, *_, last = seen(transcript, TextView)
    for view in (first, last):
        view.select_all()
    assert first.selected_text() == ""
    assert last.selected_text() == "Last words."


def test_a_link_is_asked_for_and_not_opened(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(2))
    linked = next(view for view in seen(transcript, TextView) if "link" in view.text())
    linked.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(transcript.link_followed) as told:
        QTest.keyClick(linked, Qt.Key.Key_Return)
    assert told.args == ["https://a.b"]


def test_a_long_question_is_folded_and_copied_whole(transcript: Transcript, qtbot: QtBot) -> None:
    text = "\n".join(f"line {n}" for n in range(3_000))
    transcript.show_branch([message(0, "user", text)])
    (person,) = seen(transcript, PersonView)
    assert person.height() < 600
    more = person.findChild(QPushButton, "show_all")
    assert more is not None
    assert more.text() == "Show all 3,000 lines"
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert person.height() > 30_000
    with qtbot.waitSignal(transcript.copied):
        person.copied.emit()
    assert QGuiApplication.clipboard().text() == text
    transcript.show_branch([message(0, "user", "word " * 3_500 + "\nword")])
    (person,) = seen(transcript, PersonView)
    more = person.findChild(QPushButton, "show_all")
    assert more is not None
    assert more.text() == "Show all of it", "two lines say nothing of how long it is"


@pytest.mark.parametrize(
    "make",
    [
        lambda: "x" * 1_000_000,
        lambda: "> " * 3_000 + "deep",
        lambda: "```\n" + "line\n" * 50_000,
        lambda: "|a|b|\n|-|-|\n" + "|1|2|\n" * 10_000,
        lambda: "\u202e\u200b\u0000" * 5_000,
        lambda: "<script>alert(1)</script>\n\n" * 500,
        lambda: "[" * 30_000,
    ],
    ids=["one line", "quotes", "open fence", "table", "marks", "html", "brackets"],
)
def test_a_hostile_reply_is_shown_in_bounds(
    transcript: Transcript, qtbot: QtBot, make: Callable[[], str]
) -> None:
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", make())])
    qtbot.waitUntil(lambda: transcript.entries[-1].is_ready, timeout=10_000)
    transcript.lay_out()
    assert transcript.living_widgets < 60
    assert on_screen(transcript) or seen(transcript, CodeView)
    bar = transcript.verticalScrollBar()
    for share in (0.0, 0.5, 1.0):
        bar.setValue(round(bar.maximum() * share))
    assert transcript.living_widgets < 60


def test_the_column_is_centred_and_no_wider_than_can_be_read(transcript: Transcript) -> None:
    transcript.show_branch(talk(2))
    transcript.resize(2000, 900)
    footer = seen(transcript, FooterView)[0]
    text = seen(transcript, TextView)[-1]
    assert text.width() == 760 + BLEED
    middle = transcript.width() / 2
    assert text.geometry().center().x() == pytest.approx(middle, abs=2)
    assert footer.x() == text.x() + BLEED - 8
    transcript.resize(500, 900)
    assert seen(transcript, TextView)[-1].width() < 470


def test_colours_and_sizes_change_at_once(
    transcript: Transcript, theme: Theme, qtbot: QtBot
) -> None:
    transcript.show_branch(talk(2))
    height = seen(transcript, TextView)[-1].height()
    theme.set_mode("dark")
    theme.set_text_size(21)
    ground = transcript.grab().toImage().pixelColor(4, 4).name().upper()
    assert ground == theme.palette.bg
    qtbot.waitUntil(lambda: seen(transcript, TextView)[-1].height() > 1.2 * height)


def test_everything_that_acts_has_a_name(
    transcript: Transcript, actionable: Callable[[QWidget], list[QWidget]]
) -> None:
    failed = message(
        3,
        "assistant",
        "",
        status="failed",
        failure=Failure("chat.failed", "It failed.", "Try again."),
    )
    transcript.show_branch([*talk(2), message(2, "user", "a\n" * 50), failed])
    found = actionable(transcript)
    assert len(found) >= 6
    for widget in found:
        assert widget.objectName(), widget
        assert widget.accessibleName(), widget.objectName()
