"""The real window, killed in the middle of a reply: what was shown is there again."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support import tiny_gguf
from support.desktop import chat_of, opened

from studio.assembly import open_data
from studio.engine.host import worker_environment
from studio.ui.chat.conversations.view import ConversationView

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
FIRST_WORDS_S = 120.0
LONG_ENOUGH_S = 1.8
ALLOWED_S = 1.0


class Killer:
    """Kills a process after a time that may be set anew, and remembers when it did."""

    def __init__(self, process: subprocess.Popen[str], after_s: float) -> None:
        self.killed_at = 0.0
        self._process = process
        self._timer = threading.Timer(after_s, self._kill)
        self._timer.start()

    def set_anew(self, after_s: float) -> None:
        self._timer.cancel()
        self._timer = threading.Timer(after_s, self._kill)
        self._timer.start()

    def close(self) -> None:
        self._timer.cancel()
        self._timer.join()

    def _kill(self) -> None:
        self.killed_at = time.monotonic()
        self._process.kill()


def watch_and_kill(window: subprocess.Popen[str]) -> str:
    """Kill the window once it has written for a while; return what it showed a second before."""
    assert window.stdout is not None
    killer = Killer(window, FIRST_WORDS_S)
    shown: list[tuple[float, str]] = []
    try:
        for line in window.stdout:
            if line.endswith("\n") and (text := json.loads(line)):
                if not shown:
                    killer.set_anew(LONG_ENOUGH_S)
                shown.append((time.monotonic(), text))
    finally:
        killer.close()
    assert shown, "the window ended before it showed anything"
    assert killer.killed_at, "the window ended by itself"
    return [text for at, text in shown if at <= killer.killed_at - ALLOWED_S][-1]


def prepare(home: Path) -> None:
    """Let the window answer with a model that never ends by itself."""
    parts = open_data(home)
    parts.paths.models.mkdir(parents=True, exist_ok=True)
    tiny_gguf.write(parts.paths.models / "endless.gguf", context_length=65_536)
    parts.settings.set("chat.default_model", "endless")
    parts.settings.set("chat.default_preset", "precise")  # greedy: it never picks the end
    parts.settings.set("models.context", 65_536)
    parts.close()


def test_what_a_killed_window_had_shown_is_there_again(
    profile: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    prepare(profile)
    with subprocess.Popen(
        [sys.executable, "-P", "-c", WINDOW, str(profile)],
        env=worker_environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        before = watch_and_kill(window)

    with opened(open_data(profile), qapp) as desktop:
        rows = desktop.window.findChild(ConversationView)
        tab = chat_of(desktop)
        assert rows is not None
        qtbot.waitUntil(lambda: rows.model().rowCount() > 0, timeout=20_000)
        (kept,) = desktop.parts.conversations.list()
        tab.open(kept.id)
        question, reply = (entry.message for entry in tab.transcript.entries)
        assert question.content.startswith("Tell me a very long story")
        assert reply.status == "interrupted"
        assert reply.content.startswith(before)
        assert len(before) > 20
