"""What a preset puts into a prompt: examples that stay, a model it prefers, its version."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import cast

import pytest
from support.loaded_model import loaded

from studio.chat import facts
from studio.chat.context_use import NOT_KNOWN, ContextMeter, ContextUse
from studio.chat.presets.examples import fit_with, with_examples
from studio.chat.presets.preset_file import Example
from studio.chat.presets.presets import Presets
from studio.chat.prompt import Overrides, PromptComposer
from studio.chat.store import ConversationStore
from studio.engine.broker import Memory
from studio.engine.language import (
    ChatMessage,
    LoadSettings,
    PromptCounted,
    ReplyGenerated,
)
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError

LOADED = loaded(name="tiny", context=60, context_trained=60)
TINY = ModelChoice("tiny", Path("tiny.gguf"), LoadSettings(), Memory())
EXAMPLES = (Example("Hot?", "Warm."), Example("Cold?", "Cool."))


class WordCounter:
    """Counts a word as a token."""

    loaded = LOADED
    choice = TINY
    identity = None
    versions: Mapping[str, str] = MappingProxyType({})

    def count(self, messages: Sequence[ChatMessage], *, date: str, **_: object) -> PromptCounted:
        assert date
        return PromptCounted(sum(len(each.content.split()) for each in messages), "")

    def drop_replaced(self) -> None:
        """Keep what is loaded: nothing has replaced it."""


@pytest.fixture
def presets(tmp_path: Path) -> Presets:
    folder = tmp_path / "presets"
    folder.mkdir()
    taught = {
        "title": "Taught",
        "system": "Be short.",
        "model": "Big",
        "examples": [{"user": each.user, "assistant": each.assistant} for each in EXAMPLES],
    }
    for name, content in (("assistant", {"title": "Assistant"}), ("taught", taught)):
        (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")
    return Presets([folder])


@pytest.fixture
def composer(store: ConversationStore, presets: Presets) -> PromptComposer:
    return PromptComposer(store, cast(TextEngine, WordCounter()), presets)


@pytest.fixture
def meter(composer: PromptComposer) -> ContextMeter:
    return ContextMeter(cast(TextEngine, WordCounter()), composer)


def said(messages: Sequence[ChatMessage]) -> list[str]:
    return [message.content for message in messages]


def ask(store: ConversationStore, chat: str, text: str, answer: str) -> None:
    _, reply = store.ask(chat, text, "tiny")
    store.finish_reply(reply.id, "finished", content=answer, reasoning="")


def test_examples_come_before_the_conversation(
    store: ConversationStore, composer: PromptComposer
) -> None:
    chat = store.create(preset="taught")
    ask(store, chat.id, "Wet?", "Damp.")
    prompt = composer.compose(store.get(chat.id), "tiny", LOADED, Overrides())
    assert said(prompt.fitted.messages) == [
        "Be short.",
        *("Hot?", "Warm.", "Cold?", "Cool."),
        *("Wet?", "Damp."),
    ]
    assert prompt.fitted.tokens == 8


def test_examples_are_counted_in_what_is_used(
    store: ConversationStore, meter: ContextMeter
) -> None:
    chat = store.create(model="tiny", preset="taught")
    _, choose = choose_from("tiny")
    assert meter.use(store.get(chat.id), "Wet or dry?", choose) == ContextUse(2 + 4 + 3, 60)


def test_what_is_used_is_not_told_of_a_model_that_will_not_answer(
    store: ConversationStore, meter: ContextMeter
) -> None:
    chat = store.create(preset="taught")
    _, choose = choose_from("Big", "tiny")
    assert meter.use(store.get(chat.id), "Wet or dry?", choose) == NOT_KNOWN
    store.set_model(chat.id, "tiny")
    assert meter.use(store.get(chat.id), "Wet or dry?", choose) == ContextUse(9, 60)
    store.set_model(chat.id, "gone")
    assert meter.use(store.get(chat.id), "Wet or dry?", choose) == NOT_KNOWN


def test_settings_changed_since_the_load_count(
    store: ConversationStore, meter: ContextMeter
) -> None:
    chat = store.create(model="tiny")

    def choose(_name: str, _force: bool) -> ModelChoice:
        return replace(TINY, settings=LoadSettings(context=512))

    assert meter.use(store.get(chat.id), "Wet or dry?", choose) == NOT_KNOWN


def test_history_is_left_out_before_examples(
    store: ConversationStore, composer: PromptComposer
) -> None:
    chat = store.create(preset="taught")
    for number in range(20):
        ask(store, chat.id, f"Question {number} of many?", "An answer.")
    prompt = composer.compose(store.get(chat.id), "tiny", LOADED, Overrides(max_tokens=10))
    assert said(prompt.fitted.messages)[:5] == ["Be short.", "Hot?", "Warm.", "Cold?", "Cool."]
    assert prompt.fitted.tokens <= 50
    assert prompt.fitted.dropped + len(prompt.fitted.messages) == 1 + 4 + 40


def test_examples_that_leave_no_room_are_told() -> None:
    long = (Example("one " * 40, "two " * 40),)
    with pytest.raises(StudioError) as caught:
        fit_with(
            long,
            [ChatMessage("user", "Wet?")],
            lambda some: sum(len(each.content.split()) for each in some),
            50,
        )
    assert caught.value.code == "prompt.too_long"
    assert "81 tokens" in caught.value.what
    assert "fewer examples" in caught.value.hint


def test_without_examples_nothing_is_put_in() -> None:
    messages = (ChatMessage("system", "a"), ChatMessage("user", "b"))
    assert with_examples((), messages) == messages
    assert said(with_examples(EXAMPLES[:1], ())) == ["Hot?", "Warm."]


def choose_from(
    *names: str,
) -> tuple[list[tuple[str, bool]], Callable[[str, bool], ModelChoice]]:
    asked: list[tuple[str, bool]] = []

    def choose(name: str, force: bool) -> ModelChoice:
        asked.append((name, force))
        if name and name not in names:
            raise StudioError("model.unknown", f"There is no model “{name}”.", "Choose another.")
        return replace(TINY, name=name or "tiny")

    return asked, choose


def test_a_preset_s_model_answers(store: ConversationStore, composer: PromptComposer) -> None:
    chat = store.create(preset="taught")
    asked, choose = choose_from("Big")
    assert composer.choose(chat, choose, False).name == "Big"
    assert asked == [("Big", False)]
    ask(store, chat.id, "Wet?", "Damp.")
    prompt = composer.compose(store.get(chat.id), "Big", LOADED, Overrides())
    assert prompt.notes == ()


def test_a_model_chosen_for_a_conversation_goes_before_its_preset_s(
    store: ConversationStore, composer: PromptComposer
) -> None:
    chat = store.create(preset="taught", model="tiny")
    asked, choose = choose_from("Big", "tiny")
    composer.choose(chat, choose, True)
    assert asked == [("tiny", True)]


def test_a_removed_model_is_told_and_another_answers(
    store: ConversationStore, composer: PromptComposer
) -> None:
    chat = store.create(preset="taught")
    ask(store, chat.id, "Wet?", "Damp.")
    asked, choose = choose_from()
    assert composer.choose(chat, choose, False).name == "tiny"
    assert asked == [("Big", False), ("", False)]
    prompt = composer.compose(store.get(chat.id), "tiny", LOADED, Overrides())
    told = (
        "The preset “Taught” asks for the model Big, which is not here; tiny answers instead. "
        "Choose a model for this chat, or another one in the preset."
    )
    assert prompt.notes == (told,)
    result = ReplyGenerated("end", "x", "", (), 1, 0, 1, 0.1, 1.0, 7, False, 1)
    assert told in facts.notices(LOADED, prompt, result)
    assert store.get(chat.id).preset == "taught"


def test_a_model_that_cannot_be_loaded_is_not_passed_over(
    store: ConversationStore, composer: PromptComposer
) -> None:
    chat = store.create(preset="taught")

    def choose(_name: str, _force: bool) -> ModelChoice:
        raise StudioError("memory.would_not_fit", "It needs 5 GB.", "Take a smaller one.")

    with pytest.raises(StudioError, match="It needs 5 GB"):
        composer.choose(chat, choose, False)


def test_a_recipe_names_the_preset_s_version(
    store: ConversationStore, composer: PromptComposer
) -> None:
    chat = store.create(preset="taught")
    ask(store, chat.id, "Wet?", "Damp.")
    prompt = composer.compose(store.get(chat.id), "tiny", LOADED, Overrides())
    prompt = replace(prompt, preset=replace(prompt.preset, version=3))
    result = ReplyGenerated("end", "x", "", (), 1, 0, 1, 0.1, 1.0, 7, False, 1)
    recipe = facts.recipe(TINY, LOADED, prompt, result, cast(TextEngine, WordCounter()))
    assert (recipe["preset"], recipe["preset_version"]) == ("taught", 3)
    assert recipe["examples"][0] == {"user": "Hot?", "assistant": "Warm."}
