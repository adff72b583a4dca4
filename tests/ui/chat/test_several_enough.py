"""A reply that rambles among several: how much of it is there, and “Enough, next one”."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.answering_host import ANSWER
from support.chat_room import ChatRoom, room_with_model

from studio.chat.turn import ReplyGrew, TurnStarted
from studio.engine.host import Job
from studio.engine.language import Generate, ReplyGenerated
from studio.engine.protocol import Cancel, Done, Request, Token
from studio.ui.chat.several.dialog import SeveralDialog
from studio.ui.chat.several.door import SeveralDoor
from studio.ui.theme import Theme

BEGINNING = "On and on and on and on, " * 16  # about 100 tokens


class Rambling:
    """Has the next reply of a room's worker go on until it is cancelled."""

    def __init__(self, room: ChatRoom, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_due = True
        self.job: Job | None = None
        self._host = room.host
        self._answers = room.host.submit
        monkeypatch.setattr(room.host, "submit", self.submit)
        monkeypatch.setattr(room.host, "send", self.send)
        monkeypatch.setattr(room.host, "watch_current", lambda: None)

    def submit(self, request: Request) -> Job:
        if not isinstance(request, Generate) or not self.is_due:
            return self._answers(request)
        self.is_due = False
        self.job = Job(self._host, request)
        return self.job

    def say(self, text: str) -> None:
        assert self.job is not None
        self.job.deliver(Token(0, text))

    def send(self, message: object) -> None:
        assert isinstance(message, Cancel)
        assert self.job is not None
        told = ReplyGenerated("cancelled", BEGINNING, "", (), 10, 0, 2, 0.1, 9.0, 1, False, 1)
        self.job.deliver(Done(0, told, cancelled=True))


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        made.ask("What is it?")
        yield made


def begun(room: ChatRoom, theme: Theme) -> SeveralDialog:
    parts, tab = room.parts, room.tab
    door = SeveralDoor(
        theme, tab, room.store, lambda: parts.session, lambda: parts.tree, tab._toasts
    )
    door.open_last()
    assert door.dialog is not None
    QTest.mouseClick(door.dialog.start, Qt.MouseButton.LeftButton)
    return door.dialog


def test_one_that_rambles_can_be_enough_and_is_kept(
    room: ChatRoom, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    rambling = Rambling(room, monkeypatch)
    dialog = begun(room, theme)
    room.wait(lambda: rambling.job is not None and len(dialog.columns.columns) == 1)
    assert dialog.enough.isVisible()
    assert not dialog.enough.isEnabled(), "there is nothing yet"
    rambling.say(BEGINNING)
    room.wait(lambda: dialog.strip.numbers() == "About 100 tokens so far")
    QTest.mouseClick(dialog.enough, Qt.MouseButton.LeftButton)
    room.wait(lambda: sum(each.reply is not None for each in dialog.columns.columns) == 3)
    room.wait_for_end()
    first, *others = [each.reply for each in dialog.columns.columns]
    assert first is not None
    assert (first.status, first.content) == ("cancelled", BEGINNING)
    assert [each.content for each in others if each] == [ANSWER, ANSWER]
    assert dialog.agreement is not None
    assert dialog.agreement.counted == 2, "one that was ended does not count"


def test_it_is_pressed_again_and_again_by_keyboard_and_ends_nothing_else(
    room: ChatRoom, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    rambling = Rambling(room, monkeypatch)
    enough: list[bool] = []
    dialog = begun(room, theme)
    dialog.finished.connect(lambda _result: enough.append(False))
    monkeypatch.setattr(dialog, "_enough", lambda: enough.append(True))
    room.wait(lambda: rambling.job is not None and len(dialog.columns.columns) == 1)
    rambling.say(BEGINNING)
    room.wait(dialog.enough.isEnabled)
    dialog.enough.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(2):
        press_space(dialog)
    assert enough == [True], "until more is written, it has been said"
    assert dialog.focusWidget() is dialog.enough
    dialog.take(started(room))
    press_space(dialog)
    assert enough == [True], "there is nothing of the second one yet"
    assert dialog.focusWidget() is dialog.enough
    dialog.take(ReplyGrew("", "", "Second"))
    press_space(dialog)
    assert enough == [True, True]
    dialog.take(started(room))
    assert dialog.focusWidget() is dialog.columns.columns[-1], "the last one has only Cancel"
    press_space(dialog)
    assert enough == [True, True]
    assert dialog.isVisible()
    rambling.send(Cancel(0))
    room.wait_for_end()


def press_space(dialog: SeveralDialog) -> None:
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)


def started(room: ChatRoom) -> TurnStarted:
    question, reply = room.branch()[:2]
    return TurnStarted(question.conversation_id, question, reply)


def test_the_last_one_has_only_cancel(room: ChatRoom, theme: Theme) -> None:
    dialog = begun(room, theme)
    room.wait(lambda: len(dialog.columns.columns) == 3)
    room.wait_for_end()
    assert dialog.enough.isHidden()
