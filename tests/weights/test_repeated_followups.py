"""Replies deep in a conversation, made again to the letter from how their prompts were read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import short_replies
from support.exchanges import finished, turn

from studio.assembly import Parts, open_parts
from studio.chat.conversation import Message
from studio.chat.prompt import Overrides
from studio.chat.turn import TurnEvent
from studio.workers.llama.readings import batches

SHORT = Overrides(temperature=0.8, max_tokens=12)
QUESTIONS = ["Who lives by the sea?", "And what does he eat in winter?"]
SAME = "The same text as before, to the letter."


@pytest.fixture
def starter(profile: Path, starter_model: Path) -> Iterator[Parts]:
    """Return a data folder with the starter model."""
    (profile / "models").mkdir(parents=True)
    (profile / "models" / "starter.gguf").symlink_to(starter_model)
    opened = short_replies.opened(profile, 24)
    yield opened
    opened.close()


def again(parts: Parts, reply: Message) -> str:
    events: list[TurnEvent] = []
    parts.session.repeat(reply.id, events.append).result(120)
    return finished(events).notices[-1]


def ask(parts: Parts, key: str, text: str) -> Message:
    return finished(turn(parts, key, text, SHORT)).reply


def test_follow_ups_other_replies_and_branches_are_the_same_to_the_letter(starter: Parts) -> None:
    key = starter.conversations.create(model="starter").id
    replies = [ask(starter, key, question) for question in QUESTIONS[:2]]
    read_in = [tuple(run) for run in replies[-1].recipe["read_in"]]
    assert sum(size for _, size in batches(read_in)) == replies[-1].recipe["prompt_tokens"]
    events: list[TurnEvent] = []
    starter.session.regenerate(key, events.append).result(120)
    other = finished(events).reply
    starter.tree.show(replies[0].id)
    branched = ask(starter, key, "And who bakes his bread?")
    for reply in (replies[1], other, branched):
        assert reply.figures is not None
        assert reply.figures.reused_tokens > 0
        starter.tree.show(reply.id)
        assert again(starter, reply) == SAME


def test_so_is_one_that_went_on_from_the_disk(starter: Parts, profile: Path) -> None:
    key = starter.conversations.create(model="starter").id
    ask(starter, key, "An old man lives alone by the sea with his dog. Who lives by the sea?")
    starter.close()
    reopened = open_parts(profile)
    try:
        reply = ask(reopened, key, QUESTIONS[1])
        assert reply.figures is not None
        assert reply.figures.reused_tokens > 0, "from the file"
        assert again(reopened, reply) == SAME
    finally:
        reopened.close()
