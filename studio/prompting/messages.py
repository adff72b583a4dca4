"""Makes what a conversation stored into what a model is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from studio.engine.language import ChatMessage
from studio.prompting.variants import merge_turns

_MAX_TITLE = 200
_BACKTICKS = re.compile(r"`{3,}")

# What begins a control token in some family of models: <|im_end|>, <s>, <end_of_turn>, [/INST] ...
_CONTROL = re.compile(
    r"<(?=[|\uff5c]|/?(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn|thinking|think|reasoning)>"
    r"|/?(?:tool_call|tool_response|seed:|minimax:|function=)|(?:turn|channel|tool)\|>)"
    r"|<<(?=/?SYS>>)"
    r"|\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|THINK"
    r"|ARGS|CALL_ID|IMG|PREFIX|SUFFIX|MIDDLE)\])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as it was kept; ``role`` is user or assistant.

    ``failed`` marks a reply that ended in an error and is not worth showing to the model.
    """

    role: str
    content: str
    reasoning: str = ""
    failed: bool = False


def for_model(system: str, turns: Iterable[StoredTurn]) -> tuple[ChatMessage, ...]:
    """Return the messages of a prompt: system text, then turns that alternate from a user's on.

    Content stays as it was to the letter, since the model's memory of it is reused. Reasoning
    goes along apart; whether the model sees it again is for its template to say. Replies that
    failed or are empty are left out, and questions that then follow each other become one.
    """
    told = [
        ChatMessage(turn.role, turn.content, turn.reasoning)
        for turn in turns
        if turn.content.strip() and not turn.failed
    ]
    while told and told[0].role != "user":
        del told[0]
    head = (ChatMessage("system", system),) if system.strip() else ()
    return head + merge_turns(told)


def plain_text(messages: Iterable[ChatMessage]) -> str:
    """Return a conversation as one text for a model without roles, the system text left out.

    A reply follows its question directly, as the model wrote it; a question begins a paragraph.
    """
    text = ""
    for message in messages:
        if message.role == "system" or not message.content:
            continue
        gap = "\n\n" if text and message.role != "assistant" else ""
        text += gap + message.content
    return text


def fence(title: str, text: str) -> str:
    """Return a passage of a document as data that cannot be taken for anything else.

    The fence is longer than any in the passage, and what could be a model's control token is
    broken by a space, so that a document can end neither its fence nor its turn.
    """
    passage = _disarmed(text)
    longest = max((len(run) for run in _BACKTICKS.findall(passage)), default=2)
    bar = "`" * (longest + 1)
    line_end = "" if passage.endswith("\n") else "\n"
    return f"Document: {_one_line(title)}\n{bar}text\n{passage}{line_end}{bar}"


def _one_line(title: str) -> str:
    plain = " ".join(_disarmed(title).replace("`", "'").split())
    return plain if len(plain) <= _MAX_TITLE else f"{plain[: _MAX_TITLE - 1]}…"


def _disarmed(text: str) -> str:
    return _CONTROL.sub(lambda found: found.group().replace("<", "< ").replace("[", "[ "), text)
