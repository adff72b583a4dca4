"""A reply that was cut off goes on as if it had not been."""

from __future__ import annotations

from dataclasses import replace

from weights.test_language_worker import GREEDY, STORY, reply

from studio.engine.host import Host
from studio.engine.language import Begun, Count, Generate, PromptCounted


def test_two_halves_are_the_whole(starter_host: Host) -> None:
    whole = reply(starter_host, Generate(0, STORY, GREEDY))
    half = reply(starter_host, Generate(0, STORY, replace(GREEDY, max_tokens=12)))
    assert whole.text.startswith(half.text)
    rest = reply(
        starter_host,
        Generate(0, STORY, replace(GREEDY, max_tokens=12), begun=Begun(half.text)),
    )
    assert half.text + rest.text == whole.text
    assert rest.reused_tokens > half.prompt_tokens
    assert rest.tokens == 12


def test_the_prompt_on_show_has_what_was_written(starter_host: Host) -> None:
    request = Count(0, STORY, begun=Begun("Once upon a time"))
    counted = starter_host.submit(request).result().result
    assert isinstance(counted, PromptCounted)
    assert counted.text.endswith("assistant\nOnce upon a time")
