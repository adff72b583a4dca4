"""Conversations leave the database whole and come back the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio.assembly import Parts, open_data
from studio.chat.conversation import Failure, Figures
from studio.chat.transfer import incoming, own_json
from studio.chat.transfer.archive import ArchivedConversation, ArchivedMessage

Opener = Callable[[str], Parts]
BEGAN = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)


@pytest.fixture
def opener(tmp_path: Path) -> Iterator[Opener]:
    """Return a function that opens the data of a person."""
    opened: list[Parts] = []

    def open_person(name: str) -> Parts:
        opened.append(open_data(tmp_path / name, lambda worker: pytest.fail(worker)))
        return opened[-1]

    yield open_person
    for parts in opened:
        parts.close()


def talk(parts: Parts) -> str:
    """Keep a conversation with two replies to its first question; return its id."""
    store = parts.conversations
    chat = store.create(model="tiny", preset="assistant")
    store.set_system(chat.id, "Be brief.")
    question, first = store.ask(chat.id, "Where is Paris? 🗼", "tiny")
    figures = Figures(20, 4, 7, 0.25, 48.5)
    store.finish_reply(first.id, "finished", content="In France.", reasoning="Hm.", figures=figures)
    second = store.begin_reply(question.id, "tiny")
    failure = Failure("worker.crashed", "The engine ended.", "Try again.", "signal 11")
    store.finish_reply(second.id, "failed", content="In", reasoning="", failure=failure)
    return chat.id


def test_a_conversation_comes_back_the_same_in_another_database(
    opener: Opener, tmp_path: Path
) -> None:
    here, there = opener("here"), opener("there")
    taken = here.archives.take(talk(here))
    assert [message.role for message in taken.messages] == ["user", "assistant", "assistant"]
    own_json.write(tmp_path / "out.json", [taken])
    for archived in incoming.open_import(tmp_path / "out.json").conversations:
        there.archives.put(archived)
    assert there.archives.take(taken.id) == taken
    assert there.conversations.branch(taken.id) == here.conversations.branch(taken.id)


def test_what_is_here_already_is_put_beside_it(opener: Opener) -> None:
    parts = opener("here")
    chat_id = talk(parts)
    taken = parts.archives.take(chat_id)
    copy = parts.archives.put(taken)
    assert copy.id != chat_id
    assert parts.archives.take(chat_id) == taken
    again = parts.archives.take(copy.id)
    assert [m.content for m in again.messages] == [m.content for m in taken.messages]
    assert {m.id for m in again.messages}.isdisjoint(m.id for m in taken.messages)


def test_one_message_that_is_here_already_is_enough_for_other_ids(opener: Opener) -> None:
    parts = opener("here")
    taken = parts.archives.take(talk(parts))
    other = parts.archives.put(replace(taken, id="another"))
    assert other.id != "another"
    assert len(parts.archives.take(other.id).messages) == 3


def test_ids_are_drawn_until_none_is_taken(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = opener("here")
    taken = parts.archives.take(talk(parts))
    there = [message.id for message in taken.messages]
    drawn = iter([*there, taken.id, "n1", "n2", there[2], "c1", "n3", "n4", "n5", "c2"])
    monkeypatch.setattr("studio.chat.transfer.archives.new_id", lambda: next(drawn))
    copy = parts.archives.put(taken)
    assert copy.id == "c2"
    assert {each.id for each in parts.archives.take("c2").messages} == {"n3", "n4", "n5"}
    assert parts.archives.take(taken.id) == taken


def test_without_a_title_it_is_named_by_its_first_question(opener: Opener) -> None:
    parts = opener("here")
    said = ArchivedMessage("m1", None, "user", "What is\nnew?", BEGAN)
    nameless = ArchivedConversation("c1", "", BEGAN, BEGAN, (said,), "m1")
    assert parts.archives.put(nameless).title == "What is new?"


def test_what_cannot_be_stored_leaves_nothing_behind(opener: Opener) -> None:
    parts = opener("here")
    orphan = ArchivedMessage("m2", "not there", "user", "Hello", BEGAN)
    broken = ArchivedConversation("c1", "Broken", BEGAN, BEGAN, (orphan,), "m2")
    with pytest.raises(sqlite3.IntegrityError):
        parts.archives.put(broken)
    assert parts.conversations.list() == []
