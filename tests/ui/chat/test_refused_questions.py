"""A question that cannot be answered stays: in the conversation, or where it was written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from support.answering_host import ANSWER
from support.chat_room import ChatRoom, room_with_model
from support.exchanges import lone_reply
from support.machine import Machine

from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import from_bytes
from studio.chat.queue import Queue
from studio.errors import StudioError
from studio.ui.theme import Theme

FULL = StudioError("disk.full", "The disk is full.", "Free some space.")


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path, machine: Machine) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


class FullDisk:
    """Holds questions back until ``go``, and refuses them then while it ``is_full``."""

    def __init__(self, room: ChatRoom) -> None:
        self.is_full = True
        self.reached = threading.Event()
        self.go = threading.Event()
        self._ask = room.store.ask

    def ask(self, conversation_id: str, text: str, model: str, **more: Any) -> object:
        self.reached.set()
        assert self.go.wait(20)
        if self.is_full:
            raise FULL
        return self._ask(conversation_id, text, model, **more)


@pytest.fixture
def disk(room: ChatRoom, monkeypatch: pytest.MonkeyPatch) -> Iterator[FullDisk]:
    made = FullDisk(room)
    monkeypatch.setattr(room.store, "ask", made.ask)
    yield made
    made.go.set()


def kept(room: ChatRoom) -> list[tuple[str, str, str]]:
    return [(m.role, m.status, m.content) for m in room.branch()]


def test_a_model_that_may_not_fit_is_loaded_anyway(room: ChatRoom, machine: Machine) -> None:
    machine.fill()
    room.ask("What is it?")
    assert room.failures()[0].startswith("tiny may not fit into memory.")
    assert room.told() == ""
    assert room.tab.composer.text() == ""
    assert kept(room) == [("user", "finished", "What is it?"), ("assistant", "failed", "")]
    room.button("load_anyway").click()
    room.wait_for_end()
    assert room.failures() == []
    assert kept(room) == [("user", "finished", "What is it?"), ("assistant", "finished", ANSWER)]
    assert room.branch()[-1].model == "tiny"
    room.ask("And now?")
    assert kept(room)[2:] == [("user", "finished", "And now?"), ("assistant", "finished", ANSWER)]


def test_trying_again_judges_again(room: ChatRoom, machine: Machine) -> None:
    roomy = machine.now
    machine.fill()
    room.ask("What is it?")
    first = room.branch()[-1].id
    room.button("try_again").click()
    room.wait_for_end()
    assert room.branch()[-1].id != first
    assert kept(room)[-1] == ("assistant", "failed", "")
    machine.now = roomy
    room.button("try_again").click()
    room.wait_for_end()
    assert room.failures() == []


@pytest.mark.parametrize(
    ("model", "words"),
    [("gone", "There is no model"), ("", "No chat model is here yet.")],
)
def test_a_model_that_is_not_there_is_told_in_the_conversation(
    room: ChatRoom, model: str, words: str
) -> None:
    if not model:
        room.put_model().unlink()
    conversation = room.store.create(model=model)
    room.tab.open(conversation.id)
    room.ask("Is anybody there?")
    assert words in room.failures()[0]
    assert kept(room)[0] == ("user", "finished", "Is anybody there?")
    assert room.branch()[1].model == model
    room.put_model("gone")
    room.button("try_again").click()
    room.wait_for_end()
    assert room.branch()[-1].model == "gone"


def test_what_fails_elsewhere_stands_there(room: ChatRoom, machine: Machine) -> None:
    other = room.store.create()
    machine.fill()
    room.send("What is it?")
    asked = room.tab.conversation_id
    room.tab.open(other.id)
    room.wait_for_end()
    assert room.store.branch(asked)[1].failure is not None
    room.tab.open(asked)
    room.wait(lambda: bool(room.failures()))
    assert room.button("load_anyway").isEnabled()


def test_a_new_chat_that_could_not_be_stored_leaves_nothing_but_its_words(
    room: ChatRoom, disk: FullDisk
) -> None:
    disk.go.set()
    room.ask("Do not lose me")
    assert room.told() == "The disk is full. Free some space."
    assert room.tab.composer.text() == "Do not lose me"
    assert room.tab.conversation_id == ""
    assert room.store.list() == []
    disk.is_full = False
    room.button("send").click()
    room.wait_for_end()
    assert len(room.store.list()) == 1
    assert kept(room)[0] == ("user", "finished", "Do not lose me")
    assert room.told() == ""
    assert room.tab.composer.text() == ""


def test_a_new_chat_in_which_more_waits_stays_when_its_message_could_not_be_stored(
    room: ChatRoom, disk: FullDisk
) -> None:
    room.send("Do not lose me")
    assert disk.reached.wait(20)
    asked = room.tab.conversation_id
    Queue(room.parts.database).add(asked, "Nor me")
    attached = Attachments(room.parts.database)
    attached.add(asked, from_bytes("note.txt", b"Milk"))
    disk.go.set()
    room.wait(lambda: room.told() != "")
    assert room.tab.conversation_id == asked
    assert [each.id for each in room.store.list()] == [asked]
    assert room.tab.composer.text() == "Do not lose me"
    assert [each.name for each in attached.waiting(asked)] == ["note.txt"]


def test_what_was_written_meanwhile_follows_what_came_back(room: ChatRoom, disk: FullDisk) -> None:
    conversation = room.store.create()
    room.tab.open(conversation.id)
    room.send("The first")
    assert disk.reached.wait(20)
    room.tab.composer.set_text("The second")
    disk.go.set()
    room.wait(lambda: room.told() != "")
    assert room.tab.composer.text() == "The first\n\nThe second"
    room.tab.draft.keep()
    assert room.store.get(conversation.id).draft == "The first\n\nThe second"


@pytest.mark.parametrize("later", ["", "And this"])
def test_what_could_not_be_stored_waits_in_its_chat(
    room: ChatRoom, disk: FullDisk, later: str
) -> None:
    asked, other = room.store.create(), room.store.create()
    room.store.rename(asked.id, "Bees")
    room.tab.open(asked.id)
    room.send("Do not lose me")
    assert disk.reached.wait(20)
    room.tab.composer.set_text(later)
    room.tab.open(other.id)
    room.tab.composer.set_text("Quite another thing")
    disk.go.set()
    room.wait(lambda: room.told() != "")
    assert room.told() == (
        "In “Bees”: The disk is full. Free some space. What you wrote is kept there."
    )
    assert room.tab.composer.text() == "Quite another thing"
    room.tab.open(asked.id)
    assert room.tab.composer.text() == "\n\n".join(filter(None, ("Do not lose me", later)))
    room.tab.open(other.id)
    assert room.tab.composer.text() == "Quite another thing"


def test_a_new_chat_that_was_left_keeps_its_words_as_a_draft(
    room: ChatRoom, disk: FullDisk
) -> None:
    room.send("Do not lose me")
    asked = room.tab.conversation_id
    assert disk.reached.wait(20)
    assert room.store.get(asked).draft == "Do not lose me", "also if the program ends now"
    room.tab.begin_new()
    disk.go.set()
    room.wait(lambda: room.told() != "")
    assert room.tab.composer.text() == ""
    assert [each.id for each in room.store.list()] == [asked]
    room.tab.open(asked)
    assert room.tab.composer.text() == "Do not lose me"


def test_looking_elsewhere_and_back_does_not_show_a_message_twice(
    room: ChatRoom, disk: FullDisk
) -> None:
    conversation, other = room.store.create(), room.store.create()
    room.tab.open(conversation.id)
    room.send("Once")
    assert disk.reached.wait(20)
    room.tab.open(other.id)
    room.tab.open(conversation.id)
    assert room.tab.composer.text() == "Once", "it is a draft until it is stored"
    disk.is_full = False
    disk.go.set()
    room.wait(lambda: len(room.branch()) == 2)
    room.wait_for_end()
    assert room.tab.composer.text() == ""
    assert room.store.get(conversation.id).draft == ""


@pytest.mark.parametrize("step", ["create", "set_draft"])
def test_a_disk_that_is_full_before_anything_keeps_the_words_in_place(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        raise FULL

    with monkeypatch.context() as patch:
        patch.setattr(room.store, step, refuse)
        room.send("Do not lose me")
    assert room.told() == "The disk is full. Free some space."
    assert room.tab.composer.text() == "Do not lose me"
    assert room.tab.conversation_id == ""
    assert room.store.list() == []


def test_a_question_during_another_turn_leaves_no_empty_chat(room: ChatRoom) -> None:
    room.host.may_reply.clear()
    room.send("First")
    first = room.tab.conversation_id
    room.wait(lambda: len(room.branch()) == 2)
    room.tab.begin_new()
    room.tab.composer.set_text("Second")
    room.tab.composer.sent.emit("Second")
    assert room.told().startswith("A reply is being written.")
    assert room.tab.composer.text() == "Second"
    assert room.tab.conversation_id == ""
    assert [each.id for each in room.store.list()] == [first]
    room.host.may_reply.set()
    room.wait_for_end()


def test_without_a_question_there_is_nothing_to_answer_again(room: ChatRoom) -> None:
    room.tab.open(lone_reply(room.parts).id)
    room.tab.transcript.regenerated.emit()
    room.wait(lambda: room.told() != "")
    assert room.told().startswith("There is no question here")
    assert len(room.branch()) == 1
    room.wait_for_end()


def test_a_failure_of_a_new_reply_elsewhere_is_told(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go = threading.Event(), threading.Event()

    def refuse(*_args: object) -> None:
        reached.set()
        assert go.wait(20)
        raise FULL

    room.ask("What is it?")
    monkeypatch.setattr(room.store, "begin_reply", refuse)
    room.tab.transcript.regenerated.emit()
    assert reached.wait(20)
    room.tab.begin_new()
    go.set()
    room.wait_for_end()
    assert room.told().startswith("In “What is it?”: The disk is full.")
