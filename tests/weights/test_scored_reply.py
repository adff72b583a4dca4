"""How likely each word of a reply was, told afterwards by the model that wrote it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from weights.test_language_worker import GREEDY, STORY, reply

from studio.engine.host import Host
from studio.engine.language import Generate, ReplyGenerated, Score
from studio.engine.protocol import Done, Token
from studio.errors import StudioError


def scores(host: Host, request: Score) -> list[Token]:
    events = list(host.submit(request).events())
    assert isinstance(events[-1], Done)
    return [event for event in events if isinstance(event, Token)]


def test_a_greedy_reply_was_the_likeliest_at_each_place(starter_host: Host) -> None:
    written = reply(starter_host, Generate(0, STORY, GREEDY))
    tokens = scores(starter_host, Score(0, written.prompt, written.text))
    assert "".join(token.text for token in tokens) == written.text
    for token in tokens:
        assert token.logprob is not None
        assert len(token.alternatives) == 5
        assert token.alternatives[0].text == token.text
        assert math.isclose(token.alternatives[0].logprob, token.logprob, abs_tol=1e-4)
        assert sum(math.exp(each.logprob) for each in token.alternatives) <= 1.001


def test_other_words_are_less_likely(starter_host: Host) -> None:
    prompt = reply(starter_host, Generate(0, STORY, GREEDY)).prompt
    sensible = scores(starter_host, Score(0, prompt, "Once upon a time, there was a dog."))
    silly = scores(starter_host, Score(0, prompt, "Spoon algebra trousers melt sideways zinc."))
    assert _mean(sensible) > _mean(silly) + 2


def test_characters_of_several_tokens_are_told_whole(starter_host: Host) -> None:
    prompt = reply(starter_host, Generate(0, STORY, GREEDY)).prompt
    tokens = scores(starter_host, Score(0, prompt, "Ein Hund 🐕 läuft."))
    assert "".join(token.text for token in tokens) == "Ein Hund 🐕 läuft."


def test_a_prompt_can_be_read_again_to_the_letter(starter_host: Host) -> None:
    sampling = replace(GREEDY, temperature=0.9, seed=7)
    first = reply(starter_host, Generate(0, STORY, sampling, reuse=False))
    again = starter_host.submit(Generate(0, (), sampling, reuse=False, prompt=first.prompt))
    result = again.result().result
    assert isinstance(result, ReplyGenerated)
    assert (result.text, result.prompt) == (first.text, first.prompt)
    assert result.prompt_tokens == first.prompt_tokens


def test_what_exceeds_the_context_is_refused(starter_host: Host) -> None:
    with pytest.raises(StudioError, match="tokens"):
        starter_host.submit(Score(0, "word " * 3000, "and more")).result()


def _mean(tokens: list[Token]) -> float:
    return sum(token.logprob or 0.0 for token in tokens) / len(tokens)
