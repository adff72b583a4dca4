"""Which chats a model is asked to name, and how often, with a model that says what a test wants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import tiny_chat
from support.answering_host import AnsweringHost
from support.exchanges import finished, turn

from studio.assembly import Parts, open_parts
from studio.chat.conversation import Status
from studio.engine.host import Job
from studio.engine.language import Generate, ReplyGenerated
from studio.engine.protocol import Done, Request


class Titling(AnsweringHost):
    """Says one of ``titles`` after the other when it is asked for one, and notes the prompts."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.asked: list[Generate] = []

    def submit(self, request: Request) -> Job:
        if not (isinstance(request, Generate) and request.aside):
            return super().submit(request)
        self.asked.append(request)
        job, said = Job(self, request), self.titles.pop(0)
        job.deliver(Done(0, ReplyGenerated("end", said, "", (), 9, 0, 2, 0.1, 9.0, 1, False, 1)))
        return job


@pytest.fixture
def host() -> Titling:
    return Titling()


@pytest.fixture
def parts(profile: Path, host: Titling) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile, lambda _worker: host)
    yield opened
    opened.close()


def talked(parts: Parts) -> str:
    """Return a chat with one exchange, after which the model is loaded."""
    key = parts.conversations.create(model="tiny").id
    finished(turn(parts, key, "Paris as JSON, please."))
    parts.session.titles.want(lambda: True)
    return key


def stopped(parts: Parts, status: Status, words: str) -> str:
    key = parts.conversations.create(model="tiny").id
    _, reply = parts.conversations.ask(key, "Tell me a story.", "tiny")
    parts.conversations.finish_reply(reply.id, status, content=words, reasoning="")
    return key


def test_replies_that_look_like_data_are_left_out_at_last(parts: Parts, host: Titling) -> None:
    host.titles = ['{"city": "Paris"', '{"title": "City"', " Paris as JSON"]
    key = talked(parts)
    parts.session.titles.after(key)
    assert parts.conversations.get(key).title == "Paris as JSON"
    first, again, last = host.asked
    assert first.messages == again.messages
    assert first.sampling != again.sampling
    assert len(first.messages) > len(last.messages) == 1
    parts.session.titles.after(key)
    assert len(host.asked) == 3


def test_it_is_asked_three_times_and_no_more(parts: Parts, host: Titling) -> None:
    host.titles = ["", "Sure, the Moon", "..."]
    key = talked(parts)
    parts.session.titles.after(key)
    parts.session.titles.after(key)
    assert parts.conversations.get(key).title_by == ""
    assert len(host.asked) == 3


@pytest.mark.parametrize(
    ("status", "words", "is_named"),
    [
        ("cancelled", "Once upon a time there was a dog by the sea.", True),
        ("cancelled", "Once upon", False),
        ("failed", "Once upon a time there was a dog by the sea.", False),
    ],
)
def test_a_stopped_reply_names_its_chat_when_it_has_words_enough(
    parts: Parts, host: Titling, status: Status, words: str, *, is_named: bool
) -> None:
    parts.conversations.rename(talked(parts), "Mine")
    host.titles = ["A Dog by the Sea"]
    key = stopped(parts, status, words)
    parts.session.titles.after(key)
    assert parts.conversations.get(key).title_by == ("model" if is_named else "")
