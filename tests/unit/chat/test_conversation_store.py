"""Conversations and replies in the database, whatever happens to the program."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from studio.chat.conversation import Failure, Figures
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.storage.database import Database

FULL = Failure("disk.full", "The disk is full.", "Free some space.", "details")
FIGURES = Figures(prompt_tokens=30, reused_tokens=10, tokens=5, ttft_s=0.25, tokens_per_s=40.5)


def test_a_new_conversation_is_empty(store: ConversationStore) -> None:
    conversation = store.create(model="m", preset="p")
    assert (conversation.model, conversation.preset, conversation.title) == ("m", "p", "")
    assert store.branch(conversation.id) == []
    assert store.list() == [conversation]


def test_create_conversations_and_messages_makes_both_tables(database: Database) -> None:
    names = database.connection().table_names()
    assert {"chat_conversations", "chat_messages"} <= set(names)


def test_a_question_brings_a_title_and_an_empty_reply(store: ConversationStore) -> None:
    conversation = store.create()
    question, reply = store.ask(conversation.id, "  Why is\nthe sky blue?  ", "tiny")
    assert store.get(conversation.id).title == "Why is the sky blue?"
    assert (question.role, reply.role, reply.status, reply.model) == (
        "user",
        "assistant",
        "streaming",
        "tiny",
    )
    assert store.branch(conversation.id) == [question, reply]


def test_a_long_question_is_cut_at_a_word_for_the_title(store: ConversationStore) -> None:
    conversation = store.create()
    store.ask(conversation.id, "word " * 40, "")
    title = store.get(conversation.id).title
    assert title.endswith("word…")
    assert len(title) <= 61


@pytest.mark.parametrize("end", ["…", "...", " …", ". "])
def test_a_title_never_ends_in_two_ellipses(end: str, store: ConversationStore) -> None:
    conversation = store.create()
    store.ask(conversation.id, "a" * 50 + end + " and many more words to come", "")
    title = store.get(conversation.id).title
    assert title.startswith("a" * 50)
    assert title.endswith("…")
    assert not title.removesuffix("…").endswith(("…", ".", " "))


def test_a_finished_reply_keeps_its_figures_and_recipe(store: ConversationStore) -> None:
    _, reply = store.ask(store.create().id, "Hi", "")
    store.grow_reply(reply.id, "Hel", "")
    finished = store.finish_reply(
        reply.id,
        "finished",
        content="Hello",
        reasoning="hm",
        stop="end",
        figures=FIGURES,
        recipe={"seed": 7},
    )
    assert store.message(reply.id) == finished
    assert (finished.content, finished.reasoning, finished.stop) == ("Hello", "hm", "end")
    assert finished.figures == FIGURES
    assert finished.recipe == {"seed": 7}


def test_a_failed_reply_keeps_why_with_its_next_step(store: ConversationStore) -> None:
    _, reply = store.ask(store.create().id, "Hi", "")
    failed = store.finish_reply(reply.id, "failed", content="H", reasoning="", failure=FULL)
    assert store.message(reply.id) == failed
    assert failed.failure == FULL


def test_another_reply_stands_beside_the_first(store: ConversationStore) -> None:
    conversation = store.create()
    question, first = store.ask(conversation.id, "Hi", "")
    second = store.begin_reply(question.id, "")
    assert first.parent_id == second.parent_id == question.id
    assert store.branch(conversation.id) == [question, second]
    assert store.message(first.id) == first


def test_a_long_branch_comes_in_order(store: ConversationStore) -> None:
    conversation = store.create()
    for number in range(30):
        _, reply = store.ask(conversation.id, f"question {number}", "")
        store.finish_reply(reply.id, "finished", content=f"answer {number}", reasoning="")
    branch = store.branch(conversation.id)
    assert [message.content for message in branch] == [
        f"{kind} {number}" for number in range(30) for kind in ("question", "answer")
    ]


def test_lists_search_titles_and_leave_the_trash_out(store: ConversationStore) -> None:
    dogs, cats = store.create(), store.create()
    store.rename(dogs.id, "About  dogs\n")
    store.rename(cats.id, "About cats")
    assert [c.title for c in store.list(matching="DOG")] == ["About dogs"]
    german = store.create()
    store.rename(german.id, "Über Hunde")
    assert [c.title for c in store.list(matching="über")] == ["Über Hunde"]
    store.trash(german.id)
    store.trash(dogs.id)
    assert [c.title for c in store.list()] == ["About cats"]
    assert {c.title for c in store.list(trashed=True)} == {"About dogs", "Über Hunde"}
    store.restore(dogs.id)
    assert len(store.list()) == 2


def test_the_trash_shows_what_went_there_last_first(store: ConversationStore) -> None:
    first, second, third = (store.create().id for _ in range(3))
    for each in (second, third, first):
        store.trash(each)
    trashed = store.list(trashed=True)
    assert [c.id for c in trashed] == [first, third, second]
    assert all(c.trashed_at is not None for c in trashed)
    store.restore(third)
    assert [c.id for c in store.list(trashed=True)] == [first, second]
    assert store.get(third).trashed_at is None


def test_a_conversation_is_deleted_for_good_from_the_trash_alone(
    store: ConversationStore, database: Database
) -> None:
    kept, gone = store.create().id, store.create().id
    for each in (kept, gone):
        for number in range(20):
            question, _ = store.ask(each, f"question {number}", "")
            store.begin_reply(question.id, "")
    with pytest.raises(StudioError) as caught:
        store.purge(gone)
    assert caught.value.code == "conversation.not_trashed"
    assert len(store.branch(gone)) == 40
    store.trash(gone)
    store.purge(gone)
    assert store.ids() == {kept}
    with database.reading() as connection:
        rows = list(connection.query("SELECT DISTINCT conversation_id AS id FROM chat_messages"))
    assert rows == [{"id": kept}]
    with pytest.raises(StudioError, match="no conversation"):
        store.purge(gone)


def test_a_reply_of_a_deleted_conversation_is_told(store: ConversationStore) -> None:
    conversation = store.create().id
    _, reply = store.ask(conversation, "Hi", "")
    store.trash(conversation)
    store.purge(conversation)
    with pytest.raises(StudioError) as caught:
        store.finish_reply(reply.id, "finished", content="Hello", reasoning="")
    assert caught.value.code == "message.unknown"


def test_a_question_that_cannot_be_kept_whole_stays_a_draft(
    store: ConversationStore, database: Database
) -> None:
    conversation = store.create()
    store.set_draft(conversation.id, "Why?")
    database.connection().execute(
        "CREATE TEMP TRIGGER refuse BEFORE INSERT ON chat_messages"
        " WHEN NEW.role = 'assistant' BEGIN SELECT RAISE(ABORT, 'no reply'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        store.ask(conversation.id, "Why?", "")
    assert store.branch(conversation.id) == []
    assert store.get(conversation.id).draft == "Why?"
    assert store.get(conversation.id).title == ""


def test_questions_and_whole_replies_wait_for_the_disk(
    store: ConversationStore, database: Database
) -> None:
    conversation = store.create()
    said: list[str] = []
    database.connection().conn.set_trace_callback(said.append)

    def written() -> list[str]:
        """Return the order of syncing and commits since the last call."""
        told = [line for line in said if line == "COMMIT" or line.startswith("PRAGMA sync")]
        said.clear()
        return told

    synced = ["PRAGMA synchronous=FULL", "COMMIT", "PRAGMA synchronous=NORMAL"]
    _, reply = store.ask(conversation.id, "Hi", "")
    assert written() == synced
    store.grow_reply(reply.id, "Hel", "")
    assert written() == ["COMMIT"]
    store.finish_reply(reply.id, "finished", content="Hello", reasoning="")
    assert written() == synced


def test_a_damaged_file_is_told_in_words_wherever_it_is_read(
    store: ConversationStore, database: Database
) -> None:
    conversation = store.create()
    question, _ = store.ask(conversation.id, "Hi", "")
    connection = database.connection()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = database.path.stat().st_size
    with database.path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * (size - 100))
    for read in (
        store.list,
        store.ids,
        lambda: store.get(conversation.id),
        lambda: store.branch(conversation.id),
        lambda: store.message(question.id),
    ):
        # A fresh thread has a fresh connection, which holds no page of the file in memory.
        with ThreadPoolExecutor(1) as reader, pytest.raises(StudioError) as caught:
            reader.submit(read).result()
        assert caught.value.code == "database.damaged"


def test_drafts_and_choices_are_kept(store: ConversationStore) -> None:
    conversation = store.create()
    store.set_draft(conversation.id, "half a thou")
    store.set_model(conversation.id, "m2")
    store.set_preset(conversation.id, "brief")
    store.set_system(conversation.id, "")
    kept = store.get(conversation.id)
    assert (kept.draft, kept.model, kept.preset, kept.system) == ("half a thou", "m2", "brief", "")
    store.ask(conversation.id, "from elsewhere", "")
    assert store.get(conversation.id).draft == "half a thou"
    store.ask(conversation.id, "sent", "", is_draft=True)
    assert store.get(conversation.id).draft == ""


def test_unknown_ids_are_told(store: ConversationStore) -> None:
    with pytest.raises(StudioError, match="no conversation “x”"):
        store.get("x")
    with pytest.raises(StudioError, match="no conversation “x”"):
        store.rename("x", "title")
    with pytest.raises(StudioError, match="no message “x”"):
        store.message("x")


def test_replies_of_living_writers_go_on_and_of_dead_ones_are_closed(
    store: ConversationStore, database: Database
) -> None:
    _, mine = store.ask(store.create().id, "Hi", "")
    _, lost = store.ask(store.create().id, "Hi", "")
    with database.transaction() as connection:
        connection.table("chat_messages").update(lost.id, {"writer_started": 1.0})
    assert store.close_interrupted() == 1
    assert store.message(mine.id).status == "streaming"
    assert store.message(lost.id).status == "interrupted"


WRITER = """
import sys, time
from pathlib import Path
from studio.chat.migrations import MIGRATIONS
from studio.chat.recorder import Recorder
from studio.chat.store import ConversationStore
from studio.storage.database import Database

folder = Path(sys.argv[1])
store = ConversationStore(Database.open(folder / "studio.db", folder / "backups", [MIGRATIONS]))
_, reply = store.ask(store.create().id, "Count", "")
recorder = Recorder(store, reply)
for number in range(10_000):
    recorder.add(f"{number} ", "")
    recorder.save_if_due()
    print(number, flush=True)
    time.sleep(0.02)
"""


def test_a_writer_killed_in_mid_reply_loses_at_most_a_second(
    store: ConversationStore, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as writer:
        assert writer.stdout is not None
        shown: list[tuple[float, int]] = []
        while len(shown) < 80:
            shown.append((time.monotonic(), int(writer.stdout.readline())))
        writer.kill()
        killed_at = time.monotonic()
    assert store.close_interrupted() == 1
    reply = store.branch(store.list()[0].id)[-1]
    assert reply.status == "interrupted"
    saved = [int(word) for word in reply.content.split()]
    assert saved == list(range(len(saved)))
    shown_a_second_ago = [number for at, number in shown if at <= killed_at - 1.0]
    assert shown_a_second_ago, "the writer was too slow for this test to say anything"
    assert set(shown_a_second_ago) <= set(saved)


def test_a_conversation_whose_last_message_was_lost_shows_the_others(
    store: ConversationStore, database: Database
) -> None:
    chat = store.create().id
    question, reply = store.ask(chat, "Hello", "")
    with database.transaction() as db:  # as what is carried over from a damaged file can be
        db.execute("PRAGMA defer_foreign_keys=ON")
        db.execute("DELETE FROM chat_messages WHERE id = ?", [reply.id])
    assert store.get(chat).leaf_id == reply.id
    assert [message.id for message in store.branch(chat)] == [question.id]


def test_another_wording_leaves_the_draft_alone(store: ConversationStore) -> None:
    key = store.create().id
    question, _ = store.ask(key, "Hello", "m")
    store.set_draft(key, "Half written")
    store.ask(key, "Good day", "m", beside=question.id)
    assert store.get(key).draft == "Half written"
