"""The Tab key goes once around the window, through every stop that can be seen, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.desktop import chat_of, close
from support.talk import talk

from studio.app import Desktop
from studio.assembly import open_parts
from studio.ui.chat.tab import ChatTab
from studio.ui.theme import Theme

FRAME = {"rail_chat", "rail_settings", "status_network", "status_memory"}
LIST = {"search_chats", "new_chat", "conversation_list"}
COMPOSER = {"message", "model", "preset", "meter"}
FAR_TOO_MANY = 80


@pytest.fixture
def desktop(profile: Path, theme: Theme, qtbot: QtBot) -> Iterator[Desktop]:
    """The real window over an empty profile; no worker is started for looking at it."""
    desktop = Desktop(open_parts(profile), theme)
    desktop.window.resize(1200, 800)
    with qtbot.waitExposed(desktop.window):
        desktop.window.show()
    desktop.window.activateWindow()
    qtbot.waitUntil(lambda: bool(desktop.window.status.text("memory")))
    yield desktop
    close(desktop)


@pytest.fixture
def tab(desktop: Desktop) -> ChatTab:
    return chat_of(desktop)


def walk(desktop: Desktop, key: Qt.Key) -> list[QWidget]:
    """Press a key until the focus is where it began; return every stop in order."""
    start = desktop.window.focusWidget()
    assert start is not None
    stops = [start]
    for _ in range(FAR_TOO_MANY):
        QTest.keyClick(stops[-1], key)
        now = desktop.window.focusWidget()
        assert now is not None
        if now is start:
            return stops
        assert now not in stops, f"{now.objectName()} was reached again, and the start was not"
        stops.append(now)
    raise AssertionError("the way round does not end")


def visible_stops(desktop: Desktop) -> set[QWidget]:
    """Return everything that says it takes the Tab key, apart from parts of other stops."""
    policy = Qt.FocusPolicy.TabFocus
    return {
        widget
        for widget in desktop.window.findChildren(QWidget)
        if widget.focusPolicy() & policy == policy
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.window() is desktop.window
    }


def check_both_ways(desktop: Desktop, *wanted: set[str]) -> None:
    forward = walk(desktop, Qt.Key.Key_Tab)
    assert set(forward) == visible_stops(desktop)
    assert {stop.objectName() for stop in forward} >= set().union(*wanted)
    backward = walk(desktop, Qt.Key.Key_Backtab)
    assert backward[1:] == forward[:0:-1]


def test_all_of_the_room_is_reached_before_the_first_message(
    desktop: Desktop, tab: ChatTab
) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "message"
    tab.work.welcome.set_has_model(True)
    examples = {"example_explain", "example_write", "example_plan"}
    check_both_ways(desktop, FRAME, LIST, COMPOSER, examples)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_all_of_the_room_is_reached_beside_a_conversation(
    desktop: Desktop, tab: ChatTab, count: int
) -> None:
    conversation = desktop.parts.conversations.create()
    tab.list.refresh()
    tab.open(conversation.id)
    tab.transcript.show_branch(talk(count))
    replies = {"copy_the_reply", "write_another_reply"} if count == 2 else set()
    check_both_ways(desktop, FRAME, LIST, COMPOSER, {"transcript"}, replies)
    names = [stop.objectName() for stop in walk(desktop, Qt.Key.Key_Tab)]  # from the message on
    assert names.index("conversation_list") < names.index("transcript"), "then the message"
    assert names[-1] == ("transcript", "your_message", "more_for_this_reply")[count]


def test_the_way_holds_after_the_rows_were_used_again(desktop: Desktop, tab: ChatTab) -> None:
    conversation = desktop.parts.conversations.create()
    tab.list.refresh()
    tab.open(conversation.id)
    tab.transcript.show_branch(talk(60))
    for _ in range(4):
        QTest.keyClick(tab.transcript, Qt.Key.Key_PageUp)
    tab.transcript.show_branch(talk(2))
    check_both_ways(desktop, FRAME, LIST, COMPOSER, {"transcript", "write_another_reply"})
