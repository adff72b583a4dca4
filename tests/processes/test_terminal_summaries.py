"""`studio chats summarise --text`: a summary put into other words, without any model."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import studio
from support.terminal import answer

from studio.assembly import open_data


@pytest.fixture
def chat(profile: Path) -> str:
    """Return the id of a chat with two summaries, of which the second is read."""
    parts = open_data(profile, lambda worker: pytest.fail(worker))
    try:
        key = parts.conversations.create().id
        for text in ("One", "Two"):
            _question, reply = parts.conversations.ask(key, text, "tiny")
            parts.conversations.finish_reply(reply.id, "finished", content="Yes", reasoning="")
            parts.session.summaries.add(key, reply.id, f"Up to {text}.")
        return key
    finally:
        parts.close()


def texts(home: Path, chat: str) -> list[str]:
    parts = open_data(home, lambda worker: pytest.fail(worker))
    try:
        return [each.text for each in parts.session.summaries.of(chat)]
    finally:
        parts.close()


def test_the_summary_that_is_read_gets_other_words(profile: Path, chat: str) -> None:
    told = studio("chats", "summarise", chat, "--text", "Of bees.", "--json", home=profile)
    facts = answer(told)
    assert (facts["summary"], facts["messages"]) == ("Of bees.", 4)
    assert texts(profile, chat) == ["Up to One.", "Of bees."]


def test_without_words_it_stays_as_it_was(profile: Path, chat: str) -> None:
    told = studio("chats", "summarise", chat, "--text", " ", "--json", home=profile)
    assert answer(told)["error"]["code"] == "prompt.empty"
    assert texts(profile, chat) == ["Up to One.", "Up to Two."]


def test_where_there_is_none_it_says_how_to_have_one(profile: Path, chat: str) -> None:
    assert studio("chats", "summarise", chat, "--undo", home=profile).returncode == 0
    error = answer(studio("chats", "summarise", chat, "--text", "Bees", "--json", home=profile))
    assert error["error"]["code"] == "summary.none"
    assert error["error"]["hint"].endswith(f"studio chats summarise {chat}")


def test_other_words_and_none_at_all_exclude_one_another(profile: Path, chat: str) -> None:
    told = studio("chats", "summarise", chat, "--undo", "--text", "Bees", home=profile)
    assert told.returncode == 2
    assert "not allowed with" in told.stderr
    assert texts(profile, chat) == ["Up to One.", "Up to Two."]
