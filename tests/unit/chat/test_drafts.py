"""Half-written texts: noted at once, written soon, and never given up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.chat_data import chat_database

from studio.chat import drafts as module
from studio.chat.drafts import NEW_CHAT, DraftKey, Drafts
from studio.chat.migrations import MIGRATIONS, add_drafts
from studio.chat.store import ConversationStore
from studio.chat.tree import ConversationTree
from studio.errors import StudioError
from studio.storage.database import Database

FULL = StudioError("disk.full", "The disk is full.", "Free some space.")
PATIENCE_S = 20.0


@pytest.fixture
def drafts(store: ConversationStore) -> Iterator[Drafts]:
    yield store.drafts
    store.drafts.close()


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def kept(database: Database) -> dict[str, str]:
    """Return what another program would find."""
    with database.reading() as connection:
        rows = connection.query("SELECT message_id, text FROM chat_drafts")
        return {row["message_id"]: row["text"] for row in rows}


def asked(store: ConversationStore) -> tuple[str, str]:
    """Return a conversation and the one question in it."""
    key = store.create().id
    question, reply = store.ask(key, "Hello", "tiny")
    store.finish_reply(reply.id, "finished", content="Hi", reasoning="")
    return key, question.id


def test_add_drafts_is_a_step_that_makes_their_table(database: Database) -> None:
    assert add_drafts in MIGRATIONS.steps
    assert "chat_drafts" in database.connection().table_names()


def test_what_is_noted_is_written_without_being_asked(
    drafts: Drafts, store: ConversationStore, database: Database
) -> None:
    key, question = asked(store)
    drafts.note(NEW_CHAT, "A new be")
    drafts.note(NEW_CHAT, "A new beginning")
    drafts.note(DraftKey(key), "What next")
    drafts.note(DraftKey(key, question), "Good day")
    wait_until(lambda: kept(database) == {"": "A new beginning", question: "Good day"})
    wait_until(lambda: store.get(key).draft == "What next")
    wait_until(lambda: "drafts" not in {thread.name for thread in threading.enumerate()})
    drafts.note(NEW_CHAT, "")
    drafts.note(DraftKey(key, question), None)
    wait_until(lambda: kept(database) == {})


def test_without_a_pause_in_typing_it_is_written_all_the_same(
    drafts: Drafts, database: Database
) -> None:
    deadline = time.monotonic() + PATIENCE_S
    length = 0
    while not kept(database) and time.monotonic() < deadline:
        length += 1
        drafts.note(NEW_CHAT, "x" * length)
        time.sleep(0.01)
    assert kept(database)


def test_a_note_can_be_read_before_it_is_written(drafts: Drafts, store: ConversationStore) -> None:
    key, question = asked(store)
    store.set_draft(key, "Old")
    assert drafts.text(NEW_CHAT) is None
    assert drafts.text(DraftKey(key)) == "Old"
    drafts.note(DraftKey(key), "")
    drafts.note(NEW_CHAT, "New")
    drafts.note(DraftKey(key, question), "Other")
    assert drafts.text(DraftKey(key)) == ""
    assert drafts.text(NEW_CHAT) == "New"
    assert drafts.wordings(key) == {question: "Other"}
    drafts.flush()
    assert drafts.text(NEW_CHAT) == "New"
    assert drafts.wordings(key) == {question: "Other"}
    drafts.note(DraftKey(key, question), None)
    assert drafts.wordings(key) == {}
    assert drafts.wordings("another") == {}


def test_a_note_does_not_wait_for_another_programs_writing(
    drafts: Drafts, tmp_path: Path, database: Database
) -> None:
    with chat_database(tmp_path) as other, other.transaction():
        began = time.monotonic()
        drafts.note(NEW_CHAT, "Meanwhile")
        time.sleep(2 * module.WRITE_EVERY_S)  # the thread waits now
        drafts.note(NEW_CHAT, "Meanwhile, on")
        assert drafts.text(NEW_CHAT) == "Meanwhile, on"
        assert time.monotonic() - began < module.WRITE_EVERY_S * 4
    wait_until(lambda: kept(database) == {"": "Meanwhile, on"})


def test_what_is_refused_is_told_once_and_tried_until_it_is_taken(
    drafts: Drafts, store: ConversationStore, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(module, "WRITE_EVERY_S", 0.01)
    monkeypatch.setattr(module, "RETRY_AFTER_S", (0.01,))
    tries: list[str] = []
    told: list[StudioError] = []

    def refuse(_key: str, text: str) -> None:
        tries.append(text)
        raise FULL

    key, _ = asked(store)
    drafts.observe(told.append)
    with monkeypatch.context() as patch:
        patch.setattr(store, "set_draft", refuse)
        drafts.note(DraftKey(key), "Do not lose me")
        drafts.note(NEW_CHAT, "Nor me")
        wait_until(lambda: len(tries) > 3)
        assert drafts.text(DraftKey(key)) == "Do not lose me"
        assert kept(database) == {"": "Nor me"}, "one that is refused holds up no other"
        with pytest.raises(StudioError, match="The disk is full"):
            drafts.flush()
        with pytest.raises(StudioError, match="The disk is full"):
            drafts.keep(DraftKey(key), "Nor this")
    wait_until(lambda: store.get(key).draft == "Nor this")
    assert told == [FULL]


def test_the_last_try_is_at_the_end(store: ConversationStore, database: Database) -> None:
    store.drafts.note(NEW_CHAT, "Just now")
    store.drafts.close()
    assert kept(database) == {"": "Just now"}


def test_what_is_lost_at_the_end_is_in_the_log(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_args: object) -> None:
        raise FULL

    monkeypatch.setattr(store, "set_draft", refuse)
    store.drafts.note(DraftKey(store.create().id), "Do not lose me")
    with caplog.at_level("WARNING"):
        store.drafts.close()
    assert "could not be saved: The disk is full." in caplog.text
    caplog.clear()


def test_words_for_a_conversation_that_is_gone_hold_nothing_up(
    drafts: Drafts, store: ConversationStore, database: Database
) -> None:
    key, question = asked(store)
    store.trash(key)
    store.purge(key)
    drafts.note(DraftKey(key), "Late")
    drafts.note(DraftKey(key, question), "Late")
    drafts.note(NEW_CHAT, "In time")
    drafts.flush()
    assert kept(database) == {"": "In time"}


def test_a_purged_conversation_takes_its_wordings_along(
    drafts: Drafts, store: ConversationStore, database: Database
) -> None:
    key, question = asked(store)
    drafts.keep(DraftKey(key, question), "Good day")
    store.trash(key)
    store.purge(key)
    assert kept(database) == {}


def test_a_wording_outlives_the_removal_of_its_message_while_that_can_be_undone(
    drafts: Drafts, store: ConversationStore, database: Database
) -> None:
    tree = ConversationTree(database)
    key, question = asked(store)
    drafts.keep(DraftKey(key, question), "Good day")
    removal = tree.remove(question)
    assert drafts.wordings(key) == {question: "Good day"}
    tree.put_back(removal.id)
    assert drafts.wordings(key) == {question: "Good day"}
    tree.remove(question)
    tree.forget_removals(datetime.now(UTC) + timedelta(seconds=1))
    assert drafts.wordings(key) == {}
