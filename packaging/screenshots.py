"""Draws docs/pictures/ from the real program: real window, real worker, the starter model.

Each picture is taken in a data folder of its own, so that nothing of the person's is seen.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from studio import paths
from studio.app import Desktop, open_desktop
from studio.assembly import open_parts
from studio.chat.ordering import Ordering
from studio.chat.turn import TurnEvent, TurnFailed, TurnFinished
from studio.paths import Paths
from studio.ui.chat.find_bar import FindBar
from studio.ui.chat.tab import ChatTab
from studio.ui.relay import Relay

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SMALL, LARGE = QSize(1024, 700), QSize(2560, 1440)
_SETTLE_MS = 900

_TALKS = (
    ("What is the capital of France?",),
    ("Write a Python function that adds two numbers.", "Now explain it in one sentence."),
    ("Explain how a bicycle stays upright, in plain words.",),
)


class Photographer(QObject):
    """Drives one window through a list of steps; each waits for the window to come to rest."""

    def __init__(self, application: QApplication, desktop: Desktop) -> None:
        super().__init__()
        self._application = application
        self._desktop = desktop
        self._steps: list[Callable[[], object]] = []
        self._relay = Relay(self)
        self._waiting = False
        desktop.parts.session.observe(self._relay.wrap(self._on_turn))

    def add(self, step: Callable[[], object]) -> None:
        """Do something, then wait a moment."""
        self._steps.append(step)

    def ask(self, question: str) -> None:
        """Ask through the composer, then wait for the reply."""

        def step() -> None:
            tab = self.tab()
            tab.composer.set_text(question)
            self._waiting = True
            tab.composer.sent.emit(tab.composer.text())

        self._steps.append(step)

    def go(self, room: str) -> None:
        """Open a room."""

        def step() -> None:
            self._desktop.window.open_room(room)

        self._steps.append(step)

    def take(self, name: str, size: QSize) -> None:
        """Take a picture."""
        self._steps.append(lambda: self._desktop.window.resize(size))
        self._steps.append(lambda: self._save(name))

    def wait(self, seconds: float) -> None:
        """Give what runs beside the window some time."""
        for _ in range(round(1000 * seconds / _SETTLE_MS)):
            self._steps.append(lambda: None)

    def take_dialog(self, name: str) -> None:
        """Take a picture of the dialog in front, and close it."""

        def step() -> None:
            shown = [each for each in self._application.topLevelWidgets() if each.isVisible()]
            dialog = next(each for each in shown if isinstance(each, QDialog))
            _write(dialog, name)
            dialog.close()

        self._steps.append(step)

    def run(self) -> None:
        """Do all steps."""
        QTimer.singleShot(_SETTLE_MS, self._next)
        self._application.exec()

    def tab(self) -> ChatTab:
        """Return the chat tab."""
        page = self._desktop.window.page("chat")
        assert isinstance(page, ChatTab)
        return page

    def _next(self) -> None:
        if not self._steps:
            self._application.quit()
            return
        self._steps.pop(0)()
        if not self._waiting:
            QTimer.singleShot(_SETTLE_MS, self._next)

    def _on_turn(self, event: TurnEvent) -> None:
        if self._waiting and isinstance(event, TurnFinished | TurnFailed):
            self._waiting = False
            QTimer.singleShot(_SETTLE_MS, self._next)

    def _save(self, name: str) -> None:
        _write(self._desktop.window, name)


def _write(widget: QWidget, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    target = PICTURES / f"{name}.png"
    if not widget.grab().save(str(target)):
        raise OSError(f"{target} could not be written")
    sys.stderr.write(f"{target.name}\n")


def _open(application: QApplication, home: Path, mode: str) -> Desktop:
    parts = open_parts(home)
    parts.settings.set("appearance.theme", mode)
    desktop = open_desktop(parts, application)
    desktop.window.resize(SMALL)
    return desktop


def _first_start(application: QApplication, home: Path) -> None:
    desktop = _open(application, home, "light")
    photographer = Photographer(application, desktop)
    photographer.take("first-start-light", SMALL)
    photographer.run()
    desktop.close()


def _own_models(home: Path, shipped: Path) -> None:
    """Have the models lie in the person's folder, as after "Get the starter model"."""
    parts = open_parts(home)
    for file in shipped.glob("*.gguf"):
        shutil.copy(file, parts.paths.models)
    parts.close()


@contextmanager
def _nothing_shipped() -> Iterator[Path]:
    """Let the program find no models beside itself; give the folder that has them."""
    found = paths.find()
    empty = found.resources  # no weights lie there

    def find(home: Path | None = None) -> Paths:
        return replace(found, data=home or found.data, shipped_models=empty)

    with patch.object(paths, "find", find):
        yield found.shipped_models


def _talk(application: QApplication, home: Path) -> None:
    desktop = _open(application, home, "light")
    photographer = Photographer(application, desktop)
    photographer.take("welcome-light", SMALL)
    for talk in _TALKS:
        photographer.add(lambda: photographer.tab().begin_new())
        for question in talk:
            photographer.ask(question)
    photographer.take("chat-light", SMALL)
    photographer.take("chat-light-large", LARGE)
    photographer.add(lambda: _open_second(photographer.tab(), desktop))
    photographer.take("chat-code-light", SMALL)
    for room in ("models", "settings", "documents"):
        photographer.go(room)
        photographer.take(f"{room}-light", SMALL)
    photographer.run()
    desktop.close()


def _open_second(tab: ChatTab, desktop: Desktop) -> None:
    tab.open(desktop.parts.conversations.list()[1].id)


def _dark(application: QApplication, home: Path) -> None:
    desktop = _open(application, home, "dark")
    photographer = Photographer(application, desktop)
    photographer.go("chat")
    photographer.add(lambda: _open_second(photographer.tab(), desktop))
    photographer.take("chat-dark", SMALL)
    photographer.take("chat-dark-large", LARGE)
    photographer.go("models")
    photographer.take("models-dark", SMALL)
    photographer.run()
    desktop.close()


def _put_in_order(home: Path) -> None:
    """Give the chats a pin, a folder and a tag, and the newest a second reply."""
    parts = open_parts(home)
    newest, second, third = parts.conversations.list()
    ordering = Ordering(parts.database)
    ordering.pin(newest.id, pinned=True)
    ordering.move(second.id, "Work")
    ordering.tag(third.id, ["travel"])
    parts.session.regenerate(newest.id, lambda _event: None).result()
    parts.close()


def _features(application: QApplication, home: Path, mode: str) -> None:
    desktop = _open(application, home, mode)
    photographer = Photographer(application, desktop)
    window = desktop.window

    def newest() -> str:
        return desktop.parts.conversations.list()[0].id

    def reply() -> str:
        return desktop.parts.conversations.branch(newest())[-1].id

    def type_into(owner: QWidget, words: str) -> None:
        field = owner.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        field.setText(words)

    photographer.go("chat")
    photographer.wait(3)
    photographer.add(lambda: photographer.tab().open(newest()))
    photographer.take(f"branches-{mode}", SMALL)
    photographer.add(lambda: photographer.tab().page_commands()["find_text"]())
    photographer.add(lambda: type_into(_find_bar(window), "bicycle"))
    photographer.take(f"find-{mode}", SMALL)
    photographer.add(lambda: _find_bar(window).leave())
    photographer.add(lambda: window.palette_door.toggle())
    photographer.add(lambda: type_into(window.palette_door.palette(), "text"))
    photographer.take(f"palette-{mode}", SMALL)
    photographer.add(lambda: window.palette_door.toggle())
    photographer.add(lambda: type_into(photographer.tab().list, "bicycle"))
    photographer.wait(2)
    photographer.take(f"search-{mode}", SMALL)
    photographer.add(lambda: photographer.tab().explain.show_prompt(reply()))
    photographer.wait(1)
    photographer.take_dialog(f"exact-prompt-{mode}")
    photographer.add(lambda: photographer.tab().explain.show_certainty(reply()))
    photographer.wait(8)
    photographer.take_dialog(f"certainty-{mode}")
    photographer.run()
    desktop.close()


def _find_bar(window: QWidget) -> FindBar:
    bar = window.findChild(FindBar)
    assert isinstance(bar, FindBar)
    return bar


def main() -> int:
    """Take every picture anew."""
    application = QApplication(sys.argv[:1])
    shutil.rmtree(PICTURES, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        home = Path(folder) / ".local" / "share" / "local-ai-studio"
        with _nothing_shipped() as shipped:
            _first_start(application, Path(folder) / "first")
            _own_models(home, shipped)
            _talk(application, home)
            _dark(application, home)
            _put_in_order(home)
            for mode in ("light", "dark"):
                _features(application, home, mode)
    return 0


if __name__ == "__main__":
    sys.exit(main())
