"""The windows that explain a reply, over the real session with a tiny model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support import tiny_gguf
from support.exchanges import LONG, finished, new, open_tiny, turn

from studio.assembly import Parts
from studio.chat.conversation import Message
from studio.errors import StudioError
from studio.ui.chat.explain.certainty import CertaintyDialog
from studio.ui.chat.explain.doors import Explain
from studio.ui.chat.explain.prompt import UNKNOWN as NO_PROMPT
from studio.ui.chat.explain.prompt import PromptDialog
from studio.ui.chat.explain.recipe import UNKNOWN as NO_RECIPE
from studio.ui.chat.explain.recipe import RecipeDialog
from studio.ui.theme import Theme
from studio.ui.widgets.dialog_frame import ExplainDialog

_LIMIT_MS = 60_000
Dialog = TypeVar("Dialog", bound=QDialog)


class Doors:
    """An Explain over a window, and the real parts below it."""

    def __init__(self, theme: Theme, qtbot: QtBot, parts: Parts) -> None:
        self.qtbot = qtbot
        self.parts = parts
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1024, 700)
        self.window.show()
        self.explain = Explain(
            theme,
            parts.conversations,
            lambda: parts.session,
            parts.background,
            self.window,
        )
        self.explain.know_files(lambda: parts.file_hashes)
        self.repeated: list[str] = []
        self.refused: list[StudioError] = []
        self.explain.repeat_wished.connect(self.repeated.append)
        self.explain.refused.connect(self.refused.append)

    def wait(self, kind: type[Dialog]) -> Dialog:
        self.qtbot.waitUntil(lambda: bool(self.open(kind)), timeout=_LIMIT_MS)
        return self.open(kind)[0]

    def open(self, kind: type[Dialog]) -> list[Dialog]:
        return [each for each in self.window.findChildren(kind) if each.isVisible()]

    def learned(self, reply: Message) -> Message:
        self.qtbot.waitUntil(lambda: bool(self.recipe(reply)["file_sha256"]), timeout=_LIMIT_MS)
        return self.parts.conversations.message(reply.id)

    def recipe(self, reply: Message) -> dict[str, object]:
        return self.parts.conversations.message(reply.id).recipe


@pytest.fixture
def doors(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[Doors]:
    parts = open_tiny(profile)
    yield Doors(theme, qtbot, parts)
    parts.close()


@pytest.fixture
def reply(doors: Doors) -> Message:
    return finished(turn(doors.parts, new(doors.parts), "Hello there")).reply


@pytest.fixture
def imported(doors: Doors) -> Message:
    """A reply of which it is not known how it was made."""
    store = doors.parts.conversations
    _, made = store.ask(new(doors.parts), "Hello", "tiny")
    return store.finish_reply(made.id, "finished", content="Hi", reasoning="")


def press(dialog: QDialog, name: str) -> None:
    found = dialog.findChild(QPushButton, name)
    assert found is not None, name
    found.click()


def test_the_exact_prompt_is_shown_and_copied(doors: Doors, reply: Message) -> None:
    doors.explain.show_prompt(reply.id)
    dialog = doors.wait(PromptDialog)
    prompt = doors.parts.session.exact_prompt(reply.id)
    assert dialog.view.toPlainText() == prompt
    assert f"{reply.recipe['prompt_tokens']} tokens" in dialog.about.text()
    press(dialog, "copy_prompt")
    assert QGuiApplication.clipboard().text() == prompt
    dialog.close()


def test_a_prompt_that_is_not_known_is_said(doors: Doors, imported: Message) -> None:
    doors.explain.show_prompt(imported.id)
    dialog = doors.wait(ExplainDialog)
    assert dialog.about.text() == NO_PROMPT
    dialog.close()


def test_the_recipe_is_shown_with_the_hash_of_the_file(doors: Doors, reply: Message) -> None:
    known = doors.learned(reply)
    doors.explain.show_recipe(reply.id)
    dialog = doors.wait(RecipeDialog)
    assert f"Hash of the file: {known.recipe['file_sha256']}" in dialog.text()
    press(dialog, "recipe_prompt")
    doors.wait(PromptDialog).close()
    dialog.close()


def test_a_recipe_that_is_not_known_is_said(doors: Doors, imported: Message) -> None:
    doors.explain.show_recipe(imported.id)
    dialog = doors.wait(RecipeDialog)
    assert dialog.about.text() == NO_RECIPE
    assert dialog.findChild(QPushButton, "make_again") is None
    dialog.close()


def test_make_it_again_asks_nothing_while_the_file_is_the_same(
    doors: Doors, reply: Message
) -> None:
    doors.explain.show_recipe(reply.id)
    press(doors.wait(RecipeDialog), "make_again")
    doors.qtbot.waitUntil(lambda: doors.repeated == [reply.id], timeout=_LIMIT_MS)
    assert not doors.open(QDialog)


def replace_model(doors: Doors) -> None:
    tiny_gguf.write(
        doors.parts.shelf.find("tiny").path,
        "llama",
        chat_template=tiny_gguf.CHATML.replace("assistant", "helper"),
        context_length=2048,
    )


@pytest.mark.parametrize("goes_on", [True, False])
def test_another_file_is_warned_of_first(doors: Doors, reply: Message, goes_on: bool) -> None:
    doors.learned(reply)
    replace_model(doors)
    doors.explain.repeat(reply.id)
    doors.qtbot.waitUntil(
        lambda: any(each.objectName() == "confirm_dialog" for each in doors.open(QDialog)),
        timeout=_LIMIT_MS,
    )
    (warning,) = doors.open(QDialog)
    assert doors.repeated == []
    press(warning, "confirm_act" if goes_on else "confirm_cancel")
    assert doors.repeated == ([reply.id] if goes_on else [])


def test_what_cannot_be_made_again_is_refused(doors: Doors, imported: Message) -> None:
    doors.explain.repeat(imported.id)
    doors.qtbot.waitUntil(lambda: bool(doors.refused), timeout=_LIMIT_MS)
    assert doors.refused[0].code == "reply.no_recipe"
    doors.explain.show_recipe("nothing")
    doors.qtbot.waitUntil(lambda: len(doors.refused) == 2, timeout=_LIMIT_MS)
    assert doors.refused[1].code == "message.unknown"


def test_certainty_comes_from_the_model(doors: Doors, reply: Message) -> None:
    doors.explain.show_certainty(reply.id)
    dialog = doors.wait(CertaintyDialog)
    doors.qtbot.waitUntil(lambda: bool(dialog.pieces), timeout=_LIMIT_MS)
    assert "".join(piece.text for piece in dialog.pieces) == reply.content
    assert not dialog.strip.isVisible()
    QTest.keyClick(dialog.text, Qt.Key.Key_Right)
    assert "%" in dialog.panel.accessibleName()
    dialog.close()
    assert doors.parts.session.running_in is None


def test_closing_the_window_stops_the_asking(doors: Doors) -> None:
    reply = finished(turn(doors.parts, new(doors.parts), "Go on", LONG)).reply
    doors.explain.show_certainty(reply.id)
    doors.wait(CertaintyDialog).close()
    doors.qtbot.waitUntil(lambda: doors.parts.session.running_in is None, timeout=_LIMIT_MS)
    assert finished(turn(doors.parts, reply.conversation_id, "And now?"))


def test_certainty_that_cannot_be_told_is_said(doors: Doors, imported: Message) -> None:
    doors.explain.show_certainty(imported.id)
    dialog = doors.wait(CertaintyDialog)
    doors.qtbot.waitUntil(dialog.banner.isVisible, timeout=_LIMIT_MS)
    assert "not known how this reply was made" in dialog.banner.text()
    dialog.close()
