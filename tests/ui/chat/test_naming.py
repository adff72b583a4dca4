"""“Name it anew” in the list's menu, with a model that always finds the same two words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.answering_host import ANSWER
from support.chat_room import ChatRoom, room_with_model

from studio.ui.chat.naming import Naming
from studio.ui.theme import Theme
from studio.ui.widgets.toast import Toasts


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


def toasts(room: ChatRoom) -> Toasts:
    found = room.tab.window().findChild(Toasts)
    assert isinstance(found, Toasts)
    return found


def naming(room: ChatRoom, wanted: bool) -> Naming:
    return Naming(
        room.tab.list, room.store, lambda: room.parts.session, toasts(room), lambda: wanted
    )


def title(room: ChatRoom) -> str:
    return room.store.get(room.tab.conversation_id).title


def test_a_new_chat_is_named_if_that_is_wanted(room: ChatRoom) -> None:
    naming(room, wanted=True)
    room.ask("What is the capital of France?")
    room.wait(lambda: title(room) == ANSWER)
    assert room.store.get(room.tab.conversation_id).title_by == "model"


def test_a_title_that_made_way_for_the_next_message_comes_later(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    naming(room, wanted=True)
    titles = room.parts.session.titles
    monkeypatch.setattr(titles, "_must_stop", lambda: True)
    room.ask("What is the capital of France?")
    first = room.tab.conversation_id
    room.settle()
    assert room.store.get(first).title_by == ""
    monkeypatch.setattr(titles, "_must_stop", lambda: False)
    room.ask("And of Italy?")
    room.wait(lambda: room.store.get(first).title_by == "model")


def test_a_chat_of_an_earlier_start_gets_its_title_after_the_next_reply(room: ChatRoom) -> None:
    naming(room, wanted=False)
    room.ask("What is the capital of France?")
    missed = room.tab.conversation_id
    trashed = room.store.create().id
    _, reply = room.store.ask(trashed, "Gone?", "tiny")
    room.store.finish_reply(reply.id, "finished", content="Gone", reasoning="")
    room.store.trash(trashed)
    unanswered = room.store.create().id
    room.store.ask(unanswered, "Nobody there?", "tiny")
    mine = room.store.create().id
    _, reply = room.store.ask(mine, "Whose?", "tiny")
    room.store.finish_reply(reply.id, "finished", content="Mine", reasoning="")
    room.store.rename(mine, "Of my own")
    room.parts.session.titles.want(lambda: True)
    room.tab.begin_new()
    room.ask("Another one")
    room.wait(lambda: room.store.get(missed).title_by == "model")
    room.settle()
    assert room.store.get(room.tab.conversation_id).title_by == "model"
    assert [room.store.get(key).title_by for key in (unanswered, mine)] == ["", "person"]


def test_a_model_that_finds_no_title_is_asked_in_three_ways_and_never_again(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    naming(room, wanted=True)
    tried: list[object] = []
    titles = room.parts.session.titles

    def asked(*given: object) -> str:
        tried.append(given)
        return ""

    monkeypatch.setattr(titles, "_asked", asked)
    room.ask("What is the capital of France?")
    room.ask("And of Italy?")
    room.ask("And of Spain?")
    room.wait(lambda: room.parts.session.running_in is None)
    assert len(tried) == 3


def test_it_keeps_its_first_words_otherwise(room: ChatRoom) -> None:
    naming(room, wanted=False)
    room.ask("What is the capital of France?")
    room.settle()
    assert title(room) == "What is the capital of France?"


def test_the_menu_names_it_anew_and_that_is_undone(room: ChatRoom) -> None:
    naming(room, wanted=False)
    room.ask("What is the capital of France?")
    chat = room.store.rename(room.tab.conversation_id, "Mine")
    menu = room.tab.list.list.menu
    menu.show_chat(chat)
    menu.action("Name it anew").trigger()
    room.wait(lambda: title(room) == ANSWER)
    room.wait(lambda: ANSWER in toasts(room).words())
    toasts(room).undo()
    assert title(room) == "Mine"
    assert room.store.get(chat.id).title_by == "person"


def test_while_a_reply_runs_it_is_refused_in_words(room: ChatRoom) -> None:
    made = naming(room, wanted=False)
    room.ask("What is the capital of France?")
    room.host.may_reply.clear()
    room.send("And of Italy?")
    room.wait(lambda: room.parts.session.running_in is not None)
    made.name_anew(room.store.get(room.tab.conversation_id))
    assert "being written" in room.tab.list.banner.text()
    room.host.may_reply.set()
    room.wait_for_end()
