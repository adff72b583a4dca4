"""Runs the real window through two replies and prints how long its thread was ever busy."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from studio.app import open_desktop
from studio.assembly import open_data
from studio.chat.turn import TurnEvent, TurnFailed, TurnFinished
from studio.ui.chat.tab import ChatTab
from studio.ui.collector import Collector
from studio.ui.relay import Relay

_LOOK_MS = 2
_LONGEST_MS = 15_000
_FIRST_WORDS_MS = 2_000  # nobody types a question sooner
_QUESTIONS = (
    "Write a long story about a dog, with headings, a list and a table.",
    "Write a long Python program that sorts words, and explain it step by step.",
)


class Watch(QObject):
    """Looks at the GUI thread every two milliseconds; a late look is a stall."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.setTimerType(self._timer.timerType().PreciseTimer)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin looking."""
        self._last = time.perf_counter()
        self._timer.start()

    def _look(self) -> None:
        now = time.perf_counter()
        self.stalls_ms.append(max(0.0, (now - self._last) * 1000 - _LOOK_MS))
        self._last = now


def main() -> None:
    """Ask both questions through the composer, watching, and print the stalls."""
    application = QApplication(sys.argv[:1])
    parts = open_data(Path(sys.argv[1]))
    collector = Collector()
    desktop = open_desktop(parts, application)
    desktop.window.resize(1280, 800)
    tab = desktop.window.page("chat")
    assert isinstance(tab, ChatTab)
    questions = list(_QUESTIONS)
    watch = Watch()
    limit = QTimer(singleShot=True, interval=_LONGEST_MS)
    limit.timeout.connect(tab.composer.stopped.emit)

    def ask() -> None:
        tab.composer.set_text(questions.pop(0))
        tab.composer.sent.emit(tab.composer.text())
        limit.start()

    def on_turn(event: TurnEvent) -> None:
        if isinstance(event, TurnFinished | TurnFailed):
            limit.stop()
            if questions:
                QTimer.singleShot(300, ask)
            else:
                QTimer.singleShot(500, application.quit)

    relay = Relay(desktop)
    parts.session.observe(relay.wrap(on_turn))
    QTimer.singleShot(_FIRST_WORDS_MS - 500, watch.start)
    QTimer.singleShot(_FIRST_WORDS_MS, ask)
    application.exec()
    desktop.close()
    collector.close()
    sys.stdout.write(json.dumps(watch.stalls_ms))


if __name__ == "__main__":
    main()
