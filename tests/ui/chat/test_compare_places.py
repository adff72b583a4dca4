"""What leads to several replies and to comparisons in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from support import tiny_chat
from support.answering_host import AnsweringHost
from support.desktop import chat_of, opened

from studio.app import Desktop
from studio.assembly import open_data
from studio.equipment import Places
from studio.ui.chat.compare.door import CompareDoor
from studio.ui.chat.several.door import SeveralDoor
from studio.ui.library.page import ModelsTab

_LIMIT_MS = 20_000


@pytest.fixture
def desktop(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Desktop]:
    tiny_chat.put(profile / "models")
    with opened(open_data(profile, lambda _worker: AnsweringHost()), qapp) as made:
        qtbot.waitUntil(lambda: made.window.findChild(CompareDoor) is not None, timeout=_LIMIT_MS)
        yield made


def asked(desktop: Desktop) -> str:
    """Put a question with its reply on show; return the chat's id."""
    store = desktop.parts.conversations
    chat = store.create(model="tiny", preset="brief")
    _, reply = store.ask(chat.id, "What is it?", "tiny")
    store.finish_reply(reply.id, "finished", content="This", reasoning="")
    chat_of(desktop).list.refresh()
    chat_of(desktop).open(chat.id)
    return chat.id


def choose(desktop: Desktop, title: str) -> None:
    tools = Places(desktop.window, desktop.parts, lambda: chat_of(desktop)).tools()
    (item,) = (each for each in tools if each.title == title)
    item.act()


def test_the_palette_leads_to_both(desktop: Desktop, qtbot: QtBot) -> None:
    asked(desktop)
    several = desktop.window.findChild(SeveralDoor)
    compare = desktop.window.findChild(CompareDoor)
    assert several is not None
    assert compare is not None
    choose(desktop, "Write several replies")
    assert several.dialog is not None
    several.dialog.reject()
    choose(desktop, "Compare two models or presets")
    dialog = compare.dialog
    assert dialog is not None
    assert dialog.setup.prompt.toPlainText() == "What is it?"
    qtbot.waitUntil(lambda: dialog.setup.left.chosen().model == "tiny", timeout=_LIMIT_MS)
    assert dialog.setup.left.chosen().preset == "brief"
    dialog.reject()
    choose(desktop, "Tally of comparisons")
    assert compare.history is not None
    compare.history.reject()


def test_the_menu_of_a_chat_leads_to_a_comparison(desktop: Desktop) -> None:
    chat = desktop.parts.conversations.get(asked(desktop))
    menu = chat_of(desktop).list.list.menu
    menu.show_chat(chat)
    menu.action("Compare…").trigger()
    compare = desktop.window.findChild(CompareDoor)
    assert compare is not None
    assert compare.dialog is not None
    assert compare.dialog.setup.prompt.toPlainText() == "What is it?"
    compare.dialog.reject()


def test_the_models_room_leads_to_a_comparison(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.window.open_room("models")
    page = desktop.window.page("models")
    assert isinstance(page, ModelsTab)
    wished: list[str] = []
    page.compare_requested.connect(wished.append)
    button = page.findChild(QPushButton, "compare_model")
    assert button is not None
    qtbot.waitUntil(button.isVisible, timeout=_LIMIT_MS)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    compare = desktop.window.findChild(CompareDoor)
    assert compare is not None
    dialog = compare.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: [dialog.setup.left.chosen().model] == wished, timeout=_LIMIT_MS)
    dialog.reject()
