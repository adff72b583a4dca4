"""The composer: what is sent and when, how it grows, and what it tells of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.ui.chat.composer.composer import Composer
from studio.ui.theme import Theme
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.meter import Meter

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


Kind = TypeVar("Kind", bound=QWidget)


def part(parent: QWidget, kind: type[Kind], name: str = "") -> Kind:
    found = parent.findChild(kind, name) if name else parent.findChild(kind)
    assert found is not None
    return found


class Keys:
    """The setting that the composer asks for, changeable by a test."""

    def __init__(self) -> None:
        self.enter_sends = True

    def __call__(self) -> bool:
        return self.enter_sends


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def composer(theme: Theme, qtbot: QtBot, keys: Keys) -> Composer:
    composer = Composer(theme, keys)
    qtbot.addWidget(composer)
    composer.resize(600, composer.sizeHint().height())
    composer.set_limit(240)
    composer.show()
    composer.activateWindow()
    composer.focus_text()
    return composer


def editor(composer: Composer) -> QPlainTextEdit:
    return part(composer, QPlainTextEdit, "message")


def button(composer: Composer, name: str) -> QAbstractButton:
    return part(composer, QAbstractButton, name)


def heard(composer: Composer) -> list[str]:
    """Return a list that grows with everything sent or stopped."""
    told: list[str] = []
    composer.sent.connect(told.append)
    composer.stopped.connect(lambda: told.append("<stopped>"))
    return told


def settle(composer: Composer) -> None:
    composer.adjustSize()
    QApplication.sendPostedEvents()
    composer.adjustSize()


def test_enter_sends_and_the_text_stays_until_it_is_cleared(composer: Composer) -> None:
    told = heard(composer)
    QTest.keyClicks(editor(composer), "Hello")
    QTest.keyClick(editor(composer), Key.Key_Return)
    assert told == ["Hello"]
    assert composer.text() == "Hello"
    composer.clear()
    assert composer.text() == ""


def test_the_enter_of_the_number_pad_sends_too(composer: Composer) -> None:
    told = heard(composer)
    composer.set_text("Hello")
    QTest.keyClick(editor(composer), Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert told == ["Hello"]


def test_shift_enter_begins_a_line(composer: Composer) -> None:
    told = heard(composer)
    QTest.keyClicks(editor(composer), "one")
    QTest.keyClick(editor(composer), Key.Key_Return, SHIFT)
    QTest.keyClicks(editor(composer), "two")
    assert told == []
    assert composer.text() == "one\ntwo"
    assert editor(composer).document().blockCount() == 2


def test_ctrl_enter_sends_where_enter_begins_a_line(composer: Composer, keys: Keys) -> None:
    keys.enter_sends = False
    told = heard(composer)
    QTest.keyClicks(editor(composer), "one")
    QTest.keyClick(editor(composer), Key.Key_Return)
    assert (told, composer.text()) == ([], "one\n")
    QTest.keyClick(editor(composer), Key.Key_Return, CTRL)
    assert told == ["one\n"]


@pytest.mark.parametrize("blank", ["", "   ", "\n\n", "\u00a0\t"])
def test_blank_text_is_never_sent(composer: Composer, blank: str) -> None:
    told = heard(composer)
    composer.set_text(blank)
    QTest.keyClick(editor(composer), Key.Key_Return)
    QTest.keyClick(editor(composer), Key.Key_Return, CTRL)
    assert told == []
    assert not button(composer, "send").isEnabled()
    assert composer.text() == blank


def test_every_change_is_told_once(composer: Composer) -> None:
    edits: list[str] = []
    composer.edited.connect(edits.append)
    QTest.keyClicks(editor(composer), "ab")
    composer.set_text("draft")
    composer.set_text("draft")
    composer.clear()
    assert edits == ["a", "ab", "draft", ""]


def test_send_becomes_stop_in_the_same_place(composer: Composer) -> None:
    told = heard(composer)
    composer.set_text("Hello")
    send = button(composer, "send")
    place = send.geometry()
    QTest.mouseClick(send, Qt.MouseButton.LeftButton)
    composer.set_running(True)
    stop = button(composer, "stop")
    assert stop.geometry() == place
    assert stop.accessibleName() == "Stop the reply"
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    composer.set_running(False)
    assert button(composer, "send").accessibleName() == "Send"
    assert told == ["Hello", "<stopped>"]


def test_a_double_click_does_not_stop_what_it_sent(composer: Composer) -> None:
    told = heard(composer)
    composer.sent.connect(lambda _text: composer.set_running(True))
    composer.set_text("Hello")
    go = button(composer, "send")
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    middle = QPointF(go.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(
            kind,
            middle,
            go.mapToGlobal(middle),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(go, event)
    assert told == ["Hello"]


def test_what_is_sent_while_a_reply_runs_stays_until_it_is_taken(composer: Composer) -> None:
    told = heard(composer)
    composer.set_running(True)
    QTest.keyClicks(editor(composer), "next")
    QTest.keyClick(editor(composer), Key.Key_Return)
    assert (told, composer.text()) == (["next"], "next")
    assert button(composer, "stop").isEnabled()
    assert button(composer, "queue").isEnabled()


def test_stop_is_offered_without_any_text(composer: Composer) -> None:
    composer.set_running(True)
    assert button(composer, "stop").isEnabled()
    composer.set_running(False)
    assert not button(composer, "send").isEnabled()


def test_being_blocked_is_told_and_ends(composer: Composer) -> None:
    told = heard(composer)
    composer.set_text("Hello")
    composer.set_blocked("Choose a model to begin.")
    reason = part(composer, Badge, "composer_reason")
    assert reason.isVisible()
    assert reason.words() == "Choose a model to begin."
    assert button(composer, "send").toolTip() == "Choose a model to begin."
    assert not button(composer, "send").isEnabled()
    QTest.keyClick(editor(composer), Key.Key_Return)
    assert told == []
    composer.set_blocked("")
    assert not reason.isVisible()
    QTest.keyClick(editor(composer), Key.Key_Return)
    assert told == ["Hello"]


def test_a_reason_told_above_is_not_told_twice(composer: Composer) -> None:
    composer.set_blocked("Choose a model to begin.")
    reason = part(composer, Badge, "composer_reason")
    composer.set_reason_told(True)
    assert not reason.isVisible()
    assert button(composer, "send").toolTip() == "Choose a model to begin."
    composer.set_reason_told(False)
    assert reason.isVisible()


def test_a_running_reply_can_be_stopped_though_sending_is_blocked(composer: Composer) -> None:
    composer.set_blocked("The model is being replaced.")
    composer.set_running(True)
    assert button(composer, "stop").isEnabled()


def test_the_keys_that_send_are_told(composer: Composer, keys: Keys) -> None:
    composer.set_text("a")
    assert "Ctrl" not in button(composer, "send").toolTip()
    keys.enter_sends = False
    composer.set_text("ab")
    assert "Ctrl" in button(composer, "send").toolTip()


def test_the_ring_tells_figures_in_the_persons_way(composer: Composer) -> None:
    ring = part(composer, Meter)
    composer.set_context(1204, 8192)
    assert ring.toolTip() == "1,204 of 8,192 tokens"
    assert "1,204 of 8,192 tokens" in ring.accessibleName()
    assert ring.share == pytest.approx(1204 / 8192)


@pytest.mark.parametrize(("tokens", "limit"), [(None, None), (5, None), (None, 8), (5, 0)])
def test_the_ring_is_empty_until_both_are_known(
    composer: Composer, tokens: int | None, limit: int | None
) -> None:
    composer.set_context(1204, 8192)
    composer.set_context(tokens, limit)
    ring = part(composer, Meter)
    assert ring.share == 0
    assert "tokens" not in ring.toolTip()


def test_the_ring_tells_its_figures_and_leads_on(composer: Composer, qtbot: QtBot) -> None:
    composer.set_context(10, 20)
    ring = part(composer, Meter)
    assert ring.toolTip() == "10 of 20 tokens"
    assert ring.accessibleName() == "Context used: 10 of 20 tokens"
    with qtbot.waitSignal(composer.context_asked):
        QTest.keyClick(ring, Key.Key_Space)


def test_it_grows_line_by_line_and_scrolls_at_its_limit(composer: Composer) -> None:
    text = editor(composer)
    one = text.height()
    composer.set_text("1\n2\n3")
    settle(composer)
    three = text.height()
    line = text.fontMetrics().lineSpacing()
    assert three - one == pytest.approx(2 * line, abs=2)
    assert text.verticalScrollBar().maximum() == 0
    composer.set_limit(400)
    composer.set_text("\n".join("many lines"))
    settle(composer)
    assert text.verticalScrollBar().maximum() == 0
    composer.set_limit(240)
    composer.set_text("\n".join(str(number) for number in range(500)))
    settle(composer)
    field = part(composer, QFrame, "composer_field")
    assert field.height() <= 240
    assert text.verticalScrollBar().maximum() > 0
    composer.clear()
    assert text.height() == one


def test_lines_that_wrap_count_as_well(composer: Composer) -> None:
    one = editor(composer).height()
    composer.set_text("many words " * 20)
    settle(composer)
    assert editor(composer).height() > 2 * one


def test_a_line_is_shown_however_little_room_there_is(composer: Composer) -> None:
    composer.set_text("1\n2\n3")
    composer.set_limit(1)
    assert editor(composer).height() >= editor(composer).fontMetrics().lineSpacing()


def test_larger_text_makes_a_higher_field(composer: Composer, theme: Theme) -> None:
    before = editor(composer).height()
    theme.set_text_size(24)
    assert editor(composer).height() > before


def test_it_fits_beside_both_panes_of_a_small_window(composer: Composer) -> None:
    composer.set_model("Mistral-Small-3.2-24B-Instruct-2506-UD-Q4_K_XL")
    composer.set_preset("A preset with quite a long name")
    assert composer.minimumSizeHint().width() <= 380


def test_a_click_beside_the_text_writes_there(composer: Composer) -> None:
    button(composer, "model").setFocus()
    field = part(composer, QFrame, "composer_field")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() // 2, 4))
    assert editor(composer).hasFocus()


def test_tab_walks_through_everything(composer: Composer) -> None:
    composer.set_text("Hello")
    walked = []
    for _ in range(7):
        focused = composer.focusWidget()
        assert focused is not None
        walked.append(focused.objectName())
        QTest.keyClick(focused, Key.Key_Tab)
    stops = ["attach_a_file", "model", "preset", "reply_shape", "meter", "send"]
    assert walked == ["message", *stops]


def test_the_focus_returns_to_the_text_when_the_button_has_nothing_to_do(
    composer: Composer,
) -> None:
    composer.set_running(True)
    button(composer, "stop").setFocus()
    composer.set_running(False)
    assert editor(composer).hasFocus()


def test_escape_is_left_to_the_window(theme: Theme, qtbot: QtBot, keys: Keys) -> None:
    escapes: list[int] = []

    class Room(QWidget):
        def keyPressEvent(self, event: object) -> None:
            escapes.append(1)

    room = Room()
    qtbot.addWidget(room)
    composer = Composer(theme, keys)
    composer.setParent(room)
    room.show()
    QTest.keyClick(editor(composer), Key.Key_Escape)
    assert escapes == [1]


def test_everything_to_act_on_is_named_and_high_enough(
    composer: Composer, actionable: Callable[[QWidget], list[QWidget]]
) -> None:
    parts = actionable(composer)
    names = {part.objectName() for part in parts}
    assert {"message", "model", "preset", "meter", "send"} <= names
    for part in parts:
        assert part.objectName()
        assert part.accessibleName()
        if part.isVisible() and part.objectName() != "message":
            assert part.height() >= 32, part.objectName()


def test_the_frame_shows_where_the_focus_is(composer: Composer, theme: Theme) -> None:
    field = part(composer, QFrame, "composer_field")
    edge = QPointF(field.width() / 2, 0).toPoint()
    assert field.grab().toImage().pixelColor(edge) == theme.color("accent")
    button(composer, "model").setFocus()
    assert field.grab().toImage().pixelColor(edge) == theme.color("edge")
