"""The real window, the real worker and the starter model: typed by keyboard, read from the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.desktop import chat_of, opened

from studio.app import Desktop
from studio.assembly import open_parts
from studio.chat.turn import ReplyGrew, TurnEvent
from studio.ui.chat.tab import ChatTab


@pytest.fixture
def desktop(profile: Path, qapp: QApplication, starter_model: Path) -> Iterator[Desktop]:
    parts = open_parts(profile)
    assert starter_model in [model.path for model in parts.shelf.list()]
    with opened(parts, qapp) as desktop:
        yield desktop


def shown(tab: ChatTab) -> str:
    """Return the text that is on show, as a screen reader would find it."""
    widgets = tab.transcript.viewport().findChildren(QWidget)
    return "\n".join(widget.accessibleName() for widget in widgets if widget.isVisible())


def ask(qtbot: QtBot, desktop: Desktop, question: str) -> str:
    """Type a question, press Enter, wait for the reply, and return it as it was kept."""
    focused = desktop.window.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, question)
    QTest.keyClick(focused, Qt.Key.Key_Return)
    store = desktop.parts.conversations

    def replied() -> None:
        assert store.list()
        branch = store.branch(store.list()[0].id)
        assert branch
        assert branch[-1].role == "assistant"
        assert branch[-1].status == "finished"
        assert desktop.parts.session.running_in is None

    qtbot.waitUntil(replied, timeout=120_000)
    return store.branch(store.list()[0].id)[-1].content


def test_a_question_is_typed_and_its_reply_is_read(qtbot: QtBot, desktop: Desktop) -> None:
    reply = ask(qtbot, desktop, "What is the capital of France?")
    assert "Paris" in reply
    tab = chat_of(desktop)
    qtbot.waitUntil(lambda: reply.split()[0] in shown(tab), timeout=5_000)
    assert "What is the capital of France?" in shown(tab)
    assert tab.composer.text() == ""
    qtbot.waitUntil(lambda: "SmolLM2" in desktop.window.status.text("model"), timeout=5_000)
    second = ask(qtbot, desktop, "And of Italy?")
    qtbot.waitUntil(lambda: second.split()[0] in shown(tab), timeout=5_000)
    branch = desktop.parts.conversations.branch(desktop.parts.conversations.list()[0].id)
    first_figures, second_figures = branch[1].figures, branch[3].figures
    assert first_figures is not None
    assert second_figures is not None
    assert second_figures.reused_tokens >= first_figures.prompt_tokens


def test_escape_stops_a_reply_and_keeps_it(qtbot: QtBot, desktop: Desktop) -> None:
    store = desktop.parts.conversations
    pieces: list[str] = []

    def listen(event: TurnEvent) -> None:
        if isinstance(event, ReplyGrew):
            pieces.append(event.text)

    desktop.parts.session.observe(listen)
    focused = desktop.window.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "Tell me a very long story about a dog and a cat.")
    QTest.keyClick(focused, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(pieces) > 3, timeout=120_000)
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desktop.parts.session.running_in is None, timeout=10_000)
    reply = store.branch(store.list()[0].id)[-1]
    assert reply.status == "cancelled"
    assert reply.content == "".join(pieces)
