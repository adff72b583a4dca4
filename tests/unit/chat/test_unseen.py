"""Which conversations have a reply that nobody has seen is kept over restarts."""

from __future__ import annotations

from pathlib import Path

import sqlite_utils

from studio.assembly import open_data
from studio.chat.migrations import MIGRATIONS
from studio.chat.unseen import Unseen
from studio.chat.unseen_migrations import create_unseen


def test_marks_are_kept_and_taken_away(profile: Path) -> None:
    parts = open_data(profile, lambda worker: None)  # type: ignore[arg-type, return-value]
    try:
        first, second = (parts.conversations.create().id for _ in range(2))
        unseen = Unseen(parts.database)
        for key in (first, first, second):
            unseen.add(key)
        unseen.remove(second)
        unseen.remove("unknown")
    finally:
        parts.close()
    again = open_data(profile, lambda worker: None)  # type: ignore[arg-type, return-value]
    try:
        assert Unseen(again.database).ids() == {first}
    finally:
        again.close()


def test_a_conversation_that_is_gone_needs_no_mark(profile: Path) -> None:
    parts = open_data(profile, lambda worker: None)  # type: ignore[arg-type, return-value]
    try:
        unseen = Unseen(parts.database)
        unseen.add("never there")
        key = parts.conversations.create().id
        unseen.add(key)
        parts.conversations.discard_if_empty(key)
        assert unseen.ids() == set()
    finally:
        parts.close()


def test_create_unseen_begins_without_a_mark(tmp_path: Path) -> None:
    database = sqlite_utils.Database(tmp_path / "old.db")
    for step in MIGRATIONS.steps:
        step(database)
    create_unseen(database)
    assert list(database.table("chat_unseen").rows) == []
