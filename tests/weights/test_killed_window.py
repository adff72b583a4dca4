"""The real window, killed in the middle of a reply: what was shown is there again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.app import open_desktop
from studio.assembly import open_data
from studio.ui.chat.conversation_view import ConversationView
from studio.ui.chat.tab import ChatTab

WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from studio.app import open_desktop
from studio.assembly import open_data

application = QApplication([])
desktop = open_desktop(open_data(Path(sys.argv[1])), application)
tab = desktop.window.page("chat")

def ask():
    focused = desktop.window.focusWidget()
    QTest.keyClicks(focused, "Tell me a very long story about a dog and a cat.")
    QTest.keyClick(focused, Qt.Key.Key_Return)

def tell():
    if tab.work.shows_transcript and tab.transcript.entries:
        print(json.dumps(tab.transcript.entries[-1].message.content), flush=True)

looks = QTimer(interval=50, timeout=tell)
looks.start()
QTimer.singleShot(200, ask)
application.exec()
"""
LONG_ENOUGH_S = 1.8
ALLOWED_S = 1.0


def watch_and_kill(window: subprocess.Popen[str]) -> str:
    """Kill the window once it has written for a while; return what it showed a second before."""
    assert window.stdout is not None
    shown: list[tuple[float, str]] = []
    for line in window.stdout:
        if text := json.loads(line):
            shown.append((time.monotonic(), text))
            if shown[-1][0] - shown[0][0] > LONG_ENOUGH_S:
                break
    window.kill()
    killed_at = time.monotonic()
    assert shown, "the window ended before it showed anything"
    return [text for at, text in shown if at <= killed_at - ALLOWED_S][-1]


@pytest.mark.usefixtures("starter_model")
def test_what_a_killed_window_had_shown_is_there_again(
    profile: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with subprocess.Popen(
        [sys.executable, "-P", "-c", WINDOW, str(profile)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        before = watch_and_kill(window)

    desktop = open_desktop(open_data(profile), qapp)
    try:
        rows = desktop.window.findChild(ConversationView)
        tab = desktop.window.page("chat")
        assert rows is not None
        assert isinstance(tab, ChatTab)
        qtbot.waitUntil(lambda: rows.model().rowCount() > 0, timeout=20_000)
        (kept,) = desktop.parts.conversations.list()
        tab.open(kept.id)
        question, reply = (entry.message for entry in tab.transcript.entries)
        assert question.content.startswith("Tell me a very long story")
        assert reply.status == "interrupted"
        assert reply.content.startswith(before)
        assert len(before) > 20
    finally:
        desktop.window.close()
        desktop.close()
        desktop.window.deleteLater()
        desktop.theme.deleteLater()
