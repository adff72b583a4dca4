"""What a draft fills of a model's context, and that what cannot be sent is told before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import cast

import pytest
from support.loaded_model import loaded

from studio.chat.context_use import NOT_KNOWN, ContextMeter, ContextUse
from studio.chat.conversation import Conversation
from studio.chat.options import Overflow
from studio.chat.presets.presets import Presets
from studio.chat.prompt import PromptComposer
from studio.chat.store import ConversationStore
from studio.engine.broker import Memory
from studio.engine.language import ChatMessage, LoadSettings, ModelLoaded, PromptCounted
from studio.engine.text import ModelChoice, TextEngine
from studio.errors import StudioError

CONTEXT = 40
FREE = 30  # beside a quarter for the reply
TINY = ModelChoice("tiny", Path("tiny.gguf"), LoadSettings(context=CONTEXT), Memory())


class WordCounter:
    """Counts a word as a token, while it is loaded."""

    identity = None
    versions: Mapping[str, str] = MappingProxyType({})

    def __init__(self) -> None:
        self.loaded: ModelLoaded | None = loaded(name="tiny", context=CONTEXT)
        self.counted = 0

    @property
    def choice(self) -> ModelChoice | None:
        return TINY if self.loaded else None

    def count(self, messages: Sequence[ChatMessage], *, date: str, **_: object) -> PromptCounted:
        assert date
        self.counted += 1
        return PromptCounted(sum(len(each.content.split()) for each in messages), "")

    def drop_replaced(self) -> None:
        """Keep what is loaded: nothing has replaced it."""


class Room:
    def __init__(self, store: ConversationStore, folder: Path) -> None:
        (folder / "assistant.json").write_text('{"title": "Assistant"}', "utf-8")
        self.store = store
        self.way: Overflow = "roll"
        self.engine = WordCounter()
        engine = cast(TextEngine, self.engine)
        composer = PromptComposer(store, engine, Presets([folder]), lambda: self.way)
        self._meter = ContextMeter(engine, composer)

    def use(self, draft: str, chat: Conversation | None = None) -> ContextUse:
        now = datetime.now(UTC)
        return self._meter.use(chat or Conversation("", "", now, now), draft, lambda *_: TINY)

    def talk(self, words: int) -> Conversation:
        chat = self.store.create()
        for _ in range(2):
            _, reply = self.store.ask(chat.id, "word " * words, "tiny")
            self.store.finish_reply(reply.id, "finished", content="word", reasoning="")
        return self.store.get(chat.id)


@pytest.fixture
def room(store: ConversationStore, tmp_path: Path) -> Room:
    return Room(store, tmp_path)


def test_the_first_message_of_a_chat_that_is_not_made_yet_is_counted(room: Room) -> None:
    assert room.use("one two three") == ContextUse(3, CONTEXT)


def test_a_message_that_will_not_fit_is_told_before_it_is_sent(room: Room) -> None:
    assert room.use("a " * FREE).problem is None
    use = room.use("a " * (FREE + 1))
    assert (use.tokens, use.limit, use.is_estimate) == (31, CONTEXT, False)
    assert isinstance(use.problem, StudioError)
    assert use.problem.code == "prompt.too_long"
    assert "31 tokens, and 30 are free beside the room for the reply" in use.problem.what


def test_a_huge_message_is_estimated_and_costs_the_model_nothing(room: Room) -> None:
    use = room.use("x" * 1_000_000)
    assert room.engine.counted == 0
    assert use.is_estimate
    assert use.tokens == 250_000
    assert use.problem is not None
    assert "about 250,000 tokens" in use.problem.what


def test_before_the_model_is_loaded_only_what_cannot_fit_is_told(room: Room) -> None:
    room.engine.loaded = None
    assert room.use("one two three") == NOT_KNOWN
    use = room.use("x" * 4 * (FREE + 1))
    assert (use.tokens, use.limit, use.is_estimate) == (31, CONTEXT, True)
    assert use.problem is not None


def test_a_long_chat_is_told_only_where_nothing_is_to_be_left_out(room: Room) -> None:
    chat = room.talk(words=14)
    assert room.use("more", chat) == ContextUse(16, CONTEXT), "what the model will see"
    chat = room.talk(words=15)
    assert room.use("", chat) == ContextUse(16, CONTEXT)
    room.way = "stop"
    assert room.use("", chat) == ContextUse(32, CONTEXT), "what waits for a choice"
    problem = room.use("more", chat).problem
    assert problem is not None
    assert problem.code == "prompt.context_full"
    assert "--overflow" not in problem.hint
    assert room.use("", chat).problem is None


def test_a_model_that_cannot_be_chosen_is_told_by_the_reply(room: Room) -> None:
    def refuse(_name: str, _force: bool) -> ModelChoice:
        raise StudioError("model.none_here", "There is no model here.", "Get one.")

    now = datetime.now(UTC)
    chat = Conversation("", "", now, now)
    assert room._meter.use(chat, "x" * 1_000, refuse) == NOT_KNOWN
