"""How long a model reasoned is measured as its reply comes, and kept with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.chat.conversation import Failure
from studio.chat.migrations import MIGRATIONS, create_conversations_and_messages
from studio.chat.recorder import Recorder
from studio.chat.store import ConversationStore
from studio.storage.database import Database
from studio.storage.migrate import MigrationSet


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("studio.chat.recorder.time", made)
    return made


@pytest.fixture
def recorder(store: ConversationStore, clock: Clock) -> Recorder:
    _, reply = store.ask(store.create().id, "Hi", "")
    return Recorder(store, reply)


def say(recorder: Recorder, clock: Clock, *pieces: tuple[str, str]) -> None:
    """Add pieces of text and reasoning, two seconds after each other."""
    for text, reasoning in pieces:
        clock.now += 2
        recorder.add(text, reasoning)


def test_from_the_first_thought_to_the_first_word(
    recorder: Recorder, clock: Clock, store: ConversationStore
) -> None:
    say(recorder, clock, ("", "Well"), ("", " now"), ("Paris", ""), (".", ""))
    reply = recorder.finish("finished")
    assert reply.thought_s == 4.0
    assert store.message(reply.id).thought_s == 4.0


def test_a_reply_without_a_thought_has_no_thinking_time(recorder: Recorder, clock: Clock) -> None:
    say(recorder, clock, ("Paris", ""), (".", ""))
    assert recorder.finish("finished").thought_s is None


def test_a_reply_that_ends_in_thought_counts_to_its_end(recorder: Recorder, clock: Clock) -> None:
    say(recorder, clock, ("", "Well"))
    clock.now += 5
    assert recorder.finish("cancelled").thought_s == 5.0


def test_thoughts_between_words_are_added(recorder: Recorder, clock: Clock) -> None:
    say(recorder, clock, ("", "a"), ("x", ""), ("y", ""), ("", "b"), ("", "c"), ("z", ""))
    assert recorder.finish("finished").thought_s == 6.0


def test_a_failed_reply_keeps_it_too(recorder: Recorder, clock: Clock) -> None:
    say(recorder, clock, ("", "Well"), ("Paris", ""))
    failure = Failure("x", "It failed.", "Try again.")
    assert recorder.in_memory(failure).thought_s == 2.0
    assert recorder.finish("failed", failure=failure).thought_s == 2.0


def test_add_thinking_time_leaves_older_replies_without(tmp_path: Path) -> None:
    old = MigrationSet("chat", (create_conversations_and_messages,))
    database = Database.open(tmp_path / "old.db", tmp_path / "backups", [old])
    row = {"id": "c", "created_at": "2026-01-01T00:00:00+00:00"}
    row |= {"updated_at": row["created_at"]}
    with database.transaction() as connection:
        connection.table("chat_conversations").insert(row)
        connection.table("chat_messages").insert(
            {
                "id": "m",
                "conversation_id": "c",
                "role": "assistant",
                "content": "Hello",
                "reasoning": "hm",
                "created_at": row["created_at"],
                "status": "finished",
            }
        )
    database.close()
    database = Database.open(tmp_path / "old.db", tmp_path / "backups", [MIGRATIONS])
    message = ConversationStore(database).message("m")
    database.close()
    assert (message.content, message.reasoning, message.thought_s) == ("Hello", "hm", None)
