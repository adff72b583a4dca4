"""The index keeps up with what is written, whoever writes it and whenever the program ends."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlite_utils

from studio.chat.migrations import (
    MIGRATIONS,
    add_search,
    add_thinking_time,
    create_conversations_and_messages,
)
from studio.chat.search import indexing
from studio.chat.search.folding import fold
from studio.chat.search.search import Search
from studio.chat.store import ConversationStore
from studio.storage.database import Database
from studio.storage.migrate import MigrationSet

OLD = MigrationSet("chat", (create_conversations_and_messages, add_thinking_time))
THEN = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "studio.db"  # where the fixture ``database`` opens it


def open_at(path: Path, migrations: MigrationSet = MIGRATIONS) -> Database:
    return Database.open(path, path.with_name("backups"), [migrations])


def write(database: Database, messages: int, status: str = "finished") -> None:
    """Keep a conversation of messages, each with its number in words that only it has."""
    with database.transaction() as db:
        db.table("chat_conversations").insert(
            {"id": "talk", "title": "Lighthouses", "created_at": THEN, "updated_at": THEN}
        )
        db.table("chat_messages").insert_all(
            {
                "id": f"m{number:06}",
                "conversation_id": "talk",
                "role": "user",
                "content": f"Harbour number{number}.",
                "created_at": THEN,
                "status": status,
            }
            for number in range(messages)
        )


def indexed(db: sqlite_utils.Database) -> int:
    """Return how many texts are in the index, after comparing it with them."""
    db.execute("INSERT INTO chat_search (chat_search, rank) VALUES ('integrity-check', 1)")
    return int(db.execute("SELECT count(*) FROM chat_search_rows").fetchone()[0])


def test_add_search_notes_all_there_is(path: Path) -> None:
    assert MIGRATIONS.steps.index(add_search) == len(OLD.steps)
    old = open_at(path, OLD)
    write(old, 1200)
    old.close()
    database = open_at(path)
    search = Search(database)
    assert search.waiting() == 1201
    assert indexed(database.connection()) == 0
    assert search.refresh(0) == 1201
    assert search.find("number1199", patience_s=0) == []
    assert [hit.message_id for hit in search.find("number1199")] == ["m001199"]
    assert search.find("lighthouses")[0].message_id is None
    assert search.waiting() == 0
    assert indexed(database.connection()) == 1201
    assert database.damage() == ""
    database.close()


def index_one_slice(database: Database) -> None:
    texts = indexing.take_slice(database)
    with database.transaction() as db:
        indexing.write_slice(db, texts)


def test_the_index_is_made_in_slices_newest_first(database: Database, search: Search) -> None:
    write(database, 400)
    index_one_slice(database)
    assert search.waiting() == 401 - indexing.SLICE_ROWS
    rows = database.connection().execute("SELECT min(key) FROM chat_search_rows WHERE kind > 'n'")
    assert rows.fetchone() == ("talk",)
    oldest = "SELECT min(key) FROM chat_search_rows WHERE kind = 'message'"
    assert database.connection().execute(oldest).fetchone() == ("m000301",)


def test_long_texts_make_short_slices(
    database: Database, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, 30)
    monkeypatch.setattr(indexing, "SLICE_CHARACTERS", 50)
    index_one_slice(database)
    assert search.waiting() == 31 - 4  # "Lighthouses", and three of 16 characters
    monkeypatch.setattr(indexing, "SLICE_CHARACTERS", 5)
    index_one_slice(database)
    assert search.waiting() == 31 - 5  # one text is written whole


def test_nobody_waits_while_texts_are_folded(
    path: Path, database: Database, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, 3)
    other = open_at(path)

    def write_and_fold(text: str) -> str:
        other.connection().execute("PRAGMA busy_timeout = 0")
        ConversationStore(other).set_draft("talk", text)
        return fold(text)

    monkeypatch.setattr(indexing, "fold", write_and_fold)
    assert search.refresh() == 0
    assert ConversationStore(other).get("talk").draft == "Harbour number0."
    other.close()
    assert indexed(database.connection()) == 4


def test_what_changes_between_folding_and_writing_is_folded_again(
    database: Database, store: ConversationStore, search: Search
) -> None:
    write(database, 2)
    texts = indexing.take_slice(database)
    store.rename("talk", "Periscopes")
    with database.transaction() as db:
        db.execute("UPDATE chat_messages SET content = 'Submarine' WHERE id = 'm000000'")
        db.execute("DELETE FROM chat_messages WHERE id = 'm000001'")
    with database.transaction() as db:
        indexing.write_slice(db, texts)
    assert search.waiting() == 2
    assert indexed(database.connection()) == 0
    assert len(search.find("submarine")) == len(search.find("periscope")) == 1
    assert search.find("number") == search.find("lighthouse") == []
    assert indexed(database.connection()) == 2


def test_what_another_program_has_indexed_meanwhile_is_let_be(
    path: Path, database: Database, search: Search
) -> None:
    write(database, 2)
    texts = indexing.take_slice(database)
    other = open_at(path)
    assert Search(other).refresh() == 0
    other.close()
    numbers = "SELECT number FROM chat_search_rows ORDER BY number"
    before = database.connection().execute(numbers).fetchall()
    with database.transaction() as db:
        indexing.write_slice(db, texts)
    assert database.connection().execute(numbers).fetchall() == before
    assert len(before) == 3


def test_a_reply_waits_until_it_is_written(store: ConversationStore, search: Search) -> None:
    _, reply = store.ask(store.create().id, "Question", "")
    assert search.refresh() == 0
    for _ in range(3):
        store.grow_reply(reply.id, "lighthouse ", "")
        assert search.waiting() == 0
    assert search.find("lighthouse") == []
    store.finish_reply(reply.id, "cancelled", content="lighthouse keeper", reasoning="")
    assert search.waiting() == 1
    assert [hit.message_id for hit in search.find("lighthouse keeper")] == [reply.id]


def test_a_reply_whose_writer_died_is_found(
    store: ConversationStore, search: Search, database: Database
) -> None:
    write(database, 1, status="streaming")
    assert search.find("number0") == []
    assert store.close_interrupted() == 1
    assert len(search.find("number0")) == 1


def test_a_change_that_no_word_is_in_costs_nothing(
    store: ConversationStore, search: Search, database: Database
) -> None:
    write(database, 1)
    search.refresh()
    store.set_draft("talk", "lighthouse")
    store.set_model("talk", "m")
    store.rename("talk", "Lighthouses")
    with database.transaction() as db:
        db.execute("UPDATE chat_messages SET content = content, reasoning = 'lighthouse'")
    assert search.waiting() == 0


def test_edited_texts(store: ConversationStore, search: Search, database: Database) -> None:
    write(database, 2)
    assert len(search.find("number0")) == 1
    with database.transaction() as db:
        db.execute("UPDATE chat_messages SET content = 'Submarine' WHERE id = 'm000000'")
    store.rename("talk", "Periscopes")
    assert search.find("number0") == search.find("lighthouse") == []
    assert len(search.find("submarine")) == len(search.find("periscope")) == 1
    store.rename("talk", "")
    assert search.find("periscope") == []
    assert indexed(database.connection()) == 2


def test_a_hit_shows_the_text_as_it_is(
    search: Search, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, 1)
    search.refresh()
    with database.transaction() as db:
        db.execute("UPDATE chat_messages SET content = 'Submarine'")
    monkeypatch.setattr(
        Search, "refresh", lambda self, patience_s: 0
    )  # as if it were edited just after
    assert search.find("number0") == []


def test_what_is_deleted_leaves_the_index_at_once(
    search: Search, database: Database, store: ConversationStore
) -> None:
    write(database, 3)
    search.refresh()
    with database.transaction() as db:
        db.execute("DELETE FROM chat_messages WHERE id = 'm000001'")
        db.execute("UPDATE chat_messages SET content = 'other' WHERE id = 'm000002'")
    assert indexed(database.connection()) == 3
    assert search.waiting() == 1
    store.trash("talk")
    store.purge("talk")
    assert search.waiting() == 0
    assert indexed(database.connection()) == 0
    assert database.connection().execute("SELECT * FROM chat_search_rows").fetchall() == []
    assert search.find("harbour") == []


def test_what_fails_between_note_and_index_is_done_again(
    search: Search, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, 20)

    def break_at_the_tenth(text: str) -> str:
        if "number10." in text:
            raise MemoryError
        return text.casefold()

    with monkeypatch.context() as patch:
        patch.setattr(indexing, "fold", break_at_the_tenth)
        with pytest.raises(MemoryError):
            search.refresh()
    assert search.waiting() == 21
    assert len(search.find("harbour", per_conversation=None)) == 20
    assert indexed(database.connection()) == 21


INDEX = """
import sys
from pathlib import Path
from studio.chat.search import indexing
from studio.chat.search import search
from studio.chat.migrations import MIGRATIONS
from studio.storage.database import Database

indexing.SLICE_ROWS = 50
write_slice = indexing.write_slice

def write_and_tell(db, texts):
    write_slice(db, texts)
    print("sliced", flush=True)

indexing.write_slice = write_and_tell
path = Path(sys.argv[1])
database = Database.open(path, path.with_name("backups"), [MIGRATIONS])
search.Search(database).refresh()
database.close()
"""


def start_indexing(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", INDEX, str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_process_killed_while_indexing_loses_nothing(path: Path) -> None:
    database = open_at(path)
    write(database, 2000)
    process = start_indexing(path)
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(2)] == ["sliced\n"] * 2
    process.kill()
    process.communicate(timeout=60)
    search = Search(database)
    assert 0 < search.waiting() <= 1951
    assert all(len(search.find(f"number{at}.")) == 1 for at in (0, 1000, 1949, 1950, 1999))
    assert indexed(database.connection()) == 2001
    assert database.damage() == ""
    database.close()


def test_two_processes_index_at_once(path: Path) -> None:
    database = open_at(path)
    write(database, 1000)
    processes = [start_indexing(path) for _ in range(2)]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert Search(database).waiting() == 0
    assert indexed(database.connection()) == 1001
    database.close()


def test_another_connection_finds_what_this_one_wrote(
    path: Path, database: Database, store: ConversationStore, search: Search
) -> None:
    other = open_at(path)
    write(database, 1)
    assert len(Search(other).find("number0")) == 1
    ConversationStore(other).rename("talk", "Periscopes")
    assert len(search.find("periscopes")) == 1
    assert [each.title for each in store.list()] == ["Periscopes"]
    other.close()


def test_threads_search_while_others_write(database: Database, search: Search) -> None:
    write(database, 300)
    store = ConversationStore(database)

    def ask(number: int) -> None:
        store.ask("talk", f"Submarine {number}", "")

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, number) for number in range(20)]
        found = [pool.submit(search.find, f"number{number}.") for number in range(20)]
        assert [len(each.result()) for each in found] == [1] * 20
        assert [each.result() for each in asked] == [None] * 20
    assert len(search.find("submarine", per_conversation=None)) == 20
    assert indexed(database.connection()) == 321


def test_who_writes_gets_a_turn_while_much_is_indexed(
    database: Database, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_slice = indexing.write_slice

    def write_slowly(db: sqlite_utils.Database, texts: list[indexing.Noted]) -> None:
        write_slice(db, texts)
        time.sleep(0.15)

    monkeypatch.setattr(indexing, "SLICE_ROWS", 50)
    monkeypatch.setattr(indexing, "write_slice", write_slowly)
    write(database, 449)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(search.refresh)
        while search.waiting() == 450:
            assert not running.done()
        ConversationStore(database).set_draft("talk", "lighthouse")
        assert search.waiting() > 0
        assert running.result() == 0


def test_a_backup_holds_a_sound_index(path: Path, tmp_path: Path) -> None:
    database = open_at(path)
    write(database, 10)
    Search(database).refresh()
    copy = tmp_path / "copy.db"
    database.connection().execute("VACUUM INTO ?", [str(copy)])
    database.close()
    copied = open_at(copy)
    assert len(Search(copied).find("number7")) == 1
    assert indexed(copied.connection()) == 11
    copied.close()
