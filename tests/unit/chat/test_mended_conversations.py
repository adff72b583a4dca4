"""Chats after a repair: one whose end was lost goes on from the newest message that is left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.chat_data import chat_database

from studio.assembly import MIGRATIONS
from studio.chat.conversation import Message
from studio.chat.store import ConversationStore
from studio.storage.database import Database
from studio.storage.salvage import salvage


def exchange(store: ConversationStore, key: str, text: str) -> Message:
    _, reply = store.ask(key, text, "")
    return store.finish_reply(reply.id, "finished", content=f"Re: {text}", reasoning="")


def lose(database: Database, message_id: str) -> None:
    """Take a message away, as with a damaged page; what names it stays."""
    with database.transaction() as db:
        db.execute("DELETE FROM chat_messages WHERE id = ?", [message_id])


def words(store: ConversationStore, key: str) -> list[str]:
    return [message.content for message in store.branch(key)]


@pytest.mark.parametrize("lost", ["the end", "all"])
def test_a_chat_whose_end_was_lost_is_gone_on_with(
    store: ConversationStore, database: Database, lost: str
) -> None:
    key = store.create().id
    end = exchange(store, key, "First")
    lose(database, end.id)
    if lost == "all":
        lose(database, end.parent_id or "")
    exchange(store, key, "Next")
    left = ["First"] if lost == "the end" else []
    assert words(store, key) == [*left, "Next", "Re: Next"]


def test_a_repair_brings_what_is_left_on_show(tmp_path: Path) -> None:
    with chat_database(tmp_path / "old") as database:
        store = ConversationStore(database)
        cut, gone, whole, new = (store.create().id for _ in range(4))
        for key in (cut, gone, whole):
            exchange(store, key, "First")
        shown = exchange(store, whole, "Mine").id
        other = store.branch(whole)[2].id
        exchange_beside(store, whole, "Beside", other)
        with database.transaction() as db:
            db.table("chat_conversations").update(whole, {"leaf_id": shown})
        lose(database, store.branch(cut)[-1].id)
        for message in reversed(store.branch(gone)):
            lose(database, message.id)
    old, target = tmp_path / "old" / "studio.db", tmp_path / "mended" / "studio.db"
    target.parent.mkdir()
    done = salvage(old, target, None, MIGRATIONS)
    assert done is not None
    with closing(sqlite3.connect(target)) as db:
        ends = dict(db.execute("SELECT id, leaf_id FROM chat_conversations"))
    assert ends[gone] is None
    assert ends[new] is None
    assert ends[whole] == shown, "what is there stays on show"
    with chat_database(target.parent) as database:
        store = ConversationStore(database)
        assert ends[cut] == store.branch(cut)[-1].id
        assert words(store, cut) == ["First"]


def exchange_beside(store: ConversationStore, key: str, text: str, beside: str) -> None:
    _, reply = store.ask(key, text, "", beside=beside)
    store.finish_reply(reply.id, "finished", content="Re", reasoning="")
