"""The real window with two models on its shelf, as a person finds it who does not see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot
from support import tiny_chat
from support.answering_host import AnsweringHost
from support.desktop import chat_of, opened
from support.listed import listed

from studio.app import Desktop
from studio.assembly import open_data
from studio.chat.conversation import Message
from studio.equipment import Equipment
from studio.ui.chat.composer.field import MessageEditor
from studio.ui.chat.tab import ChatTab
from studio.ui.library.page import ModelsTab

LIMIT_MS = 20_000


class Screen:
    """The window, its parts, and a worker that answers every question with two words."""

    def __init__(self, desktop: Desktop, host: AnsweringHost, qtbot: QtBot) -> None:
        self.desktop = desktop
        self.window = desktop.window
        self.parts = desktop.parts
        self.host = host
        self.qtbot = qtbot

    @property
    def tab(self) -> ChatTab:
        return chat_of(self.desktop)

    @property
    def equipment(self) -> Equipment:
        made = self.desktop._equipment
        assert made is not None
        return made

    @property
    def editor(self) -> MessageEditor:
        found = self.tab.composer.findChild(MessageEditor)
        assert found is not None
        return found

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=LIMIT_MS)

    def models(self) -> ModelsTab:
        """Return the room of models, once it lists them."""
        page = self.window.open_room("models")
        assert isinstance(page, ModelsTab)
        self.wait(lambda: set(listed(page.side.list)) >= {"tiny", "broken"})
        return page

    def show(self, *messages: Message) -> None:
        """Show messages that are kept nowhere."""
        self.tab.work.show_transcript()
        self.tab.transcript.show_branch(messages)
        self.qtbot.wait(20)

    def send(self, text: str) -> None:
        """Write a message and send it."""
        self.tab.composer.set_text(text)
        self.tab.composer.sent.emit(text)

    def ask(self, text: str = "What is it?") -> Message:
        """Send a message and return the reply."""
        self.send(text)
        self.wait(lambda: bool(self.tab.conversation_id))
        self.wait(lambda: self.tab.findChild(QPushButton, "stop") is None)
        branch = self.parts.conversations.branch
        self.wait(lambda: branch(self.tab.conversation_id)[-1].status == "finished")
        self.qtbot.wait(20)
        return branch(self.tab.conversation_id)[-1]

    def dialog(self) -> QDialog:
        """Return the dialog on show, once there is one."""
        self.wait(lambda: bool(self.dialogs()))
        self.qtbot.wait(20)
        return self.dialogs()[-1]

    def dialogs(self) -> list[QDialog]:
        return [each for each in self.window.findChildren(QDialog) if each.isVisible()]

    def press(self, name: str) -> None:
        """Click the button of this name that can be seen."""
        found = [b for b in self.window.findChildren(QPushButton, name) if b.isVisible()]
        assert len(found) == 1, (name, found)
        found[0].click()


@contextmanager
def open_screen(home: Path, application: QApplication, qtbot: QtBot) -> Iterator[Screen]:
    """Open the window while a screen reader is about."""
    QAccessible.setActive(True)
    host = AnsweringHost()
    parts = open_data(home, lambda _worker: host)
    tiny_chat.put(parts.paths.models, "tiny")
    (parts.paths.models / "broken.gguf").write_bytes(b"GGUF\3\0\0\0")
    with opened(parts, application) as desktop:
        desktop.window.resize(1200, 800)
        desktop.window.activateWindow()
        qtbot.waitUntil(lambda: desktop.status.is_running, timeout=LIMIT_MS)
        yield Screen(desktop, host, qtbot)
        host.may_reply.set()
