"""The queue in the real window with the real model: stopped, sent now, and after a kill."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support import short_replies
from support.desktop import chat_of, opened

from studio.app import Desktop
from studio.assembly import open_data
from studio.chat.queue import Queue
from studio.chat.store import ConversationStore
from studio.engine.host import worker_environment
from studio.ui.chat.queue.strip import QueueStrip

TOKENS = 150  # seconds for the starter model: long enough to be stopped
LONG = "Tell me a very long story about a dog and a cat."
WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from studio.app import open_desktop
from studio.assembly import open_data
from studio.chat.queue import Queue

application = QApplication([])
desktop = open_desktop(open_data(Path(sys.argv[1])), application)

def write(text):
    focused = desktop.window.focusWidget()
    QTest.keyClicks(focused, text)
    QTest.keyClick(focused, Qt.Key.Key_Return)

def look():
    if desktop._equipment is None:
        return
    if desktop.parts.session.running_in is None:
        write("Tell me a very long story about a dog and a cat.")
        return
    waiting = Queue(desktop.parts.database).waiting()
    if not waiting:
        write("What is the capital of France?")
        return
    print(json.dumps([each.text for each in waiting]), flush=True)
    looks.stop()

looks = QTimer(interval=300, timeout=look)
looks.start()
application.exec()
"""


@pytest.fixture
def desktop(
    profile: Path, qapp: QApplication, qtbot: QtBot, starter_model: Path
) -> Iterator[Desktop]:
    parts = short_replies.opened(profile, TOKENS)
    parts.prepare()
    assert starter_model in [model.path for model in parts.shelf.list()]
    parts.settings.set("chat.titles", False)
    with opened(parts, qapp) as made:
        qtbot.waitUntil(lambda: made._equipment is not None, timeout=20_000)
        yield made


def write(desktop: Desktop, text: str) -> None:
    field = chat_of(desktop).composer.focusProxy()
    assert isinstance(field, QWidget)
    field.setFocus()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def talk(store: ConversationStore, chat: str) -> list[tuple[str, str]]:
    """Return the questions of a chat, each with the status of its reply."""
    branch = store.branch(chat)
    return [(one.content, two.status) for one, two in zip(branch[::2], branch[1::2], strict=False)]


def test_it_is_stopped_sent_now_and_goes_on(desktop: Desktop, qtbot: QtBot) -> None:
    tab, store = chat_of(desktop), desktop.parts.conversations
    write(desktop, LONG)
    qtbot.waitUntil(
        lambda: bool(tab.conversation_id) and bool(store.branch(tab.conversation_id)),
        timeout=60_000,
    )
    write(desktop, "What is the capital of France?")
    write(desktop, "And of Italy?")
    queue = Queue(desktop.parts.database)
    assert [each.text for each in queue.waiting()] == [
        "What is the capital of France?",
        "And of Italy?",
    ]
    QTest.keyClick(desktop.window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desktop.parts.session.running_in is None, timeout=20_000)
    qtbot.wait(500)
    assert len(queue.waiting()) == 2  # stopped: what waits, waits for the person
    strip = tab.findChild(QueueStrip)
    assert isinstance(strip, QueueStrip)
    assert strip.isVisible()
    now = strip.findChildren(QPushButton, "queued_now")[1]
    QTest.mouseClick(now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: queue.waiting() == (), timeout=120_000)
    qtbot.waitUntil(lambda: desktop.parts.session.running_in is None, timeout=120_000)
    assert talk(store, tab.conversation_id) == [
        (LONG, "cancelled"),
        ("And of Italy?", "finished"),
        ("What is the capital of France?", "finished"),
    ]
    qtbot.waitUntil(lambda: tab.findChild(QPushButton, "stop") is None, timeout=5_000)


def test_send_now_stops_what_is_written(desktop: Desktop, qtbot: QtBot) -> None:
    tab, store = chat_of(desktop), desktop.parts.conversations
    write(desktop, LONG)
    qtbot.waitUntil(lambda: bool(tab.conversation_id), timeout=60_000)
    qtbot.waitUntil(lambda: bool(store.branch(tab.conversation_id)), timeout=60_000)
    write(desktop, "What is the capital of France?")
    strip = tab.findChild(QueueStrip)
    assert isinstance(strip, QueueStrip)
    strip.findChildren(QPushButton, "queued_now")[0].click()
    qtbot.waitUntil(
        lambda: [status for _, status in talk(store, tab.conversation_id)][1:] == ["finished"],
        timeout=120_000,
    )
    assert talk(store, tab.conversation_id)[0] == (LONG, "cancelled")
    qtbot.waitUntil(lambda: desktop.parts.session.running_in is None, timeout=20_000)


def test_what_waits_outlives_a_kill(
    profile: Path, qapp: QApplication, qtbot: QtBot, starter_model: Path
) -> None:
    assert starter_model.is_file()
    short_replies.opened(profile, TOKENS).close()
    window = subprocess.Popen(
        [sys.executable, "-P", "-c", WINDOW, str(profile)],
        stdout=subprocess.PIPE,
        text=True,
        env=worker_environment(),
    )
    try:
        assert window.stdout is not None
        told = json.loads(window.stdout.readline())
    finally:
        window.kill()
        window.wait()
        if window.stdout is not None:
            window.stdout.close()
    assert told == ["What is the capital of France?"]
    with opened(open_data(profile), qapp) as desktop:
        qtbot.waitUntil(lambda: desktop._equipment is not None, timeout=20_000)
        store = desktop.parts.conversations
        tab = chat_of(desktop)
        (chat,) = store.ids()
        tab.open(chat)
        strip = tab.findChild(QueueStrip)
        assert isinstance(strip, QueueStrip)
        qtbot.waitUntil(strip.isVisible, timeout=5_000)
        strip.findChildren(QPushButton, "queued_now")[0].click()
        qtbot.waitUntil(
            lambda: talk(store, chat)[-1] == ("What is the capital of France?", "finished"),
            timeout=120_000,
        )
        qtbot.waitUntil(lambda: desktop.parts.session.running_in is None, timeout=20_000)
