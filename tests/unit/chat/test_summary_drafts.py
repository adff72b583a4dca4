"""Other words for a summary that are half written outlive what they have nothing to do with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.databases import database_with

from studio.chat.draft_migrations import keep_drafts_of_summaries
from studio.chat.drafts import DraftKey
from studio.chat.overflow.summaries import Summaries
from studio.chat.store import ConversationStore
from studio.chat.tables import MIGRATIONS
from studio.chat.tree import ConversationTree
from studio.storage.database import Database


@pytest.fixture(params=["new", "older"])
def data(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Return a database that had all steps at once, or the last one later."""
    if request.param == "older":
        assert MIGRATIONS[-1].steps == (keep_drafts_of_summaries,)
        with database_with(tmp_path, *MIGRATIONS[:-1]):
            pass
    with database_with(tmp_path, *MIGRATIONS) as opened:
        yield opened


def forget_all(tree: ConversationTree) -> None:
    assert tree.forget_removals(datetime.now(UTC) + timedelta(seconds=1))


def test_keep_drafts_of_summaries_for_as_long_as_they_stand(data: Database) -> None:
    store, tree, summaries = ConversationStore(data), ConversationTree(data), Summaries(data)
    key = store.create().id
    for text in ("One", "Two", "Three"):
        _, reply = store.ask(key, text, "tiny")
        store.finish_reply(reply.id, "finished", content="Re", reasoning="")
    branch = store.branch(key)
    lasting, later = (summaries.add(key, branch[place].id, "So far.") for place in (1, 3))
    for each in (lasting, later):
        store.drafts.keep(DraftKey(key, each.id), f"Other words {each.id}")
    store.drafts.keep(DraftKey(key, branch[4].id), "Three, please")
    tree.remove(branch[4].id)
    forget_all(tree)
    words = {each.id: f"Other words {each.id}" for each in (lasting, later)}
    assert store.drafts.wordings(key) == words
    tree.remove(branch[2].id)
    assert store.drafts.wordings(key) == words
    forget_all(tree)
    assert store.drafts.wordings(key) == {lasting.id: words[lasting.id]}
