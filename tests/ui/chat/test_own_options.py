"""A chat's own options: of the new chat or stored, and told where they cannot be kept or read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model

from studio.chat.options import Options
from studio.errors import StudioError
from studio.ui.theme import Theme

FULL = "The disk is full. Make room."


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


def full(*_args: object) -> None:
    raise StudioError("disk.full", "The disk is full.", "Make room.")


@pytest.mark.parametrize(
    "choose",
    [
        lambda room: room.tab.overflow.choose("stop"),
        lambda room: room.tab.think.choose_tokens(64),
        lambda room: room.tab.think.choose_effort("high"),
    ],
)
def test_a_full_disk_is_told_and_what_held_before_goes_on(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch, choose: Callable[[ChatRoom], None]
) -> None:
    room.ask("Hello")
    room.tab.overflow.choose("compact")
    with monkeypatch.context() as patch:
        patch.setattr(room.store, "set_options", full)
        choose(room)
    assert room.told() == FULL
    assert room.store.get(room.tab.conversation_id).options == Options(overflow="compact")


def test_a_shape_that_the_disk_does_not_take_is_told_in_its_window_which_stays(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.ask("Hello")
    room.button("reply_shape").click()
    dialog = room.tab.shape.dialog
    assert dialog is not None
    kinds = dialog.findChild(QComboBox, "shape_kind")
    assert isinstance(kinds, QComboBox)
    kinds.setCurrentIndex(kinds.findText("JSON, by a schema", Qt.MatchFlag.MatchStartsWith))
    dialog.editor.take('{"type": "object"}')
    room.wait(dialog.save.isEnabled)
    with monkeypatch.context() as patch:
        patch.setattr(room.store, "set_options", full)
        QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.banner.text() == FULL
    assert room.tab.composer.shape.word() == ""
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert room.tab.composer.shape.word() == "JSON"
    assert room.store.get(room.tab.conversation_id).options.json_schema == '{"type": "object"}'


@pytest.mark.parametrize("what", ["model", "preset"])
def test_a_model_or_preset_that_the_disk_does_not_take_is_told(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    room.ask("Hello")
    before = room.store.get(room.tab.conversation_id)
    composer = room.tab.composer
    with monkeypatch.context() as patch:
        patch.setattr(room.store, f"set_{what}", full)
        {"model": composer.model_chosen, "preset": composer.preset_chosen}[what].emit("another")
    assert room.told() == FULL
    assert (room.tab.choices.model, room.tab.choices.preset) == (before.model, before.preset)
    assert room.store.get(room.tab.conversation_id) == before


def test_the_choices_of_all_doors_join_in_a_new_chat(room: ChatRoom) -> None:
    room.tab.overflow.choose("stop")
    room.tab.think.choose_tokens(64)
    chosen = Options(overflow="stop", reasoning_tokens=64)
    assert room.tab.choices.options == chosen
    room.ask("Hello")
    assert room.store.get(room.tab.conversation_id).options == chosen
    room.tab.begin_new()
    assert room.tab.choices.options == Options()


def test_that_a_chat_was_deleted_in_another_window_is_told_and_breaks_nothing(
    room: ChatRoom,
) -> None:
    room.ask("Hello")
    key = room.tab.conversation_id
    room.store.trash(key)
    room.store.purge(key)
    room.tab.overflow.choose("stop")
    with pytest.raises(StudioError) as caught:
        room.store.get(key)
    assert room.told() == str(caught.value)
