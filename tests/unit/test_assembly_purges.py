"""A long chat is deleted for good apart from all else, and what is left of it at the next start."""

from __future__ import annotations

import queue
import threading
import time
from pathlib import Path

import pytest

from studio.assembly import Parts, open_parts
from studio.chat import purging
from studio.chat.store import message_row
from studio.errors import StudioError

_LIMIT_S = 20


def trashed(parts: Parts, count: int) -> str:
    """Return a chat in the trash."""
    key = parts.conversations.create().id
    with parts.database.transaction() as connection:
        connection.table("chat_messages").insert_all(
            message_row(key, None, "user", "Hello") for _ in range(count)
        )
    parts.conversations.trash(key)
    return key


def wait_until_gone(parts: Parts) -> None:
    until = time.monotonic() + _LIMIT_S
    while purging.marked(parts.database):
        assert time.monotonic() < until, "it was not deleted"
        time.sleep(0.01)


def left(parts: Parts) -> int:
    with parts.database.reading() as connection:
        return int(connection.table("chat_messages").count)


def test_the_rest_of_a_chat_goes_at_the_next_start(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = open_parts(profile)
    begun = threading.Event()
    finish = purging.finish

    def slow(*facts: object) -> None:
        begun.set()
        pieces = iter((False, True))
        finish(parts.database, str(facts[1]), lambda: next(pieces))

    with monkeypatch.context() as patch:
        patch.setattr(purging, "finish", slow)
        parts.session.purge(trashed(parts, 3 * purging.PIECE_ROWS))
        assert parts.conversations.list(trashed=True) == []
        assert begun.wait(_LIMIT_S)
        parts.close()
    again = open_parts(profile)
    wait_until_gone(again)
    assert left(again) == 0
    again.close()


def test_closing_does_not_wait_for_a_long_chat(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = open_parts(profile)
    monkeypatch.setattr(purging, "PIECE_ROWS", 1)
    monkeypatch.setattr(purging, "_LEAST_PAUSE_S", 0.05)
    parts.session.purge(trashed(parts, 2_000))
    parts.close()
    again = open_parts(profile)
    assert left(again) > 1_000, "the program has waited for it"
    again.close()


def test_a_chat_that_cannot_be_deleted_now_is_told(
    profile: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_facts: object) -> None:
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    parts = open_parts(profile)
    told: queue.SimpleQueue[StudioError] = queue.SimpleQueue()
    parts.observe_failures(told.put)
    is_ready = threading.Event()
    parts.background(is_ready.set)  # and the look for what an earlier start left is done
    assert is_ready.wait(_LIMIT_S)
    monkeypatch.setattr(purging, "finish", refuse)
    parts.session.purge(trashed(parts, 1))
    assert told.get(timeout=_LIMIT_S).code == "disk.full"
    parts.close()
    assert len(caplog.records) == 1
