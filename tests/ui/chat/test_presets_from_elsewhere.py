"""A preset that the terminal has made is offered in the window that is open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model

from studio.ui.chat.presets.watch import PresetWatch
from studio.ui.theme import Theme


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


def test_it_is_offered_once_it_is_there(room: ChatRoom) -> None:
    shown: list[list[str]] = []
    watch = PresetWatch(
        lambda: room.parts.presets,
        lambda: shown.append([each.title for each in room.parts.presets.list()]),
        room.parts.background,
        room.tab,
    )
    watch.look()
    room.settle()
    assert shown == [], "nothing has changed"
    folder = room.parts.paths.presets
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gone.json").write_text(json.dumps({"title": "Gone fishing"}), "utf-8")
    watch.look()
    room.wait(lambda: bool(shown))
    assert "Gone fishing" in shown[0]
    (folder / "gone.json").unlink()
    watch.look()
    room.wait(lambda: len(shown) > 1)
    assert "Gone fishing" not in shown[1]


def test_a_new_chat_has_no_search_of_the_one_before(room: ChatRoom) -> None:
    room.ask("Where is the zeppelin?")
    bar = room.tab.transcript.find_bar()
    bar.open()
    assert bar.isVisible()
    room.tab.begin_new()
    assert bar.isHidden()
