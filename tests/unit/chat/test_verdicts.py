"""A reply is stored before it is looked at whether it has its shape; the verdict follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support import tiny_chat
from support.answering_host import ANSWER, AnsweringHost
from support.exchanges import finished, turn

from studio.assembly import Parts, open_parts
from studio.chat import verdicts
from studio.chat.conversation import Message
from studio.chat.options import Options
from studio.chat.shape import verdict_of, with_verdict
from studio.chat.store import ConversationStore
from studio.chat.turn import TurnEvent, TurnFailed
from studio.errors import StudioError

FULL = StudioError("disk.full", "The disk is full.", "Free some space.")


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    host = AnsweringHost()
    opened = open_parts(profile, lambda _worker: host)
    yield opened
    opened.close()


@pytest.fixture
def key(parts: Parts) -> str:
    """Return a chat whose replies are to be whole numbers."""
    made = parts.conversations.create(model="tiny").id
    parts.conversations.set_options(made, Options(json_schema='{"type": "integer"}'))
    return made


def last(parts: Parts, key: str) -> Message:
    return parts.conversations.branch(key)[-1]


def is_valid(reply: Message) -> bool | None:
    verdict = verdict_of(reply.recipe)
    return verdict.valid if verdict else None


def test_the_reply_is_stored_before_it_is_looked_at(
    parts: Parts, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[Message] = []

    def look(recipe: Mapping[str, Any], text: str, stop: str) -> dict[str, Any]:
        stored.append(last(parts, key))
        return with_verdict(recipe, text, stop)

    monkeypatch.setattr(verdicts, "with_verdict", look)
    ended = finished(turn(parts, key, "How many?"))
    (before,) = stored
    assert (before.status, before.content, is_valid(before)) == ("finished", ANSWER, None)
    assert before.figures
    assert parts.session.exact_prompt(before.id) is not None
    assert is_valid(ended.reply) is is_valid(last(parts, key)) is False


def test_a_reply_made_again_is_not_stored_with_the_verdict_on_the_first(
    parts: Parts, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = finished(turn(parts, key, "How many?")).reply
    monkeypatch.setattr(parts.session._exchange._prompts, "of", lambda _reply_id: "a prompt")
    monkeypatch.setattr(verdicts, "with_verdict", lambda *_: {})
    events: list[TurnEvent] = []
    parts.session.repeat(first.id, events.append).result(20)
    assert "structured" in first.recipe
    assert "structured" not in finished(events).reply.recipe


def test_a_reply_that_was_not_saved_at_once_has_its_verdict_when_it_is(
    parts: Parts, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = ConversationStore.finish_reply

    is_full = True

    def try_to(*args: Any, **values: Any) -> Message:
        if is_full:
            raise FULL
        return write(*args, **values)

    monkeypatch.setattr(ConversationStore, "finish_reply", try_to)
    ended = turn(parts, key, "How many?")[-1]
    assert isinstance(ended, TurnFailed)
    assert not ended.is_saved
    is_full = False
    assert parts.session.unsaved() is None
    assert last(parts, key).content == ANSWER
    assert is_valid(last(parts, key)) is False


def test_a_disk_that_takes_no_verdict_costs_the_reply_nothing(
    parts: Parts, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise FULL

    monkeypatch.setattr(verdicts, "json", SimpleNamespace(loads=refuse))
    ended = finished(turn(parts, key, "How many?"))
    assert is_valid(ended.reply) is False
    stored = last(parts, key)
    assert is_valid(stored) is None
    assert replace(stored, recipe={}) == replace(ended.reply, recipe={})
