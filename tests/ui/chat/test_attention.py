"""A reply that ends while nobody looks keeps a dot, and a long one is told through the system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model
from support.machine import Machine

from studio.chat.unseen import Unseen
from studio.ui.chat.attention import LONG_S, Attention, Wanted
from studio.ui.chat.conversations.rows import IS_UNSEEN
from studio.ui.relay import Relay
from studio.ui.theme import Theme


@dataclass
class FakeTeller:
    """Keeps what would be shown by the system."""

    told: list[tuple[str, str]] = field(default_factory=list)
    acts: list[Callable[[], object]] = field(default_factory=list)
    cleared: int = 0

    def tell(self, title: str, words: str, act: Callable[[], object]) -> None:
        self.told.append((title, words))
        self.acts.append(act)

    def clear(self) -> None:
        self.cleared += 1


class Watched:
    """A room whose person is here or away, and how long everything takes."""

    def __init__(self, room: ChatRoom) -> None:
        self.room = room
        self.teller = FakeTeller()
        self.is_here = True
        self.notify, self.words = True, False
        self.seconds = 0.0
        self.opened: list[str] = []
        self.attention = self.watch()
        relay = Relay(self.attention)
        room.parts.session.observe(relay.wrap(lambda event: self.attention.on_turn(event)))

    def watch(self) -> Attention:
        return Attention(
            self.room.tab,
            self.room.store,
            Unseen(self.room.parts.database),
            Wanted(lambda: self.notify, lambda: self.words),
            self._open,
            self.teller,
            lambda: self.is_here,
            self._now,
        )

    def _open(self, key: str) -> None:
        self.opened.append(key)
        self.is_here = True
        self.room.tab.open(key)

    def _now(self) -> float:
        self.seconds += self.step
        return self.seconds

    step = LONG_S

    def dots(self) -> list[str]:
        rows = self.room.tab.list.list.rows
        indexes = (rows.index(n, 0) for n in range(rows.rowCount()))
        return [str(each.data()) for each in indexes if each.data(IS_UNSEEN)]


@pytest.fixture
def watched(theme: Theme, qtbot: QtBot, profile: Path, machine: Machine) -> Iterator[Watched]:
    with room_with_model(theme, qtbot, profile) as room:
        yield Watched(room)


def away(watched: Watched, question: str = "Hello") -> str:
    """Ask something and be away when the reply ends; return the conversation."""
    watched.is_here = False
    watched.room.ask(question)
    watched.room.wait(lambda: bool(watched.dots()))
    return watched.room.tab.conversation_id


def test_a_reply_that_is_watched_leaves_no_trace(watched: Watched) -> None:
    watched.room.ask("Hello")
    watched.room.settle()
    assert (watched.dots(), watched.teller.told) == ([], [])


def test_a_long_reply_is_told_with_the_title_alone(watched: Watched) -> None:
    away(watched)
    assert watched.teller.told == [("Hello", "The reply is finished.")]
    assert watched.dots() == ["Hello"]


def test_its_words_are_told_only_if_that_is_allowed(watched: Watched) -> None:
    watched.words = True
    away(watched)
    assert watched.teller.told == [("Hello", "Two words")]


@pytest.mark.parametrize("reason", ["short", "not wanted"])
def test_nothing_is_told_otherwise_but_the_dot_stays(watched: Watched, reason: str) -> None:
    if reason == "short":
        watched.step = LONG_S / 2
    else:
        watched.notify = False
    away(watched)
    assert watched.teller.told == []
    assert watched.dots() == ["Hello"]


def test_a_failed_reply_is_told_as_such(watched: Watched) -> None:
    watched.room.host.fail_next()
    watched.words = True
    away(watched)
    assert watched.teller.told == [("Hello", "The reply could not be finished.")]


def test_a_click_opens_the_chat_and_takes_the_dot_away(watched: Watched) -> None:
    key = away(watched)
    watched.room.tab.begin_new()
    watched.teller.acts[0]()
    assert watched.opened == [key]
    assert watched.room.tab.conversation_id == key
    assert watched.dots() == []


def test_a_click_for_a_chat_that_is_gone_says_so(watched: Watched) -> None:
    key = away(watched)
    watched.room.tab.begin_new()
    watched.room.store.trash(key)
    watched.room.parts.session.purge(key)
    watched.teller.acts[0]()
    assert watched.room.told()


def test_coming_back_to_the_chat_on_show_is_to_see_it(watched: Watched) -> None:
    away(watched)
    watched.attention.look()
    assert watched.dots() == ["Hello"]
    watched.is_here = True
    watched.attention.look()
    assert watched.dots() == []
    assert watched.teller.cleared == 2


def test_a_chat_that_is_not_on_show_keeps_its_dot_until_it_is_opened(watched: Watched) -> None:
    room = watched.room
    room.host.may_reply.clear()
    room.send("Hello")
    first = room.tab.conversation_id
    room.tab.begin_new()
    room.host.may_reply.set()
    room.wait(lambda: room.parts.session.running_in is None)
    room.wait(lambda: watched.dots() == ["Hello"])
    assert watched.teller.told == []  # the person is at this program
    row = room.tab.list.list.rows.index_of(first)
    assert "A new reply" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    room.tab.open(first)
    assert watched.dots() == []


def test_dots_are_there_again_after_a_restart(watched: Watched) -> None:
    away(watched)
    watched.room.tab.list.list.rows.set_unseen(set())
    watched.attention = watched.watch()
    assert watched.dots() == ["Hello"]
