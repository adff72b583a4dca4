"""Replies that are gone on with and get no more words: what was kept of them stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import tiny_chat
from support.answering_host import ANSWER, AnsweringHost
from support.exchanges import finished, turn

from studio.assembly import Parts, open_parts
from studio.chat import recipes
from studio.chat.conversation import Failure, Message, Status
from studio.chat.turn import TurnEvent
from studio.engine.host import Job
from studio.engine.language import Generate, ReplyGenerated
from studio.engine.protocol import Done, Failed, Request, Token
from studio.engine.text import TextEngine


class QuietHost(AnsweringHost):
    """Ends its next reply with ``ending`` and no more than ``adds``."""

    def __init__(self) -> None:
        super().__init__()
        self.ending = ""
        self.adds = ""

    def submit(self, request: Request) -> Job:
        if not isinstance(request, Generate) or not self.ending:
            return super().submit(request)
        job = Job(self, request)
        if self.adds:
            job.deliver(Token(0, self.adds))
        if self.ending == "fails":
            job.deliver(Failed(0, "chat.stopped"))
        else:
            made = ReplyGenerated(self.ending, self.adds, "", (), 30, 20, 0, 0.5, 0.0, 7, False, 1)
            job.deliver(Done(0, made))
        return job


@pytest.fixture
def host() -> QuietHost:
    return QuietHost()


@pytest.fixture
def parts(profile: Path, host: QuietHost) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile, lambda _worker: host)
    yield opened
    opened.close()


@pytest.fixture
def reply(parts: Parts) -> Message:
    key = parts.conversations.create(model="tiny").id
    return finished(turn(parts, key, "Count")).reply


def known(reply: Message) -> Message:
    """Return a reply without the hash of the model's file, which is filled in at any time."""
    return replace(reply, recipe=reply.recipe | {"file_sha256": ""})


def gone_on(parts: Parts, reply: Message) -> list[TurnEvent]:
    events: list[TurnEvent] = []
    parts.session.go_on(reply.conversation_id, events.append).result(20)
    return events


@pytest.mark.parametrize("ending", ["end", "stop_string"])
@pytest.mark.parametrize("adds", ["", " \n"])
def test_a_model_without_more_to_say_changes_nothing(
    parts: Parts, host: QuietHost, reply: Message, ending: str, adds: str
) -> None:
    host.ending, host.adds = ending, adds
    last = finished(gone_on(parts, reply))
    assert last.notices == ("The model had nothing to add.",)
    assert known(last.reply) == known(reply)
    assert known(parts.conversations.message(reply.id)) == known(reply)
    assert reply.figures is not None
    assert reply.figures.tokens_per_s > 0
    recipes.check_repeatable(last.reply)


def test_a_full_context_is_told_as_that(parts: Parts, host: QuietHost, reply: Message) -> None:
    host.ending = "context"
    last = finished(gone_on(parts, reply))
    (told,) = last.notices
    assert told.startswith("The context is full, so nothing could be added.")
    assert known(last.reply) == known(reply)


@pytest.mark.parametrize("ending", ["cancelled", "fails"])
def test_stopped_at_once_it_is_what_it_was(
    parts: Parts,
    host: QuietHost,
    reply: Message,
    ending: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(TextEngine, "stopping", property(lambda _engine: True))
    host.ending = ending
    last = finished(gone_on(parts, reply))
    assert (last.notices, known(last.reply)) == ((), known(reply))


@pytest.mark.parametrize("status", ["cancelled", "interrupted", "failed"])
def test_how_it_had_ended_stays_told(
    parts: Parts, host: QuietHost, reply: Message, status: Status
) -> None:
    failure = Failure("engine.decode_failed", "It broke.", "Try again.")
    before = parts.conversations.finish_reply(
        reply.id,
        status,
        content="One, ",
        reasoning="Hm",
        thought_s=2.5,
        failure=failure if status == "failed" else None,
        figures=reply.figures,
        recipe=reply.recipe,
    )
    host.ending = "end"
    assert known(finished(gone_on(parts, before)).reply) == known(before)


def test_words_that_come_are_added_as_ever(parts: Parts, host: QuietHost, reply: Message) -> None:
    host.ending, host.adds = "max_tokens", " and one"
    last = finished(gone_on(parts, reply))
    assert last.reply.content == f"{ANSWER} and one"
    assert last.reply.recipe["continued"]
