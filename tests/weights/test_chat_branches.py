"""Edits, other replies and continued replies with the real engine and a tiny model."""

from __future__ import annotations

from support.exchanges import SHORT, finished, new, said_in, turn

from studio.assembly import Parts
from studio.chat.tree import ConversationTree
from studio.chat.turn import TurnEvent, TurnFailed, TurnFinished, TurnStarted


def test_a_question_in_other_words_is_answered_on_a_branch_of_its_own(parts: Parts) -> None:
    key = new(parts)
    first = finished(turn(parts, key, "Hello there")).reply
    turn(parts, key, "And now?")
    events: list[TurnEvent] = []
    parts.session.send(
        key, "Good day", events.append, overrides=SHORT, beside=first.parent_id
    ).result(120)
    reply = finished(events).reply
    assert [message.content for message in parts.conversations.branch(key)] == [
        "Good day",
        reply.content,
    ]
    assert len(parts.conversations.all_messages(key)) == 6


def test_any_question_can_be_answered_again(parts: Parts) -> None:
    key = new(parts)
    first = finished(turn(parts, key, "Hello there")).reply
    turn(parts, key, "And now?")
    events: list[TurnEvent] = []
    parts.session.regenerate(key, events.append, question_id=first.parent_id).result(120)
    again = finished(events).reply
    assert [message.id for message in parts.conversations.branch(key)] == [
        first.parent_id,
        again.id,
    ]
    place = ConversationTree(parts.database).places(key)[again.id]
    assert (place.number, place.count, place.before) == (2, 2, first.id)


def test_a_reply_that_was_cut_off_goes_on_in_its_place(parts: Parts) -> None:
    key = new(parts)
    half = finished(turn(parts, key, "Hello there")).reply
    assert half.stop == "max_tokens"
    assert half.figures is not None
    events: list[TurnEvent] = []
    parts.session.go_on(key, events.append).result(120)
    whole = finished(events).reply
    assert isinstance(events[0], TurnStarted)
    assert events[0].reply.content == half.content
    assert whole.id == half.id
    assert whole.content == half.content + said_in(events)
    assert whole.figures is not None
    assert whole.figures.tokens > half.figures.tokens
    assert whole.figures.reused_tokens >= half.figures.prompt_tokens
    assert parts.conversations.branch(key)[-1] == whole


def test_a_reply_that_cannot_go_on_keeps_its_words(parts: Parts) -> None:
    key = new(parts)
    half = finished(turn(parts, key, "Hello there")).reply
    parts.engine.unload()
    parts.shelf.find("tiny").path.unlink()
    events: list[TurnEvent] = []
    parts.session.go_on(key, events.append).result(120)
    assert isinstance(events[-1], TurnFailed)
    kept = parts.conversations.branch(key)[-1]
    assert (kept.content, kept.figures) == (half.content, half.figures)
    assert half.recipe.items() <= (kept.recipe | {"file_sha256": ""}).items()
    assert (kept.status, kept.stop, kept.failure) == ("finished", "max_tokens", None)
    again = parts.conversations.branch(key)
    assert again[-1].content == half.content


def test_without_a_reply_there_is_nothing_to_go_on_with(parts: Parts) -> None:
    events: list[TurnEvent] = []
    parts.session.go_on(new(parts), events.append).result(120)
    assert isinstance(events[-1], TurnFailed)
    assert events[-1].error.code == "reply.none_to_go_on_with"
    assert not isinstance(events[0], TurnFinished)
