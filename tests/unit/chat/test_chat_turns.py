"""Turns without a window: what is stored first, which model writes, and chats on their way out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import tiny_chat
from support.answering_host import ANSWER, AnsweringHost
from support.exchanges import finished, lone_reply, turn

from studio.assembly import Parts, open_parts
from studio.chat.conversation import Message
from studio.chat.turn import TurnEvent, TurnFailed, TurnStarted
from studio.errors import StudioError


@pytest.fixture
def host() -> AnsweringHost:
    return AnsweringHost()


@pytest.fixture
def parts(profile: Path, host: AnsweringHost) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile, lambda _worker: host)
    yield opened
    host.may_reply.set()
    opened.close()


def failed(events: list[TurnEvent]) -> tuple[str, Message | None]:
    last = events[-1]
    assert isinstance(last, TurnFailed)
    return last.error.code, last.reply


def test_the_question_is_stored_before_a_model_is_looked_for(parts: Parts) -> None:
    conversation = parts.conversations.create(model="gone").id
    events = turn(parts, conversation, "Is anybody there?")
    assert [type(event) for event in events] == [TurnStarted, TurnFailed]
    code, reply = failed(events)
    assert code == "model.unknown"
    question, kept = parts.conversations.branch(conversation)
    assert question.content == "Is anybody there?"
    assert kept == reply
    assert kept.status == "failed"
    assert kept.failure is not None
    assert kept.failure.code == "model.unknown"


@pytest.mark.parametrize("wished", ["", "tiny", "TINY", "tiny.gguf"])
def test_a_reply_tells_who_wrote_it_by_its_own_name(parts: Parts, wished: str) -> None:
    parts.settings.set("chat.default_model", "tiny")
    conversation = parts.conversations.create(model=wished).id
    reply = finished(turn(parts, conversation, "Hello")).reply
    assert (reply.model, reply.content) == ("tiny", ANSWER)
    assert parts.session.would_use(wished).choice.name == "tiny"


def test_that_nobody_would_answer_is_told_as_the_reply_would_be(parts: Parts) -> None:
    with pytest.raises(StudioError) as caught:
        parts.session.would_use("gone")
    assert caught.value.code == "model.unknown"


def test_what_could_not_be_stored_is_told_without_a_reply(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_facts: object, **_named: object) -> None:
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    monkeypatch.setattr(parts.conversations, "ask", refuse)
    conversation = parts.conversations.create(model="tiny").id
    events = turn(parts, conversation, "Hello")
    assert len(events) == 1
    assert failed(events) == ("disk.full", None)
    assert parts.session.running_in is None


def test_replies_without_a_question_cannot_be_written_again(parts: Parts) -> None:
    made = lone_reply(parts)
    events: list[TurnEvent] = []
    parts.session.regenerate(made.id, events.append).result(20)
    assert failed(events) == ("prompt.no_question", None)
    assert len(parts.conversations.branch(made.id)) == 1
    assert finished(turn(parts, made.id, "Who are you?")).reply.content == ANSWER


def test_a_chat_that_is_being_written_is_not_deleted(parts: Parts, host: AnsweringHost) -> None:
    conversation = parts.conversations.create(model="tiny").id
    host.may_reply.clear()
    running = parts.session.send(conversation, "Hello", lambda _: None)
    parts.conversations.trash(conversation)
    with pytest.raises(StudioError) as caught:
        parts.session.purge(conversation)
    assert caught.value.code == "chat.busy"
    host.may_reply.set()
    running.result(20)
    parts.session.purge(conversation)
    assert conversation not in parts.conversations.ids()


def test_a_long_deletion_keeps_no_other_chat_waiting(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = parts.conversations
    leaving, other = store.create(model="tiny").id, store.create(model="tiny").id
    store.trash(leaving)
    reached, go = threading.Event(), threading.Event()
    purge = store.purge

    def slowly(conversation_id: str) -> None:
        reached.set()
        assert go.wait(20)
        purge(conversation_id)

    monkeypatch.setattr(store, "purge", slowly)
    deletion = threading.Thread(target=parts.session.purge, args=(leaving,))
    deletion.start()
    try:
        assert reached.wait(20)
        with pytest.raises(StudioError) as caught:
            parts.session.send(leaving, "Wait", lambda _: None)
        assert finished(turn(parts, other, "Hello")).reply.content == ANSWER
    finally:
        go.set()
        deletion.join()
    assert caught.value.code == "chat.leaving"
    assert store.ids() == {other}
    assert parts.session.running_in is None
