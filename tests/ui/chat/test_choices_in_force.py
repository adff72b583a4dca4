"""What the composer's pills show is what the next reply uses, over the real chooser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support import tiny_gguf
from support.chat_room import ChatRoom
from support.machine import Machine

from studio.ui.theme import Theme


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path, machine: Machine) -> Iterator[ChatRoom]:
    (profile / "models").mkdir(parents=True)
    made = ChatRoom(theme, qtbot, profile)
    yield made
    made.close()


def put_base_model(room: ChatRoom, name: str) -> None:
    """Put a model on the shelf that completes text and does not chat."""
    tiny_gguf.write(room.parts.paths.models / f"{name}.gguf", "llama", context_length=2048)


def put_preset(profile: Path, name: str, title: str, suits: list[str]) -> None:
    folder = profile / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"title": title, "suits": suits, "sampling": {"max_tokens": 8}}
    (folder / f"{name}.json").write_text(json.dumps(facts), "utf-8")


@pytest.fixture
def dressed(theme: Theme, qtbot: QtBot, profile: Path, machine: Machine) -> Iterator[ChatRoom]:
    """A room with a preset that suits the only model, and another one as the default."""
    (profile / "models").mkdir(parents=True)
    put_preset(profile, "made_for_tiny", "Made for tiny", ["tiny"])
    put_preset(profile, "usual", "Usual", [])
    made = ChatRoom(theme, qtbot, profile)
    made.parts.settings.set("chat.default_preset", "usual")
    made.put_model()
    refresh(made)
    yield made
    made.close()


def refresh(room: ChatRoom) -> None:
    room.tab.refresh_models()
    room.settle()


def pill(room: ChatRoom, name: str) -> str:
    return room.button(name).text()


def used(room: ChatRoom) -> tuple[str, str]:
    """Ask something; return the model and the preset of the reply, which has to come."""
    room.ask("Hello")
    reply = room.branch()[-1]
    assert reply.status == "finished", reply.failure
    return reply.model, reply.recipe["preset"]


def test_a_chat_model_comes_before_one_that_completes(room: ChatRoom) -> None:
    put_base_model(room, "apple")
    room.put_model("pear")
    refresh(room)
    assert pill(room, "model") == "pear"
    assert used(room)[0] == "pear"


def test_what_fits_comes_before_what_does_not(room: ChatRoom, machine: Machine) -> None:
    room.put_model("apple")
    room.put_model("pear")
    apple = room.parts.shelf.find("apple")
    settings = room.parts.shelf.load_settings(apple)
    room.parts.shelf.set_load_settings(apple, replace(settings, context=400_000_000))
    refresh(room)
    assert pill(room, "model") == "pear"
    assert used(room)[0] == "pear"
    machine.fill()
    refresh(room)
    assert pill(room, "model") == "pear", "it is loaded and goes on"


def test_a_model_by_another_of_its_names_is_shown_by_its_own(room: ChatRoom) -> None:
    path = room.put_model("pear")
    refresh(room)
    room.tab.open(room.store.create(model=str(path)).id)
    room.settle()
    assert pill(room, "model") == "pear"


def test_a_model_that_is_gone_is_shown_by_its_name(room: ChatRoom) -> None:
    room.put_model("pear")
    refresh(room)
    room.tab.open(room.store.create(model="gone").id)
    room.settle()
    assert pill(room, "model") == "gone"


def test_a_chat_without_a_preset_has_what_suits_its_model(dressed: ChatRoom) -> None:
    dressed.tab.open(dressed.store.create().id)
    dressed.settle()
    assert pill(dressed, "preset") == "Made for tiny"
    assert used(dressed) == ("tiny", "made_for_tiny")


def test_a_new_chat_has_the_default_preset(dressed: ChatRoom) -> None:
    assert pill(dressed, "preset") == "Usual"
    assert used(dressed) == ("tiny", "usual")


def test_a_preset_that_is_gone_is_told_in_its_chat_alone(dressed: ChatRoom) -> None:
    gone, other = dressed.store.create(preset="gone"), dressed.store.create(preset="usual")
    dressed.tab.open(gone.id)
    assert "There is no preset “gone”." in dressed.told()
    dressed.tab.open(other.id)
    assert dressed.told() == ""
    dressed.tab.open(gone.id)
    assert "There is no preset “gone”." in dressed.told()
    dressed.tab.begin_new()
    assert dressed.told() == ""
    assert pill(dressed, "preset") == "Usual"
    assert used(dressed) == ("tiny", "usual")


def test_a_preset_that_was_chosen_goes_along_to_a_new_chat(dressed: ChatRoom) -> None:
    dressed.tab.open(dressed.store.create(preset="brief").id)
    dressed.tab.begin_new()
    assert used(dressed) == ("tiny", "brief")


def test_another_banner_stays_when_the_trouble_with_a_preset_ends(dressed: ChatRoom) -> None:
    gone, other = dressed.store.create(preset="gone"), dressed.store.create()
    dressed.tab.open(gone.id)
    dressed.tab.work.banner.say("Something else.")
    dressed.tab.open(other.id)
    assert dressed.told() == "Something else."


def test_a_loaded_model_without_its_file_can_be_asked_on(room: ChatRoom) -> None:
    path = room.put_model("pear")
    refresh(room)
    assert used(room)[0] == "pear"
    path.unlink()
    refresh(room)
    assert used(room)[0] == "pear"
    assert len(room.branch()) == 4
    room.tab.begin_new()
    room.settle()
    assert pill(room, "model") == "pear"
    assert used(room)[0] == "pear"
    room.host.is_there = False
    refresh(room)
    room.tab.composer.set_text("And now?")
    assert not room.button("send").isEnabled()


def test_without_any_model_nothing_can_be_sent(room: ChatRoom) -> None:
    room.tab.composer.set_text("Hello")
    assert not room.button("send").isEnabled()
    room.put_model()
    refresh(room)
    assert room.button("send").isEnabled()
