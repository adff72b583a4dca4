"""Waiting messages in an export: all of them come back, with their files, and none is sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.archived import NOW, conversation, message
from support.chat_data import chat_database

from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import from_bytes
from studio.chat.queue import Queue
from studio.chat.store import ConversationStore
from studio.chat.transfer import own_json
from studio.chat.transfer.archive import ArchivedConversation, ArchivedQueued
from studio.chat.transfer.archives import Archives
from studio.chat.transfer.importing import Importing
from studio.chat.tree import ConversationTree
from studio.errors import StudioError

NOTE = from_bytes("note.txt", b"Milk, eggs")
LIST = from_bytes("list.txt", b"Bread")
SKETCH = from_bytes("sketch.txt", b"A house")


class Person:
    """One who writes faster than the model."""

    def __init__(self, home: Path, database: Any) -> None:
        self.home = home
        self.store = ConversationStore(database)
        self.archives = Archives(database)
        self.attached = Attachments(database)
        self.queue = Queue(database)
        self.tree = ConversationTree(database)

    def chat(self) -> str:
        """Keep a chat with an answer, two waiting messages and a draft, all but one with a file."""
        key = self.store.create().id
        _, reply = self.store.ask(key, "Hello", "tiny")
        self.store.finish_reply(reply.id, "finished", content="Hi.", reasoning="")
        self.attached.add(key, NOTE)
        self.queue.add(key, "What must I buy?")
        self.attached.add(key, LIST)
        self.queue.add(key, "And this?")
        self.attached.add(key, SKETCH)
        self.store.set_draft(key, "Look")
        return key

    def exported(self, *keys: str) -> Path:
        path = self.home / "chats.json"
        own_json.write(path, [self.archives.take(key) for key in keys])
        return path

    def waiting(self, key: str) -> list[tuple[str, list[str]]]:
        """Return what waits in a chat, each with the names of its files."""
        return [
            (each.text, [file.name for file in self.attached.of([each.id]).get(each.id, ())])
            for each in self.queue.waiting(key)
        ]


ALL = [("What must I buy?", ["note.txt"]), ("And this?", ["list.txt"])]


@pytest.fixture
def people(tmp_path: Path) -> Iterator[tuple[Person, Person]]:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with chat_database(tmp_path / "a") as one, chat_database(tmp_path / "b") as two:
        yield Person(tmp_path / "a", one), Person(tmp_path / "b", two)


def test_what_waits_comes_back_elsewhere_with_its_files(people: tuple[Person, Person]) -> None:
    here, there = people
    key = here.chat()
    path = here.exported(key)
    assert Importing(there.archives, there.store).bring_in(path).added == [key]
    assert there.archives.take(key) == here.archives.take(key)
    assert there.waiting(key) == here.waiting(key) == ALL
    assert there.queue.waiting(key) == here.queue.waiting(key)
    assert [each.name for each in there.attached.waiting(key)] == ["sketch.txt"]
    assert len(there.store.branch(key)) == 2


def test_a_second_copy_takes_nothing_from_the_first(people: tuple[Person, Person]) -> None:
    here, _ = people
    key = here.chat()
    (copy,) = Importing(here.archives, here.store).bring_in(here.exported(key), again=True).added
    assert here.waiting(copy) == here.waiting(key) == ALL
    ids = [{each.id for each in here.queue.waiting(chat)} for chat in (key, copy)]
    assert ids[0].isdisjoint(ids[1])


def test_ids_of_what_is_here_are_not_taken(people: tuple[Person, Person]) -> None:
    here, _ = people
    key = here.chat()
    said, waits = here.store.branch(key)[0].id, here.queue.waiting(key)[0].id
    strange = conversation(message("a"), identity="strange")
    for taken in (said, waits):
        queue = (ArchivedQueued(taken, "Mine", NOW),)
        copy = here.archives.put(replace(strange, id=f"strange {taken}", queue=queue))
        assert [text for text, _ in here.waiting(copy.id)] == ["Mine"]
        assert here.queue.waiting(copy.id)[0].id not in (said, waits)
    assert here.waiting(key) == ALL


def test_ids_to_which_files_of_removed_messages_are_attached_are_not_taken(
    people: tuple[Person, Person],
) -> None:
    here, _ = people
    key = here.store.create().id
    here.attached.add(key, NOTE)
    question, _ = here.store.ask(key, "What must I buy?", "tiny", is_draft=True)
    here.store.finish_reply(here.store.branch(key)[1].id, "finished", content="Eggs", reasoning="")
    here.tree.remove(question.id)
    copy = here.archives.put(conversation(message(question.id), identity="strange"))
    assert here.store.branch(copy.id)[0].attachments == ()


def test_a_fork_begins_with_nothing_that_waits(people: tuple[Person, Person]) -> None:
    here, _ = people
    key = here.chat()
    copy = here.tree.fork(here.store.branch(key)[1].id)
    assert here.waiting(copy.id) == []
    assert here.waiting(key) == ALL


def test_a_chat_without_messages_can_have_some_that_wait(people: tuple[Person, Person]) -> None:
    here, there = people
    key = here.store.create().id
    here.queue.add(key, "Hello", "Hello")
    Importing(there.archives, there.store).bring_in(here.exported(key))
    assert there.waiting(key) == [("Hello", [])]
    assert there.store.get(key).leaf_id is None


def held() -> ArchivedConversation:
    return replace(conversation(message("a")), queue=(ArchivedQueued("w", "Next", NOW),))


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "no list",
        lambda _: {"a": 1},
        lambda _: None,
        lambda _: ["no object"],
        lambda one: [one | {"id": ""}],
        lambda one: [one | {"id": "a"}],
        lambda one: [one, one],
        lambda one: [one | {"text": None}],
        lambda one: [one | {"text": " \n"}],
        lambda one: [one | {"created_at": "yesterday"}],
        lambda one: [{key: one[key] for key in one if key != "text"}],
    ],
)
def test_a_damaged_queue_is_refused(
    damage: Callable[[dict[str, Any]], Any], tmp_path: Path
) -> None:
    path = tmp_path / "chats.json"
    own_json.write(path, [held()])
    data = json.loads(path.read_text("utf-8"))
    (one,) = data["conversations"][0]["queue"]
    data["conversations"][0]["queue"] = damage(one)
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(StudioError) as caught:
        list(own_json.read(path))
    assert caught.value.code == "import.damaged"


@pytest.mark.parametrize("limit", ["MAX_QUEUED", "MAX_CONVERSATION"])
def test_a_queue_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    path = tmp_path / "chats.json"
    own_json.write(path, [replace(held(), messages=(), leaf_id=None)])
    monkeypatch.setattr(own_json, limit, 0)
    with pytest.raises(StudioError) as caught:
        list(own_json.read(path))
    assert caught.value.code == "import.too_large"


def test_a_chat_in_which_nothing_waits_says_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "chats.json"
    own_json.write(path, [conversation(message("a"))])
    assert "queue" not in path.read_text("utf-8")
