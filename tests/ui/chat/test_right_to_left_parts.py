"""Where lines run from right to left, fields begin there, and smaller parts are mirrored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.chat.certainty import Alternative, Judged
from studio.ui.chat.composer.choice_rows import Choice
from studio.ui.chat.composer.field import MessageEditor
from studio.ui.chat.explain.alternatives import AlternativesPanel
from studio.ui.chat.explain.levels import Legend
from studio.ui.chat.messages.rows import Structured
from studio.ui.chat.messages.structured_view import StructuredView
from studio.ui.chat.slash.list import SlashList
from studio.ui.theme import Theme


@pytest.fixture(autouse=True)
def _mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_the_cursor_of_the_empty_field_is_where_its_placeholder_begins(
    theme: Theme, qtbot: QtBot
) -> None:
    editor = MessageEditor(theme, lambda: True)
    qtbot.addWidget(editor)
    editor.set_limit(200)
    editor.resize(400, editor.height())
    editor.show()
    assert editor.cursorRect().left() > 380
    QTest.keyClicks(editor, "Hello")
    assert editor.cursorRect().left() > 380
    assert editor.document().begin().textDirection() == Qt.LayoutDirection.LeftToRight
    editor.set_text("مرحبا")
    assert editor.document().begin().textDirection() == Qt.LayoutDirection.RightToLeft
    assert 300 < editor.cursorRect().left() < 380
    editor.set_text("")
    assert editor.cursorRect().left() > 380
    editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert editor.cursorRect().left() < 20


def test_the_list_of_prompts_ends_where_the_field_begins(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    field = QWidget(window)
    field.setGeometry(100, 500, 700, 60)
    prompts = SlashList(theme, field)
    window.show()
    prompts.open([Choice("plain", "Plain words")], "")
    assert prompts.geometry().right() == field.geometry().right()


def test_the_switch_of_a_structured_reply_is_at_the_left(theme: Theme, qtbot: QtBot) -> None:
    view = StructuredView(theme)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    view.show_piece(Structured('{"a": 1}', "As asked for", fits=True))
    assert view.copy.x() == 0
    assert view.copy.x() < view.as_text.x() < view.as_tree.x() < 300
    assert view.verdict.geometry().right() == view.width() - 1


def test_certainty_is_painted_from_the_right(theme: Theme, qtbot: QtBot) -> None:
    panel = AlternativesPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(panel.width(), 160)
    panel.show_piece(Judged("a", 0.3, (Alternative("a", 0.3),)))
    panel.show()
    edge = panel.width() - 1
    image = panel.grab().toImage()
    bar = theme.color("accent")
    filled = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) == bar for y in range(image.height()))
    ]
    assert min(filled) > edge // 2
    assert max(filled) < edge


def test_the_legend_begins_at_the_right(theme: Theme, qtbot: QtBot) -> None:
    legend = Legend(theme)
    qtbot.addWidget(legend)
    legend.resize(900, 24)
    legend.show()
    image = legend.grab().toImage()
    ground = image.pixelColor(2, 2)
    inked = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) != ground for y in range(image.height()))
    ]
    assert min(inked) > 100
    assert max(inked) > legend.width() - 10
