"""A preset's own model is shown where it answers; and where it is gone, that is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom

from studio.chat.context_use import ContextUse
from studio.library import hardware
from studio.library.hardware import Hardware
from studio.ui.theme import Theme

GB = 1024**3
ROOMY = Hardware("a processor", 4, 8, frozenset(), 16 * GB, 8 * GB)
GONE = (
    "The preset “Taught” asks for the model pear, which is not here; apple answers instead. "
    "Choose a model for this chat, or another one in the preset."
)


@pytest.fixture
def room(
    theme: Theme, qtbot: QtBot, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ChatRoom]:
    """A room with two models, apple the default and pear that of the preset Taught."""
    monkeypatch.setattr(hardware, "probe", lambda: ROOMY)
    (profile / "presets").mkdir(parents=True)
    taught = {"title": "Taught", "model": "pear", "sampling": {"max_tokens": 8}}
    (profile / "presets" / "taught.json").write_text(json.dumps(taught), "utf-8")
    made = ChatRoom(theme, qtbot, profile)
    made.parts.settings.set("chat.default_model", "apple")
    for name in ("apple", "pear"):
        made.put_model(name)
    made.tab.refresh_models()
    made.settle()
    yield made
    made.close()


def shown(room: ChatRoom) -> tuple[str, str]:
    return room.button("model").text(), room.button("preset").text()


def answered_by(room: ChatRoom) -> str:
    room.ask("Hello")
    reply = room.branch()[-1]
    assert reply.status == "finished", reply.failure
    return reply.model


def choose_preset(room: ChatRoom, name: str) -> None:
    room.tab.composer.preset_chosen.emit(name)
    room.settle()


def take_away(room: ChatRoom, name: str) -> None:
    room.parts.shelf.remove(name)
    room.tab.refresh_models()
    room.settle()


def test_the_model_of_a_chosen_preset_is_shown_and_answers(room: ChatRoom) -> None:
    assert shown(room)[0] == "apple"
    choose_preset(room, "taught")
    assert shown(room) == ("pear", "Taught")
    assert answered_by(room) == "pear"
    assert shown(room) == ("pear", "Taught")
    assert room.told() == ""


def test_so_is_that_of_the_default_preset(room: ChatRoom) -> None:
    room.parts.settings.set("chat.default_preset", "TAUGHT")
    room.tab.begin_new()
    room.settle()
    assert shown(room) == ("pear", "Taught")
    assert answered_by(room) == "pear"


def test_a_model_chosen_for_the_chat_stays(room: ChatRoom) -> None:
    room.tab.use_model("apple")
    choose_preset(room, "taught")
    assert shown(room) == ("apple", "Taught")
    assert answered_by(room) == "apple"


def test_another_preset_brings_the_default_back(room: ChatRoom) -> None:
    choose_preset(room, "taught")
    choose_preset(room, "assistant")
    assert shown(room)[0] == "apple"
    assert answered_by(room) == "apple"


def test_a_preset_s_model_that_is_gone_is_told_with_the_next_step(room: ChatRoom) -> None:
    choose_preset(room, "taught")
    take_away(room, "pear")
    assert shown(room) == ("apple", "Taught")
    assert room.told() == GONE
    assert answered_by(room) == "apple"
    room.tab.work.banner.hide()
    room.tab.refresh_models()
    room.settle()
    assert room.told() == "", "it was told, and dismissed"
    room.tab.use_model("apple")
    room.settle()
    assert room.told() == ""
    assert shown(room) == ("apple", "Taught")


def test_it_is_no_longer_told_where_another_model_is_chosen_or_it_is_back(room: ChatRoom) -> None:
    choose_preset(room, "taught")
    take_away(room, "pear")
    assert room.told() == GONE
    room.tab.use_model("apple")
    room.settle()
    assert room.told() == ""
    room.tab.use_model("")
    room.settle()
    assert room.told() == GONE
    room.parts.shelf.restore("pear")
    room.tab.refresh_models()
    room.settle()
    assert room.told() == ""
    assert shown(room) == ("pear", "Taught")


def test_the_ring_shows_nothing_of_a_model_that_will_not_answer(room: ChatRoom) -> None:
    assert answered_by(room) == "apple"
    heard: list[ContextUse] = []

    def told() -> ContextUse:
        heard.clear()
        room.parts.session.count(room.tab.conversation_id, "And now?", heard.append)
        room.wait(lambda: bool(heard))
        return heard[0]

    assert told() == ContextUse(10, 2048)
    choose_preset(room, "taught")
    assert told().limit == 0
    choose_preset(room, "assistant")
    assert told() == ContextUse(10, 2048)
    apple = room.parts.shelf.find("apple")
    settings = room.parts.shelf.load_settings(apple)
    room.parts.shelf.set_load_settings(apple, replace(settings, context=512))
    assert told().limit == 0
    room.host.is_there = False
    assert told().limit == 0
