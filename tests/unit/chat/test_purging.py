"""Deleting for good, in pieces: others write in between, and a kill in the middle loses nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.chat_data import chat_database

from studio.chat import purging
from studio.chat.search.search import Search
from studio.chat.store import ConversationStore, message_row
from studio.chat.tree import ConversationTree
from studio.errors import StudioError
from studio.storage.database import Database

_KILLED = """
import os, sys
from pathlib import Path
from studio.chat import purging
from studio.chat.migrations import MIGRATIONS
from studio.chat.store import ConversationStore
from studio.storage.database import Database

folder = Path(sys.argv[1])
database = Database.open(folder / "studio.db", folder / "backups", [MIGRATIONS])
pieces = iter(range(2))

def finish(key):
    purging.finish(database, key, lambda: next(pieces, None) is None)
    os._exit(9)

ConversationStore(database, finish).purge(sys.argv[2])
"""


def long_talk(
    store: ConversationStore, database: Database, count: int, words: str = "A bee"
) -> str:
    """Store a chat in which each message follows the one before; return its id."""
    key = store.create().id
    parent: str | None = None
    with database.transaction() as connection:
        for number in range(count):
            row = message_row(key, parent, "assistant" if number % 2 else "user", words)
            connection.table("chat_messages").insert(row)
            parent = row["id"]
        connection.table("chat_conversations").update(key, {"leaf_id": parent})
    return key


def counted(database: Database, table: str) -> int:
    with database.reading() as connection:
        return int(connection.table(table).count)


def pieces_of(database: Database, key: str, between: Callable[[], object]) -> int:
    """Delete a marked chat, doing something between the pieces; return how many of them were."""
    seen: list[int] = []

    def look() -> bool:
        seen.append(counted(database, "chat_messages"))
        between()
        return False

    purging.finish(database, key, look)
    return len(seen)


@pytest.fixture
def later(database: Database) -> ConversationStore:
    """A store that leaves what a deleted chat held to somebody else."""
    return ConversationStore(database, lambda _key: None)


def test_add_purged_has_no_chat_gone(database: Database, store: ConversationStore) -> None:
    key = store.create().id
    assert purging.marked(database) == []
    assert store.ids() == {key}


def test_a_deleted_chat_is_gone_before_its_messages_are(
    later: ConversationStore, database: Database, search: Search
) -> None:
    tree = ConversationTree(database)
    kept, key = later.create().id, long_talk(later, database, 10)
    removal = tree.remove(later.branch(key)[9].id)
    message = later.branch(key)[0].id
    search.refresh()
    later.trash(key)
    later.purge(key)
    assert counted(database, "chat_messages") == 9
    assert later.ids() == {kept}
    assert later.trashed_count() == 0
    assert later.list(trashed=True) == []
    assert search.find("bee") == []
    for act in (
        lambda: later.get(key),
        lambda: later.restore(key),
        lambda: later.purge(key),
        lambda: later.ask(key, "More", ""),
        lambda: later.message(message),
        lambda: later.begin_reply(message, ""),
        lambda: tree.fork(message),
        lambda: tree.put_back(removal.id),
    ):
        with pytest.raises(StudioError) as caught:
            act()
        assert caught.value.code in {
            "conversation.unknown",
            "message.unknown",
            "removal.unknown",
        }
    assert purging.marked(database) == [key]


def test_others_write_between_the_pieces(
    later: ConversationStore, database: Database, search: Search
) -> None:
    other = long_talk(later, database, 4)
    key = long_talk(later, database, 3 * purging.PIECE_ROWS + 1)
    search.refresh()
    later.trash(key)
    later.purge(key)
    drafts: list[str] = []

    def write() -> None:
        drafts.append(later.get(other).draft)
        later.set_draft(other, f"{len(drafts)} times")

    with ThreadPoolExecutor(1) as elsewhere:  # a writer of its own waits for no piece but one
        number = pieces_of(database, key, lambda: elsewhere.submit(write).result())
    assert number == 4
    assert drafts == ["", "1 times", "2 times", "3 times"]
    assert len(later.branch(other)) == 4
    for table in ("chat_messages", "chat_search_rows"):
        assert counted(database, table) == 4, table
    assert counted(database, "chat_conversations") == 1
    assert len(search.find("bee", per_conversation=None)) == 4


def test_long_messages_go_in_smaller_pieces(later: ConversationStore, database: Database) -> None:
    key = long_talk(later, database, 9, "words " * (purging.PIECE_CHARACTERS // 18 + 1))
    later.trash(key)
    later.purge(key)
    assert pieces_of(database, key, lambda: None) == 3


def test_messages_in_any_order_go(later: ConversationStore, database: Database) -> None:
    """Such as those that were put back: a question then lies behind its replies."""
    tree = ConversationTree(database)
    key = long_talk(later, database, 2 * purging.PIECE_ROWS)
    tree.put_back(tree.remove(later.branch(key)[10].id).id)
    with database.transaction() as connection:  # the first of all goes to the end of the table
        connection.execute(
            "UPDATE chat_messages SET rowid = (SELECT MAX(rowid) + 1 FROM chat_messages)"
            " WHERE parent_id IS NULL"
        )
    later.trash(key)
    later.purge(key)
    assert pieces_of(database, key, lambda: None) == 2
    assert counted(database, "chat_messages") == 0


def test_what_a_kill_left_is_deleted_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with chat_database(folder) as database:
        store = ConversationStore(database)
        kept = long_talk(store, database, 4)
        key = long_talk(store, database, 5 * purging.PIECE_ROWS)
        store.trash(key)
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder), key], check=False, timeout=60
    )
    assert ended.returncode == 9
    with chat_database(folder) as database:
        store = ConversationStore(database)
        assert database.damage() == ""
        assert counted(database, "chat_messages") == 3 * purging.PIECE_ROWS + 4
        assert store.ids() == {kept}
        assert purging.marked(database) == [key]
        purging.finish(database, key)
        assert purging.marked(database) == []
        assert counted(database, "chat_messages") == 4
        assert len(store.branch(kept)) == 4


def test_a_chat_that_is_not_marked_stays(store: ConversationStore, database: Database) -> None:
    key = long_talk(store, database, 3)
    purging.finish(database, key)
    assert store.ids() == {key}
    assert len(store.branch(key)) == 3


def test_a_failure_in_the_middle_says_that_the_chat_is_gone(
    later: ConversationStore, database: Database
) -> None:
    key = long_talk(later, database, 3)
    later.trash(key)
    later.purge(key)

    def fail() -> bool:
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    with pytest.raises(StudioError) as caught:
        purging.finish(database, key, fail)
    assert caught.value.code == "disk.full"
    assert "deleted at a later start" in caught.value.hint
