"""Prompts put into the message by keyboard: the list behind “/”, and the places to fill in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from support.listener import Listener

from studio.chat.prompt_templates import PromptTemplate
from studio.ui.chat.composer.field import Field, MessageEditor
from studio.ui.chat.slash.insert import SlashInsert
from studio.ui.theme import Theme

Key = Qt.Key
TEMPLATES = (
    PromptTemplate("compare", "Compare", "Two things", "{{one}} or {{two:tea}}? I like {{one}}."),
    PromptTemplate("plain", "Plain words", "Nothing to fill in", "Be kind."),
    PromptTemplate("signs", "Signs", "Beyond ASCII", "𝄞 日本 {{语}}{{next to it}} end"),
)


@dataclass
class Room:
    """An editor with prompts, in a window with room above it."""

    window: QWidget
    editor: MessageEditor
    slash: SlashInsert
    sent: list[str]

    def type(self, text: str) -> None:
        QTest.keyClicks(self.editor, text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.editor, key)

    def selected(self) -> str:
        return self.editor.textCursor().selectedText()

    def offered(self) -> list[str]:
        return [] if self.slash.list.isHidden() else self.slash.list.titles()


@pytest.fixture
def room(theme: Theme, qtbot: QtBot) -> Room:
    window = QWidget()
    qtbot.addWidget(window)
    editor = MessageEditor(theme, lambda: True)
    editor.set_limit(200)
    field = Field(theme, editor)
    inner = QVBoxLayout(field)
    inner.addWidget(editor)
    slash = SlashInsert(theme, editor, field, lambda: TEMPLATES)
    column = QVBoxLayout(window)
    column.addStretch(1)
    column.addWidget(field)
    window.resize(600, 500)
    sent: list[str] = []
    editor.submitted.connect(lambda: sent.append(editor.text()))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    editor.setFocus()
    return Room(window, editor, slash, sent)


def test_a_slash_in_an_empty_message_lists_the_prompts(room: Room) -> None:
    room.type("/")
    assert room.offered() == ["Compare", "Plain words", "Signs"]
    listed, field = room.slash.list, room.editor.parentWidget()
    assert field is not None
    assert listed.parentWidget() is room.window
    assert listed.geometry().bottom() < field.geometry().top()
    assert room.window.rect().contains(listed.geometry())
    assert room.editor.hasFocus()


def test_typing_narrows_the_list(room: Room) -> None:
    room.type("/pla")
    assert room.offered() == ["Plain words"]
    room.type("x")
    assert room.offered() == []
    room.press(Key.Key_Backspace)
    assert room.offered() == ["Plain words"]
    for _ in range(4):
        room.press(Key.Key_Backspace)
    assert room.offered() == []


def test_a_screen_reader_hears_the_row_at_hand(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(monkeypatch)
    room.type("/")
    room.press(Key.Key_Down)
    room.press(Key.Key_Up)
    assert [words.split(",")[0] for words in listener.words()] == [
        "Compare",
        "Plain words",
        "Compare",
    ]
    room.press(Key.Key_Escape)
    assert listener.words() == []


def test_enter_inserts_and_does_not_send(room: Room) -> None:
    room.type("/plain")
    room.press(Key.Key_Return)
    assert room.editor.text() == "Be kind."
    assert room.sent == []
    assert not room.slash.filler.is_active
    room.press(Key.Key_Return)
    assert room.sent == ["Be kind."]


def test_the_arrows_choose(room: Room) -> None:
    room.type("/")
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up):
        room.press(key)
    room.press(Key.Key_Return)
    assert room.editor.text() == "Be kind."


def test_places_are_filled_in_turn_and_those_of_one_name_together(room: Room) -> None:
    room.type("/comp")
    room.press(Key.Key_Return)
    assert room.editor.text() == "[one] or tea? I like [one]."
    assert room.selected() == "[one]"
    room.type("coffee")
    room.press(Key.Key_Tab)
    assert room.selected() == "tea"
    assert room.editor.text() == "coffee or tea? I like coffee."
    room.press(Key.Key_Backtab)
    assert room.selected() == "coffee"
    room.type("milk")
    room.press(Key.Key_Tab)
    room.press(Key.Key_Tab)
    assert room.editor.text() == "milk or tea? I like milk."
    assert room.editor.textCursor().atEnd()
    assert not room.slash.filler.is_active


def test_enter_sends_with_every_place_of_a_name_filled(room: Room) -> None:
    room.type("/comp")
    room.press(Key.Key_Return)
    room.type("coffee")
    room.press(Key.Key_Return)
    assert room.sent == ["coffee or tea? I like coffee."]


def test_places_side_by_side_and_signs_of_two_halves_are_told_apart(room: Room) -> None:
    room.type("/sig")
    room.press(Key.Key_Return)
    assert room.selected() == "[语]"
    room.type("AB")
    room.press(Key.Key_Tab)
    assert room.selected() == "[next to it]"
    room.press(Key.Key_Delete)
    room.press(Key.Key_Backtab)
    assert room.selected() == "AB"
    room.press(Key.Key_End)
    room.press(Key.Key_Tab)
    room.type("CD")
    room.press(Key.Key_Backtab)
    assert room.selected() == "AB"
    assert room.editor.text() == "𝄞 日本 ABCD end"


def test_escape_closes_the_list_until_the_message_is_empty_again(room: Room) -> None:
    room.type("/")
    room.press(Key.Key_Escape)
    room.type("pla")
    assert room.offered() == []
    room.press(Key.Key_Return)
    assert room.sent == ["/pla"]
    room.editor.set_text("")
    room.type("/")
    assert room.offered()


def test_escape_leaves_the_places(room: Room) -> None:
    room.type("/comp")
    room.press(Key.Key_Return)
    room.press(Key.Key_Escape)
    assert not room.slash.filler.is_active
    assert room.editor.text() == "[one] or tea? I like [one]."


@pytest.mark.parametrize("text", ["a/", "1/2", " /"])
def test_a_slash_elsewhere_is_only_a_slash(text: str, room: Room) -> None:
    room.type(text)
    assert room.offered() == []


def test_a_text_that_is_put_in_opens_nothing(room: Room) -> None:
    room.editor.set_text("/comp")
    assert room.offered() == []
    room.editor.set_text("")
    room.editor.insertPlainText("/usr/bin")
    assert room.offered() == []


def test_a_path_can_be_sent(room: Room) -> None:
    room.type("/etc/hosts")
    assert room.offered() == []
    room.press(Key.Key_Return)
    assert room.sent == ["/etc/hosts"]


def test_a_text_that_is_gone_has_no_places(room: Room) -> None:
    room.type("/comp")
    room.press(Key.Key_Return)
    room.editor.set_text("")
    assert not room.slash.filler.is_active
    room.editor.set_text("Another draft")
    room.press(Key.Key_Return)
    assert room.sent == ["Another draft"]


def test_one_undo_takes_the_prompt_back(room: Room) -> None:
    room.type("/plain")
    room.press(Key.Key_Return)
    room.editor.undo()
    assert room.editor.text() == "/plain"


def test_a_click_inserts(room: Room, qtbot: QtBot) -> None:
    room.type("/")
    room.slash.list.chosen.emit("plain")
    assert room.editor.text() == "Be kind."
    assert room.editor.hasFocus()


def test_the_draft_of_another_chat_is_left_alone(room: Room) -> None:
    room.type("/")
    room.press(Key.Key_Return)
    assert room.slash.filler.is_active
    room.editor.set_text("Draft of another chat.")
    assert not room.slash.filler.is_active
    room.press(Key.Key_Return)
    assert room.sent == ["Draft of another chat."]


def test_a_slash_over_a_selection_lists_nothing_and_can_be_undone(room: Room) -> None:
    room.type("My own words")
    QTest.keyClick(room.editor, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.type("/")
    assert room.editor.text() == "/"
    assert room.offered() == []
    QTest.keyClick(room.editor, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert room.editor.text() == "My own words"


def test_undo_takes_an_inserted_prompt_back(room: Room) -> None:
    room.type("/plain")
    room.press(Key.Key_Return)
    assert room.editor.text() == "Be kind."
    QTest.keyClick(room.editor, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert room.editor.text() == "/plain"
