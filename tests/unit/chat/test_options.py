"""What a conversation does differently from its preset is kept, copied, exported and imported."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
import sqlite_utils

from studio.chat import migrations
from studio.chat.options import Options, options_from
from studio.chat.store import ConversationStore
from studio.chat.transfer import own_json
from studio.chat.transfer.archives import Archives
from studio.chat.transfer.fields import WrongFieldError
from studio.chat.transfer.own_values import conversation_from
from studio.storage.database import Database

CHOSEN = Options(overflow="stop", grammar='root ::= "yes"', reasoning=False, reasoning_tokens=0)


def test_add_options_leaves_every_choice_to_the_preset(tmp_path: Path) -> None:
    database = sqlite_utils.Database(tmp_path / "old.db")
    for step in migrations.MIGRATIONS.steps[:-1]:
        if step is migrations.add_options:
            break
        step(database)
    database.table("chat_conversations").insert({"id": "a", "created_at": "", "updated_at": ""})
    migrations.add_options(database)
    (row,) = database.table("chat_conversations").rows
    assert options_from(row["options"]) == Options()


def test_options_are_kept(store: ConversationStore) -> None:
    key = store.create().id
    assert store.get(key).options == Options()
    assert store.set_options(key, CHOSEN).options == CHOSEN
    assert store.get(key).options == CHOSEN


def test_what_a_later_version_knew_is_left_out() -> None:
    assert options_from('{"overflow": "roll", "telepathy": true}') == Options(overflow="roll")


def test_only_what_differs_is_written() -> None:
    assert json.loads(Options(reasoning=False).to_json()) == {"reasoning": False}


def test_options_go_along_with_a_copy(database: Database, store: ConversationStore) -> None:
    key = store.create().id
    store.set_options(key, CHOSEN)
    archives = Archives(database)
    assert archives.put(archives.take(key)).options == CHOSEN


def test_every_choice_comes_back_from_an_export(
    database: Database, store: ConversationStore, tmp_path: Path
) -> None:
    chosen = Options("roll", "{}", 'root ::= "yes"', True, False, 7, "high")
    default = asdict(Options())
    assert all(value != default[name] for name, value in asdict(chosen).items())
    key = store.create().id
    store.set_options(key, chosen)
    own_json.write(tmp_path / "all.json", [Archives(database).take(key)])
    (read,) = own_json.read(tmp_path / "all.json")
    assert read.options == chosen


@pytest.mark.parametrize(
    "wrong",
    [
        {"overflow": "explode"},
        {"grammar": 3},
        {"free_text": "yes"},
        {"reasoning": "yes"},
        {"reasoning_tokens": -1},
        [],
    ],
)
def test_wrong_options_of_an_import_are_refused(wrong: object) -> None:
    facts = {
        "id": "a",
        "title": "",
        "created_at": "2026-01-31T12:00:00+00:00",
        "updated_at": "2026-01-31T12:00:00+00:00",
        "options": wrong,
    }
    with pytest.raises(WrongFieldError):
        conversation_from(facts, [])
