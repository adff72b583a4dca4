"""“Shape of replies”: checked while typing, saved only when usable, in force from then on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model

from studio.chat.shape import Shape, own_shape
from studio.errors import StudioError
from studio.ui.chat.composer.shape_button import ShapeButton
from studio.ui.chat.shape.dialog import ShapeDialog
from studio.ui.chat.shape.words import EXAMPLES
from studio.ui.theme import Theme
from studio.ui.widgets.buttons import Button

SCHEMA = Shape("json_schema", '{"type": "object"}')
Open = Callable[..., tuple[ShapeDialog, list[Shape | None]]]


@pytest.fixture
def opened(theme: Theme, qtbot: QtBot, window: QWidget) -> Open:
    def make(
        shape: Shape | None = None, preset: Shape | None = None, refuses: bool = False
    ) -> tuple[ShapeDialog, list[Shape | None]]:
        kept: list[Shape | None] = []

        def keep(chosen: Shape | None) -> None:
            if refuses:
                raise StudioError("disk.full", "The disk is full.", "Make room.")
            kept.append(chosen)

        dialog = ShapeDialog(theme, window, shape, preset, keep)
        with qtbot.waitExposed(dialog):
            dialog.show()
        return dialog, kept

    return make


def choose(dialog: QWidget, title: str) -> None:
    box = dialog.findChild(QComboBox, "shape_kind")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText(title, Qt.MatchFlag.MatchStartsWith))


def press(dialog: QWidget, name: str) -> None:
    (button,) = (b for b in dialog.findChildren(Button, name) if b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_is_typed_is_checked_and_saved_only_when_it_can_be_used(
    opened: Open, qtbot: QtBot
) -> None:
    dialog, kept = opened(Shape())
    choose(dialog, "Text, by a grammar")
    assert not dialog.save.isEnabled()
    assert "begin with an example" in dialog.verdict.words()
    QTest.keyClicks(dialog.editor, 'root ::= "a" root')
    assert not dialog.save.isEnabled()
    qtbot.waitUntil(lambda: "never end" in dialog.verdict.words())
    assert not dialog.save.isEnabled()
    assert "never end" in dialog.save.toolTip()
    assert dialog.editor.extraSelections()
    press(dialog, "shape_place")
    assert dialog.editor.textCursor().position() == 0
    QTest.keyClick(dialog.editor, Qt.Key.Key_End)
    QTest.keyClicks(dialog.editor, ' | "b"')
    qtbot.waitUntil(dialog.save.isEnabled)
    assert dialog.verdict.words() == "This can be used."
    assert not dialog.editor.extraSelections()
    dialog.save.setFocus()
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    assert kept == [Shape("grammar", 'root ::= "a" root | "b"')]
    assert not dialog.isVisible()


@pytest.mark.parametrize("kind", ["JSON, by a schema", "Text, by a grammar"])
def test_every_example_can_be_saved_and_taken_back(opened: Open, qtbot: QtBot, kind: str) -> None:
    dialog, _kept = opened(Shape())
    choose(dialog, kind)
    shape = dialog.shape()
    assert shape is not None
    first = dialog.findChild(Button, "shape_example_0")
    assert first is not None
    qtbot.waitUntil(first.isVisible)
    for number, (_title, text) in enumerate(EXAMPLES[shape.kind]):
        press(dialog, f"shape_example_{number}")
        assert dialog.editor.toPlainText() == text
        qtbot.waitUntil(dialog.save.isEnabled)
    dialog.editor.undo()
    assert dialog.editor.toPlainText() == EXAMPLES[shape.kind][-2][1]


def test_each_kind_keeps_its_text_while_one_looks_at_the_other(opened: Open) -> None:
    dialog, _kept = opened(SCHEMA)
    assert dialog.editor.toPlainText() == SCHEMA.text
    choose(dialog, "Text, by a grammar")
    assert dialog.editor.toPlainText() == ""
    choose(dialog, "JSON, by a schema")
    assert dialog.editor.toPlainText() == SCHEMA.text


def test_what_is_not_held_to_is_said(opened: Open) -> None:
    dialog, _kept = opened(Shape("json_schema", '{"type": "array", "uniqueItems": true}'))
    assert dialog.save.isEnabled()
    notes = dialog.findChild(QWidget, "shape_notes")
    assert notes is not None
    assert notes.isVisible()


def test_the_preset_may_decide_again(opened: Open) -> None:
    dialog, kept = opened(SCHEMA, Shape("grammar", 'root ::= "x"'))
    choose(dialog, "As the preset says: Text, by a grammar")
    assert dialog.save.isEnabled()
    press(dialog, "shape_save")
    assert kept == [None]


def test_escape_changes_nothing(opened: Open) -> None:
    dialog, kept = opened(SCHEMA)
    choose(dialog, "Free text")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not kept
    assert not dialog.isVisible()


def test_what_cannot_be_kept_is_told_and_stays(opened: Open) -> None:
    dialog, _kept = opened(SCHEMA, refuses=True)
    press(dialog, "shape_save")
    assert dialog.isVisible()
    assert "The disk is full." in dialog.banner.text()


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


def save_schema(room: ChatRoom, text: str) -> None:
    room.button("reply_shape").click()
    dialog = room.tab.shape.dialog
    assert dialog is not None
    choose(dialog, "JSON, by a schema")
    dialog.editor.take(text)
    room.wait(dialog.save.isEnabled)
    dialog.save.click()


def test_a_shape_chosen_before_the_first_message_holds_for_its_chat(room: ChatRoom) -> None:
    save_schema(room, SCHEMA.text)
    assert room.tab.composer.shape.word() == "JSON"
    room.ask("Something")
    key = room.tab.conversation_id
    assert own_shape(room.store.get(key).options) == SCHEMA
    reply = room.branch()[-1]
    assert reply.recipe["sampling"]["json_schema"] == SCHEMA.text
    assert reply.recipe["structured"]["valid"] is False
    assert room.tab.composer.shape.word() == "JSON"
    room.tab.begin_new()
    assert room.tab.composer.shape.word() == ""


def test_a_shape_chosen_later_is_stored_and_shown_again(room: ChatRoom) -> None:
    room.ask("Something")
    key = room.tab.conversation_id
    save_schema(room, SCHEMA.text)
    assert own_shape(room.store.get(key).options) == SCHEMA
    room.tab.begin_new()
    room.tab.open(key)
    assert room.tab.composer.shape.word() == "JSON"
    assert room.button("reply_shape").accessibleName() == "Shape of replies: JSON, by a schema"
    room.ask("Again")
    assert json.loads(room.branch()[-1].recipe["sampling"]["json_schema"]) == {"type": "object"}


def test_the_mark_is_an_icon_where_there_is_no_room_for_its_word(
    theme: Theme, qtbot: QtBot
) -> None:
    mark = ShapeButton(theme)
    qtbot.addWidget(mark)
    mark.show_shape(SCHEMA)
    mark.resize(mark.sizeHint())
    mark.show()
    assert mark.text() == "JSON"
    mark.resize(mark.minimumSizeHint())
    assert mark.text() == ""
    assert mark.accessibleName() == "Shape of replies: JSON, by a schema"


def test_a_shape_chosen_during_the_first_reply_is_kept_with_its_chat(room: ChatRoom) -> None:
    room.host.may_reply.clear()
    room.send("Something")
    room.wait(lambda: room.tab.work.shows_transcript)
    key = room.tab.conversation_id
    save_schema(room, SCHEMA.text)
    assert own_shape(room.store.get(key).options) == SCHEMA
    room.tab.begin_new()
    assert room.tab.composer.shape.word() == ""
    room.host.may_reply.set()
    room.wait_for_end()
