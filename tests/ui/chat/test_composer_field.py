"""The editor of the composer: what its keys, pastes and drops do to the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPaintEvent,
    QTextOption,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.ui.chat.composer.field import MessageEditor
from studio.ui.theme import READING, Theme

Key = Qt.Key


@pytest.fixture
def editor(theme: Theme, qtbot: QtBot) -> MessageEditor:
    editor = MessageEditor(theme, lambda: True)
    qtbot.addWidget(editor)
    editor.set_limit(200)
    editor.resize(400, editor.height())
    editor.show()
    return editor


def heard(editor: MessageEditor) -> list[str]:
    """Return a list that grows with the text at each wish to send."""
    told: list[str] = []
    editor.submitted.connect(lambda: told.append(editor.text()))
    return told


def test_a_held_enter_sends_once(editor: MessageEditor) -> None:
    told = heard(editor)
    editor.set_text("Hello")
    for repeated in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Key.Key_Return,
            Qt.KeyboardModifier.NoModifier,
            "\r",
            autorep=repeated,
        )
        QApplication.sendEvent(editor, event)
    assert (told, editor.text()) == (["Hello"], "Hello")


def test_enter_belongs_to_an_input_method_while_it_composes(editor: MessageEditor) -> None:
    told = heard(editor)
    editor.set_text("日")
    QApplication.sendEvent(editor, QInputMethodEvent("ほん", []))
    QTest.keyClick(editor, Key.Key_Return)
    assert told == []
    done = QInputMethodEvent("", [])
    done.setCommitString("本")
    QApplication.sendEvent(editor, done)
    assert editor.text() == "日本"
    QTest.keyClick(editor, Key.Key_Return)
    assert told == ["日本"]


def test_a_word_being_composed_is_not_an_edit(editor: MessageEditor) -> None:
    edits: list[str] = []
    editor.edited.connect(edits.append)
    QApplication.sendEvent(editor, QInputMethodEvent("ほん", []))
    assert edits == []


@pytest.mark.parametrize("text", ["a\u00a0b", "tab\there", "\n\nlines\n", "🙂 é 日本", "<b>x</b>"])
def test_the_text_comes_back_exactly(editor: MessageEditor, text: str) -> None:
    editor.set_text(text)
    assert editor.text() == text


def test_only_plain_text_is_pasted(editor: MessageEditor) -> None:
    rich = QMimeData()
    rich.setHtml("<b>bold</b> words")
    rich.setText("bold words")
    QGuiApplication.clipboard().setMimeData(rich)
    editor.paste()
    assert editor.text() == "bold words"
    assert not editor.textCursor().charFormat().font().bold()


@pytest.mark.parametrize("address", ["", "https://example.org/", "file:///home/anna/paper.pdf"])
def test_dragged_files_are_left_to_the_window(editor: MessageEditor, address: str) -> None:
    dragged = QMimeData()
    dragged.setText(address or "words")
    if address:
        dragged.setUrls([QUrl(address)])
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        dragged,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    editor.dragEnterEvent(event)
    assert event.isAccepted() != address.startswith("file:")


class Drawn(QObject):
    """Notes what of a widget is drawn anew."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.places.append(event.rect())
        return super().eventFilter(watched, event)


def test_another_placeholder_is_drawn_at_once(editor: MessageEditor, qtbot: QtBot) -> None:
    editor.set_placeholder("Write on")
    qtbot.wait(20)
    drawn = Drawn()
    editor.viewport().installEventFilter(drawn)
    editor.set_placeholder("Message")
    qtbot.waitUntil(lambda: editor.viewport().rect() in drawn.places)
    assert editor.placeholderText() == "Message"


def test_the_placeholder_grows_with_the_text(editor: MessageEditor, theme: Theme) -> None:
    for size in (20, 24, 15):
        theme.set_text_size(size)
        wanted = theme.font(READING).pixelSize()
        assert editor.font().pixelSize() == wanted
        assert editor.viewport().font().pixelSize() == wanted


@pytest.mark.parametrize("way", ["paste", "set"])
def test_a_megabyte_without_a_blank_is_taken_whole(editor: MessageEditor, way: str) -> None:
    """Broken at word ends it would take Qt minutes."""
    text = "x" * 1_000_000
    if way == "paste":
        pasted = QMimeData()
        pasted.setText(text)
        editor.insertFromMimeData(pasted)
    else:
        editor.set_text(text)
    editor.grab()
    assert editor.text() == text
    assert editor.wordWrapMode() == QTextOption.WrapMode.WrapAnywhere
