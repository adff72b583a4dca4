"""The database in memory: as any other to those who use it, and nowhere on the disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.assembly import MIGRATIONS
from studio.chat.store import ConversationStore
from studio.storage.memory import MemoryDatabase


@pytest.fixture
def memory() -> Iterator[MemoryDatabase]:
    opened = MemoryDatabase(MIGRATIONS)
    yield opened
    opened.close()


def test_it_has_all_tables_and_no_file(memory: MemoryDatabase) -> None:
    store = ConversationStore(memory)
    made = store.create()
    store.ask(made.id, "Hello", "m")
    assert len(store.branch(made.id)) == 2
    assert not Path(":memory:").exists()
    assert memory.versions()["chat"] == len(MIGRATIONS[0].steps)
    assert (memory.backups(), memory.damage(), memory.notices) == ([], "", ())
    with memory.reading() as db:
        assert db.execute("PRAGMA temp_store").fetchone() == (2,)
        assert [row[2] for row in db.execute("PRAGMA database_list")] == [""]


def test_many_threads_write_and_read_at_once(memory: MemoryDatabase) -> None:
    store = ConversationStore(memory)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for number in range(20):
                made = store.create()
                store.ask(made.id, f"Question {number}", "m")
                assert len(store.branch(made.id)) == 2
                assert len(store.list()) > number
        except BaseException as error:  # told by the test
            failures.append(error)
            raise

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(store.list()) == 80


def test_a_block_that_fails_leaves_nothing(memory: MemoryDatabase) -> None:
    store = ConversationStore(memory)
    made = store.create()

    def fail() -> None:
        with memory.transaction():
            store.ask(made.id, "Hello", "m")
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fail()
    assert store.branch(made.id) == []


def test_two_know_nothing_of_each_other(memory: MemoryDatabase) -> None:
    other = MemoryDatabase(MIGRATIONS)
    ConversationStore(other).create()
    assert ConversationStore(memory).list() == []
    other.close()


def test_after_its_end_it_is_gone(memory: MemoryDatabase) -> None:
    store = ConversationStore(memory)
    memory.close()
    memory.close()
    with pytest.raises(RuntimeError, match="closed"):
        store.list()
