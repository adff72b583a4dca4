"""The chat on show takes up what another program has written in it, and nothing jumps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model
from support.databases import database_with
from support.talk import on_screen, place_of

from studio.assembly import MIGRATIONS
from studio.chat.store import ConversationStore
from studio.chat.tree import ConversationTree
from studio.storage.database import Database
from studio.ui.chat import taking_up
from studio.ui.chat.messages.views import JumpButton, WorkingView
from studio.ui.chat.taking_up import TakingUp
from studio.ui.theme import Theme

LONG = "\n\n".join(f"Line {n} of many." for n in range(60))


class Elsewhere:
    """Another program on the same data."""

    def __init__(self, database: Database) -> None:
        self.store = ConversationStore(database)
        self.tree = ConversationTree(database)

    def answer(self, conversation_id: str, question: str, answer: str) -> str:
        _, reply = self.store.ask(conversation_id, question, "tiny")
        self.store.finish_reply(reply.id, "finished", content=answer, reasoning="")
        return reply.id


@pytest.fixture
def room(
    theme: Theme, qtbot: QtBot, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ChatRoom]:
    monkeypatch.setattr(taking_up, "_AGAIN_MS", 20)
    with room_with_model(theme, qtbot, profile) as made:
        yield made


@pytest.fixture
def elsewhere(room: ChatRoom) -> Iterator[Elsewhere]:
    with database_with(room.parts.database.path.parent, *MIGRATIONS) as database:
        yield Elsewhere(database)


def taking(room: ChatRoom) -> TakingUp:
    parts = room.parts
    return TakingUp(
        room.tab,
        room.store,
        lambda: parts.tree,
        lambda: parts.session.running_in is not None,
        parts.background,
    )


def told(room: ChatRoom, elsewhere: Elsewhere, answer: str = "One") -> str:
    made = room.store.create(model="tiny")
    elsewhere.answer(made.id, "First?", answer)
    room.tab.open(made.id)
    room.settle()
    return made.id


def look(room: ChatRoom, taken: TakingUp) -> None:
    taken.look()
    room.settle()


def texts(room: ChatRoom) -> list[str]:
    return [entry.message.content for entry in room.tab.transcript.entries]


def test_what_the_terminal_adds_shows_below_and_what_is_read_stays(
    room: ChatRoom, elsewhere: Elsewhere
) -> None:
    key, taken = told(room, elsewhere, LONG), taking(room)
    room.tab.composer.set_text("Half a thought")
    before = place_of(room.tab.transcript, "Line 58 of many.")
    elsewhere.answer(key, "Second?", "Two")
    look(room, taken)
    assert texts(room) == ["First?", LONG, "Second?", "Two"]
    assert place_of(room.tab.transcript, "Line 58 of many.") == before
    assert room.tab.composer.text() == "Half a thought"
    (jump,) = room.tab.transcript.findChildren(JumpButton)
    assert jump.isVisible()


def test_a_reply_that_grows_elsewhere_is_followed_to_its_end(
    room: ChatRoom, elsewhere: Elsewhere
) -> None:
    key, taken = told(room, elsewhere), taking(room)
    _, reply = elsewhere.store.ask(key, "Second?", "tiny")
    look(room, taken)
    (working,) = room.tab.transcript.findChildren(WorkingView)
    assert working.text() == "Another program is writing this reply"
    elsewhere.store.grow_reply(reply.id, "Tw", "")
    look(room, taken)
    assert texts(room)[-1] == "Tw"
    assert not working.isVisible()
    elsewhere.store.finish_reply(reply.id, "finished", content="Two", reasoning="")
    look(room, taken)
    assert texts(room)[-1] == "Two"
    assert room.tab.transcript.entries[-1].message.status == "finished"


def test_a_chat_that_is_opened_while_it_is_written_elsewhere_says_so(
    room: ChatRoom, elsewhere: Elsewhere
) -> None:
    made = room.store.create(model="tiny")
    elsewhere.store.ask(made.id, "First?", "tiny")
    room.tab.open(made.id)
    (working,) = room.tab.transcript.findChildren(WorkingView)
    assert working.text() == "Another program is writing this reply"


def test_another_branch_that_is_shown_elsewhere_shows_here_with_its_versions(
    room: ChatRoom, elsewhere: Elsewhere
) -> None:
    key, taken = told(room, elsewhere), taking(room)
    elsewhere.tree.rewrite(room.branch()[-1].id, "Other words")
    look(room, taken)
    assert texts(room) == ["First?", "Other words"]
    place = room.tab.transcript.entries[-1].place
    assert place is not None
    assert (place.number, place.count) == (2, 2)
    assert room.tab.turns.shown == key


def test_a_version_beside_what_is_on_show_is_counted(room: ChatRoom, elsewhere: Elsewhere) -> None:
    told(room, elsewhere)
    taken, reply = taking(room), room.branch()[-1]
    elsewhere.tree.rewrite(reply.id, "Other words")
    elsewhere.tree.show_end(reply.id)
    look(room, taken)
    assert texts(room) == ["First?", "One"]
    place = room.tab.transcript.entries[-1].place
    assert place is not None
    assert (place.number, place.count) == (1, 2)


def test_what_is_being_reworded_stays_until_that_ends(room: ChatRoom, elsewhere: Elsewhere) -> None:
    key, taken = told(room, elsewhere), taking(room)
    transcript, last = room.tab.transcript, room.branch()[-1]
    room.tab.window().activateWindow()
    room.wait(room.tab.isActiveWindow)
    transcript._reword(transcript.entries[-1])
    elsewhere.tree.remove(last.id)
    look(room, taken)
    assert texts(room) == ["First?", "One"]
    transcript.drop_wording(last.id)
    room.tab.composer.focus_text()
    room.wait(lambda: texts(room) == ["First?"])
    assert room.tab.conversation_id == key


def test_while_a_reply_is_written_here_nothing_is_taken_up(
    room: ChatRoom, elsewhere: Elsewhere
) -> None:
    key, taken = told(room, elsewhere), taking(room)
    room.host.may_reply.clear()
    room.send("Second?")
    room.wait(lambda: len(texts(room)) == 4)
    shown = texts(room)
    elsewhere.tree.show_end(room.branch()[0].id)
    look(room, taken)
    room.qtbot.wait(60)
    assert texts(room) == shown
    room.host.may_reply.set()
    room.wait_for_end()
    room.wait(lambda: texts(room) == ["First?"])
    assert key == room.tab.conversation_id


def test_what_was_read_before_another_version_was_chosen_is_not_shown(
    room: ChatRoom, elsewhere: Elsewhere
) -> None:
    key, taken = told(room, elsewhere), taking(room)
    elsewhere.answer(key, "Second?", "Two")
    taken.look()
    room.parts.tree.show_end(room.branch()[0].id)
    room.tab.branches.show_changed(key)
    room.settle()
    assert texts(room) == ["First?"]


def test_a_chat_that_is_gone_elsewhere_stays_on_show(room: ChatRoom, elsewhere: Elsewhere) -> None:
    key, taken = told(room, elsewhere), taking(room)
    elsewhere.store.trash(key)
    elsewhere.store.purge(key)
    look(room, taken)
    assert texts(room) == ["First?", "One"]


@pytest.mark.parametrize("fails", [False, True])
def test_after_a_turn_here_nothing_is_drawn_anew(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    taken = taking(room)
    if fails:
        room.host.fail_next()
    room.ask("First?")
    taking_up_now: list[object] = []
    monkeypatch.setattr(room.tab.transcript, "take_up", taking_up_now.append)
    look(room, taken)
    assert taking_up_now == []


def test_what_is_sent_goes_below_what_was_added_elsewhere(
    room: ChatRoom, elsewhere: Elsewhere
) -> None:
    key = told(room, elsewhere)
    elsewhere.answer(key, "Second?", "Two")
    room.ask("Third?")
    assert texts(room) == [message.content for message in room.branch()]
    assert texts(room)[:5] == ["First?", "One", "Second?", "Two", "Third?"]
    assert "Third?" in on_screen(room.tab.transcript)
