"""Replies that are made again from their recipes, with the real engine and a tiny model."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.exchanges import SHORT, finished, new, turn

from studio.assembly import Parts
from studio.chat.prompt import Overrides
from studio.chat.turn import TurnEvent
from studio.engine.language import LoadSettings
from studio.errors import StudioError

VARIED = Overrides(temperature=1.0, max_tokens=24)


def repeat(parts: Parts, reply_id: str) -> list[TurnEvent]:
    events: list[TurnEvent] = []
    parts.session.repeat(reply_id, events.append).result(120)
    return events


def test_a_reply_made_again_is_the_same_text(parts: Parts) -> None:
    key = new(parts)
    first = finished(turn(parts, key, "Hello there", VARIED)).reply
    turn(parts, key, "And now?", VARIED)  # another prompt and seed between them
    again = finished(repeat(parts, first.id))
    assert again.reply.content == first.content
    assert again.notices[-1] == "The same text as before, to the letter."
    assert again.reply.parent_id == first.parent_id
    assert again.reply.recipe["repeats"] == first.id
    assert again.reply.recipe["sampling"] == first.recipe["sampling"]


def test_what_was_read_of_another_chat_is_not_read_again_after_it(parts: Parts) -> None:
    one, other = new(parts), new(parts)
    first = finished(turn(parts, one, "Hello there")).reply
    before = finished(turn(parts, other, "Tell me of the sea. " * 5)).reply
    finished(repeat(parts, first.id))
    after = finished(turn(parts, other, "And now?")).reply
    assert before.figures is not None
    assert after.figures is not None
    assert after.figures.reused_tokens >= before.figures.prompt_tokens


def test_it_is_made_with_the_settings_of_its_time(parts: Parts) -> None:
    key = new(parts)
    first = finished(turn(parts, key, "Hello there", VARIED)).reply
    model = parts.shelf.find("tiny")
    parts.shelf.set_load_settings(model, LoadSettings(context=512, batch=32, threads=1))
    finished(turn(parts, key, "And now?", SHORT))
    again = finished(repeat(parts, first.id)).reply
    assert again.content == first.content
    assert again.recipe["load"] == first.recipe["load"]


def test_the_exact_prompt_is_kept(parts: Parts) -> None:
    """In the table that add_prompts makes."""
    key = new(parts)
    parts.conversations.set_system(key, "Be brief.")
    first = finished(turn(parts, key, "Hello there")).reply
    second = finished(turn(parts, key, "And now?")).reply
    prompt = parts.session.exact_prompt(second.id)
    assert prompt.startswith(parts.session.exact_prompt(first.id) + first.content)
    assert "Be brief." in prompt
    assert "And now?" in prompt


def test_undo_brings_the_prompt_back(parts: Parts) -> None:
    key = new(parts)
    first = finished(turn(parts, key, "Hello there")).reply
    prompt = parts.session.exact_prompt(first.id)
    assert first.parent_id is not None
    removal = parts.tree.remove(first.parent_id)
    assert parts.session.exact_prompt(first.id) == ""
    parts.tree.put_back(removal.id)
    assert parts.session.exact_prompt(first.id) == prompt


def test_without_a_recipe_nothing_is_repeated(parts: Parts) -> None:
    key = new(parts)
    question, reply = parts.conversations.ask(key, "Hello", "tiny")
    parts.conversations.finish_reply(reply.id, "finished", content="Hi", reasoning="")
    for message_id in (question.id, reply.id):
        with pytest.raises(StudioError, match="not known how this reply was made"):
            parts.session.repeat(message_id, lambda _: None)
    assert parts.session.exact_prompt(reply.id) == ""


def test_a_text_that_differs_is_told(parts: Parts) -> None:
    from studio.chat.recipes import comparison

    key = new(parts)
    first = finished(turn(parts, key, "Hello there")).reply
    first = replace(first, content="one two three four", reasoning="")
    told = comparison(first, "one two five four", "")
    assert told.startswith("The same up to word 2, then “five four” where the first one has “three")


def test_certainty_is_told_piece_by_piece(parts: Parts) -> None:
    key = new(parts)
    reply = finished(turn(parts, key, "Hello there")).reply
    shares: list[float] = []
    pieces = parts.session.certainty(reply.id, shares.append).result(120)
    assert "".join(piece.text for piece in pieces) == reply.content
    assert all(0 < piece.probability <= 1 for piece in pieces)
    assert all(piece.alternatives for piece in pieces)
    assert shares[-1] == 1.0
    assert parts.session.running_in is None
    assert finished(turn(parts, key, "And now?"))


def test_certainty_of_what_was_not_made_here_is_not_known(parts: Parts) -> None:
    key = new(parts)
    _, reply = parts.conversations.ask(key, "Hello", "tiny")
    parts.conversations.finish_reply(reply.id, "finished", content="Hi", reasoning="")
    with pytest.raises(StudioError, match="not known how this reply was made"):
        parts.session.certainty(reply.id, lambda _: None).result(120)
    assert parts.session.running_in is None
