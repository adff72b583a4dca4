"""What a reply's recipe tells of the file and the engine that wrote it, with the real engine."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pytest
from support import tiny_gguf
from support.exchanges import finished, new, turn

from studio.assembly import Parts
from studio.errors import StudioError

_LIMIT_S = 20


def learned(parts: Parts, reply_id: str) -> dict[str, Any]:
    """Wait until the file's sum is in a recipe, and return the recipe."""
    until = time.monotonic() + _LIMIT_S
    while time.monotonic() < until:
        recipe = parts.conversations.message(reply_id).recipe
        if recipe["file_sha256"]:
            return recipe
        time.sleep(0.01)
    raise AssertionError("the sum did not come")


def replace_model(parts: Parts) -> Path:
    path = parts.shelf.find("tiny").path
    template = tiny_gguf.CHATML.replace("assistant", "helper")
    tiny_gguf.write(path, "llama", chat_template=template, context_length=2048)
    return path


def test_the_file_the_template_and_the_engine_are_in_the_recipe(parts: Parts) -> None:
    reply = finished(turn(parts, new(parts), "Hello there")).reply
    recipe = learned(parts, reply.id)
    path = parts.shelf.find("tiny").path
    assert recipe["file_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert recipe["template_sha256"] == hashlib.sha256(tiny_gguf.CHATML.encode()).hexdigest()
    assert recipe["engine"].startswith("llama-cpp-python ")
    assert recipe["processor"]


def test_a_second_reply_has_the_sum_at_once(parts: Parts) -> None:
    key = new(parts)
    learned(parts, finished(turn(parts, key, "Hello there")).reply.id)
    second = finished(turn(parts, key, "And now?")).reply
    assert parts.conversations.message(second.id).recipe["file_sha256"]


def test_the_sum_can_be_learned_now(parts: Parts) -> None:
    reply = finished(turn(parts, new(parts), "Hello there")).reply
    assert parts.file_hashes.learn(reply).recipe["file_sha256"]


def test_the_same_file_is_known_without_reading(parts: Parts) -> None:
    reply = finished(turn(parts, new(parts), "Hello there")).reply
    file = parts.file_hashes.file_now(reply)
    assert (file.verdict, file.path.name) == ("same", "tiny.gguf")


def test_a_replaced_file_is_told_once_it_was_read(parts: Parts) -> None:
    reply = finished(turn(parts, new(parts), "Hello there")).reply
    learned(parts, reply.id)
    reply = parts.conversations.message(reply.id)
    replace_model(parts)
    hashes = parts.file_hashes
    unread = hashes.file_now(reply)
    assert unread.verdict == "unread"
    assert hashes.compare(reply, unread, must_stop=lambda: True) == "unread"
    assert hashes.compare(reply, unread) == "other"
    assert hashes.file_now(reply).verdict == "other"


def test_a_copied_back_file_is_the_same(parts: Parts) -> None:
    reply = finished(turn(parts, new(parts), "Hello there")).reply
    learned(parts, reply.id)
    reply = parts.conversations.message(reply.id)
    path = parts.shelf.find("tiny").path
    path.write_bytes(path.read_bytes())  # the same words, another time
    hashes = parts.file_hashes
    assert hashes.compare(reply, hashes.file_now(reply)) == "same"


def test_without_a_sum_a_changed_file_cannot_be_told(parts: Parts) -> None:
    key = new(parts)
    _, reply = parts.conversations.ask(key, "Hello", "tiny")
    parts.conversations.finish_reply(
        reply.id, "finished", content="Hi", reasoning="", recipe={"model": "tiny"}
    )
    reply = parts.conversations.message(reply.id)
    assert parts.file_hashes.file_now(reply).verdict == "unknown"
    with pytest.raises(StudioError, match="not known how"):
        parts.file_hashes.file_now(parts.conversations.branch(key)[0])


def test_a_reply_made_again_tells_what_made_it_now(parts: Parts) -> None:
    first = finished(turn(parts, new(parts), "Hello there")).reply
    before = learned(parts, first.id)
    path = replace_model(parts)
    events: list[Any] = []
    parts.session.repeat(first.id, events.append).result(120)
    again = learned(parts, finished(events).reply.id)
    assert again["file_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert again["file_sha256"] != before["file_sha256"]
    assert again["template_sha256"] != before["template_sha256"]
    assert again["sampling"] == before["sampling"]


def test_a_file_that_is_gone_leaves_the_recipe_as_it_is(parts: Parts) -> None:
    reply = finished(turn(parts, new(parts), "Hello there")).reply
    recipe = parts.conversations.message(reply.id).recipe
    with parts.database.transaction() as connection:
        gone = Path(recipe["file"]).with_name("gone.gguf")
        row = {"recipe": json.dumps(recipe | {"file": str(gone), "file_sha256": ""})}
        connection.table("chat_messages").update(reply.id, row)
    with pytest.raises(StudioError, match="is not among your models"):
        parts.file_hashes.learn(parts.conversations.message(reply.id))
