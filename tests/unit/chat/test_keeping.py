"""A temporary conversation that is kept: whole, with all that belongs to it, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studio.assembly import MIGRATIONS
from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import from_bytes
from studio.chat.keeping import keep
from studio.chat.kept_prompts import KeptPrompts
from studio.chat.options import Options
from studio.chat.queue import Queue
from studio.chat.search.search import Search
from studio.chat.store import ConversationStore
from studio.chat.tree import ConversationTree
from studio.errors import StudioError
from studio.storage.database import Database
from studio.storage.memory import MemoryDatabase


@pytest.fixture
def memory() -> Iterator[MemoryDatabase]:
    opened = MemoryDatabase(MIGRATIONS)
    yield opened
    opened.close()


def told(store: ConversationStore, chat: str, text: str, words: str) -> tuple[str, str]:
    question, reply = store.ask(chat, text, "m", is_draft=True)
    store.finish_reply(reply.id, "finished", content=words, reasoning="hm", recipe={"seed": 1})
    return question.id, reply.id


def test_all_that_belongs_to_it_goes_along(memory: MemoryDatabase, database: Database) -> None:
    store, kept = ConversationStore(memory), ConversationStore(database)
    chat = store.create(model="m").id
    Attachments(memory).add(chat, from_bytes("note.txt", b"Milk"))
    question, reply = told(store, chat, "What is it?", "A list.")
    KeptPrompts(memory).keep(reply, "the whole prompt")
    other, second = store.ask(chat, "In other words?", "m", beside=question)
    store.finish_reply(second.id, "finished", content="Still a list.", reasoning="")
    store.set_options(chat, Options(overflow="stop"))
    store.rename(chat, "Mine")
    store.set_draft(chat, "half")
    Queue(memory).add(chat, "Later")
    elsewhere = store.create().id
    told(store, elsewhere, "Not this one", "No.")
    assert keep(memory, database, chat) == store.get(chat)
    assert kept.all_messages(chat) == store.all_messages(chat)
    assert kept.branch(chat) == store.branch(chat)
    assert ConversationTree(database).places(chat) == ConversationTree(memory).places(chat)
    assert KeptPrompts(database).of(reply) == "the whole prompt"
    attached = Attachments(database)
    assert [each.name for each in attached.of([question])[question]] == ["note.txt"]
    assert attached.content(attached.of([other.id])[other.id][0].sha256) == b"Milk"
    assert [each.text for each in Queue(database).waiting(chat)] == ["Later"]
    assert kept.ids() == {chat}
    search = Search(database)
    while search.refresh(patience_s=1.0):
        pass
    assert search.find("list", 5)


def test_one_that_was_kept_already_is_refused_and_stays_as_it_is(
    memory: MemoryDatabase, database: Database
) -> None:
    store, kept = ConversationStore(memory), ConversationStore(database)
    chat = store.create().id
    told(store, chat, "Hello", "Hi.")
    keep(memory, database, chat)
    before = kept.all_messages(chat)
    told(store, chat, "And now?", "No.")
    with pytest.raises(StudioError) as refused:
        keep(memory, database, chat)
    assert refused.value.code == "conversation.kept"
    assert kept.all_messages(chat) == before


def test_one_that_is_unknown_or_written_in_is_refused(
    memory: MemoryDatabase, database: Database
) -> None:
    store = ConversationStore(memory)
    with pytest.raises(StudioError) as unknown:
        keep(memory, database, "nowhere")
    assert unknown.value.code == "conversation.unknown"
    chat = store.create().id
    store.ask(chat, "Hello", "m")
    with pytest.raises(StudioError) as running:
        keep(memory, database, chat)
    assert running.value.code == "conversation.running"
    assert ConversationStore(database).ids() == set()
