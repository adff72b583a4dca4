"""What is half written is still there after a look at another chat."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model

from studio.errors import StudioError
from studio.ui.theme import Theme

FULL = StudioError("disk.full", "The disk is full.", "Free some space.")


def refuse(*_args: object, **_named: object) -> None:
    raise FULL


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


def test_a_first_message_waits_while_another_chat_is_on_show(room: ChatRoom) -> None:
    old = room.store.create()
    room.store.set_draft(old.id, "Written before")
    room.tab.composer.set_text("A long first message")
    room.tab.list.chosen.emit(old.id)
    assert room.tab.composer.text() == "Written before"
    room.tab.begin_new()
    assert room.tab.composer.text() == "A long first message"
    assert room.store.get(old.id).draft == "Written before"
    assert [each.id for each in room.store.list()] == [old.id]


def test_a_fork_that_opens_by_itself_does_not_take_a_first_message(room: ChatRoom) -> None:
    fork = room.store.create()
    room.tab.composer.set_text("A long first message")
    room.tab.branches.forked.emit(fork.id)
    assert room.tab.conversation_id == fork.id
    assert room.tab.composer.text() == ""
    room.tab.begin_new()
    assert room.tab.composer.text() == "A long first message"


def test_a_chat_whose_draft_cannot_be_read_is_not_taken_for_the_one_on_show(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = room.store.create(), room.store.create()
    room.tab.open(first.id)
    room.tab.composer.set_text("For the first chat alone")
    with monkeypatch.context() as broken:
        broken.setattr(room.store.drafts, "text", refuse)
        with pytest.raises(StudioError):
            room.tab.open(second.id)
    assert room.tab.composer.text() == "For the first chat alone"
    assert room.tab.conversation_id == first.id


def test_a_new_chat_that_is_begun_again_keeps_its_text(room: ChatRoom) -> None:
    room.tab.composer.set_text("A long first message")
    room.tab.page_commands()["new"]()
    assert room.tab.composer.text() == "A long first message"


def test_what_was_sent_or_emptied_is_not_shown_again(room: ChatRoom) -> None:
    old = room.store.create()
    room.tab.composer.set_text("A long first message")
    room.tab.open(old.id)
    room.tab.begin_new()
    room.button("send").click()
    room.wait_for_end()
    assert room.branch()[0].content == "A long first message"
    room.tab.begin_new()
    assert room.tab.composer.text() == ""
    room.tab.composer.set_text("Never mind")
    room.tab.open(old.id)
    room.tab.begin_new()
    room.tab.composer.clear()
    room.tab.open(old.id)
    room.tab.begin_new()
    assert room.tab.composer.text() == ""


def test_a_draft_that_was_refused_is_shown_again_and_kept_then(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = room.store.create(), room.store.create()
    room.store.set_draft(one.id, "Before")
    room.tab.open(one.id)
    room.tab.composer.set_text("Before and after")
    with monkeypatch.context() as patch:
        patch.setattr(room.store, "set_draft", refuse)
        room.tab.open(other.id)
        assert room.told() == "The disk is full. Free some space."
        assert room.tab.composer.text() == ""
    room.tab.open(one.id)
    assert room.tab.composer.text() == "Before and after"
    room.wait(lambda: room.store.get(one.id).draft == "Before and after")
    room.ask("Sent")
    room.tab.open(other.id)
    room.tab.open(one.id)
    assert room.tab.composer.text() == ""


def test_emptying_a_draft_counts_also_when_it_was_refused(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = room.store.create(), room.store.create()
    room.store.set_draft(one.id, "Before")
    room.tab.open(one.id)
    room.tab.composer.clear()
    with monkeypatch.context() as patch:
        patch.setattr(room.store, "set_draft", refuse)
        room.tab.open(other.id)
    room.tab.open(one.id)
    assert room.tab.composer.text() == ""
    room.tab.draft.keep()
    assert room.store.get(one.id).draft == ""


def test_a_message_that_came_back_stands_before_the_next_new_chat(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go = threading.Event(), threading.Event()

    def ask(*_args: object, **_named: object) -> None:
        reached.set()
        assert go.wait(20)
        raise FULL

    monkeypatch.setattr(room.store, "ask", ask)
    room.send("The first")
    asked = room.tab.conversation_id
    assert reached.wait(20)
    room.tab.begin_new()
    room.tab.composer.set_text("The second")
    room.tab.open(asked)
    go.set()
    room.wait(lambda: room.told() != "")
    assert room.tab.conversation_id == ""
    assert room.tab.composer.text() == "The first\n\nThe second"
    room.tab.open(room.store.create().id)
    room.tab.begin_new()
    assert room.tab.composer.text() == "The first\n\nThe second"
