"""Replies under a shape in whole chats with the starter model: kept, validated, made again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.assembly import Parts, open_data
from studio.chat.conversation import Message
from studio.chat.prompt import Overrides
from studio.chat.shape import Shape, with_shape
from studio.chat.turn import TurnEvent, TurnFailed, TurnFinished
from studio.ui.chat.shape.words import EXAMPLES

CONTACT = dict(EXAMPLES["json_schema"])["A contact"]
YES_NO = dict(EXAMPLES["grammar"])["Yes or no"]


@pytest.fixture
def parts(starter_model: Path, profile: Path) -> Iterator[Parts]:
    opened = open_data(profile)
    opened.paths = replace(opened.paths, shipped_models=starter_model.parent)
    opened.prepare()
    yield opened
    opened.close()


def begun(parts: Parts, shape: Shape | None) -> str:
    made = parts.conversations.create()
    parts.conversations.set_options(made.id, with_shape(made.options, shape))
    return made.id


def ask(parts: Parts, key: str, text: str, **overrides: int) -> TurnEvent:
    events: list[TurnEvent] = []
    wished = Overrides(**{"seed": 5, **overrides})
    parts.session.send(key, text, events.append, overrides=wished).result()
    return events[-1]


def replied(last: TurnEvent) -> Message:
    assert isinstance(last, TurnFinished), last
    return last.reply


def test_a_contact_is_written_and_fits(parts: Parts) -> None:
    key = begun(parts, Shape("json_schema", CONTACT))
    reply = replied(ask(parts, key, "Make up a contact: name, email, phone."))
    assert reply.recipe["structured"] == {"kind": "json_schema", "valid": True, "problem": None}
    contact = json.loads(reply.content)
    assert list(contact) == ["name", "email", "phone"]
    assert reply.recipe["sampling"]["json_schema"] == CONTACT


def test_what_was_cut_off_is_told_and_gone_on_with(parts: Parts) -> None:
    key = begun(parts, Shape("json_schema", CONTACT))
    cut = replied(ask(parts, key, "Make up a contact.", max_tokens=6))
    assert cut.recipe["structured"]["valid"] is False
    assert "cut off at the length limit" in cut.recipe["structured"]["problem"]
    events: list[TurnEvent] = []
    parts.session.go_on(key, events.append).result()
    whole = replied(events[-1])
    assert whole.content.startswith(cut.content)
    assert whole.recipe["structured"]["valid"] is True
    json.loads(whole.content)


def test_a_grammar_answers_yes_or_no_and_the_same_again(parts: Parts) -> None:
    key = begun(parts, Shape("grammar", YES_NO))
    first = replied(ask(parts, key, "Is water wet?"))
    assert first.content in ("yes", "no")
    assert first.recipe["structured"]["valid"] is True
    # What holds now is another thing than what held then.
    parts.conversations.set_options(
        key, with_shape(parts.conversations.get(key).options, Shape("json_schema", CONTACT))
    )
    events: list[TurnEvent] = []
    parts.session.repeat(first.id, events.append).result()
    again = replied(events[-1])
    assert again.content == first.content
    assert again.recipe["sampling"]["grammar"] == YES_NO
    assert again.recipe["structured"]["kind"] == "grammar"


def test_a_shape_that_cannot_be_used_is_told_beside_its_question(parts: Parts) -> None:
    key = begun(parts, Shape("grammar", 'root ::= "a" root'))
    last = ask(parts, key, "Hello")
    assert isinstance(last, TurnFailed)
    assert last.error.code == "shape.invalid"
    assert "never end" in last.error.what
    parts.conversations.set_options(key, with_shape(parts.conversations.get(key).options, None))
    assert "structured" not in replied(ask(parts, key, "Hello", max_tokens=4)).recipe
