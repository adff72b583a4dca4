"""A reply that was stopped before its first word has no figures, and is not made again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import tiny_chat
from support.answering_host import AnsweringHost

from studio.assembly import Parts, open_parts
from studio.cli import chat, chats
from studio.cli.arguments import parse
from studio.engine.host import Job
from studio.engine.language import Generate, ReplyGenerated
from studio.engine.protocol import Done, Request
from studio.errors import StudioError


class Silent(AnsweringHost):
    """Is stopped before it has said a word."""

    def submit(self, request: Request) -> Job:
        if not isinstance(request, Generate):
            return super().submit(request)
        job = Job(self, request)
        told = ReplyGenerated("cancelled", "", "", (), 900, 0, 0, None, 0.0, 1, False, 1)
        job.deliver(Done(0, told, cancelled=True))
        return job


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile, lambda _worker: Silent())
    yield opened
    opened.close()


def test_it_is_told_without_figures(parts: Parts) -> None:
    told = chat.run(parts, parse(["chat", "Hello", "--json", "--model", "tiny"]))
    names = ("prompt_tokens", "reused_tokens", "tokens", "ttft_s", "tokens_per_s")
    assert [told[name] for name in names] == [None] * len(names)
    assert told["stop"] == "cancelled"
    key = told["conversation"]
    assert parts.conversations.branch(key)[-1].figures is None
    for given, code in ((), "reply.not_begun"), (("--message", ""), "message.unknown"):
        with pytest.raises(StudioError) as caught:
            chats.run(parts, parse(["chats", "repeat", key, *given]))
        assert caught.value.code == code
