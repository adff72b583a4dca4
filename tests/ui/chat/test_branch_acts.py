"""Whatever is asked for while something of the kind is under way is done after it, or refused."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model

from studio.chat.conversation import Message
from studio.chat.tree import ConversationTree
from studio.errors import StudioError
from studio.ui.chat.messages.message_actions import Act
from studio.ui.theme import Theme
from studio.ui.widgets.toast import Toasts

FULL = StudioError("disk.full", "The disk is full.", "Free some space.")


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


@pytest.fixture
def talk(room: ChatRoom) -> list[Message]:
    """The messages of a chat that is on show."""
    made = room.store.create(model="tiny")
    for question in ("One", "Two", "Three"):
        _, reply = room.store.ask(made.id, question, "tiny")
        room.store.finish_reply(reply.id, "finished", content=f"{question}.", reasoning="")
    room.tab.list.refresh()
    room.tab.open(made.id)
    return room.branch()


@contextmanager
def held(room: ChatRoom) -> Iterator[None]:
    """Have the background be at work with something else meanwhile, and wait for what came."""
    may_go_on = threading.Event()

    def work() -> None:
        may_go_on.wait()

    room.parts.background(work)
    try:
        yield
    finally:
        may_go_on.set()
    room.settle()


def act(room: ChatRoom, message: Message, wish: Act) -> None:
    room.tab.transcript.acted.emit(message, wish)


def toasts(room: ChatRoom) -> Toasts:
    made = room.tab.window().findChild(Toasts)
    assert made is not None
    return made


def texts(room: ChatRoom, conversation_id: str) -> list[str]:
    return [message.content for message in room.store.branch(conversation_id)]


def test_two_deletions_are_both_done(room: ChatRoom, talk: list[Message]) -> None:
    with held(room):
        act(room, talk[5], Act.DELETE)
        act(room, talk[3], Act.DELETE)
    assert texts(room, talk[0].conversation_id) == ["One", "One.", "Two"]
    assert [each.message.content for each in room.tab.transcript.entries] == ["One", "One.", "Two"]
    assert toasts(room).words() == "Deleted 2 messages."
    assert room.told() == ""


def test_a_fork_sees_what_was_asked_for_before_it(room: ChatRoom, talk: list[Message]) -> None:
    key = talk[0].conversation_id
    with held(room):
        act(room, talk[1], Act.FORK)
        act(room, talk[3], Act.FORK)
        act(room, talk[2], Act.DELETE)
    copies = [texts(room, chat.id) for chat in room.store.list() if chat.id != key]
    assert sorted(copies, key=len) == [["One", "One."], ["One", "One.", "Two", "Two."]]
    assert texts(room, key) == ["One", "One."]
    assert room.tab.conversation_id != key


def test_the_same_message_is_deleted_once(room: ChatRoom, talk: list[Message]) -> None:
    with held(room):
        act(room, talk[2], Act.DELETE)
        act(room, talk[2], Act.DELETE)
    assert toasts(room).words() == "Deleted 4 messages."
    assert room.told() == ""
    toasts(room).undo()
    room.wait(lambda: len(room.branch()) == 6)
    room.settle()
    act(room, talk[2], Act.DELETE)
    room.wait(lambda: len(room.branch()) == 2)


@pytest.mark.parametrize("wish", [Act.DELETE, Act.FORK])
def test_what_went_along_is_told_in_words(room: ChatRoom, talk: list[Message], wish: Act) -> None:
    with held(room):
        act(room, talk[2], Act.DELETE)
        act(room, talk[4], wish)
    assert room.told().startswith("This message went with the one that you deleted just before.")
    assert texts(room, talk[0].conversation_id) == ["One", "One."]
    assert toasts(room).words() == "Deleted 4 messages."


def test_an_undo_waits_for_its_turn(room: ChatRoom, talk: list[Message]) -> None:
    act(room, talk[4], Act.DELETE)
    room.wait(lambda: toasts(room).words() == "Deleted 2 messages.")
    with held(room):
        act(room, talk[1], Act.FORK)
        toasts(room).undo()
        assert len(room.store.all_messages(talk[0].conversation_id)) == 4
    assert texts(room, talk[0].conversation_id)[4:] == ["Three", "Three."]
    assert room.told() == ""


@pytest.mark.parametrize(
    ("code", "offered"), [("disk.full", "Deleted 2 messages."), ("removal.unknown", "")]
)
def test_an_undo_that_failed_can_be_tried_again(
    room: ChatRoom,
    talk: list[Message],
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    offered: str,
) -> None:
    def refuse(*_args: object) -> None:
        raise StudioError(code, "Not now.", "Try again.")

    act(room, talk[4], Act.DELETE)
    room.wait(lambda: toasts(room).words() != "")
    with monkeypatch.context() as patch:
        patch.setattr(ConversationTree, "put_back", refuse)
        toasts(room).undo()
        room.wait(lambda: room.told() == "Not now. Try again.")
    assert toasts(room).words() == offered


def test_a_failed_undo_leaves_the_offer_of_a_later_deletion(
    room: ChatRoom, talk: list[Message]
) -> None:
    act(room, talk[5], Act.DELETE)
    room.wait(lambda: toasts(room).words() == "Deleted 1 message.")
    room.parts.tree.remove(talk[4].id)  # in another window
    with held(room):
        act(room, talk[2], Act.DELETE)
        toasts(room).undo()
    assert room.told().endswith("Bring that back first.")
    assert toasts(room).words() == "Deleted 2 messages."


def test_after_a_failure_the_next_is_done(
    room: ChatRoom, talk: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise FULL

    with monkeypatch.context() as patch, held(room):
        patch.setattr(ConversationTree, "fork", refuse)
        act(room, talk[1], Act.FORK)
        act(room, talk[4], Act.DELETE)
    assert room.told() == "The disk is full. Free some space."
    assert len(texts(room, talk[0].conversation_id)) == 4
