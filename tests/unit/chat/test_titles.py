"""Titles that a model makes: which are worth having, and whose title stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chat_data import chat_database

from studio.chat.migrations import add_title_by
from studio.chat.store import ConversationStore
from studio.chat.title_rules import title_in
from studio.storage.database import Database


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (" The Power of Photosynthesis", "The Power of Photosynthesis"),
        ('"Facts About the Moon"', "Facts About the Moon"),
        ("Title: Facts About the Moon.", "Facts About the Moon"),
        ("**Nudeln kochen**\nHier ist mehr", "Nudeln kochen"),
        ("„Nudeln kochen“", "Nudeln kochen"),
        ("What is the capital of France?", "What is the capital of France?"),
        ("Paris, France's City of Light", "Paris, France's City of Light"),
    ],
)
def test_a_good_title_is_taken(said: str, title: str) -> None:
    assert title_in(said) == title


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   \n ",
        '""',
        "...",
        "A title of more words than six are",
        "Donaudampfschifffahrtsgesellschaft" * 2,
        'The "Moon" Landing',
        "Here's a possible title for it:",
        "I'm sorry, I cannot help",
        "I\u2019m glad you asked",
        "As an AI language model",
        "Sure, the Moon",
        "Es tut mir leid",
        "Title",
        "At most six words",
        "Topics:",
        "1. The Moon",
        "<|im_end|>",
        "Zero\u200bwidth",
    ],
)
def test_a_poor_title_is_refused(said: str) -> None:
    assert title_in(said) == ""


def test_a_title_in_another_script_than_the_question_is_refused() -> None:
    assert title_in("Cooking Pasta", "Как варить макароны?") == ""
    assert title_in("Варка макарон", "Как варить макароны?") == "Варка макарон"
    assert title_in("東京の天気", "東京の天気はどうですか") == "東京の天気"
    assert title_in("Python Lists", "42?") == "Python Lists"


def test_who_made_a_title_is_kept(store: ConversationStore) -> None:
    made = store.create()
    store.ask(made.id, "What is the moon?", "m")
    assert store.get(made.id).title_by == ""
    assert store.rename(made.id, "Mine").title_by == "person"
    assert store.rename(made.id, " ").title_by == ""


def test_a_title_can_be_put_back_as_it_was(store: ConversationStore) -> None:
    made = store.create()
    store.ask(made.id, "What is the moon?", "m")
    before = store.get(made.id)
    store.rename(made.id, "Mine")
    assert store.put_title(before) == store.get(made.id)
    assert (store.get(made.id).title, store.get(made.id).title_by) == ("What is the moon?", "")


def test_add_title_by_leaves_the_titles_there_are_to_the_person(tmp_path: Path) -> None:
    with chat_database(tmp_path) as database:
        store = ConversationStore(database)
        named, empty = store.create(), store.create()
        store.rename(named.id, "From before")
        with database.transaction() as db:
            db.execute("ALTER TABLE chat_conversations DROP COLUMN title_by")
            add_title_by(db)
        assert store.get(named.id).title_by == "person"
        assert store.get(empty.id).title_by == ""


def test_a_database_of_today_has_the_column(database: Database) -> None:
    with database.reading() as db:
        assert "title_by" in db["chat_conversations"].columns_dict
