"""Waiting messages in the database: in order, with their files, and never twice or lost."""

from __future__ import annotations

import pytest
from support import pictures

from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import from_bytes
from studio.chat.migrations import MIGRATIONS, add_queue
from studio.chat.queue import Queue
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.storage.database import Database


@pytest.fixture
def queue(database: Database) -> Queue:
    return Queue(database)


def test_messages_wait_in_order_and_by_conversation(queue: Queue, store: ConversationStore) -> None:
    one, other = store.create().id, store.create().id
    for chat, text in ((one, "first"), (other, "second"), (one, "third")):
        queue.add(chat, text)
    assert [each.text for each in queue.waiting()] == ["first", "second", "third"]
    assert [each.text for each in queue.waiting(one)] == ["first", "third"]


def test_a_waiting_message_becomes_a_question_in_one_step(
    queue: Queue, store: ConversationStore, database: Database
) -> None:
    chat = store.create().id
    attached = Attachments(database)
    attached.add(chat, from_bytes("cat.png", pictures.png()))
    waiting = queue.add(chat, "What is it?")
    assert attached.waiting(chat) == ()
    store.set_draft(chat, "half a thought")
    attached.add(chat, from_bytes("note.txt", b"Milk"))
    question, _reply = store.ask(chat, waiting.text, "m", queued=waiting.id)
    assert queue.waiting() == ()
    assert [each.name for each in attached.of([question.id])[question.id]] == ["cat.png"]
    assert [each.name for each in attached.waiting(chat)] == ["note.txt"]
    assert store.get(chat).draft == "half a thought"


def test_a_message_is_never_asked_twice(queue: Queue, store: ConversationStore) -> None:
    chat = store.create().id
    waiting = queue.add(chat, "Once")
    store.ask(chat, waiting.text, "m", queued=waiting.id)
    with pytest.raises(StudioError) as caught:
        store.ask(chat, waiting.text, "m", queued=waiting.id)
    assert caught.value.code == "queue.gone"
    assert [each.content for each in store.branch(chat) if each.role == "user"] == ["Once"]


def test_it_can_be_edited_and_withdrawn(
    queue: Queue, store: ConversationStore, database: Database
) -> None:
    chat = store.create().id
    attached = Attachments(database)
    attached.add(chat, from_bytes("note.txt", b"Milk"))
    waiting = queue.add(chat, "Wrng")
    queue.edit(waiting.id, "Right")
    assert queue.waiting()[0].text == "Right"
    taken = queue.withdraw(waiting.id)
    assert queue.waiting() == ()
    assert [each.name for each in attached.waiting(chat)] == ["note.txt"]
    queue.put_back(taken)
    assert [each.text for each in queue.waiting()] == ["Right"]
    assert attached.waiting(chat) == ()
    for act in (lambda: queue.edit(waiting.id, "x"), lambda: queue.withdraw(waiting.id)):
        with pytest.raises(StudioError, match="does not wait"):
            act()


def test_putting_back_leaves_the_draft_its_own_files(
    queue: Queue, store: ConversationStore, database: Database
) -> None:
    chat = store.create().id
    attached = Attachments(database)
    attached.add(chat, from_bytes("one.txt", b"Milk"))
    attached.add(chat, from_bytes("two.txt", b"Eggs"))
    taken = queue.withdraw(queue.add(chat, "With two").id)
    assert len(taken.attached) == 2
    attached.remove(taken.attached[1])
    store.set_draft(chat, "half a thought")
    attached.add(chat, from_bytes("mine.txt", b"Bread"))
    queue.put_back(taken)
    (waiting,) = queue.waiting(chat)
    assert [each.name for each in attached.of([waiting.id])[waiting.id]] == ["one.txt"]
    assert [each.name for each in attached.waiting(chat)] == ["mine.txt"]
    assert store.get(chat).draft == "half a thought"


def test_what_was_sent_meanwhile_is_not_put_back(
    queue: Queue, store: ConversationStore, database: Database
) -> None:
    chat = store.create().id
    attached = Attachments(database)
    attached.add(chat, from_bytes("one.txt", b"Milk"))
    taken = queue.withdraw(queue.add(chat, "With one").id)
    question, _ = store.ask(chat, "Sent with it", "m", is_draft=True)
    queue.put_back(taken)
    assert [each.name for each in attached.of([question.id])[question.id]] == ["one.txt"]
    assert [each.text for each in queue.waiting(chat)] == ["With one"]


def test_nothing_is_put_back_into_a_chat_that_is_gone(
    queue: Queue, store: ConversationStore
) -> None:
    chat = store.create().id
    taken = queue.withdraw(queue.add(chat, "Hello").id)
    store.trash(chat)
    store.purge(chat)
    with pytest.raises(StudioError) as gone:
        queue.put_back(taken)
    assert gone.value.code == "conversation.unknown"


def test_nothing_and_nowhere_cannot_wait(queue: Queue, store: ConversationStore) -> None:
    chat = store.create().id
    with pytest.raises(StudioError) as empty:
        queue.add(chat, " \n")
    assert empty.value.code == "prompt.empty"
    with pytest.raises(StudioError) as unknown:
        queue.add("nowhere", "Hello")
    assert unknown.value.code == "conversation.unknown"
    waiting = queue.add(chat, "Hello")
    with pytest.raises(StudioError):
        queue.edit(waiting.id, "")


def test_a_chat_in_which_something_waits_is_not_empty(
    queue: Queue, store: ConversationStore, database: Database
) -> None:
    chat = store.create().id
    queue.add(chat, "Hello", "Hello")
    attached = Attachments(database)
    attached.add(chat, from_bytes("note.txt", b"Milk"))
    assert not store.discard_if_empty(chat)
    assert store.get(chat).title == "Hello"
    assert [each.name for each in attached.waiting(chat)] == ["note.txt"]
    assert attached.waiting("") == ()
    assert store.discard_if_empty(store.create().id)


def test_what_waits_in_the_trash_stays_there(queue: Queue, store: ConversationStore) -> None:
    chat = store.create().id
    queue.add(chat, "Hello")
    store.trash(chat)
    assert queue.waiting() == ()
    store.restore(chat)
    assert len(queue.waiting()) == 1
    store.trash(chat)
    store.purge(chat)
    assert queue.waiting(chat) == ()


def test_add_queue_is_among_the_steps() -> None:
    assert add_queue in MIGRATIONS.steps
