"""What a screen reader is told of what changes without the focus: replies, failures, toasts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.listener import Listener
from support.screen import Screen, open_screen
from support.talk import message

from studio.errors import StudioError


@pytest.fixture
def screen(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Screen]:
    with open_screen(profile, qapp, qtbot) as made:
        yield made


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    return Listener(monkeypatch)


def test_a_finished_reply_is_spoken(screen: Screen, listener: Listener) -> None:
    screen.ask()
    assert ("Reply: Two words", False) in listener.heard


def test_a_failed_reply_is_spoken_once(screen: Screen, listener: Listener) -> None:
    screen.host.fail_next()
    screen.send("What is it?")
    screen.wait(lambda: bool(listener.heard))
    screen.qtbot.wait(50)
    (told,) = listener.heard
    assert told[0].strip()


def test_a_toast_and_a_failure_are_spoken(screen: Screen, listener: Listener) -> None:
    screen.window.toasts.show_words("Copied.")
    screen.window.notes.show_error(StudioError("disk.full", "The disk is full.", "Make room."))
    assert listener.heard == [("Copied.", False), ("The disk is full. Make room.", True)]


def test_links_are_spoken_as_the_keyboard_reaches_them(screen: Screen, listener: Listener) -> None:
    """After the news of the focus, which would break them off."""
    screen.show(message(1, "assistant", "See [one](https://a.b) and [two](https://c.d)."))
    screen.tab.transcript.setFocus(Qt.FocusReason.TabFocusReason)
    for number in range(2):
        focused = screen.window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert len(listener.heard) == number
        screen.qtbot.wait(20)
    assert [words for words, _ in listener.heard] == ["Link: one", "Link: two"]


def test_without_a_screen_reader_nothing_is_spoken(screen: Screen, listener: Listener) -> None:
    listener.is_active = False
    screen.window.toasts.show_words("Copied.")
    assert listener.heard == []
