"""Drives the program's real window as a person would, and takes pictures of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from studio.app import Desktop
from studio.chat.conversation import Conversation, Message
from studio.ui.chat.messages.message_actions import Act
from studio.ui.chat.tab import ChatTab

SMALL, LARGE = QSize(1024, 700), QSize(2560, 1440)
_REST_S = 0.3
_POLL_MS = 20
_PATIENCE_S = 120.0

Part = TypeVar("Part", bound=QObject)
Top = TypeVar("Top", bound=QWidget)


class Photographer:
    """Works on one window; ``mode`` is the end of each picture's name.

    ``folder`` is for files that the person has, ``pictures`` for what is taken.
    """

    def __init__(
        self,
        application: QApplication,
        desktop: Desktop,
        mode: str,
        folder: Path,
        pictures: Path,
    ) -> None:
        self._application = application
        self.parts = desktop.parts
        self.window = desktop.window
        self.theme = desktop.theme
        self.mode = mode
        self.folder = folder
        self._pictures = pictures

    @property
    def tab(self) -> ChatTab:
        """The Chat room."""
        page = self.window.page("chat")
        if not isinstance(page, ChatTab):
            raise TypeError(type(page))
        return page

    def rest(self, seconds: float = _REST_S) -> None:
        """Let the window come to rest."""
        QTest.qWait(round(1000 * seconds))

    def until(self, done: Callable[[], object]) -> None:
        """Wait until something has happened, then let the window come to rest.

        Raises:
            TimeoutError: it has not happened.
        """
        end = time.monotonic() + _PATIENCE_S
        while not done():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to the state of the picture")
            QTest.qWait(_POLL_MS)
        self.rest()

    def begin(self) -> None:
        """Go back to where each scene begins: an empty chat, nothing else open."""
        for widget in self._application.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        self.window.resize(SMALL)
        self.window.activateWindow()
        self.window.open_room("chat")
        self.until(lambda: self.tab.list.list.model().rowCount() > 0)
        self.tab.begin_new()
        self.tab.list.list.scrollToTop()
        self.rest()

    def chat(self, title: str) -> Conversation:
        """Return the newest chat whose title begins so."""
        return next(c for c in self.parts.conversations.list() if c.title.startswith(title))

    def open(self, title: str) -> list[Message]:
        """Open a chat; return the branch on show."""
        chat = self.chat(title)
        self.tab.open(chat.id)
        self.rest(0.5)
        return self.parts.conversations.branch(chat.id)

    def shown(self) -> list[Message]:
        """Return the branch on show; nothing for a chat that has not begun."""
        key = self.tab.conversation_id
        return self.parts.conversations.branch(key) if key else []

    def ask(self, question: str, tab: ChatTab | None = None) -> None:
        """Ask through a composer; the reply is not waited for."""
        composer = (tab or self.tab).composer
        composer.set_text(question)
        composer.sent.emit(question)

    def forget(self) -> None:
        """Delete the chat on show for good."""
        key = self.tab.conversation_id
        self.tab.begin_new()
        self.parts.conversations.trash(key)
        self.parts.session.purge(key)
        self.tab.list.refresh()
        self.rest()

    def is_writing(self) -> bool:
        """Tell whether a reply is being written."""
        return self.parts.session.running_in is not None

    def do(self, message: Message, act: Act) -> None:
        """Do something with a message, as its menu does."""
        transcript = self.tab.transcript
        entry = transcript.entry_of(message.id)
        if entry is None:
            raise LookupError(message.id)
        transcript.do(entry, act)
        self.rest()

    def press(self, keys: str) -> None:
        """Type letters into the composer."""
        self.window.activateWindow()
        self.tab.composer.focus_text()
        field = self.tab.composer.focusProxy()
        if field is not None:
            QTest.keyClicks(field, keys)
        self.rest(0.5)

    def part(self, kind: type[Part], owner: QObject | None = None) -> Part:
        """Return a part of the window, or of something else.

        Raises:
            LookupError: there is none.
        """
        found = (owner or self.window).findChild(kind)
        if not isinstance(found, kind):
            raise LookupError(kind.__name__)
        return found

    def top(self, kind: type[Top]) -> Top:
        """Return a window of the program beside the main one.

        Raises:
            LookupError: there is none.
        """
        for widget in self._application.topLevelWidgets():
            if isinstance(widget, kind) and widget.isVisible():
                return widget
        raise LookupError(kind.__name__)

    def dialog(self) -> QDialog:
        """Return the dialog in front, once it is there."""
        self.until(lambda: self._dialogs())
        return self._dialogs()[-1]

    def take(self, name: str, size: QSize = SMALL) -> None:
        """Take a picture of the window with the menus over it."""
        if self.window.size() != size:
            self.window.resize(size)
        self.rest()
        picture = self.window.grab()
        painter = QPainter(picture)
        for above in self._application.topLevelWidgets():
            if above is not self.window and above.isVisible() and not isinstance(above, QDialog):
                place = above.mapToGlobal(QPoint()) - self.window.mapToGlobal(QPoint())
                painter.drawPixmap(place, above.grab())
        painter.end()
        self._save(picture, name)

    def take_dialog(self, name: str) -> None:
        """Take a picture of the dialog in front, and close it."""
        dialog = self.dialog()
        self.take_of(dialog, name)
        dialog.close()
        self.rest()

    def take_of(self, widget: QWidget, name: str) -> None:
        """Take a picture of one widget."""
        self._save(widget.grab(), name)

    def _dialogs(self) -> list[QDialog]:
        shown = [each for each in self._application.topLevelWidgets() if each.isVisible()]
        return [each for each in shown if isinstance(each, QDialog)]

    def _save(self, picture: QPixmap, name: str) -> None:
        self._pictures.mkdir(parents=True, exist_ok=True)
        target = self._pictures / f"{name}-{self.mode}.png"
        if not picture.save(str(target)):
            raise OSError(f"{target} could not be written")
        sys.stderr.write(f"{target.name}\n")
