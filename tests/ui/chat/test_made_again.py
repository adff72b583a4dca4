"""A reply is made again from the menu of the real window, with a real model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from support.desktop import chat_of, opened
from support.exchanges import finished, new, open_tiny, turn
from support.talk import seen

from studio.app import Desktop
from studio.chat.prompt import Overrides
from studio.ui.chat.explain.certainty import CertaintyDialog
from studio.ui.chat.explain.recipe import RecipeDialog
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.views import EndingView

_LIMIT_MS = 60_000


@pytest.fixture
def desktop(profile: Path, qapp: QApplication) -> Iterator[Desktop]:
    with opened(open_tiny(profile), qapp) as made:
        yield made


def test_a_reply_is_explained_and_made_again_from_its_menu(desktop: Desktop, qtbot: QtBot) -> None:
    parts, tab = desktop.parts, chat_of(desktop)
    key = new(parts)
    first = finished(turn(parts, key, "Tell me", Overrides(temperature=1.0, max_tokens=12))).reply
    tab.list.refresh()
    tab.open(key)

    def choose(name: str) -> None:
        (footer,) = seen(tab.transcript, FooterView)
        QTest.mouseClick(footer.menu, Qt.MouseButton.LeftButton)
        menus = tab.transcript.findChildren(QMenu, "message_menu")
        (menu,) = (each for each in menus if each.isVisible())
        action = menu.findChild(QAction, f"message_{name}")
        assert action is not None
        action.trigger()
        menu.close()

    choose("certainty")
    qtbot.waitUntil(lambda: bool(tab.findChildren(CertaintyDialog)), timeout=_LIMIT_MS)
    (sure,) = tab.findChildren(CertaintyDialog)
    qtbot.waitUntil(lambda: bool(sure.pieces), timeout=_LIMIT_MS)
    sure.close()
    choose("recipe")
    qtbot.waitUntil(lambda: bool(tab.findChildren(RecipeDialog)), timeout=_LIMIT_MS)
    (recipe,) = tab.findChildren(RecipeDialog)
    again = recipe.findChild(QPushButton, "make_again")
    assert again is not None
    again.click()
    qtbot.waitUntil(
        lambda: parts.conversations.branch(key)[-1].recipe.get("repeats") == first.id,
        timeout=_LIMIT_MS,
    )
    qtbot.waitUntil(lambda: tab.findChild(QPushButton, "stop") is None, timeout=_LIMIT_MS)
    assert parts.conversations.branch(key)[-1].content == first.content
    told = [view.words() for view in seen(tab.transcript, EndingView)]
    assert "The same text as before, to the letter." in told
    (footer,) = seen(tab.transcript, FooterView)
    assert footer.switcher.text() == "2 of 2"
