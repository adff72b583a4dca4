"""The Chat room over the real parts, with a worker that answers every question with two words."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support import tiny_chat
from support.answering_host import AnsweringHost
from support.dressing import dressed_when_built
from support.talk import seen

from studio.assembly import open_data
from studio.chat.conversation import Message
from studio.ui.chat.choices import Wishes
from studio.ui.chat.messages.views import FailureView
from studio.ui.chat.tab import ChatTab
from studio.ui.theme import Theme
from studio.ui.widgets.toast import Toasts

_LIMIT_MS = 20_000


class ChatRoom:
    """A tab in a window of its own. Close it at the end."""

    def __init__(self, theme: Theme, qtbot: QtBot, home: Path) -> None:
        self.qtbot = qtbot
        self.host = AnsweringHost()
        self.parts = open_data(home, lambda _worker: self.host)
        self.parts.paths = replace(self.parts.paths, shipped_models=home / "shipped")
        self.parts.prepare()
        self.store = self.parts.conversations
        with dressed_when_built(theme):
            window = QWidget()
            qtbot.addWidget(window)
            self.tab = ChatTab(
                theme,
                self.store,
                lambda: self.parts.session,
                lambda: self.parts.presets,
                lambda: self.parts.shelf.list(),
                Wishes(
                    lambda: True,
                    lambda: str(self.parts.settings.get("chat.default_model")),
                    lambda: str(self.parts.settings.get("chat.default_preset")),
                    lambda: True,
                ),
                Toasts(theme, window),
                lambda: self.parts.tree,
                self.parts.background,
            )
            self.tab.setParent(window)
            window.resize(1100, 800)
            self.tab.resize(1100, 800)
        window.show()
        self.tab.load()
        self.settle()

    def close(self) -> None:
        """Let everything end."""
        self.host.may_reply.set()
        self.parts.close()

    def put_model(self, name: str = "tiny") -> Path:
        """Put a small model on the shelf."""
        return tiny_chat.put(self.parts.paths.models, name)

    def settle(self) -> None:
        """Wait until the background has done what it was given, and the window has heard of it."""
        done = threading.Event()
        self.parts.background(done.set)
        self.wait(done.is_set)
        self.qtbot.wait(1)

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window live until something holds."""
        self.qtbot.waitUntil(until, timeout=_LIMIT_MS)

    def send(self, text: str) -> None:
        """Write a message and press Send."""
        self.tab.composer.set_text(text)
        self.button("send").click()

    def ask(self, text: str) -> None:
        """Send a message and wait for the end of its turn."""
        self.send(text)
        self.wait_for_end()

    def wait_for_end(self) -> None:
        """Wait until no turn runs and the window knows it."""
        self.wait(lambda: self.tab.findChild(QPushButton, "stop") is None)

    def button(self, name: str) -> QPushButton:
        """Return the button of this name that can be seen."""
        found = [b for b in self.tab.findChildren(QPushButton, name) if b.isVisible()]
        assert len(found) == 1, (name, found)
        return found[0]

    def branch(self) -> list[Message]:
        """Return the messages of the conversation on show, as they are stored."""
        return self.store.branch(self.tab.conversation_id)

    def failures(self) -> list[str]:
        """Return the words of the failed replies that can be seen."""
        return [view.banner.text() for view in seen(self.tab.transcript, FailureView)]

    def told(self) -> str:
        """Return the words above the composer."""
        banner = self.tab.work.banner
        return banner.text() if banner.isVisible() else ""


@contextlib.contextmanager
def room_with_model(theme: Theme, qtbot: QtBot, home: Path) -> Iterator[ChatRoom]:
    """Open a room with a model on its shelf, and close it at the end."""
    room = ChatRoom(theme, qtbot, home)
    try:
        room.put_model()
        room.tab.refresh_models()
        room.settle()
        yield room
    finally:
        room.close()
