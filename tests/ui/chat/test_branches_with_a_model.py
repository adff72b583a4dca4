"""Branches with a real model in the real window: go on, stop, other words, versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from support.desktop import chat_of, opened
from support.exchanges import SHORT, new, open_tiny, turn
from support.talk import seen

from studio.app import Desktop
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.wording_view import WordingView

_LIMIT_MS = 60_000


@pytest.fixture
def desktop(profile: Path, qapp: QApplication) -> Iterator[Desktop]:
    with opened(open_tiny(profile), qapp) as made:
        yield made


def test_a_reply_is_gone_on_with_and_stopped_and_its_question_asked_anew(
    desktop: Desktop, qtbot: QtBot
) -> None:
    parts, tab = desktop.parts, chat_of(desktop)
    conversation = new(parts)
    turn(parts, conversation, "Tell me", SHORT)
    first = parts.conversations.branch(conversation)[-1]
    assert first.stop == "max_tokens"
    tab.list.refresh()
    tab.open(conversation)
    (footer,) = seen(tab.transcript, FooterView)
    QTest.mouseClick(footer.go_on, Qt.MouseButton.LeftButton)
    entry = tab.transcript.entries[-1]
    qtbot.waitUntil(
        lambda: entry.is_live and len(entry.message.content) > len(first.content) + 3,
        timeout=_LIMIT_MS,
    )
    stop = tab.findChild(QPushButton, "stop")
    assert stop is not None
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.findChild(QPushButton, "stop") is None, timeout=_LIMIT_MS)
    now = parts.conversations.branch(conversation)[-1]
    assert now.id == first.id
    assert now.status == "cancelled"
    assert now.content.startswith(first.content)
    assert len(now.content) > len(first.content)
    assert tab.transcript.entries[-1].message.content == now.content

    (person,) = seen(tab.transcript, PersonView)
    person.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(person, Qt.Key.Key_F2)
    (view,) = seen(tab.transcript, WordingView)
    view.editor.set_text("Tell me more")
    QTest.keyClick(view.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: parts.conversations.branch(conversation)[0].content == "Tell me more",
        timeout=_LIMIT_MS,
    )
    qtbot.waitUntil(lambda: bool(tab.transcript.entries[-1].message.content), timeout=_LIMIT_MS)
    tab.page_commands()["stop"]()
    qtbot.waitUntil(lambda: tab.findChild(QPushButton, "stop") is None, timeout=_LIMIT_MS)
    (person,) = seen(tab.transcript, PersonView)
    assert person.switcher.text() == "2 of 2"
    QTest.mouseClick(person.switcher.button(-1), Qt.MouseButton.LeftButton)
    assert [each.message.id for each in tab.transcript.entries][-1] == first.id
    assert parts.conversations.branch(conversation)[-1].id == first.id
