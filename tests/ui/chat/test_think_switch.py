"""The switch for thinking: there where the model can, kept with the chat, and in the request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox
from pytestqt.qtbot import QtBot
from support import tiny_chat, tiny_gguf
from support.answering_host import AnsweringHost
from support.chat_room import ChatRoom
from support.loaded_model import loaded
from support.machine import Machine

from studio.chat.options import Options
from studio.engine.host import Job
from studio.engine.language import Generate, Load, Sampling
from studio.engine.protocol import Done, Request
from studio.ui.chat.inspector.think_choice import ThinkChoice
from studio.ui.theme import Theme

THINKS = tiny_gguf.CHATML + "{% if enable_thinking %}<think></think>{% endif %}"
CANNOT = "This model does not think before it answers."


class ThinkingHost(AnsweringHost):
    """Loads every model but ``plain`` as one with a switch; keeps what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Sampling] = []

    def submit(self, request: Request) -> Job:
        if isinstance(request, Generate):
            self.asked.append(request.sampling)
        if not isinstance(request, Load) or "plain" in request.path:
            return super().submit(request)
        job = Job(self, request)
        facts = loaded(
            path=request.path,
            name="tiny",
            context=2048,
            reasoning=True,
            reasoning_switch="enable_thinking",
            efforts=("low", "high"),
            thinks=True,
        )
        job.deliver(Done(0, facts))
        return job


class Room(ChatRoom):
    """A room whose worker has a switch."""

    worker: ThinkingHost

    def turn(self) -> None:
        QTest.mouseClick(self.button("think"), Qt.MouseButton.LeftButton)

    def options(self) -> Options:
        return self.store.get(self.tab.conversation_id).options


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path, machine: Machine) -> Iterator[Room]:
    tiny_chat.put(profile / "models", "tiny", THINKS)
    made = Room(theme, qtbot, profile)
    made.host = made.worker = ThinkingHost()
    yield made
    made.close()


def test_it_is_there_before_the_model_is_loaded(room: Room) -> None:
    switch = room.button("think")
    assert switch.isChecked()
    assert switch.accessibleName() == "Think before answering"
    assert switch.toolTip() == "The model thinks before it answers."


def test_what_is_chosen_before_the_first_message_goes_with_it(room: Room) -> None:
    room.turn()
    assert not room.button("think").isChecked()
    room.ask("Hello")
    assert room.worker.asked[-1].think is False
    assert room.options().reasoning is False
    assert not room.button("think").isChecked()
    assert room.branch()[-1].recipe["sampling"]["think"] is False


def test_it_turns_back_by_the_keyboard(room: Room) -> None:
    room.ask("Hello")
    assert room.worker.asked[-1].think is None
    switch = room.button("think")
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert room.options().reasoning is False
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert room.options().reasoning is True
    room.ask("And now?")
    assert room.worker.asked[-1].think is True


def test_another_chat_has_its_own_choice(room: Room) -> None:
    room.ask("Hello")
    room.turn()
    first = room.tab.conversation_id
    room.tab.begin_new()
    assert room.button("think").isChecked()
    room.ask("Something else")
    assert room.worker.asked[-1].think is None
    room.tab.open(first)
    assert not room.button("think").isChecked()


def test_it_is_not_there_for_a_model_that_does_not_think(room: Room) -> None:
    room.put_model("plain")
    room.tab.refresh_models()
    room.settle()
    room.tab.use_model("plain")
    room.settle()
    assert room.tab.composer.think.isHidden()
    room.tab.think.turn()  # from the palette
    assert room.told() == f"{CANNOT} Choose another model below the message."
    room.ask("Hello")
    assert room.options() == Options()


def test_a_wish_that_the_model_cannot_fulfil_says_why(room: Room) -> None:
    room.ask("Hello")
    room.turn()
    room.put_model("plain")
    room.tab.refresh_models()
    room.settle()
    room.tab.use_model("plain")
    room.settle()
    switch = room.button("think")
    assert not switch.isEnabled()
    assert switch.toolTip() == CANNOT
    assert switch.accessibleDescription() == CANNOT


def choice(room: Room) -> ThinkChoice:
    made = room.tab.inspector.inspector.findChild(ThinkChoice)
    assert isinstance(made, ThinkChoice)
    return made


def test_the_inspector_sets_how_long_and_how_hard(room: Room) -> None:
    room.ask("Hello")
    part = choice(room)
    number = part.findChild(QDoubleSpinBox)
    assert isinstance(number, QDoubleSpinBox)
    number.setValue(128)
    assert room.options().reasoning_tokens == 128
    words = part.findChild(QComboBox)
    assert isinstance(words, QComboBox)
    assert [words.itemText(n) for n in range(words.count())] == [
        "As the model likes",
        "Little",
        "Much",
    ]
    words.setCurrentIndex(2)
    assert room.options().reasoning_effort == "high"
    room.ask("And now?")
    asked = room.worker.asked[-1]
    assert (asked.think, asked.think_tokens, asked.think_effort) == (None, 128, "high")


def test_no_tokens_switch_it_off_and_the_switch_gives_them_back(room: Room) -> None:
    room.ask("Hello")
    room.tab.think.choose_tokens(0)
    assert not room.button("think").isChecked()
    room.turn()
    assert room.options() == Options(reasoning=True)
    room.tab.think.choose_tokens(0)
    room.tab.think.choose_tokens(None)
    assert room.button("think").isChecked()
