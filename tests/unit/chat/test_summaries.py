"""Summaries of the oldest part of a chat: kept, on their branch only, taken away and brought back.

They are in the table that add_summaries makes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.archived import NOW, conversation, message

from studio.chat import purging
from studio.chat.conversation import Message
from studio.chat.overflow.summaries import Summaries
from studio.chat.store import ConversationStore
from studio.chat.transfer import own_json
from studio.chat.transfer.archive import ArchivedSummary
from studio.chat.transfer.archives import Archives
from studio.chat.tree import ConversationTree
from studio.errors import StudioError
from studio.storage.database import Database


@pytest.fixture
def summaries(database: Database) -> Summaries:
    return Summaries(database)


@pytest.fixture
def tree(database: Database) -> ConversationTree:
    return ConversationTree(database)


def talk(store: ConversationStore, *texts: str) -> str:
    key = store.create().id
    for text in texts:
        say(store, key, text)
    return key


def say(store: ConversationStore, key: str, text: str, beside: str | None = None) -> Message:
    question, reply = store.ask(key, text, "tiny", beside=beside)
    store.finish_reply(reply.id, "finished", content=f"Re: {text}", reasoning="")
    return question


def test_a_summary_is_kept_as_it_was_made(store: ConversationStore, summaries: Summaries) -> None:
    key = talk(store, "One", "Two")
    branch = store.branch(key)
    made = summaries.add(key, branch[1].id, "Of one.", model="tiny", recipe={"tokens": 3})
    assert summaries.of(key) == [made]
    assert summaries.on(branch) == [made]
    assert summaries.of("another") == []
    assert summaries.on([]) == []
    assert summaries.rewrite(made.id, "Of the first.") == made
    assert summaries.of(key) == [replace(made, text="Of the first.")]
    assert store.branch(key) == branch, "the messages stay as they are"


def test_without_words_or_a_summary_nothing_is_reworded(
    store: ConversationStore, summaries: Summaries
) -> None:
    key = talk(store, "One", "Two")
    made = summaries.add(key, store.branch(key)[1].id, "Of one.")
    with pytest.raises(StudioError) as caught:
        summaries.rewrite(made.id, " \n")
    assert caught.value.code == "prompt.empty"
    assert summaries.of(key) == [made]
    summaries.remove(made.id)
    with pytest.raises(StudioError) as caught:
        summaries.rewrite(made.id, "Of the first.")
    assert caught.value.code == "summary.unknown"
    assert summaries.of(key) == []


def test_the_one_that_reaches_farthest_is_in_force(
    store: ConversationStore, summaries: Summaries
) -> None:
    key = talk(store, "One", "Two", "Three")
    branch = store.branch(key)
    later = summaries.add(key, branch[3].id, "Of two.")
    earlier = summaries.add(key, branch[1].id, "Of one, written afterwards.")
    assert summaries.on(branch) == [earlier, later]


def test_it_holds_where_its_last_message_is_on_the_branch(
    store: ConversationStore, summaries: Summaries
) -> None:
    key = talk(store, "One", "Two", "Three")
    branch = store.branch(key)
    shared = summaries.add(key, branch[1].id, "Of one.")
    summaries.add(key, branch[3].id, "Of two.")
    say(store, key, "Else", beside=branch[2].id)
    assert summaries.on(store.branch(key)) == [shared]


def test_taken_away_it_can_be_brought_back(store: ConversationStore, summaries: Summaries) -> None:
    key = talk(store, "One", "Two", "Three")
    branch = store.branch(key)
    first = summaries.add(key, branch[1].id, "Of one.")
    second = summaries.add(key, branch[3].id, "Of two.")
    taken = summaries.take_away(branch)
    assert taken == [first, second]
    assert summaries.of(key) == []
    assert summaries.take_away(branch) == []
    summaries.put(taken)
    summaries.put(taken)  # as when Undo is pressed twice
    assert summaries.on(branch) == [first, second]


def test_it_comes_back_with_messages_that_were_deleted(
    store: ConversationStore, summaries: Summaries, tree: ConversationTree
) -> None:
    key = talk(store, "One", "Two", "Three")
    branch = store.branch(key)
    made = summaries.add(key, branch[3].id, "Of two.")
    removal = tree.remove(branch[2].id)
    assert summaries.on(store.branch(key)) == []
    tree.put_back(removal.id)
    assert summaries.on(store.branch(key)) == [made]


def test_it_goes_for_good_with_deleted_messages(
    store: ConversationStore, summaries: Summaries, tree: ConversationTree
) -> None:
    key = talk(store, "One", "Two", "Three")
    branch = store.branch(key)
    kept = summaries.add(key, branch[1].id, "Of one.")
    summaries.add(key, branch[3].id, "Of two.")
    tree.remove(branch[2].id)
    tree.forget_removals(datetime.now(UTC) + timedelta(days=1))
    assert summaries.of(key) == [kept]


def test_it_stays_in_the_trash_and_goes_with_its_chat(
    store: ConversationStore, summaries: Summaries, database: Database
) -> None:
    key = talk(store, "One", "Two")
    summaries.add(key, store.branch(key)[1].id, "Of one.")
    store.trash(key)
    store.restore(key)
    assert len(summaries.of(key)) == 1
    store.trash(key)
    store.purge(key)
    purging.finish(database, key)
    assert summaries.of(key) == []


def test_a_fork_takes_along_those_that_hold_there(
    store: ConversationStore, summaries: Summaries, tree: ConversationTree
) -> None:
    key = talk(store, "One", "Two", "Three")
    branch = store.branch(key)
    summaries.add(key, branch[1].id, "Of one.")
    summaries.add(key, branch[5].id, "Of three.")
    copy = tree.fork(branch[3].id)
    (held,) = summaries.on(store.branch(copy.id))
    assert held.text == "Of one."
    assert held.upto_message_id == store.branch(copy.id)[1].id
    assert len(summaries.of(key)) == 2


def test_the_own_file_holds_them(
    store: ConversationStore, summaries: Summaries, database: Database, tmp_path: Path
) -> None:
    key = talk(store, "One", "Two")
    upto = store.branch(key)[1].id
    made = summaries.add(key, upto, "Of one.", model="tiny", recipe={"tokens": 3})
    archives = Archives(database)
    taken = archives.take(key)
    path = tmp_path / "chats.json"
    own_json.write(path, [taken])
    (read,) = own_json.read(path)
    assert read == taken
    copy = archives.put(read)
    assert copy.id != key
    (brought,) = summaries.on(store.branch(copy.id))
    assert (brought.text, brought.model, brought.recipe) == (made.text, made.model, made.recipe)
    assert brought.created_at == made.created_at


def whole() -> dict[str, Any]:
    return {"upto_message_id": "a", "text": "Of a.", "created_at": NOW.isoformat()}


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "no list",
        lambda _: {"a": 1},
        lambda _: ["no object"],
        lambda value: [value | {"upto_message_id": "nobody"}],
        lambda value: [value | {"upto_message_id": 7}],
        lambda value: [value | {"text": None}],
        lambda value: [{key: value[key] for key in value if key != "text"}],
        lambda value: [value | {"created_at": "yesterday"}],
        lambda value: [value | {"recipe": "none"}],
    ],
)
def test_a_file_with_damaged_summaries_is_refused(
    damage: Callable[[dict[str, Any]], Any], tmp_path: Path
) -> None:
    path = tmp_path / "chats.json"
    archived = replace(conversation(message("a")), summaries=(ArchivedSummary("a", "Of a.", NOW),))
    own_json.write(path, [archived])
    data = json.loads(path.read_text("utf-8"))
    data["conversations"][0]["summaries"] = damage(whole())
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(StudioError) as caught:
        list(own_json.read(path))
    assert caught.value.code == "import.damaged"


def test_a_file_without_summaries_is_read(tmp_path: Path) -> None:
    path = tmp_path / "chats.json"
    own_json.write(path, [conversation(message("a"))])
    assert "summaries" not in path.read_text("utf-8")
    (read,) = own_json.read(path)
    assert read.summaries == ()
