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
    """A turn as it was kept; ``role`` is user or assistant."""

    role: str
    content: str
    reasoning: str = ""


def for_model(system: str, turns: Iterable[StoredTurn]) -> tuple[ChatMessage, ...]:
    """Return the messages of a prompt: system text, then turns that alternate from a user's on.

    Content stays as it was to the letter, since the model's memory of it is reused. Reasoning
    goes along apart; whether the model sees it again is for its template to say. Empty replies
    are left out, and questions that then follow each other become one; what was written of a
    reply that was broken off is told, since the person sees it too.
    """
    told = [ChatMessage(turn.role, turn.content, turn.reasoning) for _, turn in _told(turns)]
    head = (ChatMessage("system", system),) if system.strip() else ()
    return head + merge_turns(told)


def beginnings(turns: Iterable[StoredTurn]) -> tuple[int, ...]:
    """Return the number of the turn with which each message of :func:`for_model` begins.

    The system text is none of them, and is not counted.
    """
    told = _told(turns)
    return tuple(
        number
        for place, (number, turn) in enumerate(told)
        if place == 0 or told[place - 1][1].role != turn.role
    )


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
    return f"Document: {_one_line(title)}\n{block(text)}"


def block(text: str) -> str:
    """Return a text in a fence that it cannot end, as :func:`fence` does without a title."""
    passage = _disarmed(text)
    longest = max((len(run) for run in _BACKTICKS.findall(passage)), default=2)
    bar = "`" * (longest + 1)
    line_end = "" if passage.endswith("\n") else "\n"
    return f"{bar}text\n{passage}{line_end}{bar}"


def _told(turns: Iterable[StoredTurn]) -> list[tuple[int, StoredTurn]]:
    """Return the turns that are worth showing to a model, from a user's on, numbered from 0."""
    told = [(number, turn) for number, turn in enumerate(turns) if turn.content.strip()]
    while told and told[0][1].role != "user":
        del told[0]
    return told


def _one_line(title: str) -> str:
    plain = " ".join(_disarmed(title).replace("`", "'").split())
    return plain if len(plain) <= _MAX_TITLE else f"{plain[: _MAX_TITLE - 1]}…"


def _disarmed(text: str) -> str:
    return _CONTROL.sub(lambda found: found.group().replace("<", "< ").replace("[", "[ "), text)
