"""A reply without thoughts follows the same prompt when it is gone on with."""

from __future__ import annotations

import pytest

from studio.engine.language import Begun, ChatMessage, Generate, Sampling
from studio.prompting.formats import detect
from studio.prompting.templates import ChatTemplate
from studio.prompting.thinking import BLOCK, switches_of
from studio.workers import prompts
from studio.workers.prompts import Manner

SOURCE = "{% for m in messages %}{{ m.content }}\n{% endfor %}{# <think></think> #}Reply:"


def rendered(begun: Begun | None) -> str:
    template, formats = ChatTemplate(SOURCE, "", ""), detect(SOURCE)
    manner = Manner(template, formats, switches_of(template, SOURCE, formats))
    assert manner.switches.name == BLOCK
    question = (ChatMessage("user", "Hi"),)
    return prompts._rendered(Generate(0, question, Sampling(think=False), begun=begun), manner).text


@pytest.mark.parametrize("begun", [None, Begun("Once upon"), Begun("")])
def test_an_empty_block_stands_before_a_reply_without_thoughts(begun: Begun | None) -> None:
    assert rendered(begun) == "Hi\nReply:<think>\n\n</think>\n\n"


def test_thoughts_that_were_begun_are_not_shut_out() -> None:
    assert rendered(Begun("", "Hm, a")) == "Hi\nReply:"
