"""A reply's figures, with a model that says what a test wants."""

from __future__ import annotations

import itertools
import time
from typing import Any

import pytest

from studio.chat.conversation import Figures
from studio.chat.facts import figures
from studio.engine.language import Sampling
from studio.engine.protocol import Token
from studio.prompting.formats import Formats
from studio.prompting.reply_parser import ReplyParser
from studio.workers.llama.context import Reused
from studio.workers.llama.leash import Leash
from studio.workers.llama.model import Model
from studio.workers.llama.reply import Reply, Writer
from studio.workers.llm import _generated
from studio.workers.prompts import Prompt

END = "<end>"


class Words:
    """A model, its context and its sampler at once: the tokens are the words it was given."""

    handle: Any = None
    size = 100

    def __init__(self, *words: str) -> None:
        self.words = [*words, END]
        self.tokens: list[int] = []
        self._said = 0

    @property
    def model(self) -> Words:
        return self

    def next(self, _context: object, *, thinks: bool) -> int:
        assert thinks in (True, False)
        self._said += 1
        return self._said - 1

    def decode(self, tokens: list[int]) -> None:
        self.tokens += tokens

    def piece(self, token: int) -> bytes:
        return self.words[token].encode()

    def is_end(self, token: int) -> bool:
        return self.words[token] == END

    def is_control(self, _token: int) -> bool:
        return False


def written(words: Words, sampling: Sampling) -> tuple[Reply, list[Token]]:
    any_words: Any = words
    formats = Formats()
    told: list[Token] = []
    parser, leash = ReplyParser(formats), Leash(sampling, any_words, formats)
    writer = Writer(1, any_words, any_words, sampling, parser, told.append, lambda: False, leash)
    return writer.write(), told


def test_the_speed_is_that_of_the_tokens_after_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = itertools.count(1.0)
    monkeypatch.setattr(time, "perf_counter", lambda: next(seconds))
    ended, _ = written(Words("a", "b", "c"), Sampling())
    assert (ended.stop, ended.tokens) == ("end", 3)
    cut, _ = written(Words("a", "b", "c"), Sampling(max_tokens=3))
    assert (cut.stop, cut.tokens) == ("max_tokens", 3)
    assert ended.tokens_per_s == cut.tokens_per_s > 0


def test_a_reply_of_nothing_has_no_speed_but_a_time() -> None:
    reply, told = written(Words(), Sampling())
    assert (reply.tokens, reply.tokens_per_s, told) == (0, 0.0, [])
    assert reply.first_token_at > 0


def test_a_token_that_is_longer_than_any_is_told_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    long = b"=" * 2000

    def token_to_piece(_v: object, _t: int, buffer: Any, size: int, *_more: object) -> int:
        if size < len(long):
            return -len(long)
        buffer[: len(long)] = long
        return len(long)

    monkeypatch.setattr("llama_cpp.llama_token_to_piece", token_to_piece)
    model = Model.__new__(Model)
    model._pieces, model.vocabulary = {}, None
    assert model.piece(7) == long


def test_one_that_was_stopped_before_its_first_word_has_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("studio.workers.llm._memory_bytes", lambda: 1)
    prompt = Prompt("text", [1] * 30, False, (), Formats())
    told = _generated(prompt, Reused(10, False), Reply(stop="cancelled"), 0.0)
    assert told.ttft_s is None
    assert figures(told) is None
    begun = Reply(stop="cancelled", tokens=1, first_token_at=2.5)
    known = figures(_generated(prompt, Reused(10, False), begun, 2.0))
    assert known == Figures(30, 10, 1, 0.5, 0.0)
