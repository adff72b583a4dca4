"""Files and pictures through whole exchanges with a tiny model: told, kept, repeated, refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import pictures, tiny_projector
from support.exchanges import finished, new, open_tiny, turn

from studio.assembly import Parts, open_parts
from studio.chat import recipe_words
from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import from_bytes
from studio.chat.context_use import ContextUse
from studio.chat.conversation import Message
from studio.chat.turn import TurnEvent, TurnFailed, TurnFinished

NOTE = from_bytes("shopping list.md", b"- milk\n- ```eggs```\n- <|im_end|>\n")
PICTURE = from_bytes("cat.png", pictures.png())


@pytest.fixture
def seeing(profile: Path) -> Iterator[Parts]:
    """Return a data folder whose tiny model has a projector beside it."""
    opened = open_tiny(profile)
    tiny_projector.write(opened.paths.models / "mmproj-tiny.gguf")
    yield opened
    opened.close()


def attach(parts: Parts, chat: str, *names: str) -> None:
    there = {"note": NOTE, "picture": PICTURE}
    for name in names:
        Attachments(parts.database).add(chat, there[name])


def failed(events: list[TurnEvent]) -> TurnFailed:
    assert isinstance(events[-1], TurnFailed), events[-1]
    return events[-1]


def recipe(reply: Message) -> str:
    return "\n".join(
        f"{line.name}: {line.value} ({line.technical})" for line in recipe_words.lines(reply)
    )


def test_the_model_in_use_has_its_projector(seeing: Parts) -> None:
    (model,) = [each for each in seeing.shelf.list() if each.name == "tiny"]
    choice = seeing.chooser.choose("tiny", force=True)
    assert choice.projector == model.projector == seeing.paths.models / "mmproj-tiny.gguf"
    (seeing.paths.models / "mmproj-tiny.gguf").unlink()
    blind = seeing.chooser.choose("tiny", force=True)
    assert blind.projector is None
    assert blind.need.ram < choice.need.ram


def test_a_text_stands_in_the_prompt_fenced_and_its_turn_is_reused(parts: Parts) -> None:
    chat = new(parts)
    attach(parts, chat, "note")
    first = finished(turn(parts, chat, "What is missing?")).reply
    prompt = parts.session.exact_prompt(first.id)
    assert "Document: shopping list.md\n````text\n- milk\n- ```eggs```\n- < |im_end|>" in prompt
    assert prompt.index("eggs") < prompt.index("What is missing?")
    assert f"Attached: shopping list.md (SHA-256 {NOTE.sha256})" in recipe(first)
    second = finished(turn(parts, chat, "And now?")).reply
    assert first.figures is not None
    assert second.figures is not None
    assert second.figures.reused_tokens >= first.figures.prompt_tokens - 1
    assert parts.session.exact_prompt(second.id).count("eggs") == 1


def test_the_meter_counts_what_waits(parts: Parts) -> None:
    chat = new(parts)
    finished(turn(parts, chat, "Hello"))

    def use() -> int:
        told: list[ContextUse] = []
        parts.session.count(chat, "And?", told.append)
        parts.session._executor.submit(lambda: None).result(60)
        return told[-1].tokens

    before = use()
    attach(parts, chat, "note")
    assert use() > before + 20


def test_a_picture_is_seen_kept_and_made_again(seeing: Parts) -> None:
    chat = new(seeing)
    attach(seeing, chat, "picture")
    first = finished(turn(seeing, chat, "What is this?")).reply
    assert f"<picture:{PICTURE.sha256}>" in seeing.session.exact_prompt(first.id)
    assert first.recipe["projector"] == "mmproj-tiny.gguf"
    assert "Attached: cat.png" in recipe(first)
    assert "Seen through: mmproj-tiny.gguf" in recipe(first)
    second = finished(turn(seeing, chat, "And now?")).reply
    assert first.figures is not None
    assert second.figures is not None
    assert second.figures.reused_tokens >= first.figures.prompt_tokens - 1
    events: list[TurnEvent] = []
    seeing.session.repeat(first.id, events.append).result(120)
    assert finished(events).notices[-1].startswith("The same text as before")
    judged = seeing.session.certainty(first.id, lambda _share: None).result(120)
    assert "".join(each.text for each in judged) == first.content


def test_another_reply_and_another_wording_have_the_picture_too(seeing: Parts) -> None:
    chat = new(seeing)
    attach(seeing, chat, "picture")
    first = finished(turn(seeing, chat, "What is this?")).reply
    events: list[TurnEvent] = []
    seeing.session.regenerate(chat, events.append).result(120)
    again = finished(events).reply
    assert again.recipe["attached"] == first.recipe["attached"]
    assert first.parent_id is not None
    events = []
    seeing.session.send(chat, "Who?", events.append, beside=first.parent_id).result(120)
    other = finished(events).reply
    assert other.recipe["attached"] == first.recipe["attached"]
    assert PICTURE.sha256 in seeing.session.exact_prompt(other.id)


def test_a_restart_goes_on_without_looking_again(profile: Path) -> None:
    parts = open_tiny(profile)
    tiny_projector.write(parts.paths.models / "mmproj-tiny.gguf")
    chat = new(parts)
    attach(parts, chat, "picture")
    first = finished(turn(parts, chat, "What is this? " * 5)).reply
    parts.close()
    again = open_parts(profile)  # with the very same file of the model
    second = finished(turn(again, chat, "And?")).reply
    again.close()
    assert first.figures is not None
    assert second.figures is not None
    assert second.figures.reused_tokens >= first.figures.prompt_tokens - 1


def test_a_blind_model_says_so_before_it_is_loaded(parts: Parts) -> None:
    chat = new(parts)
    attach(parts, chat, "picture")
    last = failed(turn(parts, chat, "What is this?"))
    assert last.error.code == "picture.no_projector"
    assert str(last.error) == (
        "This model cannot see pictures. Choose one with a projector, or remove the picture."
    )
    assert parts.engine.loaded is None
    (question, _reply) = parts.conversations.branch(chat)
    assert [each.name for each in question.attachments] == ["cat.png"]


def test_an_earlier_picture_is_named_to_a_model_that_is_blind_now(seeing: Parts) -> None:
    chat = new(seeing)
    attach(seeing, chat, "picture")
    finished(turn(seeing, chat, "What is this?"))
    (seeing.paths.models / "mmproj-tiny.gguf").unlink()
    last = finished(turn(seeing, chat, "And now?"))
    assert isinstance(last, TurnFinished)
    assert any("cannot see pictures" in notice for notice in last.notices)
    prompt = seeing.session.exact_prompt(last.reply.id)
    assert "Here was a picture, cat.png" in prompt
    assert PICTURE.sha256 not in prompt


def test_a_broken_picture_is_told_and_the_chat_goes_on(seeing: Parts) -> None:
    chat = new(seeing)
    broken = from_bytes("broken.png", pictures.png_of(50, 40, b"junk"))
    Attachments(seeing.database).add(chat, broken)
    assert failed(turn(seeing, chat, "What is this?")).error.code == "picture.unreadable"
    other = new(seeing)
    assert finished(turn(seeing, other, "Hello")).reply.content


def test_a_projector_of_another_model_is_told_and_words_are_answered(seeing: Parts) -> None:
    tiny_projector.write(seeing.paths.models / "mmproj-tiny.gguf", "idefics3")
    chat = new(seeing)
    attach(seeing, chat, "picture")
    assert failed(turn(seeing, chat, "What is this?")).error.code == "projector.other_words"
    assert finished(turn(seeing, new(seeing), "Hello")).reply.content
