"""A reply that the disk does not take is told of at once, kept, and saved as soon as it can be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support.answering_host import ANSWER
from support.chat_room import ChatRoom, room_with_model
from support.machine import Machine
from support.talk import seen

from studio.chat import unsaved
from studio.errors import StudioError
from studio.ui.chat.messages.views import EndingView
from studio.ui.theme import Theme

FULL = StudioError("disk.full", "The disk is full.", "Free some space, then try again.")


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path, machine: Machine) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


class Disk:
    """Refuses what is written of replies while it ``is_full``."""

    def __init__(self, room: ChatRoom) -> None:
        self.is_full = True
        self.may_finish = threading.Event()
        self.may_finish.set()
        self._grow = room.store.grow_reply
        self._finish = room.store.finish_reply

    def grow(self, *values: Any) -> None:
        if self.is_full:
            raise FULL
        self._grow(*values)

    def finish(self, *values: Any, **facts: Any) -> object:
        assert self.may_finish.wait(20)
        if self.is_full:
            raise FULL
        return self._finish(*values, **facts)


@pytest.fixture
def disk(room: ChatRoom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk(room)
    monkeypatch.setattr(room.store, "grow_reply", disk.grow)
    monkeypatch.setattr(room.store, "finish_reply", disk.finish)
    monkeypatch.setattr(unsaved, "RETRY_AFTER_S", (0.05,))
    monkeypatch.setattr("studio.chat.recorder.SAVE_EVERY_S", 0.0)
    yield disk
    disk.is_full = False
    disk.may_finish.set()


def notes(room: ChatRoom) -> list[str]:
    return [view.words() for view in seen(room.tab.transcript, EndingView)]


def test_its_card_says_what_to_do_and_goes_once_it_is_saved(room: ChatRoom, disk: Disk) -> None:
    room.ask("Hello")
    assert room.failures() == [
        "The reply could not be saved. The disk is full. Free some space. The reply is kept while"
        " the program is open, and saved by itself once that works."
    ]
    offered = [b for b in room.tab.findChildren(QPushButton, "try_again") if b.isVisible()]
    assert offered == []  # what is tried again is the saving, and by itself
    assert room.branch()[-1].status == "streaming"
    disk.is_full = False
    room.wait(lambda: room.failures() == [])
    assert (room.branch()[-1].status, room.branch()[-1].content) == ("finished", ANSWER)


def test_a_question_refused_meanwhile_is_not_refused_any_more(
    room: ChatRoom, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.ask("Hello")

    def refuse(*_values: object, **_facts: object) -> None:
        raise FULL

    monkeypatch.setattr(room.store, "ask", refuse)
    room.send("And now")
    room.wait(lambda: "The disk is full." in room.told())
    assert room.tab.composer.text() == "And now"
    disk.is_full = False
    room.wait(lambda: room.told() == "")
    assert room.tab.composer.text() == "And now"


def test_it_is_shown_whole_after_looking_elsewhere(room: ChatRoom, disk: Disk) -> None:
    room.ask("Hello")
    asked = room.tab.conversation_id
    room.tab.begin_new()
    room.tab.open(asked)
    assert [entry.message.content for entry in room.tab.transcript.entries] == ["Hello", ANSWER]
    assert len(room.failures()) == 1
    disk.is_full = False
    room.wait(lambda: room.failures() == [])


def test_it_is_told_while_the_reply_is_written_and_no_more_once_it_is_saved(
    room: ChatRoom, disk: Disk
) -> None:
    disk.may_finish.clear()
    room.send("Hello")
    room.wait(lambda: notes(room) != [])
    assert notes(room) == [
        "This reply is not being saved at the moment. The disk is full. Free some space."
        " It is saved by itself as soon as that works."
    ]
    disk.is_full = False
    disk.may_finish.set()
    room.wait_for_end()
    assert notes(room) == [
        "The disk was full while this reply was written. All of the reply is saved now."
    ]
    assert room.branch()[-1].content == ANSWER


def test_the_program_knows_that_closing_would_lose_it(room: ChatRoom, disk: Disk) -> None:
    assert room.parts.unsaved() is None
    room.ask("Hello")
    assert room.parts.unsaved() is FULL
    disk.is_full = False
    assert room.parts.unsaved() is None
    assert room.branch()[-1].content == ANSWER
