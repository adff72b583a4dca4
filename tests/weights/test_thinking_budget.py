"""The starter model under a template that has it think: a switch, a budget, and what is reused."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import pytest
from weights.conftest import load
from weights.test_language_worker import GREEDY, reply

from studio.engine.host import Host
from studio.engine.language import (
    ChatMessage,
    Count,
    Generate,
    ModelLoaded,
    PromptCounted,
    ReplyGenerated,
)
from studio.engine.protocol import Token

THINKS = (
    "{% for m in messages %}{{'<|im_start|>'+m.role+'\\n'+m.content+'<|im_end|>\\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{'<|im_start|>assistant\\n'}}"
    "{% if think is not defined or think %}{{'<think>\\n'}}{% endif %}{% endif %}"
)
TALK = (ChatMessage("user", "Tell me a long story about a dog."),)
KEY = b"tokenizer.chat_template"


@pytest.fixture(scope="module")
def thinker(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the starter model with another template of the same length in its file."""
    path = tmp_path_factory.mktemp("thinker") / "thinker.gguf"
    data = bytearray(starter_model.read_bytes())
    start = data.index(KEY) + len(KEY)
    (size,) = struct.unpack_from("<Q", data, start + 4)
    spare = size - len(THINKS) - len("{##}")
    assert spare >= 0
    data[start + 12 : start + 12 + size] = f"{THINKS}{{#{' ' * spare}#}}".encode()
    path.write_bytes(data)
    yield path
    path.unlink()  # it is large


@pytest.fixture(scope="module")
def started(worker: Host, thinker: Path) -> tuple[Host, ModelLoaded]:
    return worker, load(worker, thinker, context=2048)


def ask(started: tuple[Host, ModelLoaded], **sampling: object) -> ReplyGenerated:
    return reply(started[0], Generate(0, TALK, replace(GREEDY, **sampling)))  # type: ignore[arg-type]


def test_what_the_template_can_do_is_told(started: tuple[Host, ModelLoaded]) -> None:
    _, loaded = started
    assert (loaded.reasoning_switch, loaded.efforts) == ("think", ())
    assert loaded.reasoning
    assert loaded.thinks


def test_without_a_wish_it_thinks_as_long_as_it_likes(started: tuple[Host, ModelLoaded]) -> None:
    result = ask(started)
    assert result.thought_tokens == result.tokens == 24
    assert (result.text, result.thinking_ended) == ("", False)


def test_at_the_budget_its_thoughts_are_ended_and_it_answers(
    started: tuple[Host, ModelLoaded],
) -> None:
    host, _ = started
    sampling = replace(GREEDY, think_tokens=6)
    events = list(host.submit(Generate(0, TALK, sampling)).events())
    result = ask(started, think_tokens=6)
    assert (result.thought_tokens, result.tokens) == (6, 24)
    assert result.thinking_ended
    assert result.reasoning
    assert result.text.strip()
    assert "</think>" not in result.text + result.reasoning
    told = [event for event in events if isinstance(event, Token)]
    assert "".join(each.text for each in told if each.channel == "text") == result.text


def test_a_budget_that_is_not_used_up_changes_nothing(started: tuple[Host, ModelLoaded]) -> None:
    assert ask(started, think_tokens=500).reasoning == ask(started).reasoning


@pytest.mark.parametrize("wish", [{"think": False}, {"think_tokens": 0}])
def test_switched_off_it_answers_at_once(
    started: tuple[Host, ModelLoaded], wish: dict[str, object]
) -> None:
    result = ask(started, **wish)
    assert result.prompt.endswith("<|im_start|>assistant\n")
    assert (result.thought_tokens, result.reasoning) == (0, "")
    assert result.text.strip()


def test_a_count_is_of_the_prompt_with_the_wish(started: tuple[Host, ModelLoaded]) -> None:
    host, _ = started
    request = Count(0, TALK, sampling=replace(GREEDY, think=False))
    counted = host.submit(request).result().result
    assert isinstance(counted, PromptCounted)
    result = ask(started, think=False)
    assert (counted.text, counted.tokens) == (result.prompt, result.prompt_tokens)


def test_the_same_prompt_and_budget_give_the_same_reply_again(
    started: tuple[Host, ModelLoaded],
) -> None:
    first = ask(started, think_tokens=6, temperature=0.9, seed=5)
    sampling = replace(GREEDY, think_tokens=6, temperature=0.9, seed=5)
    request = Generate(0, (), sampling, reuse=False, prompt=first.prompt, read_in=first.read_in)
    again = reply(started[0], request)
    assert (again.reasoning, again.text) == (first.reasoning, first.text)


def test_the_next_turn_reuses_no_more_than_what_both_prompts_begin_with(
    started: tuple[Host, ModelLoaded],
) -> None:
    host, _ = started
    first = ask(started, think_tokens=6)
    talk = (
        *TALK,
        ChatMessage("assistant", first.text, first.reasoning),
        ChatMessage("user", "And then?"),
    )
    second = reply(host, Generate(0, talk, replace(GREEDY, think_tokens=6)))
    assert first.reasoning not in second.prompt  # by the rule of this template
    both = zip(first.prompt, second.prompt, strict=False)
    shared = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], both))
    counted = host.submit(Count(0, TALK)).result().result
    assert isinstance(counted, PromptCounted)
    assert shared.endswith("<|im_start|>assistant\n")
    assert 0 < second.reused_tokens < counted.tokens
    alone = reply(host, Generate(0, talk, replace(GREEDY, think_tokens=6), reuse=False))
    assert (alone.reasoning, alone.text) == (second.reasoning, second.text)


def test_a_full_context_ends_a_reply_whose_thoughts_are_over(worker: Host, thinker: Path) -> None:
    load(worker, thinker, context=256)
    long = (ChatMessage("user", "dog " * 230),)
    asked = replace(GREEDY, think_tokens=2, max_tokens=None)
    counted = worker.submit(Count(0, long)).result().result
    assert isinstance(counted, PromptCounted)
    short = (ChatMessage("user", "dog " * (230 - (counted.tokens - 252))),)
    result = reply(worker, Generate(0, short, asked))
    assert result.stop == "context"
    assert not result.thinking_ended
