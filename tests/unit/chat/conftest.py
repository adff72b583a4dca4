"""What the tests of conversations share: a database of their own, and what works on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.chat_data import chat_database

from studio.chat.search.search import Search
from studio.chat.store import ConversationStore
from studio.storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with chat_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


@pytest.fixture
def search(database: Database) -> Search:
    return Search(database)
