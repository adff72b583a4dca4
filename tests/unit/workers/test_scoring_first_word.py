"""A reply that makes one word with its prompt is scored from the next word on."""

from __future__ import annotations

import io
import threading
from typing import Any

import pytest

from studio.engine import protocol
from studio.engine.language import Score
from studio.engine.protocol import Token
from studio.prompting.formats import Formats
from studio.workers import scoring
from studio.workers.llama.span import Spans
from studio.workers.serve import Channel

WORDS = ["Hello", " there", "."]


class Context:
    """Takes what it is given to read."""

    size = 100
    handle = None

    def __init__(self) -> None:
        self.tokens: list[int] = []

    def prepare(self, prompt: list[int], _file: str, *, reuse: bool, spans: Spans) -> None:
        assert prompt, "there must be something to have an opinion after"
        assert reuse
        assert not spans

    def decode(self, tokens: list[int]) -> None:
        self.tokens += tokens


class Model:
    """Has three words."""

    def piece(self, token: int) -> bytes:
        return WORDS[token].encode()


class Sampler:
    """Finds everything as likely."""

    def __init__(self, *_: object) -> None:
        pass

    def alternatives(self, _context: object, _token: int) -> tuple[float, tuple[()]]:
        return -1.0, ()

    def close(self) -> None:
        pass


def told(reply: list[int], monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float | None]]:
    def read(context: Context, tokens: list[int], _progress: object) -> None:
        context.decode(tokens)

    monkeypatch.setattr(scoring, "before_reply", lambda *_: ([], reply, Spans()))
    monkeypatch.setattr(scoring, "Sampler", Sampler)
    monkeypatch.setattr(scoring, "read", read)
    sink = io.BytesIO()
    channel = Channel(io.BytesIO(), sink, threading.Event())
    model: Any = Model()
    context: Any = Context()
    eyes: Any = None
    request = Score(1, "Hel", "".join(WORDS)[3:])
    assert scoring.score(request, model, context, Formats(), eyes, channel)
    sink.seek(0)
    events = iter(lambda: protocol.read(sink), None)
    return [(event.text, event.logprob) for event in events if isinstance(event, Token)]


def test_the_first_word_of_all_is_joined_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told([0, 1, 2], monkeypatch) == [("Hello there", -1.0), (".", -1.0)]


def test_a_single_word_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told([0], monkeypatch) == [("Hello", 0.0)]
