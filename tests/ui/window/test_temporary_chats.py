"""Temporary chats in the real window: begun, talked in, kept or gone, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support import tiny_chat
from support.answering_host import ANSWER, AnsweringHost
from support.desktop import chat_of, opened

from studio.app import Desktop
from studio.assembly import open_data
from studio.temporary_window import TemporaryChats
from studio.ui.chat.tab import ChatTab
from studio.ui.temporary_frame import TemporaryFrame

_LIMIT_MS = 20_000


class Room:
    """The window, its temporary chats, and the worker that answers both."""

    def __init__(self, desktop: Desktop, host: AnsweringHost, qtbot: QtBot) -> None:
        self.desktop = desktop
        self.host = host
        self._qtbot = qtbot

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=_LIMIT_MS)

    def begin(self) -> None:
        self.desktop.window.activateWindow()
        self.wait(self.desktop.window.isActiveWindow)
        QTest.keyClick(
            self.desktop.window,
            Qt.Key.Key_N,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        self.wait(lambda: self.desktop._temporary.chats is not None and self.frame.isVisible())

    @property
    def chats(self) -> TemporaryChats:
        chats = self.desktop._temporary.chats
        assert chats is not None
        return chats

    @property
    def frame(self) -> TemporaryFrame:
        frame = self.chats.frame
        assert frame is not None
        return frame

    @property
    def tab(self) -> ChatTab:
        tab = self.chats.tab
        assert tab is not None
        return tab

    def ask(self, text: str) -> None:
        focused = self.tab.composer.focusProxy()
        assert isinstance(focused, QWidget)
        QTest.keyClicks(focused, text)
        QTest.keyClick(focused, Qt.Key.Key_Return)
        self.wait(lambda: self.tab.conversation_id != "")
        self.wait(lambda: self.replies()[-1:] == [ANSWER])
        self.wait(lambda: self.tab.findChild(QPushButton, "stop") is None)

    def replies(self) -> list[str]:
        parts = self.chats.parts
        assert parts is not None
        branch = parts.conversations.branch(self.tab.conversation_id)
        return [each.content for each in branch if each.status == "finished"][1::2]

    def close(self) -> None:
        frame = self.frame
        QTest.keyClick(frame, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
        self.wait(lambda: self.chats.frame is None)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def room(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Room]:
    tiny_chat.put(profile / "models")
    host = AnsweringHost()
    parts = open_data(profile, lambda _worker: host)
    with opened(parts, qapp) as desktop:
        made = Room(desktop, host, qtbot)
        made.wait(lambda: desktop._equipment is not None)
        yield made
        host.may_reply.set()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_its_window_says_what_it_is(room: Room) -> None:
    room.begin()
    assert room.frame.windowTitle() == "Temporary chat"
    assert "nothing said here is written to the disk" in room.frame.strip.accessibleName()
    assert room.frame.strip.isVisible()
    assert not room.frame.strip.keep.isEnabled()


def test_it_is_in_no_list_and_gone_when_closed(room: Room) -> None:
    room.begin()
    room.ask("A secret question")
    kept = room.desktop.parts.conversations
    assert kept.ids() == set()
    assert chat_of(room.desktop).conversation_id == ""
    room.close()
    assert kept.ids() == set()
    assert room.chats.parts is None
    room.begin()
    assert room.tab.conversation_id == ""
    parts = room.chats.parts
    assert parts is not None
    assert parts.conversations.ids() == set()


def test_another_one_is_begun_in_the_same_window(room: Room) -> None:
    room.begin()
    room.ask("One")
    frame = room.frame
    room.begin()
    assert room.frame is frame
    assert room.tab.conversation_id == ""
    room.ask("Two")
    parts = room.chats.parts
    assert parts is not None
    assert len(parts.conversations.ids()) == 2


def test_a_chat_can_be_kept(room: Room) -> None:
    room.begin()
    room.ask("Worth keeping")
    key = room.tab.conversation_id
    assert room.frame.strip.keep.isEnabled()
    QTest.mouseClick(room.frame.strip.keep, Qt.MouseButton.LeftButton)
    kept = room.desktop.parts.conversations
    assert [each.content for each in kept.branch(key)] == ["Worth keeping", ANSWER]
    assert kept.get(key).title in ("Worth keeping", ANSWER)  # by the model, if it was as fast
    assert chat_of(room.desktop).conversation_id == key
    parts = room.chats.parts
    assert parts is not None
    assert parts.conversations.ids() == set()
    assert not room.frame.strip.keep.isEnabled()
    assert room.desktop.parts.session.exact_prompt(kept.branch(key)[1].id) == ""


def test_a_running_reply_is_not_kept_half(room: Room) -> None:
    room.begin()
    room.host.may_reply.clear()
    focused = room.tab.composer.focusProxy()
    assert isinstance(focused, QWidget)
    QTest.keyClicks(focused, "Not yet")
    QTest.keyClick(focused, Qt.Key.Key_Return)
    room.wait(lambda: room.tab.work.shows_transcript)
    QTest.keyClick(room.frame, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "being written" in room.tab.work.banner.text()
    assert room.desktop.parts.conversations.ids() == set()
    room.host.may_reply.set()
    room.wait(lambda: room.tab.findChild(QPushButton, "stop") is None)


def test_closing_the_window_leaves_a_reply_elsewhere_alone(room: Room) -> None:
    main = chat_of(room.desktop)
    room.begin()
    room.ask("Here")
    room.host.may_reply.clear()
    main.composer.set_text("There")
    main.composer.sent.emit("There")
    room.wait(lambda: room.desktop.parts.session.running_in == main.conversation_id)
    room.close()
    room.host.may_reply.set()
    store = room.desktop.parts.conversations
    room.wait(lambda: [m.content for m in store.branch(main.conversation_id)] == ["There", ANSWER])
    room.wait(lambda: room.desktop.parts.session.running_in is None)


def test_a_question_there_waits_for_a_reply_here(room: Room) -> None:
    main = chat_of(room.desktop)
    room.begin()
    room.host.may_reply.clear()
    main.composer.set_text("First")
    main.composer.sent.emit("First")
    room.wait(lambda: room.desktop.parts.session.running_in == main.conversation_id)
    focused = room.tab.composer.focusProxy()
    assert isinstance(focused, QWidget)
    QTest.keyClicks(focused, "Second")
    QTest.keyClick(focused, Qt.Key.Key_Return)
    parts = room.chats.parts
    assert parts is not None
    assert parts.conversations.branch(room.tab.conversation_id) == []
    room.host.may_reply.set()
    room.wait(lambda: room.replies() == [ANSWER])
    room.wait(lambda: room.tab.findChild(QPushButton, "stop") is None)


def test_the_list_s_menu_offers_it(room: Room) -> None:
    menu = QMenu()
    chat_of(room.desktop).list.head.menu_requested.emit(menu)
    (action,) = (each for each in menu.actions() if each.text() == "New temporary chat")
    action.trigger()
    assert room.frame.isVisible()
    menu.deleteLater()


def test_the_palette_knows_it(room: Room) -> None:
    actions = room.desktop.window.commands
    assert actions.action("new_temporary").shortcuts()[0].toString() == "Ctrl+Shift+N"


@pytest.mark.parametrize("name", ["attach", "context", "summarise"])
def test_what_the_room_can_do_goes_by_the_same_keys(room: Room, name: str) -> None:
    room.begin()
    here, there = (
        window.commands.action(name).shortcuts() for window in (room.frame, room.desktop.window)
    )
    assert here == there != []
