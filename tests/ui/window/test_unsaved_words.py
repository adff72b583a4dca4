"""What was typed and not sent is there again after the program was closed, or killed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.desktop import chat_of, no_worker, opened
from support.talk import seen

from studio.assembly import open_data
from studio.engine.host import worker_environment
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.wording_view import WordingView
from studio.ui.chat.tab import ChatTab

CTRL = Qt.KeyboardModifier.ControlModifier
KILLED_AFTER_S = 1.5
LIMIT_MS = 20_000
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from studio.app import open_desktop
from studio.assembly import open_data
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.wording_view import WordingView

application = QApplication([])
desktop = open_desktop(open_data(Path(sys.argv[1])), application)
tab = desktop.window.page("chat")

def type_new():
    QTest.keyClicks(tab.composer.focusProxy(), "A new beginning")
    tab.open(sys.argv[2])
    QTest.keyClicks(tab.composer.focusProxy(), "What next")
    view = tab.transcript.viewport().findChild(PersonView)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = tab.transcript.viewport().findChild(WordingView).editor
    QTest.keyClicks(editor, " and goodbye")
    print("typed", flush=True)

def look():
    if tab.list.isVisible() and desktop._equipment is not None:
        looks.stop()
        type_new()

looks = QTimer(interval=50, timeout=look)
looks.start()
application.exec()
"""


class Program:
    """Opens the window again and again on one data folder."""

    def __init__(self, home: Path, application: QApplication, qtbot: QtBot) -> None:
        self.home = home
        self._application = application
        self._qtbot = qtbot

    @contextmanager
    def running(self) -> Iterator[ChatTab]:
        with opened(open_data(self.home, no_worker), self._application) as desktop:
            loaded = threading.Event()
            tab = chat_of(desktop)
            self._qtbot.waitUntil(lambda: desktop._equipment is not None, timeout=LIMIT_MS)
            desktop.parts.background(loaded.set)
            self._qtbot.waitUntil(loaded.is_set, timeout=LIMIT_MS)
            desktop.window.activateWindow()
            yield tab

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=LIMIT_MS)


@pytest.fixture
def program(profile: Path, qapp: QApplication, qtbot: QtBot) -> Program:
    return Program(profile, qapp, qtbot)


@pytest.fixture
def talk(profile: Path) -> str:
    """Store a conversation of two messages; return its id."""
    parts = open_data(profile, no_worker)
    store = parts.conversations
    made = store.create()
    _, reply = store.ask(made.id, "Hello", "tiny")
    store.finish_reply(reply.id, "finished", content="Hi", reasoning="")
    parts.close()
    return made.id


def field(tab: ChatTab) -> QWidget:
    editor = tab.composer.focusProxy()
    assert isinstance(editor, QWidget)
    return editor


def reword(tab: ChatTab, view: QWidget, words: str) -> WordingView:
    """Edit a message by keyboard."""
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_F2)
    (wording,) = wordings(tab)
    QTest.keyClicks(wording.editor, words)
    return wording


def wordings(tab: ChatTab) -> list[WordingView]:
    return seen(tab.transcript, WordingView)


def person(tab: ChatTab) -> PersonView:
    return seen(tab.transcript, PersonView)[0]


def footer(tab: ChatTab) -> FooterView:
    return seen(tab.transcript, FooterView)[0]


def test_an_edit_in_place_is_there_again(program: Program, talk: str) -> None:
    with program.running() as tab:
        tab.open(talk)
        reword(tab, person(tab), " and goodbye")
    with program.running() as tab:
        assert tab.composer.text() == ""
        tab.open(talk)
        (wording,) = wordings(tab)
        assert wording.text() == "Hello and goodbye"
        assert wording.submit.text() == "Send again"
        tab.begin_new()
        tab.open(talk)
        assert [each.text() for each in wordings(tab)] == ["Hello and goodbye"]
        QTest.keyClick(wordings(tab)[0].editor, Qt.Key.Key_Escape)
        assert wordings(tab) == []
    with program.running() as tab:
        tab.open(talk)
        assert wordings(tab) == []
        assert [entry.message.content for entry in tab.transcript.entries] == ["Hello", "Hi"]


def test_an_edit_of_a_reply_that_was_saved_is_not_brought_back(program: Program, talk: str) -> None:
    with program.running() as tab:
        tab.open(talk)
        reword(tab, footer(tab), " to you")
    with program.running() as tab:
        tab.open(talk)
        (wording,) = wordings(tab)
        assert wording.text() == "Hi to you"
        QTest.keyClick(wording.editor, Qt.Key.Key_Return, CTRL)
    with program.running() as tab:
        tab.open(talk)
        assert wordings(tab) == []
        assert [entry.message.content for entry in tab.transcript.entries] == [
            "Hello",
            "Hi to you",
        ]
        QTest.mouseClick(footer(tab).switcher.button(-1), Qt.MouseButton.LeftButton)
        assert wordings(tab) == []


def test_an_edit_that_changed_nothing_is_not_brought_back(program: Program, talk: str) -> None:
    with program.running() as tab:
        tab.open(talk)
        wording = reword(tab, person(tab), "x")
        QTest.keyClick(wording.editor, Qt.Key.Key_Backspace)
    with program.running() as tab:
        tab.open(talk)
        assert wordings(tab) == []


def test_the_first_message_of_a_new_chat_is_there_again(program: Program, talk: str) -> None:
    with program.running() as tab:
        QTest.keyClicks(field(tab), "A new beginning")
        tab.open(talk)
        QTest.keyClicks(field(tab), "What next")
    with program.running() as tab:
        assert tab.composer.text() == "A new beginning"
        QTest.keyClicks(field(tab), " now")
        tab.open(talk)
        assert tab.composer.text() == "What next"
        tab.begin_new()
        assert tab.composer.text() == "A new beginning now"
        QTest.keyClick(field(tab), Qt.Key.Key_A, CTRL)
        QTest.keyClick(field(tab), Qt.Key.Key_Delete)
    with program.running() as tab:
        assert tab.composer.text() == ""


def test_what_is_typed_before_all_is_loaded_joins_what_was_left(
    program: Program, profile: Path, qapp: QApplication
) -> None:
    with program.running() as tab:
        QTest.keyClicks(field(tab), "Left")
    with opened(open_data(profile, no_worker), qapp) as desktop:
        tab = chat_of(desktop)
        QTest.keyClicks(field(tab), "Early")
        program.wait(lambda: tab.composer.text() == "Left\n\nEarly")
    with program.running() as tab:
        assert tab.composer.text() == "Left\n\nEarly"


def test_a_window_that_closes_before_all_is_loaded_keeps_what_was_left(
    program: Program, profile: Path, qapp: QApplication
) -> None:
    with program.running() as tab:
        QTest.keyClicks(field(tab), "Left")
    with opened(open_data(profile, no_worker), qapp) as desktop:
        QTest.keyClicks(field(chat_of(desktop)), "Early")
    with program.running() as tab:
        assert tab.composer.text() == "Left\n\nEarly"


def test_a_killed_program_loses_no_more_than_a_second(program: Program, talk: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-P", "-c", WINDOW, str(program.home), talk],
        env=worker_environment() | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "typed\n"
        time.sleep(KILLED_AFTER_S)
        window.kill()
    with program.running() as tab:
        assert tab.composer.text() == "A new beginning"
        tab.open(talk)
        assert tab.composer.text() == "What next"
        assert [each.text() for each in wordings(tab)] == ["Hello and goodbye"]
